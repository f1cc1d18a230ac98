//! The fill: each requirement as a bar up to its line, filled by the partners' offers.

use super::twin::twin;
use super::words::{covered_words, doubt, offered};
use crate::app::App;
use crate::components::{initials, sector_class};
use crate::domain::{OrgId, Sector};
use crate::matching::fill::{Fill, Stretch};
use crate::text::say;
use yew::prelude::*;

/// Below this share of the bar, in per cent, initials do not fit on a phone.
const ROOM_FOR_INITIALS: f64 = 9.0;

/// A row for each requirement: its name, its bar, what it says in words, and who offers what; then the table twin.
pub(super) fn filling(app: &App, fills: &[Fill]) -> Html {
    let in_doubt = fills.iter().any(|fill| {
        let [low, high] = fill.ratio();
        low < high
    });
    html! {
        <section class="card" aria-labelledby="fill-title">
            <h2 id="fill-title">{ app.say(say::fill_title()) }</h2>
            if fills.is_empty() {
                <p>{ app.say(say::fill_nothing_asked()) }</p>
            } else {
                <ul class="fills" id="fills">{ for fills.iter().map(|fill| row(app, fill)) }</ul>
                if in_doubt { <p class="meta">{ app.say(say::fill_legend()) }</p> }
                { twin(app, fills) }
            }
        </section>
    }
}

fn row(app: &App, fill: &Fill) -> Html {
    let doubt = doubt(app, fill);
    html! {
        <li key={fill.kind.to_string()} id={format!("fill-{}", fill.kind)}>
            <div class="fill-head">
                <h3>{ app.kind_name(&fill.kind) }</h3>
                <p class={classes!("fill-words", fill.is_covered().then_some("good"))}>{ covered_words(app, fill) }</p>
            </div>
            { bar(app, fill) }
            if fill.contributions.is_empty() {
                <p class="meta">{ app.say(say::fill_nobody()) }</p>
            } else {
                <ul class="fill-who">
                    { for fill.contributions.iter().map(|one| html! {
                        <li>
                            { initial(app, &one.org) }
                            { app.org_name(&one.org) }{ ": " }{ offered(app, &fill.kind, one) }
                        </li>
                    }) }
                </ul>
            }
            { for doubt.into_iter().map(|message| html! { <p class="meta">{ app.say(message) }</p> }) }
        </li>
    }
}

fn sector_of(app: &App, id: &OrgId) -> Option<Sector> {
    app.state().scenario.organisation(id).map(|one| one.sector)
}

fn initial(app: &App, id: &OrgId) -> Html {
    let class = classes!("initial", sector_of(app, id).map(sector_class));
    html! { <span {class} aria-hidden="true">{ initials(&app.org_name(id)) }</span> }
}

/// The bar. Decoration: the words above and below say the same. Everything along it is in per cent of the
/// requirement, so that it stretches with the page while letters and hatching keep their size.
fn bar(app: &App, fill: &Fill) -> Html {
    let unsaid = fill.need.is_none() && !fill.contributions.is_empty();
    html! {
        <svg class="fill-bar" width="100%" height="28" aria-hidden="true" focusable="false">
            <rect class="track" width="100%" height="28" />
            if unsaid { <line class="doubt" x1="0%" x2="100%" y1="14" y2="14" /> }
            { for fill.stretches.iter().map(|stretch| part(app, stretch, fill.need.unwrap_or(0))) }
        </svg>
    }
}

fn part(app: &App, stretch: &Stretch, need: u64) -> Html {
    let (from, to) = (percent(stretch.from, need), percent(stretch.to, need));
    let class = sector_of(app, &stretch.org).map(sector_class).unwrap_or_default();
    if !stretch.sure {
        return html! {
            <line class={classes!("doubt", format!("fill-{class}"))} x1={format!("{from:.2}%")} x2={format!("{to:.2}%")} y1="14" y2="14" />
        };
    }
    let middle = f64::midpoint(from, to);
    html! { <>
        <rect class={classes!("sure", format!("fill-{class}"))} x={format!("{from:.2}%")} width={format!("{:.2}%", to - from)} height="28" />
        if to < 100.0 { <line class="cut" x1={format!("{to:.2}%")} x2={format!("{to:.2}%")} y1="0" y2="28" /> }
        if to - from >= ROOM_FOR_INITIALS {
            <text class={format!("ink-{class}")} x={format!("{middle:.2}%")} y="19" text-anchor="middle">{ initials(&app.org_name(&stretch.org)) }</text>
        }
    </> }
}

/// `part` of `whole` in per cent; 0 of nothing.
#[expect(
    clippy::cast_precision_loss,
    reason = "for drawing; quantities are at most 10^15, exact in f64"
)]
fn percent(part: u64, whole: u64) -> f64 {
    match whole {
        0 => 0.0,
        whole => part as f64 / whole as f64 * 100.0,
    }
}
