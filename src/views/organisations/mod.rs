//! The organisations step.

use yew::prelude::*;

/// See the module.
#[component(Organisations)]
pub fn organisations() -> Html {
    html! { <section></section> }
}
