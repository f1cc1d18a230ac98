//! A field whose text means something: money, a number, a share.

use super::TextField;
use yew::prelude::*;

/// What a text means.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// It can be used; what was understood, where that needs saying.
    Understood(Option<AttrValue>),
    /// It cannot; the sentence that says why.
    Wrong(AttrValue),
}

/// See [`TypedField`].
#[derive(Clone, PartialEq, Properties)]
pub struct TypedFieldProps {
    /// Id of the input, unique on the page.
    pub id: AttrValue,
    /// What it is.
    pub label: AttrValue,
    /// The value as the field writes it while nobody types.
    pub written: AttrValue,
    /// Reads each text, and passes on what it means where it can be used.
    pub read: Callback<String, Reading>,
    /// A hint below.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// The label is for screen readers only.
    #[prop_or_default]
    pub hide_label: bool,
    /// `inputmode` of phones' keyboards.
    #[prop_or(AttrValue::Static("decimal"))]
    pub input_mode: AttrValue,
    /// Longest text in characters.
    #[prop_or(40)]
    pub max_length: u32,
}

/// While it is typed the text stays as typed, also when the value behind it changes; what was understood, or what is wrong,
/// stands below. When the reader leaves the field the value is written anew, unless the text is wrong.
#[component(TypedField)]
pub fn typed_field(props: &TypedFieldProps) -> Html {
    let typed = use_state(|| None::<(AttrValue, Reading)>);
    let (shown, error, hint) = match &*typed {
        None => (props.written.clone(), None, None),
        Some((text, Reading::Understood(said))) => (text.clone(), None, said.clone()),
        Some((text, Reading::Wrong(why))) => (text.clone(), Some(why.clone()), None),
    };
    let on_input = {
        let (typed, read) = (typed.clone(), props.read.clone());
        Callback::from(move |text: String| {
            let reading = read.emit(text.clone());
            typed.set(Some((text.into(), reading)));
        })
    };
    let settled = error.is_none();
    let onfocusout = Callback::from(move |_: FocusEvent| {
        if settled {
            typed.set(None);
        }
    });
    html! {
        <div {onfocusout}>
            <TextField id={props.id.clone()} label={props.label.clone()} value={shown} {on_input} {error}
                hint={hint.or_else(|| props.hint.clone())} hide_label={props.hide_label}
                input_mode={props.input_mode.clone()} max_length={props.max_length} />
        </div>
    }
}
