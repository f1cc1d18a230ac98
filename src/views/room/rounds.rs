//! The rounds: who sits with whom and why, who sits out, who would rather swap.

use super::asked::Asked;
use super::words::{aim_name, gives, mean_fit, proof};
use crate::app::App;
use crate::components::{interval_bar, sector_badge};
use crate::domain::OrgId;
use crate::matching::Mode;
use crate::matching::room::{PairingFigures, RoomAnswer, RoomRound, RoomTable, SitOutCode, SittingOut};
use crate::text::{Message, say};
use crate::views::words::sector_and_place;
use std::collections::BTreeSet;
use yew::prelude::*;

/// Of pairs that would rather swap, so many are named at once.
const NAMED: usize = 5;

/// All rounds, and how sure it is that they are good.
pub(super) fn rounds(app: &App, asked: &Asked, answer: &RoomAnswer) -> Html {
    let several = answer.rounds.len() > 1;
    html! { <>
        { for answer.rounds.iter().enumerate().map(|(number, round)| html! {
            <section class="room-round" key={number} id={format!("room-round-{}", number + 1)} aria-labelledby={format!("room-round-title-{}", number + 1)}>
                <h2 id={format!("room-round-title-{}", number + 1)}>{ app.say(title(asked, several, number)) }</h2>
                <p class="meta">
                    { app.say(say::room_total(app.i18n.decimal(round.total, 2))) }{ " · " }
                    <span class="room-proof">{ app.say(proof(app, round)) }</span>
                </p>
                <ol class="room-tables">
                    { for round.tables.iter().enumerate().map(|(at, table)| row(app, asked, at, &table.members, Some(table))) }
                </ol>
                { sitting_out(app, &round.sitting_out, false) }
                { blocking(app, number, round) }
            </section>
        }) }
        <details class="room-how" id="room-how">
            <summary>{ app.say(say::room_how()) }</summary>
            <p>{ app.say(say::room_how_fit()) }</p>
            if asked.options.mode == Mode::Gift { <p>{ app.say(say::room_how_gift()) }</p> }
            if asked.is_pairs() {
                <p>{ app.say(say::room_how_certificate()) }</p>
                if answer.organisations % 2 == 1 { <p>{ app.say(say::room_how_odd()) }</p> }
            } else {
                <p>{ app.say(say::room_how_bound()) }</p>
            }
            if several { <p>{ app.say(say::room_how_rounds()) }</p> }
        </details>
    </> }
}

/// What a round is called.
pub(super) fn title(asked: &Asked, several: bool, number: usize) -> Message {
    match (several, asked.is_pairs()) {
        (true, _) => say::room_round(number + 1),
        (false, true) => say::room_pairs_title(),
        (false, false) => say::room_tables_title(),
    }
}

/// The first round as another aim has it. Of its pairs the scores are not told one by one.
pub(super) fn one_pairing(app: &App, asked: &Asked, answer: &RoomAnswer, figures: &PairingFigures) -> Html {
    html! {
        <section class="room-round" id="room-round-1" aria-labelledby="room-round-title-1">
            <h2 id="room-round-title-1">{ app.say(aim_name(asked.aim())) }</h2>
            <p class="meta">{ app.say(say::room_total(app.i18n.decimal(figures.total, 2))) }</p>
            <p class="meta">{ app.say(say::room_other_aim()) }</p>
            <ol class="room-tables">
                { for figures.tables.iter().enumerate().map(|(at, table)| row(app, asked, at, table, None)) }
            </ol>
            { left_over(app, answer, figures, "h3") }
        </section>
    }
}

/// Who has no table in pairs of another aim; `heading` is `h2` or `h3`.
pub(super) fn left_over(
    app: &App,
    answer: &RoomAnswer,
    figures: &PairingFigures,
    heading: &'static str,
) -> Html {
    let seated: BTreeSet<_> = figures.tables.iter().flatten().collect();
    let out: Vec<_> = answer
        .exposure
        .iter()
        .filter(|one| !seated.contains(&one.org))
        .map(|one| app.org_name(&one.org))
        .collect();
    if out.is_empty() {
        return Html::default();
    }
    html! {
        <div class="room-out">
            <@{heading} class="room-out-title">{ app.say(say::room_out_title(out.len())) }</@>
            <ul>{ for out.into_iter().map(|name| html! { <li><b>{ name }</b></li> }) }</ul>
        </div>
    }
}

