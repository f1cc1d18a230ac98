//! Parts by period in one field.

use crate::app::use_app;
use crate::components::{Reading, TypedField};
use crate::state::drafts::parse_parts;
use crate::text::say;
use yew::prelude::*;

/// See [`PartsField`].
#[derive(Clone, PartialEq, Properties)]
pub struct PartsFieldProps {
    /// Id of the input, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// The parts.
    pub value: Vec<u32>,
    /// Called when the text is a list of parts, or empty.
    pub on_change: Callback<Vec<u32>>,
}

/// "40 30 30"; what cannot be used is said.
#[component(PartsField)]
pub fn parts_field(props: &PartsFieldProps) -> Html {
    let app = use_app();
    let parts: Vec<String> = props.value.iter().map(u32::to_string).collect();
    let (hint, on_change) = (app.say(say::parts_hint()), props.on_change.clone());
    let read = Callback::from(move |text: String| match parse_parts(&text) {
        None => Reading::Wrong(app.say(say::parts_wrong())),
        Some(parts) => {
            on_change.emit(parts);
            Reading::Understood(None)
        }
    });
    html! {
        <TypedField id={props.id.clone()} label={props.label.clone()} written={parts.join(" ")} {read} {hint}
            input_mode="text" max_length={300} />
    }
}
