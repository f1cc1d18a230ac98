//! The frame of a section, also of one that cannot be filled yet.

use crate::app::App;
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

/// A section of the paper; its heading's id is `<id>-title`.
pub(super) fn section(id: &'static str, title: AttrValue, content: Html) -> Html {
    let title_id = format!("{id}-title");
    html! {
        <section {id} aria-labelledby={title_id.clone()}>
            <h2 id={title_id}>{ title }</h2>
            { content }
        </section>
    }
}

/// Says why a section is empty and leads to the `step` that fills it.
pub(super) fn missing(app: &App, why: Message, step: View) -> Html {
    let name = app.say(Message::of_code("view", step.code()));
    html! {
        <p class="missing">{ app.say(why) }{ " " }
            <button type="button" class="link" onclick={app.on(Action::Go(step))}>{ app.say(say::report_go(name.as_str())) }</button>
        </p>
    }
}
