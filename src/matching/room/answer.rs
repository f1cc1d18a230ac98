//! What a room is asked and what it answers, in ids and scores.

use super::task::{ObstacleCode, Odd, SitOutCode};
use crate::domain::OrgId;
use crate::matching::Mode;
use serde::{Deserialize, Serialize};

/// How a room is to be seated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomOptions {
    /// Mutual: the score of a pair. Gift: what each receives of the other; a pair is worth the sum of both.
    pub mode: Mode,
    /// How many at a table; 2 = pairs.
    pub size: usize,
    /// How many rounds; nobody meets twice.
    pub rounds: usize,
    /// What becomes of the last one of an odd number, in pairs.
    pub odd: Odd,
    /// Two sectors at every table where possible.
    pub mix_sectors: bool,
    /// Pairs: everybody gets a partner if it can be, then the total counts. False: the total alone.
    pub everybody: bool,
    /// Pairs that must sit together in the first round.
    pub together: Vec<(OrgId, OrgId)>,
    /// Pairs that must not sit together, beside the scenario's conflicts.
    pub apart: Vec<(OrgId, OrgId)>,
    /// The length k of the lists of the exposure view, and how many of the weakest are named.
    pub top: usize,
    /// Seed of the shuffles in the search for tables.
    pub seed: u64,
}

impl Default for RoomOptions {
    fn default() -> Self {
        Self {
            mode: Mode::Mutual,
            size: 2,
            rounds: 1,
            odd: Odd::Trio,
            mix_sectors: false,
            everybody: true,
            together: Vec::new(),
            apart: Vec::new(),
            top: 5,
            seed: 1,
        }
    }
}

/// How far it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoomOutcome {
    /// All rounds asked for.
    Seated,
    /// Some rounds; `obstacle` says what stopped it.
    Partly,
    /// None; `obstacle` says why.
    Infeasible,
}

/// Why a room cannot be seated as asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomObstacle {
    /// Which rule.
    pub code: ObstacleCode,
    /// Whom it concerns; nobody in particular for `too-many`.
    pub who: Vec<OrgId>,
    /// The round that failed, from 0.
    pub round: usize,
    /// For `too-many`, the most there may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomTable {
    /// Who sits there, in file order.
    pub members: Vec<OrgId>,
    /// The sum of the scores of its pairs.
    pub score: f64,
}

/// Somebody without a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SittingOut {
    /// Who.
    pub org: OrgId,
    /// Why.
    pub code: SitOutCode,
}

/// An odd set of the proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomBlossom {
    /// Who.
    pub members: Vec<OrgId>,
    /// Its dual.
    pub value: f64,
}

/// What shows how good a round is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum RoomProof {
    /// There is nothing better: the duals, checked by separate code.
    Certificate {
        /// Of everybody, in file order.
        vertex: Vec<(OrgId, f64)>,
        /// Of odd sets.
        blossoms: Vec<RoomBlossom>,
    },
    /// There is nothing better than `upper_bound`; `gap` = (upper bound − total) / upper bound, 0 if nothing can be gained.
    Bound {
        /// In scores.
        upper_bound: f64,
        /// In [0, 1].
        gap: f64,
    },
}

/// One round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomRound {
    /// Tables, by their first member.
    pub tables: Vec<RoomTable>,
    /// The sum of all scores at tables.
    pub total: f64,
    /// How good that is.
    pub proof: RoomProof,
    /// Who would both rather sit with each other, of those who may and have not met before.
    pub blocking: Vec<(OrgId, OrgId)>,
    /// Who has no table, and why.
    pub sitting_out: Vec<SittingOut>,
}

/// Some way to pair a room, in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairingFigures {
    /// Tables: pairs, at most one trio.
    pub tables: Vec<Vec<OrgId>>,
    /// The sum of scores.
    pub total: f64,
    /// The lowest score of a table's pair; absent without tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weakest: Option<f64>,
    /// How many pairs would leave for each other.
    pub blocking: usize,
}

/// Whether nobody would leave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum StableAnswer {
    /// A stable pairing.
    Stable(PairingFigures),
    /// There is none.
    NoneExists {
        /// Who runs out of partners.
        left_over: OrgId,
        /// Whether somebody sees two as equal, so that another order of ties might do.
        ties: bool,
    },
}

/// Three ways to pair the first round, side by side: total, weakest, who would leave. Put-together rules and sectors
/// bind the first only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// As the first round has it.
    pub best_total: PairingFigures,
    /// Nobody would leave.
    pub stable: StableAnswer,
    /// Most pairs, the weakest pair as strong as can be, then the total.
    pub egalitarian: PairingFigures,
}

/// The chances of an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrgExposure {
    /// Who.
    pub org: OrgId,
    /// How many others have it among their best `top`.
    pub listed_by: usize,
    /// The best score open to it; absent if nobody may sit with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<f64>,
}

/// The answer to "who should work with whom?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomAnswer {
    /// How far it went.
    pub outcome: RoomOutcome,
    /// What stopped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<RoomObstacle>,
    /// How many organisations.
    pub organisations: usize,
    /// The rounds.
    pub rounds: Vec<RoomRound>,
    /// For pairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// Of everybody, in file order.
    pub exposure: Vec<OrgExposure>,
    /// Those with the least chances, least first; at most `top`.
    pub weakest: Vec<OrgId>,
}
