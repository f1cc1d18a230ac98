//! What makes working together hard or easy, what would help, and what it is worth.

mod advice;
mod benefits;
mod headline;
mod levers;
mod matrix;
mod model;
mod pair;
mod rubbing;
mod split;
mod split_words;
mod words;

use crate::app::{App, Job, use_app, use_job};
use crate::components::{empty_state, working};
use crate::domain::OrgId;
use crate::jobs::{Request, Response};
use crate::matching::cost_split::{MAX_TEAM, Method};
use crate::partnership::table::ModelRow;
use crate::partnership::{LeverComparison, MAX_PARTIES};
use crate::state::{Action, View, selectors};
use crate::text::say;
use std::rc::Rc;
use yew::prelude::*;

/// What this part keeps of its own: what is looked at, not what is planned.
pub(super) struct Looking {
    /// The pair whose parts are shown; the worst one until somebody chooses.
    pair: UseStateHandle<Option<(OrgId, OrgId)>>,
    /// The way of splitting drawn as bars.
    method: UseStateHandle<Method>,
    /// Whether the table of the model is open.
    model_open: UseStateHandle<bool>,
    /// The model's own words and formulas.
    model: Rc<Vec<ModelRow>>,
}

/// The part as a whole.
#[component(Together)]
pub fn together() -> Html {
    let app = use_app();
    let looking = Looking {
        pair: use_state(|| None),
        method: use_state(|| Method::Shapley),
        model_open: use_state(|| false),
        model: use_memo((), |()| selectors::model_table()),
    };
    let parties = app.state().scenario.partnership.members.len() + 1;
    let asked = (parties > 1 && parties <= MAX_PARTIES).then_some(());
    let judged = use_job(&app, asked, |(), scenario| Request::Together {
        scenario,
        years: None,
    });
    let asked = asked.filter(|()| parties <= MAX_TEAM);
    let split = use_job(&app, asked, |(), scenario| Request::Split { scenario });
    if parties < 2 {
        return html! {
            { empty_state(&app.say(say::together_alone_title()), &app.say(say::together_alone_hint()), html! {
                <button class="primary" id="together-find" onclick={app.on(Action::Go(View::Partners))}>{ app.say(say::partnership_find()) }</button>
            }) }
        };
    }
    html! {
        <div class="together" id="together">
            { judgement(&app, &looking, &judged, parties) }
            { split::split_card(&app, &looking, &split, parties) }
            { model::model(&app, &looking) }
        </div>
    }
}

fn judgement(app: &App, looking: &Looking, judged: &Job, parties: usize) -> Html {
    let sentence = |words: AttrValue| html! { <section class="card whole" id="together-failed"><p role="status">{ words }</p></section> };
    if parties > MAX_PARTIES {
        return sentence(app.say(say::together_too_many(MAX_PARTIES, parties)));
    }
    if let Some(failed) = &judged.failed {
        return sentence(app.say(failed.clone()));
    }
    match judged.response.as_deref() {
        Some(Response::Together(comparison)) => results(app, looking, comparison),
        _ => html! { <section class="card whole">{ working(&app.say(say::working())) }</section> },
    }
}

fn results(app: &App, looking: &Looking, comparison: &LeverComparison) -> Html {
    html! { <>
        { headline::headline(app, comparison) }
        { rubbing::rubbing(app, looking, &comparison.after) }
        { advice::advice(app, &comparison.after) }
        { levers::levers(app, looking, comparison) }
        { benefits::benefits(app, looking, comparison) }
    </> }
}
