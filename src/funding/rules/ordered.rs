//! Rules that look at one project after another and buy what fits: the greedy family, and `in-order`.

use super::ordered_columns::buy_in_order;
use super::{Agenda, Mechanism, Rule};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::columns::{BlockOutcome, Columns};
use crate::funding::{
    Contender, FundingProject, Instance, MAX_CONTENDERS, Measure, Outcome, Pool, Round, Verdict,
};
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

/// What the projects are ordered by. Ties: file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// Most votes first.
    Votes,
    /// Most votes per cost first, compared exactly.
    VotesPerCost,
    /// As given.
    File,
}

/// One rule of the family.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ordered {
    id: RuleId,
    key: Key,
    stops_at_misfit: bool,
    has_threshold: bool,
}

impl Ordered {
    pub(super) const fn new(id: RuleId, key: Key) -> Self {
        Self {
            id,
            key,
            stops_at_misfit: false,
            has_threshold: false,
        }
    }

    /// Nothing is bought after the first project that does not fit.
    pub(super) const fn stopping_at_misfit(self) -> Self {
        Self {
            stops_at_misfit: true,
            ..self
        }
    }

    /// Only projects with the plan's number of votes are looked at.
    pub(super) const fn with_threshold(self) -> Self {
        Self {
            has_threshold: true,
            ..self
        }
    }

    fn refusal(&self, project: &FundingProject, threshold_votes: u64) -> Option<Verdict> {
        if project.is_withdrawn() {
            Some(Verdict::Withdrawn)
        } else if project.votes() == 0 {
            Some(Verdict::NoSupport)
        } else if self.has_threshold && project.votes() < threshold_votes {
            Some(Verdict::BelowThreshold)
        } else {
            None
        }
    }
}

/// The round that ended in `verdict` about the first of the projects still `open`, in the order of `key`.
pub(super) fn round(key: Key, pool: &Pool, open: &[u32], costs_minor: &[u64], verdict: Verdict) -> Round {
    let votes = |index: u32| pool.votes.get(index as usize).copied().unwrap_or(0);
    let value = |index: u32| match (key, costs_minor.get(index as usize)) {
        (Key::VotesPerCost, Some(&cost)) if cost > 0 => votes(index) as f64 / cost as f64,
        _ => votes(index) as f64,
    };
    let unit = (0..pool.votes_digits).fold(1.0, |unit, _| unit * 10.0);
    let contender = |(place, &index): (usize, &u32)| Contender {
        project: index as usize,
        value: Some(value(index) / unit),
        supporters: votes(index),
        short_minor: match verdict {
            Verdict::DoesNotFit { short_minor, .. } if place == 0 => short_minor,
            _ => 0,
        },
    };
    let first = open.first().map(|&index| index as usize);
    Round {
        measure: match key {
            Key::Votes => Measure::Votes,
            Key::VotesPerCost => Measure::VotesPerCost,
            Key::File => Measure::GivenOrder,
        },
        contenders: open
            .iter()
            .take(MAX_CONTENDERS)
            .enumerate()
            .map(contender)
            .collect(),
        open: open.len(),
        bought: first.filter(|_| matches!(verdict, Verdict::Bought | Verdict::BoughtInPart)),
        tie: key != Key::File
            && open
                .get(1)
                .is_some_and(|&next| Some(value(next)) == open.first().map(|&index| value(index))),
    }
}

impl Rule for Ordered {
    fn id(&self) -> RuleId {
        self.id
    }

    fn shares_accounts(&self) -> bool {
        true
    }

    fn agenda(&self, instance: &Instance, plan: &PoolPlan) -> Agenda {
        // The plan's threshold is in whole votes, the instance's votes in units of 10^−digits.
        let unit = 10_u64.checked_pow(instance.votes_digits()).unwrap_or(u64::MAX);
        let threshold_votes = plan.threshold_votes.unwrap_or(0).saturating_mul(unit);
        let mut agenda = Agenda::default();
        for (project, index) in instance.projects().iter().zip(0_u32..) {
            match self.refusal(project, threshold_votes) {
                Some(verdict) => agenda.excluded.push((index as usize, verdict)),
                None => agenda.candidates.push(index),
            }
        }
        if self.key == Key::Votes {
            let votes = |&index: &u32| instance.projects().get(index as usize).map(FundingProject::votes);
            crate::order::sort_by_key(&mut agenda.candidates, |index| Reverse(votes(index)));
        }
        agenda
    }

    fn mechanism(&self, _instance: &Instance, _plan: &PoolPlan) -> Arc<dyn Mechanism> {
        Arc::new(*self)
    }
}

impl Mechanism for Ordered {
    fn run(&self, pool: &Pool, outcome: &mut Outcome) {
        let mut order = std::mem::take(&mut outcome.order);
        order.clear();
        order.extend(&pool.agenda.candidates);
        if self.key == Key::VotesPerCost {
            // Costs differ between futures, so this order is made anew. votes_a/cost_a > votes_b/cost_b, without
            // division; a free project comes first, since admitted projects have votes.
            let votes = |index: u32| u128::from(pool.votes.get(index as usize).copied().unwrap_or(0));
            let cost = |index: u32| u128::from(outcome.cost(index as usize));
            order.sort_unstable_by(|&a, &b| {
                let (a_first, b_first) = (votes(a) * cost(b), votes(b) * cost(a));
                b_first.cmp(&a_first).then(a.cmp(&b))
            });
        }
        let mut stopped = false;
        for (place, &index) in order.iter().enumerate() {
            let project = index as usize;
            if stopped {
                outcome.record(pool, project, Verdict::AfterStop, 0);
                continue;
            }
            let verdict = outcome.buy(pool, project);
            stopped = self.stops_at_misfit && matches!(verdict, Verdict::DoesNotFit { .. });
            outcome.keep_round(|costs| {
                round(
                    self.key,
                    pool,
                    order.get(place..).unwrap_or_default(),
                    costs,
                    verdict,
                )
            });
        }
        outcome.order = order;
    }

    fn run_columns(
        &self,
        pool: &Pool,
        costs_minor: &Columns<u64>,
        places: &Range<usize>,
        results: &mut BlockOutcome,
    ) -> bool {
        // Costs decide the order by votes per cost, so it differs between runs; groups remember what was bought.
        if self.key == Key::VotesPerCost || !pool.groups.list().is_empty() {
            return false;
        }
        buy_in_order(pool, self.stops_at_misfit, costs_minor, places, results);
        true
    }
}
