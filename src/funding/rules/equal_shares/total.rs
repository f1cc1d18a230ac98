//! Which total to hand out: run after run with more money in every purse, and the totals in between that need no run.
//!
//! Let L be the run with a purse of x and U the run with y > x, both with the same choices in the same order. With more
//! in every purse and the same choices nobody ever has less and no price is ever higher (by induction over the rounds:
//! α falls with the money, and max(0, b − αw) grows with b and falls with α). So for every purse in between, as long as
//! the choices so far are the same, the project chosen in L and U costs at most what it costs in L, and any other at
//! least what it costs in U. The choice is the same in between if for every other project one of these holds:
//!
//! 1. its price in U is above the chosen one's in L;
//! 2. in L everybody can pay the chosen one in full (then its price is the same for all larger purses), and the other
//!    comes after it even if everybody could pay in full;
//! 3. both have the same supporters with the same points and the same cost: they tie always, and the order of ties
//!    decides;
//! 4. in L and U the same voices could not pay in full: for everything bought so far, for the chosen project and for the
//!    other. Then all purses and both prices are straight lines in the size of the purse, in between too (who is rich
//!    at both ends is rich in between, and who is poor is poor), and a line that is nowhere below another at both ends
//!    is nowhere below it in between.
//!
//! And if nothing else can be paid for at the end of U, it cannot be with less.

use super::electorate::{Electorate, Scale};
use super::round::{Choice, Run, Terms, Ties};
use super::till::{Answer, Till};
use std::cmp::Ordering;

/// What a run ended in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing else can be paid for.
    Whole,
    /// The real money does not reach for what was chosen.
    TooMuch,
    /// Not proven to choose as the run it was compared with.
    Other,
}

/// An election without its money.
pub(super) struct Case<'a> {
    pub electorate: &'a Electorate,
    pub candidates: &'a [u32],
    pub ties: Ties<'a>,
    /// `costs[project]`, in the unit totals are raised by.
    pub costs: &'a [u64],
}

/// Told each choice before it is made, and the end of the rounds.
pub(super) type Observer<'o> = dyn FnMut(&Run, Option<&Choice>) + 'o;

