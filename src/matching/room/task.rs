//! What a room is asked to be, and what a round of it is.

use super::certificate::Certificate;
use super::weights::Weights;
use serde::{Deserialize, Serialize};

/// What happens to the last one of an odd number when people are paired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Odd {
    /// One table of three; nobody is alone.
    #[default]
    Trio,
    /// One sits out, a different one each round while there is one who has not.
    SitOut,
}

/// Why somebody sits out a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SitOutCode {
    /// The number is odd, and this one's pair would have added least.
    OddNumber,
    /// Rules and earlier rounds leave nobody to be paired with, or somebody who is needed more elsewhere.
    NoPartnerLeft,
    /// The greatest total does without.
    TotalWithout,
}

/// Why a room cannot be seated as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ObstacleCode {
    /// Fewer than two.
    TooFew,
    /// More than can be paired in a browser.
    TooMany,
    /// Two who must sit together, by one rule or a chain of rules, and must not.
    TogetherAgainstApart,
    /// More must sit together than a table holds.
    TogetherTooLarge,
    /// Keep-apart rules left somebody without a table. Found by search: it is not shown that no seating exists.
    ApartNotMet,
    /// Put-together rules left two at different tables. Found by search: it is not shown that no seating exists.
    TogetherNotMet,
    /// Nobody may meet twice, and there are not enough others for so many rounds: proven.
    RoundsExhausted,
    /// No further round was found in which nobody meets twice. It is not shown that there is none.
    RoundNotFound,
}

/// Why a room cannot be seated as asked, and with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// Which rule.
    pub code: ObstacleCode,
    /// Whom it concerns.
    pub who: Vec<usize>,
    /// The round that failed, from 0.
    pub round: usize,
}

/// A room to be seated.
#[derive(Clone, Debug)]
pub struct RoomTask {
    /// What pairs are worth; pairs without a weight are kept apart.
    pub weights: Weights,
    /// Pairs that must sit together in the first round.
    pub together: Vec<(usize, usize)>,
    /// The sector of everybody, if tables should have two where possible; else empty.
    pub sectors: Vec<usize>,
    /// How many at a table: 2 for pairs.
    pub size: usize,
    /// How many rounds.
    pub rounds: usize,
    /// For pairs of an odd number.
    pub odd: Odd,
    /// Pairs: as many as possible first (the default of a room), or the greatest total alone.
    pub everybody: bool,
    /// For the shuffles of the search for tables.
    pub seed: u64,
}

/// One round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// Who sits with whom: ascending, tables by their first.
    pub tables: Vec<Vec<usize>>,
    /// The sum of the weights of all pairs at tables.
    pub total: i64,
    /// No seating of this round by the rules has a larger total; equal to it for pairs with a certificate.
    pub upper_bound: i64,
    /// For pairs: the proof, which has been checked. It speaks of the weights the round was paired by: those of the room,
    /// less a charge for pairs of one sector, plus a bonus for those who have sat out.
    pub certificate: Option<Certificate>,
    /// Who has no table, and why.
    pub sitting_out: Vec<(usize, SitOutCode)>,
}
