//! Identifiers: short stable strings, each of a type of its own so that they cannot be mixed up.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a string is not an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdError {
    /// Nothing, or only white space.
    Empty,
    /// More than 64 bytes.
    TooLong,
    /// A control character.
    Control,
}

impl IdError {
    /// A stable code the page translates.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "id-empty",
            Self::TooLong => "id-too-long",
            Self::Control => "id-control-character",
        }
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for IdError {}

fn checked(text: &str) -> Result<String, IdError> {
    let text = text.trim();
    match text {
        "" => Err(IdError::Empty),
        _ if text.len() > 64 => Err(IdError::TooLong),
        _ if text.chars().any(char::is_control) => Err(IdError::Control),
        _ => Ok(text.to_owned()),
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks and keeps `text` without its outer white space: 1 to 64 bytes, no control characters.
            ///
            /// # Errors
            /// [`IdError`] says which of these fails.
            pub fn new(text: &str) -> Result<Self, IdError> {
                checked(text).map(Self)
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(
    /// An organisation (also when it acts as funder).
    OrgId
);
id!(
    /// A project that wants money and partners.
    ProjectId
);
id!(
    /// A pledge of money by a funder.
    PledgeId
);
id!(
    /// A resource kind: one of [`builtin_kinds`](super::builtin_kinds) such as `funds`, or one a user added.
    KindId
);
id!(
    /// A goal or theme organisations share, such as `sdg4` or `teacher-quality`.
    GoalId
);
id!(
    /// A region by its Indonesian administrative code: `34` (province) or `34.02` (regency or city);
    /// other countries may use codes of their own with the same dotted nesting.
    RegionCode
);

impl RegionCode {
    /// The enclosing region one level up: `34` for `34.02`, nothing for `34`.
    pub fn parent(&self) -> Option<&str> {
        self.0.rsplit_once('.').map(|(parent, _)| parent)
    }

    /// Whether `self` is `other` or lies inside it (`34.02` lies within `34`).
    pub fn is_within(&self, other: &Self) -> bool {
        self == other
            || self
                .0
                .strip_prefix(&other.0)
                .is_some_and(|rest| rest.starts_with('.'))
    }

    /// The outermost region: `34` for both `34` and `34.02`.
    pub fn province(&self) -> &str {
        self.0.split('.').next().unwrap_or(&self.0)
    }
}
