//! What rules that divide money say, before it is asked what that buys.

use super::Instance;
use crate::domain::{PoolPlan, RuleId};
use serde::{Deserialize, Serialize};

/// By how much gifts to all other projects grow in the low end of a [`MatchEstimate`].
pub const OTHERS_GROW: f64 = 2.0;

/// The pure result of a rule that divides money: costs, minimums and restrictions of the matching pool not asked. What it
/// buys is the [`Allocation`](super::Allocation) beside it. Amounts in minor units.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Division {
    /// `allocation[project]`: what the rule gives it; under the quadratic rules its match, which comes on top of gifts.
    pub allocation: Vec<f64>,
    /// The same in whole units: rounded down, the units left to the largest remainders (ties: the earlier), so that the sum
    /// is that of `allocation`, rounded down.
    pub allocation_minor: Vec<u64>,
    /// How far from optimal the split can be at most, relative to all the money; absent where the rule is a plain formula.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<f64>,
    /// Money of those who support nothing they may pay for.
    pub undivided: f64,
    /// The matching pool, under the quadratic rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matching: Option<Matching>,
}

/// A matching pool and what is drawn from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Matching {
    /// Positions of the participants whose money it is.
    pub participants: Vec<usize>,
    /// Their money.
    pub pool_minor: u64,
    /// What nobody draws.
    pub rest: f64,
    /// The part of each project's formula that the pool pays where no cap binds, in [0, 1].
    pub scale: f64,
    /// M, under the pairwise rule; absent without gifts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair_bound: Option<f64>,
    /// For each project.
    pub estimates: Vec<MatchEstimate>,
}

/// What a project may count on from the matching pool: never a figure without its range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MatchEstimate {
    /// Gifts to it.
    pub gifts: f64,
    /// What the formula asks for.
    pub unscaled: f64,
    /// Its match if gifts to every other project grow [`OTHERS_GROW`]-fold and those to it stay.
    pub low: f64,
    /// Its match as things stand.
    pub now: f64,
    /// Its match if nobody gives to any other project.
    pub high: f64,
}

impl Division {
    /// Of amounts in minor units.
    pub(super) fn of(allocation: Vec<f64>) -> Self {
        Self {
            allocation_minor: rounded(&allocation),
            allocation,
            ..Self::default()
        }
    }
}

/// Whole units whose sum is the sum of `amounts` rounded down, each within a unit of its amount.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "amounts are finite, at least 0 and at most 2⁶², and rounded down first"
)]
fn rounded(amounts: &[f64]) -> Vec<u64> {
    let mut whole: Vec<u64> = amounts.iter().map(|amount| amount.floor() as u64).collect();
    let fraction = |amount: f64| amount - amount.floor();
    let fractions = amounts.iter().map(|&amount| fraction(amount));
    // A sum that is whole but for rounding errors counts as whole.
    let units = (fractions.sum::<f64>() + 1e-6).floor() as usize;
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    crate::order::sort_by(&mut order, |&a, &b| {
        fraction(amounts[b]).total_cmp(&fraction(amounts[a]))
    });
    for &at in order.iter().take(units) {
        whole[at] += 1;
    }
    whole
}

impl Instance {
    /// `matches[participant]`: whether its pledge is part of the matching pool of the quadratic rules. Those the plan names;
    /// if it names none, those that [offer to](super::Participant::offers_match); if there are none, the largest purse
    /// above 0 without wishes (ties: the first). Under other rules nobody's.
    pub fn matching(&self, plan: &PoolPlan) -> Vec<bool> {
        if !matches!(plan.rule, RuleId::Quadratic | RuleId::Pairwise) {
            return vec![false; self.participants.len()];
        }
        let people = || self.participants.iter();
        if !plan.matching_pledges.is_empty() {
            let named = |id: &str| plan.matching_pledges.iter().any(|pledge| pledge.as_str() == id);
            return people().map(|who| named(who.id())).collect();
        }
        if people().any(super::Participant::offers_match) {
            return people().map(super::Participant::offers_match).collect();
        }
        let free = people()
            .enumerate()
            .filter(|(_, who)| who.wishes().is_empty() && who.purse_minor() > 0);
        let largest =
            free.max_by(|(a, one), (b, other)| one.purse_minor().cmp(&other.purse_minor()).then(b.cmp(a)));
        let largest = largest.map(|(position, _)| position);
        (0..self.participants.len())
            .map(|position| Some(position) == largest)
            .collect()
    }
}
