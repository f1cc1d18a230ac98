//! The team: who is in, what they do together, what is covered and what is not.

mod coalition;
mod conflicts;
mod filling;
mod gaps;
mod members;
mod plan;
mod twin;
mod words;

pub(in crate::views) use twin::fill_table;

use crate::app::App;
use crate::matching::fill::Fill;
use crate::state::selectors::PartnershipState;
use crate::state::{Action, View};
use crate::text::{Message, say};
use crate::views::words::kind_inside;
use coalition::Coalition;
use conflicts::conflicts;
use filling::filling;
use gaps::gaps;
use members::members;
use plan::plan;
use yew::prelude::*;

/// Members and plan on the left, what is covered on the right; below each other where there is no room.
pub(super) fn team(app: &App, view: &PartnershipState) -> Html {
    html! {
        <div class="partnership-cols" id="team">
            if !view.conflicts.is_empty() { { conflicts(app, &view.conflicts) } }
            <div class="partnership-side">
                { members(app, &view.fills) }
                { plan(app, view) }
            </div>
            <div class="partnership-main">
                <Coalition />
                { filling(app, &view.fills) }
                if !view.fills.is_empty() { { gaps(app, &view.fills) } }
                <div class="row">
                    <button class="primary" id="to-pool" onclick={app.on(Action::Go(View::Pool))}>{ app.say(say::partnership_to_pool()) }</button>
                </div>
            </div>
        </div>
    }
}

/// What is covered, in a sentence; nothing where nothing is asked for. The widest gap is the one with the smallest
/// share surely covered, the first of equal ones.
pub(super) fn finding(app: &App, fills: &[Fill]) -> Option<Message> {
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
