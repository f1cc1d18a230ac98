//! Who fits whom: complementary resources, explained. Definitions and sources: `docs/matching.md`.

pub mod fill;
pub mod form;

use crate::domain::{KindId, OrgId};
use crate::explain::{ExclusionCode, Reason, UnknownReason};
use serde::{Deserialize, Serialize};

/// What is scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Both sides must gain: harmonic mean of the two coverages.
    #[default]
    Mutual,
    /// One-way: how much of the receiver's needs the giver covers (funders, donors).
    Gift,
}

/// A resource kind between two organisations, one direction: what one needs against what the other offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindFill {
    /// Which kind.
    pub kind: KindId,
    /// How much is needed; `None` = some, not said.
    pub need: Option<u64>,
    /// How much is offered: `Some(0)` if the other names none; `None` = some, not said.
    pub offered: Option<u64>,
    /// Share of the need filled, low and high end, in [0, 1].
    pub filled: [f64; 2],
}

/// One organisation as a partner for another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartnerMatch {
    /// Who.
    pub id: OrgId,
    /// Low and high end of the score, in [0, 1]; equal if nothing is missing.
    pub score: [f64; 2],
    /// What it consists of; sums to the low end. Largest magnitude first, then by code and kind.
    pub reasons: Vec<Reason>,
    /// What missing answers could add; sums to high − low. Largest first: the first is the next question.
    pub unknown: Vec<UnknownReason>,
    /// What the seeker would receive: one row a need of the seeker.
    pub receives: Vec<KindFill>,
    /// What the seeker would give: one row a need of the partner.
    pub gives: Vec<KindFill>,
}

/// Whose answer or quantity a near miss changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// `org` offers more of `kind`.
    OfferMore,
    /// `org` names a need of `kind`.
    NeedMore,
}

/// The smallest single change that would bring an organisation into the shown list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearMiss {
    /// Who would come in.
    pub id: OrgId,
    /// Its score now.
    pub score: [f64; 2],
    /// Its score after the change.
    pub score_after: f64,
    /// What changes.
    pub change: Change,
    /// Who changes it.
    pub org: OrgId,
    /// Of which kind.
    pub kind: KindId,
    /// By how much, in the kind's unit.
    pub by: u64,
    /// The same as a share of the need, the measure minimised.
    pub share_ratio: f64,
}

/// An organisation that is not proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Excluded {
    /// Who.
    pub id: OrgId,
    /// Why.
    pub code: ExclusionCode,
}

/// The answer to "which partners fit this organisation?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartnerList {
    /// Who asked.
    #[serde(rename = "for")]
    pub seeker: OrgId,
    /// What was scored.
    pub mode: Mode,
    /// The best, by low end, then high end (both falling), then file order.
    pub partners: Vec<PartnerMatch>,
    /// Not among the best by their low end, but their high end reaches the list: ask them.
    pub could_belong: Vec<PartnerMatch>,
    /// One change away.
    pub near_misses: Vec<NearMiss>,
    /// Not proposed, with the reason.
    pub excluded: Vec<Excluded>,
    /// How many others were looked at.
    pub considered: usize,
    /// Mutual mode cannot score an organisation without needs or without offers: the page suggests gift mode.
    pub suggest_gift: bool,
}
