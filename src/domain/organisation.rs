//! Organisations: who they are, what they bring, what they lack, how they work.

use super::{GoalId, KindId, OrgId, RegionCode, Text};
use serde::{Deserialize, Serialize};

/// The five sectors (A1 to A5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Sector {
    /// A1, Pemerintah.
    Government,
    /// A2, Bisnis.
    Business,
    /// A3, Masyarakat sipil.
    CivilSociety,
    /// A4, Akademisi.
    Academia,
    /// A5, Komunitas.
    Community,
}

impl Sector {
    /// A1 to A5 in order.
    pub const ALL: [Self; 5] = [
        Self::Government,
        Self::Business,
        Self::CivilSociety,
        Self::Academia,
        Self::Community,
    ];

    /// The row of the domain table, `A1` to `A5`.
    pub fn row(self) -> &'static str {
        ["A1", "A2", "A3", "A4", "A5"][self.index()]
    }

    /// 0 to 4, in the order of [`Sector::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The stable code used in files: `civil-society`.
    pub fn code(self) -> &'static str {
        ["government", "business", "civil-society", "academia", "community"][self.index()]
    }

    /// What this sector typically brings, as built-in resource kind ids.
    pub fn typical_offers(self) -> &'static [&'static str] {
        match self {
            Self::Government => &["funds", "permits", "facilities", "data"],
            Self::Business => &["funds", "technology", "expertise", "market-access"],
            Self::CivilSociety => &["staff", "expertise", "fund-management"],
            Self::Academia => &["data", "expertise"],
            Self::Community => &["local-knowledge", "networks", "staff"],
        }
    }
}

/// How often an organisation takes decisions and reports: its pace of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every quarter.
    Quarterly,
    /// Every year (budget cycle).
    Yearly,
}

impl Pace {
    /// Position in [0, 1]: 0 weekly, 1/3, 2/3, 1 yearly.
    pub fn scaled(self) -> f64 {
        f64::from(self as u8) / 3.0
    }
}

/// How much procedure an organisation is used to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Formality {
    /// A handshake is enough.
    Informal,
    /// A letter or a short agreement.
    Mixed,
    /// Contracts and procedure.
    Formal,
}

impl Formality {
    /// Position in [0, 1]: 0, 1/2, 1.
    pub fn scaled(self) -> f64 {
        f64::from(self as u8) / 2.0
    }
}

/// How an organisation works. A missing answer is unknown, not neutral.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct WorkingStyle {
    /// Pace of decisions (C1, C4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<Pace>,
    /// Taste for procedure (C4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formality: Option<Formality>,
    /// How far ahead it plans, in months (C2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub horizon_months: Option<u16>,
}

/// Something an organisation can give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Offer {
    /// Which kind.
    pub kind: KindId,
    /// How much, in the kind's unit (funds: minor units of the base currency). Absent = not said yet:
    /// unknown, not zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u64>,
}

/// How much a need matters: 1 (nice to have) to 5 (nothing works without it). Default 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("minimum" = 1, "maximum" = 5))
)]
#[serde(try_from = "u8", into = "u8")]
pub struct Priority(u8);

impl Priority {
    /// 1 to 5.
    ///
    /// # Errors
    /// The code `priority-out-of-range` outside it.
    pub fn new(level: u8) -> Result<Self, &'static str> {
        if (1..=5).contains(&level) {
            Ok(Self(level))
        } else {
            Err("priority-out-of-range")
        }
    }

    /// The level, 1 to 5, which is also the weight w of matching.
    pub fn level(self) -> u8 {
        self.0
    }
}

impl Default for Priority {
    fn default() -> Self {
        Self(3)
    }
}

impl TryFrom<u8> for Priority {
    type Error = &'static str;
    fn try_from(level: u8) -> Result<Self, &'static str> {
        Self::new(level)
    }
}

impl From<Priority> for u8 {
    fn from(priority: Priority) -> Self {
        priority.0
    }
}

/// Something an organisation lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Need {
    /// Which kind.
    pub kind: KindId,
    /// How much, in the kind's unit. Absent = some amount above 0, not said yet. 0 counts as no need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u64>,
    /// How much it matters.
    #[serde(default)]
    pub priority: Priority,
}

/// A programme an organisation already runs; the same theme in the same place run twice is a duplicate (B8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Programme {
    /// Its theme.
    pub theme: GoalId,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub name: Text,
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Organisation {
    /// Stable id, unique in the scenario.
    pub id: OrgId,
    /// What it is called.
    pub name: Text,
    /// Its sector.
    pub sector: Sector,
    /// Where it sits. Absent = not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// A sentence about it.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub description: Text,
    /// Goals and themes. Empty = not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalId>,
    /// What it can give; one entry a kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
    /// What it lacks; one entry a kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// How it works.
    #[serde(default)]
    pub working_style: WorkingStyle,
    /// Donors it is courting, by id or name (C6).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub donors_sought: Vec<String>,
    /// Programmes it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<Programme>,
    /// What taking part in a coalition costs, in minor units of the base currency. Absent = unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participation_cost_minor: Option<u64>,
}

impl Organisation {
    /// An organisation that has said nothing yet but its name and sector.
    pub fn new(id: OrgId, name: Text, sector: Sector) -> Self {
        Self {
            id,
            name,
            sector,
            region: None,
            description: Text::default(),
            goals: Vec::new(),
            offers: Vec::new(),
            needs: Vec::new(),
            working_style: WorkingStyle::default(),
            donors_sought: Vec::new(),
            programmes: Vec::new(),
            participation_cost_minor: None,
        }
    }

    /// Its offer of `kind`, if it named one.
    pub fn offer(&self, kind: &KindId) -> Option<&Offer> {
        self.offers.iter().find(|offer| &offer.kind == kind)
    }

    /// Its need of `kind`, if it named one.
    pub fn need(&self, kind: &KindId) -> Option<&Need> {
        self.needs.iter().find(|need| &need.kind == kind)
    }
}
