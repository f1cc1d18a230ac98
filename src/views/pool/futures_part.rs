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
                { futures::futures_card(&app, &report, known) }
                { levers::levers(&app, known, &mut drivers.borrow_mut()) }
                { fan::fan_card(&app, known) }
                { burdens::burdens_card(&app, &report, known) }
                { terms::periods(&app) }
                { drawing::drawing(&app) }
            </> }
        }
        Err(instead) => instead,
    };
    html! { <div class="pool-grid" id="pool-how-often">{ results }</div> }
}
