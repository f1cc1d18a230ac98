//! What is in the pool's account over time, as a fan: the worst time named, and what must be bridged.

use super::card::picture_card;
use super::money_words::of_twenty;
use crate::app::App;
use crate::charts::drawing::Drawing;
use crate::charts::fan::{FanMarks, FanPoint, fan};
use crate::components::charts::drawn;
use crate::components::working;
use crate::risk::{CashFutures, Futures, PeriodFutures};
use crate::text::{Message, say};
use crate::views::picture::Saved;
use yew::prelude::*;

/// Sizes of the picture: for a wide screen and for a phone.
const WIDE: [f64; 2] = [760.0, 320.0];
const NARROW: [f64; 2] = [340.0, 280.0];

/// The balance over time; how to see it, where nobody has said when money comes.
pub(super) fn fan_card(app: &App, futures: Option<&Futures>) -> Html {
    let title = app.say(say::fan_title());
    let frame = |content: Html| html! { <section class="card" id="pool-fan"><h2>{ title.clone() }</h2>{ content }</section> };
    let Some(futures) = futures else {
        return frame(working(&app.say(say::working())));
    };
    let Some(cash) = futures.cash.as_ref().filter(|cash| !cash.periods.is_empty()) else {
        return frame(html! { <p>{ app.say(say::fan_none()) }</p> });
    };
    let finding = app.say(finding(app, cash));
    let legend = app.say(say::fan_legend(
        app.say(Message::of_code("fan-step", &months(cash))).as_str(),
    ));
    let saved = Saved {
        finding: finding.to_string(),
        legend: legend.to_string(),
        drawing: drawing(app, cash, WIDE),
    };
    let picture = html! { <>
        { drawn(&saved.drawing, "over-time wide", None) }
        { drawn(&drawing(app, cash, NARROW), "over-time narrow", None) }
        <p class="meta">{ legend }</p>
    </> };
    let finding = html! { <p class="finding">{ finding }</p> };
    picture_card(app, "pool-fan", title, finding, table(app, cash), picture, saved)
}

/// Months in a period, as sentences are called for them; any other length is called a period.
fn months(cash: &CashFutures) -> String {
    match cash.period_months {
        months @ (1 | 3 | 6 | 12) => months.to_string(),
        _ => "other".to_owned(),
    }
}

/// "quarter 3".
pub(super) fn period(app: &App, cash: &CashFutures, number: u64) -> String {
    app.say(Message::of_code("fan-period", &months(cash)).with("number", number))
        .to_string()
}

/// A balance, which may be below 0.
fn signed(app: &App, minor: f64) -> String {
    let amount = app.i18n.simulated_money(minor.abs());
    if minor <= -0.5 {
        format!("−{amount}")
    } else {
        amount
    }
}

fn worst(cash: &CashFutures) -> Option<&PeriodFutures> {
    cash.periods.get(usize::from(cash.worst_period).checked_sub(1)?)
}

fn finding(app: &App, cash: &CashFutures) -> Message {
    let Some(worst) = worst(cash) else {
        return say::fan_none();
    };
    let when = period(app, cash, u64::from(cash.worst_period));
    let low = worst.balance_minor.p10;
    let often = of_twenty(app, cash.shortfall.probability);
    if low <= -0.5 {
        let (bridge, short) = (
            app.i18n.simulated_money(cash.bridge_minor.p90),
            app.i18n.simulated_money(-low),
        );
        say::fan_finding_short(bridge, often.as_str(), short, when)
    } else if cash.shortfall.probability > 0.0 {
        say::fan_finding_seldom(often.as_str(), when)
    } else {
        say::fan_finding_never(signed(app, low), when)
    }
}

fn drawing(app: &App, cash: &CashFutures, size: [f64; 2]) -> Drawing {
    let point = |(place, period): (usize, &PeriodFutures)| {
        let balance = period.balance_minor;
        FanPoint {
            label: app.i18n.integer(place as u64 + 1),
            quantiles: [balance.p5, balance.p10, balance.p50, balance.p90, balance.p95],
        }
    };
    let low = worst(cash).map_or(0.0, |worst| worst.balance_minor.p10);
    let marks = FanMarks {
        worst: usize::from(cash.worst_period).checked_sub(1),
        worst_words: app
            .say(say::fan_worst(period(app, cash, u64::from(cash.worst_period))))
            .to_string(),
        bridge_words: signed(app, low),
    };
    let points: Vec<FanPoint> = cash.periods.iter().enumerate().map(point).collect();
    fan(&points, &marks, size, &|minor| signed(app, minor))
}

fn table(app: &App, cash: &CashFutures) -> Html {
    let money = |minor: f64| html! { <td class="number">{ signed(app, minor) }</td> };
    let row = |(place, of): (usize, &PeriodFutures)| {
        html! {
            <tr>
                <th scope="row">{ period(app, cash, place as u64 + 1) }</th>
                { money(of.inflow_minor.p50) }{ money(of.outflow_minor.p50) }
                { money(of.balance_minor.p10) }{ money(of.balance_minor.p50) }{ money(of.balance_minor.p90) }
                <td>{ of_twenty(app, of.short.probability) }</td>
            </tr>
        }
    };
    let heads = [
        say::fan_column_in(),
        say::fan_column_out(),
        say::fan_column_low(),
        say::fan_column_middle(),
        say::fan_column_high(),
    ];
    html! {
        <table>
            <caption>{ app.say(say::fan_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::schedule_period()) }</th>
                { for heads.map(|head| html! { <th scope="col" class="number">{ app.say(head) }</th> }) }
                <th scope="col">{ app.say(say::fan_column_short()) }</th>
            </tr></thead>
            <tbody>{ for cash.periods.iter().enumerate().map(row) }</tbody>
        </table>
    }
}
