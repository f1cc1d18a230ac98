//! Requests as tasks that do a little at a time.

use super::resident::Study;
use super::{ElectionReport, JobError, Request, Residents, Response};
use crate::domain::{FutureSettings, PoolPlan};
use crate::funding::{FundingError, report, report_instance};
use crate::interchange::pb::read_election;
use crate::interchange::{CsvOptions, CsvReader, Format, ImportError, import, recognise};
use crate::matching::MatchError;
use crate::risk::{PlainPlan, RiskError, Simulation};
use std::sync::Arc;

/// What one step of a task came to.
#[derive(Debug)]
pub enum Step {
    /// There is more to do.
    More {
        /// Work done, in units of the task.
        done: u64,
        /// Work in all.
        total: u64,
        /// What is known so far, if that changed much.
        partial: Option<Response>,
    },
    /// The answer. The task is over and must not be stepped again.
    Done(Response),
    /// There is none. The task is over and must not be stepped again.
    Failed(JobError),
}

/// Work that can be stopped between steps.
pub trait Task {
    /// Does a little. After [`Step::Done`] or [`Step::Failed`] it answers [`Step::Failed`] again.
    fn step(&mut self) -> Step;

    /// Whether a person waits for it with nothing to look at: answered in one step, before longer work.
    fn is_interactive(&self) -> bool {
        true
    }
}

/// How much one step does. It never changes an answer, only how soon a cancel is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepSize {
    /// Rows of a table read.
    pub rows: usize,
    /// Work on futures, in rough nanoseconds of native code.
    pub futures_work: u64,
}

impl Default for StepSize {
    /// A few milliseconds, in a browser too.
    fn default() -> Self {
        Self {
            rows: 500,
            futures_work: 2_000_000,
        }
    }
}

/// The task of a request. Scenarios are found and checked, and [`Request::Load`] done, at once, so that requests
/// may cite what was loaded just before, whatever order they are run in.
///
/// # Errors
/// [`JobError::NotResident`], [`JobError::UnsoundScenario`].
pub fn start(request: Request, residents: &mut Residents, size: StepSize) -> Result<Box<dyn Task>, JobError> {
    Ok(match request {
        Request::Load { scenario } => {
            let hash = residents.load(*scenario)?;
            once(move || Ok(Response::Loaded(hash)))
        }
        Request::Match {
            scenario,
            seeker,
            mode,
            top,
            weights,
        } => {
            let study = residents.resolve(scenario)?;
            once(move || {
                let weights = weights.unwrap_or(study.scenario.score_weights);
                Ok(Response::Partners(
                    study.directory()?.search(&seeker, mode, &weights, top)?,
                ))
            })
        }
        Request::Fund { scenario, pool } => {
            let study = residents.resolve(scenario)?;
            once(move || {
                let pool = pool.unwrap_or_else(|| study.scenario.pool.clone());
                Ok(Response::Funded(report(&study.scenario, &pool)?))
            })
        }
        Request::FundElection { bytes, pool } => once(move || fund_election(&bytes, pool)),
        Request::Simulate {
            scenario,
            settings,
            pool,
        } => {
            let study = residents.resolve(scenario)?;
            let settings = settings.unwrap_or(study.scenario.futures);
            let pool = pool.unwrap_or_else(|| study.scenario.pool.clone());
            futures(
                Question::Scenario {
                    study,
                    settings,
                    pool,
                },
                size,
            )
        }
        Request::SimulatePlain { plan, settings } => futures(Question::Plain { plan, settings }, size),
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
    })
}

/// A task of one step.
struct Once<F>(Option<F>);

fn once<F: FnOnce() -> Result<Response, JobError> + 'static>(work: F) -> Box<dyn Task> {
    Box::new(Once(Some(work)))
}

impl<F: FnOnce() -> Result<Response, JobError>> Task for Once<F> {
    fn step(&mut self) -> Step {
        match self.0.take() {
            Some(work) => work().map_or_else(Step::Failed, Step::Done),
            None => over(),
        }
    }
}

/// The answer of a task that has answered.
fn over() -> Step {
    Step::Failed(JobError::BadRequest {
        detail: "the job is over".to_owned(),
    })
}

fn fund_election(bytes: &[u8], pool: Option<PoolPlan>) -> Result<Response, JobError> {
    let election = read_election(bytes)?;
    let own = election.plan();
    let mut pool = pool.or_else(|| own.clone()).unwrap_or_default();
    // Asked for by name alone, a threshold rule takes the election's own threshold.
    pool.threshold_votes = pool.threshold_votes.or(own.and_then(|own| own.threshold_votes));
    let report = report_instance(&election.instance, &pool)?;
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
        report,
    })))
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

/// What futures are asked of.
enum Question {
    Scenario {
        study: Arc<Study>,
        settings: FutureSettings,
        pool: PoolPlan,
    },
    Plain {
        plan: PlainPlan,
        settings: FutureSettings,
    },
}

impl Question {
    fn simulation(&self) -> Result<Simulation, RiskError> {
        match self {
            Self::Scenario {
                study,
                settings,
                pool,
            } => Simulation::new(&study.scenario, settings, pool),
            Self::Plain { plan, settings } => Simulation::from_plain(plan, settings),
        }
    }

    fn answer(&self, simulation: &Simulation) -> Response {
        let futures = simulation.snapshot();
        match self {
            Self::Scenario { .. } => Response::Futures(futures),
            Self::Plain { plan, .. } => Response::PlainFutures(plan.futures(&futures)),
        }
    }
}

/// Futures simulated a few at a time. What is known is told whenever the number of futures has doubled: early
/// answers come fast, and later ones change little and cost much to send.
struct Futures {
    question: Question,
    /// Prepared in the first step: that takes milliseconds.
    simulation: Option<Simulation>,
    next_partial: u32,
    work: u64,
    over: bool,
}

fn futures(question: Question, size: StepSize) -> Box<dyn Task> {
    Box::new(Futures {
        question,
        simulation: None,
        next_partial: 1,
        work: size.futures_work,
        over: false,
    })
}

impl Task for Futures {
    fn step(&mut self) -> Step {
        if self.over {
            return over();
        }
        let Some(simulation) = &mut self.simulation else {
            match self.question.simulation() {
                Ok(simulation) => {
                    let total = simulation.trials_total().into();
                    self.simulation = Some(simulation);
                    return Step::More {
                        done: 0,
                        total,
                        partial: None,
                    };
                }
                Err(error) => {
                    self.over = true;
                    return Step::Failed(error.into());
                }
            }
        };
        if !simulation.step_for(self.work) {
            self.over = true;
            return Step::Done(self.question.answer(simulation));
        }
        let done = simulation.trials_done();
        let partial = (done >= self.next_partial).then(|| self.question.answer(simulation));
        if partial.is_some() {
            self.next_partial = done.saturating_mul(2);
        }
        Step::More {
            done: done.into(),
            total: simulation.trials_total().into(),
            partial,
        }
    }

    fn is_interactive(&self) -> bool {
        false
    }
}

impl From<MatchError> for JobError {
    fn from(error: MatchError) -> Self {
        match error {
            MatchError::UnknownOrganisation { id } => Self::UnknownOrganisation { id },
            other => out_of_range(other.code(), &other.to_string()),
        }
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

impl From<RiskError> for JobError {
    fn from(error: RiskError) -> Self {
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

fn out_of_range(code: &str, text: &str) -> JobError {
    JobError::OutOfRange {
        what: code.to_owned(),
        value: text
            .strip_prefix(code)
            .unwrap_or(text)
            .trim_start_matches([':', ' '])
            .to_owned(),
    }
}
