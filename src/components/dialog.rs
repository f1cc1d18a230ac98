//! A modal dialogue: the browser's own `<dialog>`, which keeps the focus in, closes on Escape and gives the focus
//! back.

use super::{IconName, icon};
use crate::app::use_app;
use crate::browser::dom::HtmlDialogElement;
use crate::text::say;
use yew::prelude::*;

/// See [`Dialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    /// What it is about.
    pub title: AttrValue,
    /// Called when the person closes it, by button, Escape or the platform's way back.
    pub on_close: Callback<()>,
    /// Wider, for tables.
    #[prop_or_default]
    pub wide: bool,
    /// Content.
    pub children: Html,
}

/// Open as long as it is shown; its owner takes it away on `on_close`.
#[component(Dialog)]
pub fn dialog(props: &DialogProps) -> Html {
    let app = use_app();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let element = node.cast::<HtmlDialogElement>();
            if let Some(element) = &element {
                let _ = element.show_modal();
            }
            move || {
                if let Some(element) = element {
                    element.close();
                }
            }
        });
    }
    let oncancel = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_close.emit(());
        })
    };
    let onclick = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <dialog ref={node} class={classes!("dialog", props.wide.then_some("wide"))} aria-labelledby="dialog-title" {oncancel}>
            <div class="dialog-head">
                <h2 id="dialog-title">{ props.title.clone() }</h2>
                <button type="button" class="ghost icon" aria-label={app.say(say::close())} {onclick}>{ icon(IconName::Close) }</button>
            </div>
            { props.children.clone() }
        </dialog>
    }
}
