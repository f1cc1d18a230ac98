//! The report step.

use yew::prelude::*;

/// See the module.
#[component(Report)]
pub fn report() -> Html {
    html! { <section></section> }
}
