//! Promised money, what it may be spent on, how sure it is; and members' voices.

use super::{
    FundingSource, GoalId, Money, OrgId, PledgeId, PledgeTerms, Probability, Project, ProjectId, RegionCode,
    Text,
};
use serde::{Deserialize, Serialize};

/// What a pledge may be spent on. An empty list does not restrict; several lists must all be met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Restriction {
    /// Only projects with at least one of these goals.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalId>,
    /// Only projects inside one of these regions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<RegionCode>,
    /// Only these projects.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectId>,
}

impl Restriction {
    /// Whether money under this restriction may be spent on `project`.
    pub fn allows(&self, project: &Project) -> bool {
        let goals = self.goals.is_empty() || self.goals.iter().any(|goal| project.goals.contains(goal));
        let regions = self.regions.is_empty()
            || project
                .region
                .as_ref()
                .is_some_and(|at| self.regions.iter().any(|region| at.is_within(region)));
        let projects = self.projects.is_empty() || self.projects.contains(&project.id);
        goals && regions && projects
    }

    /// Whether it restricts nothing.
    pub fn is_open(&self) -> bool {
        self.goals.is_empty() && self.regions.is_empty() && self.projects.is_empty()
    }
}

/// How sure a pledge is: with `default_probability` a share H of it, H ~ Beta(`haircut`), never comes
/// (all of it where no haircut is stated).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Reliability {
    /// How likely the funder pays less than promised.
    pub default_probability: Probability,
    /// Shape parameters (a, b) of the share lost then, both above 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub haircut: Option<(f64, f64)>,
    /// How its tranches may be late: the chance that they are, in [0, 1], and how many periods they are late then on
    /// average, 1 to 120. All tranches of a pledge are late by the same number of periods.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<(f64, f64)>,
    /// How likely it is withdrawn in a period by a funder without any trust; full trust lowers the chance
    /// (docs/model.md). A withdrawn pledge pays no further tranche.
    #[serde(skip_serializing_if = "Probability::is_zero")]
    pub withdrawal: Probability,
}

/// A promise of money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pledge {
    /// Stable id, unique in the scenario.
    pub id: PledgeId,
    /// Who promises: an organisation of the scenario.
    pub funder: OrgId,
    /// How much.
    pub amount: Money,
    /// What kind of money (F1 to F7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<FundingSource>,
    /// What it may be spent on.
    #[serde(default, skip_serializing_if = "Restriction::is_open")]
    pub restriction: Restriction,
    /// The funder's own wishes: weight above 0 for each project it wants to split its pledge over
    /// (proportional rule). Empty = no wish: by cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<(ProjectId, u32)>,
    /// How sure it is.
    #[serde(default)]
    pub reliability: Reliability,
    /// What else is agreed: conditions, shares, layers, tranches, results.
    #[serde(default, skip_serializing_if = "PledgeTerms::is_default")]
    pub terms: PledgeTerms,
}

/// Voices of members (M3): `voters` people who approve these projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ballot {
    /// Whose voices: a village, a group, a person.
    pub name: Text,
    /// How many people cast exactly this ballot.
    pub voters: u32,
    /// The projects they approve.
    pub approves: Vec<ProjectId>,
    /// `points[k]` for `approves[k]`, above 0, where they gave points; else empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<u32>,
}
