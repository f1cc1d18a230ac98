//! Sequential Phragmén.

use super::supporters::{Supporters, agenda_of};
use super::{Agenda, Mechanism, Rule};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::natural::{Natural, gcd};
use crate::funding::{Contender, Instance, MAX_CONTENDERS, Measure, Outcome, Pool, Round, Verdict};
use std::cmp::Ordering;
use std::sync::Arc;

/// Each project bought is a load its supporters carry; after every purchase they all carry the same. The next project p
/// is the one with the least new load
///
/// s(p) = (Σ_{i ∈ N(p)} load_i + c(p)) / |N(p)|,
///
/// and then load_i = s(p) for i ∈ N(p). The rule stops as soon as one of the projects tied for the least load costs more
/// than is left in the pool. Among the affordable ties: file order. A project whose payers could not pay for it with full
/// purses is out from the start; one that only its payers' restrictions, or its group, keep from being bought is passed
/// over, and the rule goes on. Purses do not matter for loads: without ballots each pledge is one voice.
///
/// Exact, and quick all the same. A voice's load is the s of the last project bought that it supports, so only as many
/// different loads exist as projects were bought, and s(p) is a sum over purchases r of people × s_r. All s_r are kept as
/// whole numerators a_r over one common denominator D, so that two candidates compare by multiplying their numerators
/// with small numbers. That happens only where a floating-point guess with a proven error cannot tell them apart.
///
/// Source: Phragmén 1894; Brill, Freeman, Janson, Lackner, *Phragmén's Voting Methods and Justified Representation*,
/// Mathematical Programming 2024; with costs: Los, Christoff, Grossi, *Proportional Budget Allocations*, IJCAI 2022.
#[derive(Clone, Debug, Default)]
pub(super) struct Phragmen {
    supporters: Supporters,
}

/// The entry in the table of rules.
pub(super) struct PhragmenRule;

impl Rule for PhragmenRule {
    fn id(&self) -> RuleId {
        RuleId::Phragmen
    }

    fn shares_accounts(&self) -> bool {
        true
    }

    fn agenda(&self, instance: &Instance, _plan: &PoolPlan) -> Agenda {
        let supporters = Supporters::new(instance);
        agenda_of(instance, |project| supporters.behind(project))
    }

    fn mechanism(&self, instance: &Instance, _plan: &PoolPlan) -> Arc<dyn Mechanism> {
        Arc::new(Phragmen {
            supporters: Supporters::new(instance),
        })
    }
}

/// A project still open.
struct Candidate {
    project: usize,
    people: u64,
    /// `after[r]`: its supporters whose last project was the r-th bought; `after[0]`: who carry nothing yet.
    after: Vec<u64>,
    /// About s(p).
    guess: f64,
}

/// The loads so far.
struct Loads {
    /// D.
    denominator: Natural,
    /// a_r; a_0 = 0.
    numerators: Vec<Natural>,
    /// About a_r / D.
    guesses: Vec<f64>,
    /// Every guess is within this share of the truth.
    error: f64,
    /// `last[group]`: the purchase that set its load.
    last: Vec<usize>,
}

impl Mechanism for Phragmen {
    fn run(&self, pool: &Pool, outcome: &mut Outcome) {
        let mut loads = Loads::none(self.supporters.people.len());
        let mut open: Vec<Candidate> = Vec::new();
        for &index in &pool.agenda.candidates {
            let project = index as usize;
            // Nothing was bought yet: who cannot be paid now never can.
            if outcome.affordable(pool, project).is_err() {
                outcome.buy(pool, project);
                continue;
            }
            let people = self.supporters.behind(project);
            open.push(Candidate {
                project,
                people,
                after: vec![people],
                guess: 0.0,
            });
        }
        while !open.is_empty() {
            let tied = loads.least(&mut open, outcome);
            let refusal = |&place: &usize| {
                let candidate = open.get(place)?;
                let verdict = outcome.affordable(pool, candidate.project).err()?;
                Some((place, verdict, candidate.project))
            };
            let refused: Vec<(usize, Verdict, usize)> = tied.iter().filter_map(refusal).collect();
            let left = outcome.pool_left_minor;
            let overspends = |&&(_, _, project): &&(usize, Verdict, usize)| {
                pool.groups.room(&outcome.taken, project, 0).is_ok()
                    && pool.least_grant(project, outcome.cost(project)) > left
            };
            if let Some(&(place, verdict, project)) = refused.iter().find(overspends) {
                outcome.keep_round(|_| round(pool, &open, &tied, None, Some((place, verdict))));
                outcome.buy(pool, project);
                for candidate in &open {
                    if candidate.project != project {
                        outcome.record(pool, candidate.project, Verdict::AfterStop, 0);
                    }
                }
                return;
            }
            if !refused.is_empty() {
                for &(place, _, project) in refused.iter().rev() {
                    outcome.buy(pool, project);
                    open.remove(place);
                }
                continue;
            }
            let Some(&place) = tied.first() else { return };
            outcome.keep_round(|_| round(pool, &open, &tied, Some(place), None));
            let bought = open.remove(place);
            loads.carry(&bought, outcome.cost(bought.project));
            self.move_supporters(&mut loads, &mut open, bought.project);
            outcome.buy(pool, bought.project);
        }
    }
}

