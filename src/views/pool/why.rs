//! Why: what one funder's money does, what holds of the result, and the rule step by step.

use super::{answered, properties, reasons, replay, statement};
use crate::app::use_app;
use std::rc::Rc;
use yew::prelude::*;

/// What is said about the result on screen.
#[component(Why)]
pub(super) fn why() -> Html {
    let app = use_app();
    let results = match answered(&app) {
        Ok((report, futures)) => html! { <>
            { reasons::reasons(&app, &report) }
            { properties::properties_card(&app, &report) }
            { statement::statement_card(&app, &report, futures.as_deref()) }
            <replay::Replay report={Rc::clone(&report)} />
        </> },
        Err(instead) => instead,
    };
    html! { <div class="pool-grid" id="pool-why">{ results }</div> }
}
