//! How alike two rules are: a square for each two, darker where they place more of the money alike.

use super::super::card::picture_card;
use super::rule_at;
use crate::app::App;
use crate::charts::drawing::{Anchor, Drawing, Ink, Look, Type};
use crate::components::charts::drawn;
use crate::funding::{Agreement, Comparison};
use crate::text::say;
use crate::views::picture::Saved;
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
    let (title, names) = (app.say(say::compare_agreement()), names(app, comparison));
    let numbered = names
        .iter()
        .enumerate()
        .map(|(place, name)| format!("{} {name}", place + 1));
    let saved = Saved {
        finding: finding.to_string(),
        legend: numbered.collect::<Vec<_>>().join(" · "),
        drawing: picture(app, comparison),
    };
    let finding = html! { <p class="finding">{ finding }</p> };
    let drawing = html! { <>
        <div class="agreement">
            { drawn(&saved.drawing, "agreement-picture", None) }
            <ol>{ for names.iter().map(|name| html! { <li>{ name }</li> }) }</ol>
        </div>
        <p class="meta">{ app.say(say::compare_agreement_about()) }</p>
    </> };
    picture_card(
        app,
        "compare-agreement",
        title,
        finding,
        table(app, comparison),
        drawing,
        saved,
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

fn picture(app: &App, comparison: &Comparison) -> Drawing {
    let ran = ran(comparison);
    let extent = EDGE + SIDE * ran.len() as f64;
    let at = |place: usize| EDGE + SIDE * place as f64;
    let of = |a: usize, b: usize| {
        let pair = [a.min(b), a.max(b)];
        let found = comparison.agreement.iter().find(|known| known.columns == pair);
        found.map_or(1.0, |known| known.money)
    };
    let mut drawing = Drawing::new(extent, extent);
    let number = Type::NOTE.sized(12.5).from(Anchor::Middle);
    for (place, column) in ran.iter().enumerate() {
        let (words, middle) = ((place + 1).to_string(), at(place) + SIDE / 2.0);
        drawing.text([middle, EDGE - 9.0], &words, number);
        drawing.text([EDGE / 2.0, middle + 5.0], &words, number);
        for (row, other) in ran.iter().enumerate() {
            let share = of(*other, *column);
            let (x, y) = (at(place), at(row));
            let look = Look::fill(Ink::Accent).faint(0.08 + 0.92 * share);
            drawing.rect([x + 1.0, y + 1.0], [SIDE - 2.0, SIDE - 2.0], look);
            // From the middle on, light figures read better on the dark square.
            let ink = if share > 0.5 { Ink::AccentInk } else { Ink::Ink };
            let figure = Type::NAME.from(Anchor::Middle).in_ink(ink);
            drawing.text(
                [x + SIDE / 2.0, y + SIDE / 2.0 + 5.0],
                &app.i18n.percent(share),
                figure,
            );
        }
    }
    drawing
}

/// The names of the numbers.
fn names(app: &App, comparison: &Comparison) -> Vec<String> {
    ran(comparison)
        .into_iter()
        .map(|column| rule_at(app, comparison, column).to_string())
        .collect()
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
