//! Rings that one offer, need or amount would close.

use super::words::{org_names, share};
use crate::app::App;
use crate::matching::rings::{Missing, MissingForm, NearRing, RingsAnswer};
use crate::text::{Message, say};
use crate::views::words::kind_inside;
use yew::prelude::*;

/// The best few, each with what is missing and what it would bring.
pub(super) fn near(app: &App, answer: &RingsAnswer) -> Html {
    if answer.near.rings.is_empty() {
        return Html::default();
    }
    html! {
        <section id="exchange-near" aria-labelledby="exchange-near-title">
            <h3 id="exchange-near-title">{ app.say(say::exchange_near_title()) }</h3>
            <p class="meta">{ app.say(say::exchange_near_about()) }</p>
            <ul class="points">{ for answer.near.rings.iter().map(|one| line(app, answer, one)) }</ul>
            if !answer.near.complete { <p class="meta">{ app.say(say::exchange_near_limit()) }</p> }
        </section>
    }
}

fn line(app: &App, answer: &RingsAnswer, one: &NearRing) -> Html {
    let brings = share(app, one.gain_millionths as f64, 1.0);
    let names = org_names(app, &one.members);
    let broken = one.breaks.iter().filter_map(|&at| answer.exchanges.get(at));
    let parties: Vec<String> = broken.map(|exchange| org_names(app, &exchange.members)).collect();
    html! {
        <li>
            <b>{ app.say(what(app, &one.missing)) }</b>
            { " " }
            { app.say(say::exchange_near_closes(brings, one.members.len(), names)) }
            if !parties.is_empty() { { " " }{ app.say(say::exchange_near_breaks(parties.join("; "))) } }
        </li>
    }
}

/// What would have to change.
fn what(app: &App, missing: &Missing) -> Message {
    let (from, to) = (app.org_name(&missing.from), app.org_name(&missing.to));
    let kind = kind_inside(app, &missing.kind);
    let quantity = missing
        .quantity
        .map(|quantity| app.quantity(&missing.kind, quantity));
    match (missing.form, quantity) {
        (MissingForm::Offer, Some(quantity)) => say::exchange_near_offer(from, kind, quantity, to),
        (MissingForm::Need, Some(quantity)) => say::exchange_near_need(from, kind, quantity, to),
        _ => say::exchange_near_amount(from, kind, to),
    }
}
