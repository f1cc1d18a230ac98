//! One run on paper, told as an allocation and a trace.

use super::{Allocation, FundingError, Instance, Outcome, Pool, TraceStep};
use crate::domain::{PoolPlan, RuleId};

/// What a rule did with an instance.
#[derive(Clone, Debug, PartialEq)]
pub struct InstanceRun {
    /// Who pays what for what.
    pub allocation: Allocation,
    /// Every decision, in order; projects that were never admitted come last, in file order.
    pub trace: Vec<TraceStep>,
}

/// What the rule of `plan` does with `instance`.
///
/// Definitions, order and ties: `docs/funding.md`. Cost: that of [`Pool::run`].
///
/// # Errors
/// As [`Pool::new`].
///
/// # Example
/// A village pool of 100 meets a well (60, most votes), a road (70) and a playground (40): the road no longer
/// fits, the playground does.
/// ```
/// use gotong::domain::PoolPlan;
/// use gotong::funding::{FundingProject, Instance, Participant, run_instance};
/// let projects = [("well", 60, 30), ("road", 70, 20), ("playground", 40, 10)];
/// let projects = projects.map(|(id, cost, votes)| FundingProject::new(id, cost, votes)).to_vec();
/// let instance = Instance::new(projects, vec![Participant::new("village", 100, vec![0, 1, 2])])?;
/// let run = run_instance(&instance, &PoolPlan::default())?;
/// assert_eq!(run.allocation.selected, [0, 2]);
/// # Ok::<(), gotong::funding::FundingError>(())
/// ```
pub fn run_instance(instance: &Instance, plan: &PoolPlan) -> Result<InstanceRun, FundingError> {
    let pool = Pool::new(instance, plan)?;
    Ok(explain(instance, &pool, &pool.run_on_paper()))
}

/// An outcome on paper as allocation and trace.
pub(super) fn explain(instance: &Instance, pool: &Pool, outcome: &Outcome) -> InstanceRun {
    let mut payments_minor = vec![Vec::new(); instance.projects().len()];
    for payment in &outcome.payments {
        if let Some(list) = payments_minor.get_mut(payment.project) {
            list.push((payment.participant, payment.amount_minor));
        }
    }
    for list in &mut payments_minor {
        crate::order::sort(list);
    }
    let is_funded = |project: usize| outcome.funded.get(project).copied().unwrap_or(false);
    let purses = instance
        .participants()
        .iter()
        .map(super::Participant::purse_minor);
    let allocation = Allocation {
        selected: outcome
            .steps
            .iter()
            .map(|step| step.project)
            .filter(|&project| is_funded(project))
            .collect(),
        granted_minor: outcome.granted_minor.clone(),
        payments_minor,
        unspent_minor: purses
            .zip(&outcome.spent_minor)
            .zip(&outcome.settled.overhead_minor)
            .map(|((purse, spent), overhead)| purse - spent - overhead)
            .collect(),
        overhead_minor: if outcome.settled.overhead_minor.iter().any(|&minor| minor > 0) {
            outcome.settled.overhead_minor.clone()
        } else {
            Vec::new()
        },
    };
    let trace = outcome
        .steps
        .iter()
        .map(|step| TraceStep {
            project: step.project,
            votes: shown_votes(instance, pool.rule(), step.project),
            verdict: step.verdict,
            granted_minor: step.granted_minor,
            pool_left_minor: step.pool_left_minor,
        })
        .collect();
    InstanceRun { allocation, trace }
}

/// Votes, or votes per cost where the rule orders by that, for readers: decisions compare integers.
fn shown_votes(instance: &Instance, rule: RuleId, project: usize) -> f64 {
    let Some(project) = instance.projects().get(project) else {
        return 0.0;
    };
    let unit = (0..instance.votes_digits()).fold(1.0, |unit, _| unit * 10.0);
    let votes = project.votes() as f64 / unit;
    if rule == RuleId::GreedyPerCost && project.cost_minor() > 0 {
        return votes / project.cost_minor() as f64;
    }
    votes
}
