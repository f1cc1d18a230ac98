//! Why a search for partners is refused.

use std::fmt;

/// Why there is no answer. Finding nobody is an answer, not an error.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MatchError {
    /// The scenario holds no organisation of this id.
    UnknownOrganisation {
        /// The id asked for.
        id: String,
    },
    /// A weight is outside [0, 1], or the negative weights sum to more than 1.
    WeightsInvalid {
        /// Which weight, by its name in the scenario file; `negative-sum` for the sum.
        name: &'static str,
        /// The value given.
        value: f64,
    },
    /// Organisations times kinds in use exceed [`MAX_CELLS`](super::MAX_CELLS).
    DirectoryTooLarge {
        /// How many organisations.
        organisations: usize,
        /// How many kinds somebody offers or needs.
        kinds: usize,
    },
}

impl MatchError {
    /// A stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownOrganisation { .. } => "unknown-organisation",
            Self::WeightsInvalid { .. } => "score-weights-invalid",
            Self::DirectoryTooLarge { .. } => "directory-too-large",
        }
    }
}

impl fmt::Display for MatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownOrganisation { id } => write!(f, "{}: {id}", self.code()),
            Self::WeightsInvalid { name, value } => write!(f, "{}: {name} = {value}", self.code()),
            Self::DirectoryTooLarge { organisations, kinds } => {
                write!(f, "{}: {organisations} × {kinds}", self.code())
            }
        }
    }
}

impl std::error::Error for MatchError {}
