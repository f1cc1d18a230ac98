//! What it can give and what it lacks: a row a kind.

use super::super::words::unit;
use super::{Part, Place, field_id, reading};
use crate::app::{App, focus_later};
use crate::components::{CheckField, IconName, SelectField, TextField, icon};
use crate::domain::{KindId, Priority};
use crate::state::organisation_draft::{OrganisationDraft, ResourceDraft};
use crate::text::{Message, say};
use yew::prelude::*;

/// Which of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Offer,
    Need,
}

impl Side {
    fn code(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Need => "need",
        }
    }

    fn place(self, at: usize) -> Place {
        match self {
            Self::Offer => Place::Offer(at),
            Self::Need => Place::Need(at),
        }
    }

    fn of(self, draft: &OrganisationDraft) -> &Vec<ResourceDraft> {
        match self {
            Self::Offer => &draft.offers,
            Self::Need => &draft.needs,
        }
    }

    fn of_mut(self, draft: &mut OrganisationDraft) -> &mut Vec<ResourceDraft> {
        match self {
            Self::Offer => &mut draft.offers,
            Self::Need => &mut draft.needs,
        }
    }
}

/// What it can give, with what its sector often gives one tap away.
pub(super) fn offers(app: &App, part: &Part) -> Html {
    let typical = part
        .draft
        .sector
        .map_or(&[][..], |sector| sector.typical_offers());
    let typical: Vec<KindId> = typical
        .iter()
        .filter_map(|id| KindId::new(id).ok())
        .filter(|id| part.draft.offers.iter().all(|offer| &offer.kind != id))
        .collect();
    html! {
        <section class="part" id="offers">
            <h3>{ app.say(say::org_can_give()) }</h3>
            if !typical.is_empty() {
                <p class="meta" id="typical-label">{ app.say(say::org_typical()) }</p>
                <div class="chips" role="group" aria-labelledby="typical-label">
                    { for typical.into_iter().map(|kind| {
                        let name = app.kind_name(&kind);
                        let onclick = adding(app, part, Side::Offer, Some(kind));
                        html! { <button aria-label={app.say(say::org_add_named(name.as_str()))} {onclick}>{ "+ " }{ name }</button> }
                    }) }
                </div>
            }
            { rows(app, part, Side::Offer) }
            { add_button(app, part, Side::Offer, say::org_add_offer()) }
        </section>
    }
}

/// What it lacks, and how much that matters.
pub(super) fn needs(app: &App, part: &Part) -> Html {
    html! {
        <section class="part" id="needs">
            <h3>{ app.say(say::org_lacks()) }</h3>
            { rows(app, part, Side::Need) }
            { add_button(app, part, Side::Need, say::org_add_need()) }
        </section>
    }
}

/// Adds this kind, or the first one not listed yet, and puts the focus on its quantity or kind.
fn adding(app: &App, part: &Part, side: Side, kind: Option<KindId>) -> Callback<MouseEvent> {
    let list = side.of(&part.draft);
    let field = if kind.is_some() {
        field_id(side.place(list.len()))
    } else {
        format!("{}-{}-kind", side.code(), list.len())
    };
    let unused = app.kinds.iter().map(|kind| &kind.id);
    let kind = kind.or_else(|| {
        unused
            .clone()
            .find(|id| list.iter().all(|entry| entry.kind != **id))
            .cloned()
    });
    let add = part.on(move |draft, kind| OrganisationDraft::add_resource(side.of_mut(draft), kind));
    Callback::from(move |_: MouseEvent| {
        if let Some(kind) = kind.clone() {
            add.emit(kind);
            focus_later(field.clone());
        }
    })
}

fn add_button(app: &App, part: &Part, side: Side, label: Message) -> Html {
    let full = side.of(&part.draft).len() >= app.kinds.len();
    html! {
        <button class="with-icon" id={format!("add-{}", side.code())} disabled={full} onclick={adding(app, part, side, None)}>
            { icon(IconName::Plus) }{ app.say(label) }
        </button>
    }
}

