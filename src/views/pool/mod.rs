//! The pool step: who puts in, what it pays for, how often that holds, what moves it, and why.

mod card;
mod drawing;
mod flow;
mod futures;
mod headline;
mod levers;
mod match_estimate;
mod new_pledge;
mod new_project;
mod pledges;
mod projects;
mod reasons;
mod restriction;
mod rule_options;
mod statement;

pub(super) use flow::table as payments_table;
pub(super) use statement::rows as statement_rows;

use super::money_words;
use crate::app::use_app;
use crate::components::{empty_state, working};
use crate::funding::FundReport;
use crate::risk::{Driver, Futures};
use crate::state::Answer;
use crate::text::say;
use std::rc::Rc;
use yew::prelude::*;

/// See the module.
#[component(Pool)]
pub fn pool() -> Html {
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
            <h1 class="visually-hidden">{ app.say(say::view_pool()) }</h1>
            { results }
            { pledges::pledges(&app, &adding_pledge) }
            { projects::projects(&app, &adding_project) }
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
        { reasons::reasons(&app, report) }
    </> }
}
