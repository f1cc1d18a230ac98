//! Max welfare: the affordable set with the most support.

mod item;
mod purses;
mod search;

use super::supporters::agenda_of;
use super::{Agenda, Mechanism, Rule};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::{Instance, Outcome, Payment, Pool, Welfare};
use item::Weights;
use purses::Classes;
use search::{Found, Search};
use std::sync::Arc;

/// Of all sets the money can buy, the one with the most welfare: Σ votes × money spent (utility by cost), Σ votes
/// (cardinality), or Σ points where voices give points. An exact 0/1 knapsack with restrictions, groups and divisible
/// projects: see the `search` module. A divisible project counts in proportion to what it gets.
///
/// Among sets of equal welfare the one that holds the earlier project where two first differ in file order. Bought and
/// told in file order. The price is paid pro rata to what the payers have left, project after project; where
/// restrictions do not let that reach, as the flow that proved the set payable says.
///
/// If the search ends at its limit, the best set found stands, filled up with what still fits in file order, and
/// [`Welfare`] says how much more any set could have at most.
///
/// Source: Dantzig 1957 (the bound); Kellerer, Pferschy, Pisinger, *Knapsack Problems*, 2004, 2.4; as a rule for
/// budgets: Talmon, Faliszewski, *A Framework for Approval-Based Budgeting Methods*, AAAI 2019.
#[derive(Clone, Debug)]
struct MaxWelfare {
    weights: Weights,
    classes: Classes,
}

/// The entry in the table of rules.
pub(super) struct MaxWelfareRule;

impl Rule for MaxWelfareRule {
    fn id(&self) -> RuleId {
        RuleId::MaxWelfare
    }

    /// Which shares and tickets add up would be one more knapsack inside this one.
    fn keeps_limits(&self, _instance: &Instance) -> bool {
        false
    }

    fn agenda(&self, instance: &Instance, plan: &PoolPlan) -> Agenda {
        let weights = Weights::new(instance, plan);
        agenda_of(instance, |project| weights.of(project))
    }

    fn mechanism(&self, instance: &Instance, plan: &PoolPlan) -> Arc<dyn Mechanism> {
        Arc::new(MaxWelfare {
            weights: Weights::new(instance, plan),
            classes: Classes::new(instance),
        })
    }
}

impl Mechanism for MaxWelfare {
    fn run(&self, pool: &Pool, outcome: &mut Outcome) {
        let candidates = pool.agenda.candidates.iter().map(|&index| index as usize);
        let items = candidates
            .filter(|&project| outcome.affordable(pool, project).is_ok())
            .map(|project| {
                let cost = outcome.cost(project);
                self.weights.item(project, cost, pool.least_grant(project, cost))
            });
        let full = self.classes.full(&outcome.left_minor);
        let mut search = Search::new(&self.classes, &pool.groups, items.collect(), full);
        let (found, at_most) = search.best();
        outcome.looks = search.looks;
        self.pay(pool, outcome, &found);
        let mut reached = found.welfare;
        for &index in &pool.agenda.candidates {
            let project = index as usize;
            if !found.granted.iter().any(|&(bought, _)| bought == project) {
                outcome.buy(pool, project);
                let granted = outcome.granted_minor.get(project).copied().unwrap_or(0);
                if granted > 0 {
                    reached += self
                        .weights
                        .item(project, outcome.cost(project), 0)
                        .worth(granted);
                }
            }
        }
        let votes_unit = (0..pool.votes_digits).fold(1.0, |unit, _| unit * 10.0);
        let shown = |welfare: u128| self.weights.shown(welfare, votes_unit);
        outcome.welfare = Some(Welfare {
            reached: shown(reached),
            at_most: shown(at_most.max(reached)),
            proven: at_most <= reached,
        });
    }
}

impl MaxWelfare {
    fn pay(&self, pool: &Pool, outcome: &mut Outcome, found: &Found) {
        if reaches_pro_rata(pool, outcome, found) {
            for &(project, granted) in &found.granted {
                outcome.grant(pool, project, granted);
            }
            return;
        }
        for &(project, granted) in &found.granted {
            let left = outcome.left_minor.clone();
            let (splitter, shares) = outcome.splitter();
            let mut split = |amount: u64, weights: &[u64]| {
                splitter.split(amount, weights, weights.iter().sum(), shares);
                shares.clone()
            };
            let payments = found
                .purses
                .payments(&self.classes, pool, project, &left, &mut split);
            for (participant, amount_minor) in payments {
                outcome.pay(Payment {
                    project,
                    participant,
                    amount_minor,
                });
            }
            outcome.pool_left_minor -= granted;
            let verdict = outcome.verdict_of(project, granted);
            outcome.record(pool, project, verdict, granted);
        }
    }
}

/// Whether each project of the set can be paid pro rata, one after the other.
fn reaches_pro_rata(pool: &Pool, outcome: &mut Outcome, found: &Found) -> bool {
    let mut left = outcome.left_minor.clone();
    let (splitter, shares) = outcome.splitter();
    for &(project, granted) in &found.granted {
        let payers = pool.payers(project);
        let weights: Vec<u64> = payers
            .iter()
            .map(|&payer| left.get(payer as usize).copied().unwrap_or(0))
            .collect();
        let available = weights.iter().sum();
        if available < granted {
            return false;
        }
        splitter.split(granted, &weights, available, shares);
        for (&payer, &share) in payers.iter().zip(shares.iter()) {
            if let Some(left) = left.get_mut(payer as usize) {
                *left -= share;
            }
        }
    }
    true
}
