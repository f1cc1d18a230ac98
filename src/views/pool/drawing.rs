//! How the futures are drawn: count, seed, sampler and common shock, all editable and part of the plan.

use crate::app::App;
use crate::components::{NumberField, PercentField, SelectField};
use crate::domain::{FutureSettings, Probability, Sampler};
use crate::state::Edit;
use crate::text::say;
use yew::prelude::*;

/// Fewer futures say too little; more keep a phone busy for no visible gain.
const TRIALS: [u64; 2] = [1_024, 1_048_576];

/// Whole numbers up to here survive every JSON reader.
const MOST_SEED: u64 = (1 << 53) - 1;

/// The settings of the draws, folded away until somebody asks.
pub(super) fn drawing(app: &App) -> Html {
    let settings = app.state().scenario.futures;
    let change = |make: fn(FutureSettings, u64) -> FutureSettings| {
        let app = app.clone();
        Callback::from(move |number: Option<u64>| {
            if let Some(number) = number {
                app.edit(Edit::SetFutures(make(settings, number)));
            }
        })
    };
    let on_trials = change(|settings, number| FutureSettings {
        trials: u32::try_from(number).unwrap_or(settings.trials),
        ..settings
    });
    let on_seed = change(|settings, seed| FutureSettings { seed, ..settings });
    let on_sampler = {
        let app = app.clone();
        Callback::from(move |code: String| {
            let sampler = if code == "random" {
                Sampler::Random
            } else {
                Sampler::Sobol
            };
            app.edit(Edit::SetFutures(FutureSettings { sampler, ..settings }));
        })
    };
    let on_shock = {
        let app = app.clone();
        Callback::from(move |share: f64| {
            if let Ok(common_shock) = Probability::new(share) {
                app.edit(Edit::SetFutures(FutureSettings {
                    common_shock,
                    ..settings
                }));
            }
        })
    };
    let samplers = vec![
        (AttrValue::from("sobol"), app.say(say::sampler_sobol())),
        (AttrValue::from("random"), app.say(say::sampler_random())),
    ];
    let sampler = match settings.sampler {
        Sampler::Sobol => "sobol",
        Sampler::Random => "random",
    };
    html! {
        <details class="card whole drawing" id="pool-drawing">
            <summary>{ app.say(say::drawing_title()) }</summary>
            <p class="meta">{ app.say(say::drawing_about()) }</p>
            <div class="fields">
                <NumberField id="futures-trials" label={app.say(say::drawing_trials())} value={u64::from(settings.trials)}
                    min={TRIALS[0]} max={TRIALS[1]} on_change={on_trials} hint={app.say(say::drawing_trials_hint())} />
                <NumberField id="futures-seed" label={app.say(say::drawing_seed())} value={settings.seed} max={MOST_SEED}
                    on_change={on_seed} hint={app.say(say::drawing_seed_hint())} />
                <SelectField id="futures-sampler" label={app.say(say::drawing_sampler())} options={samplers} value={sampler}
                    on_change={on_sampler} />
                <PercentField id="futures-shock" label={app.say(say::drawing_shock())} value={settings.common_shock.get()}
                    on_change={on_shock} hint={app.say(say::drawing_shock_hint())} />
            </div>
            { super::pace::assumptions(app) }
        </details>
    }
}
