//! What a result must satisfy, checked by code that did not find it: it reads the instance and the allocation
//! only, and shares nothing with the rules.

use crate::domain::{PoolPlan, RuleId};
use crate::funding::{Allocation, Instance};

/// A broken promise, with its witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Violation {
    /// The lists do not have the instance's lengths.
    WrongShape,
    /// The payments for this project do not sum to its grant.
    GrantNotPaid {
        /// Which project.
        project: usize,
    },
    /// Payments and rest of this participant do not sum to its purse.
    MoneyNotConserved {
        /// Who.
        participant: usize,
    },
    /// A payment its restrictions forbid, or to or from nobody.
    RestrictionBroken {
        /// For which project.
        project: usize,
        /// By whom.
        participant: usize,
    },
    /// More than its cost, less than the least worth granting, or a part of an indivisible project.
    WrongGrant {
        /// Which project.
        project: usize,
    },
    /// Money for a project that was withdrawn, is not supported, or is below the threshold.
    NotAdmitted {
        /// Which project.
        project: usize,
    },
    /// Selected without being granted, granted without being selected, or selected twice.
    SelectionDiffers {
        /// Which project.
        project: usize,
    },
    /// Grants exceed all purses together.
    BudgetExceeded,
}

impl Violation {
    /// The stable code the page translates.
    pub fn code(self) -> &'static str {
        match self {
            Self::WrongShape => "wrong-shape",
            Self::GrantNotPaid { .. } => "grant-not-paid",
            Self::MoneyNotConserved { .. } => "money-not-conserved",
            Self::RestrictionBroken { .. } => "restriction-broken",
            Self::WrongGrant { .. } => "wrong-grant",
            Self::NotAdmitted { .. } => "not-admitted",
            Self::SelectionDiffers { .. } => "selection-differs",
            Self::BudgetExceeded => "budget-exceeded",
        }
    }
}

/// Every promise the allocation breaks; empty for a sound one.
///
/// Checked: money conserved to the unit per project and participant, restrictions (and, under the proportional
/// rule, stated wishes), costs and minimums, admission, budget. Cost: O(payments · log projects).
pub fn violations(instance: &Instance, plan: &PoolPlan, allocation: &Allocation) -> Vec<Violation> {
    let (projects, participants) = (instance.projects(), instance.participants());
    let shape = [allocation.granted_minor.len(), allocation.payments_minor.len()];
    if shape != [projects.len(); 2] || allocation.unspent_minor.len() != participants.len() {
        return vec![Violation::WrongShape];
    }
    let mut found = Vec::new();
    let mut paid_by = vec![0_u128; participants.len()];
    for (project, payments) in allocation.payments_minor.iter().enumerate() {
        let mut paid = 0_u128;
        for &(participant, minor) in payments {
            paid += u128::from(minor);
            if !may_pay(instance, plan, participant, project) {
                found.push(Violation::RestrictionBroken { project, participant });
            }
            if let Some(sum) = paid_by.get_mut(participant) {
                *sum += u128::from(minor);
            }
        }
        if paid != u128::from(allocation.granted_minor[project]) {
            found.push(Violation::GrantNotPaid { project });
        }
    }
    for (participant, (paid, who)) in paid_by.iter().zip(participants).enumerate() {
        if paid + u128::from(allocation.unspent_minor[participant]) != u128::from(who.purse_minor()) {
            found.push(Violation::MoneyNotConserved { participant });
        }
    }
    for (position, project) in projects.iter().enumerate() {
        let granted = allocation.granted_minor[position];
        let times = allocation
            .selected
            .iter()
            .filter(|&&selected| selected == position)
            .count();
        let cost = project.cost_minor();
        if times > 1 || (times == 0) != (granted == 0) && cost > 0 {
            found.push(Violation::SelectionDiffers { project: position });
        }
        if times > 0 && !(project.least_grant_minor(cost)..=cost).contains(&granted) {
            found.push(Violation::WrongGrant { project: position });
        }
        if times > 0 && !is_admitted(instance, plan, position) {
            found.push(Violation::NotAdmitted { project: position });
        }
    }
    let granted: u128 = allocation
        .granted_minor
        .iter()
        .map(|&minor| u128::from(minor))
        .sum();
    if granted > u128::from(instance.budget_minor()) {
        found.push(Violation::BudgetExceeded);
    }
    found
}

/// A project that was left out although the unspent money allowed to go to it reaches its cost (or minimum):
/// the witness that an allocation is not *exhaustive*; `None` if it is.
///
/// Rules that stop at a misfit are not exhaustive by design.
pub fn exhaustiveness_witness(
    instance: &Instance,
    plan: &PoolPlan,
    allocation: &Allocation,
) -> Option<usize> {
    (0..instance.projects().len()).find(|&position| {
        let Some(project) = instance.projects().get(position) else {
            return false;
        };
        let unspent = allocation.unspent_minor.iter().enumerate();
        let usable = unspent.filter(|(participant, _)| may_pay(instance, plan, *participant, position));
        let reach: u64 = usable.map(|(_, &minor)| minor).sum();
        let missed = !allocation.selected.contains(&position) && is_admitted(instance, plan, position);
        missed && reach >= project.least_grant_minor(project.cost_minor())
    })
}

fn may_pay(instance: &Instance, plan: &PoolPlan, participant: usize, project: usize) -> bool {
    instance.participants().get(participant).is_some_and(|who| {
        let wishes = who.wishes();
        let wished = wishes.is_empty() || wishes.iter().any(|&(wish, _)| wish == project);
        who.may_pay(project) && (wished || plan.rule != RuleId::Proportional)
    })
}

fn is_admitted(instance: &Instance, plan: &PoolPlan, position: usize) -> bool {
    let Some(project) = instance.projects().get(position) else {
        return false;
    };
    let supported = match plan.rule {
        RuleId::Proportional => {
            (0..instance.participants().len()).any(|who| may_pay(instance, plan, who, position))
        }
        _ => project.votes() > 0,
    };
    let threshold = match plan.rule {
        RuleId::GreedyThreshold => u128::from(plan.threshold_votes.unwrap_or(0)),
        _ => 0,
    };
    let unit = 10_u128.saturating_pow(instance.votes_digits());
    !project.is_withdrawn() && supported && u128::from(project.votes()) >= threshold.saturating_mul(unit)
}
