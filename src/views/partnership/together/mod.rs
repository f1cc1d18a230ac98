//! What makes working together hard or easy, what would help, and what it is worth.

use crate::app::use_app;
use yew::prelude::*;

/// The part as a whole.
#[component(Together)]
pub fn together() -> Html {
    let _app = use_app();
    Html::default()
}
