//! The plan: what is still lacking, who gives what to whom, and what is proven of it.

use super::choice::Choice;
use super::kind_flow::kind_flow;
use super::lacking::{lacking, left_over, to_ask};
use super::words::{joined, party_name};
use crate::app::{App, Job};
use crate::components::working;
use crate::domain::KindId;
use crate::jobs::Response;
use crate::matching::plan::{KindPlan, ResourcePlan};
use crate::text::say;
use crate::views::words::{bare_quantity, kind_inside};
use yew::prelude::*;

const TITLE: &str = "exchange-plan-title";
/// How many lacking kinds the finding names.
const NAMED: usize = 3;

/// The card of the plan in every state it can be in.
pub(super) fn plan(app: &App, job: &Job, fair: &Choice<bool>, kind: &Choice<Option<KindId>>) -> Html {
    let answer = match job.response.as_deref() {
        Some(Response::Plan { plan, .. }) => Some(plan),
        _ => None,
    };
    html! {
        <section class="card" id="exchange-plan" aria-labelledby={TITLE}>
            <h2 id={TITLE}>{ app.say(say::exchange_plan_title()) }</h2>
            if let Some(failed) = &job.failed { <p class="warn" role="alert" id="exchange-plan-failed">{ app.say(failed.clone()) }</p> }
            if let Some(plan) = answer { { answered(app, plan, fair, kind) } }
            else if job.failed.is_none() { { working(&app.say(say::working())) } }
        </section>
    }
}

fn answered(app: &App, plan: &ResourcePlan, fair: &Choice<bool>, kind: &Choice<Option<KindId>>) -> Html {
    let asked: Vec<&KindPlan> = plan.kinds.iter().filter(|one| one.needed > 0).collect();
    let about = match &plan.project {
        Some(project) => say::exchange_for_project(app.project_name(project.as_str())),
        None => say::exchange_for_each_other(),
    };
    if asked.is_empty() {
        return html! { <>
            <p class="finding" role="status" id="exchange-finding">{ app.say(say::exchange_nothing_asked()) }</p>
            { to_ask(app, plan) }
        </> };
    }
    let chosen = kind.value.as_ref();
    let shown = asked
        .iter()
        .find(|one| Some(&one.kind) == chosen)
        .or_else(|| asked.iter().find(|one| one.transfers > 0))
        .or(asked.first());
    html! { <>
        <p class="finding" role="status" id="exchange-finding">{ finding(app, plan) }</p>
        <p class="meta">{ app.say(about) }</p>
        if plan.parties.len() < 2 { <p class="exchange-alone">{ app.say(say::exchange_alone()) }</p> }
        { lacking(app, plan) }
        { figures(app, plan, &asked) }
        { choices(app, plan, fair) }
        if let Some(shown) = shown {
            <div class="exchange-kinds">
                <h3 id="exchange-kinds-title">{ app.say(say::exchange_kinds_title()) }</h3>
                <ul class="chips" aria-labelledby="exchange-kinds-title">
                    { for asked.iter().map(|one| kind_chip(app, one, one.kind == shown.kind, kind)) }
                </ul>
                { kind_flow(app, plan, shown) }
            </div>
        }
        { table(app, plan) }
        { to_ask(app, plan) }
        { left_over(app, plan) }
    </> }
}

/// What is lacking, in the order of the plan; else that nothing is.
fn finding(app: &App, plan: &ResourcePlan) -> String {
    let count = plan.transfers.len();
    if plan.unmet.is_empty() {
        return app.say(say::exchange_all_met(count)).to_string();
    }
    let open: Vec<&KindPlan> = plan.kinds.iter().filter(|one| one.met[0] < one.needed).collect();
    let mut names: Vec<String> = open
        .iter()
        .take(NAMED)
        .map(|one| {
            let missing = app.quantity(&one.kind, one.needed.saturating_sub(one.met[0]));
            format!("{} ({missing})", kind_inside(app, &one.kind))
        })
        .collect();
    let more = open.len().saturating_sub(NAMED);
    if more > 0 {
        names.push(app.say(say::exchange_more_kinds(more)).to_string());
    }
    let lacking = app.say(say::exchange_still_lacking(names.join("; ")));
    let transfers = match count {
        0 => app.say(say::exchange_no_transfer()),
        _ => app.say(say::exchange_transfers_cover(count)),
    };
    joined(&[lacking, transfers])
}

fn figures(app: &App, plan: &ResourcePlan, asked: &[&KindPlan]) -> Html {
    let needs: usize = asked.iter().map(|one| one.receivers.len()).sum();
    let figure = |id: &'static str, value: String, words: AttrValue| {
        html! { <div><dt>{ words }</dt><dd {id}>{ value }</dd></div> }
    };
    let met = needs.saturating_sub(plan.unmet.len()) as u64;
    let met = app.say(say::exchange_of(
        app.i18n.integer(needs as u64),
        app.i18n.integer(met),
    ));
    html! {
        <dl class="exchange-figures">
            { figure("exchange-met", met.to_string(), app.say(say::exchange_figure_met())) }
            { figure("exchange-transfers", app.i18n.integer(plan.transfers.len() as u64), app.say(say::exchange_figure_transfers())) }
            { figure("exchange-left", app.i18n.integer(plan.left_over.len() as u64), app.say(say::exchange_figure_left())) }
        </dl>
    }
}

