//! What is known from elsewhere, as plain figures.

use super::{MAX_YEARS, PartnershipError};
use crate::domain::{KindId, OrgId, ProjectId};
use crate::funding::FundReport;
use crate::risk::Futures;
use serde::{Deserialize, Serialize};

/// One transfer of a resource plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceFlow {
    /// Who gives.
    pub from: OrgId,
    /// What.
    pub kind: KindId,
    /// How much, in the kind's unit.
    pub quantity: u64,
}

/// One pledge in the pool; see [`FunderStatement`](crate::funding::FunderStatement).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundLine {
    /// Whose pledge.
    pub funder: OrgId,
    /// Spent of it, in minor units.
    pub pays_minor: u64,
    /// What the same would cost it alone.
    pub alone_minor: u64,
    /// What it unlocks of others; may be negative, not additive.
    pub unlocked_minor: i64,
}

/// The figures of a fund report the benefits need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundFigures {
    /// Spent by the rule, in minor units.
    pub spent_minor: u64,
    /// Every pledge, in the report's order.
    pub lines: Vec<FundLine>,
}

impl FundFigures {
    /// Those of `report`. Funders whose id is none of a scenario (a whole budget of an election) are left
    /// out.
    pub fn of(report: &FundReport) -> Self {
        let line = |statement: &crate::funding::FunderStatement| {
            let funder = report.funder_ids.get(statement.participant)?;
            Some(FundLine {
                funder: OrgId::new(funder).ok()?,
                pays_minor: statement.pays_minor,
                alone_minor: statement.alone_minor,
                unlocked_minor: statement.unlocked_minor,
            })
        };
        Self {
            spent_minor: report.spent_minor,
            lines: report.statements.iter().filter_map(line).collect(),
        }
    }
}

/// What [`assess`](super::assess) may know beside the scenario. The default knows nothing and looks three
/// years ahead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Inputs {
    /// n of B5 and of the running costs in B6, in years, at most [`MAX_YEARS`].
    pub years: u16,
    /// A resource plan: what of the offers is used by it. Without one, what the requirements can take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flows: Option<Vec<ResourceFlow>>,
    /// The pool on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundFigures>,
    /// The chance that a project is carried out, or the share granted of it, in [0, 1]. Projects not named
    /// are taken as planned: 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carried_out: Vec<(ProjectId, f64)>,
}

impl Default for Inputs {
    fn default() -> Self {
        Self {
            years: 3,
            flows: None,
            fund: None,
            carried_out: Vec::new(),
        }
    }
}

impl Inputs {
    /// The same with the pool on paper: its payments, and the share granted of each project.
    #[must_use]
    pub fn with_report(mut self, report: &FundReport) -> Self {
        let granted = &report.allocation.granted_minor;
        let ids = report.project_ids.iter().zip(granted).zip(&report.cost_minor);
        self.carried_out = ids
            .filter_map(|((id, &granted), &cost)| {
                let share = if cost == 0 {
                    let index = report.project_ids.iter().position(|other| other == id)?;
                    f64::from(u8::from(report.allocation.selected.contains(&index)))
                } else {
                    (super::effort::number(granted) / super::effort::number(cost)).min(1.0)
                };
                Some((ProjectId::new(id).ok()?, share))
            })
            .collect();
        self.fund = Some(FundFigures::of(report));
        self
    }

    /// The same with the chance of each project in simulated futures instead of the pool on paper.
    #[must_use]
    pub fn with_futures(mut self, futures: &Futures) -> Self {
        self.carried_out = futures
            .projects
            .iter()
            .filter_map(|project| Some((ProjectId::new(&project.id).ok()?, project.funded.probability)))
            .collect();
        self
    }

    /// The chance or share of a project.
    pub(super) fn chance(&self, project: &ProjectId) -> f64 {
        let named = self.carried_out.iter().find(|(id, _)| id == project);
        named.map_or(1.0, |&(_, chance)| chance)
    }

    pub(super) fn check(&self) -> Result<(), PartnershipError> {
        let refuse = |what: &str, value: f64| {
            let what = what.to_owned();
            Err(PartnershipError::OutOfRange { what, value })
        };
        if self.years > MAX_YEARS {
            return refuse("years", f64::from(self.years));
        }
        match self
            .carried_out
            .iter()
            .find(|(_, chance)| !(0.0..=1.0).contains(chance))
        {
            Some((project, chance)) => refuse(&format!("carried-out:{project}"), *chance),
            None => Ok(()),
        }
    }
}
