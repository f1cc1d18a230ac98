//! Why a coalition is not even looked for.

use std::fmt;

/// Why an instance is refused. That nothing satisfies it is an outcome, not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CoalitionError {
    /// More than a limit of this module.
    TooLarge {
        /// Of what.
        what: &'static str,
        /// How much was given.
        value: u64,
        /// The limit.
        most: u64,
    },
    /// A candidate's offers do not fit the requirements one to one.
    Offers {
        /// Which candidate.
        index: usize,
        /// How many offers it has.
        have: usize,
        /// How many requirements there are.
        need: usize,
    },
    /// An anchor or a side of a conflict is no candidate.
    Index {
        /// The index given.
        index: usize,
        /// How many candidates there are.
        len: usize,
    },
    /// A conflict of a candidate with itself.
    PairWithItself {
        /// Which candidate.
        index: usize,
    },
    /// The scenario holds no project of this id.
    UnknownProject {
        /// The id asked for.
        id: String,
    },
    /// An anchor is no organisation of the scenario.
    UnknownOrganisation {
        /// The id asked for.
        id: String,
    },
}

impl CoalitionError {
    /// A stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "coalition-too-large",
            Self::Offers { .. } => "coalition-offers",
            Self::Index { .. } => "coalition-index",
            Self::PairWithItself { .. } => "coalition-pair-with-itself",
            Self::UnknownProject { .. } => "unknown-project",
            Self::UnknownOrganisation { .. } => "unknown-organisation",
        }
    }
}

impl fmt::Display for CoalitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code();
        match self {
            Self::TooLarge { what, value, most } => write!(f, "{code}: {what} {value}, at most {most}"),
            Self::Offers { index, have, need } => {
                write!(
                    f,
                    "{code}: candidate {index} has {have} offers for {need} requirements"
                )
            }
            Self::Index { index, len } => write!(f, "{code}: {index} of {len}"),
            Self::PairWithItself { index } => write!(f, "{code}: {index}"),
            Self::UnknownProject { id } | Self::UnknownOrganisation { id } => write!(f, "{code}: {id}"),
        }
    }
}

impl std::error::Error for CoalitionError {}
