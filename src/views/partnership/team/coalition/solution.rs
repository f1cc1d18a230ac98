//! A team: who is in and why, what it costs, and the button that takes it.

use super::words::{ids, money};
use super::{Memory, search};
use crate::app::App;
use crate::components::{IconName, icon, sector_badge};
use crate::domain::OrgId;
use crate::matching::coalition::CoalitionAnswer;
use crate::matching::coalition::answer::{Covered, Member, NamedSolution};
use crate::state::{Action, Edit, Tone};
use crate::text::{Message, say};
use crate::views::words::{bare_quantity, kind_inside, sector_and_place_of};
use yew::prelude::*;

/// Members listed at once; of a larger team the rest is folded away, so that what it costs stays in reach.
const LISTED: usize = 10;

/// The team `shown`, which is the best one or another the reader looks at.
pub(super) fn team(
    app: &App,
    memory: &Memory,
    answer: &CoalitionAnswer,
    shown: &NamedSolution,
    is_best: bool,
) -> Html {
    let title = if is_best {
        say::coalition_team_title()
    } else {
        say::coalition_team_other_title()
    };
    html! {
        <div class="coalition-part" id="coalition-team">
            <h3>{ app.say(title) }</h3>
            <ul class="members">{ for shown.members.iter().take(LISTED).map(|one| member(app, answer, one)) }</ul>
            if shown.size > LISTED {
                <details id="coalition-team-rest">
                    <summary>{ app.say(say::coalition_ask_more(shown.size - LISTED)) }</summary>
                    <ul class="members">{ for shown.members.iter().skip(LISTED).map(|one| member(app, answer, one)) }</ul>
                </details>
            }
            { covers(app, &shown.covered) }
            { costs(app, answer, shown) }
            if !is_best { <p class="meta">{ app.say(search::proof(app, shown)) }</p> }
            <p class="verified">{ icon(IconName::Check) }<span>{ app.say(say::coalition_verified()) }</span></p>
            { take(app, memory, shown) }
        </div>
    }
}

fn member(app: &App, answer: &CoalitionAnswer, member: &Member) -> Html {
    let name = app.org_name(&member.org);
    let cost = match member.cost_minor {
        Some(minor) => say::coalition_member_cost(app.i18n.money(minor)),
        None => say::coalition_member_cost_unsaid(app.i18n.money(answer.assumed_cost_minor)),
    };
    html! {
        <li key={member.org.to_string()} id={format!("coalition-member-{}", member.org)}>
            { sector_badge(member.sector, &name, false) }
            <div>
                <b>{ name.clone() }</b>
                <small>{ sector_and_place_of(app, &member.org) }</small>
                <small>{ app.say(brings(app, answer, member)) }</small>
                <small>{ app.say(cost) }</small>
            </div>
        </li>
    }
}

/// What it brings of what is needed, or why it is in all the same.
fn brings(app: &App, answer: &CoalitionAnswer, member: &Member) -> Message {
    let offers: Vec<String> = member
        .brings
        .iter()
        .map(|offer| {
            let quantity = offer.offered.map_or_else(
                || app.say(say::unknown_quantity()).to_string(),
                |offered| app.quantity(&offer.kind, offered),
            );
            let words = say::coalition_offer(kind_inside(app, &offer.kind), quantity);
            app.say(words).to_string()
        })
        .collect();
    if !offers.is_empty() {
        return say::coalition_member_brings(offers.join("; "));
    }
    let scenario = &app.state().scenario;
    let plan = &scenario.partnership;
    let project_lead = scenario
        .project(&answer.project)
        .and_then(|project| project.lead.as_ref());
    if plan.lead.as_ref() == Some(&member.org) || project_lead == Some(&member.org) {
        say::coalition_in_lead()
    } else if plan.coalition.anchors.contains(&member.org) {
        say::coalition_in_anchor()
    } else {
        say::coalition_in_rule()
    }
}

