//! What really happened: promises kept, late or missed, and what projects cost in the end.

use super::{CostEstimate, PledgeId, ProjectId, Reliability, Scenario};
use serde::{Deserialize, Serialize};

/// How many observations a stated assumption is worth unless said otherwise. Illustrative.
pub const PRIOR_STRENGTH: f64 = 4.0;
/// The least strength of an assumption.
pub const LEAST_STRENGTH: f64 = 0.5;
/// The largest.
pub const MOST_STRENGTH: f64 = 1_000.0;

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PromiseOutcome {
    /// Paid in full and in time.
    Kept,
    /// Paid in full, but late.
    Late,
    /// Not paid in full.
    Missed,
}

impl PromiseOutcome {
    /// Every outcome, in order.
    pub const ALL: [Self; 3] = [Self::Kept, Self::Late, Self::Missed];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Late => "late",
            Self::Missed => "missed",
        }
    }
}

/// What became of one promise of a pledge's funder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PromiseRecord {
    /// The pledge it tells about; it counts for all pledges of the same funder.
    pub pledge: PledgeId,
    /// What became of it.
    pub outcome: PromiseOutcome,
    /// `missed`: the share of it that was paid, in basis points (0 = nothing), below 10 000.
    #[serde(default, skip_serializing_if = "is_none")]
    pub paid_basis_points: u32,
    /// `late`: by how many periods, at least 1.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub periods_late: u16,
    /// When, as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// What one project really cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CostRecord {
    /// Which project.
    pub project: ProjectId,
    /// What it was thought to cost most likely, in minor units of the base currency, above 0.
    pub estimated_minor: u64,
    /// What it cost in the end, above 0.
    pub actual_minor: u64,
    /// When, as people write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// A pledge's assumption taken over from records: what was stated before, so that no record counts twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdoptedPledge {
    /// Which pledge.
    pub pledge: PledgeId,
    /// What was stated.
    pub stated: Reliability,
    /// What was taken over.
    pub adopted: Reliability,
}

/// The same of a project's cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdoptedCost {
    /// Which project.
    pub project: ProjectId,
    /// What was stated.
    pub stated: CostEstimate,
    /// What was taken over.
    pub adopted: CostEstimate,
}

/// Everything recorded of what really happened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Records {
    /// How many observations a stated assumption is worth, 0.5 to 1 000; without it [`PRIOR_STRENGTH`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<f64>,
    /// What became of promises.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<PromiseRecord>,
    /// What projects cost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<CostRecord>,
    /// Assumptions taken over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adopted_pledges: Vec<AdoptedPledge>,
    /// Costs taken over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adopted_costs: Vec<AdoptedCost>,
}

impl Records {
    /// Whether nothing is recorded.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many observations a stated assumption is worth.
    pub fn strength(&self) -> f64 {
        self.strength.unwrap_or(PRIOR_STRENGTH)
    }

    /// What was stated of this pledge before records were taken over: `current` itself unless that is what was taken over.
    pub fn stated_reliability(&self, pledge: &PledgeId, current: Reliability) -> Reliability {
        let adopted = self
            .adopted_pledges
            .iter()
            .find(|adopted| adopted.pledge == *pledge);
        adopted
            .filter(|adopted| adopted.adopted == current)
            .map_or(current, |adopted| adopted.stated)
    }

    /// The same of a project's cost.
    pub fn stated_cost(&self, project: &ProjectId, current: CostEstimate) -> CostEstimate {
        let adopted = self
            .adopted_costs
            .iter()
            .find(|adopted| adopted.project == *project);
        adopted
            .filter(|adopted| adopted.adopted == current)
            .map_or(current, |adopted| adopted.stated)
    }
}

impl Scenario {
    /// Takes over an assumption from records, and remembers what was stated; taking over what was stated forgets it again.
    /// An unknown pledge changes nothing.
    pub fn adopt_reliability(&mut self, pledge: &PledgeId, adopted: Reliability) {
        let Some(found) = self.pledges.iter_mut().find(|known| known.id == *pledge) else {
            return;
        };
        let stated = self.records.stated_reliability(pledge, found.reliability);
        found.reliability = adopted;
        self.records
            .adopted_pledges
            .retain(|known| known.pledge != *pledge);
        if stated != adopted {
            self.records.adopted_pledges.push(AdoptedPledge {
                pledge: pledge.clone(),
                stated,
                adopted,
            });
        }
    }

    /// The same of a project's cost. What a divisible project needs at least never exceeds it.
    pub fn adopt_cost(&mut self, project: &ProjectId, adopted: CostEstimate) {
        let Some(found) = self.projects.iter_mut().find(|known| known.id == *project) else {
            return;
        };
        let stated = self.records.stated_cost(project, found.cost);
        found.cost = adopted;
        found.minimum_minor = found
            .minimum_minor
            .map(|minimum| minimum.min(adopted.likely_minor));
        self.records
            .adopted_costs
            .retain(|known| known.project != *project);
        if stated != adopted {
            self.records.adopted_costs.push(AdoptedCost {
                project: project.clone(),
                stated,
                adopted,
            });
        }
    }

    /// Forgets what was recorded of pledges and projects that are gone.
    pub fn keep_known_records(&mut self) {
        let Self {
            records,
            pledges,
            projects,
            ..
        } = self;
        let pledge = |id: &PledgeId| pledges.iter().any(|known| known.id == *id);
        let project = |id: &ProjectId| projects.iter().any(|known| known.id == *id);
        records.promises.retain(|record| pledge(&record.pledge));
        records.adopted_pledges.retain(|record| pledge(&record.pledge));
        records.costs.retain(|record| project(&record.project));
        records.adopted_costs.retain(|record| project(&record.project));
    }
}

fn is_none(value: &u32) -> bool {
    *value == 0
}

fn is_zero(value: &u16) -> bool {
    *value == 0
}
