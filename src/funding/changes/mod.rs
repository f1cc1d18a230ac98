//! What would change the outcome: the smallest extra pledge, cut of a cost, or extra support that funds a project.
//! Every figure is found and verified by running the rule again.

mod own;
mod pledge;

pub use own::{Found, WhyNot};

use super::effort::{is_light, runs_allowed};
use super::{FundingError, Instance, NextProject, Outcome, Pool, Verdict};
use crate::domain::PoolPlan;
use pledge::{Search, is_ordered};
use serde::{Deserialize, Serialize};

/// Projects whose "why not" is worked out, at most: those the rule looked at first.
pub const MAX_WHY_NOT: usize = 24;

/// How sure a smallest change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// No smaller amount does it.
    Smallest,
    /// It works; a smaller amount may too, because under this rule more is not always better, or because the search
    /// was stopped.
    Works,
}

/// The runs a search may still make.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runs {
    left: u64,
}

impl Runs {
    /// Whether another run may be made; counts it.
    fn take(&mut self) -> bool {
        let may = self.left > 0;
        self.left = self.left.saturating_sub(1);
        may
    }

    fn are_used_up(self) -> bool {
        self.left == 0
    }
}

/// What the search for the next project came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NextAnswer {
    pub next: Option<NextProject>,
    /// Whether the rule was too heavy to search to the end.
    pub cut_short: bool,
}

/// The smallest extra unrestricted pledge that funds a project not funded now, nothing funded now falling;
/// none if every admitted project is funded, or no pledge does it.
///
/// Where one amount funds several, the first in order of purchase is named. Cost: about 50 runs per change.
///
/// # Errors
/// As [`Instance::new`], never for an instance that has a sound [`Pool`].
pub(super) fn next_project(
    instance: &Instance,
    plan: &PoolPlan,
    pool: &Pool,
) -> Result<NextAnswer, FundingError> {
    if !is_light(instance, pool) {
        return Ok(NextAnswer {
            next: None,
            cut_short: true,
        });
    }
    let mut search = Search::new(instance, plan)?;
    let now = search.at(0);
    if !now.steps.iter().any(|step| lacks_money(step.verdict)) {
        return Ok(NextAnswer::default());
    }
    let mut runs = Runs {
        left: runs_allowed(instance, pool),
    };
    let found = search.smallest(&now, all_costs(instance), &mut runs, &|then| gained(&now, then));
    Ok(NextAnswer {
        next: found.map(|(project, extra_pledge_minor, certainty)| NextProject {
            project,
            extra_pledge_minor,
            certainty,
        }),
        cut_short: found.is_none() && runs.are_used_up(),
    })
}

/// Why each unfunded project is not funded, as what would fund it: in the order the rule looked at them, the first
/// [`MAX_WHY_NOT`] of them, one at a time, as far as the work allowed for it goes.
pub(super) struct WhyNots {
    search: Search,
    unfunded: Vec<usize>,
    left_out: usize,
    place: usize,
    /// Runs for one question.
    allowed: u64,
}

impl WhyNots {
    /// # Errors
    /// As [`next_project`].
    pub(super) fn new(
        instance: &Instance,
        plan: &PoolPlan,
        pool: &Pool,
        now: &Outcome,
    ) -> Result<Self, FundingError> {
        let mut unfunded: Vec<usize> = now
            .steps
            .iter()
            .map(|step| step.project)
            .filter(|&project| !is_funded(now, project) && !is_withdrawn(instance, project))
            .collect();
        let left_out = unfunded.len().saturating_sub(MAX_WHY_NOT);
        unfunded.truncate(MAX_WHY_NOT);
        // An equal part for each of three questions a project: one too heavy should leave the others theirs.
        let questions = 3 * unfunded.len().max(1) as u64;
        Ok(Self {
            search: Search::new(instance, plan)?,
            allowed: runs_allowed(instance, pool) / questions,
            unfunded,
            left_out,
            place: 0,
        })
    }

    /// Unfunded projects that are not looked into.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }

    /// The next answer; none after the last.
    ///
    /// # Errors
    /// As [`next_project`].
    pub(super) fn next(
        &mut self,
        instance: &Instance,
        plan: &PoolPlan,
        pool: &Pool,
        now: &Outcome,
    ) -> Result<Option<WhyNot>, FundingError> {
        let Some(&project) = self.unfunded.get(self.place) else {
            return Ok(None);
        };
        self.place += 1;
        let part = || Runs { left: self.allowed };
        let wanted = |then: &Outcome| is_funded(then, project).then_some(project);
        let mut runs = part();
        let pledged = self.search.smallest(now, all_costs(instance), &mut runs, &wanted);
        let mut cut_short = pledged.is_none() && runs.are_used_up();
        let extra_pledge = pledged.map(|(_, amount, certainty)| Found {
            amount,
            certainty,
            falls: fallen(now, &self.search.at(amount)),
        });
        let mut runs = part();
        let cost_cut = own::cost_cut(pool, project, now, &mut runs);
        cut_short |= cost_cut.is_none() && runs.are_used_up();
        let mut runs = part();
        let extra_support = own::extra_support(instance, plan, project, now, &mut runs)?;
        cut_short |= extra_support.is_none() && runs.are_used_up();
        Ok(Some(WhyNot {
            project,
            extra_pledge,
            cost_cut,
            extra_support,
            cut_short,
        }))
    }
}

/// With all costs in hand, everything admitted fits.
fn all_costs(instance: &Instance) -> u64 {
    let costs = instance.costs_minor();
    costs
        .iter()
        .fold(0_u64, |sum, &cost| sum.saturating_add(cost))
        .min(super::MAX_BUDGET_MINOR)
}

fn lacks_money(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::DoesNotFit { .. } | Verdict::AfterStop)
}

fn is_funded(outcome: &Outcome, project: usize) -> bool {
    outcome.funded.get(project).copied().unwrap_or(false)
}

fn is_withdrawn(instance: &Instance, project: usize) -> bool {
    instance
        .projects()
        .get(project)
        .is_some_and(super::FundingProject::is_withdrawn)
}

/// What is funded in `now` and not in `then`, ascending.
fn fallen(now: &Outcome, then: &Outcome) -> Vec<usize> {
    (0..now.funded.len())
        .filter(|&project| is_funded(now, project) && !is_funded(then, project))
        .collect()
}

/// The first project bought in `then` and not in `now`, if nothing funded now falls.
fn gained(now: &Outcome, then: &Outcome) -> Option<usize> {
    if !fallen(now, then).is_empty() {
        return None;
    }
    let bought = then.steps.iter().map(|step| step.project);
    bought
        .into_iter()
        .find(|&project| is_funded(then, project) && !is_funded(now, project))
}
