//! The ballots as they are entered, and the ways to bring more.

use super::ballot::ballot_card;
use super::hands::hands;
use super::import::{Coming, import};
use crate::app::{App, focus_later};
use crate::components::{FileButton, IconName, SelectField, icon};
use crate::domain::{Ballot, Text};
use crate::state::{Edit, ballots};
use crate::text::say;
use yew::prelude::*;

/// How many ballots are shown at once, newest first.
pub(super) const PAGE: usize = 12;

/// Whether people tick projects or give them points.
#[derive(Clone, PartialEq)]
pub(super) struct Kind {
    chosen: UseStateHandle<bool>,
    /// Whether they give points: because somebody chose so, or because some ballot does.
    pub points: bool,
}

/// Ticks until somebody says otherwise.
#[hook]
pub(super) fn use_kind(app: &App) -> Kind {
    let chosen = use_state(|| false);
    let points = *chosen || ballots::gives_points(&app.state().scenario);
    Kind { chosen, points }
}

/// The card with everything that is entered.
pub(super) fn entered(
    app: &App,
    kind: &Kind,
    shown: &UseStateHandle<usize>,
    raising: &UseStateHandle<bool>,
    coming: &Coming,
) -> Html {
    let all = &app.state().scenario.ballots;
    let on_add = {
        let (app, place) = (app.clone(), all.len());
        Callback::from(move |_: MouseEvent| {
            let name = app.say(say::voices_new_name(place + 1)).to_string();
            app.edit(Edit::PutBallot(place, Box::new(new_ballot(name))));
            focus_later(format!("ballot-{place}-name"));
        })
    };
    let on_raise = {
        let raising = raising.clone();
        Callback::from(move |_: MouseEvent| raising.set(!*raising))
    };
    let listed: Vec<(usize, &Ballot)> = all
        .iter()
        .enumerate()
        .filter(|(_, ballot)| !ballots::is_hands(ballot))
        .collect();
    let more = listed.len().saturating_sub(**shown).min(PAGE);
    let on_more = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + PAGE))
    };
    html! {
        <section class="card whole" id="voices-ballots" aria-labelledby="voices-ballots-title">
            <div class="section-head">
                <h2 id="voices-ballots-title" tabindex="-1">{ app.say(say::voices_ballots_title()) }</h2>
                <div class="row">
                    <button type="button" class="primary with-icon" id="ballot-add" onclick={on_add}>
                        { icon(IconName::Plus) }{ app.say(say::voices_add()) }</button>
                    <button type="button" id="voices-hands" aria-expanded={raising.to_string()} aria-controls="voices-hands-form" onclick={on_raise}>
                        { app.say(say::voices_hands()) }</button>
                    <FileButton id="voices-import" label={app.say(say::voices_import())} accept=".pb" on_file={coming.on_file(app)} />
                    if !all.is_empty() {
                        <button type="button" class="ghost with-icon" id="voices-clear" onclick={clear(app)}>
                            { icon(IconName::Bin) }{ app.say(say::voices_clear()) }</button>
                    }
                </div>
            </div>
            { import(app, coming) }
            <div id="voices-hands-form" hidden={!**raising}>if **raising { { hands(app) } }</div>
            if !listed.is_empty() {
                { kind_field(app, kind) }
                <ul class="edit-list ballot-list" id="ballot-list">
                    { for listed.iter().rev().take(**shown).map(|&(place, ballot)| ballot_card(app, place, ballot, kind.points)) }
                </ul>
                if more > 0 { <p class="more"><button type="button" onclick={on_more}>{ app.say(say::voices_more(more)) }</button></p> }
            }
        </section>
    }
}

fn new_ballot(name: String) -> Ballot {
    Ballot {
        name: Text::Plain(name),
        voters: 1,
        approves: Vec::new(),
        points: Vec::new(),
    }
}

fn clear(app: &App) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| {
        app.edit(Edit::SetBallots(Vec::new()));
        focus_later("voices-ballots-title");
    })
}

/// Ticks or points; going back to ticks takes the points off every ballot, in one step of undo.
fn kind_field(app: &App, kind: &Kind) -> Html {
    let options: Vec<(AttrValue, AttrValue)> = vec![
        ("ticks".into(), app.say(say::voices_kind_ticks())),
        ("points".into(), app.say(say::voices_kind_points())),
    ];
    let on_change = {
        let (app, chosen) = (app.clone(), kind.chosen.clone());
        Callback::from(move |code: String| {
            let points = code == "points";
            chosen.set(points);
            if !points {
                app.edit(Edit::SetBallots(ballots::as_ticks(&app.state().scenario.ballots)));
            }
        })
    };
    html! {
        <div class="ballot-kind">
            <SelectField id="voices-kind" label={app.say(say::voices_kind())} {options}
                value={if kind.points { "points" } else { "ticks" }} {on_change} />
        </div>
    }
}
