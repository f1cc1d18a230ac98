//! The whole room: who should work with whom when everybody is to get a partner.

mod blossom;
mod certificate;
mod cycle;
mod error;
mod matching;
mod weights;

pub use certificate::{Blossom, Certificate, Violation, verify};
pub use error::RoomError;
pub use matching::{Matching, MatchingSearch, maximum_weight_matching};
pub use weights::{MAX_VERTICES, MAX_WEIGHT, Weights};