/// A table: its number, who sits there and what each gives, and how well they fit.
fn row(app: &App, asked: &Asked, at: usize, members: &[OrgId], table: Option<&RoomTable>) -> Html {
    html! {
        <li key={at} class="room-table">
            <span class="room-number" aria-hidden="true">{ at + 1 }</span>
            <ul class="room-members">{ for members.iter().map(|id| member(app, id, members)) }</ul>
            if let Some(table) = table { { fit(app, asked, table) } }
        </li>
    }
}

fn member(app: &App, id: &OrgId, table: &[OrgId]) -> Html {
    let Some(organisation) = app.state().scenario.organisation(id) else {
        return Html::default();
    };
    let name = app.text(&organisation.name);
    html! {
        <li key={id.to_string()}>
            { sector_badge(organisation.sector, &name, false) }
            <span>
                <b>{ name }</b>
                <small>{ sector_and_place(app, organisation) }</small>
                if let Some(gives) = gives(app, id, table) { <small class="room-gives">{ app.say(gives) }</small> }
            </span>
        </li>
    }
}

fn fit(app: &App, asked: &Asked, table: &RoomTable) -> Html {
    let (mean, most) = mean_fit(asked, table);
    let figure = app.i18n.decimal(mean, 2);
    let label = if table.members.len() > 2 {
        say::room_fit_mean(figure)
    } else {
        say::partners_score_label(figure)
    };
    html! {
        <div class="room-fit">
            <span>{ app.say(label) }</span>
            { interval_bar([mean / most; 2], "fill-accent", false) }
            // Less than half a hundredth is shown as nothing.
            if mean < 0.005 { <small>{ app.say(say::room_fit_none()) }</small> }
        </div>
    }
}

/// Who has no table, and why, kindly. On the wall the reason is left out: it is nobody else's business.
pub(super) fn sitting_out(app: &App, out: &[SittingOut], on_wall: bool) -> Html {
    if out.is_empty() {
        return Html::default();
    }
    let heading = if on_wall { "h2" } else { "h3" };
    let why = |code: SitOutCode| match code {
        SitOutCode::OddNumber => say::room_out_odd(),
        SitOutCode::NoPartnerLeft => say::room_out_nobody_left(),
        SitOutCode::TotalWithout => say::room_out_total(),
    };
    html! {
        <div class="room-out">
            <@{heading} class="room-out-title">{ app.say(say::room_out_title(out.len())) }</@>
            <ul>{ for out.iter().map(|one| html! { <li><b>{ app.org_name(&one.org) }</b>if !on_wall { { " · " }{ app.say(why(one.code)) } }</li> }) }</ul>
            <p class="meta">{ app.say(say::room_out_kindly()) }</p>
        </div>
    }
}

/// Who would both rather sit with each other, by name.
fn blocking(app: &App, number: usize, round: &RoomRound) -> Html {
    if round.blocking.is_empty() {
        return html! { <p class="meta room-blocking">{ app.say(say::room_blocking_none()) }</p> };
    }
    let line = |(a, b): &(OrgId, OrgId)| html! { <li>{ app.say(say::room_blocking_line(app.org_name(a), app.org_name(b))) }</li> };
    let rest = round.blocking.len().saturating_sub(NAMED);
    html! {
        <details class="room-blocking" id={format!("room-blocking-{}", number + 1)}>
            <summary>{ app.say(say::room_blocking(round.blocking.len())) }</summary>
            <p class="meta">{ app.say(say::room_blocking_about()) }</p>
            <ul>
                { for round.blocking.iter().take(NAMED).map(line) }
                if rest > 0 { <li class="meta">{ app.say(say::room_blocking_more(rest)) }</li> }
            </ul>
        </details>
    }
}