/// Cheapest or fairest, what it means, and what is proven of the plan on screen.
fn choices(app: &App, plan: &ResourcePlan, fair: &Choice<bool>) -> Html {
    let button = |id: &'static str, value: bool, words: AttrValue| {
        html! {
            <li><button {id} aria-pressed={(fair.value == value).to_string()} onclick={fair.on(value)}>{ words }</button></li>
        }
    };
    let about = if plan.fair {
        say::exchange_fair_about()
    } else {
        say::exchange_cheapest_about()
    };
    let proven = if plan.fair {
        say::exchange_fair_proven()
    } else {
        say::exchange_cheapest_proven()
    };
    // With one receiver a kind both ways of sharing are the same plan.
    let nothing_to_share = plan.kinds.iter().all(|one| one.receivers.len() < 2);
    let proof = if plan.faults.is_empty() {
        html! { <p class="meta" id="exchange-proven">{ app.say(proven) }</p> }
    } else {
        html! { <p class="warn" id="exchange-proven">{ app.say(say::exchange_not_verified()) }</p> }
    };
    if nothing_to_share {
        return html! { <div class="exchange-choice">{ proof }<p class="meta">{ app.say(say::exchange_one_receiver()) }</p></div> };
    }
    html! {
        <div class="exchange-choice">
            <h3 id="exchange-choice-title">{ app.say(say::exchange_choice()) }</h3>
            <ul class="chips" aria-labelledby="exchange-choice-title">
                { button("exchange-cheapest", false, app.say(say::exchange_cheapest())) }
                { button("exchange-fair", true, app.say(say::exchange_fair())) }
            </ul>
            <p>{ app.say(about) }</p>
            { proof }
        </div>
    }
}

fn kind_chip(app: &App, kind: &KindPlan, current: bool, choice: &Choice<Option<KindId>>) -> Html {
    let missing = kind.needed.saturating_sub(kind.met[0]);
    let name = app.kind_name(&kind.kind);
    let words = if missing == 0 {
        AttrValue::from(name)
    } else {
        app.say(say::exchange_kind_short(
            name,
            bare_quantity(app, &kind.kind, missing),
        ))
    };
    html! {
        <li><button id={format!("exchange-kind-{}", kind.kind)} aria-pressed={current.to_string()}
            onclick={choice.on(Some(kind.kind.clone()))}>{ words }</button></li>
    }
}

/// The table behind a fold.
fn table(app: &App, plan: &ResourcePlan) -> Html {
    html! {
        <details class="twin" id="exchange-table">
            <summary>{ app.say(say::as_table()) }</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label={app.say(say::exchange_table_caption())}>
                { plan_table(app, plan) }
            </div>
        </details>
    }
}

/// Everything as a table: what is given, what is lacking, what is left over. The report shows it too.
pub(in crate::views) fn plan_table(app: &App, plan: &ResourcePlan) -> Html {
    let row = |kind: &KindId, from: String, to: String, quantity: String| {
        html! { <tr><th scope="row">{ app.kind_name(kind) }</th><td>{ from }</td><td>{ to }</td><td class="number">{ quantity }</td></tr> }
    };
    let given = plan.transfers.iter().map(|one| {
        let mut quantity = app.quantity(&one.kind, one.quantity);
        if !one.sure {
            quantity = app.say(say::exchange_perhaps(quantity)).to_string();
        }
        row(
            &one.kind,
            app.org_name(&one.from),
            party_name(app, &one.to),
            quantity,
        )
    });
    let nobody = app.say(say::exchange_nobody());
    let lacking = plan.unmet.iter().map(|one| {
        row(
            &one.kind,
            nobody.to_string(),
            party_name(app, &one.to),
            app.quantity(&one.kind, one.missing[1]),
        )
    });
    let stays = app.say(say::exchange_stays());
    let left = plan.left_over.iter().map(|one| {
        row(
            &one.kind,
            app.org_name(&one.from),
            stays.to_string(),
            app.quantity(&one.kind, one.quantity),
        )
    });
    html! {
        <table>
            <caption>{ app.say(say::exchange_table_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::exchange_col_kind()) }</th>
                <th scope="col">{ app.say(say::exchange_col_from()) }</th>
                <th scope="col">{ app.say(say::exchange_col_to()) }</th>
                <th scope="col" class="number">{ app.say(say::exchange_col_quantity()) }</th>
            </tr></thead>
            <tbody>{ for given }{ for lacking }{ for left }</tbody>
        </table>
    }
}
