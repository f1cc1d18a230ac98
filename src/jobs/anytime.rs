//! Searches that say at any time what they know, as tasks: a little at a time, and what is known is told whenever they
//! have worked twice as long.

use super::resident::Study;
use super::task::{Step, StepSize, Task, out_of_range, over};
use super::{JobError, Response};
use crate::domain::ProjectId;
use crate::matching::coalition::{self, Limits, Outcome, Posed, Report};
use crate::matching::cost_split::{SplitError, TeamSplitSearch};
use crate::matching::rings::{self, PlainRings, ScenarioRings};
use crate::matching::room::{PlainSearch, RoomSearch};
use std::sync::Arc;

/// Nodes of a search for rings that take as long as one of a search for a team.
const RING_NODES: u64 = 1_000;

/// The same for a search for the cheapest way of a group.
const SPLIT_NODES: u64 = 10;

/// A search that can be paused.
pub(super) trait Anytime {
    /// Goes on a little; true once all is known.
    fn step(&mut self, size: StepSize) -> Result<bool, JobError>;

    /// Work done, and how much there will be at most; `None` where nobody knows.
    fn progress(&self) -> Option<(u64, u64)>;

    /// What is known so far; all of it once [`Anytime::step`] has said so.
    fn answer(&self) -> Result<Response, JobError>;

    /// Whether the answer is worth telling before the end.
    fn tells_early(&self) -> bool {
        true
    }
}

struct Searching<S> {
    search: S,
    size: StepSize,
    steps: u64,
    next_partial: u64,
    over: bool,
}

/// The task of a search.
pub(super) fn searching<S: Anytime + 'static>(search: S, size: StepSize) -> Box<dyn Task> {
    Box::new(Searching {
        search,
        size,
        steps: 0,
        next_partial: 4,
        over: false,
    })
}

impl<S: Anytime> Searching<S> {
    fn advance(&mut self) -> Result<Step, JobError> {
        if self.search.step(self.size)? {
            self.over = true;
            return self.search.answer().map(Step::Done);
        }
        self.steps += 1;
        let tells = self.search.tells_early() && self.steps >= self.next_partial;
        let partial = tells.then(|| self.search.answer()).transpose()?;
        if partial.is_some() {
            self.next_partial = self.steps.saturating_mul(2);
        }
        let (done, total) = self.search.progress().unwrap_or((self.steps, self.steps + 1));
        Ok(Step::More {
            done,
            total: total.max(done),
            partial,
        })
    }
}

impl<S: Anytime> Task for Searching<S> {
    fn step(&mut self) -> Step {
        if self.over {
            return over();
        }
        self.advance().unwrap_or_else(|error| {
            self.over = true;
            Step::Failed(error)
        })
    }

    fn is_interactive(&self) -> bool {
        false
    }
}

/// The team of a project.
pub(super) struct Team {
    pub search: coalition::Study,
    pub limits: Limits,
    pub study: Arc<Study>,
    pub project: ProjectId,
    pub posed: Posed,
}

impl Anytime for Team {
    fn step(&mut self, size: StepSize) -> Result<bool, JobError> {
        Ok(self.search.step(size.search_nodes))
    }

    fn progress(&self) -> Option<(u64, u64)> {
        Some((self.search.nodes(), self.limits.node_limit))
    }

    fn answer(&self) -> Result<Response, JobError> {
        let report = self.search.report();
        let answer = self.posed.answer(&self.study.scenario, &self.project, &report);
        Ok(Response::Coalition(Box::new(answer)))
    }
}

/// A team of a plain instance: the search alone, and what blocks it where there is none.
pub(super) struct PlainTeam {
    pub instance: coalition::Instance,
    pub limits: Limits,
    pub search: coalition::Search,
    pub why_not: Option<coalition::Study>,
}

impl Anytime for PlainTeam {
    fn step(&mut self, size: StepSize) -> Result<bool, JobError> {
        if let Some(study) = &mut self.why_not {
            return Ok(study.step(size.search_nodes));
        }
        let done = self.search.step(size.search_nodes).done;
        if done && Report::of(&self.search).outcome == Outcome::Infeasible {
            self.why_not = Some(coalition::Study::new(&self.instance, self.limits));
            return Ok(false);
        }
        Ok(done)
    }

    fn progress(&self) -> Option<(u64, u64)> {
        Some((self.search.progress().nodes, self.limits.node_limit))
    }

