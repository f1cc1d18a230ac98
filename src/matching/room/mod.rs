//! The whole room: who should work with whom when everybody is to get a partner.

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
pub use seating::{Obstacle, ObstacleCode, Odd, RoomTask, Round, SeatingSearch, SitOutCode};
pub use stable::{Stability, stable_matching};
pub use views::{Exposure, Views, blocking_pairs, exposure, weakest};
pub use weights::{MAX_VERTICES, MAX_WEIGHT, Weights};
