//! Whose condition is met, who steps back, and why.

use crate::app::App;
use crate::funding::{ConditionKind, ConditionStep, FundReport};
use crate::text::{Message, say};
use crate::views::money_words::{funder_at, project_at};
use yew::prelude::*;

/// One line a pledge with a condition; nothing where there is none.
pub(in crate::views::pool) fn conditions_card(app: &App, report: &FundReport) -> Html {
    if report.conditions.is_empty() {
        return html! {};
    }
    let conditional = report
        .conditions
        .iter()
        .filter(|step| step.kind != ConditionKind::Guarantee);
    let count = conditional.clone().count();
    let held = conditional.filter(|step| step.dropped_in.is_none()).count();
    let finding = match count {
        0 => None,
        _ if held == count => Some(say::conditions_finding_all(count)),
        _ => Some(say::conditions_finding(count, held)),
    };
    html! {
        <section class="card whole" id="pool-conditions" aria-labelledby="pool-conditions-title">
            <h2 id="pool-conditions-title">{ app.say(say::conditions_title()) }</h2>
            if let Some(finding) = finding { <p class="finding">{ app.say(finding) }</p> }
            <ol class="why-list">{ for report.conditions.iter().map(|step| line(app, report, step)) }</ol>
            <p class="meta">{ app.say(say::conditions_note()) }</p>
        </section>
    }
}

fn line(app: &App, report: &FundReport, step: &ConditionStep) -> Html {
    let only = step
        .project
        .map(|project| app.say(say::conditions_for_project(project_at(app, report, project))));
    html! {
        <li class={if step.dropped_in.is_none() { "bought" } else { "passed" }}>
            <p>{ app.say(sentence(app, report, step)) }
                if let Some(only) = only { { " " }{ only } }
            </p>
        </li>
    }
}

fn sentence(app: &App, report: &FundReport, step: &ConditionStep) -> Message {
    let money = |minor: u64| app.i18n.compact_money(minor);
    let funder = funder_at(app, report, step.participant);
    let (needed, reached) = (money(step.needed_minor), money(step.reached_minor));
    let (gives, back) = (money(step.gives_minor), money(step.refunded_minor));
    match (step.kind, step.dropped_in) {
        (ConditionKind::Guarantee, _) => say::conditions_stands_by(back, funder),
        (ConditionKind::Match, _) if step.refunded_minor == 0 => {
            say::conditions_matches(gives, funder, reached)
        }
        (ConditionKind::Match, _) => say::conditions_matches_part(gives, funder, needed, reached, back),
        (ConditionKind::AllOrNothing, Some(round)) => {
            say::conditions_dropped(back, funder, needed, reached, round)
        }
        (ConditionKind::Challenge, Some(round)) => {
            say::conditions_dropped_challenge(back, funder, needed, reached, round)
        }
        (ConditionKind::AllOrNothing, None) => say::conditions_holds(gives, funder, needed, reached),
        (ConditionKind::Challenge, None) => say::conditions_holds_challenge(gives, funder, needed, reached),
    }
}
