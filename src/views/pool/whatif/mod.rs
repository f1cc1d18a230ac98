//! What if: cards drawn over the plan, what causes the doubt, and what really happened.

mod cards;
mod costs;
mod doubt;
mod outcome;
mod promises;
mod records;
mod words;

use super::answered;
use crate::app::{use_app, use_job};
use crate::components::working;
use crate::jobs::{Request, Response};
use crate::partnership::Card;
use crate::text::say;
use yew::prelude::*;

/// What is drawn, as a person left it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    /// Cards drawn, in the order they lie.
    cards: Vec<Card>,
    /// Whether the pool pays for levers.
    pool_pays: bool,
}

/// The part as a whole.
#[component(WhatIf)]
pub(super) fn what_if() -> Html {
    let app = use_app();
    let table = use_state(|| Table {
        cards: Vec::new(),
        pool_pays: true,
    });
    let there = answered(&app).is_ok();
    let asked = (there && !table.cards.is_empty()).then(|| (*table).clone());
    let empty = asked.is_none();
    let job = use_job(&app, asked, |table, scenario| Request::WhatIf {
        scenario,
        cards: table.cards.clone(),
        pool_pays: table.pool_pays,
        settings: None,
        pool: None,
    });
    if let Err(instead) = answered(&app) {
        return html! { <div class="pool-grid" id="pool-whatif">{ instead }</div> };
    }
    let answer = match job.response.as_deref() {
        Some(Response::WhatIf(answer)) if job.failed.is_none() && !empty => Some(&**answer),
        _ => None,
    };
    html! {
        <div class="pool-grid whatif" id="pool-whatif">
            { cards::cards(&app, &table) }
            if let Some(failed) = job.failed.filter(|_| !empty) {
                <section class="card whole"><p class="warn" id="whatif-failed" role="alert">{ app.say(failed) }</p></section>
            }
            if let Some(answer) = answer {
                { outcome::outcome(&app, answer) }
            } else if !empty && job.working {
                <section class="card whole">{ working(&app.say(say::working())) }</section>
            }
            <doubt::Doubt />
            <records::RecordsCard />
        </div>
    }
}
