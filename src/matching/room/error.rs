//! Why a room is refused.

use super::certificate::Violation;
use std::fmt;

/// Why there is no answer. A room that cannot be seated is an answer ([`super::Obstacle`]), not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RoomError {
    /// More vertices than [`super::MAX_VERTICES`].
    TooManyVertices {
        /// How many.
        n: usize,
    },
    /// An edge with an end outside the graph, or with both ends in one vertex.
    BadIndex {
        /// The row of the edge, from 0.
        row: usize,
        /// One end.
        i: usize,
        /// The other.
        j: usize,
        /// How many vertices there are.
        n: usize,
    },
    /// A weight beyond [`super::MAX_WEIGHT`], after decimals were made whole.
    WeightTooLarge {
        /// The row of the edge, from 0.
        row: usize,
    },
    /// A weight that is no number.
    WeightNotANumber {
        /// The row of the edge, from 0.
        row: usize,
    },
    /// A weight with more than six decimals.
    TooManyDecimals {
        /// The row of the edge, from 0.
        row: usize,
    },
    /// Cardinality first over a graph so large, with weights so large, that 64 bits do not hold the sums.
    OutOfRange {
        /// How many vertices.
        n: usize,
        /// Largest weight minus least, both counted from 0.
        spread: i64,
    },
    /// Two tables that should speak of the same organisations do not have the same size.
    SizesDiffer {
        /// The size expected.
        expected: usize,
        /// The size found.
        found: usize,
    },
    /// A rule names an organisation that is not there.
    UnknownOrganisation {
        /// Its id, or its number.
        id: String,
    },
    /// A group of fewer than two.
    GroupSizeInvalid {
        /// The size asked for.
        size: usize,
    },
    /// The scores could not be computed: the code of the [`MatchError`](crate::matching::MatchError), and its text.
    Scores {
        /// The code.
        code: &'static str,
        /// The error in full.
        detail: String,
    },
    /// A seating did not pass the check that every seating passes. A fault of this program; nothing is shown.
    SeatingInvalid {
        /// Which round, from 0.
        round: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// The answer did not pass the check that every answer passes. A fault of this program; nothing is shown.
    CertificateFailed(Violation),
}

impl RoomError {
    /// A stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyVertices { .. } => "room-too-large",
            Self::BadIndex { .. } => "edge-index-invalid",
            Self::WeightTooLarge { .. } => "edge-weight-too-large",
            Self::WeightNotANumber { .. } => "edge-weight-not-a-number",
            Self::TooManyDecimals { .. } => "edge-weight-too-many-decimals",
            Self::OutOfRange { .. } => "edge-weights-out-of-range",
            Self::SizesDiffer { .. } => "room-sizes-differ",
            Self::UnknownOrganisation { .. } => "unknown-organisation",
            Self::GroupSizeInvalid { .. } => "group-size-invalid",
            Self::Scores { code, .. } => code,
            Self::SeatingInvalid { .. } => "seating-invalid",
            Self::CertificateFailed(_) => "certificate-failed",
        }
    }
}

impl fmt::Display for RoomError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code();
        match self {
            Self::TooManyVertices { n } => write!(f, "{code}: {n}"),
            Self::BadIndex { row, i, j, n } => write!(f, "{code}: row {row}: {i}, {j} of {n}"),
            Self::WeightTooLarge { row } | Self::WeightNotANumber { row } | Self::TooManyDecimals { row } => {
                write!(f, "{code}: row {row}")
            }
            Self::OutOfRange { n, spread } => write!(f, "{code}: {n} × {spread}"),
            Self::SizesDiffer { expected, found } => write!(f, "{code}: {expected}, {found}"),
            Self::UnknownOrganisation { id } => write!(f, "{code}: {id}"),
            Self::GroupSizeInvalid { size } => write!(f, "{code}: {size}"),
            Self::SeatingInvalid { round, what } => write!(f, "{code}: round {round}: {what}"),
            Self::Scores { detail, .. } => f.write_str(detail),
            Self::CertificateFailed(violation) => write!(f, "{code}: {}", violation.code()),
        }
    }
}

impl std::error::Error for RoomError {}
