//! The smallest extra pledge that funds the next project.

use super::{FundingError, Instance, NextProject, Outcome, Participant, Pool, Verdict};
use crate::domain::{PoolPlan, RuleId};

/// How many changes of the outcome are followed before the search settles for the best it can verify.
const MOST_CHANGES: usize = 200;

/// Up to so many pairs of a project and a voter who supports it, rules that ask the voters are run again and again; above
/// it a single search could take minutes, and is not begun.
const MOST_SUPPORT: usize = 4_000;

/// The smallest extra unrestricted pledge that funds a project not funded now, nothing funded now falling;
/// `None` if every admitted project is funded, or no pledge does it.
///
/// The outcome of a rule changes with the extra amount only where some decision changes. For rules that look
/// at one project after another, "some decision differs" is monotone in the amount up to the next change (the
/// first project that begins to fit keeps fitting), so bisection finds each change exactly; they are followed
/// upwards until one funds more and drops nothing. An answer is verified by running the rule at it and one
/// unit below. Under the proportional rule decisions are not monotone: there the answer is verified in the same
/// way, but a smaller island may exist.
///
/// The same holds for equal shares, where more money may drop a project. Where one amount funds several, the first in
/// order of purchase is named. Cost: about 50 runs per change; not searched (`None`) for a rule that asks the voters in an
/// election with more than 4 000 pairs of a project and a supporter.
///
/// # Errors
/// As [`Instance::new`], never for an instance that has a sound [`Pool`].
pub(super) fn next_project(
    instance: &Instance,
    plan: &PoolPlan,
) -> Result<Option<NextProject>, FundingError> {
    let support: usize = instance.voters().iter().map(|group| group.points().len()).sum();
    if asks_voters(plan.rule) && support > MOST_SUPPORT {
        return Ok(None);
    }
    let mut search = Search::new(instance, plan)?;
    let now = search.at(0);
    let admitted = |step: &super::Step| {
        matches!(
            step.verdict,
            Verdict::DoesNotFit { .. } | Verdict::AfterStop | Verdict::SupportersShort { .. }
        )
    };
    if !now.steps.iter().any(admitted) {
        return Ok(None);
    }
    // With all costs in hand, everything admitted fits.
    let all: u64 = instance
        .costs_minor()
        .iter()
        .fold(0, |sum, &cost| sum.saturating_add(cost));
    let mut low = 0;
    let mut here = now.clone();
    for _ in 0..MOST_CHANGES {
        if low >= all {
            return Ok(None);
        }
        let Some(change) = search.first_change(&here, low, all) else {
            return Ok(None);
        };
        low = change;
        here = search.at(change);
        if let Some(project) = gained(&now, &here) {
            return Ok(Some(search.smallest_near(&now, project, change)));
        }
    }
    Ok(search.any_gain(&now, low, all))
}

/// Whether a run of the rule looks at every ballot, not only at votes.
fn asks_voters(rule: RuleId) -> bool {
    use RuleId::{Greedy, GreedyNoSkip, GreedyPerCost, GreedyThreshold, InOrder, Proportional};
    !matches!(
        rule,
        Greedy | GreedyNoSkip | GreedyPerCost | GreedyThreshold | InOrder | Proportional
    )
}

/// The first project bought in `then` and not in `now`, if nothing funded now falls.
fn gained(now: &Outcome, then: &Outcome) -> Option<usize> {
    let falls = now
        .funded
        .iter()
        .zip(&then.funded)
        .any(|(&before, &after)| before && !after);
    let is_new = |project: &usize| {
        let at = |outcome: &Outcome| outcome.funded.get(*project).copied().unwrap_or(false);
        at(then) && !at(now)
    };
    if falls {
        return None;
    }
    then.steps.iter().map(|step| step.project).find(is_new)
}

struct Search {
    pool: Pool,
    purses: Vec<u64>,
    room: Outcome,
}

impl Search {
    fn new(instance: &Instance, plan: &PoolPlan) -> Result<Self, FundingError> {
        // An id no pledge can have: ids hold no control characters.
        let extra = Participant::new("\u{0}extra", 0, (0..instance.projects().len()).collect());
        let mut participants = instance.participants().to_vec();
        participants.push(extra);
        let with_extra = Instance::with_votes_digits(
            instance.projects().to_vec(),
            participants,
            instance.votes_digits(),
        )?
        .with_voters(instance.voters().to_vec())?
        .counted_in(instance.unit_minor());
        Ok(Self {
            pool: Pool::new(&with_extra, plan)?,
            purses: with_extra.purses_minor(),
            room: Outcome::default(),
        })
    }

    fn run(&mut self, extra_minor: u64) {
        if let Some(purse) = self.purses.last_mut() {
            *purse = extra_minor;
        }
        self.pool
            .run(&self.purses, self.pool.costs_minor(), &mut self.room);
    }

    fn at(&mut self, extra_minor: u64) -> Outcome {
        self.run(extra_minor);
        self.room.clone()
    }

    /// The least amount in (low, high] at which the set of funded projects, or a stop, differs from `here`.
    fn first_change(&mut self, here: &Outcome, mut low: u64, mut high: u64) -> Option<u64> {
        if !self.differs(here, high) {
            return None;
        }
        while high - low > 1 {
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
    fn smallest_near(&mut self, now: &Outcome, project: usize, found: u64) -> NextProject {
        let margin = self.purses.len() as u64 + 1;
        for extra_minor in found.saturating_sub(margin).max(1)..found {
            self.run(extra_minor);
            if let Some(project) = gained(now, &self.room) {
                return NextProject {
                    project,
                    extra_pledge_minor: extra_minor,
                };
            }
        }
        NextProject {
            project,
            extra_pledge_minor: found,
        }
    }

    /// A boundary at which funding is gained, when there are too many changes to follow each.
    fn any_gain(&mut self, now: &Outcome, mut low: u64, mut high: u64) -> Option<NextProject> {
        self.run(high);
        let mut project = gained(now, &self.room)?;
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            self.run(middle);
            match gained(now, &self.room) {
                Some(found) => (project, high) = (found, middle),
                None => low = middle,
            }
        }
        Some(NextProject {
            project,
            extra_pledge_minor: high,
        })
    }
}
