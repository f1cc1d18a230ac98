//! Another plan in place of the one on screen: a case study, an empty plan, a file.

use super::review;
use crate::app::App;
use crate::components::working_at;
use crate::domain::Scenario;
use crate::state::{Action, Tone, View};
use crate::text::say;
use yew::prelude::*;

/// What a device offers to choose from.
pub(in crate::views) const ACCEPT: &str = ".csv,.tsv,.txt,.json,.pb,text/csv,application/json";

/// Opens an empty plan.
pub(super) fn open_empty(app: &App) {
    app.dispatch(Action::Open(Box::default(), View::Organisations));
    let title = app.say(say::org_empty_plan()).to_string();
    app.dispatch(Action::Notify(Tone::Good, say::org_opened(title)));
}

/// A file on its way in: being read, then looked at.
pub(in crate::views) fn loading(app: &App) -> Html {
    let stop = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.stop_import())
    };
    html! {
        <>
            if let Some(importing) = &app.state().importing {
                <div class="importing row" id="importing">
                    { working_at(&app.say(say::import_reading(importing.file.as_str())), importing.progress) }
                    <button class="ghost" onclick={stop}>{ app.say(say::import_stop()) }</button>
                </div>
            }
            if let Some(review) = &app.state().review {
                { app.later(|| review::review(app, review)) }
            }
        </>
    }
}

/// Whether nothing would be lost by opening another plan.
pub(super) fn is_blank(scenario: &Scenario) -> bool {
    scenario.organisations.is_empty() && scenario.projects.is_empty() && scenario.pledges.is_empty()
}
