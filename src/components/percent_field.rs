//! A share as a percentage.

use super::TextField;
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

/// A percentage from 0 to 100. While it is typed the text stays as typed; what is no percentage is said.
#[component(PercentField)]
pub fn percent_field(props: &PercentFieldProps) -> Html {
    let app = use_app();
    let typed = use_state(|| None::<String>);
    let shown = (*typed)
        .clone()
        .unwrap_or_else(|| percent_figure(props.value, app.i18n.language));
    let wrong = typed.as_deref().is_some_and(|text| parse_percent(text).is_none());
    let error = wrong.then(|| app.say(say::percent_out_of_range()));
    let on_input = {
        let (typed, on_change) = (typed.clone(), props.on_change.clone());
        Callback::from(move |text: String| {
            if let Some(share) = parse_percent(&text) {
                on_change.emit(share);
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
            <TextField id={props.id.clone()} label={props.label.clone()} value={shown} {on_input} {error} hint={props.hint.clone()}
                input_mode="decimal" max_length={8} />
        </div>
    }
}
