//! The partnership step.

use yew::prelude::*;

/// See the module.
#[component(Partnership)]
pub fn partnership() -> Html {
    html! { <section></section> }
}
