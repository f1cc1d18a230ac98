//! What to settle before the work begins: needs without an owner, needs with two, programmes run twice.

use super::words::{org_names, party_name};
use crate::app::App;
use crate::cases::goals;
use crate::matching::plan::{Duplicate, Gap, Overlap, RolePlan};
use crate::state::{Action, View};
use crate::text::say;
use crate::views::words::kind_inside;
use yew::prelude::*;

/// The list, each with what to do about it.
pub(super) fn settle(app: &App, plan: &RolePlan) -> Html {
    let nothing = plan.gaps.is_empty() && plan.overlaps.is_empty() && plan.duplicates.is_empty();
    html! {
        <section class="card" id="exchange-settle" aria-labelledby="exchange-settle-title">
            <h2 id="exchange-settle-title">{ app.say(say::exchange_settle_title()) }</h2>
            if nothing { <p class="good">{ app.say(say::exchange_settle_none()) }</p> }
            if !plan.gaps.is_empty() {
                <h3>{ app.say(say::exchange_gaps_title(plan.gaps.len())) }</h3>
                <ul id="exchange-gaps" class="exchange-points">{ for plan.gaps.iter().map(|one| gap(app, one)) }</ul>
                <button id="exchange-find-partners" onclick={app.on(Action::Go(View::Partners))}>{ app.say(say::exchange_find_partners()) }</button>
            }
            if !plan.overlaps.is_empty() {
                <h3>{ app.say(say::exchange_overlaps_title(plan.overlaps.len())) }</h3>
                <ul id="exchange-overlaps" class="exchange-points">{ for plan.overlaps.iter().map(|one| overlap(app, one)) }</ul>
            }
            if !plan.duplicates.is_empty() {
                <h3>{ app.say(say::exchange_duplicates_title(plan.duplicates.len())) }</h3>
                <ul id="exchange-duplicates" class="exchange-points">{ for plan.duplicates.iter().map(|one| duplicate(app, one)) }</ul>
            }
        </section>
    }
}

fn point(what: AttrValue, advice: AttrValue) -> Html {
    html! { <li><p>{ what }</p><p class="meta">{ advice }</p></li> }
}

fn gap(app: &App, one: &Gap) -> Html {
    let what = say::exchange_gap(
        app.kind_name(&one.kind),
        party_name(app, &one.to),
        app.quantity(&one.kind, one.need),
    );
    let advice = if one.ask.is_empty() {
        say::exchange_gap_find()
    } else {
        say::exchange_gap_ask(org_names(app, &one.ask))
    };
    point(app.say(what), app.say(advice))
}

fn overlap(app: &App, one: &Overlap) -> Html {
    let what = say::exchange_overlap(
        org_names(app, &one.givers),
        kind_inside(app, &one.kind),
        party_name(app, &one.to),
    );
    let advice = say::exchange_overlap_settle(org_names(app, &one.enough));
    point(app.say(what), app.say(advice))
}

fn duplicate(app: &App, one: &Duplicate) -> Html {
    let (a, b) = (app.org_name(&one.between.0), app.org_name(&one.between.1));
    let theme = goals::goal_name(&one.theme, app.i18n.language).unwrap_or(one.theme.as_str());
    let what = if one.sure {
        say::exchange_duplicate(a, b, theme)
    } else {
        say::exchange_duplicate_perhaps(a, b, theme)
    };
    let advice = if one.sure {
        say::exchange_duplicate_settle()
    } else {
        say::exchange_duplicate_ask()
    };
    point(app.say(what), app.say(advice))
}
