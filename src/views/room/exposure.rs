//! Whose chances are small in this room.

use super::asked::Asked;
use crate::app::App;
use crate::components::{interval_bar, sector_badge};
use crate::domain::OrgId;
use crate::matching::Mode;
use crate::matching::room::{OrgExposure, RoomAnswer};
use crate::state::{Action, View};
use crate::text::{Message, say};
use yew::prelude::*;

/// The weakest with what is open to them; of everybody in the table.
pub(super) fn exposure(app: &App, asked: &Asked, answer: &RoomAnswer) -> Html {
    let others = answer.organisations.saturating_sub(1);
    let of = |id: &OrgId| answer.exposure.iter().find(|one| &one.org == id);
    html! {
        <section class="card room-exposure" id="room-exposure" aria-labelledby="room-exposure-title">
            <h2 id="room-exposure-title">{ app.say(say::room_exposure_title()) }</h2>
            <p class="meta">{ app.say(say::room_exposure_about(asked.options.top)) }</p>
            <ol class="room-weakest">
                { for answer.weakest.iter().filter_map(of).map(|one| row(app, one, others)) }
            </ol>
            <p class="meta">{ app.say(say::room_exposure_help()) }</p>
            <button id="room-complete-data" onclick={app.on(Action::Go(View::Organisations))}>{ app.say(say::partners_complete_data()) }</button>
            <details class="twin" id="room-exposure-table">
                <summary>{ app.say(say::room_exposure_table()) }</summary>
                { table(app, asked, answer) }
            </details>
        </section>
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "for drawing; at most 2 000 organisations"
)]
fn row(app: &App, one: &OrgExposure, others: usize) -> Html {
    let share = one.listed_by as f64 / others.max(1) as f64;
    let name = app.org_name(&one.org);
    let sector = app.state().scenario.organisation(&one.org).map(|one| one.sector);
    html! {
        <li key={one.org.to_string()} id={format!("room-weak-{}", one.org)}>
            { for sector.map(|sector| sector_badge(sector, &name, false)) }
            <span>
                <b>{ name }</b>
                <small>{ app.say(lists(one.listed_by, others)) }{ " · " }{ best(app, one) }</small>
                { interval_bar([share; 2], "fill-accent", false) }
            </span>
        </li>
    }
}

fn lists(listed_by: usize, others: usize) -> Message {
    if listed_by == 0 {
        say::room_exposure_no_list()
    } else {
        say::room_exposure_lists(listed_by, others)
    }
}

fn best(app: &App, one: &OrgExposure) -> AttrValue {
    app.say(one.best.map_or_else(say::room_exposure_no_best, |best| {
        say::room_exposure_best(app.i18n.decimal(best, 2))
    }))
}

fn table(app: &App, asked: &Asked, answer: &RoomAnswer) -> Html {
    let caption = match asked.options.mode {
        Mode::Mutual => say::room_exposure_caption(),
        Mode::Gift => say::room_exposure_caption_gift(),
    };
    let caption = app.say(caption);
    html! {
        <div class="table-wrap" tabindex="0" role="region" aria-label={caption.clone()}>
            <table>
                <caption>{ caption }</caption>
                <thead><tr>
                    <th scope="col">{ app.say(say::partners_choose_lead()) }</th>
                    <th scope="col" class="number">{ app.say(say::room_exposure_col_lists()) }</th>
                    <th scope="col" class="number">{ app.say(say::room_exposure_col_best()) }</th>
                </tr></thead>
                <tbody>{ for answer.exposure.iter().map(|one| html! {
                    <tr key={one.org.to_string()}>
                        <th scope="row">{ app.org_name(&one.org) }</th>
                        <td class="number">{ one.listed_by }</td>
                        <td class="number">{ one.best.map_or_else(|| "—".to_owned(), |best| app.i18n.decimal(best, 2)) }</td>
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}