fn covers(app: &App, covered: &[Covered]) -> Html {
    let title = app.say(say::coalition_covers_title());
    let brought = |row: &Covered| match row.brought {
        [low, high] if low == high => app.quantity(&row.kind, low),
        [low, high] => app
            .say(say::fill_range(
                app.quantity(&row.kind, high),
                bare_quantity(app, &row.kind, low),
            ))
            .to_string(),
    };
    html! {
        <details class="twin" id="coalition-covers">
            <summary>{ title.clone() }</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label={title}>
                <table>
                    <thead><tr>
                        <th scope="col">{ app.say(say::coalition_col_kind()) }</th>
                        <th scope="col" class="number">{ app.say(say::coalition_col_need()) }</th>
                        <th scope="col" class="number">{ app.say(say::coalition_col_brought()) }</th>
                    </tr></thead>
                    <tbody>{ for covered.iter().map(|row| html! {
                        <tr key={row.kind.to_string()}>
                            <th scope="row">{ app.kind_name(&row.kind) }</th>
                            <td class="number">{ app.quantity(&row.kind, row.need) }</td>
                            <td class="number">{ brought(row) }</td>
                        </tr>
                    }) }</tbody>
                </table>
            </div>
        </details>
    }
}

/// Taking part, coordination, and their sum; what of it is assumed.
fn costs(app: &App, answer: &CoalitionAnswer, team: &NamedSolution) -> Html {
    if team.objective_minor == 0 {
        return html! { <p class="meta" id="coalition-costs">{ app.say(say::coalition_cost_nothing()) }</p> };
    }
    let assumed = team
        .participation_cost_minor
        .saturating_sub(team.stated_cost_minor);
    let low = team.objective_minor.saturating_sub(assumed);
    let coordination = say::coalition_cost_coordination(app.i18n.money(answer.alpha_minor), team.pairs);
    html! { <>
        <dl class="statement" id="coalition-costs">
            <div><dt>{ app.say(say::coalition_cost_taking_part()) }</dt><dd>{ money(app, team.participation_cost_minor) }</dd></div>
            <div><dt>{ app.say(coordination) }</dt><dd>{ money(app, team.coordination_cost_minor) }</dd></div>
            <div class="total"><dt>{ app.say(say::coalition_cost_total()) }</dt><dd>{ money(app, team.objective_minor) }</dd></div>
        </dl>
        if answer.alpha_minor == 0 { <p class="meta">{ app.say(say::coalition_cost_free()) }</p> }
        if assumed > 0 { <p class="meta">{ app.say(say::coalition_cost_assumed(money(app, assumed), money(app, low))) }</p> }
    </> }
}

/// Makes the team the partnership. The button stays, so that the focus stays with it.
fn take(app: &App, memory: &Memory, team: &NamedSolution) -> Html {
    let plan = &app.state().scenario.partnership;
    let partners: Vec<OrgId> = ids(team)
        .into_iter()
        .filter(|id| plan.lead.as_ref() != Some(id))
        .collect();
    let is_taken =
        partners.len() == plan.members.len() && partners.iter().all(|one| plan.members.contains(one));
    let onclick = {
        let (app, memory, partners, size) = (app.clone(), memory.clone(), partners, team.size);
        Callback::from(move |_: MouseEvent| {
            if is_taken {
                return;
            }
            let revision = app.state().revision;
            if *memory.stopped == Some(revision) {
                // Who is in changes nothing about the question: a search that was stopped stays so.
                memory.stopped.set(Some(revision + 1));
            }
            app.edit(Edit::SetMembers(partners.clone()));
            app.dispatch(Action::Notify(Tone::Good, say::coalition_took(size)));
        })
    };
    let words = if is_taken {
        say::coalition_taken()
    } else {
        say::coalition_take()
    };
    html! { <>
        <button class={(!is_taken).then_some("primary")} id="coalition-take" aria-disabled={is_taken.then_some("true")} {onclick}>
            { app.say(words) }
        </button>
        if !is_taken && !plan.members.is_empty() { <p class="meta">{ app.say(say::coalition_take_hint()) }</p> }
    </> }
}
