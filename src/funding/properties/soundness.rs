//! What a result must satisfy, checked by code that did not find it: it reads the instance and the allocation
//! only, and shares nothing with the rules.

use crate::domain::{PoolPlan, RuleId};
use crate::funding::conditions::due;
use crate::funding::{Allocation, FundingGroup, Instance, Terms};

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
    /// Money for projects from a pledge whose condition does not hold, more than its condition releases, or another part
    /// for administration than stated.
    ConditionBroken {
        /// Who.
        participant: usize,
    },
    /// More than its largest share of the project's cost, or less than its minimum ticket.
    LimitBroken {
        /// Which project.
        project: usize,
        /// Who.
        participant: usize,
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
    /// More projects of this group than allowed, or more money than its ceiling.
    GroupLimitBroken {
        /// Position of the group in the instance's groups.
        group: usize,
    },
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
            Self::ConditionBroken { .. } => "condition-broken",
            Self::LimitBroken { .. } => "limit-broken",
            Self::NotAdmitted { .. } => "not-admitted",
            Self::SelectionDiffers { .. } => "selection-differs",
            Self::BudgetExceeded => "budget-exceeded",
            Self::GroupLimitBroken { .. } => "group-limit-broken",
        }
    }
}

/// Every promise the allocation breaks; empty for a sound one.
///
/// Checked: money conserved to the unit per project and participant, restrictions (and, under the proportional
/// rule, stated wishes), conditions settled anew, administration, shares and tickets, costs and minimums, admission,
/// budget, limits of groups. Cost: O(payments · log projects), and with conditions O(participants²) for each that drops.
pub fn violations(instance: &Instance, plan: &PoolPlan, allocation: &Allocation) -> Vec<Violation> {
    let (projects, participants) = (instance.projects(), instance.participants());
    let shape = [allocation.granted_minor.len(), allocation.payments_minor.len()];
    if shape != [projects.len(); 2] || allocation.unspent_minor.len() != participants.len() {
        return vec![Violation::WrongShape];
    }
    let mut found = Vec::new();
    let supported = supported(instance, plan);
    let mut paid_by = vec![0_u128; participants.len()];
    for (project, payments) in allocation.payments_minor.iter().enumerate() {
        let mut paid = 0_u128;
        for &(participant, minor) in payments {
            paid += u128::from(minor);
            if !may_pay(instance, plan, participant, project) {
                found.push(Violation::RestrictionBroken { project, participant });
            }
            if breaks_limit(instance, participant, project, minor) {
                found.push(Violation::LimitBroken { project, participant });
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
        let kept =
            u128::from(allocation.unspent_minor[participant]) + u128::from(overhead(allocation, participant));
        if paid + kept != u128::from(who.purse_minor()) {
            found.push(Violation::MoneyNotConserved { participant });
        }
    }
    for (participant, (paid, due)) in paid_by.iter().zip(due(instance)).enumerate() {
        let stated = overhead(allocation, participant);
        if stated != due.overhead_minor || paid + u128::from(stated) > u128::from(due.given_minor) {
            found.push(Violation::ConditionBroken { participant });
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
        if times > 0 && !is_admitted(instance, plan, &supported, position) {
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
    for (group, limit) in instance.groups().iter().enumerate() {
        let (count, minor) = in_group(limit, allocation);
        let too_many = limit.most().is_some_and(|most| count > most);
        let too_dear = limit
            .ceiling_minor()
            .is_some_and(|ceiling| minor > u128::from(ceiling));
        if too_many || too_dear {
            found.push(Violation::GroupLimitBroken { group });
        }
    }
    found
}

/// How many projects of a group are selected, and what they get together.
fn in_group(group: &FundingGroup, allocation: &Allocation) -> (u64, u128) {
    let members = || group.projects().iter();
    let count = members().filter(|project| allocation.selected.contains(project));
    let grants = members().filter_map(|&project| allocation.granted_minor.get(project));
    (count.count() as u64, grants.map(|&minor| u128::from(minor)).sum())
}

/// A project that was left out although the unspent money allowed to go to it reaches its cost (or minimum), and its
/// groups still have room:
/// the witness that an allocation is not *exhaustive*; `None` if it is.
///
/// Where minimum tickets add up to more than a project takes it is not looked at: which of them fit together is a
/// knapsack.
///
/// Rules that stop at a misfit are not exhaustive by design.
pub fn exhaustiveness_witness(
    instance: &Instance,
    plan: &PoolPlan,
    allocation: &Allocation,
) -> Option<usize> {
    let supported = supported(instance, plan);
    let due = due(instance);
    (0..instance.projects().len()).find(|&position| {
        let Some(project) = instance.projects().get(position) else {
            return false;
        };
        let missed =
            !allocation.selected.contains(&position) && is_admitted(instance, plan, &supported, position);
        if !missed {
            return false;
        }
        let cost = project.cost_minor();
        let least = project.least_grant_minor(cost);
        let allowed = instance.groups().iter().all(|group| {
            let (count, minor) = in_group(group, allocation);
            let has_place = group.most().is_none_or(|most| count < most);
            let has_room = group
                .ceiling_minor()
                .is_none_or(|ceiling| minor + u128::from(least) <= u128::from(ceiling));
            !group.projects().contains(&position) || (has_place && has_room)
        });
        let usable = due.iter().enumerate().filter_map(|(participant, due)| {
            let who = instance.participants().get(participant)?;
            let paid = allocation.payments_minor.iter().flatten();
            let paid: u64 = paid
                .filter(|payment| payment.0 == participant)
                .map(|payment| payment.1)
                .sum();
            let left = due
                .given_minor
                .saturating_sub(due.overhead_minor)
                .saturating_sub(paid);
            let usable = left.min(largest_payment(who.terms(), cost));
            let able = may_pay(instance, plan, participant, position);
            (able && usable >= who.terms().minimum_ticket_minor)
                .then_some((usable, who.terms().minimum_ticket_minor))
        });
        let (mut reach, mut tickets) = (0_u128, 0_u128);
        for (usable, ticket) in usable.filter(|&(usable, _)| usable > 0) {
            reach += u128::from(usable);
            tickets += u128::from(ticket);
        }
        let price = u128::from(cost).min(reach);
        allowed && reach >= u128::from(least) && tickets <= price
    })
}

/// ⌊cost·share/10 000⌋ for a stated share.
fn largest_payment(terms: &Terms, cost_minor: u64) -> u64 {
    let share = terms.largest_share_basis_points.map_or(10_000, u128::from);
    u64::try_from(u128::from(cost_minor) * share.min(10_000) / 10_000).unwrap_or(cost_minor)
}

fn breaks_limit(instance: &Instance, participant: usize, project: usize, minor: u64) -> bool {
    let (who, what) = (
        instance.participants().get(participant),
        instance.projects().get(project),
    );
    who.zip(what).is_some_and(|(who, what)| {
        let below = minor < who.terms().minimum_ticket_minor;
        minor > 0 && (below || minor > largest_payment(who.terms(), what.cost_minor()))
    })
}

fn overhead(allocation: &Allocation, participant: usize) -> u64 {
    allocation.overhead_minor.get(participant).copied().unwrap_or(0)
}

fn may_pay(instance: &Instance, plan: &PoolPlan, participant: usize, project: usize) -> bool {
    instance.participants().get(participant).is_some_and(|who| {
        let wishes = who.wishes();
        let wished = wishes.is_empty() || wishes.iter().any(|&(wish, _)| wish == project);
        // Money that follows ballots, or others' gifts, follows no wish of its own.
        let bound = match plan.rule {
            RuleId::Proportional => true,
            RuleId::Nash | RuleId::Equilibrium => instance.voters().is_empty(),
            RuleId::Quadratic | RuleId::Pairwise => {
                instance.voters().is_empty() && instance.matching(plan).get(participant) == Some(&false)
            }
            _ => false,
        };
        who.may_pay(project) && (wished || !bound)
    })
}

/// Which projects have the support their rule asks for.
fn supported(instance: &Instance, plan: &PoolPlan) -> Vec<bool> {
    let projects = instance.projects();
    let by_votes = || projects.iter().map(|project| project.votes() > 0).collect();
    let divides = matches!(
        plan.rule,
        RuleId::Nash | RuleId::Equilibrium | RuleId::Quadratic | RuleId::Pairwise
    );
    if plan.rule == RuleId::Proportional || divides && instance.voters().is_empty() {
        let matching = match plan.rule {
            RuleId::Proportional => vec![false; instance.participants().len()],
            _ => instance.matching(plan),
        };
        let gives = |who: &usize| matching.get(*who) == Some(&false);
        let anyone = |project: usize| {
            let mut givers = (0..instance.participants().len()).filter(gives);
            givers.any(|who| may_pay(instance, plan, who, project))
        };
        return (0..projects.len()).map(anyone).collect();
    }
    let by_voices = match plan.rule {
        RuleId::Phragmen | RuleId::MaximinSupport | RuleId::EqualShares => true,
        _ if divides => true,
        // Votes, unless any voice gives points.
        RuleId::MaxWelfare => {
            let voices = instance.voices();
            let mut points = voices.iter().flat_map(|voice| voice.points);
            points.any(|&(_, points)| points != 1)
        }
        _ => false,
    };
    if !by_voices {
        return by_votes();
    }
    let mut supported = vec![false; projects.len()];
    for voice in instance.voices().iter().filter(|voice| voice.voters > 0) {
        for &(project, _) in voice.points {
            supported[project] = true;
        }
    }
    supported
}

fn is_admitted(instance: &Instance, plan: &PoolPlan, supported: &[bool], position: usize) -> bool {
    let Some(project) = instance.projects().get(position) else {
        return false;
    };
    let threshold = match plan.rule {
        RuleId::GreedyThreshold => u128::from(plan.threshold_votes.unwrap_or(0)),
        _ => 0,
    };
    let unit = 10_u128.saturating_pow(instance.votes_digits());
    let enough = u128::from(project.votes()) >= threshold.saturating_mul(unit);
    !project.is_withdrawn() && supported.get(position).copied().unwrap_or(false) && enough
}