impl Phragmen {
    /// The supporters of `project` carry the load of the last purchase now.
    fn move_supporters(&self, loads: &mut Loads, open: &mut [Candidate], project: usize) {
        let now = loads.numerators.len() - 1;
        for candidate in &mut *open {
            candidate.after.push(0);
        }
        for &group in self.supporters.groups(project) {
            let people = self.supporters.people(group);
            let Some(last) = loads.last.get_mut(group as usize) else {
                continue;
            };
            let before = std::mem::replace(last, now);
            for &other in self.supporters.projects(group) {
                // Open candidates stay in file order.
                let place = open.binary_search_by_key(&(other as usize), |candidate| candidate.project);
                if let Some(candidate) = place.ok().and_then(|place| open.get_mut(place)) {
                    if let Some(count) = candidate.after.get_mut(before) {
                        *count -= people;
                    }
                    if let Some(count) = candidate.after.get_mut(now) {
                        *count += people;
                    }
                }
            }
        }
    }
}

impl Loads {
    fn none(groups: usize) -> Self {
        Self {
            denominator: Natural::one(),
            numerators: vec![Natural::default()],
            guesses: vec![0.0],
            error: 0.0,
            last: vec![0; groups],
        }
    }

    /// (Σ people × a_r) + c·D: s(p) is this over D·|N(p)|.
    fn numerator(&self, candidate: &Candidate, cost: u64) -> Natural {
        let mut sum = self.denominator.scaled(cost);
        for (numerator, &people) in self.numerators.iter().zip(&candidate.after) {
            sum.add_scaled(numerator, people);
        }
        sum
    }

    /// The places of the candidates with exactly the least new load, in file order; guesses are made anew.
    ///
    /// Error of a guess: every term is at least 0, so the sum's relative error is at most that of its worst term
    /// (`error`, and one rounding each for the number of people and the product), plus one rounding for each of the
    /// additions and for the division: error + (purchases + 4)·2⁻⁵³ to first order, and twice that with room to spare.
    fn least(&mut self, open: &mut [Candidate], outcome: &Outcome) -> Vec<usize> {
        self.error += (self.guesses.len() + 8) as f64 * f64::EPSILON;
        let mut least = f64::INFINITY;
        for candidate in &mut *open {
            let terms = self.guesses.iter().zip(&candidate.after);
            let carried: f64 = terms.map(|(load, &people)| load * people as f64).sum();
            candidate.guess = (carried + outcome.cost(candidate.project) as f64) / candidate.people as f64;
            least = least.min(candidate.guess);
        }
        // a ≤ b allows a(1 − e) ≤ b(1 + e); (1 + e)/(1 − e) ≤ 1 + 4e up to e = 1/2. Beyond, all are compared.
        let limit = if self.error < 0.25 {
            least * (1.0 + 4.0 * self.error)
        } else {
            f64::INFINITY
        };
        let near: Vec<usize> = (0..open.len())
            .filter(|&place| open.get(place).is_some_and(|candidate| candidate.guess <= limit))
            .collect();
        if near.len() < 2 {
            return near;
        }
        let mut best: Option<(Natural, u64)> = None;
        let mut tied = Vec::new();
        for place in near {
            let Some(candidate) = open.get(place) else {
                continue;
            };
            let numerator = self.numerator(candidate, outcome.cost(candidate.project));
            let order = best.as_ref().map_or(Ordering::Less, |(least, people)| {
                // s = numerator / (D · people), for both.
                numerator.scaled(*people).cmp(&least.scaled(candidate.people))
            });
            if order == Ordering::Less {
                tied.clear();
                best = Some((numerator, candidate.people));
            }
            if order != Ordering::Greater {
                tied.push(place);
            }
        }
        tied
    }

    /// One more purchase: its load over the common denominator, which grows by |N(p)| where it has to.
    fn carry(&mut self, bought: &Candidate, cost: u64) {
        let mut numerator = self.numerator(bought, cost);
        let rest = numerator.clone().divide_by(bought.people);
        let common = u64::try_from(gcd(rest.into(), bought.people.into())).unwrap_or(1);
        numerator.divide_by(common);
        let factor = bought.people / common.max(1);
        if factor > 1 {
            self.denominator.scale(factor);
            for known in &mut self.numerators {
                known.scale(factor);
            }
        }
        self.numerators.push(numerator);
        self.guesses.push(bought.guess);
    }
}

/// What was compared: the tied first, then by load.
fn round(
    pool: &Pool,
    open: &[Candidate],
    tied: &[usize],
    bought: Option<usize>,
    short: Option<(usize, Verdict)>,
) -> Round {
    let budget: f64 = pool.purses_minor().iter().map(|&minor| minor as f64).sum();
    let mut places: Vec<usize> = (0..open.len()).collect();
    let guess = |place: usize| open.get(place).map_or(f64::INFINITY, |candidate| candidate.guess);
    let first = |place: usize| Some(place) != bought.or(short.map(|(place, _)| place));
    crate::order::sort_by(&mut places, |&a, &b| {
        (first(a), !tied.contains(&a))
            .cmp(&(first(b), !tied.contains(&b)))
            .then(guess(a).total_cmp(&guess(b)))
    });
    let contender = |&place: &usize| {
        let candidate = open.get(place)?;
        Some(Contender {
            project: candidate.project,
            value: Some(candidate.guess / budget.max(1.0)),
            supporters: candidate.people,
            short_minor: match short {
                Some((at, Verdict::DoesNotFit { short_minor, .. })) if at == place => short_minor,
                _ => 0,
            },
        })
    };
    Round {
        measure: Measure::Load,
        contenders: places.iter().take(MAX_CONTENDERS).filter_map(contender).collect(),
        open: open.len(),
        bought: bought.and_then(|place| Some(open.get(place)?.project)),
        tie: tied.len() > 1,
    }
}
