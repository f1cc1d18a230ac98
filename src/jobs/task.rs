//! Requests as tasks that do a little at a time.

use super::{JobError, Request, Residents, Response};
use crate::matching::MatchError;

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
    /// Nodes of a search looked at.
    pub search_nodes: u64,
    /// Work on a room, in the units of [`RoomSearch`](crate::matching::room::RoomSearch).
    pub room_work: u64,
}

impl Default for StepSize {
    /// A few milliseconds, in a browser too.
    fn default() -> Self {
        Self {
            rows: 500,
            futures_work: 2_000_000,
            search_nodes: 8,
            room_work: 200_000,
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
        later => return super::later::start(later, residents, size),
    })
}

/// A task of one step.
struct Once<F>(Option<F>);

pub(super) fn once<F: FnOnce() -> Result<Response, JobError> + 'static>(work: F) -> Box<dyn Task> {
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
pub(super) fn over() -> Step {
    Step::Failed(JobError::BadRequest {
        detail: "the job is over".to_owned(),
    })
}

impl From<MatchError> for JobError {
    fn from(error: MatchError) -> Self {
        match error {
            MatchError::UnknownOrganisation { id } => Self::UnknownOrganisation { id },
            other => out_of_range(other.code(), &other.to_string()),
        }
    }
}

pub(super) fn out_of_range(code: &str, text: &str) -> JobError {
    JobError::OutOfRange {
        what: code.to_owned(),
        value: text
            .strip_prefix(code)
            .unwrap_or(text)
            .trim_start_matches([':', ' '])
            .to_owned(),
    }
}
