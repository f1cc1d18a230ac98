//! A share as a percentage.

use super::{Reading, TypedField};
use crate::app::use_app;
use crate::text::{parse_percent, percent_figure, say};
use yew::prelude::*;

/// See [`PercentField`].
#[derive(Clone, PartialEq, Properties)]
pub struct PercentFieldProps {
    /// Id of the input, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// The share, in [0, 1].
    pub value: f64,
    /// Called when the text is a percentage.
    pub on_change: Callback<f64>,
    /// A hint below.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
}

/// A percentage from 0 to 100; what is no percentage is said.
#[component(PercentField)]
pub fn percent_field(props: &PercentFieldProps) -> Html {
    let app = use_app();
    let written = percent_figure(props.value, app.i18n.language);
    let on_change = props.on_change.clone();
    let read = Callback::from(move |text: String| match parse_percent(&text) {
        None => Reading::Wrong(app.say(say::percent_out_of_range())),
        Some(share) => {
            on_change.emit(share);
            Reading::Understood(None)
        }
    });
    html! {
        <TypedField id={props.id.clone()} label={props.label.clone()} {written} {read} hint={props.hint.clone()} max_length={8} />
    }
}
