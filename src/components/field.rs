//! Labelled fields. A field says what is wrong with its text beside it and keeps the text.

use crate::browser::dom::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// See [`TextField`].
#[derive(Clone, PartialEq, Properties)]
pub struct TextFieldProps {
    /// Id of the input, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// Its text.
    pub value: AttrValue,
    /// Called at every keystroke.
    pub on_input: Callback<String>,
    /// What is wrong with the text, if anything.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// A hint below.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// `text`, `search`, …
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
    /// Longest text in characters.
    #[prop_or(200)]
    pub max_length: u32,
    /// The label is for screen readers only.
    #[prop_or_default]
    pub hide_label: bool,
    /// `inputmode` of phones' keyboards.
    #[prop_or(AttrValue::Static("text"))]
    pub input_mode: AttrValue,
}

/// One line of text.
#[component(TextField)]
pub fn text_field(props: &TextFieldProps) -> Html {
    let oninput = {
        let on_input = props.on_input.clone();
        Callback::from(move |event: InputEvent| {
            on_input.emit(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let note_id = format!("{}-note", props.id);
    let note = props.error.clone().or_else(|| props.hint.clone());
    html! {
        <div class={classes!("field", props.error.is_some().then_some("wrong"))}>
            <label for={props.id.clone()} class={props.hide_label.then_some("visually-hidden")}>{ props.label.clone() }</label>
            <input id={props.id.clone()} type={props.kind.clone()} value={props.value.clone()} {oninput} autocomplete="off"
                maxlength={props.max_length.to_string()} inputmode={props.input_mode.clone()}
                placeholder={props.hide_label.then(|| props.label.clone())}
                aria-invalid={props.error.is_some().then_some("true")} aria-describedby={note.is_some().then(|| note_id.clone())} />
            if let Some(note) = note { <p class="note" id={note_id}>{ note }</p> }
        </div>
    }
}

/// See [`SelectField`].
#[derive(Clone, PartialEq, Properties)]
pub struct SelectFieldProps {
    /// Id of the select, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// Value and label of each choice.
    pub options: Vec<(AttrValue, AttrValue)>,
    /// Value of the chosen one.
    pub value: AttrValue,
    /// Called with the value chosen.
    pub on_change: Callback<String>,
    /// The label is for screen readers only.
    #[prop_or_default]
    pub hide_label: bool,
}

/// A choice of one.
#[component(SelectField)]
pub fn select_field(props: &SelectFieldProps) -> Html {
    let node = use_node_ref();
    {
        // The options may change after the value was set: the browser then shows the first one.
        let node = node.clone();
        use_effect_with((props.value.clone(), props.options.clone()), move |(value, _)| {
            if let Some(select) = node.cast::<HtmlSelectElement>() {
                select.set_value(value);
            }
        });
    }
    let onchange = {
        let on_change = props.on_change.clone();
        Callback::from(move |event: Event| {
            on_change.emit(event.target_unchecked_into::<HtmlSelectElement>().value());
        })
    };
    html! {
        <div class="field">
            <label for={props.id.clone()} class={props.hide_label.then_some("visually-hidden")}>{ props.label.clone() }</label>
            <select ref={node} id={props.id.clone()} {onchange}>
                { for props.options.iter().map(|(value, label)| html! {
                    <option key={value.to_string()} value={value.clone()} selected={value == &props.value}>{ label.clone() }</option>
                }) }
            </select>
        </div>
    }
}

/// See [`CheckField`].
#[derive(Clone, PartialEq, Properties)]
pub struct CheckFieldProps {
    /// Id of the input, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// Whether it is ticked.
    pub checked: bool,
    /// Called with the new state.
    pub on_change: Callback<bool>,
}

/// Yes or no.
#[component(CheckField)]
pub fn check_field(props: &CheckFieldProps) -> Html {
    let onchange = {
        let on_change = props.on_change.clone();
        Callback::from(move |event: Event| {
            on_change.emit(event.target_unchecked_into::<HtmlInputElement>().checked());
        })
    };
    html! {
        <div class="check">
            <input id={props.id.clone()} type="checkbox" checked={props.checked} {onchange} />
            <label for={props.id.clone()}>{ props.label.clone() }</label>
        </div>
    }
}
