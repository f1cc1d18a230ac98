//! `gotong compare`: several rules on one scenario, side by side.

use super::arguments::CompareOptions;
use super::commands::{ask, read, scenario};
use super::table::{Side, amount, grouped, table};
use super::{Failure, Output};
use gotong::domain::{PoolPlan, RuleId};
use gotong::funding::{Column, ColumnFigures, Comparison};
use gotong::jobs::{Request, Response, ScenarioRef, answer_json};

/// Runs the rules asked for (all, if none are named) with the settings of the scenario.
pub fn compare(options: &CompareOptions) -> Result<Output, Failure> {
    let (scenario, warnings) = scenario(&options.file, &read(&options.file)?)?;
    let digits = scenario.base_currency.minor_digits();
    let own = scenario.pool.clone();
    let rules: &[RuleId] = if options.rules.is_empty() {
        &RuleId::ALL
    } else {
        &options.rules
    };
    let plans = rules.iter().map(|&rule| PoolPlan { rule, ..own.clone() });
    let response = ask(Request::Compare {
        plans: plans.collect(),
        scenario: ScenarioRef::Inline(Box::new(scenario)),
    })?;
    let text = match &response {
        Response::Compared(comparison) if !options.json => compare_table(comparison, digits),
        other => answer_json(other),
    };
    Ok(Output { text, warnings })
}

/// Projects by rules, the figures of each rule below, and how alike they are.
fn compare_table(comparison: &Comparison, digits: u32) -> String {
    let mut headings = vec![("project", Side::Left)];
    let codes = comparison.columns.iter().map(|column| column.plan.rule.code());
    headings.extend(codes.map(|code| (code, Side::Right)));
    let cells = |value: &dyn Fn(&ColumnFigures) -> String| -> Vec<String> {
        let cell = |column: &Column| column.figures.as_ref().map_or_else(|| "–".to_owned(), value);
        comparison.columns.iter().map(cell).collect()
    };
    let row = |name: &str, value: &dyn Fn(&ColumnFigures) -> String| {
        let mut row = vec![name.to_owned()];
        row.extend(cells(value));
        row
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (project, id) in comparison.project_ids.iter().enumerate() {
        rows.push(row(id, &|figures| match figures.granted_minor.get(project) {
            Some(&granted) if figures.selected.contains(&project) => amount(granted, digits),
            _ => "–".to_owned(),
        }));
    }
    rows.push(row("spent", &|figures| amount(figures.spent_minor, digits)));
    rows.push(row("with nothing", &|figures| grouped(figures.with_nothing)));
    rows.push(row("largest funder", &|figures| {
        let largest = figures.largest_funder.as_ref();
        largest.map_or_else(|| "–".to_owned(), |(_, share)| format!("{:.1} %", share * 100.0))
    }));
    rows.push(row("Gini", &|figures| {
        figures
            .gini
            .map_or_else(|| "–".to_owned(), |gini| format!("{gini:.3}"))
    }));
    rows.push(row("reached", &|figures| grouped(figures.reached)));
    let mut text = table(&headings, &rows);
    let name = |column: usize| {
        let found = comparison.columns.get(column);
        found.map_or("", |column| column.plan.rule.code()).to_owned()
    };
    for column in &comparison.columns {
        if let Some(error) = &column.refused {
            text.push_str(&format!(
                "\n{} cannot be run here: {error}\n",
                column.plan.rule.code()
            ));
        }
    }
    if !comparison.agreement.is_empty() {
        let share = |share: f64| format!("{:.1} %", share * 100.0);
        let pairs = comparison.agreement.iter().map(|pair| {
            vec![
                name(pair.columns[0]),
                name(pair.columns[1]),
                share(pair.money),
                share(pair.projects),
            ]
        });
        let headings = [
            ("rule", Side::Left),
            ("other rule", Side::Left),
            ("money alike", Side::Right),
            ("projects in common", Side::Right),
        ];
        text.push('\n');
        text.push_str(&table(&headings, &pairs.collect::<Vec<_>>()));
    }
    text
}
