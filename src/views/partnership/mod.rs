//! The partnership step: who is in, what they do together, what is covered and what is not.

mod conflicts;
mod filling;
mod gaps;
mod members;
mod plan;
mod twin;
mod words;

pub(super) use twin::fill_table;

use super::choose_lead::choose_lead;
use crate::app::{App, use_app};
use crate::matching::fill::Fill;
use crate::state::{Action, View, selectors};
use crate::text::{Message, say};
use crate::views::words::kind_inside;
use conflicts::conflicts;
use filling::filling;
use gaps::gaps;
use members::members;
use plan::plan;
use yew::prelude::*;

/// Members and plan on the left, what is covered on the right; below each other where there is no room.
#[component(Partnership)]
pub fn partnership() -> Html {
    let app = use_app();
    let scenario = &app.state().scenario;
    let view = use_memo(app.state().revision, |_| selectors::partnership(scenario));
    let lead = scenario.partnership.lead.as_ref();
    let Some(lead) = lead.and_then(|lead| scenario.organisation(lead)) else {
        return html! { <><h1 class="visually-hidden">{ app.say(say::view_partnership()) }</h1>{ choose_lead(&app) }</> };
    };
    let finding = finding(&app, &view.fills);
    html! {
        <div class="partnership-page">
            <header class="partnership-head">
                <h1>{ app.say(say::partnership_title(app.text(&lead.name))) }</h1>
                if let Some(finding) = finding { <p class="finding" id="partnership-finding" role="status">{ app.say(finding) }</p> }
            </header>
            if !view.conflicts.is_empty() { { conflicts(&app, &view.conflicts) } }
            <div class="partnership-side">
                { members(&app, &view.fills) }
                { plan(&app, &view) }
            </div>
            <div class="partnership-main">
                { filling(&app, &view.fills) }
                if !view.fills.is_empty() { { gaps(&app, &view.fills) } }
                <div class="row">
                    <button class="primary" id="to-pool" onclick={app.on(Action::Go(View::Pool))}>{ app.say(say::partnership_to_pool()) }</button>
                </div>
            </div>
        </div>
    }
}

/// What is covered, in a sentence; nothing where nothing is asked for. The widest gap is the one with the smallest
/// share surely covered, the first of equal ones.
fn finding(app: &App, fills: &[Fill]) -> Option<Message> {
    let covered = fills.iter().filter(|fill| fill.is_covered()).count();
    let open = fills.iter().filter(|fill| !fill.is_covered());
    let widest = open.min_by(|a, b| a.ratio()[0].total_cmp(&b.ratio()[0]));
    match widest {
        _ if fills.is_empty() => None,
        None => Some(say::partnership_covered_all()),
        Some(widest) => Some(say::partnership_covered_some(
            covered,
            kind_inside(app, &widest.kind),
            fills.len(),
        )),
    }
}
