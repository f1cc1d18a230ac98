//! What follows from the terms of pledges, as tables for people: conditions, schedule, layers, results.

use super::table::{Side, amount, table};
use gotong::funding::{ConditionKind, ConditionStep, FundReport};

/// Every part there is something to say about, each after an empty line.
pub fn terms_tables(report: &FundReport, digits: u32) -> String {
    let money = |minor: u64| amount(minor, digits);
    let pledge = |participant: usize| {
        report
            .participant_ids
            .get(participant)
            .cloned()
            .unwrap_or_default()
    };
    let mut text = String::new();
    if !report.conditions.is_empty() {
        let rows: Vec<Vec<String>> = report
            .conditions
            .iter()
            .map(|step| {
                vec![
                    pledge(step.participant),
                    step.kind.code().to_owned(),
                    money(step.needed_minor),
                    money(step.reached_minor),
                    money(step.gives_minor),
                    settled(step),
                ]
            })
            .collect();
        let headings = [
            ("pledge", Side::Left),
            ("condition", Side::Left),
            ("needed", Side::Right),
            ("reached", Side::Right),
            ("gives", Side::Right),
            ("", Side::Left),
        ];
        text.push('\n');
        text.push_str(&table(&headings, &rows));
    }
    if let Some(schedule) = &report.schedule {
        let rows: Vec<Vec<String>> = schedule
            .periods
            .iter()
            .enumerate()
            .map(|(place, period)| {
                let sign = if period.balance_minor < 0 { "−" } else { "" };
                let worst = if schedule.bridge_minor > 0 && place + 1 == schedule.worst_period {
                    "tightest"
                } else {
                    ""
                };
                vec![
                    (place + 1).to_string(),
                    money(period.inflow_minor),
                    money(period.outflow_minor),
                    format!("{sign}{}", money(period.balance_minor.unsigned_abs())),
                    worst.to_owned(),
                ]
            })
            .collect();
        let headings = [
            ("period", Side::Right),
            ("comes in", Side::Right),
            ("is needed", Side::Right),
            ("in hand", Side::Right),
            ("", Side::Left),
        ];
        text.push('\n');
        text.push_str(&table(&headings, &rows));
        if schedule.bridge_minor > 0 {
            let (bridge, period) = (money(schedule.bridge_minor), schedule.worst_period);
            text.push_str(&format!("\n{bridge} must be bridged in period {period}.\n"));
        }
    }
    if let Some(layers) = &report.layers {
        let mut junior = 0_u64;
        let rows: Vec<Vec<String>> = layers
            .layers
            .iter()
            .map(|layer| {
                let from = junior;
                junior = junior.saturating_add(layer.capital_minor);
                let members: Vec<String> = layer.members.iter().map(|member| pledge(member.0)).collect();
                vec![
                    layer.layer.code().to_owned(),
                    money(layer.capital_minor),
                    money(from),
                    members.join(", "),
                ]
            })
            .collect();
        let headings = [
            ("layer", Side::Left),
            ("stands for", Side::Right),
            ("loses beyond", Side::Right),
            ("pledges", Side::Left),
        ];
        text.push('\n');
        text.push_str(&table(&headings, &rows));
    }
    for payment in &report.results {
        let enough = match payment.break_even {
            Some(count) => format!("{count} pay back the {} advanced", money(payment.advance_minor)),
            None => format!("never pays back the {} advanced", money(payment.advance_minor)),
        };
        let who = payment
            .prefinanced_by
            .as_ref()
            .map_or("nobody named".to_owned(), ToString::to_string);
        text.push_str(&format!(
            "\n{}: {} a result, at most {}; {enough}; until then: {who}.\n",
            pledge(payment.participant),
            money(payment.price_minor),
            money(payment.cap_minor)
        ));
    }
    text
}

fn settled(step: &ConditionStep) -> String {
    match (step.kind, step.dropped_in) {
        (_, Some(round)) => format!("dropped in round {round}"),
        (ConditionKind::Guarantee, _) => "stands by".to_owned(),
        (ConditionKind::Match, _) if step.refunded_minor > 0 => "matched in part".to_owned(),
        _ => "holds".to_owned(),
    }
}
