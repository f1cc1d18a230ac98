//! What a project itself could change: its cost, its support.

use super::{Certainty, Runs, fallen, is_funded, is_ordered};
use crate::domain::PoolPlan;
use crate::funding::{FundingError, FundingProject, Instance, Outcome, Pool, VoterGroup};
use serde::{Deserialize, Serialize};

/// Up to so many amounts each is tried, whatever the rule: then the smallest is sure.
const TRY_EACH: u64 = 64;
/// Extra supporters looked for, at most.
const MOST_SUPPORTERS: u64 = 1 << 24;

/// A change that funds a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Money in minor units, or people.
    pub amount: u64,
    /// Whether less would not do.
    pub certainty: Certainty,
    /// What is funded now and would fall by it, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub falls: Vec<usize>,
}

/// Why a project is not funded, as what would fund it, other things equal. Each by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyNot {
    /// Which.
    pub project: usize,
    /// Extra unrestricted money in the pool. `None`: no amount was found.
    pub extra_pledge: Option<Found>,
    /// How much less it would have to cost; never all of it. A stated minimum above the new cost counts as that cost.
    pub cost_cut: Option<Found>,
    /// How many more people would have to support it and nothing else.
    pub extra_support: Option<Found>,
    /// Whether something is missing because the rule was too heavy to search to the end.
    pub cut_short: bool,
}

/// The smallest cut of its cost with which `project` is funded.
///
/// Under rules that look at one project after another this is monotone: earlier decisions do not ask its cost, and by
/// votes per cost it only moves forward. Under others the amount is found by doubling and halving, and only verified.
pub(super) fn cost_cut(pool: &Pool, project: usize, now: &Outcome, runs: &mut Runs) -> Option<Found> {
    let mut costs = pool.costs_minor().to_vec();
    let cost = *costs.get(project)?;
    let mut outcome = Outcome::default();
    let monotone = is_ordered(pool.rule());
    let (amount, certainty) = smallest(cost.saturating_sub(1), monotone, runs, &mut |cut| {
        if let Some(place) = costs.get_mut(project) {
            *place = cost - cut;
        }
        pool.run(pool.purses_minor(), &costs, &mut outcome);
        Ok::<_, ()>(is_funded(&outcome, project))
    })
    .ok()??;
    if let Some(place) = costs.get_mut(project) {
        *place = cost - amount;
    }
    pool.run(pool.purses_minor(), &costs, &mut outcome);
    Some(Found {
        amount,
        certainty,
        falls: fallen(now, &outcome),
    })
}

/// The smallest number of new supporters with which `project` is funded: voters who approve it alone (they hold a
/// part of the budget like everybody), or, where the funders are the voices, votes without money.
pub(super) fn extra_support(
    instance: &Instance,
    plan: &PoolPlan,
    project: usize,
    now: &Outcome,
    runs: &mut Runs,
) -> Result<Option<Found>, FundingError> {
    let try_with = |supporters: u64| -> Result<Outcome, FundingError> {
        let changed = supported_by(instance, project, supporters)?;
        let pool = Pool::new(&changed, plan)?;
        let mut outcome = Outcome::default();
        pool.run(pool.purses_minor(), pool.costs_minor(), &mut outcome);
        Ok(outcome)
    };
    let monotone = is_ordered(plan.rule);
    let found = smallest(MOST_SUPPORTERS, monotone, runs, &mut |supporters| {
        try_with(supporters).map(|outcome| is_funded(&outcome, project))
    })?;
    let Some((amount, certainty)) = found else {
        return Ok(None);
    };
    let falls = fallen(now, &try_with(amount)?);
    Ok(Some(Found {
        amount,
        certainty,
        falls,
    }))
}

/// The instance with so many more who support `project` and nothing else.
fn supported_by(instance: &Instance, project: usize, supporters: u64) -> Result<Instance, FundingError> {
    let unit = 10_u64.checked_pow(instance.votes_digits()).unwrap_or(u64::MAX);
    let mut projects = instance.projects().to_vec();
    if let Some(place) = projects.get_mut(project) {
        *place = place.with_more_votes(supporters.saturating_mul(unit));
    }
    let mut voters = instance.voters().to_vec();
    if !voters.is_empty() {
        voters.push(VoterGroup::approving("", supporters, [project]));
    }
    instance.with_lists(projects, instance.participants().to_vec(), voters)
}

impl FundingProject {
    /// The same with more votes.
    fn with_more_votes(&self, votes: u64) -> Self {
        let mut more = self.clone();
        more.votes = more.votes.saturating_add(votes);
        more
    }
}

/// The smallest amount in 1..=`most` that works, found by doubling, then halving between the last that did not work and
/// the first that did; tried one by one where there are few. Sure if `monotone`, or if all below were tried.
fn smallest<E>(
    most: u64,
    monotone: bool,
    runs: &mut Runs,
    works: &mut dyn FnMut(u64) -> Result<bool, E>,
) -> Result<Option<(u64, Certainty)>, E> {
    let sure = |is: bool| if is { Certainty::Smallest } else { Certainty::Works };
    let (mut low, mut high) = (0, 1.min(most));
    if most == 0 {
        return Ok(None);
    }
    loop {
        if !runs.take() {
            return Ok(None);
        }
        if works(high)? {
            break;
        }
        low = high;
        if high == most {
            return Ok(None);
        }
        high = high.saturating_mul(2).min(most);
    }
    if !monotone && high <= TRY_EACH {
        for amount in 1..high {
            if !runs.take() {
                return Ok(Some((high, Certainty::Works)));
            }
            if works(amount)? {
                return Ok(Some((amount, Certainty::Smallest)));
            }
        }
        return Ok(Some((high, Certainty::Smallest)));
    }
    while high - low > 1 {
        if !runs.take() {
            return Ok(Some((high, Certainty::Works)));
        }
        let middle = low + (high - low) / 2;
        if works(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(Some((high, sure(monotone))))
}
