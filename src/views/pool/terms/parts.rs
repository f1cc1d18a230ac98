//! Parts by period in one field.

use crate::app::use_app;
use crate::components::TextField;
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

/// "40 30 30". While it is typed the text stays as typed; what cannot be used is said.
#[component(PartsField)]
pub fn parts_field(props: &PartsFieldProps) -> Html {
    let app = use_app();
    let typed = use_state(|| None::<String>);
    let written = || {
        props
            .value
            .iter()
            .map(u32::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let shown = (*typed).clone().unwrap_or_else(written);
    let wrong = typed.as_deref().is_some_and(|text| parse_parts(text).is_none());
    let error = wrong.then(|| app.say(say::parts_wrong()));
    let on_input = {
        let (typed, on_change) = (typed.clone(), props.on_change.clone());
        Callback::from(move |text: String| {
            if let Some(parts) = parse_parts(&text) {
                on_change.emit(parts);
            }
            typed.set(Some(text));
        })
    };
    let onfocusout = Callback::from(move |_: FocusEvent| {
        if !wrong {
            typed.set(None);
        }
    });
    html! {
        <div {onfocusout}>
            <TextField id={props.id.clone()} label={props.label.clone()} value={shown} {on_input} {error}
                hint={app.say(say::parts_hint())} max_length={300} />
        </div>
    }
}
