//! How often it holds: a row of dots a project, in the order of the plan so that rows stay where they are while
//! the figures sharpen.

use super::card::picture_card;
use super::money_words::{about, of_twenty};
use crate::app::App;
use crate::charts::dots::{DotRow, drawing, frequency};
use crate::components::charts::dot_row;
use crate::components::working;
use crate::funding::FundReport;
use crate::risk::{Futures, ProjectFutures};
use crate::text::{Message, say};
use crate::views::picture::Saved;
use yew::prelude::*;

/// How often each project of `report` is funded, as far as that is known.
pub(super) fn futures_card(app: &App, report: &FundReport, futures: Option<&Futures>) -> Html {
    let title = app.say(say::futures_title());
    let Some(futures) = futures else {
        return html! {
            <section class="card" id="pool-futures"><h2>{ title }</h2>{ working(&app.say(say::working())) }</section>
        };
    };
    let finding = app.say(finding(app, report, futures));
    let legend = app.say(say::futures_legend(
        futures.settings.seed.to_string(),
        u64::from(futures.trials_done),
    ));
    let done = futures.trials_done == futures.settings.trials;
    let picture = html! {
        <>
            <ul class="futures" data-done={done.to_string()}>{ for futures.projects.iter().map(|project| row(app, futures, project)) }</ul>
            <p class="meta">{ legend.clone() }</p>
        </>
    };
    let saved = Saved {
        finding: finding.to_string(),
        legend: legend.to_string(),
        drawing: drawing(
            &futures
                .projects
                .iter()
                .map(|project| dot_row_of(app, project))
                .collect::<Vec<_>>(),
        ),
    };
    let finding = html! { <p class="finding">{ finding }</p> };
    picture_card(
        app,
        "pool-futures",
        title,
        finding,
        table(app, futures),
        picture,
        saved,
    )
}

/// The funded project that holds least often is what the reader should look at.
fn finding(app: &App, report: &FundReport, futures: &Futures) -> Message {
    let funded = report.project_ids.iter().zip(&report.allocation.granted_minor);
    let funded: Vec<&str> = funded
        .filter(|(_, granted)| **granted > 0)
        .map(|(id, _)| id.as_str())
        .collect();
    let weakest = futures
        .projects
        .iter()
        .filter(|project| funded.contains(&project.id.as_str()))
        .min_by(|a, b| a.funded.probability.total_cmp(&b.funded.probability));
    let holds = of_twenty(app, futures.plan_holds.probability);
    match weakest {
        None => say::futures_finding_none(),
        Some(weakest) => say::futures_finding(
            holds.as_str(),
            app.project_name(&weakest.id),
            of_twenty(app, weakest.funded.probability).as_str(),
        ),
    }
}

fn dot_row_of(app: &App, project: &ProjectFutures) -> DotRow {
    DotRow {
        name: app.project_name(&project.id),
        probability: project.funded.probability,
        words: of_twenty(app, project.funded.probability).to_string(),
    }
}

fn row(app: &App, futures: &Futures, project: &ProjectFutures) -> Html {
    let filled = frequency(project.funded.probability).filled;
    let money = |minor: f64| app.i18n.simulated_money(minor);
    let words = say::futures_row(
        money(project.cost_minor.p10),
        about(app, &project.funded).as_str(),
        money(project.cost_minor.p90),
    );
    html! {
        <li key={project.id.clone()} id={format!("future-{}", project.id)}>
            <details>
                <summary>
                    <span class="name">{ app.project_name(&project.id) }</span>
                    { dot_row(filled) }
                    <span class="of">{ of_twenty(app, project.funded.probability) }</span>
                </summary>
                <p class="meta">{ app.say(words) }{ dates(app, futures, &project.id) }</p>
            </details>
        </li>
    }
}

/// When its money is there, where anybody said when money comes.
fn dates(app: &App, futures: &Futures, id: &str) -> String {
    let Some(cash) = &futures.cash else {
        return String::new();
    };
    let Some(dates) = cash.projects.iter().find(|dates| dates.id == id) else {
        return String::new();
    };
    let mut words = format!(
        " {}",
        app.say(say::futures_on_time(
            of_twenty(app, dates.on_time.probability).as_str()
        ))
    );
    if let Some(paid) = dates.paid_by {
        let by = |period: Option<u16>| match period {
            Some(period) => super::fan::period(app, cash, u64::from(period)),
            None => app.say(say::futures_paid_later()).to_string(),
        };
        words.push(' ');
        words.push_str(&app.say(say::futures_paid_by(by(paid.p90), by(paid.p50))));
    }
    words
}

fn table(app: &App, futures: &Futures) -> Html {
    let money = |minor: f64| html! { <td class="number">{ app.i18n.simulated_money(minor) }</td> };
    html! {
        <table>
            <caption>{ app.say(say::futures_table_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::column_project()) }</th>
                <th scope="col">{ app.say(say::column_chance()) }</th>
                <th scope="col" class="number">{ "P10" }</th>
                <th scope="col" class="number">{ "P50" }</th>
                <th scope="col" class="number">{ "P90" }</th>
            </tr></thead>
            <tbody>{ for futures.projects.iter().map(|project| html! {
                <tr>
                    <th scope="row">{ app.project_name(&project.id) }</th>
                    <td>{ about(app, &project.funded) }</td>
                    { money(project.granted_minor.p10) }{ money(project.granted_minor.p50) }{ money(project.granted_minor.p90) }
                </tr>
            }) }</tbody>
        </table>
    }
}
