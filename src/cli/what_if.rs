//! `gotong simulate --cards …` and `--indices`: what changes under the same random numbers, and what causes the doubt.

use super::arguments::SimulateOptions;
use super::commands::{ask, chosen, plain_plan, scenario, shown};
use super::table::{Side, amount_of, grouped, table};
use super::{Failure, Output};
use gotong::jobs::{Request, Response, ScenarioRef, answer_json};
use gotong::partnership::{CardLine, WhatIf};
use gotong::risk::{Contrast, IndexedFigure, Indices};

/// Runs the question asked over the scenario in `bytes`.
pub fn what_if(options: &SimulateOptions, bytes: &[u8]) -> Result<Output, Failure> {
    if plain_plan(options, bytes)?.is_some() {
        let name = shown(&options.file);
        return Err(Failure::Usage(format!(
            "{name} is a plain plan: --cards and --indices want a scenario."
        )));
    }
    let (scenario, warnings) = scenario(&options.file, bytes)?;
    let digits = scenario.base_currency.minor_digits();
    let mut pool = scenario.pool.clone();
    pool.rule = options.rule.unwrap_or(pool.rule);
    let settings = Some(chosen(scenario.futures, options));
    let scenario = ScenarioRef::Inline(Box::new(scenario));
    let response = ask(if options.indices {
        Request::Indices {
            scenario,
            settings,
            pool: Some(pool),
        }
    } else {
        Request::WhatIf {
            scenario,
            cards: options.cards.clone(),
            pool_pays: true,
            settings,
            pool: Some(pool),
        }
    })?;
    let text = match &response {
        Response::WhatIf(answer) if !options.json => cards_table(answer, digits),
        Response::Indices(answer) if !options.json => indices_table(answer, digits),
        other => answer_json(other),
    };
    Ok(Output { text, warnings })
}

const HEADINGS: [(&str, Side); 5] = [
    ("", Side::Left),
    ("before", Side::Right),
    ("after", Side::Right),
    ("difference", Side::Right),
    ("error", Side::Right),
];

fn cards_table(answer: &WhatIf, digits: u32) -> String {
    let mut text = format!(
        "{} futures before and after\n",
        grouped(answer.trials_done.into())
    );
    for line in std::iter::once(&answer.together).chain(&answer.alone) {
        text.push_str(&format!("\n{}\n", line_name(line)));
        if line.effort.days > 0.0 {
            text.push_str(&format!(
                "levers: {:.0} person-days a year, {:.2} % of every pledge; chances to slip × {:.3}\n",
                line.effort.days,
                f64::from(line.overhead_basis_points) / 100.0,
                line.default_ratio
            ));
        }
        text.push_str(&table(&HEADINGS, &rows(line, digits)));
    }
    text
}

fn line_name(line: &CardLine) -> String {
    let names: Vec<String> = line.cards.iter().map(ToString::to_string).collect();
    names.join(" + ")
}

fn rows(line: &CardLine, digits: u32) -> Vec<Vec<String>> {
    let paired = &line.paired;
    let percent = |value: f64| format!("{:.1} %", 100.0 * value);
    let number = |value: f64| format!("{value:.2}");
    let money = |value: f64| {
        let sign = if value <= -0.5 { "-" } else { "" };
        format!("{sign}{}", amount_of(value.abs(), digits))
    };
    let row = |name: &str, contrast: &Contrast, shown: &dyn Fn(f64) -> String| {
        let difference = if contrast.is_clear() {
            shown(contrast.difference)
        } else {
            "no clear difference".to_owned()
        };
        vec![
            name.to_owned(),
            shown(contrast.before),
            shown(contrast.after),
            difference,
            format!("± {}", shown(contrast.standard_error)),
        ]
    };
    let mut rows = vec![
        row("plan holds", &paired.plan_holds, &percent),
        row("projects funded", &paired.funded, &number),
        row("money received", &paired.received_minor, &money),
        row("short of paper", &paired.shortfall_minor, &money),
        row("short of real cost", &paired.gap_minor, &money),
    ];
    if let (Some(short), Some(bridge)) = (&paired.short, &paired.bridge_minor) {
        rows.push(row("bridge needed", short, &percent));
        rows.push(row("bridge", bridge, &money));
    }
    let projects = paired.projects.iter();
    rows.extend(projects.map(|project| row(&project.id, &project.funded, &percent)));
    rows
}

fn indices_table(answer: &Indices, digits: u32) -> String {
    let mut text = format!(
        "{} points, {} re-runs of the rule\n",
        grouped(answer.points_done.into()),
        grouped(answer.runs)
    );
    for figure in &answer.figures {
        let name = match figure.figure {
            IndexedFigure::Funded => "projects funded",
            IndexedFigure::Received => "money received",
            IndexedFigure::Gap => "short of real cost",
        };
        let spread = figure.variance.sqrt();
        let (mean, spread) = if figure.figure == IndexedFigure::Funded {
            (format!("{:.2}", figure.mean), format!("{spread:.2}"))
        } else {
            (amount_of(figure.mean, digits), amount_of(spread, digits))
        };
        text.push_str(&format!(
            "\n{name}: mean {mean}, standard deviation {spread}, explained one by one {:.0} %\n",
            100.0 * figure.alone.value
        ));
        let share = |value: f64, error: f64| format!("{:.3} ± {:.3}", value, error);
        let rows: Vec<Vec<String>> = figure
            .drivers
            .iter()
            .map(|driver| {
                vec![
                    driver.id.clone(),
                    share(driver.first.value, driver.first.standard_error),
                    share(driver.total.value, driver.total.standard_error),
                ]
            })
            .collect();
        let headings = [
            ("what causes the doubt", Side::Left),
            ("alone", Side::Right),
            ("with others", Side::Right),
        ];
        text.push_str(&table(&headings, &rows));
    }
    text
}
