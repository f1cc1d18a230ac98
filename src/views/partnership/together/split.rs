//! How the team shares what its work costs.

use super::Looking;
use super::split_words::{code, give_or_take, minor, name, names, sampling, stable, whole};
use crate::app::{App, Job};
use crate::components::working;
use crate::jobs::Response;
use crate::matching::cost_split::{Fraction, MAX_PLAYERS, MAX_TEAM, Method, Split, TeamSplit};
use crate::text::{Message, say};
use crate::views::words::listed;
use yew::prelude::*;

/// All splits side by side, one of them as bars, and whether anybody would do better alone.
pub(super) fn split_card(app: &App, looking: &Looking, job: &Job, parties: usize) -> Html {
    let content = match job.response.as_deref() {
        _ if parties > MAX_TEAM => {
            html! { <p role="status">{ app.say(say::together_split_too_many(MAX_TEAM, parties)) }</p> }
        }
        _ if job.failed.is_some() => {
            html! { <p role="status">{ for job.failed.clone().map(|failed| app.say(failed)) }</p> }
        }
        Some(Response::Split(split)) => answer(app, looking, split),
        _ => working(&app.say(say::working())),
    };
    html! {
        <section class="card whole" id="split" aria-labelledby="split-title">
            <h2 id="split-title">{ app.say(say::together_split_title()) }</h2>
            { content }
        </section>
    }
}

fn answer(app: &App, looking: &Looking, team: &TeamSplit) -> Html {
    let shown = team
        .answer
        .splits
        .iter()
        .find(|split| split.method == *looking.method);
    let Some(shown) = shown.or(team.answer.splits.first()) else {
        return html! {};
    };
    let total = app.i18n.signed_money(team.answer.total);
    let project = team
        .project
        .as_ref()
        .map(|project| app.project_name(project.as_str()));
    let what = match project {
        Some(project) => say::together_split_what(project, total),
        None => say::together_split_nothing(total),
    };
    html! { <>
        <p class="finding">{ app.say(what) }</p>
        if team.bought_minor != 0 || team.coordination_minor != 0 {
        <p class="meta">{ app.say(say::together_split_parts(
            app.i18n.signed_money(team.bought_minor), app.i18n.signed_money(team.coordination_minor))) }</p>
        }
        <ul class="chips" aria-label={app.say(say::together_split_ways())}>
            { for team.answer.splits.iter().map(|split| chip(app, looking, split, shown.method)) }
        </ul>
        <div id="split-shown" role="status">
            <p>{ app.say(Message::of_code("together-split-about", code(shown.method))) }</p>
            <p class={if shown.blocking.is_some() { "warn" } else if shown.judged { "good" } else { "meta" }} id="split-core">{ app.say(stable(app, team, shown)) }</p>
        </div>
        { for team.answer.sampled.map(|sampled| html! {
            <p class="meta" id="split-sampled">{ app.say(sampling(sampled, shown)) }</p>
        }) }
        { bars(app, team, shown) }
        <p class="meta">{ app.say(say::together_split_legend()) }</p>
        { table(app, team) }
        { notes(app, team) }
    </> }
}

fn chip(app: &App, looking: &Looking, split: &Split, shown: Method) -> Html {
    let onclick = {
        let (method, chosen) = (looking.method.clone(), split.method);
        Callback::from(move |_: MouseEvent| method.set(chosen))
    };
    html! {
        <li><button id={format!("split-{}", code(split.method))} aria-pressed={(split.method == shown).to_string()} {onclick}>
            { app.say(name(split.method)) }
        </button></li>
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "for drawing; amounts are at most 10^15"
)]
fn bars(app: &App, team: &TeamSplit, shown: &Split) -> Html {
    let shares: Vec<i64> = shown.shares.iter().map(|&share| whole(share)).collect();
    let longest = shares
        .iter()
        .chain(&team.alone_minor)
        .copied()
        .max()
        .unwrap_or(0)
        .max(1);
    let percent = |figure: i64| {
        format!(
            "{:.2}%",
            (figure.max(0) as f64 / longest as f64 * 100.0).min(100.0)
        )
    };
    let rows = team
        .members
        .iter()
        .zip(&shares)
        .zip(&team.alone_minor)
        .enumerate();
    html! {
        <ul class="split-bars" id="split-bars">{ for rows.map(|(player, ((org, &share), &alone))| {
            let error = shown.standard_errors.get(player).map(|&error| give_or_take(app, error));
            let words = if share < 0 {
                say::together_split_receives(app.i18n.signed_money(alone), app.i18n.signed_money(share.saturating_neg()))
            } else {
                say::together_split_pays(app.i18n.signed_money(alone), app.i18n.signed_money(share))
            };
            html! {
                <li key={org.to_string()}>
                    <p><b>{ app.org_name(org) }</b><span>{ app.say(words) }{ for error }</span></p>
                    <svg class="split-bar" width="100%" height="14" aria-hidden="true" focusable="false">
                        <rect class="track" width={percent(alone)} height="14" />
                        <rect class="pays" width={percent(share)} height="14" />
                    </svg>
                </li>
            }
        }) }</ul>
    }
}

