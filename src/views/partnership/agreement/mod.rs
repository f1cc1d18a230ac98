//! The agreement: a draft to choose, write over, print and save.

mod choices;
mod markdown;
mod sheet;
mod words;

use crate::app::{App, Job, exports, use_app, use_job};
use crate::browser::{document, intl};
use crate::components::{IconName, icon, working};
use crate::jobs::{Request, Response};
use crate::partnership::Day;
use crate::partnership::agreement::Agreement as Draft;
use crate::state::{Action, View};
use crate::text::say;
use choices::choices;
use markdown::markdown;
use sheet::sheet;
use words::{Paper, paper};
use yew::prelude::*;

/// The part as a whole.
#[component(Agreement)]
pub fn agreement() -> Html {
    let app = use_app();
    let job = use_draft(&app);
    let pen = use_state(|| None);
    use_effect_with((), |()| {
        // The paper alone is printed, whichever way the reader prints.
        document::set_root_attribute("data-paper", "agreement");
        || document::set_root_attribute("data-paper", "")
    });
    let draft = drafted(&job);
    let written = draft.map(|draft| paper(&app, draft));
    html! {
        <div class="partnership-cols" id="agreement">
            <div class="partnership-side paper-choices">
                { alone(&app) }
                <section class="card stack" aria-labelledby="paper-choices-title">
                    <h2 id="paper-choices-title">{ app.say(say::paper_choices()) }</h2>
                    <p>{ app.say(say::paper_how()) }</p>
                    { choices(&app, draft) }
                    if let Some(written) = &written { { actions(&app, written) } }
                </section>
            </div>
            <div class="partnership-main">
                { waiting(&app, &job) }
                if let Some(written) = &written { { sheet(&app, written, Some(&pen)) } }
            </div>
        </div>
    }
}

/// The paper as the report shows it: to read, below the report's own heading.
#[component(AgreementPaper)]
pub fn agreement_paper() -> Html {
    let app = use_app();
    let job = use_draft(&app);
    html! { <>
        { waiting(&app, &job) }
        if let Some(draft) = drafted(&job) { { sheet(&app, &paper(&app, draft), None) } }
    </> }
}

/// Asks for the draft that the plan and what was chosen ask for.
#[hook]
fn use_draft(app: &App) -> Job {
    let key = (start_day(app), app.state().scenario.partnership.agreement.of_type);
    use_job(app, Some(key), |(start, of_type), scenario| Request::Agreement {
        scenario,
        start: start.clone(),
        of_type: *of_type,
    })
}

fn drafted(job: &Job) -> Option<&Draft> {
    match job.response.as_deref() {
        Some(Response::Agreement(draft)) => Some(draft),
        _ => None,
    }
}

/// The day it begins: the one chosen, else today.
fn start_day(app: &App) -> String {
    let chosen = app.state().scenario.partnership.agreement.start.clone();
    chosen
        .filter(|day| Day::parse(day).is_ok())
        .unwrap_or_else(intl::today_iso)
}

/// That the draft is on its way, or why it does not come.
fn waiting(app: &App, job: &Job) -> Html {
    if let Some(why) = &job.failed {
        return html! { <p class="card paper-failed" role="alert" id="paper-failed">{ app.say(why.clone()) }</p> };
    }
    match job.response {
        None => working(&app.say(say::paper_working())),
        Some(_) => Html::default(),
    }
}

/// Nobody makes an agreement with itself.
fn alone(app: &App) -> Html {
    let plan = &app.state().scenario.partnership;
    let Some(lead) = plan.lead.as_ref().filter(|_| plan.members.is_empty()) else {
        return Html::default();
    };
    html! {
        <section class="card paper-alone">
            <p>{ app.say(say::paper_alone(app.org_name(lead))) }</p>
            <button type="button" id="paper-find" onclick={app.on(Action::Go(View::Partners))}>{ app.say(say::partnership_find()) }</button>
        </section>
    }
}

/// Print and save.
fn actions(app: &App, written: &Paper) -> Html {
    let save = {
        let (app, text) = (app.clone(), markdown(written));
        let topic = say::paper_file().render(written.language);
        Callback::from(move |_: MouseEvent| exports::save_text(&app, &topic, &text))
    };
    html! {
        <div class="row">
            <button type="button" class="primary with-icon" id="paper-print" onclick={|_| exports::print()}>
                { icon(IconName::Print) }{ app.say(say::paper_print()) }</button>
            <button type="button" class="with-icon" id="paper-save" onclick={save}>
                { icon(IconName::Export) }{ app.say(say::paper_save()) }</button>
        </div>
    }
}
