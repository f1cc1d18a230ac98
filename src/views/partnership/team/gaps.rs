//! What is not covered, and who could fill it.

use super::words::status;
use crate::app::{App, focus_later};
use crate::components::sector_badge;
use crate::domain::KindId;
use crate::matching::fill::{Fill, Filler};
use crate::state::Edit;
use crate::text::{Message, say};
use crate::views::words::bare_quantity;
use yew::prelude::*;

const TITLE: &str = "gaps-title";

/// How many are named for each gap; of the others the number is said.
const NAMED: usize = 3;

/// Every requirement that is not surely covered, with those who could fill it and are in conflict with nobody inside.
pub(super) fn gaps(app: &App, fills: &[Fill]) -> Html {
    let open: Vec<_> = fills.iter().filter(|fill| !fill.is_covered()).collect();
    html! {
        <section class="card" aria-labelledby={TITLE}>
            <h2 id={TITLE} tabindex="-1">{ app.say(say::gaps_title()) }</h2>
            if open.is_empty() {
                <p>{ app.say(say::gaps_none()) }</p>
            } else {
                <ul class="gaps" id="gaps">{ for open.into_iter().map(|fill| gap(app, fill)) }</ul>
            }
        </section>
    }
}

fn gap(app: &App, fill: &Fill) -> Html {
    let others = fill.fillers.len().saturating_sub(NAMED);
    html! {
        <li key={fill.kind.to_string()} id={format!("gap-{}", fill.kind)}>
            <h3>{ app.kind_name(&fill.kind) }{ " " }<small>{ app.say(status(app, fill)) }</small></h3>
            if fill.fillers.is_empty() {
                <p class="meta">{ app.say(say::gaps_nobody()) }</p>
            } else {
                <ul class="fillers">{ for fill.fillers.iter().take(NAMED).map(|filler| candidate(app, &fill.kind, filler)) }</ul>
            }
            if others > 0 { <p class="meta">{ app.say(say::gaps_more(others)) }</p> }
        </li>
    }
}

fn adds(app: &App, kind: &KindId, filler: &Filler) -> Message {
    match (filler.offered, filler.adds) {
        (None, _) => say::gaps_adds_unsaid(),
        (Some(_), [low, high]) if low == high => say::gaps_adds(app.quantity(kind, low)),
        (Some(_), [low, high]) => {
            say::gaps_adds_range(app.quantity(kind, high), bare_quantity(app, kind, low))
        }
    }
}

fn candidate(app: &App, kind: &KindId, filler: &Filler) -> Html {
    let Some(organisation) = app.state().scenario.organisation(&filler.org) else {
        return Html::default();
    };
    let name = app.text(&organisation.name);
    let onclick = {
        let (app, id) = (app.clone(), filler.org.clone());
        Callback::from(move |_: MouseEvent| {
            app.edit(Edit::ToggleMember(id.clone()));
            // The row goes away with the button.
            focus_later(TITLE);
        })
    };
    html! {
        <li key={filler.org.to_string()}>
            { sector_badge(organisation.sector, &name, false) }
            <span><b>{ name.clone() }</b><small>{ app.say(adds(app, kind, filler)) }</small></span>
            <button id={format!("add-{kind}-{}", filler.org)} {onclick}>
                <span aria-hidden="true">{ app.say(say::add()) }</span>
                <span class="visually-hidden">{ app.say(say::gaps_add(name)) }</span>
            </button>
        </li>
    }
}
