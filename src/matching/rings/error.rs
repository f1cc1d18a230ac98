//! Why a search for rings is refused.

use std::fmt;

/// Why there is no answer. No ring at all is an answer, not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RingError {
    /// The longest ring must be of [`MIN_LENGTH`](super::MIN_LENGTH) to [`MAX_LENGTH`](super::MAX_LENGTH) members.
    LengthOutOfRange {
        /// The length asked for.
        length: usize,
    },
    /// More members than [`MAX_MEMBERS`](super::MAX_MEMBERS).
    TooManyMembers {
        /// How many.
        members: usize,
    },
    /// An arc names a member that does not exist.
    ArcOutOfRange {
        /// Which arc, from 0.
        arc: usize,
        /// Its giver.
        from: usize,
        /// Its receiver.
        to: usize,
    },
    /// An arc from a member to itself.
    SelfLoop {
        /// Which arc, from 0.
        arc: usize,
        /// The member.
        member: usize,
    },
    /// The value of an arc is beyond ±[`MAX_VALUE`](super::MAX_VALUE), is not finite, or has too many decimals.
    ValueOutOfRange {
        /// Which arc, from 0.
        arc: usize,
        /// Its giver.
        from: usize,
        /// Its receiver.
        to: usize,
    },
    /// A gift names a member that does not exist.
    GiftOutOfRange {
        /// The member named.
        gift: usize,
    },
}

impl RingError {
    /// A stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::LengthOutOfRange { .. } => "ring-length-out-of-range",
            Self::TooManyMembers { .. } => "ring-members-too-many",
            Self::ArcOutOfRange { .. } => "ring-arc-out-of-range",
            Self::SelfLoop { .. } => "ring-arc-to-itself",
            Self::ValueOutOfRange { .. } => "ring-value-out-of-range",
            Self::GiftOutOfRange { .. } => "ring-gift-out-of-range",
        }
    }
}

impl fmt::Display for RingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code();
        match self {
            Self::LengthOutOfRange { length } => write!(f, "{code}: {length}"),
            Self::TooManyMembers { members } => write!(f, "{code}: {members}"),
            Self::SelfLoop { arc, member } => write!(f, "{code}: arcs[{arc}] = [{member}, {member}, …]"),
            Self::ArcOutOfRange { arc, from, to } | Self::ValueOutOfRange { arc, from, to } => {
                write!(f, "{code}: arcs[{arc}] = [{from}, {to}, …]")
            }
            Self::GiftOutOfRange { gift } => write!(f, "{code}: {gift}"),
        }
    }
}

impl std::error::Error for RingError {}
