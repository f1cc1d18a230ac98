//! What makes an instance impossible to compute on.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why an instance or a report is refused. "Nothing can be bought" is an outcome, not an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FundingError {
    /// A pledge's currency has no usable rate into the base currency.
    NoRate {
        /// Which pledge.
        pledge: String,
        /// Its currency.
        currency: String,
    },
    /// An amount above [`MAX_AMOUNT_MINOR`](crate::domain::MAX_AMOUNT_MINOR), or all purses together above
    /// [`MAX_BUDGET_MINOR`](super::MAX_BUDGET_MINOR).
    AmountTooLarge {
        /// The project or participant, or `budget`.
        at: String,
    },
    /// A divisible project asks for a minimum above its cost.
    MinimumAboveCost {
        /// Which project.
        project: String,
    },
    /// Two projects, or two participants, of one id.
    DuplicateId {
        /// The id.
        id: String,
    },
    /// A participant may pay for, or wishes, a project the instance does not have.
    UnknownProject {
        /// Who.
        participant: String,
        /// The position named.
        project: usize,
    },
    /// A completion that raises every purse, where the purses are real pledges: it would charge people money they never
    /// promised.
    RealPurses,
    /// Somebody states a largest share or a minimum ticket, which this rule cannot keep.
    LimitsNotKept,
    /// More projects or participants than this build computes on.
    TooMany {
        /// `projects` or `participants`.
        what: String,
        /// The largest number accepted.
        limit: usize,
    },
    /// A pledge that would be withdrawn because others give more: conditions must be monotone, or no outcome need be
    /// consistent.
    NotMonotone {
        /// Which pledge.
        pledge: String,
        /// It would hold only while others give at most this.
        at_most_others_minor: u64,
    },
}

impl FundingError {
    /// The stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoRate { .. } => "no-rate",
            Self::AmountTooLarge { .. } => "amount-too-large",
            Self::MinimumAboveCost { .. } => "minimum-above-cost",
            Self::DuplicateId { .. } => "duplicate-id",
            Self::UnknownProject { .. } => "unknown-project",
            Self::RealPurses => "real-purses",
            Self::LimitsNotKept => "limits-not-kept",
            Self::TooMany { .. } => "too-many",
            Self::NotMonotone { .. } => "not-monotone",
        }
    }
}

impl fmt::Display for FundingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for FundingError {}
