//! The agreement: a draft to edit and print.

use crate::app::use_app;
use yew::prelude::*;

/// The part as a whole.
#[component(Agreement)]
pub fn agreement() -> Html {
    let _app = use_app();
    Html::default()
}
