//! One ballot: whose, how many people, and what they want.

use crate::app::{App, focus_later};
use crate::components::{CheckField, IconName, NumberField, TextField, icon};
use crate::domain::{Ballot, Project};
use crate::state::ballots::{points_of, ticked, with_points};
use crate::state::{Edit, drafts};
use crate::text::say;
use yew::prelude::*;

/// Points somebody may give one project: far more than any count has needed.
const MOST_POINTS: u64 = 1_000_000;

/// A ballot, edited in place while the totals follow.
pub(super) fn ballot_card(app: &App, place: usize, ballot: &Ballot, points: bool) -> Html {
    let name = app.text(&ballot.name);
    let put = {
        let app = app.clone();
        move |ballot: Ballot| app.edit(Edit::PutBallot(place, Box::new(ballot)))
    };
    let on_name = {
        let (put, ballot, language) = (put.clone(), ballot.clone(), app.i18n.language);
        Callback::from(move |words: String| {
            let name = drafts::reworded(&ballot.name, language, &words);
            put(Ballot {
                name,
                ..ballot.clone()
            });
        })
    };
    let on_voters = {
        let (put, ballot) = (put.clone(), ballot.clone());
        Callback::from(move |voters: Option<u64>| {
            let voters = voters
                .and_then(|voters| u32::try_from(voters).ok())
                .filter(|&voters| voters > 0);
            if let Some(voters) = voters {
                put(Ballot {
                    voters,
                    ..ballot.clone()
                });
            }
        })
    };
    let on_delete = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            app.edit(Edit::RemoveBallot(place));
            focus_later("voices-ballots-title");
        })
    };
    let projects = &app.state().scenario.projects;
    let shown = ballot;
    let tick = |(index, project): (usize, &Project)| {
        let (put, ballot, id) = (put.clone(), ballot.clone(), project.id.clone());
        let on_change = Callback::from(move |on: bool| put(ticked(ballot.clone(), &id, on)));
        html! {
            <CheckField id={format!("ballot-{place}-tick-{index}")} label={app.text(&project.name)}
                checked={points_of(shown, &project.id) > 0} {on_change} />
        }
    };
    let give = |(index, project): (usize, &Project)| {
        let (put, ballot, id) = (put.clone(), ballot.clone(), project.id.clone());
        let on_change = Callback::from(move |points: Option<u64>| {
            let points = u32::try_from(points.unwrap_or(0)).unwrap_or(u32::MAX);
            put(with_points(ballot.clone(), &id, points));
        });
        let given = u64::from(points_of(shown, &project.id));
        html! {
            <NumberField id={format!("ballot-{place}-points-{index}")} label={app.text(&project.name)}
                value={(given > 0).then_some(given)} max={MOST_POINTS} {on_change} />
        }
    };
    let listed = projects.iter().enumerate();
    html! {
        <li key={place} class="edit-card ballot" id={format!("ballot-{place}")}>
            <div class="edit-head">
                <h3>{ name.clone() }</h3>
                <button type="button" class="ghost icon" id={format!("ballot-{place}-delete")} onclick={on_delete}
                    aria-label={app.say(say::voices_delete(name.clone()))}>{ icon(IconName::Bin) }</button>
            </div>
            <div class="fields">
                <TextField id={format!("ballot-{place}-name")} label={app.say(say::voices_name())} value={name.clone()} on_input={on_name} />
                <NumberField id={format!("ballot-{place}-voters")} label={app.say(say::voices_voters())} min={1} max={u64::from(u32::MAX)}
                    value={Some(u64::from(ballot.voters))} on_change={on_voters} />
            </div>
            <fieldset class="ballot-paper">
                <legend>{ app.say(if points { say::voices_give() } else { say::voices_tick() }) }</legend>
                if points {
                    { for listed.map(give) }
                } else {
                    { for listed.map(tick) }
                }
            </fieldset>
        </li>
    }
}
