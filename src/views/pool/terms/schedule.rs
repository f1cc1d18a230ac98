//! When money comes and when it is needed: bars a period, the balance as a line, the table for all.

use crate::app::App;
use crate::charts::coordinate;
use crate::charts::scale::LinearScale;
use crate::funding::{FundReport, PeriodFlow, Schedule};
use crate::text::say;
use crate::views::pool::card::picture_card;
use yew::prelude::*;

const HEIGHT: f64 = 120.0;
const PERIOD: f64 = 48.0;
const BAR: f64 = 14.0;

/// The card; nothing where nobody states when.
pub(in crate::views::pool) fn schedule_card(app: &App, report: &FundReport) -> Html {
    let Some(schedule) = &report.schedule else {
        return html! {};
    };
    let period = app.i18n.integer(schedule.worst_period as u64);
    let sentence = if schedule.bridge_minor > 0 {
        say::schedule_finding_bridge(app.i18n.compact_money(schedule.bridge_minor), period)
    } else {
        say::schedule_finding_none()
    };
    let finding = html! { <p class="finding">{ app.say(sentence) }</p> };
    let legend = html! {
        <p class="meta schedule-legend">
            <span class="in">{ app.say(say::schedule_in()) }</span>
            <span class="out">{ app.say(say::schedule_out()) }</span>
            <span class="balance">{ app.say(say::schedule_balance()) }</span>
        </p>
    };
    let picture = html! { <>{ picture(app, schedule) }{ legend }</> };
    picture_card(
        app,
        "pool-schedule",
        app.say(say::schedule_title()),
        finding,
        table(app, schedule),
        picture,
    )
}

/// Decoration: the finding and the table say the same.
fn picture(app: &App, schedule: &Schedule) -> Html {
    let extremes = |period: &PeriodFlow| {
        [
            period.inflow_minor as f64,
            period.outflow_minor as f64,
            period.balance_minor as f64,
        ]
    };
    let all = || schedule.periods.iter().flat_map(extremes);
    let (low, high) = (all().fold(0.0, f64::min), all().fold(1.0, f64::max));
    let scale = LinearScale::new([low, high], [HEIGHT - 18.0, 6.0]);
    let zero = scale.position(0.0);
    let width = PERIOD * schedule.periods.len() as f64;
    let bar = |class: &'static str, x: f64, minor: u64| {
        let top = scale.position(minor as f64);
        html! { <rect {class} x={coordinate(x)} y={coordinate(top)} width={coordinate(BAR)} height={coordinate(zero - top)} /> }
    };
    let middle = |place: usize| PERIOD * (place as f64 + 0.5);
    let points: Vec<String> = schedule
        .periods
        .iter()
        .enumerate()
        .map(|(place, period)| {
            let y = scale.position(period.balance_minor as f64);
            format!("{},{}", coordinate(middle(place)), coordinate(y))
        })
        .collect();
    // The last balance is 0 by nature: only where something must be bridged is a period the worst.
    let worst = (schedule.bridge_minor > 0).then(|| schedule.worst_period.wrapping_sub(1));
    html! {
        <svg class="schedule-picture" viewBox={format!("0 0 {} {HEIGHT}", coordinate(width))} aria-hidden="true" focusable="false">
            { for schedule.periods.iter().enumerate().map(|(place, period)| html! { <>
                { bar("in", middle(place) - BAR - 1.0, period.inflow_minor) }
                { bar("out", middle(place) + 1.0, period.outflow_minor) }
                <text x={coordinate(middle(place))} y={coordinate(HEIGHT - 3.0)} class={(Some(place) == worst).then_some("worst")}>
                    { app.i18n.integer(place as u64 + 1) }</text>
            </> }) }
            <line class="axis" x1="0" x2={coordinate(width)} y1={coordinate(zero)} y2={coordinate(zero)} />
            <polyline class="balance" points={points.join(" ")} />
        </svg>
    }
}

fn table(app: &App, schedule: &Schedule) -> Html {
    html! {
        <table>
            <caption>{ app.say(say::schedule_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::schedule_period()) }</th>
                <th scope="col" class="number">{ app.say(say::schedule_in()) }</th>
                <th scope="col" class="number">{ app.say(say::schedule_out()) }</th>
                <th scope="col" class="number">{ app.say(say::schedule_balance()) }</th>
            </tr></thead>
            <tbody>{ for schedule.periods.iter().enumerate().map(|(place, period)| html! {
                <tr>
                    <th scope="row">{ app.i18n.integer(place as u64 + 1) }</th>
                    <td class="number">{ app.i18n.money(period.inflow_minor) }</td>
                    <td class="number">{ app.i18n.money(period.outflow_minor) }</td>
                    <td class="number">{ app.i18n.signed_money(period.balance_minor) }</td>
                </tr>
            }) }</tbody>
        </table>
    }
}
