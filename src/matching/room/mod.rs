//! The whole room: who should work with whom when everybody is to get a partner.
//!
//! [`maximum_weight_matching`] finds pairs with a proof that [`verify`] checks; [`SeatingSearch`] makes rounds of pairs or
//! tables under rules; [`stable_matching`], [`egalitarian_matching`] and [`exposure`] look at the same room from other sides;
//! [`RoomSearch`] does all of it for a scenario, [`PlainSearch`] the pairs of a plain table. Definitions and sources:
//! `docs/matching.md`.

mod answer;
mod blossom;
mod bound;
mod certificate;
mod cycle;
mod egalitarian;
mod error;
mod groups;
mod matching;
mod plain;
mod search;
mod seating;
mod seating_check;
mod stable;
mod task;
mod views;
mod weights;

pub use answer::{
    Comparison, OrgExposure, PairingFigures, RoomAnswer, RoomBlossom, RoomObstacle, RoomOptions, RoomOutcome,
    RoomProof, RoomRound, RoomTable, SittingOut, StableAnswer,
};
pub use certificate::{Blossom, Certificate, Violation, verify};
pub use egalitarian::{Egalitarian, EgalitarianSearch, egalitarian_matching};
pub use error::RoomError;
pub use matching::{Matching, MatchingSearch, maximum_weight_matching};
pub use plain::{
    PlainBlossom, PlainCertificate, PlainNumber, PlainPairs, PlainRoom, PlainSearch, plain_pairs,
};
pub use search::{RoomSearch, SCORE_SCALE};
pub use seating::SeatingSearch;
pub use stable::{Stability, stable_matching};
pub use task::{Obstacle, ObstacleCode, Odd, RoomTask, Round, SitOutCode};
pub use views::{Exposure, Views, blocking_pairs, exposure, weakest};
pub use weights::{MAX_VERTICES, MAX_WEIGHT, Weights};
