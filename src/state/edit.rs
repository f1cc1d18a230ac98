//! Changes to the scenario, as data.

mod later;
#[cfg(test)]
mod tests;

use crate::domain::{
    AppealPlan, Ballot, CoalitionSettings, Conflict, CostEstimate, DecisionRule, Form, FutureSettings,
    Language, Lever, OrgId, Organisation, PartnershipType, Pledge, PledgeId, PoolPlan, Project, ProjectGroup,
    ProjectId, Records, Reliability, Scenario, ScoreWeights, SectionCode, Text,
};

/// A change of the scenario. Each keeps the scenario free of dangling references.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds an organisation, or replaces the one of the same id.
    PutOrganisation(Box<Organisation>),
    /// Puts an organisation as its form says: with its conflicts of interest (these and no others), and as
    /// the lead or not.
    SaveOrganisation {
        /// It.
        organisation: Box<Organisation>,
        /// All its conflicts.
        conflicts: Vec<Conflict>,
        /// Whether it is "my organisation".
        is_lead: bool,
    },
    /// Adds the organisations and kinds of a table; organisations of the same id are replaced. Amounts in a
    /// currency without a stated rate become "not said yet".
    AddTable(Box<Scenario>),
    /// Removes it with its pledges, conflicts, trust and places.
    RemoveOrganisation(OrgId),
    /// "My organisation".
    SetLead(Option<OrgId>),
    /// In or out of the partnership.
    ToggleMember(OrgId),
    /// These partners and no others, without the lead; those the scenario does not hold are left out.
    SetMembers(Vec<OrgId>),
    /// What a team must keep to, and how it is looked for.
    SetCoalition(CoalitionSettings),
    /// What coordination costs per pair of partners, in minor units.
    SetCoordinationCost(u64),
    /// What the partnership does together.
    SetProject(Option<ProjectId>),
    /// The form the partnership takes.
    SetForm(Option<Form>),
    /// A measure that strengthens the partnership is taken, or no longer.
    ToggleLever(Lever),
    /// Adds a project, or replaces the one of the same id.
    PutProject(Box<Project>),
    /// Removes it from everywhere.
    RemoveProject(ProjectId),
    /// Replaces the group of projects at this place, or adds one at the end.
    PutGroup {
        /// Its place.
        at: usize,
        /// It.
        group: ProjectGroup,
    },
    /// Removes the group at this place.
    RemoveGroup(usize),
    /// Adds a pledge, or replaces the one of the same id.
    PutPledge(Box<Pledge>),
    /// Removes it.
    RemovePledge(PledgeId),
    /// The members' voices.
    SetBallots(Vec<Ballot>),
    /// Replaces the ballot at a place; adds it at the end where there is none yet.
    PutBallot(usize, Box<Ballot>),
    /// Removes the ballot at a place.
    RemoveBallot(usize),
    /// Who asks whom for money, alone or together.
    SetAppeal(Box<AppealPlan>),
    /// A conflict of interest is stated.
    PutConflict(Conflict),
    /// How the pool decides.
    SetPool(PoolPlan),
    /// How futures are simulated.
    SetFutures(FutureSettings),
    /// What really happened so far.
    SetRecords(Box<Records>),
    /// A pledge's assumption is taken over from records, or what was stated put back.
    AdoptReliability(PledgeId, Reliability),
    /// The same of a project's cost.
    AdoptCost(ProjectId, CostEstimate),
    /// Weights of the score.
    SetWeights(ScoreWeights),
    /// What the plan is called.
    SetTitle(Text),
    /// Something about the agreement is chosen.
    ChooseAgreement(AgreementChoice),
    /// A section of the agreement in the person's own words, for readers of a language; blank is the draft's.
    WriteAgreement {
        /// Which.
        section: SectionCode,
        /// For whom.
        language: Language,
        /// The words, a sentence a line.
        words: String,
    },
    /// The draft's words again, which is a step of its own: what was written can be had back.
    DraftAgreement {
        /// Which.
        section: SectionCode,
        /// For whom.
        language: Language,
    },
}

/// What can be chosen about an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgreementChoice {
    /// The day it begins, as `2027-07-12`.
    Start(String),
    /// Its type; `None` is the recommended one.
    OfType(Option<PartnershipType>),
    /// How the parties decide; `None` is what goes with the type.
    Decision(Option<DecisionRule>),
    /// The language of the paper.
    Language(Language),
}

