//! What changes hands in a ring, as a numbered list and as a table.

use super::words::{fill_of, sector_of, share};
use crate::app::App;
use crate::matching::rings::{Exchange, ExchangeKind, Handover};
use crate::text::say;
use yew::prelude::*;

/// "Keahlian: 40 hari orang; Alat: 3 buah".
fn given(app: &App, hand: &Handover) -> String {
    let items = hand.items.iter().map(|one| item(app, one));
    items.collect::<Vec<_>>().join("; ")
}

/// The first of what is given, and how many more there are.
pub(super) fn given_short(app: &App, hand: &Handover) -> String {
    let first = hand.items.first().map(|one| item(app, one)).unwrap_or_default();
    match hand.items.len() {
        0 | 1 => first,
        count => app.say(say::exchange_given_more(count - 1, first)).to_string(),
    }
}

fn item(app: &App, one: &ExchangeKind) -> String {
    let name = app.kind_name(&one.kind);
    format!("{name}: {}", app.quantity(&one.kind, one.quantity))
}

/// The list; its numbers are those on the picture's arrows.
pub(super) fn handovers(app: &App, one: &Exchange) -> Html {
    html! {
        <ol class="handovers">
            { for one.handovers.iter().map(|hand| {
                let part = share(app, hand.value_millionths as f64, 1.0);
                html! {
                    <li class={fill_of(sector_of(app, &hand.from))}>
                        <p>
                            <b>{ app.say(say::exchange_hand(app.org_name(&hand.from), app.org_name(&hand.to))) }</b>
                            <span>{ given(app, hand) }</span>
                            <small>{ app.say(say::exchange_hand_covers(part)) }</small>
                        </p>
                    </li>
                }
            }) }
        </ol>
    }
}

/// The same with what is needed and offered.
pub(super) fn table(app: &App, number: usize, one: &Exchange) -> Html {
    let caption = app.say(say::exchange_ring_table());
    let rows = one.handovers.iter().flat_map(|hand| {
        hand.items.iter().map(move |item| {
            let quantity = |figure: u64| app.quantity(&item.kind, figure);
            html! {
                <tr>
                    <th scope="row">{ app.org_name(&hand.from) }</th>
                    <td>{ app.org_name(&hand.to) }</td>
                    <td>{ app.kind_name(&item.kind) }</td>
                    <td class="number">{ quantity(item.quantity) }</td>
                    <td class="number">{ quantity(item.need) }</td>
                    <td class="number">{ quantity(item.offered) }</td>
                </tr>
            }
        })
    });
    html! {
        <details class="twin" id={format!("ring-{number}-table")}>
            <summary>{ app.say(say::as_table()) }</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label={app.say(say::exchange_ring_table_of(number))}>
                <table>
                    <caption>{ caption }</caption>
                    <thead><tr>
                        <th scope="col">{ app.say(say::exchange_col_from()) }</th>
                        <th scope="col">{ app.say(say::exchange_col_to()) }</th>
                        <th scope="col">{ app.say(say::exchange_col_kind()) }</th>
                        <th scope="col" class="number">{ app.say(say::exchange_col_given()) }</th>
                        <th scope="col" class="number">{ app.say(say::exchange_col_need()) }</th>
                        <th scope="col" class="number">{ app.say(say::exchange_col_offered()) }</th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </details>
    }
}
