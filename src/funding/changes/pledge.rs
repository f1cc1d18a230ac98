//! The smallest extra pledge that changes what is funded.

use super::{Certainty, Runs};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::{FundingError, Instance, Outcome, Participant, Pool};

/// How many changes of the outcome are followed before the search settles for the best it can verify.
const MOST_CHANGES: usize = 200;

/// The rule with one more, unrestricted pledge, run with any amount of it.
///
/// The outcome of a rule changes with the extra amount only where some decision changes. For rules that look
/// at one project after another, "some decision differs" is monotone in the amount up to the next change (the
/// first project that begins to fit keeps fitting), so bisection finds each change exactly; they are followed
/// upwards until one is what is looked for. An answer is verified by running the rule at it. Under other rules
/// decisions are not monotone: there the amount works, but a smaller island may exist.
pub(super) struct Search {
    pool: Pool,
    purses: Vec<u64>,
    room: Outcome,
    /// Whether bisection finds every change.
    monotone: bool,
}

impl Search {
    pub(super) fn new(instance: &Instance, plan: &PoolPlan) -> Result<Self, FundingError> {
        // An id no pledge can have: ids hold no control characters.
        let extra =
            Participant::new("\u{0}extra", 0, (0..instance.projects().len()).collect()).without_voice();
        let mut participants = instance.participants().to_vec();
        participants.push(extra);
        let with_extra = instance.with_lists(
            instance.projects().to_vec(),
            participants,
            instance.voters().to_vec(),
        )?;
        Ok(Self {
            pool: Pool::new(&with_extra, plan)?,
            purses: with_extra.purses_minor(),
            room: Outcome::default(),
            monotone: is_ordered(plan.rule),
        })
    }

    /// The outcome with this much more.
    pub(super) fn at(&mut self, extra_minor: u64) -> Outcome {
        self.run(extra_minor);
        self.room.clone()
    }

    fn run(&mut self, extra_minor: u64) {
        if let Some(purse) = self.purses.last_mut() {
            *purse = extra_minor;
        }
        self.pool
            .run(&self.purses, self.pool.costs_minor(), &mut self.room);
    }

    /// The smallest amount, up to `all`, at which `wanted` names a project, with that project; `now` is the outcome
    /// without it. Every run is taken from `runs`; `None` if there is no such amount, or none was found in time.
    pub(super) fn smallest(
        &mut self,
        now: &Outcome,
        all: u64,
        runs: &mut Runs,
        wanted: &dyn Fn(&Outcome) -> Option<usize>,
    ) -> Option<(usize, u64, Certainty)> {
        let mut low = 0;
        let mut here = now.clone();
        for _ in 0..MOST_CHANGES {
            if low >= all {
                return None;
            }
            let Some(change) = self.first_change(&here, low, all, runs) else {
                if runs.are_used_up() {
                    break;
                }
                // As funded with all the money as here: for monotone rules nothing lies between.
                return None;
            };
            low = change;
            here = self.at(change);
            if let Some(project) = wanted(&here) {
                return Some(self.smallest_near(project, change, runs, wanted));
            }
        }
        self.any(low, all, runs, wanted)
    }

    /// The least amount in (low, high] at which the set of funded projects differs from `here`.
    fn first_change(&mut self, here: &Outcome, mut low: u64, mut high: u64, runs: &mut Runs) -> Option<u64> {
        if !runs.take() || !self.differs(here, high) {
            return None;
        }
        while high - low > 1 {
            if !runs.take() {
                return None;
            }
            let middle = low + (high - low) / 2;
            if self.differs(here, middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some(high)
    }

    fn differs(&mut self, here: &Outcome, extra_minor: u64) -> bool {
        self.run(extra_minor);
        self.room.funded != here.funded
    }

    /// Rounding to whole units may blur a boundary by a unit or two per payer: looks just below `found`.
    fn smallest_near(
        &mut self,
        project: usize,
        found: u64,
        runs: &mut Runs,
        wanted: &dyn Fn(&Outcome) -> Option<usize>,
    ) -> (usize, u64, Certainty) {
        let certainty = if self.monotone || found == 1 {
            Certainty::Smallest
        } else {
            Certainty::Works
        };
        let margin = self.purses.len() as u64 + 1;
        for extra_minor in found.saturating_sub(margin).max(1)..found {
            if !runs.take() {
                return (project, found, Certainty::Works);
            }
            self.run(extra_minor);
            if let Some(project) = wanted(&self.room) {
                return (project, extra_minor, certainty);
            }
        }
        (project, found, certainty)
    }

    /// A boundary at which `wanted` begins to hold, when there are too many changes to follow each.
    fn any(
        &mut self,
        mut low: u64,
        mut high: u64,
        runs: &mut Runs,
        wanted: &dyn Fn(&Outcome) -> Option<usize>,
    ) -> Option<(usize, u64, Certainty)> {
        if !runs.take() {
            return None;
        }
        self.run(high);
        let mut project = wanted(&self.room)?;
        while high - low > 1 && runs.take() {
            let middle = low + (high - low) / 2;
            self.run(middle);
            match wanted(&self.room) {
                Some(found) => (project, high) = (found, middle),
                None => low = middle,
            }
        }
        Some((project, high, Certainty::Works))
    }
}

/// Whether a rule looks at one project after another, in an order the money does not change.
pub(super) fn is_ordered(rule: RuleId) -> bool {
    matches!(
        rule,
        RuleId::Greedy
            | RuleId::GreedyPerCost
            | RuleId::GreedyNoSkip
            | RuleId::GreedyThreshold
            | RuleId::InOrder
    )
}
