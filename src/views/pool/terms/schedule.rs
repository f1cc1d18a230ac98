//! When money comes and when it is needed: bars a period, the balance as a line, the table for all.

use crate::app::App;
use crate::charts::drawing::{Anchor, Drawing, Ink, Look, Type};
use crate::charts::scale::LinearScale;
use crate::components::charts::drawn;
use crate::funding::{FundReport, PeriodFlow, Schedule};
use crate::text::say;
use crate::views::picture::Saved;
use crate::views::pool::card::picture_card;
use yew::prelude::*;

/// Sizes of the picture: for a wide screen or a file, and for a phone.
const WIDE: [f64; 2] = [760.0, 220.0];
const NARROW: [f64; 2] = [340.0, 200.0];
/// A bar is no broader, and a number of a period needs so much room.
const BROADEST: f64 = 34.0;
const ROOM: f64 = 24.0;

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
    let sentence = app.say(sentence);
    let words = [say::schedule_in(), say::schedule_out(), say::schedule_balance()]
        .map(|word| app.say(word).to_string());
    let saved = Saved {
        finding: sentence.to_string(),
        legend: app
            .say(say::schedule_legend_words(&*words[2], &*words[0], &*words[1]))
            .to_string(),
        drawing: picture(app, schedule, WIDE),
    };
    let finding = html! { <p class="finding">{ sentence }</p> };
    let legend = html! {
        <p class="meta schedule-legend">
            <span class="in">{ app.say(say::schedule_in()) }</span>
            <span class="out">{ app.say(say::schedule_out()) }</span>
            <span class="balance">{ app.say(say::schedule_balance()) }</span>
        </p>
    };
    let picture = html! { <>
    { drawn(&saved.drawing, "over-time wide", None) }
    { drawn(&picture(app, schedule, NARROW), "over-time narrow", None) }
    { legend }</> };
    picture_card(
        app,
        "pool-schedule",
        app.say(say::schedule_title()),
        finding,
        table(app, schedule),
        picture,
        saved,
    )
}

/// In and out as bars a period, the balance as a line.
fn picture(app: &App, schedule: &Schedule, [width, height]: [f64; 2]) -> Drawing {
    let extremes = |period: &PeriodFlow| {
        [
            period.inflow_minor as f64,
            period.outflow_minor as f64,
            period.balance_minor as f64,
        ]
    };
    let all = || schedule.periods.iter().flat_map(extremes);
    let (low, high) = (all().fold(0.0, f64::min), all().fold(1.0, f64::max));
    let scale = LinearScale::new([low, high], [height - 24.0, 8.0]);
    let zero = scale.position(0.0);
    let count = schedule.periods.len().max(1);
    let slot = width / count as f64;
    let broad = (slot * 0.38).min(BROADEST);
    let middle = |place: usize| slot * (place as f64 + 0.5);
    let mut drawing = Drawing::new(width, height);
    let mut bar = |ink: Ink, x: f64, minor: u64| {
        let top = scale.position(minor as f64);
        drawing.rect([x, top], [broad, zero - top], Look::fill(ink));
    };
    for (place, period) in schedule.periods.iter().enumerate() {
        bar(Ink::Ngo, middle(place) - broad - 1.0, period.inflow_minor);
        bar(Ink::Business, middle(place) + 1.0, period.outflow_minor);
    }
    // The last balance is 0 by nature: only where something must be bridged is a period the worst.
    let worst = (schedule.bridge_minor > 0).then(|| schedule.worst_period.wrapping_sub(1));
    let every = (1..=count)
        .find(|&every| slot * every as f64 >= ROOM)
        .unwrap_or(count);
    for place in 0..schedule.periods.len() {
        let named = Some(place) == worst;
        let far = worst.is_none_or(|worst| worst.abs_diff(place) >= every);
        if named || place % every == 0 && far {
            let kind = Type::NOTE.from(Anchor::Middle);
            let kind = if named {
                kind.in_ink(Ink::Warn).strong()
            } else {
                kind
            };
            drawing.text(
                [middle(place), height - 6.0],
                &app.i18n.integer(place as u64 + 1),
                kind,
            );
        }
    }
    drawing.line([0.0, zero], [width, zero], Look::line(Ink::Strong, 1.0));
    let points: Vec<[f64; 2]> = schedule
        .periods
        .iter()
        .enumerate()
        .map(|(place, period)| [middle(place), scale.position(period.balance_minor as f64)])
        .collect();
    drawing.polyline(&points, Look::line(Ink::Ink, 2.0));
    drawing
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
