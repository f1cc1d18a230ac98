//! One round at a time in letters for the back row.

use super::asked::Asked;
use super::rounds::{left_over, sitting_out, title};
use crate::app::{App, focus_later};
use crate::components::{initials, sector_class};
use crate::domain::OrgId;
use crate::matching::room::RoomAnswer;
use crate::text::say;
use yew::prelude::*;

/// The round of this number, the nearest there is, with buttons to the one before and after; or the one round of another
/// aim.
pub(super) fn projector(
    app: &App,
    asked: &UseStateHandle<Asked>,
    answer: &RoomAnswer,
    number: usize,
) -> Html {
    let other = asked.other_pairing(answer);
    let last = match other {
        Some(_) => 0,
        None => answer.rounds.len().saturating_sub(1),
    };
    let number = number.min(last);
    let Some(round) = answer.rounds.get(number) else {
        return Html::default();
    };
    let tables: Vec<&[OrgId]> = match other {
        Some(figures) => figures.tables.iter().map(Vec::as_slice).collect(),
        None => round
            .tables
            .iter()
            .map(|table| table.members.as_slice())
            .collect(),
    };
    let go = |to: usize| Asked::on(asked, move |asked, _: MouseEvent| asked.projected = Some(to));
    let close = Asked::on(asked, |asked, _: MouseEvent| {
        asked.projected = None;
        focus_later("room-projector");
    });
    html! {
        <section class="room-wall" id="room-wall" aria-labelledby="room-wall-title">
            <div class="room-wall-head">
                <div role="status"><h1 id="room-wall-title">{ app.say(title(asked, last > 0, number)) }</h1></div>
                <div class="row">
                    if last > 0 {
                        <button id="room-wall-back" aria-disabled={(number == 0).then_some("true")} onclick={go(number.saturating_sub(1))}>{ app.say(say::room_wall_back()) }</button>
                        <button id="room-wall-next" aria-disabled={(number == last).then_some("true")} onclick={go((number + 1).min(last))}>{ app.say(say::room_wall_next()) }</button>
                    }
                    <button id="room-projector-close" onclick={close}>{ app.say(say::room_wall_close()) }</button>
                </div>
            </div>
            <ol class="room-wall-tables">
                { for tables.into_iter().enumerate().map(|(at, table)| html! {
                    <li key={at}>
                        <span class="room-number" aria-hidden="true">{ at + 1 }</span>
                        <ul>{ for table.iter().map(|id| member(app, id)) }</ul>
                    </li>
                }) }
            </ol>
            if let Some(figures) = other {
                { left_over(app, answer, figures, "h2") }
            } else {
                { sitting_out(app, &round.sitting_out, true) }
            }
        </section>
    }
}

fn member(app: &App, id: &OrgId) -> Html {
    let name = app.org_name(id);
    let sector = app.state().scenario.organisation(id).map(|one| one.sector);
    html! {
        <li key={id.to_string()}>
            <span class={classes!("initial", sector.map(sector_class))} aria-hidden="true">{ initials(&name) }</span>
            { name }
        </li>
    }
}
