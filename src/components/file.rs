//! Ways to hand the page a file: a button, and a place to drop it.

use super::{IconName, icon};
use crate::browser::files::{self, File};
use yew::prelude::*;

/// See [`FileButton`].
#[derive(Clone, PartialEq, Properties)]
pub struct FileButtonProps {
    /// Id of the input, unique on the page.
    pub id: AttrValue,
    /// What it does.
    pub label: AttrValue,
    /// What the device offers to choose from: `.csv,.json`.
    pub accept: AttrValue,
    /// Called with the file chosen.
    pub on_file: Callback<File>,
}

/// The browser's own file input behind a label that looks like a button: it takes the focus and opens by
/// keyboard as any.
#[component(FileButton)]
pub fn file_button(props: &FileButtonProps) -> Html {
    let onchange = {
        let on_file = props.on_file.clone();
        Callback::from(move |event: Event| {
            if let Some(file) = files::chosen(&event.target_unchecked_into()) {
                on_file.emit(file);
            }
        })
    };
    html! {
        <span class="file-button">
            <input id={props.id.clone()} type="file" class="visually-hidden" accept={props.accept.clone()} {onchange} />
            <label for={props.id.clone()}>{ icon(IconName::Import) }{ props.label.clone() }</label>
        </span>
    }
}

/// See [`FileDrop`].
#[derive(Clone, PartialEq, Properties)]
pub struct FileDropProps {
    /// What is said while a file is held over it.
    pub label: AttrValue,
    /// Called with the file dropped.
    pub on_file: Callback<File>,
    /// Content.
    pub children: Html,
}

/// A part of the page that takes files. An addition for those with a mouse; [`FileButton`] is for everybody.
#[component(FileDrop)]
pub fn file_drop(props: &FileDropProps) -> Html {
    let over = use_state(|| false);
    let set = |to: bool| {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            if *over != to {
                over.set(to);
            }
        })
    };
    let ondrop = {
        let (over, on_file) = (over.clone(), props.on_file.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            if let Some(file) = files::dropped(&event) {
                on_file.emit(file);
            }
        })
    };
    html! {
        <div class={classes!("file-drop", over.then_some("over"))} ondragover={set(true)} ondragleave={set(false)} {ondrop}>
            { props.children.clone() }
            if *over { <p class="drop-note" aria-hidden="true">{ props.label.clone() }</p> }
        </div>
    }
}
