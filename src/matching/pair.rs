//! The exact score of two organisations.

use super::interval::Interval;
use super::modifiers::Modifiers;
use super::{Direction, Directory, KindFill};
use crate::domain::ScoreWeights;

/// An offer or a need with its kind interned. Never a stated 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuantityRow {
    pub kind: usize,
    /// `None` = some, not said.
    pub quantity: Option<u64>,
    /// Priority of a need; 0 for an offer.
    pub weight: u8,
}

/// One need against what the other side offers of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub kind: usize,
    pub weight: u8,
    pub need: Option<u64>,
    /// `Some(0)` if the other names none.
    pub offered: Option<u64>,
}

impl Term {
    /// min(o, n)/n, from 0 to 1 as soon as either quantity is missing and something is offered.
    pub fn filled(&self) -> Interval {
        match (self.need, self.offered) {
            (_, Some(0)) => Interval::exactly(0.0),
            (Some(need), Some(offered)) => Interval::exactly(offered.min(need) as f64 / need as f64),
            (None, _) | (_, None) => Interval::UNIT,
        }
    }
}

/// Everything the score of `partner` for `seeker` depends on.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// Needs of the seeker, by kind.
    pub receives: Vec<Term>,
    /// Needs of the partner, by kind.
    pub gives: Vec<Term>,
    pub modifiers: Modifiers,
}

impl Pair {
    pub fn of(directory: &Directory, seeker: usize, partner: usize) -> Self {
        Self {
            receives: terms(directory, seeker, partner),
            gives: terms(directory, partner, seeker),
            modifiers: Modifiers::of(directory, seeker, partner),
        }
    }

    /// base · factor, low and high end.
    pub fn score(&self, direction: Direction, weights: &ScoreWeights) -> Interval {
        let (receives, gives) = (coverage(&self.receives), coverage(&self.gives));
        let factor = self.modifiers.factor(weights);
        Interval {
            low: base(direction, receives.low, gives.low) * factor.low,
            high: base(direction, receives.high, gives.high) * factor.high,
        }
    }
}

fn terms(directory: &Directory, receiver: usize, giver: usize) -> Vec<Term> {
    let offers = directory.offers.row(giver);
    let offered = |kind: usize| match offers.binary_search_by_key(&kind, |offer| offer.kind) {
        Ok(at) => offers[at].quantity,
        Err(_) => Some(0),
    };
    let needs = directory.needs.row(receiver).iter();
    needs
        .map(|need| Term {
            kind: need.kind,
            weight: need.weight,
            need: need.quantity,
            offered: offered(need.kind),
        })
        .collect()
}

/// Σ w·filled ÷ Σ w, 0 without needs. One division at the end, so that full coverage is exactly 1.
pub(super) fn coverage(terms: &[Term]) -> Interval {
    let (mut low, mut high) = (0.0, 0.0);
    for term in terms {
        let (weight, filled) = (f64::from(term.weight), term.filled());
        low += weight * filled.low;
        high += weight * filled.high;
    }
    match total_weight(terms) {
        0.0 => Interval::exactly(0.0),
        total => Interval {
            low: low / total,
            high: high / total,
        },
    }
}

pub(super) fn total_weight(terms: &[Term]) -> f64 {
    terms.iter().map(|term| f64::from(term.weight)).sum()
}

/// The base of the score from what the seeker receives and gives: their harmonic mean, or one of them.
pub(super) fn base(direction: Direction, receives: f64, gives: f64) -> f64 {
    match direction {
        Direction::Both if receives > 0.0 && gives > 0.0 => 2.0 / (1.0 / receives + 1.0 / gives),
        Direction::Both => 0.0,
        Direction::SeekerReceives => receives,
        Direction::SeekerGives => gives,
    }
}

/// The rows a reader sees, in documented order of kinds.
pub(super) fn kind_fills(directory: &Directory, terms: &[Term]) -> Vec<KindFill> {
    let row = |term: &Term| KindFill {
        kind: directory.kinds[term.kind].clone(),
        need: term.need,
        offered: term.offered,
        filled: term.filled().ends(),
    };
    terms.iter().map(row).collect()
}
