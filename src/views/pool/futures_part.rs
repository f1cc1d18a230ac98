//! How often the plan holds, when money is short, who pays how much then, and what that hangs on.

use super::{answered, burdens, drawing, fan, futures, levers, terms};
use crate::app::use_app;
use crate::risk::Driver;
use yew::prelude::*;

/// The pictures of the futures, and how they are drawn.
#[component(FuturesPart)]
pub(super) fn futures_part() -> Html {
    let app = use_app();
    // The drivers of the last complete run stay until the next run ends.
    let drivers = use_mut_ref(Vec::<Driver>::new);
    let results = match answered(&app) {
        Ok((report, known)) => {
            let known = known.as_deref();
            html! { <>
                <div class="stack">
                    { futures::futures_card(&app, &report, known) }
                    { fan::fan_card(&app, known) }
                </div>
                <div class="stack">
                    { levers::levers(&app, known, &mut drivers.borrow_mut()) }
                    { burdens::burdens_card(&app, &report, known) }
                </div>
                { terms::periods(&app) }
                { drawing::drawing(&app) }
            </> }
        }
        Err(instead) => instead,
    };
    html! { <div class="pool-grid halves" id="pool-how-often">{ results }</div> }
}
