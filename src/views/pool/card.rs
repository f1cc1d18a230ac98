//! The frame of a card: its title, the finding in a sentence, the picture, the table twin, and the way to take it along.

use crate::app::App;
use crate::text::say;
use crate::views::picture::{Saved, save_buttons};
use yew::prelude::*;

/// A picture (`children`) that never stands alone: what it is about, its `finding` in a sentence, the same figures as a
/// `table`, and what is `saved` of it as a file. The heading's id is `<id>-title`.
pub(super) fn picture_card(
    app: &App,
    id: &'static str,
    title: AttrValue,
    finding: Html,
    table: Html,
    children: Html,
    saved: Saved,
) -> Html {
    let title_id = format!("{id}-title");
    html! {
        <section class="card" {id} aria-labelledby={title_id.clone()}>
            <h2 id={title_id}>{ title.clone() }</h2>
            { finding }
            { children }
            <details class="twin">
                <summary>{ app.say(say::as_table()) }</summary>
                <div class="table-wrap" tabindex="0" role="group" aria-label={title.clone()}>{ table }</div>
            </details>
            { save_buttons(app, id, &title, saved) }
        </section>
    }
}
