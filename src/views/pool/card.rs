//! The frame of a card: its title, the finding in a sentence, the picture, and the table twin.

use crate::app::App;
use crate::text::say;
use yew::prelude::*;

/// A picture (`children`) that never stands alone: what it is about, its `finding` in a sentence, and the same figures
/// as a `table`. The heading's id is `<id>-title`.
pub(super) fn picture_card(
    app: &App,
    id: &'static str,
    title: AttrValue,
    finding: Html,
    table: Html,
    children: Html,
) -> Html {
    let title_id = format!("{id}-title");
    html! {
        <section class="card" {id} aria-labelledby={title_id.clone()}>
            <h2 id={title_id}>{ title.clone() }</h2>
            { finding }
            { children }
            <details class="twin">
                <summary>{ app.say(say::as_table()) }</summary>
                <div class="table-wrap" tabindex="0" role="group" aria-label={title}>{ table }</div>
            </details>
        </section>
    }
}
