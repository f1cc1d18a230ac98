//! What the plan leaves open: needs not met, questions to ask, offers left over.

use super::words::party_name;
use crate::app::App;
use crate::matching::plan::{ResourcePlan, Unmet};
use crate::text::{Message, say};
use crate::views::words::{bare_quantity, kind_inside};
use yew::prelude::*;

/// Every need that is not met for certain.
pub(super) fn lacking(app: &App, plan: &ResourcePlan) -> Html {
    if plan.unmet.is_empty() {
        return Html::default();
    }
    html! {
        <div class="exchange-lacking">
            <h3>{ app.say(say::exchange_lacking_title()) }</h3>
            <ul id="exchange-lacking">
                { for plan.unmet.iter().map(|one| html! {
                    <li><b>{ app.kind_name(&one.kind) }</b><span>{ party_name(app, &one.to) }</span><span>{ app.say(missing(app, one)) }</span></li>
                }) }
            </ul>
        </div>
    }
}

fn missing(app: &App, one: &Unmet) -> Message {
    let need = app.quantity(&one.kind, one.need);
    match one.missing {
        [least, most] if least == most => say::exchange_missing(bare_quantity(app, &one.kind, most), need),
        [least, most] => say::exchange_missing_range(
            bare_quantity(app, &one.kind, most),
            bare_quantity(app, &one.kind, least),
            need,
        ),
    }
}

/// Questions whose answers may change the plan: offers and needs nobody quantified.
pub(super) fn to_ask(app: &App, plan: &ResourcePlan) -> Html {
    let offers = plan.open_offers.iter().filter(|one| one.adds > 0);
    let offers = offers.map(|one| {
        say::exchange_ask_offer(
            kind_inside(app, &one.kind),
            app.org_name(&one.from),
            app.quantity(&one.kind, one.adds),
        )
    });
    let needs = plan
        .open_needs
        .iter()
        .map(|one| say::exchange_ask_need(kind_inside(app, &one.kind), party_name(app, &one.to)));
    let questions: Vec<Message> = offers.chain(needs).collect();
    if questions.is_empty() {
        return Html::default();
    }
    html! {
        <div class="exchange-ask">
            <h3>{ app.say(say::exchange_ask_title()) }</h3>
            <ul id="exchange-ask" class="points">{ for questions.into_iter().map(|one| html! { <li>{ app.say(one) }</li> }) }</ul>
        </div>
    }
}

/// What stays with its owner.
pub(super) fn left_over(app: &App, plan: &ResourcePlan) -> Html {
    if plan.left_over.is_empty() {
        return Html::default();
    }
    html! {
        <details id="exchange-left-over">
            <summary>{ app.say(say::exchange_left_title(plan.left_over.len())) }</summary>
            <ul class="points">
                { for plan.left_over.iter().map(|one| html! {
                    <li>{ app.say(say::exchange_left_line(
                        kind_inside(app, &one.kind),
                        app.org_name(&one.from),
                        app.quantity(&one.kind, one.quantity),
                    )) }</li>
                }) }
            </ul>
        </details>
    }
}
