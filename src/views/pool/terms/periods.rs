//! How long a period is, how many are looked at, and what is in the account before the first.

use crate::app::App;
use crate::components::{AmountField, NumberField, SelectField};
use crate::domain::{FutureSettings, MAX_PERIODS};
use crate::state::Edit;
use crate::text::{Message, say};
use yew::prelude::*;

/// The settings of time, folded away until somebody asks.
pub(in crate::views::pool) fn periods(app: &App) -> Html {
    let settings = app.state().scenario.futures;
    let put = {
        let app = app.clone();
        move |settings: FutureSettings| app.edit(Edit::SetFutures(settings))
    };
    let on_length = {
        let put = put.clone();
        Callback::from(move |months: String| {
            let period_months = months.parse().unwrap_or(0);
            put(FutureSettings {
                period_months,
                ..settings
            });
        })
    };
    let on_count = {
        let put = put.clone();
        Callback::from(move |count: Option<u64>| {
            let periods = count.and_then(|count| u16::try_from(count).ok()).unwrap_or(0);
            put(FutureSettings { periods, ..settings });
        })
    };
    let on_opening = Callback::from(move |minor: Option<u64>| {
        let opening_minor = minor.unwrap_or(0);
        put(FutureSettings {
            opening_minor,
            ..settings
        });
    });
    let lengths = FutureSettings::PERIOD_MONTHS.into_iter().map(|months| {
        let months = months.to_string();
        (
            AttrValue::from(months.clone()),
            app.say(Message::of_code("periods-length", &months)),
        )
    });
    let lengths: Vec<_> = std::iter::once((AttrValue::from("0"), app.say(say::periods_length_none())))
        .chain(lengths)
        .collect();
    let count = match settings.periods {
        0 => FutureSettings::DEFAULT_PERIODS,
        periods => periods,
    };
    html! {
        <details class="card whole drawing" id="pool-periods">
            <summary>{ app.say(say::periods_title()) }</summary>
            <p class="meta">{ app.say(say::periods_about()) }</p>
            <div class="fields">
                <SelectField id="futures-period" label={app.say(say::periods_length())} options={lengths}
                    value={settings.period_months.to_string()} on_change={on_length} />
                <NumberField id="futures-periods" label={app.say(say::periods_count())} value={u64::from(count)} min={1}
                    max={MAX_PERIODS as u64} on_change={on_count} hint={app.say(say::periods_count_hint())} />
                <AmountField id="futures-opening" label={app.say(say::periods_opening())}
                    value={Some(settings.opening_minor).filter(|&minor| minor > 0)} on_change={on_opening} />
            </div>
        </details>
    }
}
