//! The method of equal shares: everybody holds the same (or its own pledge) and pays, with others, only for what it
//! supports; what costs its supporters least comes first.

mod electorate;
mod explain;
mod pay;
mod round;
mod till;
mod total;

use super::ordered::{self, Key};
use super::{Agenda, Mechanism, Rule};
use crate::domain::{Comparison, Completion, PoolPlan, RuleId};
use crate::funding::{EqualSharesNote, FundingError, FundingProject, Instance, Outcome, Pool, Verdict};
use electorate::Electorate;
use round::{Run, Terms, Ties};
use std::cmp::Reverse;
use std::sync::Arc;
use till::Till;
use total::Case;

/// Peters, Pierczyński and Skowron, *Proportional Participatory Budgeting with Additive Utilities*, NeurIPS 2021.
///
/// Voice i holds bᵢ: the budget over all people where there are ballots, else its own pledge. In each round ρ(p) solves
/// Σ min(bᵢ, ρ·uᵢ(p)) = c(p) over the supporters of p; the project of least ρ is bought, and each supporter pays
/// min(bᵢ, ρ·uᵢ(p)). uᵢ(p) is the cost of p (or 1) for an approval, the points where any ballot gives more than one.
/// Ties: lower cost, more votes, file order. It ends when no project's supporters can pay for it. Exact: `round.rs`.
///
/// *Completions* and the *comparison* are as in `docs/equal-shares.md`.
pub(super) struct EqualShares;

/// The rule with the voices of an instance.
struct Compiled {
    electorate: Electorate,
    completion: Completion,
    comparison: Option<Comparison>,
    unit_minor: u64,
    /// Steps through totals one by one where false: for tests.
    skipping: bool,
}

impl Rule for EqualShares {
    fn id(&self) -> RuleId {
        RuleId::EqualShares
    }

    fn check(&self, instance: &Instance, plan: &PoolPlan) -> Result<(), FundingError> {
        let raises = matches!(plan.completion, Some(Completion::Add1 | Completion::Add1u));
        if raises && instance.voters().is_empty() {
            return Err(FundingError::RealPurses);
        }
        electorate::check(instance)
    }

    /// What a voice pays with its own purse follows from ρ alone.
    fn keeps_limits(&self, instance: &Instance) -> bool {
        !instance.voters().is_empty()
    }

    /// By votes, for what is bought after the rounds.
    fn agenda(&self, instance: &Instance, _plan: &PoolPlan) -> Agenda {
        let mut supported = vec![false; instance.projects().len()];
        for voice in instance.voices().iter().filter(|voice| voice.voters > 0) {
            for &(project, _) in voice.points {
                if let Some(flag) = supported.get_mut(project) {
                    *flag = true;
                }
            }
        }
        let mut agenda = Agenda::default();
        for ((project, index), supported) in instance.projects().iter().zip(0_u32..).zip(supported) {
            if project.is_withdrawn() {
                agenda.excluded.push((index as usize, Verdict::Withdrawn));
            } else if !supported || project.votes() == 0 {
                agenda.excluded.push((index as usize, Verdict::NoSupport));
            } else {
                agenda.candidates.push(index);
            }
        }
        let votes = |&index: &u32| instance.projects().get(index as usize).map(FundingProject::votes);
        crate::order::sort_by_key(&mut agenda.candidates, |index| Reverse(votes(index)));
        agenda
    }

    fn mechanism(&self, instance: &Instance, plan: &PoolPlan) -> Arc<dyn Mechanism> {
        Arc::new(Compiled {
            electorate: Electorate::new(instance, plan.utility.unwrap_or_default()),
            completion: plan.completion.unwrap_or_default(),
            comparison: plan.comparison,
            unit_minor: instance.unit_minor(),
            skipping: true,
        })
    }
}

impl Mechanism for Compiled {
    fn run(&self, pool: &Pool, outcome: &mut Outcome) {
        let rival = self.comparison.map(|comparison| {
            let mut rival = outcome.clone();
            by_votes(pool, &mut rival, |_| true);
            (comparison, rival)
        });
        self.settle(pool, outcome);
        if let Some((comparison, mut rival)) = rival
            && self.gives_way(comparison, &outcome.funded, &rival.funded)
        {
            let note = outcome.equal_shares.map(|note| EqualSharesNote {
                gave_way: true,
                ..note
            });
            std::mem::swap(&mut rival.rounds, &mut outcome.rounds);
            *outcome = rival;
            outcome.equal_shares = note;
        }
    }
}

