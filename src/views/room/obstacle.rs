//! Why the room cannot be seated as asked, and what would help.

use crate::app::App;
use crate::domain::OrgId;
use crate::matching::room::{ObstacleCode, RoomAnswer, RoomObstacle};
use crate::state::selectors;
use crate::text::{Message, say};
use crate::views::words::listed;
use yew::prelude::*;

/// The rule in the way with those it concerns, the conflicts among them in people's own words, and a way out.
pub(super) fn obstacle(app: &App, what: &RoomObstacle, answer: &RoomAnswer) -> Html {
    let scenario = &app.state().scenario;
    let pairs = what
        .who
        .iter()
        .enumerate()
        .flat_map(|(at, a)| what.who.iter().skip(at + 1).map(move |b| (a, b)));
    let clashes: Vec<(&OrgId, &OrgId)> = pairs
        .filter(|(a, b)| scenario.conflict_between(a, b).is_some())
        .collect();
    let clash = |(a, b): (&OrgId, &OrgId)| {
        let reason = selectors::conflict_reason(scenario, a, b);
        html! { <li>{ app.say(say::conflict_line(app.org_name(a), app.org_name(b))) }{ " " }{ app.text(&reason) }</li> }
    };
    let title = if answer.rounds.is_empty() {
        say::room_obstacle_title()
    } else {
        say::room_obstacle_partly(what.round + 1)
    };
    html! {
        <section class="card room-obstacle" id="room-obstacle" aria-labelledby="room-obstacle-title">
            <h2 id="room-obstacle-title">{ app.say(title) }</h2>
            <p>{ app.say(words(app, what, answer)) }</p>
            if !clashes.is_empty() { <ul>{ for clashes.into_iter().map(clash) }</ul> }
            <p class="meta">{ app.say(help(what.code)) }</p>
        </section>
    }
}

fn words(app: &App, what: &RoomObstacle, answer: &RoomAnswer) -> Message {
    let names: Vec<_> = what.who.iter().map(|id| app.org_name(id)).collect();
    let names = listed(app, &names);
    match what.code {
        ObstacleCode::TooFew => say::room_obstacle_too_few(),
        ObstacleCode::TooMany => say::room_obstacle_too_many(
            app.i18n.integer(what.limit.unwrap_or_default() as u64),
            app.i18n.integer(answer.organisations as u64),
        ),
        ObstacleCode::TogetherAgainstApart => say::room_obstacle_together_against_apart(names),
        ObstacleCode::TogetherTooLarge => say::room_obstacle_together_too_large(names),
        ObstacleCode::ApartNotMet => say::room_obstacle_apart_not_met(names),
        ObstacleCode::TogetherNotMet => say::room_obstacle_together_not_met(names),
        ObstacleCode::RoundsExhausted => say::room_obstacle_rounds_exhausted(),
        ObstacleCode::RoundNotFound => say::room_obstacle_round_not_found(),
    }
}

fn help(code: ObstacleCode) -> Message {
    match code {
        ObstacleCode::TooFew => say::room_help_too_few(),
        ObstacleCode::TooMany => say::room_help_too_many(),
        ObstacleCode::TogetherAgainstApart | ObstacleCode::ApartNotMet | ObstacleCode::TogetherNotMet => {
            say::room_help_rules()
        }
        ObstacleCode::TogetherTooLarge => say::room_help_larger(),
        ObstacleCode::RoundsExhausted | ObstacleCode::RoundNotFound => say::room_help_rounds(),
    }
}
