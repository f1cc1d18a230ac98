//! What plan this is, what to try, and other ways to begin.

use super::loading::{ACCEPT, is_blank, open_empty};
use crate::app::{App, focus_later};
use crate::browser::files::File;
use crate::cases;
use crate::components::{FileButton, IconName, icon};
use crate::state::View;
use crate::text::say;
use yew::prelude::*;

/// What the head shows and calls.
pub(super) struct Head {
    /// Opens the form of a new organisation.
    pub on_add: Callback<MouseEvent>,
    /// Takes a file.
    pub on_file: Callback<File>,
    /// Shows or hides the other plans.
    pub on_other: Callback<()>,
    /// Whether they are shown.
    pub other_open: bool,
    /// The empty state below has the buttons.
    pub empty: bool,
    /// What to try is shown at once; on a phone the list comes first and it is one tap away.
    pub about_open: bool,
}

/// Title, counts, the menu, and the plan's summary.
pub(super) fn head(app: &App, plan: &Head) -> Html {
    let scenario = &app.state().scenario;
    let title = app.text(&scenario.title);
    let title = if title.trim().is_empty() {
        app.say(say::view_organisations())
    } else {
        AttrValue::from(title)
    };
    let summary = app.text(&scenario.summary);
    let on_other = plan.on_other.reform(|_: MouseEvent| ());
    html! {
        <header class="plan-head">
            <h1 id="plan-title" tabindex="-1">{ title }</h1>
            if !is_blank(scenario) {
                <p class="meta" id="plan-counts">{ app.say(say::org_counts(scenario.organisations.len(), scenario.pledges.len(), scenario.projects.len())) }</p>
            }
            if !plan.empty {
                <div class="row plan-menu">
                    <button class="primary with-icon" id="add-organisation" onclick={plan.on_add.clone()}>
                        { icon(IconName::Plus) }{ app.say(say::org_add()) }
                    </button>
                    <FileButton id="import" label={app.say(say::import_choose())} accept={ACCEPT} on_file={plan.on_file.clone()} />
                    <button class="with-icon" id="other-plan" aria-expanded={plan.other_open.to_string()} aria-controls="other-plans" onclick={on_other}>
                        { app.say(say::org_other_plan()) }{ icon(IconName::ChevronDown) }
                    </button>
                </div>
                <p class="meta import-hint">{ app.say(say::import_hint()) }</p>
            }
            <div id="other-plans" class="other-plans" hidden={!plan.other_open || plan.empty}>
                if plan.other_open && !plan.empty {
                    <p class="meta">{ app.say(say::org_other_plan_hint()) }</p>
                    { other_plans(app, Some(&plan.on_other)) }
                }
            </div>
            if !summary.trim().is_empty() {
                <details class="about" open={plan.about_open}>
                    <summary>{ app.say(say::org_about()) }</summary>
                    <p>{ summary }</p>
                </details>
            }
        </header>
    }
}

/// The case studies, for a plan that is still empty.
pub(super) fn cases(app: &App) -> Html {
    html! {
        <section class="other-plans narrow">
            <h2>{ app.say(say::org_see_case()) }</h2>
            { other_plans(app, None) }
        </section>
    }
}

/// The case studies and, where there is something to leave behind, an empty plan. `on_close` hides them again.
fn other_plans(app: &App, on_close: Option<&Callback<()>>) -> Html {
    let done = {
        let on_close = on_close.cloned();
        move || {
            if let Some(on_close) = &on_close {
                on_close.emit(());
            }
            focus_later("plan-title");
        }
    };
    let current = app.state().scenario.case_study.clone();
    let case = |case: &'static cases::CaseStudy| {
        let (app, done) = (app.clone(), done.clone());
        let shown = current.as_deref() == Some(case.row);
        let title = case.title(app.i18n.language);
        let onclick = Callback::from(move |_: MouseEvent| {
            app.open_case(*case, View::Organisations);
            done();
        });
        html! {
            <li key={case.row}><button id={format!("open-{}", case.row)} aria-current={shown.then_some("true")} {onclick}>{ title }</button></li>
        }
    };
    let empty = {
        let (app, done) = (app.clone(), done.clone());
        Callback::from(move |_: MouseEvent| {
            open_empty(&app);
            done();
        })
    };
    html! {
        <ul class="row">
            { for cases::ALL.iter().map(case) }
            if on_close.is_some() {
                <li><button id="open-empty" onclick={empty}>{ app.say(say::org_empty_plan()) }</button></li>
            }
        </ul>
    }
}