impl Compiled {
    /// Rounds and completion.
    fn settle(&self, pool: &Pool, outcome: &mut Outcome) {
        let raises = matches!(self.completion, Completion::Add1 | Completion::Add1u);
        let unit = if raises { self.unit_minor } else { 1 };
        let budget = outcome.pool_left_minor;
        let costs_minor = outcome.costs_minor.clone();
        let costs: Vec<u64> = costs_minor.iter().map(|&cost| cost / unit).collect();
        let purses: Vec<u64> = (self.electorate.owner.iter())
            .map(|&owner| outcome.left_minor.get(owner).copied().unwrap_or(0))
            .collect();
        let case = Case {
            electorate: &self.electorate,
            candidates: &pool.agenda.candidates,
            ties: Ties { votes: &pool.votes },
            costs: &costs,
        };
        let own = !purses.is_empty();
        let till = |outcome: &Outcome| {
            if own {
                Till::own(pool, &costs_minor)
            } else {
                Till::of_pledges(pool, &costs_minor, outcome)
            }
        };
        let mut terms = if own {
            Terms {
                purses: &purses,
                ..case.equal(0, 1)
            }
        } else {
            case.equal(budget / unit, self.electorate.people)
        };
        let mut run = Run::default();
        let mut now = till(outcome);
        let mut rounds = Vec::new();
        let explain = outcome.is_explaining();
        if raises {
            case.run(&mut run, &terms, &mut now, &mut |_, _| ());
            if let Some(purse) = case.raise(&mut run, budget / unit, &mut now, self.skipping) {
                terms = case.equal(purse, 1);
            }
        }
        if explain || !raises {
            // Once more, to see the rounds; more was promised than there is only while totals were tried.
            let witness = explain::Witness::new(&case, &terms, &costs_minor, unit);
            let observer = &mut |run: &Run, choice: Option<&round::Choice>| {
                if explain {
                    rounds.push(witness.round(run, choice));
                }
            };
            case.run(&mut run, &terms, &mut till(outcome), observer);
        }
        outcome.rounds.append(&mut rounds);
        let table = pay::Table {
            electorate: &self.electorate,
            terms: &terms,
            costs_minor: &costs_minor,
            unit,
        };
        if own {
            table.pay_own(pool, &run, outcome);
        } else {
            if explain {
                table.pay_virtual(&run, outcome);
            }
            for choice in run.choices.iter().filter(|choice| choice.bought) {
                outcome.buy(pool, choice.project);
            }
        }
        let handed_out = u128::from(terms.equal) * u128::from(self.electorate.people) * u128::from(unit)
            / u128::from(terms.divisor);
        outcome.equal_shares = Some(EqualSharesNote {
            voices: self.electorate.people,
            handed_out_minor: if own {
                budget
            } else {
                u64::try_from(handed_out).unwrap_or(u64::MAX)
            },
            in_rounds: run.choices.iter().filter(|choice| choice.bought).count(),
            gave_way: false,
        });
        if matches!(self.completion, Completion::Greedy | Completion::Add1u) {
            by_votes(pool, outcome, |project| !run.is_bought(project));
        } else {
            self.tell_the_rest(pool, outcome, &run, &table);
        }
    }

    /// Why each project that was not bought was not.
    fn tell_the_rest(&self, pool: &Pool, outcome: &mut Outcome, run: &Run, table: &pay::Table<'_>) {
        for &index in &pool.agenda.candidates {
            let project = index as usize;
            if run.is_bought(project) {
                continue;
            }
            let refused = run.choices.iter().any(|choice| choice.project == project);
            let verdict = if refused {
                // What refused it then refuses it now: money only gets less, groups only fill.
                outcome
                    .affordable(pool, project)
                    .err()
                    .unwrap_or(Verdict::AfterStop)
            } else {
                Verdict::SupportersShort {
                    short_minor: table.short_minor(run, project),
                }
            };
            outcome.record(pool, project, verdict, 0);
        }
    }

    /// Whether the outcome by votes takes the place of this one.
    fn gives_way(&self, comparison: Comparison, ours: &[bool], by_votes: &[bool]) -> bool {
        let winners = |voice: usize, funded: &[bool]| {
            let ballot = self.electorate.ballot(voice).iter();
            ballot
                .filter(|&&(project, _)| funded.get(project as usize).copied().unwrap_or(false))
                .count()
        };
        let (mut for_them, mut for_us) = (0_u64, 0_u64);
        for (voice, &heads) in self.electorate.heads.iter().enumerate() {
            let (mine, theirs) = (winners(voice, ours), winners(voice, by_votes));
            let (them, us) = match comparison {
                Comparison::Satisfaction => (theirs > mine, mine > theirs),
                Comparison::Exclusion => (theirs > 0 && mine == 0, mine > 0 && theirs == 0),
            };
            for_them += if them { heads } else { 0 };
            for_us += if us { heads } else { 0 };
        }
        for_them > for_us
    }
}

/// What the money left reaches, by votes.
fn by_votes(pool: &Pool, outcome: &mut Outcome, is_open: impl Fn(usize) -> bool) {
    let candidates = &pool.agenda.candidates;
    let open: Vec<u32> = candidates
        .iter()
        .copied()
        .filter(|&index| is_open(index as usize))
        .collect();
    for (place, &index) in open.iter().enumerate() {
        let verdict = outcome.buy(pool, index as usize);
        let rest = open.get(place..).unwrap_or_default();
        outcome.keep_round(|costs| ordered::round(Key::Votes, pool, rest, costs, verdict));
    }
}

#[cfg(test)]
mod tests;