impl<'a> Case<'a> {
    /// Everybody holds the same.
    pub fn equal(&self, purse: u64, divisor: u64) -> Terms<'a> {
        Terms {
            costs: self.costs,
            purses: &[],
            equal: purse,
            divisor: divisor.max(1),
        }
    }

    /// Runs the rounds.
    pub fn run(
        &self,
        run: &mut Run,
        terms: &Terms<'_>,
        till: &mut Till<'_>,
        observer: &mut Observer<'_>,
    ) -> End {
        run.start(self.electorate, terms, self.candidates);
        till.reset();
        let mut close = Vec::new();
        loop {
            let choice = run.choose(self.electorate, terms, &self.ties, 0.0, &mut close);
            observer(run, choice.as_ref());
            let Some(choice) = choice else { return End::Whole };
            if !self.take(run, terms, till, choice) {
                return End::TooMuch;
            }
        }
    }

    fn take(&self, run: &mut Run, terms: &Terms<'_>, till: &mut Till<'_>, choice: Choice) -> bool {
        match till.ask(choice.project) {
            Answer::Pays => run.buy(self.electorate, terms, choice),
            Answer::Cannot => run.pass_over(choice),
            Answer::TooMuch => return false,
        }
        true
    }

    /// Runs the rounds, and proves that every purse between `lower` (of the run `known`) and `terms` gives the same
    /// choices in the same order; stops as soon as it cannot.
    fn run_alike(
        &self,
        run: &mut Run,
        terms: &Terms<'_>,
        till: &mut Till<'_>,
        known: &Run,
        lower: &Terms<'_>,
    ) -> End {
        run.start(self.electorate, terms, self.candidates);
        till.reset();
        let mut close = Vec::new();
        let mut straight = true;
        let mut shadow = Shadow::default();
        loop {
            let place = run.choices.len();
            let expected = known.choices.get(place);
            let watch = expected.map_or(0.0, |choice| choice.most);
            let choice = run.choose(self.electorate, terms, &self.ties, watch, &mut close);
            let (expected, choice) = match (expected, choice) {
                (None, None) => return End::Whole,
                (Some(expected), Some(choice)) if expected.project == choice.project => (expected, choice),
                _ => return End::Other,
            };
            straight &= expected.poor == choice.poor;
            for &other in &close {
                let is_behind = expected.all_rich && self.is_behind(other, expected.project)
                    || self.costs.get(other) == self.costs.get(expected.project)
                        && self.electorate.are_twins(other, expected.project)
                    || straight && {
                        shadow.follow(self, lower, known, place);
                        let then = shadow.run.poor_of(self.electorate, lower, other);
                        then.is_some() && then == run.poor_of(self.electorate, terms, other)
                    };
                if !is_behind {
                    return End::Other;
                }
            }
            if !self.take(run, terms, till, choice) {
                return End::TooMuch;
            }
        }
    }

    /// Whether `other` comes after `first` when everybody can pay in full.
    fn is_behind(&self, other: usize, first: usize) -> bool {
        let cost = |project: usize| self.costs.get(project).copied().unwrap_or(u64::MAX);
        let weight = |project: usize| u128::from(self.electorate.total_weight(project));
        // ρ = c/(W·s): cross-multiplied. Free projects first.
        let order = match (cost(first) == 0, cost(other) == 0) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => match self.electorate.scale {
                Scale::Cost => weight(other).cmp(&weight(first)),
                Scale::Points => {
                    (u128::from(cost(first)) * weight(other)).cmp(&(u128::from(cost(other)) * weight(first)))
                }
            },
        };
        let terms = self.equal(0, 1);
        order.then_with(|| self.ties.order(&terms, first, other)) == Ordering::Less
    }

    /// Add1: from ⌊`budget`/n⌋ on, purses are raised by one unit each while the real money reaches for the outcome; the
    /// last such outcome stays in `run`, and the purse it was reached with is returned (`None`: that of `run` before).
    ///
    /// `run` holds the run with purses of `budget`/n.
    pub fn raise(&self, run: &mut Run, budget: u64, till: &mut Till<'_>, skipping: bool) -> Option<u64> {
        let people = self.electorate.people;
        if people == 0 {
            return None;
        }
        let mut lower = self.equal(budget, people);
        let mut purse = budget / people;
        let mut raised = None;
        // With all costs in every purse everybody can pay alone.
        let most = self
            .costs
            .iter()
            .fold(0, |sum: u64, &cost| sum.saturating_add(cost));
        let mut next = Run::default();
        let mut step = 1;
        // The least purse known to choose otherwise.
        let mut wall = u64::MAX;
        till.raise();
        while !self.is_all_bought(run) && purse <= most {
            if purse.saturating_add(1) >= wall {
                wall = u64::MAX;
            }
            step = step.min((wall - purse) / 2).max(1).min(u64::MAX - purse);
            let terms = self.equal(purse + step, 1);
            if step == 1 {
                if self.run(&mut next, &terms, till, &mut |_, _| ()) == End::TooMuch {
                    break;
                }
                let alike = next.choices.iter().map(|it| (it.project, it.bought));
                if skipping && alike.eq(run.choices.iter().map(|it| (it.project, it.bought))) {
                    step = 2;
                }
            } else if self.run_alike(&mut next, &terms, till, run, &lower) == End::Whole {
                step = step.saturating_mul(2);
            } else {
                wall = purse + step;
                step /= 2;
                continue;
            }
            purse = terms.equal;
            raised = Some(purse);
            std::mem::swap(run, &mut next);
            lower = terms;
        }
        raised
    }

    fn is_all_bought(&self, run: &Run) -> bool {
        let supported = |&&project: &&u32| self.electorate.total_weight(project as usize) > 0;
        let bought = run.choices.iter().filter(|choice| choice.bought).count();
        self.candidates.iter().filter(supported).count() == bought
    }
}

/// The known run once more, as far as it is compared.
#[derive(Default)]
struct Shadow {
    run: Run,
    started: bool,
}

impl Shadow {
    /// Brings it to the state before choice number `place`.
    fn follow(&mut self, case: &Case<'_>, terms: &Terms<'_>, known: &Run, place: usize) {
        if !self.started {
            self.started = true;
            self.run.start(case.electorate, terms, case.candidates);
        }
        while self.run.choices.len() < place {
            let Some(choice) = known.choices.get(self.run.choices.len()) else {
                return;
            };
            let again = choice.clone();
            if choice.bought {
                self.run.buy(case.electorate, terms, again);
            } else {
                self.run.pass_over(again);
            }
        }
    }
}
