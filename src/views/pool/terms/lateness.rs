//! How late a pledge may come, and whether its funder may leave.

use crate::app::App;
use crate::components::{NumberField, PercentField};
use crate::domain::{Pledge, Probability, Reliability};
use crate::state::Edit;
use crate::text::say;
use yew::prelude::*;

/// Periods late on average, where nobody has said: the least there is.
const LATE_BY: f64 = 1.0;
/// As many periods are looked at, at most.
const MOST_PERIODS: u64 = 120;

/// The two chances, and the mean delay once the first is not 0.
pub(super) fn lateness_fields(app: &App, pledge: &Pledge) -> Html {
    let id = format!("pledge-{}", pledge.id);
    let (chance, mean) = pledge.reliability.delay.unwrap_or((0.0, LATE_BY));
    let on_chance = put(app, pledge, move |reliability, chance: f64| {
        reliability.delay = (chance > 0.0).then_some((chance, mean));
    });
    let on_mean = put(app, pledge, move |reliability, periods: Option<u64>| {
        if let Some(periods) = periods.filter(|periods| (1..=MOST_PERIODS).contains(periods)) {
            reliability.delay = Some((chance, periods as f64));
        }
    });
    let on_leaves = put(app, pledge, |reliability, share: f64| {
        if let Ok(chance) = Probability::new(share) {
            reliability.withdrawal = chance;
        }
    });
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "1 to 120 periods; the field is for whole ones"
    )]
    let periods = mean.round().clamp(1.0, 120.0) as u64;
    html! { <>
        <PercentField id={format!("{id}-late")} label={app.say(say::terms_late())} value={chance} on_change={on_chance} />
        if chance > 0.0 {
            <NumberField id={format!("{id}-late-by")} label={app.say(say::terms_late_by())} value={periods}
                min={1} max={MOST_PERIODS} on_change={on_mean} />
        }
        <PercentField id={format!("{id}-leaves")} label={app.say(say::terms_leaves())}
            value={pledge.reliability.withdrawal.get()} on_change={on_leaves} hint={app.say(say::terms_leaves_hint())} />
    </> }
}

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
