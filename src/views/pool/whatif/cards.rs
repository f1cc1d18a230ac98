//! The cards on the table: what may happen, and what can be done.

use super::Table;
use super::words::kind_name;
use crate::app::App;
use crate::components::{CheckField, NumberField, SelectField};
use crate::domain::Lever;
use crate::partnership::{Card, CardKind, MAX_CARDS, lever_row};
use crate::risk::{Event, EventTarget, EventUnit};
use crate::text::say;
use crate::views::pool::money_words::funder_name;
use yew::prelude::*;

/// The choice of cards.
pub(super) fn cards(app: &App, table: &UseStateHandle<Table>) -> Html {
    let put_back = {
        let table = table.clone();
        Callback::from(move |_: MouseEvent| {
            table.set(Table {
                cards: Vec::new(),
                ..(*table).clone()
            });
            crate::app::focus_later("whatif-title");
        })
    };
    let on_pays = {
        let table = table.clone();
        Callback::from(move |pool_pays: bool| {
            table.set(Table {
                pool_pays,
                ..(*table).clone()
            });
        })
    };
    let foreign = !app.state().scenario.conversions.is_empty();
    let events = Event::ALL.iter().copied();
    let events = events.filter(|event| foreign || *event != Event::RateFalls);
    let count = table.cards.len();
    html! {
        <section class="card whole" aria-labelledby="whatif-title">
            <h2 id="whatif-title" tabindex="-1">{ app.say(say::whatif_title()) }</h2>
            <p class="meta">{ app.say(say::whatif_about()) }</p>
            <fieldset class="whatif-cards">
                <legend>{ app.say(say::whatif_events()) }</legend>
                <ul>{ for events.map(|event| event_card(app, table, event)) }</ul>
            </fieldset>
            <fieldset class="whatif-cards">
                <legend>{ app.say(say::whatif_levers()) }</legend>
                <ul>{ for Lever::ALL.iter().map(|lever| lever_card(app, table, *lever)) }</ul>
                <CheckField id="whatif-pool-pays" label={app.say(say::whatif_pool_pays())} checked={table.pool_pays} on_change={on_pays} />
            </fieldset>
            <p class="whatif-drawn">
                <span class="meta" role="status">{ app.say(say::whatif_drawn(count)) }</span>
                if count > 0 { <button id="whatif-put-back" onclick={put_back}>{ app.say(say::whatif_put_back()) }</button> }
            </p>
        </section>
    }
}

/// Draws the card, changes it, or puts it back.
fn put(table: &UseStateHandle<Table>, kind: CardKind, card: Option<Card>) {
    let mut cards = table.cards.clone();
    let place = cards.iter().position(|known| known.kind == kind);
    match (place, card) {
        (Some(place), Some(card)) => cards[place] = card,
        (Some(place), None) => drop(cards.remove(place)),
        (None, Some(card)) if cards.len() < MAX_CARDS => cards.push(card),
        _ => {}
    }
    table.set(Table {
        cards,
        ..(**table).clone()
    });
}

fn drawn(table: &Table, kind: CardKind) -> Option<&Card> {
    table.cards.iter().find(|card| card.kind == kind)
}

fn tick(table: &UseStateHandle<Table>, kind: CardKind) -> Callback<bool> {
    let table = table.clone();
    Callback::from(move |on: bool| put(&table, kind, on.then(|| Card::usual(kind))))
}

fn event_card(app: &App, table: &UseStateHandle<Table>, event: Event) -> Html {
    let (kind, row) = (CardKind::Event(event), event.row());
    let card = drawn(table, kind);
    let id = format!("whatif-{}", row.code);
    html! {
        <li key={row.code} class={card.map(|_| "drawn")}>
            <CheckField id={id.clone()} label={kind_name(app, kind)} checked={card.is_some()} on_change={tick(table, kind)} />
            if let Some(card) = card {
                <div class="whatif-terms">
                    { figure(table, &id, card, app, event) }
                    { target(table, &id, card, app, event) }
                </div>
            }
        </li>
    }
}

fn figure(table: &UseStateHandle<Table>, id: &str, card: &Card, app: &App, event: Event) -> Html {
    let row = event.row();
    let on_change = {
        let (table, card) = (table.clone(), card.clone());
        Callback::from(move |figure: Option<u64>| {
            let by = figure.and_then(|figure| u32::try_from(figure).ok());
            put(&table, card.kind, Some(Card { by, ..card.clone() }));
        })
    };
    let label = match row.unit {
        EventUnit::Percent => say::whatif_percent(),
        EventUnit::Quarters => say::whatif_quarters(),
    };
    html! {
        <NumberField id={format!("{id}-by")} label={app.say(label)} value={card.figure().map(u64::from)}
            min={u64::from(row.least)} max={u64::from(row.most)} {on_change} />
    }
}

fn target(table: &UseStateHandle<Table>, id: &str, card: &Card, app: &App, event: Event) -> Html {
    let scenario = &app.state().scenario;
    let (label, options): (_, Vec<(AttrValue, AttrValue)>) = match event.row().target {
        EventTarget::Plan => return Html::default(),
        EventTarget::Pledge => {
            let pledges = scenario.pledges.iter().map(|pledge| pledge.id.as_str());
            let option = |id: &str| {
                (
                    AttrValue::from(id.to_owned()),
                    AttrValue::from(funder_name(app, id)),
                )
            };
            (say::whatif_which_pledge(), pledges.map(option).collect())
        }
        EventTarget::Project => {
            let projects = scenario.projects.iter().map(|project| project.id.as_str());
            let option = |id: &str| {
                (
                    AttrValue::from(id.to_owned()),
                    AttrValue::from(app.project_name(id)),
                )
            };
            (say::whatif_which_project(), projects.map(option).collect())
        }
    };
    let value = card.target_in(scenario).unwrap_or_default();
    let on_change = {
        let (table, card) = (table.clone(), card.clone());
        Callback::from(move |id: String| {
            let target = Some(id);
            put(
                &table,
                card.kind,
                Some(Card {
                    target,
                    ..card.clone()
                }),
            );
        })
    };
    html! { <SelectField id={format!("{id}-which")} label={app.say(label)} {options} {value} {on_change} /> }
}

fn lever_card(app: &App, table: &UseStateHandle<Table>, lever: Lever) -> Html {
    let kind = CardKind::Lever(lever);
    let taken = app.state().scenario.partnership.levers.contains(&lever);
    let note = if taken {
        say::whatif_lever_taken()
    } else {
        say::whatif_lever_days(u64::from(lever_row(lever).days_per_year))
    };
    let card = drawn(table, kind);
    html! {
        <li key={lever.row()} class={card.map(|_| "drawn")}>
            if taken {
                <span>{ kind_name(app, kind) }</span>
            } else {
                <CheckField id={format!("whatif-{}", lever.row())} label={kind_name(app, kind)} checked={card.is_some()}
                    on_change={tick(table, kind)} />
            }
            <small class="meta">{ app.say(note) }</small>
        </li>
    }
}
