//! Why a partnership cannot be assessed or a draft not written.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why there is no answer. "Nobody is in it yet" and "nothing to measure" are outcomes, not errors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PartnershipError {
    /// More parties than [`MAX_PARTIES`](super::MAX_PARTIES).
    TooManyParties {
        /// How many.
        parties: usize,
        /// The most.
        limit: usize,
    },
    /// A parameter, the number of years or a share of an input is outside its range.
    OutOfRange {
        /// Which, by its code.
        what: String,
        /// The value given.
        value: f64,
    },
    /// Trust must be lost faster than it is gained: b > a.
    TrustLossNotAboveGain {
        /// a.
        gain: f64,
        /// b.
        loss: f64,
    },
    /// Not a day of the calendar written as `2027-01-15`.
    DateInvalid {
        /// What was given.
        text: String,
    },
}

impl PartnershipError {
    /// A stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyParties { .. } => "partnership-too-many-parties",
            Self::OutOfRange { .. } => "partnership-out-of-range",
            Self::TrustLossNotAboveGain { .. } => "partnership-trust-loss-not-above-gain",
            Self::DateInvalid { .. } => "partnership-date-invalid",
        }
    }
}

impl fmt::Display for PartnershipError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyParties { parties, limit } => write!(f, "{}: {parties} > {limit}", self.code()),
            Self::OutOfRange { what, value } => write!(f, "{}: {what} = {value}", self.code()),
            Self::TrustLossNotAboveGain { gain, loss } => write!(f, "{}: {loss} ≤ {gain}", self.code()),
            Self::DateInvalid { text } => write!(f, "{}: {text}", self.code()),
        }
    }
}

impl std::error::Error for PartnershipError {}
