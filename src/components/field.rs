//! Labelled fields. A field says what is wrong with its text beside it and keeps the text.

use crate::app::use_app;
use crate::browser::dom::{HtmlInputElement, HtmlSelectElement};
use crate::text::{parse_amount, say};
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

/// Money as people type it: "1.500.000", "1,5 juta". While it is typed the text stays as typed; what was
/// understood stands below.
#[component(AmountField)]
pub fn amount_field(props: &AmountFieldProps) -> Html {
    let app = use_app();
    let typed = use_state(|| None::<String>);
    let currency = props.currency.unwrap_or(app.i18n.currency);
    let language = app.i18n.language;
    let shown = match (&*typed, props.value) {
        (Some(text), _) => text.clone(),
        (None, Some(amount)) => crate::text::money(amount, currency, language),
        (None, None) => String::new(),
    };
    let understood = typed
        .as_deref()
        .map(|text| (text.trim().is_empty(), parse_amount(text, currency, language)));
    let (error, hint) = match understood {
        Some((true, _)) if props.required => (Some(app.say(say::field_required())), None),
        Some((false, None)) => (Some(app.say(say::amount_not_understood())), None),
        Some((false, Some(amount))) => (
            None,
            Some(AttrValue::from(crate::text::compact_money(
                amount, currency, language,
            ))),
        ),
        _ => (None, None),
    };
    let on_input = {
        let (typed, on_change, required) = (typed.clone(), props.on_change.clone(), props.required);
        Callback::from(move |text: String| {
            let amount = parse_amount(&text, currency, language);
            if amount.is_some() || (text.trim().is_empty() && !required) {
                on_change.emit(amount);
            }
            typed.set(Some(text));
        })
    };
    let onfocusout = {
        let typed = typed.clone();
        let settled = error.is_none();
        Callback::from(move |_: FocusEvent| {
            if settled {
                typed.set(None);
            }
        })
    };
    html! {
        <div {onfocusout}>
            <TextField id={props.id.clone()} label={props.label.clone()} value={shown} {on_input} {error} {hint}
                input_mode="decimal" max_length={40} />
        </div>
    }
}

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
    let typed = use_state(|| None::<String>);
    let shown = match (&*typed, props.value) {
        (Some(text), _) => text.clone(),
        (None, value) => value.map(|number| number.to_string()).unwrap_or_default(),
    };
    let (min, max) = (props.min, props.max);
    let read = move |text: &str| {
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}'))
            .collect();
        digits
            .parse::<u64>()
            .ok()
            .filter(|number| (min..=max).contains(number))
    };
    let wrong = typed
        .as_deref()
        .is_some_and(|text| !text.trim().is_empty() && read(text).is_none());
    let error = wrong.then(|| {
        app.say(say::number_out_of_range(
            app.i18n.integer(max),
            app.i18n.integer(min),
        ))
    });
    let on_input = {
        let (typed, on_change) = (typed.clone(), props.on_change.clone());
        Callback::from(move |text: String| {
            let number = read(&text);
            if number.is_some() || text.trim().is_empty() {
                on_change.emit(number);
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
                input_mode="numeric" max_length={24} hide_label={props.hide_label} />
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
