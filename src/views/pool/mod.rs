//! The pool step.

use yew::prelude::*;

/// See the module.
#[component(Pool)]
pub fn pool() -> Html {
    html! { <section></section> }
}
