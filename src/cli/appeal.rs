//! `gotong appeal`: separate campaigns against one joint appeal.

use super::answers::name_of;
use super::arguments::TeamOptions;
use super::commands::{ask, read, scenario};
use super::table::{Side, amount, table};
use super::{Failure, Output};
use gotong::domain::Scenario;
use gotong::jobs::{Request, Response, ScenarioRef, answer_json};
use gotong::partnership::appeal::{AppealReport, Campaign};

/// Runs the command.
pub fn appeal(options: &TeamOptions) -> Result<Output, Failure> {
    let (scenario, warnings) = scenario(&options.file, &read(&options.file)?)?;
    let response = ask(Request::Appeal {
        scenario: ScenarioRef::Inline(Box::new(scenario.clone())),
    })?;
    let text = match &response {
        Response::Appeal(report) if !options.json => report_table(&scenario, report),
        other => answer_json(other),
    };
    Ok(Output { text, warnings })
}

fn report_table(scenario: &Scenario, report: &AppealReport) -> String {
    let money = |minor: f64| signed(scenario, minor);
    let row = |name: String, alone: &Campaign, share: Option<f64>, joint: &Campaign| {
        let range = |campaign: &Campaign| {
            let range = campaign.net_range_minor;
            format!("{} – {}", money(range.p10), money(range.p90))
        };
        vec![
            name,
            money(alone.net_minor),
            range(alone),
            share.map_or_else(String::new, |share| format!("{:.1} %", share * 100.0)),
            money(joint.net_minor),
            range(joint),
            money(joint.net_minor - alone.net_minor),
        ]
    };
    let parties = report.parties.iter();
    let rows = parties.map(|line| {
        row(
            name_of(scenario, &line.organisation),
            &line.alone,
            Some(line.share),
            &line.joint,
        )
    });
    let total = row("together".to_owned(), &report.alone, None, &report.joint);
    let rows: Vec<Vec<String>> = rows.chain([total]).collect();
    let headings = [
        ("", Side::Left),
        ("alone, net", Side::Right),
        ("P10 – P90", Side::Right),
        ("part", Side::Right),
        ("joint, net", Side::Right),
        ("P10 – P90", Side::Right),
        ("gain", Side::Right),
    ];
    let mut text = format!(
        "{} asks alone, {} together; {} donors are asked by several. Expected, in {}\n\n",
        report.asks_alone,
        report.asks_joint,
        report.shared_donors,
        scenario.base_currency.code()
    );
    text.push_str(&table(&headings, &rows));
    text.push_str(if report.everybody_can_gain {
        "\nSome split leaves nobody worse off than alone.\n"
    } else {
        "\nNo split leaves everybody as well off as alone.\n"
    });
    if let Some(lift) = report.break_even_lift {
        text.push_str(&format!(
            "The joint appeal is worth it from a lift of {:+.1} % (here {:+.1} %).\n",
            lift * 100.0,
            report.lift * 100.0
        ));
    }
    if report.asks_joint < report.donors.len() {
        let open = report.donors.len() - report.asks_joint;
        text.push_str(&format!(
            "{open} donors are not counted: nobody said what they give, or nobody asks them.\n"
        ));
    }
    text
}

/// An amount that may be negative, rounded to the minor unit.
fn signed(scenario: &Scenario, minor: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and is not negative"
    )]
    let whole = minor.abs().round() as u64;
    let figure = amount(whole, scenario.base_currency.minor_digits());
    if minor < 0.0 && whole > 0 {
        format!("−{figure}")
    } else {
        figure
    }
}
