//! Where the search stands: the finding in a sentence, how sure it is, and the buttons that stop it or let it go on.

use super::words::{dearer_percent, money};
use super::{LONGER, Memory};
use crate::app::{App, Job, focus_later};
use crate::components::working_at;
use crate::matching::coalition::answer::NamedSolution;
use crate::matching::coalition::{CoalitionAnswer, Outcome};
use crate::text::{Message, say};
use yew::prelude::*;

const STOP: &str = "coalition-stop";
const RESUME: &str = "coalition-resume";

/// The best found so far and its bound, sharpening in place while the search goes on.
pub(super) fn standing(app: &App, memory: &Memory, answer: Option<&CoalitionAnswer>, job: &Job) -> Html {
    let best = answer.and_then(|answer| Some((answer, answer.best.as_ref()?)));
    let stopped = *memory.stopped == Some(app.state().revision);
    html! {
        <div class="coalition-standing" id="coalition-standing" data-working={job.working.to_string()}>
            if let Some(failed) = &job.failed { <p class="problem" role="alert">{ app.say(failed.clone()) }</p> }
            <div role="status" id="coalition-status">
                if let Some((answer, best)) = best { { finding(app, answer, best) } }
                if answer.is_some_and(|answer| answer.outcome == Outcome::Infeasible) {
                    <p class="finding" id="coalition-finding">{ app.say(say::coalition_blocked_title()) }</p>
                }
                if answer.is_some_and(|answer| answer.outcome == Outcome::Unknown) && !job.working {
                    <p>{ app.say(say::coalition_unknown()) }</p>
                }
                if stopped { <p class="meta">{ app.say(say::coalition_stopped()) }</p> }
            </div>
            if job.working { { progress(app, memory, answer, job) } }
            if stopped { { resume(app, memory) } }
            if !job.working && !stopped && answer.is_some_and(is_open) { { further(app, memory) } }
        </div>
    }
}

fn finding(app: &App, answer: &CoalitionAnswer, best: &NamedSolution) -> Html {
    let headline = say::coalition_headline(
        money(app, best.objective_minor),
        app.project_name(answer.project.as_str()),
        best.size,
    );
    html! { <>
        <p class="finding" id="coalition-finding">{ app.say(headline) }</p>
        <p class={classes!("proof", best.optimal.then_some("good"))} id="coalition-proof">{ app.say(proof(app, best)) }</p>
    </> }
}

/// What is proven about a team, and what is not.
pub(super) fn proof(app: &App, team: &NamedSolution) -> Message {
    if team.optimal {
        return say::coalition_proven();
    }
    match dearer_percent(app, team.objective_minor, team.lower_bound_minor) {
        Some(percent) => say::coalition_gap(money(app, team.lower_bound_minor), percent),
        None => say::coalition_gap_open(),
    }
}

/// Whether searching longer could say more.
fn is_open(answer: &CoalitionAnswer) -> bool {
    matches!(answer.outcome, Outcome::Feasible | Outcome::Unknown)
}

fn progress(app: &App, memory: &Memory, answer: Option<&CoalitionAnswer>, job: &Job) -> Html {
    let words = match answer.map(|answer| answer.outcome) {
        Some(Outcome::Optimal) => say::coalition_working_more(),
        Some(Outcome::Infeasible) => say::coalition_blocked_asking(),
        _ => say::coalition_searching(),
    };
    let onclick = {
        let (stopped, revision) = (memory.stopped.clone(), app.state().revision);
        Callback::from(move |_: MouseEvent| {
            stopped.set(Some(revision));
            focus_later(RESUME);
        })
    };
    html! {
        <div class="row">
            { working_at(&app.say(words), job.progress) }
            <button class="ghost" id={STOP} {onclick}>{ app.say(say::coalition_stop()) }</button>
        </div>
    }
}

fn resume(app: &App, memory: &Memory) -> Html {
    let onclick = {
        let stopped = memory.stopped.clone();
        Callback::from(move |_: MouseEvent| {
            stopped.set(None);
            focus_later(super::TITLE);
        })
    };
    html! { <button id={RESUME} {onclick}>{ app.say(say::coalition_resume()) }</button> }
}

fn further(app: &App, memory: &Memory) -> Html {
    let onclick = {
        let nodes = memory.nodes.clone();
        Callback::from(move |_: MouseEvent| {
            nodes.set(nodes.saturating_mul(LONGER));
            focus_later(super::TITLE);
        })
    };
    html! { <button id="coalition-further" {onclick}>{ app.say(say::coalition_further()) }</button> }
}
