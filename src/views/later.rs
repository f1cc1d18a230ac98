//! What is drawn by the half of the page that is fetched when it is first needed.

use super::partnership::Partnership;
use super::pool::Pool;
use super::report::Report;
use crate::later::later;
use crate::state::View;
use yew::prelude::*;

later! { "01",
    /// The steps after the partners.
    pub fn later_step(view: View) -> Html {
        match view {
            View::Organisations | View::Partners => Html::default(),
            View::Partnership => html! { <Partnership /> },
            View::Pool => html! { <Pool /> },
            View::Report => html! { <Report /> },
        }
    }
}
