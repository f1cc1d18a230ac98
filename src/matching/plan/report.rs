//! The plan of a partnership as data: ids and whole numbers.

use super::{Certificate, FairShares, Fault};
use crate::domain::{KindId, OrgId, ProjectId};
use serde::{Deserialize, Serialize};

/// Who receives: an organisation, or the project its partners carry together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// An organisation, for a need of its own.
    Organisation(OrgId),
    /// The project, for one of its requirements.
    Project(ProjectId),
}

/// Some of a kind from one organisation to a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Of which kind.
    pub kind: KindId,
    /// Who gives.
    pub from: OrgId,
    /// Who receives.
    pub to: Party,
    /// How much, above 0, in the kind's unit.
    pub quantity: u64,
    /// False where it may be of the same thing as another transfer (villages known to both).
    pub sure: bool,
}

/// What a party still lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmet {
    /// Of which kind.
    pub kind: KindId,
    /// Who lacks it.
    pub to: Party,
    /// How much it needs.
    pub need: u64,
    /// Least and most that is missing; they differ only where offers may overlap.
    pub missing: [u64; 2],
}

/// What an organisation keeps of an offer that giving uses up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOver {
    /// Of which kind.
    pub kind: KindId,
    /// Who keeps it.
    pub from: OrgId,
    /// How much, above 0.
    pub quantity: u64,
}

/// An offer nobody quantified: it gives 0 for certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenOffer {
    /// Of which kind.
    pub kind: KindId,
    /// Who should be asked.
    pub from: OrgId,
    /// The most by which everybody's unmet needs together could fall if the offer is large enough.
    pub adds: u64,
}

/// A need nobody quantified: some amount above 0, not part of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenNeed {
    /// Of which kind.
    pub kind: KindId,
    /// Who should be asked.
    pub to: Party,
}

/// One kind of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindPlan {
    /// Which kind.
    pub kind: KindId,
    /// Giving uses it up.
    pub rival: bool,
    /// It can be split.
    pub divisible: bool,
    /// Two offers may be of the same thing.
    pub may_overlap: bool,
    /// Said offers, summed.
    pub offered: u64,
    /// Said needs, summed.
    pub needed: u64,
    /// Least and most of the needs that is met.
    pub met: [u64; 2],
    /// Rival kinds: what nobody takes.
    pub left_over: u64,
    /// How many transfers.
    pub transfers: usize,
    /// Σ quantity · friction, in units of 1 / [`FRICTION_UNITS`](super::FRICTION_UNITS).
    pub friction: u128,
    /// Who offers a said amount above 0, in the order of the parties; `certificate` speaks of them in this
    /// order.
    pub givers: Vec<OrgId>,
    /// Who needs a said amount above 0, in the order of the parties, the project last.
    pub receivers: Vec<Party>,
    /// Why no plan leaves less unmet or costs less.
    pub certificate: Certificate,
    /// Under the fair option, for rival kinds: the shares by receiver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shares: Option<FairShares>,
}

/// Who gives what to whom in a partnership, and what is missing, left over and open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourcePlan {
    /// Among whom, lead first.
    pub parties: Vec<OrgId>,
    /// The project everything is for; without it the parties meet each other's needs.
    pub project: Option<ProjectId>,
    /// Whether what is scarce is shared fairly.
    pub fair: bool,
    /// By kind, giver, receiver.
    pub transfers: Vec<Transfer>,
    /// By kind, receiver; only where something is or may be missing.
    pub unmet: Vec<Unmet>,
    /// By kind, giver.
    pub left_over: Vec<LeftOver>,
    /// By kind, giver.
    pub open_offers: Vec<OpenOffer>,
    /// By kind, receiver.
    pub open_needs: Vec<OpenNeed>,
    /// Every kind somebody here offers or needs: built-in ones, the user's, undeclared ones by id.
    pub kinds: Vec<KindPlan>,
    /// What the independent check found; empty when all is well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
}
