//! The rounds of a rule as data: what it compared, and what it took.

use serde::{Deserialize, Serialize};

/// Contenders kept in a round, at most; the rest is only counted.
pub const MAX_CONTENDERS: usize = 8;

/// What a rule compares in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Measure {
    /// Votes; most first.
    Votes,
    /// Votes per unit of money; most first.
    VotesPerCost,
    /// Nothing: the order of the list.
    GivenOrder,
    /// ρ: what its supporters pay for a unit of benefit; least first.
    PricePerBenefit,
    /// The load each of its supporters would carry, as a share of the budget; least first.
    Load,
    /// The heaviest load of any supporter, as a share of the budget; least first.
    HeaviestLoad,
}

impl Measure {
    /// The stable code the page translates.
    pub fn code(self) -> &'static str {
        match self {
            Self::Votes => "votes",
            Self::VotesPerCost => "votes-per-cost",
            Self::GivenOrder => "given-order",
            Self::PricePerBenefit => "price-per-benefit",
            Self::Load => "load",
            Self::HeaviestLoad => "heaviest-load",
        }
    }
}

/// A project in a round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contender {
    /// Which.
    pub project: usize,
    /// Its figure, for readers: the rule decides on exact numbers. `None`: it cannot be paid for any more.
    pub value: Option<f64>,
    /// People (or pledges) who support it and still have money for it.
    pub supporters: u64,
    /// What its supporters lack for it, in minor units; 0 if they lack nothing.
    pub short_minor: u64,
}

/// One round: the contenders, best first, and what was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// What was compared.
    pub measure: Measure,
    /// The best [`MAX_CONTENDERS`] of those still open, best first; ties in the order the rule breaks them.
    pub contenders: Vec<Contender>,
    /// How many were open.
    pub open: usize,
    /// What was bought; `None`: nothing could be, and the rounds end here.
    pub bought: Option<usize>,
    /// Whether the one bought tied with the next, and the order of ties decided.
    pub tie: bool,
}
