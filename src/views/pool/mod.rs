//! The pool step: who puts in, what it pays for, how often that holds, what moves it, and why.

mod card;
mod drawing;
mod flow;
mod futures;
mod headline;
mod levers;
mod new_pledge;
mod new_project;
mod pledges;
mod projects;
mod reasons;
mod restriction;
mod statement;

pub(super) use flow::table as payments_table;
pub(super) use statement::rows as statement_rows;

use super::money_words;
use crate::app::use_app;
use crate::components::{empty_state, working};
use crate::funding::FundReport;
use crate::risk::Futures;
use crate::state::Answer;
use crate::text::say;
use drawing::Drawing;
use flow::FlowCard;
use futures::FuturesCard;
use headline::Headline;
use levers::Levers;
use pledges::Pledges;
use projects::Projects;
use reasons::Reasons;
use statement::StatementCard;
use std::rc::Rc;
use yew::prelude::*;

/// See the module.
#[component(Pool)]
pub fn pool() -> Html {
    let app = use_app();
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
        Some(report) => html! { <>
            <Headline report={Rc::clone(&report)} futures={futures.clone()} />
            <FlowCard report={Rc::clone(&report)} />
            <FuturesCard report={Rc::clone(&report)} futures={futures.clone()} />
            <div class="beside">
                <Levers futures={futures.clone()} />
                <Drawing />
            </div>
            <StatementCard report={Rc::clone(&report)} {futures} />
            <Reasons {report} />
        </> },
        None => html! { <section class="card whole">{ working(&app.say(say::working())) }</section> },
    };
    html! {
        <div class="pool-grid">
            <h1 class="visually-hidden">{ app.say(say::view_pool()) }</h1>
            { results }
            <Pledges />
            <Projects />
        </div>
    }
}
