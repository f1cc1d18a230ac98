//! What really happened, and what it says about the assumptions.

use super::{costs, promises};
use crate::app::{App, use_app, use_job};
use crate::components::{NumberField, working};
use crate::domain::{MOST_STRENGTH, Records};
use crate::jobs::{Request, Response};
use crate::state::Edit;
use crate::text::say;
use yew::prelude::*;

/// The card: what is recorded, and the assumptions brought up to date.
#[component(RecordsCard)]
pub(super) fn records_card() -> Html {
    let app = use_app();
    let records = &app.state().scenario.records;
    let any = !records.promises.is_empty() || !records.costs.is_empty();
    let job = use_job(&app, any.then_some(()), |(), scenario| Request::Calibrate {
        scenario,
    });
    let answer = match job.response.as_deref() {
        Some(Response::Calibrated(answer)) if any && job.failed.is_none() => Some(&**answer),
        _ => None,
    };
    html! {
        <section class="card whole" id="records" aria-labelledby="records-title">
            <h2 id="records-title" tabindex="-1">{ app.say(say::records_title()) }</h2>
            <p class="meta">{ app.say(say::records_about()) }</p>
            <div class="records-cols">
                <promises::NewPromise />
                <costs::NewCost />
            </div>
            if any {
                { promises::list(&app) }
                { costs::list(&app) }
                <h3 id="records-learnt">{ app.say(say::records_learnt()) }</h3>
                { strength(&app) }
                if let Some(failed) = job.failed { <p class="warn" role="alert">{ app.say(failed) }</p> }
                if let Some(answer) = answer {
                    { promises::learnt(&app, answer) }
                    { costs::learnt(&app, answer) }
                } else if job.working {
                    { working(&app.say(say::working())) }
                }
            }
        </section>
    }
}

/// How much a stated assumption is worth.
fn strength(app: &App) -> Html {
    let value = app.state().scenario.records.strength();
    let on_change = change(app, |records, figure: Option<u64>| {
        records.strength = figure.map(|figure| figure as f64);
    });
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and 1 000"
    )]
    let (value, max) = (value.clamp(1.0, MOST_STRENGTH) as u64, MOST_STRENGTH as u64);
    html! {
        <div class="records-strength">
            <NumberField id="records-strength" label={app.say(say::records_strength())} hint={app.say(say::records_strength_hint())}
                value={Some(value)} min={1} {max} {on_change} />
        </div>
    }
}

/// Changes what is recorded.
pub(super) fn change<T: 'static>(app: &App, put: impl Fn(&mut Records, T) + 'static) -> Callback<T> {
    let app = app.clone();
    Callback::from(move |value: T| {
        let mut records = app.state().scenario.records.clone();
        put(&mut records, value);
        app.edit(Edit::SetRecords(Box::new(records)));
    })
}

/// A button that takes a record away, or nothing.
pub(super) fn remove_button(app: &App, id: String, name: &str, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button class="link" {id} {onclick} aria-label={app.say(say::records_remove_named(name))}>{ app.say(say::records_remove()) }</button>
    }
}

/// "Use this", or that it is in use with the way back.
pub(super) fn adopt(app: &App, id: &str, in_use: bool, use_it: Edit, put_back: Option<Edit>) -> Html {
    let on = |edit: Edit| {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.edit(edit.clone()))
    };
    html! {
        <p class="records-adopt">
            if in_use {
                <span class="good" role="status">{ app.say(say::records_in_use()) }</span>
                if let Some(put_back) = put_back {
                    <button id={format!("{id}-back")} onclick={on(put_back)}>{ app.say(say::records_put_back()) }</button>
                }
            } else {
                <button id={format!("{id}-use")} onclick={on(use_it)}>{ app.say(say::records_use()) }</button>
            }
        </p>
    }
}
