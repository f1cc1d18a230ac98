//! The warning that two of the chosen should not be together.

use crate::app::App;
use crate::components::{IconName, icon};
use crate::domain::OrgId;
use crate::state::selectors;
use crate::text::say;
use yew::prelude::*;

/// Each pair with the reason people gave.
pub(super) fn conflicts(app: &App, pairs: &[(OrgId, OrgId)]) -> Html {
    html! {
        <section class="card conflicts" id="partnership-conflicts" aria-labelledby="conflicts-title">
            <h2 id="conflicts-title">{ icon(IconName::Warning) }{ app.say(say::conflict_title()) }</h2>
            <ul>
                { for pairs.iter().map(|(a, b)| {
                    let reason = selectors::conflict_reason(&app.state().scenario, a, b);
                    html! {
                        <li>
                            { app.say(say::conflict_line(app.org_name(a), app.org_name(b))) }{ " " }{ app.text(&reason) }
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}