fn rows(app: &App, part: &Part, side: Side) -> Html {
    let list = side.of(&part.draft);
    html! {
        <ul class="resources">
            { for list.iter().enumerate().map(|(at, entry)| html! {
                <li class={side.code()}>{ row(app, part, side, at, entry) }</li>
            }) }
        </ul>
    }
}

fn row(app: &App, part: &Part, side: Side, at: usize, entry: &ResourceDraft) -> Html {
    let id = |part: &str| format!("{}-{at}-{part}", side.code());
    // A change is made by position: the row shows what stands there.
    let change = |apply: fn(&mut ResourceDraft, String)| {
        part.on(move |draft, value: String| {
            if let Some(entry) = side.of_mut(draft).get_mut(at) {
                apply(entry, value);
            }
        })
    };
    let list = side.of(&part.draft);
    let free = app
        .kinds
        .iter()
        .filter(|kind| kind.id == entry.kind || list.iter().all(|other| other.kind != kind.id));
    let kinds: Vec<_> = free
        .map(|kind| {
            (
                AttrValue::from(kind.id.to_string()),
                AttrValue::from(app.text(&kind.name)),
            )
        })
        .collect();
    let on_kind = change(|entry, code| {
        if let Ok(kind) = KindId::new(&code) {
            entry.kind = kind;
        }
    });
    let on_quantity = change(|entry, text| {
        entry.unknown = false;
        entry.quantity = text;
    });
    let on_unknown = part.on(move |draft, unknown| {
        if let Some(entry) = side.of_mut(draft).get_mut(at) {
            entry.unknown = unknown;
        }
    });
    let understood = reading(app).quantity(entry).ok().flatten();
    let money = reading(app).is_money(&entry.kind);
    let hint = understood
        .filter(|_| money)
        .map(|quantity| AttrValue::from(app.quantity(&entry.kind, quantity)));
    let shown = if entry.unknown {
        String::new()
    } else {
        entry.quantity.clone()
    };
    let name = app.kind_name(&entry.kind);
    let remove = {
        let remove = part.on(move |draft, at: usize| {
            if at < side.of(draft).len() {
                side.of_mut(draft).remove(at);
            }
        });
        Callback::from(move |_: MouseEvent| {
            remove.emit(at);
            focus_later(format!("add-{}", side.code()));
        })
    };
    html! {
        <>
            <SelectField id={id("kind")} label={app.say(say::org_field_kind())} options={kinds} value={entry.kind.to_string()} on_change={on_kind} />
            <TextField id={id("quantity")} label={app.say(say::org_field_quantity(unit(app, &entry.kind).as_str()))} value={shown} on_input={on_quantity}
                error={part.problem(app, side.place(at))} {hint} max_length={40} input_mode={if money { "text" } else { "numeric" }} />
            <CheckField id={id("unknown")} label={app.say(say::org_quantity_unknown())} checked={entry.unknown} on_change={on_unknown} />
            if side == Side::Need { { priority(app, entry, id("priority"), change(set_priority)) } }
            <button class="ghost icon remove" aria-label={app.say(say::org_remove_named(name))} onclick={remove}>{ icon(IconName::Bin) }</button>
        </>
    }
}

fn set_priority(entry: &mut ResourceDraft, level: String) {
    if let Some(priority) = level.parse().ok().and_then(|level| Priority::new(level).ok()) {
        entry.priority = priority;
    }
}

fn priority(app: &App, entry: &ResourceDraft, id: String, on_change: Callback<String>) -> Html {
    let levels = [
        say::org_priority_1(),
        say::org_priority_2(),
        say::org_priority_3(),
        say::org_priority_4(),
        say::org_priority_5(),
    ];
    let options: Vec<_> = (1_u8..)
        .zip(levels)
        .map(|(level, label)| (AttrValue::from(level.to_string()), app.say(label)))
        .collect();
    html! {
        <div class="priority">
            <SelectField {id} label={app.say(say::org_field_priority())} {options} value={entry.priority.level().to_string()} {on_change} />
        </div>
    }
}
