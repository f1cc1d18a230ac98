//! Why a scenario is no election.

use std::fmt;

/// Why a scenario cannot be written as an election.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PbWriteError {
    /// There is nothing to vote on.
    NoProjects,
    /// Nobody voted.
    NoBallots,
    /// More voters than [`MAX_VOTER_ROWS`](super::MAX_VOTER_ROWS): each takes a row.
    TooManyVoters {
        /// How many.
        voters: u64,
    },
    /// A ballot in the file separates ids by commas, and this id has one.
    CommaInId {
        /// The project's.
        id: String,
    },
    /// The file would be larger than any reader here takes.
    TooLarge,
    /// A pledge in a currency without a rate: the budget has no sum.
    NoRate,
}

impl PbWriteError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoProjects => "no-projects",
            Self::NoBallots => "no-ballots",
            Self::TooManyVoters { .. } => "too-many-voters",
            Self::CommaInId { .. } => "comma-in-id",
            Self::TooLarge => "too-large",
            Self::NoRate => "no-rate",
        }
    }

    /// What it is about, for a message.
    pub fn value(&self) -> String {
        match self {
            Self::TooManyVoters { voters } => voters.to_string(),
            Self::CommaInId { id } => id.clone(),
            _ => String::new(),
        }
    }
}

impl fmt::Display for PbWriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code(), self.value())
    }
}

impl std::error::Error for PbWriteError {}
