//! The pool step in parts, in the order a funder asks: who puts in and what it pays for; how often that holds; why; and
//! whose voice counts, other rules, other ways to ask for money.

mod appeal;
mod burdens;
mod card;
mod compare;
mod drawing;
mod fan;
mod flow;
mod futures;
mod futures_part;
mod groups;
mod headline;
mod levers;
mod match_estimate;
mod money;
mod new_pledge;
mod new_project;
mod pace;
mod pledges;
mod projects;
mod properties;
mod reasons;
mod replay;
mod restriction;
mod rule_options;
mod statement;
mod terms;
mod voices;
mod whatif;
mod why;

pub(super) use flow::table as payments_table;
pub(super) use statement::{meanings as statement_meanings, rows as statement_rows};

use super::money_words;
use crate::app::{App, use_app};
use crate::components::{empty_state, working};
use crate::funding::FundReport;
use crate::risk::Futures;
use crate::state::{Action, PoolPart};
use crate::text::{Message, say};
use appeal::Appeal;
use futures_part::FuturesPart;
use money::Money;
use std::rc::Rc;
use voices::Voices;
use whatif::WhatIf;
use why::Why;
use yew::prelude::*;

/// The parts to choose from, and the part chosen.
#[component(Pool)]
pub fn pool() -> Html {
    let app = use_app();
    let part = app.state().selection.pool_part;
    html! { <>
        <h1 class="visually-hidden">{ app.say(say::view_pool()) }</h1>
        <nav class="parts pool-parts" aria-label={app.say(say::pool_parts_label())}>
            <ul class="chips">{ for PoolPart::ALL.into_iter().map(|part| part_button(&app, part)) }</ul>
        </nav>
        { match part {
            PoolPart::Compare => html! { <compare::Compare /> },
            PoolPart::Voices => html! { <Voices /> },
            PoolPart::Appeal => html! { <Appeal /> },
            PoolPart::Money => html! { <Money /> },
            PoolPart::Futures => html! { <FuturesPart /> },
            PoolPart::Why => html! { <Why /> },
            PoolPart::WhatIf => html! { <WhatIf /> },
        } }
    </> }
}

fn part_button(app: &App, part: PoolPart) -> Html {
    let current = app.state().selection.pool_part == part;
    html! {
        <li><button id={format!("pool-part-{}", part.code())} aria-current={current.then_some("true")}
            onclick={app.on(Action::ShowPoolPart(part))}>{ app.say(Message::of_code("pool-part", part.code())) }</button></li>
    }
}

/// What the rule does and how often that holds; or what to say instead of it, as long as there is nothing to show.
fn answered(app: &App) -> Result<(Rc<FundReport>, Option<Rc<Futures>>), Html> {
    let (scenario, answers) = (&app.state().scenario, &app.state().answers);
    if scenario.projects.is_empty() {
        return Err(empty_state(
            &app.say(say::pool_no_projects()),
            &app.say(say::pool_no_projects_hint()),
            html! {},
        ));
    }
    if scenario.pledges.is_empty() {
        return Err(empty_state(
            &app.say(say::pool_no_pledges()),
            &app.say(say::pool_no_pledges_hint()),
            html! {},
        ));
    }
    let futures = answers.futures.as_ref().map(|answer| Rc::clone(&answer.value));
    match &answers.fund {
        Some(answer) => Ok((Rc::clone(&answer.value), futures)),
        None => Err(html! { <section class="card whole">{ working(&app.say(say::working())) }</section> }),
    }
}
