//! The list: the best, those to ask, those one change away, and those not proposed.

use super::detail::detail;
use super::questions::short_question;
use crate::app::App;
use crate::components::{interval_bar, sector_badge};
use crate::domain::OrgId;
use crate::explain::ExclusionCode;
use crate::matching::{Change, Excluded, NearMiss, PartnerList, PartnerMatch};
use crate::state::{Action, selectors};
use crate::text::{Message, say};
use crate::views::words::{kind_inside, sector_and_place_of};
use yew::prelude::*;

/// The element id of a partner's row.
pub fn row_id(partner: &OrgId) -> String {
    format!("partner-{partner}")
}

/// An answer as it is shown.
pub(super) struct Shown<'a> {
    /// What the search answered.
    pub list: &'a PartnerList,
    /// Whose reasons are open.
    pub open: Option<&'a OrgId>,
    /// The reasons stand beside the list, not inside it.
    pub wide: bool,
}

/// All groups of the answer; empty ones are left out.
pub(super) fn results(app: &App, shown: &Shown<'_>) -> Html {
    let list = shown.list;
    let row = |found: &PartnerMatch, asks: bool| partner_row(app, shown, found, asks);
    html! { <>
        if !list.partners.is_empty() {
            <h2 class="visually-hidden">{ app.say(say::partners_best_title()) }</h2>
            <ol class="results" id="partners-best">{ for list.partners.iter().map(|found| row(found, false)) }</ol>
        }
        if !list.could_belong.is_empty() {
            <h2 class="group">{ app.say(say::partners_ask_title()) }</h2>
            <ol class="results" id="partners-ask">{ for list.could_belong.iter().map(|found| row(found, true)) }</ol>
        }
        if !list.near_misses.is_empty() {
            <h2 class="group">{ app.say(say::partners_near_title()) }</h2>
            <ol class="results" id="partners-near">{ for list.near_misses.iter().map(|near| near_row(app, list, near)) }</ol>
        }
        if !list.excluded.is_empty() {
            <h2 class="group">{ app.say(say::partners_excluded_title()) }</h2>
            <ul class="results" id="partners-excluded">{ for list.excluded.iter().map(|one| excluded_row(app, list, one)) }</ul>
        }
    </> }
}

fn badge(app: &App, id: &OrgId) -> Html {
    let organisation = app.state().scenario.organisation(id);
    organisation.map_or_else(Html::default, |one| {
        sector_badge(one.sector, &app.text(&one.name), false)
    })
}

fn partner_row(app: &App, shown: &Shown<'_>, found: &PartnerMatch, asks: bool) -> Html {
    let open = shown.open == Some(&found.id);
    // Beside the list something is always shown; inside it a second tap closes what the first opened.
    let next = (shown.wide || !open).then(|| found.id.clone());
    let chosen = app.state().scenario.partnership.members.contains(&found.id);
    let ask = found.unknown.first().filter(|_| asks);
    html! {
        <li key={found.id.to_string()} class={classes!(open.then_some("open"))}>
            <button class="result" id={row_id(&found.id)} aria-expanded={open.to_string()}
                aria-controls={open.then_some("partner-detail")} onclick={app.on(Action::SelectPartner(next))}>
                { badge(app, &found.id) }
                <span class="result-body">
                    <b>{ app.org_name(&found.id) }</b>
                    <small>
                        { sector_and_place_of(app, &found.id) }
                        if chosen { { " · " }<span class="chosen">{ app.say(say::partners_chosen()) }</span> }
                    </small>
                    if let Some(ask) = ask {
                        <small class="ask">{ short_question(app, &shown.list.seeker, ask) }</small>
                    }
                    { interval_bar(found.score, "fill-accent", false) }
                </span>
                <span class="result-score">
                    <span class="visually-hidden">{ app.say(say::partners_score_label(app.i18n.score(found.score))) }</span>
                    <span aria-hidden="true">{ app.i18n.score(found.score) }</span>
                </span>
            </button>
            if open && !shown.wide {
                { detail(app, shown.list, &found.id) }
            }
        </li>
    }
}

/// "bila mereka menambah 20 hari orang: staf dan relawan".
fn change_words(app: &App, list: &PartnerList, near: &NearMiss) -> Message {
    let yours = near.org == list.seeker;
    let (kind, quantity) = (kind_inside(app, &near.kind), app.quantity(&near.kind, near.by));
    match (near.change, yours) {
        (Change::OfferMore, false) => say::near_offer_theirs(kind, quantity),
        (Change::OfferMore, true) => say::near_offer_yours(kind, quantity),
        (Change::NeedMore, false) => say::near_need_theirs(kind, quantity),
        (Change::NeedMore, true) => say::near_need_yours(kind, quantity),
    }
}

fn near_row(app: &App, list: &PartnerList, near: &NearMiss) -> Html {
    html! {
        <li key={near.id.to_string()} class="near" id={format!("near-{}", near.id)}>
            { badge(app, &near.id) }
            <span class="result-body">
                <b>{ app.org_name(&near.id) }</b>
                <small>{ sector_and_place_of(app, &near.id) }</small>
                <small class="ask">{ app.say(change_words(app, list, near)) }</small>
                if near.score[1] > 0.0 { { interval_bar(near.score, "fill-accent", false) } }
            </span>
            <span class="result-score">
                <span class="visually-hidden">{ app.say(say::partners_score_label(app.i18n.score(near.score))) }</span>
                <span aria-hidden="true">{ app.i18n.score(near.score) }</span>
            </span>
        </li>
    }
}

fn excluded_row(app: &App, list: &PartnerList, one: &Excluded) -> Html {
    let code = match one.code {
        ExclusionCode::ConflictOfInterest => say::excluded_conflict_of_interest(),
    };
    let reason = selectors::conflict_reason(&app.state().scenario, &list.seeker, &one.id);
    html! {
        <li key={one.id.to_string()} class="clash" id={format!("excluded-{}", one.id)}>
            { badge(app, &one.id) }
            <span class="result-body">
                <b>{ app.org_name(&one.id) }</b>
                <small>{ app.say(code) }</small>
                if !reason.is_blank() { <small>{ app.text(&reason) }</small> }
            </span>
            <span class="result-score" aria-hidden="true">{ "—" }</span>
        </li>
    }
}
