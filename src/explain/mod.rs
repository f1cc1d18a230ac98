//! Reasons as data: codes, ids and numbers. No prose; the page and the command line put them into words.

use crate::domain::{KindId, OrgId};
use serde::{Deserialize, Serialize};

mod roles;
mod rounding;

pub use roles::{Role, RoleReason};
pub use rounding::rounded_parts;

/// Why a partner score is what it is. The serialised name is the stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReasonCode {
    /// The partner's offer fills a need of mine (with `kind`).
    Receives,
    /// My offer fills a need of the partner (with `kind`).
    Gives,
    /// + goals in common (with `goals`).
    SharedGoals,
    /// + same regency, or same province.
    SharedRegion,
    /// + trust from earlier work.
    Trust,
    /// − pace, formality and horizon differ.
    Friction,
    /// − both run the same programme in the same place.
    Duplication,
    /// − both need the same scarce thing or court the same donor.
    Competition,
}

impl ReasonCode {
    /// The stable code used in JSON and as locale key suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::Receives => "receives",
            Self::Gives => "gives",
            Self::SharedGoals => "shared-goals",
            Self::SharedRegion => "shared-region",
            Self::Trust => "trust",
            Self::Friction => "friction",
            Self::Duplication => "duplication",
            Self::Competition => "competition",
        }
    }
}

/// One addend of a score. All reasons of a match sum to the low end of its score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What it is.
    pub code: ReasonCode,
    /// The resource kind it speaks of, for `receives` and `gives`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<KindId>,
    /// The goals, programmes' themes or donors it speaks of, as codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Its share of the score, positive or negative.
    pub value: f64,
}

/// What a missing answer could add. All of a match sum to high − low.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnknownReason {
    /// Which reason it concerns.
    pub code: ReasonCode,
    /// The resource kind it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<KindId>,
    /// What of it is missing, where the code leaves a choice: `pace`, `formality` or `horizon` for friction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Who could answer. With `receives`, the partner is asked what it offers and the seeker what it needs; with
    /// `gives` the other way round.
    pub ask: OrgId,
    /// Its share of what the best answers to all open questions would add, above 0 (Aumann–Shapley from the low
    /// to the high end, docs/matching.md). The only open question adds all of it.
    pub adds: f64,
}

/// Why two organisations are never proposed to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ExclusionCode {
    /// A stated conflict of interest (C5).
    ConflictOfInterest,
}
