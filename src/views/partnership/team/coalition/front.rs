//! Cost against coverage: what covering less would save.

use super::words::{drawn, money, names, short_money};
use crate::app::App;
use crate::components::charts::{StepPoint, step_line};
use crate::matching::coalition::CoalitionAnswer;
use crate::matching::coalition::answer::NamedFrontPoint;
use crate::text::{Message, say};
use crate::views::words::listed;
use yew::prelude::*;

/// The finding in a sentence, the steps, and the table; nothing before there are two levels to compare.
pub(super) fn front(app: &App, answer: &CoalitionAnswer) -> Html {
    // From the least share up, as the picture runs.
    let levels: Vec<(&NamedFrontPoint, u128)> = answer
        .front
        .iter()
        .rev()
        .filter_map(|point| Some((point, point.objective_minor?)))
        .collect();
    // A cost of 0 throughout says nothing.
    if levels.len() < 2 || levels.iter().all(|(_, cost)| *cost == 0) {
        return html! {};
    }
    let flat = levels.windows(2).all(|pair| pair[0].1 == pair[1].1);
    html! {
        <details class="coalition-part more" id="coalition-front">
            <summary><h3>{ app.say(say::coalition_front_title()) }</h3></summary>
            <p class="finding">{ app.say(finding(app, &levels)) }</p>
            if !flat {
                { step_line(&points(app, &levels), [FROM, 100.0], false, None) }
                <p class="meta">{ app.say(say::coalition_front_legend()) }</p>
            }
            { table(app, &levels) }
        </details>
    }
}

fn share(app: &App, percent: u8) -> String {
    app.i18n.percent(f64::from(percent) / 100.0)
}

/// Where covering more costs most; of equal steps the first from below.
fn finding(app: &App, levels: &[(&NamedFrontPoint, u128)]) -> Message {
    let rise = |pair: &[(&NamedFrontPoint, u128)]| pair[1].1.saturating_sub(pair[0].1);
    let dearest = levels
        .windows(2)
        .reduce(|best, pair| if rise(pair) > rise(best) { pair } else { best });
    match dearest {
        Some(pair) if rise(pair) > 0 => say::coalition_front_dearest(
            share(app, pair[0].0.coverage_percent),
            money(app, rise(pair)),
            share(app, pair[1].0.coverage_percent),
        ),
        _ => {
            let least = levels.first().map_or(100, |(point, _)| point.coverage_percent);
            say::coalition_front_flat(share(app, least))
        }
    }
}

/// Where the picture begins: whoever covers 50 % covers 40 %, too.
const FROM: f64 = 40.0;
/// A cost that holds over a narrower range of per cents has no room for its figure on a phone.
const ROOM: u8 = 20;

fn points(app: &App, levels: &[(&NamedFrontPoint, u128)]) -> Vec<StepPoint> {
    let last = levels.len().saturating_sub(1);
    let percent = |index: usize| levels.get(index).map_or(100, |(level, _)| level.coverage_percent);
    // A figure stands where a cost begins: below the line, so that nothing crosses it, but above at the end.
    let begins = |index: usize| index == 0 || levels[index - 1].1 != levels[index].1;
    let holds_to = |index: usize| {
        (index..=last)
            .take_while(|&at| levels[at].1 == levels[index].1)
            .last()
    };
    let wide = |index: usize| {
        let from = if index == 0 { 40 } else { percent(index - 1) };
        percent(holds_to(index).unwrap_or(index)).saturating_sub(from) >= ROOM
    };
    // The first cost is always said; then the second needs room beside it.
    let second = (1..=last).find(|&index| begins(index));
    let has_room = |index: usize| wide(index) && (Some(index) != second || wide(0));
    let point = |(index, (level, cost)): (usize, &(&NamedFrontPoint, u128))| StepPoint {
        at: f64::from(level.coverage_percent),
        height: drawn(*cost),
        label: if begins(index) && (index == 0 || index == last || has_room(index)) {
            short_money(app, *cost)
        } else {
            String::new()
        },
        below: if index == last {
            share(app, level.coverage_percent)
        } else if percent(index + 1) - level.coverage_percent >= 10 || level.coverage_percent == 90 {
            app.i18n.integer(u64::from(level.coverage_percent))
        } else {
            String::new()
        },
    };
    levels.iter().enumerate().map(point).collect()
}

fn table(app: &App, levels: &[(&NamedFrontPoint, u128)]) -> Html {
    let title = app.say(say::coalition_front_title());
    html! {
        <details class="twin" id="coalition-front-table">
            <summary>{ app.say(say::as_table()) }</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label={title}>
                <table>
                    <thead><tr>
                        <th scope="col">{ app.say(say::coalition_col_coverage()) }</th>
                        <th scope="col" class="number">{ app.say(say::coalition_col_total()) }</th>
                        <th scope="col">{ app.say(say::coalition_col_sure()) }</th>
                        <th scope="col">{ app.say(say::coalition_col_team()) }</th>
                    </tr></thead>
                    <tbody>{ for levels.iter().rev().map(|(level, cost)| html! {
                        <tr key={level.coverage_percent}>
                            <th scope="row">{ share(app, level.coverage_percent) }</th>
                            <td class="number">{ money(app, *cost) }</td>
                            <td>{ app.say(sure(level.optimal)) }</td>
                            <td>{ listed(app, &names(app, level.members.as_deref().unwrap_or_default())) }</td>
                        </tr>
                    }) }</tbody>
                </table>
            </div>
        </details>
    }
}

/// "proven" or "best found".
pub(super) fn sure(optimal: bool) -> Message {
    if optimal {
        say::coalition_sure()
    } else {
        say::coalition_unsure()
    }
}
