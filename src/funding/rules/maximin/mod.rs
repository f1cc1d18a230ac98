//! The maximin support method.

mod load;

use super::supporters::{Supporters, agenda_of};
use super::{Agenda, Mechanism, Rule};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::{Contender, Instance, MAX_BUDGET_MINOR, MAX_CONTENDERS, Measure, Outcome, Pool, Round};
use load::{Bought, Load};
use std::sync::Arc;

/// Again and again buys the affordable project with which the heaviest load of any supporter is least, when the cost of
/// everything bought is spread over its supporters anew, as evenly as it can be. Ties: file order. What cannot be
/// afforded any more is passed over, so the rule is exhaustive.
///
/// Loads are exact (the `load` module). They only grow as projects are bought, so what a candidate had in an earlier
/// round is a lower bound now: only those are measured again whose bound is not above the best found.
///
/// Source: Sánchez-Fernández, Fernández-García, Fisteus, Brill, *The maximin support method: an extension of the
/// D'Hondt method to approval-based multiwinner elections*, Mathematical Programming 2024; with costs: Aziz, Lee,
/// Talmon, *Proportionally Representative Participatory Budgeting*, AAMAS 2018 (their generalised sequential Phragmén).
#[derive(Clone, Debug)]
pub(super) struct Maximin {
    supporters: Supporters,
}

/// The entry in the table of rules.
pub(super) struct MaximinRule;

impl Rule for MaximinRule {
    fn id(&self) -> RuleId {
        RuleId::MaximinSupport
    }

    fn shares_accounts(&self) -> bool {
        true
    }

    fn agenda(&self, instance: &Instance, _plan: &PoolPlan) -> Agenda {
        let supporters = Supporters::new(instance);
        agenda_of(instance, |project| supporters.behind(project))
    }

    fn mechanism(&self, instance: &Instance, _plan: &PoolPlan) -> Arc<dyn Mechanism> {
        Arc::new(Maximin {
            supporters: Supporters::new(instance),
        })
    }
}

/// A project still open.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    project: usize,
    /// Its load is at least this.
    at_least: Load,
    /// It is this, in this round.
    measured: bool,
}

impl Mechanism for Maximin {
    fn run(&self, pool: &Pool, outcome: &mut Outcome) {
        let mut bought = Bought::nothing(&self.supporters);
        let mut open: Vec<Candidate> = pool
            .agenda
            .candidates
            .iter()
            .map(|&index| Candidate {
                project: index as usize,
                at_least: Load::NONE,
                measured: false,
            })
            .collect();
        loop {
            open.retain(|candidate| {
                let affordable = outcome.affordable(pool, candidate.project).is_ok();
                if !affordable {
                    outcome.buy(pool, candidate.project);
                }
                affordable
            });
            outcome.looks = bought.looks;
            if open.is_empty() {
                return;
            }
            let wanted = if outcome.is_explaining() {
                MAX_CONTENDERS
            } else {
                1
            };
            let best = self.measure(&mut open, &mut bought, outcome, wanted);
            let Some(&Candidate {
                project, at_least, ..
            }) = best.first().and_then(|&place| open.get(place))
            else {
                return;
            };
            outcome.keep_round(|_| round(pool, &open, &best, &self.supporters));
            open.retain(|candidate| candidate.project != project);
            bought.add(&self.supporters, project, load_of(outcome, project), at_least);
            outcome.buy(pool, project);
        }
    }
}

impl Maximin {
    /// The places of the `wanted` candidates with the least loads, measured, best first.
    ///
    /// The one with the least bound is measured next, until as many measured ones come before every bound.
    fn measure(
        &self,
        open: &mut [Candidate],
        bought: &mut Bought,
        outcome: &Outcome,
        wanted: usize,
    ) -> Vec<usize> {
        for candidate in &mut *open {
            candidate.measured = false;
            candidate.at_least = candidate.at_least.max(bought.load);
        }
        loop {
            let mut order: Vec<usize> = (0..open.len()).collect();
            // A bound ties with what is measured later in the file: it may turn out to be the same load.
            order.sort_by_key(|&place| open.get(place).map(|candidate| (candidate.at_least, place)));
            order.truncate(wanted);
            let unmeasured = |&&place: &&usize| open.get(place).is_some_and(|candidate| !candidate.measured);
            let Some(&place) = order.iter().find(unmeasured) else {
                return order;
            };
            if let Some(candidate) = open.get_mut(place) {
                let cost = load_of(outcome, candidate.project);
                candidate.at_least =
                    bought.load_with(&self.supporters, candidate.project, cost, candidate.at_least);
                candidate.measured = true;
            }
        }
    }
}

/// What its supporters carry for a project: its cost, also where it is granted less. No budget holds more than 2⁶², and
/// loads stay exact up to there.
fn load_of(outcome: &Outcome, project: usize) -> u64 {
    outcome.cost(project).min(MAX_BUDGET_MINOR)
}

/// What was compared, best first.
fn round(pool: &Pool, open: &[Candidate], best: &[usize], supporters: &Supporters) -> Round {
    let budget: f64 = pool.purses_minor().iter().map(|&minor| minor as f64).sum();
    let at = |place: usize| best.get(place).and_then(|&place| open.get(place));
    let contenders = (0..best.len()).filter_map(at);
    Round {
        measure: Measure::HeaviestLoad,
        contenders: contenders
            .map(|candidate| Contender {
                project: candidate.project,
                value: Some(candidate.at_least.to_f64() / budget.max(1.0)),
                supporters: supporters.behind(candidate.project),
                short_minor: 0,
            })
            .collect(),
        open: open.len(),
        bought: at(0).map(|candidate| candidate.project),
        tie: at(0)
            .zip(at(1))
            .is_some_and(|(first, second)| first.at_least == second.at_least),
    }
}
