//! How late a pledge may come, and whether it may be withdrawn.

use crate::app::App;
use crate::components::{NumberField, PercentField};
use crate::domain::{MAX_PERIODS, Pledge, Probability, Reliability};
use crate::state::Edit;
use crate::text::say;
use yew::prelude::*;

/// Periods late on average, where somebody has only said that it may be late.
const FIRST_MEAN: f64 = 1.0;

fn put<T: 'static>(
    app: &App,
    pledge: &Pledge,
    change: impl Fn(&mut Reliability, T) + 'static,
) -> Callback<T> {
    let (app, pledge) = (app.clone(), pledge.clone());
    Callback::from(move |value: T| {
        let mut pledge = pledge.clone();
        change(&mut pledge.reliability, value);
        app.edit(Edit::PutPledge(Box::new(pledge)));
    })
}

/// The fields; how late only where it may be.
pub(super) fn timing_fields(app: &App, pledge: &Pledge) -> Html {
    let id = format!("pledge-{}", pledge.id);
    let reliability = pledge.reliability;
    let (chance, mean) = reliability.delay.unwrap_or((0.0, FIRST_MEAN));
    let on_chance = put(app, pledge, |reliability, chance: f64| {
        let mean = reliability.delay.map_or(FIRST_MEAN, |(_, mean)| mean);
        reliability.delay = (chance > 0.0).then_some((chance, mean));
    });
    let on_mean = put(app, pledge, |reliability, periods: Option<u64>| {
        if let (Some((_, mean)), Some(periods)) = (&mut reliability.delay, periods) {
            *mean = periods as f64;
        }
    });
    let on_withdrawal = put(app, pledge, |reliability, chance: f64| {
        reliability.withdrawal = Probability::new(chance).unwrap_or_default();
    });
    // Whole periods: a mean between two of them (from a file) is shown as the nearest.
    let shown = (1..=MAX_PERIODS as u64).find(|&periods| mean < periods as f64 + 0.5);
    html! { <>
        <PercentField id={format!("{id}-late")} label={app.say(say::terms_late_chance())} value={chance} on_change={on_chance} />
        if reliability.delay.is_some() {
            <NumberField id={format!("{id}-late-by")} label={app.say(say::terms_late_periods())} value={shown} min={1}
                max={MAX_PERIODS as u64} on_change={on_mean} />
        }
        <PercentField id={format!("{id}-withdrawal")} label={app.say(say::terms_withdrawal())}
            value={reliability.withdrawal.get()} on_change={on_withdrawal} hint={app.say(say::terms_withdrawal_hint())} />
    </> }
}
