//! The whole room: everybody paired or grouped at once, with proof, rounds, and who is left weakest.

mod asked;
mod compare;
mod exposure;
mod obstacle;
mod projector;
mod rounds;
mod rules;
mod settings;
mod words;

use super::choose_lead::choose_lead;
use crate::app::{App, exports, focus_later, use_app, use_job};
use crate::components::{IconName, icon, working_at};
use crate::jobs::{Request, Response};
use crate::later::later;
use crate::matching::room::RoomAnswer;
use crate::state::Action;
use crate::text::say;
use asked::Asked;
use compare::compare;
use exposure::exposure;
use obstacle::obstacle;
use projector::projector;
use rounds::{one_pairing, rounds};
use settings::settings;
use std::rc::Rc;
use yew::prelude::*;

later! { "04",
    /// The room as a whole.
    pub(super) fn room() -> Html {
        html! { <Room /> }
    }
}

/// What is asked of the room on the left, who sits with whom on the right; below each other where there is no room.
#[component(Room)]
fn room_view() -> Html {
    let app = use_app();
    let mode = app.state().selection.mode;
    let kept = app.state().selection.room.clone();
    let asked = use_state(|| Asked::new(kept.as_deref(), mode));
    use_effect_with((*asked).clone(), {
        let (app, usual) = (app.clone(), Asked::new(kept.as_deref(), mode).choice());
        move |asked| {
            let choice = asked.choice();
            if choice != usual {
                app.dispatch(Action::SeatRoom(Rc::new(choice)));
            }
        }
    });
    let scenario = &app.state().scenario;
    let nobody = scenario.organisations.is_empty();
    let options = (!nobody).then(|| asked.options_in(scenario));
    let job = use_job(&app, options, |options, scenario| Request::Room {
        scenario,
        options: Box::new(options.clone()),
    });
    if nobody {
        return html! { <><h1 class="visually-hidden">{ app.say(say::room_title()) }</h1>{ choose_lead(&app) }</> };
    }
    let answer = match job.response.as_deref() {
        Some(Response::Room(answer)) if job.failed.is_none() => Some(&**answer),
        _ => None,
    };
    if let (Some(answer), Some(round)) = (answer, asked.projected)
        && !answer.rounds.is_empty()
    {
        return projector(&app, &asked, answer, round);
    }
    html! {
        <div class="room-page">
            <header class="room-head">
                <h1>{ app.say(say::room_title()) }</h1>
                <p class="finding" id="room-finding" role="status">
                    if let Some(answer) = answer { { words::finding(&app, &asked, answer) } }
                </p>
                <p class="meta">{ app.say(say::room_about()) }</p>
            </header>
            <div class="room-cols">
                { settings(&app, &asked) }
                <div class="room-main">
                    if job.working { { working_at(&app.say(say::room_working()), job.progress) } }
                    if let Some(failed) = job.failed { <p class="hint" id="room-failed" role="alert">{ app.say(failed) }</p> }
                    if let Some(answer) = answer { { found(&app, &asked, answer) } }
                </div>
            </div>
        </div>
    }
}

/// What stands in the way, the rounds, and the other sides of the same room.
fn found(app: &App, asked: &UseStateHandle<Asked>, answer: &RoomAnswer) -> Html {
    let other = asked.other_pairing(answer);
    html! { <>
        if let Some(what) = &answer.obstacle { { obstacle(app, what, answer) } }
        if !answer.rounds.is_empty() {
            { actions(app, asked) }
            { without_stable(app, asked, answer) }
            if let Some(figures) = other {
                { one_pairing(app, asked, answer, figures) }
            } else {
                { rounds(app, asked, answer) }
            }
        }
        if let Some(known) = &answer.comparison { { compare(app, asked, known) } }
        if !answer.weakest.is_empty() { { exposure(app, asked, answer) } }
        if app.state().scenario.illustrative { <p class="meta room-note">{ app.say(say::illustrative_note()) }</p> }
    </> }
}

/// That what was asked to count most cannot be had, and what is shown instead.
fn without_stable(app: &App, asked: &Asked, answer: &RoomAnswer) -> Html {
    let missing = answer
        .comparison
        .as_ref()
        .filter(|known| asked.aim().figures(known).is_none());
    missing.map_or_else(Html::default, |known| html! {
        <p class="hint" id="room-no-stable">{ app.say(compare::in_a_sentence(app, known)) }{ " " }{ app.say(say::room_shown_instead()) }</p>
    })
}

/// Large on the wall, or on paper.
fn actions(app: &App, asked: &UseStateHandle<Asked>) -> Html {
    let on_projector = Asked::on(asked, |asked, _: MouseEvent| {
        asked.projected = Some(0);
        focus_later("room-projector-close");
    });
    html! {
        <div class="row room-actions">
            <button id="room-projector" onclick={on_projector}>{ app.say(say::room_projector()) }</button>
            <button id="room-print" class="with-icon" onclick={|_| exports::print()}>{ icon(IconName::Print) }{ app.say(say::room_print()) }</button>
        </div>
    }
}
