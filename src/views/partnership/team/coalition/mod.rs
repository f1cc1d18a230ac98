//! The best team for the chosen project: what it must keep to, who is in and why, what it costs, how sure that is, who
//! else could do it, and what stands in the way where nobody can.

mod asking;
mod blocked;
mod front;
mod others;
mod search;
mod settings;
mod sizes;
mod solution;
mod words;

use crate::app::{App, Job, focus_later, use_app, use_job};
use crate::domain::{CoalitionSettings, OrgId, ProjectId};
use crate::jobs::{Request, Response};
use crate::matching::coalition::answer::NamedSolution;
use crate::matching::coalition::{CoalitionAnswer, Outcome};
use crate::state::{Action, Edit, View};
use crate::text::say;
use yew::prelude::*;

/// The card's heading, which takes the focus where what had it goes away.
const TITLE: &str = "coalition-title";

/// The best team and the three after it, unless the plan asks for more.
const TEAMS: u8 = 4;

/// Nodes looked at before the search stops and says how far it came.
const NODES: u64 = 200_000;

/// How much longer each "search longer" searches.
const LONGER: u64 = 5;

/// What is asked: for which project, under which rules, how long.
type Question = (ProjectId, CoalitionSettings, u64);

/// What this card remembers beside the plan.
#[derive(Clone, PartialEq)]
struct Memory {
    /// The team looked at, if not the best.
    looked_at: UseStateHandle<Vec<OrgId>>,
    /// The revision for which the search was stopped.
    stopped: UseStateHandle<Option<u64>>,
    /// How long to search.
    nodes: UseStateHandle<u64>,
    /// The organisation about to be made a must.
    must: UseStateHandle<String>,
}

/// The card. It searches by itself as soon as a project with requirements is chosen, and again whenever the plan changes.
#[component(Coalition)]
pub(super) fn coalition() -> Html {
    let app = use_app();
    let memory = Memory {
        looked_at: use_state(Vec::new),
        stopped: use_state(|| None),
        nodes: use_state(|| NODES),
        must: use_state(String::new),
    };
    let is_stopped = *memory.stopped == Some(app.state().revision);
    let question = question(&app, *memory.nodes);
    let asked = question.clone().filter(|_| !is_stopped);
    let mut job = use_job(&app, asked, |(project, settings, nodes): &Question, scenario| {
        Request::Coalition {
            scenario,
            project: Some(project.clone()),
            settings: Some(settings.clone()),
            node_limit: Some(*nodes),
        }
    });
    job.working &= !is_stopped;
    html! {
        <section class="card coalition" id="coalition" aria-labelledby={TITLE}>
            <h2 id={TITLE} tabindex="-1">{ app.say(say::coalition_title()) }</h2>
            { match &question {
                Some((project, ..)) => answered(&app, &memory, project, &job),
                None => unasked(&app),
            } }
        </section>
    }
}

/// The question the plan asks; none without a project that says what it needs.
fn question(app: &App, nodes: u64) -> Option<Question> {
    let scenario = &app.state().scenario;
    let plan = &scenario.partnership;
    let project = scenario.project(plan.project.as_ref()?)?;
    let needs = project.requirements.iter().any(|needed| needed.quantity > 0);
    let mut settings = plan.coalition.clone();
    if settings.k_best == 0 {
        settings.k_best = TEAMS;
    }
    needs.then(|| (project.id.clone(), settings, nodes))
}

/// What to do first: choose a project, or add one.
fn unasked(app: &App) -> Html {
    let scenario = &app.state().scenario;
    if scenario.projects.is_empty() {
        return html! { <>
            <p>{ app.say(say::coalition_no_projects()) }</p>
            <button id="coalition-to-projects" onclick={app.on(Action::Go(View::Pool))}>{ app.say(say::coalition_to_projects()) }</button>
        </> };
    }
    let chosen = scenario
        .partnership
        .project
        .as_ref()
        .and_then(|id| scenario.project(id));
    let hint = match chosen {
        Some(_) => say::coalition_project_silent(),
        None => say::coalition_choose_project(),
    };
    let offered = scenario
        .projects
        .iter()
        .filter(|project| project.requirements.iter().any(|needed| needed.quantity > 0));
    html! { <>
        <p>{ app.say(hint) }</p>
        <ul class="coalition-projects">{ for offered.map(|project| {
            let onclick = {
                let (app, id) = (app.clone(), project.id.clone());
                Callback::from(move |_: MouseEvent| {
                    app.edit(Edit::SetProject(Some(id.clone())));
                    // The buttons go away with the choice.
                    focus_later(TITLE);
                })
            };
            html! {
                <li key={project.id.to_string()}>
                    <button id={format!("coalition-project-{}", project.id)} {onclick}>{ app.text(&project.name) }</button>
                </li>
            }
        }) }</ul>
    </> }
}

fn answered(app: &App, memory: &Memory, project: &ProjectId, job: &Job) -> Html {
    // An answer about another project says nothing about this one.
    let answer = match job.response.as_deref() {
        Some(Response::Coalition(answer)) if &answer.project == project => Some(&**answer),
        _ => None,
    };
    html! { <>
        <p class="meta">{ app.say(say::coalition_about()) }</p>
        { search::standing(app, memory, answer, job) }
        if let Some(answer) = answer { { found(app, memory, answer, job.working) } }
        { settings::settings(app, memory, answer) }
    </> }
}

fn found(app: &App, memory: &Memory, answer: &CoalitionAnswer, working: bool) -> Html {
    let shown = looked_at(memory, answer);
    html! { <>
        if let Some((shown, is_best)) = shown {
            { solution::team(app, memory, answer, shown, is_best) }
            { others::others(app, memory, answer, shown, working) }
        }
        if answer.outcome == Outcome::Infeasible { { blocked::blocked(app, answer, working) } }
        { front::front(app, answer) }
        { sizes::sizes(app, answer) }
        { asking::asking(app, answer) }
    </> }
}

/// The team shown, and whether it is the best: the one looked at as long as it is among the answers.
fn looked_at<'a>(memory: &Memory, answer: &'a CoalitionAnswer) -> Option<(&'a NamedSolution, bool)> {
    let chosen = answer
        .alternatives
        .iter()
        .find(|team| words::ids(team) == *memory.looked_at);
    chosen
        .map(|team| (team, false))
        .or_else(|| answer.best.as_ref().map(|best| (best, true)))
}
