//! The pool step in parts. The money: who puts in, what it pays for, how often that holds, what moves it, and why.

mod appeal;
mod card;
mod compare;
mod drawing;
mod flow;
mod futures;
mod groups;
mod headline;
mod levers;
mod match_estimate;
mod new_pledge;
mod new_project;
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

pub(super) use flow::table as payments_table;
pub(super) use statement::{meanings as statement_meanings, rows as statement_rows};

use super::money_words;
use crate::app::{App, use_app};
use crate::components::{empty_state, working};
use crate::funding::FundReport;
use crate::risk::{Driver, Futures};
use crate::state::{Action, Answer, PoolPart};
use crate::text::{Message, say};
use appeal::Appeal;
use std::rc::Rc;
use voices::Voices;
use yew::prelude::*;

/// The parts there are, in order.
const PARTS: &[PoolPart] = &[
    PoolPart::Money,
    PoolPart::Voices,
    PoolPart::Compare,
    PoolPart::Appeal,
];

/// The parts to choose from, and the part chosen.
#[component(Pool)]
pub fn pool() -> Html {
    let app = use_app();
    let part = app.state().selection.pool_part;
    html! { <>
        <h1 class="visually-hidden">{ app.say(say::view_pool()) }</h1>
        if PARTS.len() > 1 {
            <nav class="parts pool-parts" aria-label={app.say(say::pool_parts_label())}>
                <ul class="chips">{ for PARTS.iter().map(|&part| part_button(&app, part)) }</ul>
            </nav>
        }
        { match part {
            PoolPart::Compare => html! { <compare::Compare /> },
            PoolPart::Voices => html! { <Voices /> },
            PoolPart::Appeal => html! { <Appeal /> },
            PoolPart::Money => html! { <Money /> },
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

/// Who pays, for what, how surely, and why.
#[component(Money)]
fn money() -> Html {
    let app = use_app();
    let (adding_pledge, adding_project) = (use_state(|| false), use_state(|| false));
    let state = app.state();
    let scenario = &state.scenario;
    let answered =
        |answer: &Option<Answer<FundReport>>| answer.as_ref().map(|answer| Rc::clone(&answer.value));
    let report = answered(&state.answers.fund);
    let futures: Option<Rc<Futures>> = state
        .answers
        .futures
        .as_ref()
        .map(|answer| Rc::clone(&answer.value));
    let (no_projects, no_pledges) = (scenario.projects.is_empty(), scenario.pledges.is_empty());
    let results = match report {
        _ if no_projects => html! {
            { empty_state(&app.say(say::pool_no_projects()), &app.say(say::pool_no_projects_hint()), html! {}) }
        },
        _ if no_pledges => html! {
            { empty_state(&app.say(say::pool_no_pledges()), &app.say(say::pool_no_pledges_hint()), html! {}) }
        },
        Some(report) => html! { <Results {report} {futures} /> },
        None => html! { <section class="card whole">{ working(&app.say(say::working())) }</section> },
    };
    html! {
        <div class="pool-grid">
            { results }
            { pledges::pledges(&app, &adding_pledge) }
            { projects::projects(&app, &adding_project) }
            { groups::groups(&app) }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ResultsProps {
    report: Rc<FundReport>,
    /// What is known so far.
    futures: Option<Rc<Futures>>,
}

/// What the rule does, how often that holds, and why. One component, because it keeps what outlives a change: the
/// flow until the report changes, the drivers until the next run ends.
#[component(Results)]
fn results(props: &ResultsProps) -> Html {
    let app = use_app();
    let drawn = use_memo(Rc::clone(&props.report), |report| flow::drawn(report));
    let drivers = use_mut_ref(Vec::<Driver>::new);
    let (report, futures) = (&*props.report, props.futures.as_deref());
    html! { <>
        { headline::headline(&app, report, futures) }
        { flow::flow_card(&app, report, &drawn) }
        { match_estimate::division_card(&app, report) }
        { futures::futures_card(&app, report, futures) }
        <div class="beside">
            { levers::levers(&app, futures, &mut drivers.borrow_mut()) }
            { drawing::drawing(&app) }
        </div>
        { statement::statement_card(&app, report, futures) }
        { terms::conditions_card(&app, report) }
        { terms::schedule_card(&app, report) }
        <terms::LayersCard report={Rc::clone(&props.report)} />
        { terms::results_card(&app, report) }
        { properties::properties_card(&app, report) }
        <replay::Replay report={Rc::clone(&props.report)} />
        { reasons::reasons(&app, report) }
    </> }
}
