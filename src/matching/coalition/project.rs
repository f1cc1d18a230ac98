//! The instance of a scenario's project.

use super::profile::proposed_alpha;
use super::{Candidate, CoalitionError, Input, Instance};
use crate::domain::{
    CoalitionSettings, Form, KindId, OrgId, Organisation, Project, ProjectId, Scenario, Sector,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An organisation that offers something the project needs and does not say how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownOffer {
    /// Who.
    pub org: OrgId,
    /// Of which kind.
    pub kind: KindId,
}

/// A project as an instance, with the names of its indices.
#[derive(Clone, Debug)]
pub struct Posed {
    /// What is solved.
    pub instance: Instance,
    /// `orgs[candidate]`, in file order.
    pub orgs: Vec<OrgId>,
    /// `kinds[requirement]`, as the requirements stand in the file.
    pub kinds: Vec<KindId>,
    /// Candidates who do not state what taking part costs them, in file order.
    pub unknown_costs: Vec<OrgId>,
    /// What each of them is counted with: the highest cost a candidate states; 0 where nobody states one.
    pub assumed_cost_minor: u64,
    /// Offers of required kinds without a quantity: they count 0, and could also serve if they said how much. In
    /// file order, then in order of the requirements.
    pub unknown_offers: Vec<UnknownOffer>,
    /// Organisations left out for want of the project's theme (M7), in file order.
    pub without_theme: Vec<OrgId>,
    /// α as proposed, with the reason `share-of-median-cost`; `None`: nobody states a cost.
    pub proposed_alpha_minor: Option<u64>,
}

/// What a form asks of the sectors of a coalition: who must be present, and how many different ones.
///
/// M1 and M8 government and business; M2 three sectors; M3 community; M4 civil society and business; M5 academia and
/// business; M6 business, government and civil society; M7, M9 and M10 nothing. The reading of
/// [`form_gaps`](crate::matching::form::form_gaps), in the form a search needs.
pub fn quotas_of(form: Option<Form>) -> (&'static [Sector], usize) {
    use Sector::{Academia, Business, CivilSociety, Community, Government};
    match form {
        Some(Form::PublicPrivate | Form::GovernmentAndPrivate) => (&[Government, Business], 2),
        Some(Form::CrossSector) => (&[], 3),
        Some(Form::CommunityDecides) => (&[Community], 1),
        Some(Form::EducationAlliance) => (&[CivilSociety, Business], 2),
        Some(Form::ResearchAndIndustry) => (&[Academia, Business], 2),
        Some(Form::CsrProgramme) => (&[Business, Government, CivilSociety], 3),
        Some(Form::ThematicCoalition | Form::JointFundraising | Form::KnowledgeExchange) | None => (&[], 0),
    }
}

/// The coalition of `project` as an instance.
///
/// Candidates are all organisations of the scenario (under M7 those who share a goal with the project, where it names
/// any). Requirements are the project's, of one kind summed, those of 0 left out. Anchors are the partnership's lead,
/// the project's lead and `settings.anchors`. At least two members, as a partnership takes. An offer not quantified
/// counts 0; offers of kinds that may overlap count by the largest, since only that is certain; a cost not stated
/// counts as the highest stated one, so that silence is never an advantage, and its low end 0 is reported beside.
///
/// Units: minor units and the kinds' own. Order: file order. Cost: O(n · r · offers).
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::matching::coalition::{Limits, Outcome, Study, of_project};
///
/// // Community-based education in Yogyakarta: who carries the first project together?
/// let scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// let project = &scenario.projects[0].id;
/// let posed = of_project(&scenario, project, &scenario.partnership.coalition).unwrap();
/// let mut study = Study::new(&posed.instance, Limits::default());
/// while !study.step(1_000) {}
/// let answer = posed.answer(&scenario, project, &study.report());
/// assert!(matches!(answer.outcome, Outcome::Optimal | Outcome::Infeasible));
/// assert_eq!(answer.best.is_some(), answer.blocked.is_empty());
/// ```
///
/// # Errors
/// [`CoalitionError`]: a project or an anchor the scenario does not hold, or more than the limits of an instance.
pub fn of_project(
    scenario: &Scenario,
    project: &ProjectId,
    settings: &CoalitionSettings,
) -> Result<Posed, CoalitionError> {
    let unknown = || CoalitionError::UnknownProject {
        id: project.to_string(),
    };
    let project = scenario.project(project).ok_or_else(unknown)?;
    let plan = &scenario.partnership;
    let anchors: BTreeSet<&OrgId> = plan
        .lead
        .iter()
        .chain(&project.lead)
        .chain(&settings.anchors)
        .collect();
    for &anchor in &anchors {
        if scenario.organisation(anchor).is_none() {
            return Err(CoalitionError::UnknownOrganisation {
                id: anchor.to_string(),
            });
        }
    }
    let themed = plan.form == Some(Form::ThematicCoalition) && !project.goals.is_empty();
    let fits = |org: &&Organisation| {
        !themed || anchors.contains(&org.id) || org.goals.iter().any(|goal| project.goals.contains(goal))
    };
    let candidates: Vec<&Organisation> = scenario.organisations.iter().filter(fits).collect();
    let needs = needs(project);
    let kinds: Vec<KindId> = needs.iter().map(|(kind, _)| kind.clone()).collect();
    let overlaps = |kind: &KindId| {
        scenario
            .all_kinds()
            .iter()
            .any(|known| &known.id == kind && known.may_overlap)
    };
    let stated = || candidates.iter().filter_map(|one| one.participation_cost_minor);
    let assumed = stated().max().unwrap_or(0);
    let place = |id: &OrgId| candidates.iter().position(|one| &one.id == id);
    let conflicts = scenario.conflicts.iter().filter_map(|conflict| {
        let (a, b) = &conflict.between;
        place(a).zip(place(b)).filter(|(a, b)| a != b)
    });
    let (sectors, least_sectors) = quotas_of(plan.form);
    let input = Input {
        candidates: candidates
            .iter()
            .map(|one| candidate(one, &kinds, assumed))
            .collect(),
        demand: needs.iter().map(|(_, need)| *need).collect(),
        overlapping: kinds.iter().map(overlaps).collect(),
        sector_min: sector_min(sectors, settings),
        sector_max: sector_max(settings),
        least_sectors,
        anchors: anchors.iter().filter_map(|anchor| place(anchor)).collect(),
        conflicts: conflicts.collect(),
        min_size: 2,
        max_size: settings.max_size.map(usize::from),
        alpha: settings.alpha_minor,
    };
    let silent = |one: &&Organisation| one.participation_cost_minor.is_none();
    let unknown_offers = candidates.iter().flat_map(|one| {
        let open = kinds
            .iter()
            .filter(|kind| one.offer(kind).is_some_and(|offer| offer.quantity.is_none()));
        open.map(|kind| UnknownOffer {
            org: one.id.clone(),
            kind: kind.clone(),
        })
    });
    let left_out = scenario.organisations.iter().filter(|org| !fits(org));
    Ok(Posed {
        instance: Instance::new(input)?,
        orgs: candidates.iter().map(|one| one.id.clone()).collect(),
        unknown_costs: candidates
            .iter()
            .copied()
            .filter(silent)
            .map(|one| one.id.clone())
            .collect(),
        assumed_cost_minor: assumed,
        unknown_offers: unknown_offers.collect(),
        without_theme: left_out.map(|org| org.id.clone()).collect(),
        proposed_alpha_minor: proposed_alpha(stated()),
        kinds,
    })
}

/// The requirements of a project, one a kind, their sum, where the first stands; without those of 0.
fn needs(project: &Project) -> Vec<(KindId, u64)> {
    let mut needs: Vec<(KindId, u64)> = Vec::new();
    for requirement in &project.requirements {
        match needs.iter_mut().find(|(kind, _)| *kind == requirement.kind) {
            Some((_, sum)) => *sum = sum.saturating_add(requirement.quantity),
            None => needs.push((requirement.kind.clone(), requirement.quantity)),
        }
    }
    needs.retain(|(_, need)| *need > 0);
    needs
}

fn candidate(org: &Organisation, kinds: &[KindId], assumed: u64) -> Candidate {
    let offered = |kind: &KindId| org.offer(kind).and_then(|offer| offer.quantity).unwrap_or(0);
    Candidate {
        cost: org.participation_cost_minor.unwrap_or(assumed),
        sector: org.sector.index(),
        offers: kinds.iter().map(offered).collect(),
    }
}

fn sector_min(sectors: &[Sector], settings: &CoalitionSettings) -> Vec<usize> {
    let of = |sector: Sector| {
        let asked = settings
            .sector_min
            .iter()
            .filter(|(one, _)| *one == sector)
            .map(|(_, least)| usize::from(*least));
        asked
            .max()
            .unwrap_or(0)
            .max(usize::from(sectors.contains(&sector)))
    };
    Sector::ALL.map(of).to_vec()
}

fn sector_max(settings: &CoalitionSettings) -> Option<Vec<usize>> {
    let of = |sector: Sector| {
        let asked = settings
            .sector_max
            .iter()
            .filter(|(one, _)| *one == sector)
            .map(|(_, most)| usize::from(*most));
        asked.min().unwrap_or(usize::MAX)
    };
    (!settings.sector_max.is_empty()).then(|| Sector::ALL.map(of).to_vec())
}

#[cfg(test)]
#[path = "project_tests.rs"]
mod tests;
