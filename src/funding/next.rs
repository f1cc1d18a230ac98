//! The smallest extra pledge that funds the next project.

use super::{FundingError, Instance, NextProject, Outcome, Participant, Pool, Verdict};
use crate::domain::PoolPlan;

/// How many changes of the outcome are followed before the search settles for the best it can verify.
const MOST_CHANGES: usize = 200;

/// What the runs of a rule that searches may look at together, before no answer is given: some seconds.
const MOST_LOOKS: u64 = 200_000_000;

/// How often the nearest project's shortage is tried before bisection.
const MOST_GUESSES: usize = 16;

/// The smallest extra unrestricted pledge that funds a project not funded now, nothing funded now falling;
/// `None` if every admitted project is funded, no pledge does it, or a rule that searches (`max-welfare`,
/// `maximin-support`) would have to run longer than a reader waits.
///
/// The outcome of a rule changes with the extra amount only where some decision changes. For rules that look
/// at one project after another, "some decision differs" is monotone in the amount up to the next change (the
/// first project that begins to fit keeps fitting), so bisection finds each change exactly; they are followed
/// upwards until one funds more and drops nothing. An answer is verified by running the rule at it and one
/// unit below. Under the proportional rule decisions are not monotone: there the answer is verified in the same
/// way, but a smaller island may exist.
///
/// Where one amount funds several, the first in order of purchase is named. Cost: about 50 runs per change.
///
/// # Errors
/// As [`Instance::new`], never for an instance that has a sound [`Pool`].
pub(super) fn next_project(
    instance: &Instance,
    plan: &PoolPlan,
) -> Result<Option<NextProject>, FundingError> {
    let mut search = Search::new(instance, plan)?;
    let now = search.at(0);
    let admitted =
        |step: &super::Step| matches!(step.verdict, Verdict::DoesNotFit { .. } | Verdict::AfterStop);
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
        if low >= all || search.is_spent() {
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

/// The least that any project passed over was short of.
fn nearest(outcome: &Outcome) -> Option<u64> {
    let short = |step: &super::Step| match step.verdict {
        Verdict::DoesNotFit { short_minor, .. } => Some(short_minor),
        _ => None,
    };
    outcome.steps.iter().filter_map(short).min()
}

struct Search {
    pool: Pool,
    purses: Vec<u64>,
    room: Outcome,
    looks: u64,
}

impl Search {
    fn new(instance: &Instance, plan: &PoolPlan) -> Result<Self, FundingError> {
        // An id no pledge can have: ids hold no control characters.
        let extra =
            Participant::new("\u{0}extra", 0, (0..instance.projects().len()).collect()).without_voice();
        let mut participants = instance.participants().to_vec();
        participants.push(extra);
        let with_extra = Instance::with_votes_digits(
            instance.projects().to_vec(),
            participants,
            instance.votes_digits(),
        )?;
        let with_extra = with_extra
            .with_voters(instance.voters.clone())?
            .with_groups(instance.groups.clone())?;
        Ok(Self {
            pool: Pool::new(&with_extra, plan)?,
            purses: with_extra.purses_minor(),
            room: Outcome::default(),
            looks: 0,
        })
    }

    fn run(&mut self, extra_minor: u64) {
        if let Some(purse) = self.purses.last_mut() {
            *purse = extra_minor;
        }
        self.pool
            .run(&self.purses, self.pool.costs_minor(), &mut self.room);
        self.looks += self.room.looks;
    }

    /// Whether it has looked at as much as it may.
    fn is_spent(&self) -> bool {
        self.looks > MOST_LOOKS
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
        // What is missing for the project that is closest to being bought is a good guess, checked below: with one
        // purse it is exact, and the run before the change and the run at it are all it takes.
        let mut nearest = nearest(here);
        for _ in 0..MOST_GUESSES {
            if self.is_spent() {
                return None;
            }
            let Some(guess) = nearest
                .map(|short| low.saturating_add(short))
                .filter(|&guess| guess < high)
            else {
                break;
            };
            if self.differs(here, guess) {
                if guess - low == 1 || !self.differs(here, guess - 1) {
                    return Some(guess);
                }
                high = guess - 1;
                break;
            }
            low = guess;
            nearest = self::nearest(&self.room);
        }
        while high - low > 1 {
            if self.is_spent() {
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
