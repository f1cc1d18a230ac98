//! The commands of a partnership: its team, who gives what to whom, rings, pairs, splits. Each reads a scenario, or the
//! plain form in which any solver's input can be written.

use super::arguments::TeamOptions;
use super::commands::{ask, read, scenario, shown};
use super::exchange_tables::{pairs_table, plan_table, rings_table};
use super::team_tables::{coalition_table, plain_team_table, split_table};
use super::{Failure, Output};
use gotong::domain::{ProjectId, Scenario};
use gotong::jobs::{JobError, Request, Response, ScenarioRef, answer_json};
use gotong::matching::rings::RingOptions;
use gotong::objects;
use serde::de::DeserializeOwned;

/// A file of one of these commands.
enum Read<P> {
    /// In plain form.
    Plain(P),
    /// A scenario, and what was wrong in its file.
    Scenario(Box<Scenario>, Vec<String>),
}

/// Plain if the file is a JSON object with `field` and no version.
fn file<P: DeserializeOwned>(options: &TeamOptions, field: &str) -> Result<Read<P>, Failure> {
    let bytes = read(&options.file)?;
    let json: Option<serde_json::Value> = objects::from_slice(&bytes).ok();
    let plain = json.filter(|json| json.get("version").is_none() && json.get(field).is_some());
    if plain.is_none() {
        let (scenario, warnings) = scenario(&options.file, &bytes)?;
        return Ok(Read::Scenario(Box::new(scenario), warnings));
    }
    // Read from the text, not from the value: that keeps every digit and names the line.
    objects::from_slice(&bytes)
        .map(Read::Plain)
        .map_err(|error| Failure::Usage(format!("{} cannot be read: {error}.", shown(&options.file))))
}

/// The answer in the form asked for.
fn told(
    options: &TeamOptions,
    warnings: Vec<String>,
    request: Request,
    table: impl FnOnce(&Response) -> Option<String>,
) -> Result<Output, Failure> {
    let response = ask(request)?;
    let people = if options.json { None } else { table(&response) };
    Ok(Output {
        text: people.unwrap_or_else(|| answer_json(&response)),
        warnings,
    })
}

/// The same of a plain form: what the job refuses is wrong in the file.
fn told_plain(
    options: &TeamOptions,
    request: Request,
    table: impl FnOnce(&Response) -> Option<String>,
) -> Result<Output, Failure> {
    told(options, Vec::new(), request, table).map_err(|failure| match failure {
        Failure::Job(JobError::OutOfRange { what, value }) => Failure::Usage(format!(
            "{} cannot be used: {what}: {value}.",
            shown(&options.file)
        )),
        other => other,
    })
}

fn inline(scenario: &Scenario) -> ScenarioRef {
    ScenarioRef::Inline(Box::new(scenario.clone()))
}

/// `gotong coalition`.
pub fn coalition(options: &TeamOptions) -> Result<Output, Failure> {
    match file::<gotong::matching::coalition::Input>(options, "candidates")? {
        Read::Plain(mut input) => {
            input.alpha = options.alpha.unwrap_or(input.alpha);
            input.max_size = options.max_size.map(usize::from).or(input.max_size);
            let request = Request::CoalitionPlain {
                input: Box::new(input),
                node_limit: options.node_limit,
                k_best: usize::from(options.k_best.unwrap_or(1)),
            };
            told_plain(options, request, plain_team_table)
        }
        Read::Scenario(scenario, warnings) => {
            let mut settings = scenario.partnership.coalition.clone();
            settings.alpha_minor = options.alpha.unwrap_or(settings.alpha_minor);
            settings.max_size = options.max_size.or(settings.max_size);
            settings.k_best = options.k_best.unwrap_or(settings.k_best);
            let project = match &options.project {
                Some(id) => Some(
                    ProjectId::new(id)
                        .map_err(|_| Failure::Usage("--project wants a project's id.".to_owned()))?,
                ),
                None => scenario.partnership.project.clone(),
            };
            // The first project, where nobody chose one: there is always something to look at.
            let project = project.or_else(|| scenario.projects.first().map(|project| project.id.clone()));
            let request = Request::Coalition {
                scenario: inline(&scenario),
                project,
                settings: Some(settings),
                node_limit: options.node_limit,
            };
            told(options, warnings, request, |response| {
                coalition_table(&scenario, response)
            })
        }
    }
}

/// `gotong plan`.
pub fn plan(options: &TeamOptions) -> Result<Output, Failure> {
    match file::<gotong::matching::plan::PlainInput>(options, "offers")? {
        Read::Plain(mut input) => {
            input.fair |= options.fair;
            told_plain(
                options,
                Request::PlanPlain {
                    input: Box::new(input),
                },
                |_| None,
            )
        }
        Read::Scenario(scenario, warnings) => {
            let request = Request::Plan {
                scenario: inline(&scenario),
                fair: options.fair,
            };
            told(options, warnings, request, |response| {
                plan_table(&scenario, response)
            })
        }
    }
}

/// `gotong rings`.
pub fn rings(options: &TeamOptions) -> Result<Output, Failure> {
    match file::<gotong::matching::rings::PlainRings>(options, "arcs")? {
        Read::Plain(input) => {
            let request = Request::RingsPlain {
                input,
                max_length: options.max_length,
                node_limit: options.node_limit,
            };
            told_plain(options, request, |_| None)
        }
        Read::Scenario(scenario, warnings) => {
            let own = RingOptions::default();
            let request = Request::Rings {
                scenario: inline(&scenario),
                options: RingOptions {
                    max_length: options.max_length.unwrap_or(own.max_length),
                    node_limit: options.node_limit.or(own.node_limit),
                    ..own
                },
            };
            told(options, warnings, request, |response| {
                rings_table(&scenario, response)
            })
        }
    }
}

/// `gotong pairs`.
pub fn pairs(options: &TeamOptions) -> Result<Output, Failure> {
    match file::<gotong::matching::room::PlainRoom>(options, "weights")? {
        Read::Plain(input) => {
            let request = Request::PairsPlain {
                input,
                max_cardinality: options.max_cardinality,
            };
            told_plain(options, request, |_| None)
        }
        Read::Scenario(scenario, warnings) => {
            let request = Request::Room {
                scenario: inline(&scenario),
                options: Box::default(),
            };
            told(options, warnings, request, |response| {
                pairs_table(&scenario, response)
            })
        }
    }
}

/// `gotong split`.
pub fn split(options: &TeamOptions) -> Result<Output, Failure> {
    match file::<gotong::matching::cost_split::PlainSplit>(options, "cost_of")? {
        Read::Plain(input) => told_plain(options, Request::SplitPlain { input }, |_| None),
        Read::Scenario(scenario, warnings) => {
            let request = Request::Split {
                scenario: inline(&scenario),
            };
            told(options, warnings, request, |response| {
                split_table(&scenario, response)
            })
        }
    }
}
