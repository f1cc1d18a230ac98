//! The partners step.

use yew::prelude::*;

/// See the module.
#[component(Partners)]
pub fn partners() -> Html {
    html! { <section></section> }
}
