//! The whole room: everybody paired or grouped at once, with proof, rounds, and who is left weakest.

use crate::app::use_app;
use crate::later::later;
use yew::prelude::*;

later! { "04",
    /// The room as a whole.
    pub(super) fn room() -> Html {
        html! { <Room /> }
    }
}

/// The whole room.
#[component(Room)]
fn room_view() -> Html {
    let _app = use_app();
    Html::default()
}
