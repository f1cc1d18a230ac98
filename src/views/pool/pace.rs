//! How a long run of futures gets on: how far it is, how long it still takes on this device, a way to stop it; and who
//! computes.

use crate::app::{App, workers_here};
use crate::components::working_at;
use crate::domain::{FutureSettings, Sampler};
use crate::jobs::{JobId, Pace};
use crate::risk::Futures;
use crate::state::{Action, Said};
use crate::text::say;
use yew::prelude::*;

/// Shorter runs are over before a sentence about them is read.
const WORTH_SAYING_S: f64 = 2.0;

/// What is said while the `futures` on screen are not complete (none: not even begun).
pub(super) fn waiting(app: &App, futures: Option<&Futures>) -> Html {
    let revision = app.state().revision;
    let pace = app.state().answers.pace.filter(|(_, of, _)| *of == revision);
    let pace = pace.map(|(job, _, pace)| (job, pace));
    if let (Some(futures), Some((_, Pace { workers: 0, .. }))) = (futures, pace) {
        let (done, total) = (u64::from(futures.trials_done), u64::from(futures.settings.trials));
        return html! { <p class="meta" role="status" id="pool-stopped">{ app.say(say::pace_stopped(done, total)) }</p> };
    }
    let progress = futures.map(|futures| {
        let total = futures.settings.trials;
        let left = pace.map_or(total, |(_, pace)| pace.left);
        (
            total.saturating_sub(left).max(futures.trials_done).into(),
            total.into(),
        )
    });
    html! { <>
        { working_at(&app.say(say::working()), progress) }
        if let Some((job, pace)) = pace.filter(|_| futures.is_some()) { { long_run(app, job, pace) } }
    </> }
}

/// How long it still takes, if that is worth saying, and the way to stop.
fn long_run(app: &App, job: JobId, pace: Pace) -> Html {
    let seconds = f64::from(pace.left) / pace.per_second.max(1.0);
    if seconds < WORTH_SAYING_S {
        return html! {};
    }
    let stop = {
        let app = app.clone();
        let stopped = Pace { workers: 0, ..pace };
        Callback::from(move |_: MouseEvent| {
            app.engine.cancel(job);
            app.dispatch(Action::Answered(job, app.state().revision, Said::Pace(stopped)));
        })
    };
    html! {
        <p class="meta" id="pool-pace">
            { app.say(say::pace_left(seconds_of(app, seconds))) }{ " " }
            <button type="button" class="link" id="pool-stop" onclick={stop}>{ app.say(say::pace_stop()) }</button>
        </p>
    }
}

/// Who computes, how long as many futures as are asked for take here, and what was lost on the way.
pub(super) fn assumptions(app: &App) -> Html {
    let latest = app.state().answers.pace.map(|(_, _, pace)| pace);
    let workers = workers_here().max(1);
    let seconds = latest.filter(|pace| pace.per_second > 0.0).map(|pace| {
        let asked = counted(&app.state().scenario.futures);
        asked / pace.per_second
    });
    let lost = latest.map_or(0, |pace| pace.lost);
    html! { <>
        <p class="meta" id="futures-workers">
            { app.say(say::pace_workers(workers)) }
            if let Some(seconds) = seconds { { " " }{ app.say(say::pace_takes(seconds_of(app, seconds))) } }
        </p>
        if lost > 0 { <p class="meta" id="futures-lost">{ app.say(say::pace_lost(u64::from(lost))) }</p> }
    </> }
}

/// How many futures these settings come to.
fn counted(settings: &FutureSettings) -> f64 {
    let trials = match settings.sampler {
        Sampler::Sobol => settings
            .trials
            .checked_next_power_of_two()
            .unwrap_or(settings.trials),
        Sampler::Random => settings.trials,
    };
    f64::from(trials)
}

/// Seconds as a reader says them: tenths below ten.
fn seconds_of(app: &App, seconds: f64) -> String {
    app.i18n.decimal(seconds, usize::from(seconds < 10.0))
}
