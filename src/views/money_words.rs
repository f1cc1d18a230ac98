//! Words about funders, projects and chances that the pool and the report share.

use crate::app::App;
use crate::charts::dots::frequency;
use crate::components::sector_class;
use crate::domain::{FundingSource, Pledge};
use crate::funding::FundReport;
use crate::risk::Estimate;
use crate::text::{Message, say};
use yew::AttrValue;

/// The pledge of a report's participant.
pub(super) fn pledge<'a>(app: &'a App, id: &str) -> Option<&'a Pledge> {
    app.state()
        .scenario
        .pledges
        .iter()
        .find(|pledge| pledge.id.as_str() == id)
}

/// Who gives a pledge: the organisation, with the kind of money where it gives several.
pub(super) fn funder_name(app: &App, pledge_id: &str) -> String {
    let Some(found) = pledge(app, pledge_id) else {
        return pledge_id.to_owned();
    };
    let name = app.org_name(&found.funder);
    let pledges = &app.state().scenario.pledges;
    let several = pledges
        .iter()
        .filter(|other| other.funder == found.funder)
        .count()
        > 1;
    match (several, found.source) {
        (false, _) => name,
        (true, Some(source)) => format!("{name} ({})", app.say(source_name(source))),
        (true, None) => format!("{name} ({pledge_id})"),
    }
}

/// The class of a pledge's funder's sector.
pub(super) fn funder_class(app: &App, pledge_id: &str) -> &'static str {
    let found = pledge(app, pledge_id).and_then(|pledge| app.state().scenario.organisation(&pledge.funder));
    found.map_or("plain", |funder| sector_class(funder.sector))
}

/// What readers call a source of money.
pub(super) fn source_name(source: FundingSource) -> Message {
    Message::of_code("source", source.row())
}

/// The name of the report's project at this position.
pub(super) fn project_at(app: &App, report: &FundReport, project: usize) -> String {
    let id = report.project_ids.get(project);
    id.map_or_else(String::new, |id| app.project_name(id))
}

/// The name of the report's funder at this position.
pub(super) fn funder_at(app: &App, report: &FundReport, participant: usize) -> String {
    let id = report.participant_ids.get(participant);
    id.map_or_else(String::new, |id| funder_name(app, id))
}

/// "17 of 20"; "almost 20 of 20" where a few futures differ.
pub(super) fn of_twenty(app: &App, probability: f64) -> AttrValue {
    let frequency = frequency(probability);
    app.say(match (frequency.almost, frequency.filled) {
        (true, 0) => say::of_twenty_hardly(),
        (true, _) => say::of_twenty_almost(),
        (false, filled) => say::of_twenty(filled),
    })
}

/// "about 87.3 % (± 0.4)", with as many decimals as the standard error allows.
pub(super) fn about(app: &App, estimate: &Estimate) -> AttrValue {
    let decimals = match estimate.standard_error * 100.0 {
        error if error >= 0.5 || error == 0.0 => 0,
        error if error >= 0.05 => 1,
        _ => 2,
    };
    let percent = format!("{}%", app.i18n.decimal(estimate.probability * 100.0, decimals));
    let error = app.i18n.decimal(estimate.standard_error * 100.0, decimals.max(1));
    app.say(say::about_percent(error, percent))
}

/// How much of a project's cost was granted, in a word: "funded", "60 %", "not funded".
pub(super) fn funded_word(app: &App, granted_minor: u64, cost_minor: u64) -> AttrValue {
    match granted_minor {
        0 => app.say(say::funded_not()),
        granted if granted >= cost_minor => app.say(say::funded_whole()),
        granted => AttrValue::from(app.i18n.percent(granted as f64 / cost_minor as f64)),
    }
}
