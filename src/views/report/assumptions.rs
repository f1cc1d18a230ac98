//! What the figures rest on, so that anybody can compute them again.

use super::section::section;
use crate::app::App;
use crate::domain::Sampler;
use crate::text::{Message, say};
use yew::prelude::*;

/// Rule, draws, common shock and weights.
pub(super) fn assumptions(app: &App) -> Html {
    let scenario = &app.state().scenario;
    let futures = &scenario.futures;
    let sampler = match futures.sampler {
        Sampler::Sobol => say::sampler_sobol(),
        Sampler::Random => say::sampler_random(),
    };
    let weights = &scenario.score_weights;
    let weight = |code: &str, value: f64| {
        let name = app.say(Message::of_code("report-reason", code));
        format!("{name} {}", app.i18n.decimal(value, 2))
    };
    let weights = [
        weight("shared-goals", weights.shared_goals),
        weight("shared-region", weights.shared_region),
        weight("trust", weights.trust),
        weight("friction", -weights.friction),
        weight("duplication", -weights.duplication),
        weight("competition", -weights.competition),
    ];
    let row = |label: AttrValue, value: AttrValue| html! { <div><dt>{ label }</dt><dd>{ value }</dd></div> };
    let content = html! {
        <>
            <dl class="assumptions">
                { row(app.say(say::rule_label()), app.say(Message::of_code("rule-about", scenario.pool.rule.code()))) }
                { row(app.say(say::drawing_trials()), app.i18n.integer(u64::from(futures.trials)).into()) }
                { row(app.say(say::drawing_seed()), futures.seed.to_string().into()) }
                { row(app.say(say::drawing_sampler()), app.say(sampler)) }
                { row(app.say(say::drawing_shock()), app.i18n.percent(futures.common_shock.get()).into()) }
                { row(app.say(say::report_weights()), weights.join("; ").into()) }
            </dl>
            <p class="report-note">{ app.say(say::report_simulated()) }</p>
        </>
    };
    section("report-assumptions", app.say(say::report_assumptions()), content)
}
