//! The frame of a card: its title, the finding in a sentence, the picture, and the table twin.

use crate::app::use_app;
use crate::text::say;
use yew::prelude::*;

/// See [`PictureCard`].
#[derive(Clone, PartialEq, Properties)]
pub struct PictureCardProps {
    /// Id of the card; its heading is `<id>-title`.
    pub id: AttrValue,
    /// What it is about.
    pub title: AttrValue,
    /// What it shows, in a sentence.
    pub finding: Html,
    /// The same figures as a table.
    pub table: Html,
    /// The picture.
    pub children: Html,
}

/// A picture that never stands alone.
#[component(PictureCard)]
pub fn picture_card(props: &PictureCardProps) -> Html {
    let app = use_app();
    let title_id = format!("{}-title", props.id);
    html! {
        <section class="card" id={props.id.clone()} aria-labelledby={title_id.clone()}>
            <h2 id={title_id}>{ props.title.clone() }</h2>
            { props.finding.clone() }
            { props.children.clone() }
            <details class="twin">
                <summary>{ app.say(say::as_table()) }</summary>
                <div class="table-wrap" tabindex="0" role="group" aria-label={props.title.clone()}>{ props.table.clone() }</div>
            </details>
        </section>
    }
}
