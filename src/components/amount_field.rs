//! Money as people type it.

use super::{Reading, TypedField};
use crate::app::use_app;
use crate::text::{compact_money, money, parse_amount, say};
use yew::prelude::*;

/// See [`AmountField`].
#[derive(Clone, PartialEq, Properties)]
pub struct AmountFieldProps {
    /// Id of the input, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// The amount in minor units; `None` is an empty field.
    pub value: Option<u64>,
    /// Called when the text is an amount, or empty.
    pub on_change: Callback<Option<u64>>,
    /// Counted in this; the scenario's base currency if absent.
    #[prop_or_default]
    pub currency: Option<crate::domain::Currency>,
    /// An empty field is an error.
    #[prop_or_default]
    pub required: bool,
}

/// "1.500.000", "1,5 juta"; what was understood stands below.
#[component(AmountField)]
pub fn amount_field(props: &AmountFieldProps) -> Html {
    let app = use_app();
    let currency = props.currency.unwrap_or(app.i18n.currency);
    let language = app.i18n.language;
    let written = props
        .value
        .map(|amount| money(amount, currency, language))
        .unwrap_or_default();
    let (on_change, required) = (props.on_change.clone(), props.required);
    let read = Callback::from(move |text: String| {
        let empty = text.trim().is_empty();
        match parse_amount(&text, currency, language) {
            None if empty && required => Reading::Wrong(app.say(say::field_required())),
            None if !empty => Reading::Wrong(app.say(say::amount_not_understood())),
            amount => {
                on_change.emit(amount);
                let said = amount.map(|amount| compact_money(amount, currency, language).into());
                Reading::Understood(said)
            }
        }
    });
    html! { <TypedField id={props.id.clone()} label={props.label.clone()} {written} {read} /> }
}
