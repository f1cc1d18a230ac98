//! A joint appeal (M9): who asks whom for money, each alone or all together.

use super::{OrgId, Probability, Text};
use serde::{Deserialize, Serialize};

/// Somebody who may give, and who asks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Donor {
    /// Who.
    pub name: Text,
    /// The organisations that ask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked_by: Vec<OrgId>,
    /// What a gift usually is, in minor units of the base currency. Absent = not said: counted in neither campaign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift_minor: Option<u64>,
    /// The most this donor gives in a year. Absent = no limit is known, and none is assumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_minor: Option<u64>,
    /// How likely a single ask in a year brings a gift. Absent = the usual figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<Probability>,
    /// By which part each further ask in the same year lowers that chance. Absent = the usual figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fatigue: Option<Probability>,
}

/// What an organisation seeks, and what its own campaign costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AppealParty {
    /// Which.
    pub organisation: OrgId,
    /// What it seeks, in minor units. Absent = its need of funds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal_minor: Option<u64>,
    /// What asking alone costs it, in minor units. Absent = not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign_minor: Option<u64>,
}

/// How the money of a joint appeal is split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AppealSplit {
    /// The same for everybody.
    Equal,
    /// In proportion to what each seeks.
    #[default]
    ByNeed,
    /// In proportion to what each one's donors are expected to give; who is asked by several is shared by them.
    ByDonors,
}

impl AppealSplit {
    /// Every way, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Equal, Self::ByNeed, Self::ByDonors];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::ByNeed => "by-need",
            Self::ByDonors => "by-donors",
        }
    }
}

/// What is known and chosen about asking together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct AppealPlan {
    /// What each organisation seeks and what its campaign costs; one entry an organisation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<AppealParty>,
    /// Who may give. Empty = those the organisations name as donors they seek.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub donors: Vec<Donor>,
    /// By which part the chance of a gift is higher where all ask together (trust in a shared, reported fund).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift: Option<Probability>,
    /// Which part of another usual gift a joint ask brings for each further organisation it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joint_gift: Option<Probability>,
    /// What the joint campaign costs, in minor units. Absent = as the dearest of the separate ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_minor: Option<u64>,
    /// The part of what comes in that goes to the fund holder for keeping and reporting it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder_share: Option<Probability>,
    /// How the rest is split.
    pub split: AppealSplit,
}

impl AppealPlan {
    /// Whether nothing is known or chosen.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is said of an organisation.
    pub fn party(&self, organisation: &OrgId) -> Option<&AppealParty> {
        self.parties
            .iter()
            .find(|party| &party.organisation == organisation)
    }
}
