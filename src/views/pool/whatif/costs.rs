//! What projects really cost, and what that says of the others.

use super::records::{adopt, change, remove_button};
use crate::app::{App, use_app};
use crate::components::{AmountField, SelectField};
use crate::domain::{CostRecord, ProjectId};
use crate::risk::{Calibration, CostUpdate};
use crate::state::Edit;
use crate::text::say;
use yew::prelude::*;

/// The form for one completed project.
#[component(NewCost)]
pub(super) fn new_cost() -> Html {
    let app = use_app();
    let project = use_state(|| None::<ProjectId>);
    let actual = use_state(|| None::<u64>);
    let scenario = &app.state().scenario;
    let chosen = project.as_ref().and_then(|id| scenario.project(id));
    let Some(found) = chosen.or_else(|| scenario.projects.first()) else {
        return Html::default();
    };
    // What was thought before any record was taken over.
    let stated = scenario.records.stated_cost(&found.id, found.cost);
    let options: Vec<(AttrValue, AttrValue)> = scenario
        .projects
        .iter()
        .map(|project| {
            (
                project.id.to_string().into(),
                app.project_name(project.id.as_str()).into(),
            )
        })
        .collect();
    let on_project = {
        let project = project.clone();
        Callback::from(move |id: String| project.set(ProjectId::new(&id).ok()))
    };
    let on_actual = {
        let actual = actual.clone();
        Callback::from(move |amount: Option<u64>| actual.set(amount))
    };
    let can_add = actual.is_some_and(|minor| minor > 0) && stated.likely_minor > 0;
    let on_add = {
        let (actual, id) = (actual.clone(), found.id.clone());
        let add = change(&app, |records, record: CostRecord| records.costs.push(record));
        Callback::from(move |_: MouseEvent| {
            if let Some(actual_minor) = actual.filter(|_| can_add) {
                add.emit(CostRecord {
                    project: id.clone(),
                    estimated_minor: stated.likely_minor,
                    actual_minor,
                    date: None,
                });
                actual.set(None);
            }
        })
    };
    html! {
        <fieldset class="records-new">
            <legend>{ app.say(say::records_cost()) }</legend>
            <SelectField id="record-project" label={app.say(say::whatif_which_project())} {options} value={found.id.to_string()} on_change={on_project} />
            <p class="meta">{ app.say(say::records_thought(app.i18n.compact_money(stated.likely_minor))) }</p>
            <AmountField id="record-actual" label={app.say(say::records_actual())} value={*actual} on_change={on_actual} />
            <button id="record-cost-add" onclick={on_add} disabled={!can_add}>{ app.say(say::records_add()) }</button>
        </fieldset>
    }
}

/// What is recorded of costs.
pub(super) fn list(app: &App) -> Html {
    let costs = &app.state().scenario.records.costs;
    let row = |(place, record): (usize, &CostRecord)| {
        let words = app
            .say(say::records_said_cost(
                app.i18n.compact_money(record.actual_minor),
                app.i18n.compact_money(record.estimated_minor),
                app.project_name(record.project.as_str()),
            ))
            .to_string();
        let remove = change(app, move |records, _: MouseEvent| {
            if place < records.costs.len() {
                records.costs.remove(place);
            }
        });
        html! { <li>{ words.clone() }{ " " }{ remove_button(app, format!("record-cost-{place}"), &words, remove) }</li> }
    };
    html! { if !costs.is_empty() { <ul class="records-list">{ for costs.iter().enumerate().map(row) }</ul> } }
}

/// What that says of each project.
pub(super) fn learnt(app: &App, answer: &Calibration) -> Html {
    let Some(found) = &answer.costs else {
        return Html::default();
    };
    let ratio = libm::exp(found.mean);
    html! { <>
        <p>{ app.say(say::records_costs_seen(u64::from(found.of), app.i18n.decimal(ratio, 2))) }</p>
        <ul class="records-learnt">{ for found.projects.iter().map(|update| project(app, update, answer.strength)) }</ul>
    </> }
}

fn project(app: &App, update: &CostUpdate, strength: f64) -> Html {
    let Ok(id) = ProjectId::new(&update.project) else {
        return Html::default();
    };
    let money = |minor: u64| app.i18n.compact_money(minor);
    let decimal = |value: f64| app.i18n.decimal(value, 3);
    let (kappa, mu, alpha, beta) = update.posterior;
    let line = if update.completed {
        say::records_completed(money(update.suggested.likely_minor))
    } else {
        say::records_cost_now(
            money(update.suggested.high_minor),
            money(update.suggested.likely_minor),
            money(update.suggested.low_minor),
            money(update.stated.likely_minor),
        )
    };
    let arithmetic = say::records_cost_arithmetic(
        app.i18n.decimal(alpha, 1),
        decimal(beta),
        app.i18n.decimal(kappa, 0),
        decimal(update.stated_mean),
        decimal(mu),
        decimal(update.stated_spread),
        app.i18n.decimal(strength, 0),
    );
    let use_it = Edit::AdoptCost(id.clone(), update.suggested);
    let back = (update.stated != update.suggested).then_some(Edit::AdoptCost(id, update.stated));
    html! {
        <li key={update.project.clone()}>
            <h4>{ app.project_name(&update.project) }</h4>
            <p>{ app.say(line) }</p>
            if !update.completed {
                <details><summary>{ app.say(say::records_show_arithmetic()) }</summary><p class="meta">{ app.say(arithmetic) }</p></details>
            }
            { adopt(app, &format!("adopt-cost-{}", update.project), update.in_use, use_it, back) }
        </li>
    }
}
