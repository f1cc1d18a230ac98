//! The frame of a section, also of one that cannot be filled yet.

use crate::app::{App, use_app};
use crate::state::{Action, View};
use crate::text::{Message, say};
use yew::prelude::*;

/// What the plan is called, or that it has no name yet.
pub(super) fn title_of(app: &App) -> AttrValue {
    let title = &app.state().scenario.title;
    if title.is_blank() {
        app.say(say::report_untitled())
    } else {
        app.text(title).into()
    }
}

/// See [`Section`].
#[derive(Clone, PartialEq, Properties)]
pub struct SectionProps {
    /// Id of the section; its heading is `<id>-title`.
    pub id: AttrValue,
    /// Its heading.
    pub title: AttrValue,
    /// Content.
    pub children: Html,
}

/// A section of the paper.
#[component(Section)]
pub fn section(props: &SectionProps) -> Html {
    let title_id = format!("{}-title", props.id);
    html! {
        <section id={props.id.clone()} aria-labelledby={title_id.clone()}>
            <h2 id={title_id}>{ props.title.clone() }</h2>
            { props.children.clone() }
        </section>
    }
}

/// See [`Missing`].
#[derive(Clone, PartialEq, Properties)]
pub struct MissingProps {
    /// Why there is nothing.
    pub why: AttrValue,
    /// Where that can be changed.
    pub step: View,
}

/// Says why a section is empty and leads to the step that fills it.
#[component(Missing)]
pub fn missing(props: &MissingProps) -> Html {
    let app = use_app();
    let step = app.say(Message::of_code("view", props.step.code()));
    html! {
        <p class="missing">{ props.why.clone() }{ " " }
            <button type="button" class="link" onclick={app.on(Action::Go(props.step))}>{ app.say(say::report_go(step.as_str())) }</button>
        </p>
    }
}
