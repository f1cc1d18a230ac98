//! A whole number as people type it.

use super::{Reading, TypedField};
use crate::app::{App, use_app};
use crate::text::say;
use yew::prelude::*;

/// See [`NumberField`].
#[derive(Clone, PartialEq, Properties)]
pub struct NumberFieldProps {
    /// Id of the input, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// The number; `None` is an empty field.
    pub value: Option<u64>,
    /// Called when the text is a number in range, or empty.
    pub on_change: Callback<Option<u64>>,
    /// Largest number.
    #[prop_or(crate::domain::MAX_AMOUNT_MINOR)]
    pub max: u64,
    /// Smallest number.
    #[prop_or_default]
    pub min: u64,
    /// A hint below.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// The label is for screen readers only.
    #[prop_or_default]
    pub hide_label: bool,
}

/// A whole number.
#[component(NumberField)]
pub fn number_field(props: &NumberFieldProps) -> Html {
    let app = use_app();
    let written = props.value.map(|number| number.to_string()).unwrap_or_default();
    let read = reading(&app, (props.min, props.max), props.on_change.clone());
    html! {
        <TypedField id={props.id.clone()} label={props.label.clone()} {written} {read} hint={props.hint.clone()}
            hide_label={props.hide_label} input_mode="numeric" max_length={24} />
    }
}

/// Reads a whole number in a range, and passes it on; dots, commas and spaces between digits are passed over.
pub fn reading(
    app: &App,
    (min, max): (u64, u64),
    on_change: Callback<Option<u64>>,
) -> Callback<String, Reading> {
    let app = app.clone();
    Callback::from(move |text: String| {
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}'))
            .collect();
        let number = digits.parse::<u64>().ok();
        let number = number.filter(|number| (min..=max).contains(number));
        if number.is_none() && !text.trim().is_empty() {
            let (max, min) = (app.i18n.integer(max), app.i18n.integer(min));
            return Reading::Wrong(app.say(say::number_out_of_range(max, min)));
        }
        on_change.emit(number);
        Reading::Understood(None)
    })
}
