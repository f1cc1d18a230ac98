//! One kind of the plan as a flow: givers on the left, receivers on the right; on a phone a bar a receiver.

use super::words::{fill_of, party_name, sector_of};
use crate::app::App;
use crate::charts::coordinate;
use crate::charts::sankey::Link;
use crate::components::charts::{PictureNode, flow_drawing, flow_picture};
use crate::domain::OrgId;
use crate::matching::plan::{KindPlan, Party, ResourcePlan, Transfer};
use crate::text::say;
use crate::views::picture::{Saved, save_buttons};
use crate::views::words::bare_quantity;
use yew::prelude::*;

/// What is said of the kind, and its picture; a single receiver needs no more than its bar.
pub(super) fn kind_flow(app: &App, plan: &ResourcePlan, kind: &KindPlan) -> Html {
    let transfers: Vec<&Transfer> = plan
        .transfers
        .iter()
        .filter(|one| one.kind == kind.kind)
        .collect();
    let sources: Vec<_> = kind
        .givers
        .iter()
        .map(|id| giver(app, plan, kind, id, &transfers))
        .collect();
    let targets: Vec<_> = kind
        .receivers
        .iter()
        .map(|to| receiver(app, plan, kind, to))
        .collect();
    let links: Vec<Link> = transfers
        .iter()
        .filter_map(|one| {
            Some(Link {
                source: kind.givers.iter().position(|id| id == &one.from)?,
                target: kind.receivers.iter().position(|to| to == &one.to)?,
                value: one.quantity as f64,
            })
        })
        .collect();
    let saved = Saved {
        finding: words(app, kind),
        legend: String::new(),
        drawing: flow_drawing(&sources, &targets, &links),
    };
    html! {
        <div id="exchange-flow" class={(kind.receivers.len() < 2 || links.is_empty()).then_some("rows")}>
            <p role="status">{ words(app, kind) }</p>
            if transfers.is_empty() {
                <p class="meta">{ app.say(say::exchange_kind_none()) }</p>
            } else if kind.receivers.len() > 1 {
                { flow_picture(&sources, &targets, &links) }
            }
            { phone_list(app, kind, &transfers, &targets) }
            if !transfers.is_empty() { { save_buttons(app, "exchange-flow", &app.kind_name(&kind.kind).into(), saved) } }
        </div>
    }
}

/// "40 of 60 person-days are met. 20 stay with their owners."
fn words(app: &App, kind: &KindPlan) -> String {
    let name = app.kind_name(&kind.kind);
    let [low, high] = kind.met.map(|met| bare_quantity(app, &kind.kind, met));
    let met = if low == high {
        low
    } else {
        app.say(say::fill_range(high, low)).to_string()
    };
    let need = app.quantity(&kind.kind, kind.needed);
    let mut sentences = vec![app.say(say::exchange_kind_met(name, met, need))];
    if kind.left_over > 0 {
        let left = app.quantity(&kind.kind, kind.left_over);
        sentences.push(app.say(say::exchange_kind_left(left)));
    }
    if !kind.rival {
        sentences.push(app.say(say::exchange_kind_shared()));
    }
    if kind.may_overlap {
        sentences.push(app.say(say::exchange_kind_overlap()));
    }
    sentences.join(" ")
}

fn giver(
    app: &App,
    plan: &ResourcePlan,
    kind: &KindPlan,
    id: &OrgId,
    transfers: &[&Transfer],
) -> PictureNode {
    let given = transfers.iter().filter(|one| &one.from == id);
    let given = given.fold(0_u64, |sum, one| sum.saturating_add(one.quantity));
    let left = plan
        .left_over
        .iter()
        .find(|one| one.kind == kind.kind && &one.from == id)
        .map_or(0, |one| one.quantity);
    // A kind that giving does not use up may be given several times; the bar then shows the times given.
    let offered = given.saturating_add(left);
    let note = match (given, left) {
        (0, left) => app.say(say::exchange_keeps(app.quantity(&kind.kind, left))),
        (_, 0) => app.say(say::exchange_gives(app.quantity(&kind.kind, given))),
        _ => app.say(say::exchange_gives_of(
            bare_quantity(app, &kind.kind, given),
            app.quantity(&kind.kind, offered),
        )),
    };
    let note = if given == 0 && left == 0 {
        app.say(say::exchange_not_needed())
    } else {
        note
    };
    PictureNode {
        name: app.org_name(id),
        note: note.to_string(),
        total: offered as f64,
        class: fill_of(sector_of(app, id)),
    }
}

fn receiver(app: &App, plan: &ResourcePlan, kind: &KindPlan, to: &Party) -> PictureNode {
    let unmet = plan
        .unmet
        .iter()
        .find(|one| one.kind == kind.kind && &one.to == to);
    let got = plan
        .transfers
        .iter()
        .filter(|one| one.kind == kind.kind && &one.to == to)
        .fold(0_u64, |sum, one| sum.saturating_add(one.quantity));
    let (need, missing) = unmet.map_or((got, 0), |one| (one.need, one.missing[1]));
    let note = if missing == 0 {
        app.say(say::exchange_gets_all(app.quantity(&kind.kind, need)))
    } else {
        app.say(say::exchange_gets_short(
            app.quantity(&kind.kind, need),
            bare_quantity(app, &kind.kind, missing),
        ))
    };
    let class = match to {
        Party::Organisation(id) => fill_of(sector_of(app, id)),
        Party::Project(_) => "fill-ink",
    };
    PictureNode {
        name: party_name(app, to),
        note: note.to_string(),
        total: need as f64,
        class,
    }
}

/// A row a receiver with a bar of who gives to it.
fn phone_list(app: &App, kind: &KindPlan, transfers: &[&Transfer], targets: &[PictureNode]) -> Html {
    let row = |(to, label): (&Party, &PictureNode)| {
        let given: Vec<_> = transfers.iter().filter(|one| &one.to == to).collect();
        let whole = label.total.max(1.0);
        let mut x = 0.0;
        let segments: Vec<Html> = given
            .iter()
            .map(|one| {
                let width = one.quantity as f64 / whole * 100.0;
                let class = fill_of(sector_of(app, &one.from));
                let at = coordinate(x);
                x += width;
                html! { <rect {class} fill="currentColor" x={at} y="0" width={coordinate(width)} height="12" /> }
            })
            .collect();
        html! {
            <li class="flow-item">
                <p><b>{ &label.name }</b><span class="meta">{ &label.note }</span></p>
                <svg class="flow-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <rect class="track" x="0" y="0" width="100" height="12" />
                    { for segments }
                </svg>
                if !given.is_empty() {
                    <ul class="payers">{ for given.iter().map(|one| html! {
                        <li><span class={classes!("payer-swatch", fill_of(sector_of(app, &one.from)))} aria-hidden="true"></span>
                            <span>{ app.org_name(&one.from) }</span><b>{ app.quantity(&kind.kind, one.quantity) }</b></li>
                    }) }</ul>
                }
            </li>
        }
    };
    html! { <ul class="flow-list">{ for kind.receivers.iter().zip(targets).map(row) }</ul> }
}
