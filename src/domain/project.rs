//! Projects: what a partnership does, what it costs and asks for.

use super::{GoalId, KindId, MAX_PERIODS, OrgId, ProjectId, RegionCode, Text};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The shape of an uncertain cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CostShape {
    /// Known: `likely` alone counts.
    Fixed,
    /// Triangular on low, likely, high.
    Triangular,
    /// PERT (beta) on low, likely, high: the default, as in project planning.
    #[default]
    Pert,
    /// Lognormal: low and high are P10 and P90.
    Lognormal,
}

/// What a project may cost, in minor units of the base currency: low ≤ likely ≤ high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostEstimate {
    /// The shape between the three figures.
    #[serde(default)]
    pub shape: CostShape,
    /// If all goes well.
    pub low_minor: u64,
    /// Most likely: the cost the deterministic plan uses.
    pub likely_minor: u64,
    /// If much goes wrong.
    pub high_minor: u64,
}

impl CostEstimate {
    /// A cost that is known.
    pub fn fixed(amount_minor: u64) -> Self {
        Self {
            shape: CostShape::Fixed,
            low_minor: amount_minor,
            likely_minor: amount_minor,
            high_minor: amount_minor,
        }
    }
}

/// Something a project needs from its partners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Requirement {
    /// Which kind.
    pub kind: KindId,
    /// How much, in the kind's unit.
    pub quantity: u64,
}

/// Projects with a limit in common: only so many of them are done, or only so much money goes into them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProjectGroup {
    /// What they have in common: a site, a theme, a street.
    pub name: Text,
    /// Which projects.
    pub projects: Vec<ProjectId>,
    /// How many of them may be funded, at least 1; 1 makes them mutually exclusive. Absent = all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u16>,
    /// How much money may go into all of them together, in minor units. Absent = no ceiling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling_minor: Option<u64>,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Project {
    /// Stable id, unique in the scenario.
    pub id: ProjectId,
    /// What it is called.
    pub name: Text,
    /// A sentence about it.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub description: Text,
    /// Who carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<OrgId>,
    /// Goals and themes; a pledge may be restricted to some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalId>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionCode>,
    /// What it costs.
    pub cost: CostEstimate,
    /// May be funded in part.
    #[serde(default)]
    pub divisible: bool,
    /// Below this a divisible project is not worth starting, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_minor: Option<u64>,
    /// How many people it reaches. Absent = not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beneficiaries: Option<u64>,
    /// What its partnership must bring.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<Requirement>,
    /// How long it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_months: Option<u16>,
    /// `tranches[k]`: parts of its money it needs in period k + 1. Empty = all in the first period.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tranches: Vec<u32>,
}

impl Project {
    /// `parts[k]`: parts of its money it needs in period k + 1. Its tranches; without any, equal parts over its
    /// duration where a period has a length (`period_months` above 0); without a duration, all in the first period.
    pub fn needs_by_period(&self, period_months: u16) -> Cow<'_, [u32]> {
        let duration = self.duration_months.unwrap_or(0);
        if self.tranches.is_empty() && period_months > 0 && duration > period_months {
            let periods = usize::from(duration.div_ceil(period_months)).min(MAX_PERIODS);
            return Cow::Owned(vec![1; periods]);
        }
        Cow::Borrowed(&self.tranches)
    }
}
