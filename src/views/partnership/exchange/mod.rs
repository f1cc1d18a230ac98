//! Who gives what to whom, who plays which role, and exchanges in a ring.

use crate::app::use_app;
use yew::prelude::*;

/// The part as a whole.
#[component(Exchange)]
pub fn exchange() -> Html {
    let _app = use_app();
    Html::default()
}
