//! How often it holds: a row of dots a project, in the order of the plan so that rows stay where they are while
//! the figures sharpen.

use super::card::picture_card;
use super::money_words::{about, of_twenty};
use crate::app::App;
use crate::charts::dots::frequency;
use crate::components::charts::dot_row;
use crate::components::working;
use crate::funding::FundReport;
use crate::risk::{Futures, ProjectFutures};
use crate::text::say;
use yew::prelude::*;

/// How often each project of `report` is funded, as far as that is known.
pub(super) fn futures_card(app: &App, report: &FundReport, futures: Option<&Futures>) -> Html {
    let title = app.say(say::futures_title());
    let Some(futures) = futures else {
        return html! {
            <section class="card" id="pool-futures"><h2>{ title }</h2>{ working(&app.say(say::working())) }</section>
        };
    };
    let finding = finding(app, report, futures);
    let done = futures.trials_done == futures.settings.trials;
    let picture = html! {
        <>
            <ul class="futures" data-done={done.to_string()}>{ for futures.projects.iter().map(|project| row(app, project)) }</ul>
            <p class="meta">{ app.say(say::futures_legend(futures.settings.seed.to_string(), u64::from(futures.trials_done))) }</p>
        </>
    };
    picture_card(app, "pool-futures", title, finding, table(app, futures), picture)
}

/// The funded project that holds least often is what the reader should look at.
fn finding(app: &App, report: &FundReport, futures: &Futures) -> Html {
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
    let sentence = match weakest {
        None => say::futures_finding_none(),
        Some(weakest) => say::futures_finding(
            holds.as_str(),
            app.project_name(&weakest.id),
            of_twenty(app, weakest.funded.probability).as_str(),
        ),
    };
    html! { <p class="finding">{ app.say(sentence) }</p> }
}

fn row(app: &App, project: &ProjectFutures) -> Html {
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
                <p class="meta">{ app.say(words) }</p>
            </details>
        </li>
    }
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
