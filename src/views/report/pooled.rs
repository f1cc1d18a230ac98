//! The pool, each funder's statement and the futures on paper.

use super::money_words::{about, funded_word, funder_at, of_twenty, project_at};
use super::section::{missing, section};
use crate::app::App;
use crate::components::working;
use crate::funding::FundReport;
use crate::risk::Futures;
use crate::state::View;
use crate::text::{Message, say};
use crate::views::pool::{payments_table, statement_meanings, statement_rows};
use std::rc::Rc;
use yew::prelude::*;

/// Why there is no pool to show, if there is none.
fn nothing(app: &App) -> Option<Message> {
    let scenario = &app.state().scenario;
    match (scenario.projects.is_empty(), scenario.pledges.is_empty()) {
        (true, _) => Some(say::report_no_projects()),
        (_, true) => Some(say::report_no_pledges()),
        _ => None,
    }
}

fn fund(app: &App) -> Option<Rc<FundReport>> {
    app.state()
        .answers
        .fund
        .as_ref()
        .map(|answer| Rc::clone(&answer.value))
}

fn futures(app: &App) -> Option<Rc<Futures>> {
    app.state()
        .answers
        .futures
        .as_ref()
        .map(|answer| Rc::clone(&answer.value))
}

/// Content that waits for an answer, or says why it never comes.
fn with<T>(app: &App, answer: Option<Rc<T>>, content: impl Fn(&T) -> Html) -> Html {
    match (nothing(app), answer) {
        (Some(why), _) => missing(app, why, View::Pool),
        (None, None) => working(&app.say(say::working())),
        (None, Some(answer)) => content(&answer),
    }
}

/// Projects with cost and grant, and who pays what.
pub(super) fn report_pool(app: &App) -> Html {
    let content = with(app, fund(app), |report| {
        let money = |minor: u64| app.i18n.money(minor);
        let sums = say::report_pool_sums(money(report.budget_minor), money(report.spent_minor));
        let row = |(project, (&cost, &granted)): (usize, (&u64, &u64))| {
            html! {
                <tr>
                    <th scope="row">{ project_at(app, report, project) }</th>
                    <td class="number">{ money(cost) }</td>
                    <td class="number">{ money(granted) }</td>
                    <td>{ funded_word(app, granted, cost) }</td>
                </tr>
            }
        };
        let projects = report
            .cost_minor
            .iter()
            .zip(&report.allocation.granted_minor)
            .enumerate()
            .map(row);
        html! { <>
            <p>{ app.say(Message::of_code("rule", report.rule.code())) }{ ". " }{ app.say(sums) }</p>
            <div class="table-wrap" tabindex="0" role="group" aria-label={app.say(say::projects_title())}>
                <table>
                    <thead><tr>
                        <th scope="col">{ app.say(say::column_project()) }</th>
                        <th scope="col" class="number">{ app.say(say::column_cost()) }</th>
                        <th scope="col" class="number">{ app.say(say::column_granted()) }</th>
                        <th scope="col">{ app.say(say::column_state()) }</th>
                    </tr></thead>
                    <tbody>{ for projects }</tbody>
                </table>
            </div>
            <h3>{ app.say(say::report_payments()) }</h3>
            <div class="table-wrap" tabindex="0" role="group" aria-label={app.say(say::report_payments())}>{ payments_table(app, report) }</div>
        </> }
    });
    section("report-pool", app.say(say::view_pool()), content)
}

/// What each funder's money does.
pub(super) fn report_statements(app: &App) -> Html {
    let futures = futures(app);
    let content = with(app, fund(app), |report| {
        html! { <>
            <div class="report-statements">{ for report.statements.iter().map(|statement| html! {
                <section class="report-statement">
                    <h3>{ funder_at(app, report, statement.participant) }</h3>
                    { statement_rows(app, report, statement, futures.as_deref()) }
                </section>
            }) }</div>
            <p class="meta">{ app.say(say::statement_note()) }</p>
            { statement_meanings(app, report) }
        </> }
    });
    section("report-statements", app.say(say::report_statements()), content)
}

/// How often each project is funded.
pub(super) fn report_futures(app: &App) -> Html {
    let content = with(app, futures(app), |futures| {
        let done = futures.trials_done >= futures.settings.trials;
        let holds = of_twenty(app, futures.plan_holds.probability);
        html! { <>
            <p>{ app.say(say::report_holds(holds.as_str(), about(app, &futures.plan_holds).as_str())) }</p>
            <div class="table-wrap" tabindex="0" role="group" aria-label={app.say(say::futures_title())}>
                <table>
                    <thead><tr>
                        <th scope="col">{ app.say(say::column_project()) }</th>
                        <th scope="col">{ app.say(say::column_funded_in()) }</th>
                        <th scope="col">{ app.say(say::column_chance()) }</th>
                    </tr></thead>
                    <tbody>{ for futures.projects.iter().map(|project| html! {
                        <tr>
                            <th scope="row">{ app.project_name(&project.id) }</th>
                            <td>{ of_twenty(app, project.funded.probability) }</td>
                            <td>{ about(app, &project.funded) }</td>
                        </tr>
                    }) }</tbody>
                </table>
            </div>
            if !done { { working(&app.say(say::working())) } }
        </> }
    });
    section("report-futures", app.say(say::futures_title()), content)
}
