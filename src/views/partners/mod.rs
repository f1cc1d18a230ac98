//! The partners step: who fits the organisation that looks for partners, and why.

mod change;
mod controls;
mod detail;
mod questions;
mod reasons;
mod results;
mod weights;
mod zip;

use super::choose_lead::choose_lead;
use crate::app::{App, use_app, use_reveal, use_wide};
use crate::components::working;
use crate::domain::OrgId;
use crate::matching::PartnerList;
use crate::state::{Action, View, selectors};
use crate::text::{Message, say};
use controls::controls;
use detail::detail;
use results::{Shown, results};
use yew::prelude::*;

/// Partners for one organisation, or the whole room at once.
#[component(Partners)]
pub fn partners() -> Html {
    let app = use_app();
    let whole = app.state().selection.whole_room;
    let choice = |id: &'static str, room: bool, label: Message| {
        html! {
            <li><button {id} aria-current={(whole == room).then_some("true")} onclick={app.on(Action::ShowRoom(room))}>{ app.say(label) }</button></li>
        }
    };
    html! {
        <>
            <nav class="partners-scope" aria-label={app.say(say::partners_scope())}>
                <ul class="chips">
                    { choice("scope-one", false, say::partners_scope_one()) }
                    { choice("scope-room", true, say::partners_scope_room()) }
                </ul>
            </nav>
            if whole { { app.later(super::room::room) } } else { <ForOne /> }
        </>
    }
}

/// The list on the left, the selected partner on the right; on a phone it opens below its row.
#[component(ForOne)]
fn for_one() -> Html {
    let app = use_app();
    let wide = use_wide();
    let state = app.state();
    let selected = state.selection.partner.clone();
    // Where there is no room its row comes to the top with the reasons below it; else the reasons do.
    use_reveal(selected.as_ref().map(|id| {
        if wide {
            "partner-detail".to_owned()
        } else {
            results::row_id(id)
        }
    }));
    let scenario = &state.scenario;
    let provinces = use_memo(state.revision, |_| selectors::provinces(scenario));
    let lead = scenario.partnership.lead.as_ref();
    let Some(lead) = lead.and_then(|lead| scenario.organisation(lead)) else {
        return html! { <><h1 class="visually-hidden">{ app.say(say::view_partners()) }</h1>{ choose_lead(&app) }</> };
    };
    let answer = state.answers.partners.as_ref();
    let list = answer.map(|answer| answer.value.clone());
    let open = list
        .as_ref()
        .and_then(|list| opened(list, selected.as_ref(), wide));
    let fresh = answer.is_some_and(|answer| state.is_fresh(answer));
    html! {
        <div class="partners-cols">
            <h1 class="visually-hidden">{ app.say(say::partners_title(app.text(&lead.name))) }</h1>
            <div class="partners-list" id="partner-list">
                { controls(&app, &provinces, list.as_ref().map(|list| list.considered)) }
                if !fresh { { working(&app.say(say::working())) } }
                if let Some(list) = &list {
                    if list.suggest_gift { { suggest_gift(&app, &app.text(&lead.name)) } }
                    if list.partners.is_empty() { { nobody(&app) } }
                    { results(&app, &Shown { list, open: open.as_ref(), wide }) }
                }
            </div>
            if wide {
                <div class="partners-detail">
                    if let (Some(list), Some(open)) = (&list, &open) {
                        { detail(&app, list, open) }
                    } else if list.as_ref().is_some_and(|list| !list.partners.is_empty()) {
                        <p class="meta">{ app.say(say::partners_pick()) }</p>
                    }
                </div>
            }
        </div>
    }
}

/// The partner whose reasons are open: the one selected; where there is room and nobody is selected, the first.
fn opened(list: &PartnerList, selected: Option<&OrgId>, wide: bool) -> Option<OrgId> {
    let selected = selected.and_then(|id| selectors::match_of(list, id));
    let first = || {
        list.partners
            .first()
            .or(list.could_belong.first())
            .filter(|_| wide)
    };
    selected.or_else(first).map(|found| found.id.clone())
}

fn suggest_gift(app: &App, name: &str) -> Html {
    html! {
        <div class="hint" id="suggest-gift">
            <p>{ app.say(say::partners_suggest_gift(name)) }</p>
            <button onclick={app.on(Action::SetMode(crate::matching::Mode::Gift))}>{ app.say(say::partners_switch_gift()) }</button>
        </div>
    }
}

fn nobody(app: &App) -> Html {
    let narrowed = app.state().selection.region.is_some();
    html! {
        <div class="hint" id="nobody-fits">
            if narrowed {
                <p>{ app.say(say::partners_nobody_region()) }</p>
                <button onclick={app.on(Action::SetRegion(None))}>{ app.say(say::partners_all_regions()) }</button>
            } else {
                <p>{ app.say(say::partners_nobody()) }</p>
                <button onclick={app.on(Action::Go(View::Organisations))}>{ app.say(say::partners_complete_data()) }</button>
            }
        </div>
    }
}
