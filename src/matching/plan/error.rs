//! Why there is no plan. A need nobody can meet is an answer, not an error.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What is wrong with a row of the plain form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RowProblem {
    /// Not a list of three.
    Shape,
    /// A name that is neither text nor a whole number.
    Name,
    /// A quantity or cost that is not a whole number from 0 up.
    NotWhole,
    /// A quantity above [`MAX_QUANTITY`](super::MAX_QUANTITY) or a cost above [`MAX_COST`](super::MAX_COST).
    TooLarge,
}

impl RowProblem {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Name => "name",
            Self::NotWhole => "not-whole",
            Self::TooLarge => "too-large",
        }
    }
}

/// Why a plan is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanError {
    /// A row of the plain form cannot be read.
    RowInvalid {
        /// `offers`, `needs` or `cost`.
        list: &'static str,
        /// Which row, from 0.
        row: usize,
        /// What is wrong with it.
        problem: RowProblem,
    },
    /// A lane leads from or to nobody.
    LaneInvalid {
        /// The giver's number.
        from: usize,
        /// The receiver's number.
        to: usize,
    },
    /// A cost is above [`MAX_COST`](super::MAX_COST).
    CostTooLarge {
        /// The cost.
        cost: u64,
    },
    /// Offers or needs of one kind sum to more than [`MAX_TOTAL`](super::MAX_TOTAL).
    TotalTooLarge,
    /// More pairs of giver and receiver than [`MAX_LANES`](super::MAX_LANES).
    TooManyPairs {
        /// How many givers.
        givers: usize,
        /// How many receivers.
        receivers: usize,
    },
    /// The scenario holds no organisation of this id.
    UnknownOrganisation {
        /// The id asked for.
        id: String,
    },
}

impl PlanError {
    /// A stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::RowInvalid { .. } => "plan-row-invalid",
            Self::LaneInvalid { .. } => "plan-lane-invalid",
            Self::CostTooLarge { .. } => "plan-cost-too-large",
            Self::TotalTooLarge => "plan-total-too-large",
            Self::TooManyPairs { .. } => "plan-too-many-pairs",
            Self::UnknownOrganisation { .. } => "unknown-organisation",
        }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code();
        match self {
            Self::RowInvalid { list, row, problem } => {
                write!(f, "{code}: {list}[{row}]: {}", problem.code())
            }
            Self::LaneInvalid { from, to } => write!(f, "{code}: {from} → {to}"),
            Self::CostTooLarge { cost } => write!(f, "{code}: {cost}"),
            Self::TotalTooLarge => f.write_str(code),
            Self::TooManyPairs { givers, receivers } => write!(f, "{code}: {givers} × {receivers}"),
            Self::UnknownOrganisation { id } => write!(f, "{code}: {id}"),
        }
    }
}

impl std::error::Error for PlanError {}
