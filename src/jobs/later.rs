//! The tasks of what the later steps of the page ask for: pools, files, and by way of `futures` and `partnering` the rest. On the page their code is fetched with
//! those steps ([`crate::later`]), and so is what writes and reads their answers.

use super::anytime::searching;
use super::futures::{Question, futures};
use super::resident::Study;
use super::task::{Step, StepSize, Task, once, out_of_range, over};
use super::what_if::{Asked, Cards, Shares};
use super::{ElectionReport, JobError, Request, Residents, Response};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::continuous::PlainError;
use crate::funding::{
    Explainer, FundReport, FundingError, Instance, compare, explain, report as report_of, report_instance,
};
use crate::interchange::pb::read_election;
use crate::interchange::{CsvOptions, CsvReader, Format, ImportError, import, recognise};
use crate::later::later;
use crate::objects;
use crate::risk::calibrate;
use std::sync::Arc;

later! { "10",
    /// The task of a request that [`super::start`] leaves to this file.
    pub(super) fn start(request: Request, residents: &mut Residents, size: StepSize) -> Result<Box<dyn Task>, JobError> {
        task(request, residents, size)
    }
}

later! { "11",
    /// A request as JSON.
    pub(super) fn write_request(request: &Request) -> String {
        // Nothing in a request has keys JSON cannot say; an empty text would be answered as unreadable.
        serde_json::to_string(request).unwrap_or_default()
    }
}

later! { "12",
    /// The request that [`write_request`] wrote.
    pub(super) fn read_request(json: &str) -> serde_json::Result<Request> {
        objects::from_str(json)
    }
}

later! { "13",
    /// An answer as JSON.
    pub(super) fn write_response(response: &Response) -> String {
        // Nothing in an answer has keys JSON cannot say.
        serde_json::to_string(response).unwrap_or_default()
    }
}

later! { "14",
    /// The answer that [`write_response`] wrote.
    pub(super) fn read_response(json: &str) -> serde_json::Result<Response> {
        objects::from_str(json)
    }
}

fn task(request: Request, residents: &mut Residents, size: StepSize) -> Result<Box<dyn Task>, JobError> {
    Ok(match request {
        Request::Fund { scenario, pool } => {
            let study = residents.resolve_whole(scenario)?;
            let plan = pool.unwrap_or_else(|| study.scenario.pool.clone());
            Box::new(Fund {
                study,
                plan,
                told: None,
                done: 0,
                over: false,
            })
        }
        Request::Compare { scenario, plans } => {
            let study = residents.resolve_whole(scenario)?;
            once(move || {
                let own = &study.scenario.pool;
                let all = || RuleId::ALL.map(|rule| PoolPlan { rule, ..own.clone() }).to_vec();
                let plans = if plans.is_empty() { all() } else { plans };
                Ok(Response::Compared(Box::new(compare(&study.scenario, &plans)?)))
            })
        }
        Request::FundElection { bytes, pool } => once(move || fund_election(&bytes, pool)),
        Request::FundPlain { input, rule } => once(move || {
            let rule = rule.unwrap_or_else(|| input.usual_rule());
            Ok(Response::PlainFund(Box::new(input.answer(rule)?)))
        }),
        Request::Simulate { .. } | Request::SimulatePlain { .. } => {
            let question = Question::of(request, residents)?;
            futures(question, residents, size)
        }
        Request::WhatIf {
            scenario,
            cards,
            pool_pays,
            settings,
            pool,
        } => {
            let asked = Asked::new(residents.resolve_whole(scenario)?, settings, pool);
            searching(Cards::new(asked, cards, pool_pays), size)
        }
        Request::Indices {
            scenario,
            settings,
            pool,
        } => searching(
            Shares::new(Asked::new(residents.resolve_whole(scenario)?, settings, pool)),
            size,
        ),
        Request::Calibrate { scenario } => {
            let study = residents.resolve_whole(scenario)?;
            once(move || Ok(Response::Calibrated(Box::new(calibrate(&study.scenario)))))
        }
        Request::Import { name, bytes, numbers } => {
            if recognise(&name, &bytes) == Some(Format::OrganisationsCsv) {
                let reader = CsvReader::new(&bytes, CsvOptions { numbers })?;
                let rows = size.rows.max(1);
                Box::new(ReadTable {
                    reader: Some(reader),
                    rows,
                })
            } else {
                once(move || Ok(Response::Imported(Box::new(import(&name, &bytes)?))))
            }
        }
        Request::Load { .. } | Request::Match { .. } => return super::task::start(request, residents, size),
        other => match super::partnering::task(other, residents, size)? {
            Some(task) => task,
            None => return Err(out_of_range("unknown-request", "")),
        },
    })
}

