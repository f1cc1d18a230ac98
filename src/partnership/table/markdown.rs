//! The table as the text of `docs/model.md`.

use super::{ModelRow, lever_table, model_table};
use crate::partnership::{Change, ParameterId};
use std::fmt::Write as _;

const HEAD: &str = "\
# Parameters of the model

Written from the constants the code uses; `tests/partnership.rs` fails when this file lags behind
(`GOTONG_WRITE_DOCS=1 cargo test --test partnership` writes it anew). **Illustrative** marks a choice without a source: it
shows how things hang together, not how large they are. Definitions: [matching.md](matching.md),
[funding.md](funding.md), [risk.md](risk.md), [partnership.md](partnership.md).
";

/// The text of `docs/model.md`.
pub fn markdown() -> String {
    let table = model_table();
    let mut text = HEAD.to_owned();
    for (room, title) in [
        ("matching", "Matching"),
        ("funding", "Pooled funding"),
        ("risk", "Simulated futures"),
        ("partnership", "Partnership"),
    ] {
        let rows: Vec<_> = table.iter().filter(|row| row.room == room).collect();
        let _ = write!(
            text,
            "\n## {title}\n\n| symbol | meaning | Indonesian | formula | unit | source |\n|---|---|---|---|---|---|\n"
        );
        for row in rows.iter().filter(|row| row.formula.is_some()) {
            let formula = row.formula.as_deref().unwrap_or_default();
            line(
                &mut text,
                &[
                    &row.symbol,
                    &row.meaning.en,
                    &row.meaning.id,
                    formula,
                    &row.unit,
                    &row.source,
                ],
            );
        }
        text.push_str("\n| symbol | code | meaning | Indonesian | unit | default | range | levers | source |\n|---|---|---|---|---|---|---|---|---|\n");
        for row in rows.iter().filter(|row| row.formula.is_none()) {
            let default = row.default.map(figure).unwrap_or_default();
            let range = row
                .range
                .map(|(least, most)| format!("{} to {}", figure(least), figure(most)));
            let range = range.unwrap_or_else(|| "fixed".to_owned());
            let levers = levers(row);
            line(
                &mut text,
                &[
                    &row.symbol,
                    &row.code,
                    &row.meaning.en,
                    &row.meaning.id,
                    &row.unit,
                    &default,
                    &range,
                    &levers,
                    &row.source,
                ],
            );
        }
    }
    text.push_str("\n## Levers\n\nCost in person-days a year, times the day rate. ×: factor; +: addition; the second table says how far levers together go. All illustrative.\n\n");
    text.push_str("| lever | name | Indonesian | days a year | effects |\n|---|---|---|---|---|\n");
    for (name, row) in lever_table() {
        let effect = |effect: &crate::partnership::Effect| {
            format!("{} {}", effect.parameter.spec().symbol, change(effect.change))
        };
        let effects: Vec<_> = row.effects.iter().map(effect).collect();
        line(
            &mut text,
            &[
                row.lever.row(),
                &name.en,
                &name.id,
                &row.days_per_year.to_string(),
                &effects.join(", "),
            ],
        );
    }
    text.push_str("\n| symbol | without levers | with all at most |\n|---|---|---|\n");
    for id in ParameterId::ALL {
        let spec = id.spec();
        if (spec.lever_bound - spec.default).abs() > 0.0 {
            line(
                &mut text,
                &[spec.symbol, &figure(spec.default), &figure(spec.lever_bound)],
            );
        }
    }
    text
}

fn line(text: &mut String, cells: &[&str]) {
    // A bar would end the cell.
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

fn levers(row: &ModelRow) -> String {
    let one = |effect: &super::LeverEffect| format!("{} {}", effect.lever.row(), change(effect.change));
    let all: Vec<_> = row.levers.iter().map(one).collect();
    all.join(", ")
}

fn change(change: Change) -> String {
    match change {
        Change::Times(by) => format!("× {}", figure(by)),
        Change::Plus(by) => format!("+ {}", figure(by)),
    }
}

/// A number, with thousands apart.
fn figure(value: f64) -> String {
    let plain = value.to_string();
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    if rest.is_empty() {
        grouped
    } else {
        format!("{grouped}.{rest}")
    }
}