    fn answer(&self) -> Result<Response, JobError> {
        let report = self.why_not.as_ref().map(coalition::Study::report);
        Ok(Response::PlainCoalition(
            report.unwrap_or_else(|| Report::of(&self.search)),
        ))
    }
}

impl Anytime for ScenarioRings {
    fn step(&mut self, size: StepSize) -> Result<bool, JobError> {
        Ok(Self::step(self, size.search_nodes.saturating_mul(RING_NODES)))
    }

    fn progress(&self) -> Option<(u64, u64)> {
        let (answered, all) = self.withdrawals();
        Some((answered as u64, all.max(1) as u64))
    }

    fn answer(&self) -> Result<Response, JobError> {
        Ok(Response::Rings(Self::answer(self)))
    }
}

/// Rings of a plain graph.
pub(super) struct PlainExchange {
    pub search: rings::Search,
    pub decimals: u32,
    /// So that a hard graph ends too and says its gap.
    pub node_limit: u64,
}

impl Anytime for PlainExchange {
    fn step(&mut self, size: StepSize) -> Result<bool, JobError> {
        let nodes = self.search.progress().nodes;
        let until = nodes.saturating_add(size.search_nodes.saturating_mul(RING_NODES));
        let ended = self.search.run_until(until.min(self.node_limit));
        Ok(ended || self.search.progress().nodes >= self.node_limit)
    }

    fn progress(&self) -> Option<(u64, u64)> {
        Some((self.search.progress().nodes, self.node_limit))
    }

    fn answer(&self) -> Result<Response, JobError> {
        let packing = self.search.packing();
        Ok(Response::PlainRings(PlainRings::answer(&packing, self.decimals)))
    }
}

/// A room being seated.
impl Anytime for RoomSearch {
    fn step(&mut self, size: StepSize) -> Result<bool, JobError> {
        Ok(!Self::step(self, size.room_work)?)
    }

    fn progress(&self) -> Option<(u64, u64)> {
        None
    }

    fn answer(&self) -> Result<Response, JobError> {
        let answer = Self::answer(self).ok_or_else(|| out_of_range("seating-invalid", ""))?;
        Ok(Response::Room(Box::new(answer.clone())))
    }

    fn tells_early(&self) -> bool {
        false
    }
}

/// A plain graph being paired.
impl Anytime for PlainSearch {
    fn step(&mut self, size: StepSize) -> Result<bool, JobError> {
        Ok(!Self::step(self, size.room_work))
    }

    fn progress(&self) -> Option<(u64, u64)> {
        None
    }

    fn answer(&self) -> Result<Response, JobError> {
        Ok(Response::PlainPairs(Self::answer(self)?))
    }

    fn tells_early(&self) -> bool {
        false
    }
}

/// Costs being split.
impl Anytime for TeamSplitSearch {
    fn step(&mut self, size: StepSize) -> Result<bool, JobError> {
        Ok(Self::step(self, size.search_nodes.saturating_mul(SPLIT_NODES))?)
    }

    fn progress(&self) -> Option<(u64, u64)> {
        Self::progress(self)
    }

    fn answer(&self) -> Result<Response, JobError> {
        let answer = Self::answer(self).ok_or(SplitError::Inexact)?;
        Ok(Response::Split(answer))
    }

    fn tells_early(&self) -> bool {
        self.has_answer()
    }
}

#[cfg(test)]
mod tests {
    use crate::jobs::{Request, Residents, Step, StepSize, start};

    #[test]
    fn a_search_that_has_answered_does_not_answer_again() {
        for request in [
            r#"{"pairs-plain": {"input": {"n": 2, "weights": [[0, 1, 1]]}}}"#,
            r#"{"rings-plain": {"input": {"n": 2, "arcs": [[0, 1, 1], [1, 0, 1]]}, "node_limit": 100000}}"#,
            r#"{"room": {"scenario": {"inline": {"version": 1}}}}"#,
        ] {
            let request: Request = serde_json::from_str(request).unwrap();
            let mut task = start(request, &mut Residents::default(), StepSize::default()).unwrap();
            let mut last = task.step();
            while matches!(last, Step::More { .. }) {
                last = task.step();
            }
            assert!(matches!(last, Step::Done(_)), "{last:?}");
            assert!(matches!(task.step(), Step::Failed(_)));
        }
    }
}
