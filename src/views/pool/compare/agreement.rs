//! How alike two rules are: a square for each two, darker where they place more of the money alike.

use super::super::card::picture_card;
use super::rule_at;
use crate::app::App;
use crate::charts::coordinate;
use crate::funding::{Agreement, Comparison};
use crate::text::say;
use yew::prelude::*;

/// Side of a square in the picture's own units.
const SIDE: f64 = 56.0;
/// Room for the numbers of the rules.
const EDGE: f64 = 28.0;

/// The agreement of all rules that ran; nothing where fewer than two did.
pub(super) fn agreement(app: &App, comparison: &Comparison) -> Html {
    let pairs = &comparison.agreement;
    let most = pairs
        .iter()
        .reduce(|best, next| if next.money > best.money { next } else { best });
    let least = pairs
        .iter()
        .reduce(|worst, next| if next.money < worst.money { next } else { worst });
    let (Some(most), Some(least)) = (most, least) else {
        return Html::default();
    };
    let name = |column: usize| rule_at(app, comparison, column);
    let percent = |share: f64| app.i18n.percent(share);
    let [a, b] = most.columns.map(name);
    let [c, d] = least.columns.map(name);
    let finding = app.say(if pairs.len() == 1 {
        say::compare_agreement_finding_one(a, b, percent(most.money))
    } else {
        say::compare_agreement_finding(a, b, c, d, percent(most.money), percent(least.money))
    });
    let finding = html! { <p class="finding">{ finding }</p> };
    let title = app.say(say::compare_agreement());
    let drawing = html! { <>{ picture(app, comparison) }<p class="meta">{ app.say(say::compare_agreement_about()) }</p></> };
    picture_card(
        app,
        "compare-agreement",
        title,
        finding,
        table(app, comparison),
        drawing,
    )
}

/// The columns that ran, in order.
fn ran(comparison: &Comparison) -> Vec<usize> {
    let columns = comparison.columns.iter().enumerate();
    columns
        .filter(|(_, column)| column.figures.is_some())
        .map(|(place, _)| place)
        .collect()
}

fn picture(app: &App, comparison: &Comparison) -> Html {
    let ran = ran(comparison);
    let extent = EDGE + SIDE * ran.len() as f64;
    let at = |place: usize| EDGE + SIDE * place as f64;
    let of = |a: usize, b: usize| {
        let pair = [a.min(b), a.max(b)];
        let found = comparison.agreement.iter().find(|known| known.columns == pair);
        found.map_or(1.0, |known| known.money)
    };
    let number = |(place, x, y): (usize, f64, f64)| {
        html! { <text class="label" x={coordinate(x)} y={coordinate(y)} text-anchor="middle">{ place + 1 }</text> }
    };
    let cell = |row: usize, column: usize| {
        let share = of(ran[row], ran[column]);
        let (x, y) = (at(column), at(row));
        // From the middle on, light figures read better on the dark square.
        let class = if share > 0.5 { "light" } else { "dark" };
        html! { <>
            <rect x={coordinate(x + 1.0)} y={coordinate(y + 1.0)} width={coordinate(SIDE - 2.0)} height={coordinate(SIDE - 2.0)}
                fill="currentColor" fill-opacity={coordinate(0.08 + 0.92 * share)} />
            <text {class} x={coordinate(x + SIDE / 2.0)} y={coordinate(y + SIDE / 2.0 + 5.0)} text-anchor="middle">{ app.i18n.percent(share) }</text>
        </> }
    };
    let places = 0..ran.len();
    let cells = places
        .clone()
        .flat_map(|row| places.clone().map(move |column| (row, column)));
    let columns = places
        .clone()
        .map(|place| (place, at(place) + SIDE / 2.0, EDGE - 9.0));
    let rows = places
        .clone()
        .map(|place| (place, EDGE / 2.0, at(place) + SIDE / 2.0 + 5.0));
    html! {
        <div class="agreement">
            <svg class="agreement-picture" viewBox={format!("0 0 {0} {0}", coordinate(extent))} aria-hidden="true" focusable="false">
                { for columns.chain(rows).map(number) }
                { for cells.map(|(row, column)| cell(row, column)) }
            </svg>
            <ol>{ for ran.iter().map(|&column| html! { <li>{ rule_at(app, comparison, column) }</li> }) }</ol>
        </div>
    }
}

fn table(app: &App, comparison: &Comparison) -> Html {
    let row = |pair: &Agreement| {
        let [a, b] = pair.columns.map(|column| rule_at(app, comparison, column));
        html! {
            <tr>
                <th scope="row">{ a }</th><td>{ b }</td>
                <td class="number">{ app.i18n.percent(pair.money) }</td>
                <td class="number">{ app.i18n.percent(pair.projects) }</td>
            </tr>
        }
    };
    html! {
        <table>
            <caption>{ app.say(say::compare_agreement_table()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::compare_agreement_first()) }</th>
                <th scope="col">{ app.say(say::compare_agreement_second()) }</th>
                <th scope="col" class="number">{ app.say(say::compare_agreement_money()) }</th>
                <th scope="col" class="number">{ app.say(say::compare_agreement_projects()) }</th>
            </tr></thead>
            <tbody>{ for comparison.agreement.iter().map(row) }</tbody>
        </table>
    }
}
