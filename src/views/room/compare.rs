//! Three ways to pair the same room, side by side.

use super::asked::{Aim, Asked};
use super::words::aim_name;
use crate::app::{App, focus_later};
use crate::matching::room::{Comparison, PairingFigures, StableAnswer};
use crate::text::{Message, say};
use yew::prelude::*;

/// What each aim costs in the others' figures, and a button each that shows its pairs.
pub(super) fn compare(app: &App, asked: &UseStateHandle<Asked>, known: &Comparison) -> Html {
    let number = |label: Message| html! { <th scope="col" class="number">{ app.say(label) }</th> };
    html! {
        <section class="card room-compare" id="room-compare" aria-labelledby="room-compare-title">
            <h2 id="room-compare-title">{ app.say(say::room_compare_title()) }</h2>
            <p>{ app.say(in_a_sentence(app, known)) }</p>
            <div class="table-wrap" tabindex="0" role="region" aria-label={app.say(say::room_compare_caption())}>
                <table>
                    <caption>{ app.say(say::room_compare_caption()) }</caption>
                    <thead><tr>
                        <th scope="col">{ app.say(say::room_compare_way()) }</th>
                        { number(say::room_compare_pairs()) }
                        { number(say::room_compare_total()) }
                        { number(say::room_compare_weakest()) }
                        { number(say::room_compare_swaps()) }
                        <th scope="col"><span class="visually-hidden">{ app.say(say::room_compare_show()) }</span></th>
                    </tr></thead>
                    <tbody>{ for Aim::ALL.map(|aim| row(app, asked, known, aim)) }</tbody>
                </table>
            </div>
            <p class="meta">{ app.say(say::room_compare_about()) }</p>
            if known.best_total.tables.iter().any(|table| table.len() > 2) { <p class="meta">{ app.say(say::room_compare_odd()) }</p> }
        </section>
    }
}

/// What the stable pairs cost, or why there are none.
pub(super) fn in_a_sentence(app: &App, known: &Comparison) -> Message {
    let best = known.best_total.total;
    match &known.stable {
        StableAnswer::NoneExists { left_over, ties } => {
            let name = app.org_name(left_over);
            if *ties {
                say::room_stable_none_ties(name)
            } else {
                say::room_stable_none(name)
            }
        }
        StableAnswer::Stable(_) if known.best_total.blocking == 0 => say::room_stable_already(),
        StableAnswer::Stable(figures) if best > 0.0 => {
            say::room_stable_costs(app.i18n.percent(figures.total / best), known.best_total.blocking)
        }
        StableAnswer::Stable(_) => say::room_stable_exists(),
    }
}

fn row(app: &App, asked: &UseStateHandle<Asked>, known: &Comparison, aim: Aim) -> Html {
    let name = app.say(aim_name(aim));
    let Some(figures) = aim.figures(known) else {
        return html! { <tr id="room-compare-stable"><th scope="row">{ name }</th><td colspan="5">{ app.say(say::room_compare_none()) }</td></tr> };
    };
    let shown = asked.aim() == aim;
    let onclick = Asked::on(asked, move |asked, _: MouseEvent| {
        asked.chosen_aim = aim;
        focus_later(show_id(aim));
    });
    html! {
        <tr id={format!("room-compare-{}", aim.code())} class={shown.then_some("shown")}>
            <th scope="row">{ name.clone() }</th>
            { cells(app, figures) }
            <td>
                <button id={show_id(aim)} aria-pressed={shown.to_string()} {onclick}>
                    { app.say(say::room_compare_show()) }<span class="visually-hidden">{ ": " }{ name }</span>
                </button>
            </td>
        </tr>
    }
}

fn show_id(aim: Aim) -> String {
    format!("room-show-{}", aim.code())
}

fn cells(app: &App, figures: &PairingFigures) -> Html {
    let weakest = figures
        .weakest
        .map_or_else(|| "—".to_owned(), |score| app.i18n.decimal(score, 2));
    html! { <>
        <td class="number">{ figures.tables.len() }</td>
        <td class="number">{ app.i18n.decimal(figures.total, 2) }</td>
        <td class="number">{ weakest }</td>
        <td class="number">{ figures.blocking }</td>
    </> }
}