fn table(app: &App, team: &TeamSplit) -> Html {
    let caption = app.say(say::together_split_caption());
    let splits = &team.answer.splits;
    let rows = team.members.iter().zip(&team.alone_minor).enumerate();
    html! {
        <div class="table-wrap" tabindex="0" role="region" aria-label={caption.clone()} id="split-table">
            <table>
                <caption>{ caption }</caption>
                <thead><tr>
                    <th scope="col">{ app.say(say::together_col_party()) }</th>
                    <th scope="col" class="number">{ app.say(say::together_col_alone()) }</th>
                    { for splits.iter().map(|split| html! { <th scope="col" class="number">{ app.say(name(split.method)) }</th> }) }
                </tr></thead>
                <tbody>
                    { for rows.map(|(player, (org, &alone))| html! {
                        <tr key={org.to_string()}>
                            <th scope="row">{ app.org_name(org) }</th>
                            <td class="number">{ app.i18n.signed_money(alone) }</td>
                            { for splits.iter().map(|split| html! {
                                <td class="number">
                                    { for split.shares.get(player).map(|&share| app.i18n.signed_money(whole(share))) }
                                    { for split.standard_errors.get(player).map(|&error| give_or_take(app, error)) }
                                </td>
                            }) }
                        </tr>
                    }) }
                    <tr>
                        <th scope="row">{ app.say(say::together_col_keeps()) }</th>
                        <td></td>
                        { for splits.iter().map(|split| html! {
                            <td class="number">{ app.say(match (&split.blocking, split.judged) {
                                (Some(_), _) => say::together_no(),
                                (None, true) => say::together_yes(),
                                (None, false) => say::together_split_open(),
                            }) }</td>
                        }) }
                    </tr>
                </tbody>
            </table>
        </div>
    }
}

/// What the figures rest on, and whether any split can keep everybody.
fn notes(app: &App, team: &TeamSplit) -> Html {
    let answer = &team.answer;
    let mut notes = Vec::new();
    match answer.least_core {
        Some(least) if answer.core_is_empty => {
            let short = app.i18n.signed_money(minor(least).saturating_neg());
            notes.push(say::together_split_core_empty(short));
        }
        Some(least) if least > Fraction::ZERO => {
            notes.push(say::together_split_core_room(app.i18n.signed_money(minor(least))));
        }
        _ => {}
    }
    if answer
        .splits
        .iter()
        .flat_map(|split| &split.shares)
        .any(|&share| share < 0)
    {
        notes.push(say::together_split_minus());
    }
    for (method, missing) in &answer.unavailable {
        let method = app.say(name(*method));
        notes.push(if missing.is_empty() {
            say::together_split_all_zero(method.as_str())
        } else {
            say::together_split_ask(method.as_str(), names(app, team, missing))
        });
    }
    if !team.unknown_costs.is_empty() {
        let silent: Vec<_> = team.unknown_costs.iter().map(|org| app.org_name(org)).collect();
        notes.push(say::together_split_unknown_costs(listed(app, &silent)));
    }
    if !team.unpriced.is_empty() {
        let kinds: Vec<_> = team.unpriced.iter().map(|kind| app.kind_name(kind)).collect();
        notes.push(say::together_split_unpriced(listed(app, &kinds)));
    }
    notes.push(match (answer.sampled, answer.nucleolus_verified) {
        (Some(_), _) => say::together_split_no_nucleolus(MAX_PLAYERS),
        (None, Some(true)) => say::together_split_exact_checked(),
        _ => say::together_split_exact(),
    });
    notes.push(say::together_split_illustrative());
    html! { <ul class="split-notes meta" id="split-notes">{ for notes.into_iter().map(|note| html! { <li>{ app.say(note) }</li> }) }</ul> }
}
