//! Asking for money alone or together: what each way brings whom, who asks whom, and what is assumed.

mod donors;
mod overlap;
mod picture;
mod settings;
mod words;

use crate::app::{App, use_app, use_job};
use crate::components::{IconName, empty_state, icon, working};
use crate::domain::{AppealPlan, Donor};
use crate::jobs::{Request, Response};
use crate::partnership::appeal::AppealReport;
use crate::state::{Action, Edit, View, selectors};
use crate::text::say;
use yew::prelude::*;

/// The part as a whole.
#[component(Appeal)]
pub fn appeal() -> Html {
    let app = use_app();
    let scenario = &app.state().scenario;
    let asked = (!scenario.appeal.donors.is_empty()).then_some(());
    let job = use_job(&app, asked, |(), scenario| Request::Appeal { scenario });
    if scenario.organisations.is_empty() {
        return html! {
            <div class="pool-grid" id="appeal">
                { empty_state(&app.say(say::appeal_no_organisations()), &app.say(say::appeal_no_organisations_hint()), html! {
                    <button class="primary" id="appeal-organisations" onclick={app.on(Action::Go(View::Organisations))}>
                        { app.say(say::view_organisations()) }</button>
                }) }
            </div>
        };
    }
    if asked.is_none() {
        return html! { <div class="pool-grid" id="appeal">{ beginning(&app) }</div> };
    }
    let results = match (&job.failed, job.response.as_deref()) {
        (Some(failed), _) => sentence(app.say(failed.clone())),
        (None, Some(Response::Appeal(report))) => shown(&app, report),
        _ => html! { <section class="card whole">{ working(&app.say(say::working())) }</section> },
    };
    html! {
        <div class="pool-grid appeal" id="appeal">
            { results }
            { donors::donors(&app) }
            { settings::settings(&app) }
        </div>
    }
}

fn sentence(words: AttrValue) -> Html {
    html! { <section class="card whole" id="appeal-failed"><p role="status">{ words }</p></section> }
}

fn shown(app: &App, report: &AppealReport) -> Html {
    html! { <>
        { picture::picture(app, report) }
        { overlap::overlap(app, report) }
    </> }
}

/// Nobody is asked yet: those the organisations named, or the first one by hand.
fn beginning(app: &App) -> Html {
    let suggested = selectors::suggested_donors(&app.state().scenario);
    let put = |donors: Vec<Donor>| {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            let plan = AppealPlan {
                donors: donors.clone(),
                ..app.state().scenario.appeal.clone()
            };
            app.edit(Edit::SetAppeal(Box::new(plan)));
            crate::app::focus_later("appeal-donors-title");
        })
    };
    let first = vec![donors::new_donor(app, 1)];
    let count = suggested.len();
    empty_state(
        &app.say(say::appeal_nobody()),
        &app.say(if count > 0 {
            say::appeal_nobody_named(count)
        } else {
            say::appeal_nobody_hint()
        }),
        html! { <>
            if count > 0 {
                <button class="primary" id="appeal-take" onclick={put(suggested)}>{ app.say(say::appeal_take(count)) }</button>
            }
            <button class="with-icon" id="appeal-first" onclick={put(first)}>{ icon(IconName::Plus) }{ app.say(say::appeal_add()) }</button>
        </> },
    )
}
