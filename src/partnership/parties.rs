//! Who is in, what they do together, and which money may go to it.

use crate::domain::{OrgId, Organisation, Pledge, Project, Scenario};

/// The partnership of a scenario, read once.
pub(super) struct Parties<'a> {
    pub scenario: &'a Scenario,
    /// Lead first, then members in order of choice, each once; ids nobody carries are passed over.
    pub orgs: Vec<&'a Organisation>,
    /// The chosen project; without one, those led by a party. In file order.
    pub projects: Vec<&'a Project>,
    /// Pledges that may pay for one of `projects`, of anybody. In file order.
    pub payments: Vec<&'a Pledge>,
}

impl<'a> Parties<'a> {
    pub fn of(scenario: &'a Scenario) -> Self {
        let plan = &scenario.partnership;
        let mut orgs: Vec<&Organisation> = Vec::new();
        for id in plan.lead.iter().chain(&plan.members) {
            if orgs.iter().all(|known| &known.id != id) {
                orgs.extend(scenario.organisation(id));
            }
        }
        let chosen = plan.project.as_ref().and_then(|id| scenario.project(id));
        let led = |project: &&Project| {
            let lead = project.lead.as_ref();
            lead.is_some_and(|lead| orgs.iter().any(|org| &org.id == lead))
        };
        let projects = match chosen {
            Some(project) => vec![project],
            None => scenario.projects.iter().filter(led).collect(),
        };
        let pays = |pledge: &&Pledge| projects.iter().any(|project| pledge.restriction.allows(project));
        let payments = scenario.pledges.iter().filter(pays).collect();
        Self {
            scenario,
            orgs,
            projects,
            payments,
        }
    }

    pub fn len(&self) -> usize {
        self.orgs.len()
    }

    /// How many pairs.
    pub fn pairs(&self) -> usize {
        self.len() * self.len().saturating_sub(1) / 2
    }

    pub fn ids(&self) -> Vec<OrgId> {
        self.orgs.iter().map(|org| org.id.clone()).collect()
    }

    /// Position of a party.
    pub fn position(&self, id: &OrgId) -> Option<usize> {
        self.orgs.iter().position(|org| &org.id == id)
    }

    /// Whether somebody who leads the partnership is known: the first party then.
    pub fn has_lead(&self) -> bool {
        let lead = self.scenario.partnership.lead.as_ref();
        lead.is_some_and(|lead| self.orgs.first().is_some_and(|first| &first.id == lead))
    }

    /// Stated trust of every pair, `levels[a][b]`, the lower of two records, 0 where none is stated.
    pub fn trust(&self) -> Vec<Vec<f64>> {
        let mut stated: Vec<Vec<Option<f64>>> = vec![vec![None; self.len()]; self.len()];
        for record in &self.scenario.trust {
            let (a, b) = &record.between;
            let (Some(a), Some(b)) = (self.position(a), self.position(b)) else {
                continue;
            };
            for (row, column) in [(a, b), (b, a)] {
                if let Some(slot) = stated.get_mut(row).and_then(|row| row.get_mut(column)) {
                    let level = record.level.get();
                    *slot = Some(slot.map_or(level, |known| known.min(level)));
                }
            }
        }
        let row = |row: Vec<Option<f64>>| row.into_iter().map(Option::unwrap_or_default).collect();
        stated.into_iter().map(row).collect()
    }
}