fn fund_election(bytes: &[u8], pool: Option<PoolPlan>) -> Result<Response, JobError> {
    let election = read_election(bytes)?;
    let own = election.plan();
    let mut pool = pool.or_else(|| own.clone()).unwrap_or_default();
    // Asked for by name alone, a threshold rule takes the election's own threshold.
    pool.threshold_votes = pool
        .threshold_votes
        .or(own.as_ref().and_then(|own| own.threshold_votes));
    // And equal shares its own completion and comparison.
    if let Some(own) = own.filter(|own| own.rule == pool.rule && pool.completion.is_none()) {
        pool.completion = own.completion;
        pool.comparison = pool.comparison.or(own.comparison);
    }
    let mut report = report_instance(&election.instance, &pool)?;
    let explanation = explain(&election.instance, &pool, &report)?;
    report.explanation = Some(Box::new(explanation));
    let voter_payments = election.by_voter(&std::mem::take(&mut report.voice_payments));
    let selected_in_file = election.selected.map(|selected| {
        let projects = report.project_ids.iter().zip(selected);
        projects
            .filter(|(_, selected)| *selected)
            .map(|(id, _)| id.clone())
            .collect()
    });
    Ok(Response::Election(Box::new(ElectionReport {
        amount_digits: election.amount_digits,
        selected_in_file,
        voter_payments,
        report,
    })))
}

/// What a rule does, told at once; then the explanation, which runs the rule many times.
struct Fund {
    study: Arc<Study>,
    plan: PoolPlan,
    told: Option<(Explainer, FundReport)>,
    done: u64,
    over: bool,
}

impl Fund {
    fn go_on(&mut self) -> Result<Step, FundingError> {
        self.done += 1;
        let (mut explainer, mut report, partial);
        match self.told.take() {
            None => {
                let instance = Instance::from_scenario(&self.study.scenario)?;
                report = report_of(&self.study.scenario, &self.plan)?;
                explainer = Explainer::new(instance, self.plan.clone(), &report)?;
                partial = Some(Response::Funded(Box::new(report.clone())));
            }
            Some(told) => {
                (explainer, report) = told;
                if explainer.step()? {
                    self.over = true;
                    report.explanation = Some(Box::new(explainer.into_explanation()));
                    return Ok(Step::Done(Response::Funded(Box::new(report))));
                }
                partial = None;
            }
        }
        // One step a funder and one a project, about.
        let total = self
            .done
            .max(report.participant_ids.len() as u64 + report.project_ids.len() as u64);
        self.told = Some((explainer, report));
        Ok(Step::More {
            done: self.done,
            total,
            partial,
        })
    }
}

impl Task for Fund {
    fn step(&mut self) -> Step {
        if self.over {
            return over();
        }
        self.go_on().unwrap_or_else(|error| {
            self.over = true;
            Step::Failed(error.into())
        })
    }

    fn is_interactive(&self) -> bool {
        self.told.is_none()
    }
}

/// A table read a few rows at a time.
struct ReadTable {
    reader: Option<CsvReader>,
    rows: usize,
}

impl Task for ReadTable {
    fn step(&mut self) -> Step {
        let Some(mut reader) = self.reader.take() else {
            return over();
        };
        if reader.step(self.rows) {
            return Step::Done(Response::Imported(Box::new(reader.finish())));
        }
        let (done, total) = reader.progress();
        self.reader = Some(reader);
        Step::More {
            done,
            total,
            partial: None,
        }
    }

    fn is_interactive(&self) -> bool {
        false
    }
}

impl From<FundingError> for JobError {
    fn from(error: FundingError) -> Self {
        // The contradictions among these are found by `Scenario::problems` before; what is left are limits.
        let fields = serde_json::to_value(&error).unwrap_or_default();
        let variant = fields.as_object().and_then(|variants| variants.values().next());
        let named = variant
            .and_then(serde_json::Value::as_object)
            .into_iter()
            .flatten();
        let values: Vec<String> = named.map(|(name, value)| format!("{name} {value}")).collect();
        out_of_range(error.code(), &values.join(", "))
    }
}

impl From<PlainError> for JobError {
    fn from(error: PlainError) -> Self {
        out_of_range(error.code(), &error.to_string())
    }
}

impl From<ImportError> for JobError {
    fn from(error: ImportError) -> Self {
        Self::Import {
            reason: error.code().to_owned(),
            detail: error.detail(),
        }
    }
}
