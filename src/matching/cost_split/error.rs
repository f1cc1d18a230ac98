//! Why a cost is not split.

use std::fmt;

/// Why there is no answer. An empty core is an answer, not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SplitError {
    /// Nobody to share, or more than the method allows.
    PlayersOutOfRange {
        /// How many.
        players: usize,
        /// The most the method allows.
        most: usize,
    },
    /// A group's key is not a list of different players such as `0,2`.
    KeyInvalid {
        /// The key.
        key: String,
    },
    /// Two keys name the same group.
    KeyTwice {
        /// The second key.
        key: String,
    },
    /// A group has no cost.
    Missing {
        /// The group as a key, `0,2`.
        group: String,
    },
    /// A cost is beyond ±[`MAX_COST`](super::MAX_COST), is not finite, or has too many decimals.
    CostOutOfRange {
        /// The group as a key, `0,2`.
        group: String,
    },
    /// One weight a player is wanted.
    WeightsCount {
        /// How many players.
        players: usize,
        /// How many weights.
        weights: usize,
    },
    /// The work limit was reached before it was proven what the whole team's work costs.
    TooHard,
    /// The exact arithmetic left its range; this cannot happen for costs within bounds and is told rather than
    /// answered wrongly.
    Inexact,
}

impl SplitError {
    /// A stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PlayersOutOfRange { .. } => "split-players-out-of-range",
            Self::KeyInvalid { .. } => "split-key-invalid",
            Self::KeyTwice { .. } => "split-key-twice",
            Self::Missing { .. } => "split-cost-missing",
            Self::CostOutOfRange { .. } => "split-cost-out-of-range",
            Self::WeightsCount { .. } => "split-weights-count",
            Self::TooHard => "split-too-hard",
            Self::Inexact => "split-inexact",
        }
    }
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code();
        match self {
            Self::PlayersOutOfRange { players, most } => write!(f, "{code}: {players}, at most {most}"),
            Self::KeyInvalid { key } | Self::KeyTwice { key } => write!(f, "{code}: \"{key}\""),
            Self::Missing { group } | Self::CostOutOfRange { group } => write!(f, "{code}: \"{group}\""),
            Self::WeightsCount { players, weights } => write!(f, "{code}: {weights} for {players}"),
            Self::TooHard | Self::Inexact => f.write_str(code),
        }
    }
}

impl std::error::Error for SplitError {}
