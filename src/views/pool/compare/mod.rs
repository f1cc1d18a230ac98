//! Several rules side by side: what each funds, how alike they are, who wins and loses by a change.

mod agreement;
mod shift;
mod table;

use crate::app::{App, use_app, use_job};
use crate::components::{CheckField, empty_state, working};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::Comparison;
use crate::jobs::{Request, Response};
use crate::text::{Message, say};
use yew::prelude::*;

/// As many fit side by side.
const MOST_RULES: usize = 6;
/// One alone compares with nothing.
const FEWEST_RULES: usize = 2;

/// The rules a visit starts with, beside the one in use.
const FIRST: [RuleId; 5] = [
    RuleId::Greedy,
    RuleId::EqualShares,
    RuleId::Phragmen,
    RuleId::Proportional,
    RuleId::MaxWelfare,
];

/// The choice of rules and what comes of it.
#[component(Compare)]
pub(super) fn compare() -> Html {
    let app = use_app();
    let scenario = &app.state().scenario;
    let own = scenario.pool.clone();
    let chosen = use_state(|| {
        let mut rules = vec![own.rule];
        rules.extend(FIRST.into_iter().filter(|rule| *rule != own.rule).take(3));
        rules
    });
    let plans: Vec<PoolPlan> = RuleId::ALL
        .into_iter()
        .filter(|rule| chosen.contains(rule))
        .map(|rule| PoolPlan { rule, ..own.clone() })
        .collect();
    let empty = scenario.projects.is_empty() || scenario.pledges.is_empty();
    let job = use_job(&app, (!empty).then_some(plans), |plans, scenario| {
        Request::Compare {
            scenario,
            plans: plans.clone(),
        }
    });
    if empty {
        let (title, hint) = if scenario.projects.is_empty() {
            (say::pool_no_projects(), say::pool_no_projects_hint())
        } else {
            (say::pool_no_pledges(), say::pool_no_pledges_hint())
        };
        return html! { <div class="pool-grid">{ empty_state(&app.say(title), &app.say(hint), html! {}) }</div> };
    }
    let answer = match job.response.as_deref() {
        Some(Response::Compared(answer)) if job.failed.is_none() => Some(&**answer),
        _ => None,
    };
    html! {
        <div class="pool-grid" id="pool-compare">
            { choice(&app, &chosen) }
            if job.working && answer.is_none() { <section class="card whole">{ working(&app.say(say::working())) }</section> }
            if let Some(failed) = job.failed { <p class="hint whole" id="compare-failed" role="alert">{ app.say(failed) }</p> }
            if let Some(answer) = answer { <Answered comparison={answer.clone()} /> }
        </div>
    }
}

fn choice(app: &App, chosen: &UseStateHandle<Vec<RuleId>>) -> Html {
    let count = chosen.len();
    let field = |rule: RuleId| {
        let checked = chosen.contains(&rule);
        let held = if checked {
            count <= FEWEST_RULES
        } else {
            count >= MOST_RULES
        };
        let on_change = {
            let chosen = chosen.clone();
            Callback::from(move |on: bool| {
                let mut rules = (*chosen).clone();
                rules.retain(|other| *other != rule);
                if on {
                    rules.push(rule);
                }
                if (FEWEST_RULES..=MOST_RULES).contains(&rules.len()) {
                    chosen.set(rules);
                } else {
                    // Sets the box back to what counts.
                    chosen.set((*chosen).clone());
                }
            })
        };
        html! {
            <li key={rule.code()} class={held.then_some("held")}>
                <CheckField id={format!("compare-rule-{}", rule.code())} {checked} {on_change}
                    label={app.say(Message::of_code("rule", rule.code()))} />
            </li>
        }
    };
    html! {
        <section class="card whole" aria-labelledby="compare-title">
            <h2 id="compare-title">{ app.say(say::compare_title()) }</h2>
            <p class="meta">{ app.say(say::compare_about()) }</p>
            <fieldset class="compare-rules">
                <legend>{ app.say(say::compare_choose()) }</legend>
                <ul>{ for RuleId::ALL.into_iter().map(field) }</ul>
                <p class="meta" role="status">{ app.say(say::compare_chosen(count)) }</p>
            </fieldset>
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct AnsweredProps {
    comparison: Comparison,
}

#[component(Answered)]
fn answered(props: &AnsweredProps) -> Html {
    let app = use_app();
    let base = use_state(|| None::<RuleId>);
    let comparison = &props.comparison;
    html! { <>
        { table::side_by_side(&app, comparison) }
        { agreement::agreement(&app, comparison) }
        { shift::shifts(&app, comparison, &base) }
    </> }
}

/// The name of a column's rule.
fn rule_at(app: &App, comparison: &Comparison, column: usize) -> String {
    let found = comparison.columns.get(column);
    found.map_or_else(String::new, |column| rule_name(app, column.plan.rule))
}

fn rule_name(app: &App, rule: RuleId) -> String {
    app.say(Message::of_code("rule", rule.code())).to_string()
}

/// The name of a project of the comparison.
fn project_name(app: &App, comparison: &Comparison, project: usize) -> String {
    let id = comparison.project_ids.get(project);
    id.map_or_else(String::new, |id| app.project_name(id))
}