impl Edit {
    /// Edits with the same key that follow each other are one step of undo.
    pub fn merge_key(&self) -> Option<String> {
        match self {
            Self::PutOrganisation(organisation) => Some(format!("organisation {}", organisation.id)),
            Self::PutProject(project) => Some(format!("project {}", project.id)),
            Self::PutGroup { at, .. } => Some(format!("group {at}")),
            Self::PutPledge(pledge) => Some(format!("pledge {}", pledge.id)),
            Self::SetCoordinationCost(_) => Some("coordination".to_owned()),
            Self::PutBallot(place, _) => Some(format!("ballot {place}")),
            Self::SetAppeal(_) => Some("appeal".to_owned()),
            Self::SetFutures(_) => Some("futures".to_owned()),
            Self::SetRecords(_) => Some("records".to_owned()),
            Self::SetWeights(_) => Some("weights".to_owned()),
            Self::SetTitle(_) => Some("title".to_owned()),
            Self::ChooseAgreement(AgreementChoice::Start(_)) => Some("agreement start".to_owned()),
            Self::WriteAgreement {
                section, language, ..
            } => Some(format!("agreement {} {}", section.code(), language.code())),
            _ => None,
        }
    }

    /// The scenario with the change made; `None` if that is the same scenario. Unknown ids change nothing.
    ///
    /// What the first steps of the page offer is done here; everything else is offered by what the later half shows, and
    /// done there.
    pub fn applied(self, scenario: &Scenario) -> Option<Scenario> {
        match self {
            Self::RemoveOrganisation(id) => {
                scenario.organisation(&id)?;
                let mut changed = scenario.clone();
                remove_organisation(&mut changed, &id);
                Some(changed)
            }
            Self::SetLead(lead) => {
                let mut changed = scenario.clone();
                set_lead(&mut changed, lead);
                let teams = [&changed, scenario].map(|one| (&one.partnership.lead, &one.partnership.members));
                (teams[0] != teams[1]).then_some(changed)
            }
            Self::ToggleMember(id) => {
                let lead = scenario.partnership.lead.as_ref();
                let place = scenario
                    .partnership
                    .members
                    .iter()
                    .position(|member| member == &id);
                if place.is_none() && lead == Some(&id) {
                    return None;
                }
                let mut changed = scenario.clone();
                match place {
                    Some(place) => drop(changed.partnership.members.remove(place)),
                    None => changed.partnership.members.push(id),
                }
                Some(changed)
            }
            Self::SetWeights(weights) => (weights != scenario.score_weights).then(|| Scenario {
                score_weights: weights,
                ..scenario.clone()
            }),
            other => later::applied(other, scenario),
        }
    }
}

fn set_lead(scenario: &mut Scenario, lead: Option<OrgId>) {
    if let Some(lead) = &lead {
        scenario.partnership.members.retain(|member| member != lead);
    }
    scenario.partnership.lead = lead;
}

fn remove_organisation(scenario: &mut Scenario, id: &OrgId) {
    scenario
        .organisations
        .retain(|organisation| &organisation.id != id);
    scenario.pledges.retain(|pledge| &pledge.funder != id);
    scenario
        .conflicts
        .retain(|conflict| &conflict.between.0 != id && &conflict.between.1 != id);
    scenario
        .trust
        .retain(|record| &record.between.0 != id && &record.between.1 != id);
    scenario.partnership.members.retain(|member| member != id);
    scenario
        .partnership
        .coalition
        .anchors
        .retain(|anchor| anchor != id);
    scenario.appeal.parties.retain(|party| &party.organisation != id);
    for donor in &mut scenario.appeal.donors {
        donor.asked_by.retain(|asking| asking != id);
    }
    if scenario.partnership.lead.as_ref() == Some(id) {
        scenario.partnership.lead = None;
    }
    for project in &mut scenario.projects {
        if project.lead.as_ref() == Some(id) {
            project.lead = None;
        }
    }
    for pledge in &mut scenario.pledges {
        if let Some(results) = &mut pledge.terms.results
            && results.prefinanced_by.as_ref() == Some(id)
        {
            results.prefinanced_by = None;
        }
    }
    let pledges = &scenario.pledges;
    let is_there = |id: &PledgeId| pledges.iter().any(|pledge| pledge.id == *id);
    scenario.pool.matching_pledges.retain(is_there);
    scenario.keep_known_records();
}
