//! Who gives what to whom, on paper.

use super::section::{missing, section};
use crate::app::{App, use_app, use_job};
use crate::components::working;
use crate::jobs::{Request, Response};
use crate::state::View;
use crate::text::say;
use crate::views::partnership::plan_table;
use yew::prelude::*;

/// The section of the plan, in the cheapest form; the fair one is a choice of the partnership step.
pub(super) fn report_plan(app: &App) -> Html {
    let content = match &app.state().scenario.partnership.lead {
        None => missing(app, say::report_no_lead(), View::Partners),
        Some(_) => html! { <PlanPaper /> },
    };
    section("report-plan", app.say(say::exchange_plan_title()), content)
}

#[component(PlanPaper)]
fn plan_paper() -> Html {
    let app = use_app();
    let job = use_job(&app, Some(()), |(), scenario| Request::Plan {
        scenario,
        fair: false,
    });
    let plan = match job.response.as_deref() {
        Some(Response::Plan { plan, .. }) => Some(plan),
        _ => None,
    };
    let Some(plan) = plan else {
        return match job.failed {
            Some(failed) => html! { <p role="alert">{ app.say(failed) }</p> },
            None => working(&app.say(say::working())),
        };
    };
    if plan.kinds.iter().all(|one| one.needed == 0) {
        return missing(&app, say::exchange_nothing_asked(), View::Partnership);
    }
    let about = match &plan.project {
        Some(project) => say::exchange_for_project(app.project_name(project.as_str())),
        None => say::exchange_for_each_other(),
    };
    html! { <>
        <p>{ app.say(about) }</p>
        <div class="table-wrap" tabindex="0" role="region" aria-label={app.say(say::exchange_table_caption())}>
            { plan_table(&app, plan) }
        </div>
    </> }
}
