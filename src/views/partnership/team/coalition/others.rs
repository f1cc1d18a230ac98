//! The next best teams, by what differs from the best.

use super::Memory;
use super::words::{ids, money, names};
use crate::app::App;
use crate::domain::OrgId;
use crate::matching::coalition::CoalitionAnswer;
use crate::matching::coalition::answer::NamedSolution;
use crate::text::say;
use crate::views::words::listed;
use yew::prelude::*;

/// A button for each team; the pressed one is shown above.
pub(super) fn others(
    app: &App,
    memory: &Memory,
    answer: &CoalitionAnswer,
    shown: &NamedSolution,
    working: bool,
) -> Html {
    let Some(best) = &answer.best else {
        return html! {};
    };
    let teams: Vec<&NamedSolution> = std::iter::once(best).chain(&answer.alternatives).collect();
    let alone = teams.len() == 1;
    if alone && !answer.complete {
        return html! {};
    }
    html! {
        <div class="coalition-part" id="coalition-others">
            <h3>{ app.say(say::coalition_others_title()) }</h3>
            if alone {
                <p class="meta">{ app.say(say::coalition_others_none()) }</p>
            } else {
                <p class="meta">
                    { app.say(say::coalition_others_about()) }
                    if !answer.complete && !working { { " " }{ app.say(say::coalition_others_unproven()) } }
                </p>
                <ul class="coalition-choices">{ for teams.iter().enumerate().map(|(rank, team)| html! {
                    <li key={rank}>{ choice(app, memory, best, team, rank, *team == shown) }</li>
                }) }</ul>
            }
        </div>
    }
}

fn choice(
    app: &App,
    memory: &Memory,
    best: &NamedSolution,
    team: &NamedSolution,
    rank: usize,
    pressed: bool,
) -> Html {
    let onclick = {
        let (looked_at, members) = (memory.looked_at.clone(), ids(team));
        Callback::from(move |_: MouseEvent| looked_at.set(members.clone()))
    };
    let dearer = team.objective_minor.saturating_sub(best.objective_minor);
    let cost = match (rank, dearer) {
        (0, _) => AttrValue::from(money(app, team.objective_minor)),
        (_, 0) => app.say(say::coalition_choice_same()),
        (_, more) => app.say(say::coalition_choice_dearer(money(app, more))),
    };
    let who = if rank == 0 {
        app.say(say::coalition_choice_best())
    } else {
        difference(app, best, team)
    };
    html! {
        <button id={format!("coalition-choice-{rank}")} aria-pressed={pressed.to_string()} {onclick}>
            <span>{ who }</span>{ " " }<small>{ cost }</small>
        </button>
    }
}

/// Who instead of whom.
fn difference(app: &App, best: &NamedSolution, team: &NamedSolution) -> AttrValue {
    let (before, after) = (ids(best), ids(team));
    let only = |ours: &[OrgId], theirs: &[OrgId]| {
        let own: Vec<OrgId> = ours.iter().filter(|id| !theirs.contains(id)).cloned().collect();
        listed(app, &names(app, &own))
    };
    let (leaving, entering) = (only(&before, &after), only(&after, &before));
    app.say(match (entering.is_empty(), leaving.is_empty()) {
        (false, false) => say::coalition_choice_swap(entering, leaving),
        (false, true) => say::coalition_choice_joins(entering),
        _ => say::coalition_choice_leaves(leaving),
    })
}
