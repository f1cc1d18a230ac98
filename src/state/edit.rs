//! Changes to the scenario, as data.

use crate::domain::{
    Ballot, Conflict, Form, FutureSettings, OrgId, Organisation, Pledge, PledgeId, PoolPlan, Project,
    ProjectId, Scenario, ScoreWeights, Text,
};

/// A change of the scenario. Each keeps the scenario free of dangling references.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds an organisation, or replaces the one of the same id.
    PutOrganisation(Box<Organisation>),
    /// Adds several at once (a table); those of the same id are replaced.
    PutOrganisations(Vec<Organisation>),
    /// Removes it with its pledges, conflicts, trust and places.
    RemoveOrganisation(OrgId),
    /// "My organisation".
    SetLead(Option<OrgId>),
    /// In or out of the partnership.
    ToggleMember(OrgId),
    /// What the partnership does together.
    SetProject(Option<ProjectId>),
    /// The form the partnership takes.
    SetForm(Option<Form>),
    /// Adds a project, or replaces the one of the same id.
    PutProject(Box<Project>),
    /// Removes it from everywhere.
    RemoveProject(ProjectId),
    /// Adds a pledge, or replaces the one of the same id.
    PutPledge(Box<Pledge>),
    /// Removes it.
    RemovePledge(PledgeId),
    /// The members' voices.
    SetBallots(Vec<Ballot>),
    /// A conflict of interest is stated.
    PutConflict(Conflict),
    /// How the pool decides.
    SetPool(PoolPlan),
    /// How futures are simulated.
    SetFutures(FutureSettings),
    /// Weights of the score.
    SetWeights(ScoreWeights),
    /// What the plan is called.
    SetTitle(Text),
}

impl Edit {
    /// Edits with the same key that follow each other are one step of undo.
    pub fn merge_key(&self) -> Option<String> {
        match self {
            Self::PutOrganisation(organisation) => Some(format!("organisation {}", organisation.id)),
            Self::PutProject(project) => Some(format!("project {}", project.id)),
            Self::PutPledge(pledge) => Some(format!("pledge {}", pledge.id)),
            Self::SetFutures(_) => Some("futures".to_owned()),
            Self::SetWeights(_) => Some("weights".to_owned()),
            Self::SetTitle(_) => Some("title".to_owned()),
            _ => None,
        }
    }

    /// Makes the change. Unknown ids change nothing.
    pub fn apply(self, scenario: &mut Scenario) {
        match self {
            Self::PutOrganisation(organisation) => put(&mut scenario.organisations, *organisation, |o| &o.id),
            Self::PutOrganisations(organisations) => {
                for organisation in organisations {
                    put(&mut scenario.organisations, organisation, |o| &o.id);
                }
            }
            Self::RemoveOrganisation(id) => remove_organisation(scenario, &id),
            Self::SetLead(lead) => {
                if let Some(lead) = &lead {
                    scenario.partnership.members.retain(|member| member != lead);
                }
                scenario.partnership.lead = lead;
            }
            Self::ToggleMember(id) => {
                let members = &mut scenario.partnership.members;
                match members.iter().position(|member| member == &id) {
                    Some(index) => drop(members.remove(index)),
                    None if scenario.partnership.lead.as_ref() != Some(&id) => members.push(id),
                    None => {}
                }
            }
            Self::SetProject(project) => scenario.partnership.project = project,
            Self::SetForm(form) => scenario.partnership.form = form,
            Self::PutProject(project) => put(&mut scenario.projects, *project, |p| &p.id),
            Self::RemoveProject(id) => remove_project(scenario, &id),
            Self::PutPledge(pledge) => put(&mut scenario.pledges, *pledge, |p| &p.id),
            Self::RemovePledge(id) => scenario.pledges.retain(|pledge| pledge.id != id),
            Self::SetBallots(ballots) => scenario.ballots = ballots,
            Self::PutConflict(conflict) => {
                let (a, b) = conflict.between.clone();
                if scenario.conflict_between(&a, &b).is_none() && a != b {
                    scenario.conflicts.push(conflict);
                }
            }
            Self::SetPool(pool) => scenario.pool = pool,
            Self::SetFutures(futures) => scenario.futures = futures,
            Self::SetWeights(weights) => scenario.score_weights = weights,
            Self::SetTitle(title) => scenario.title = title,
        }
    }
}

fn put<T, K: PartialEq>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> &K) {
    match list.iter_mut().find(|known| key(known) == key(&item)) {
        Some(known) => *known = item,
        None => list.push(item),
    }
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
    if scenario.partnership.lead.as_ref() == Some(id) {
        scenario.partnership.lead = None;
    }
    for project in &mut scenario.projects {
        if project.lead.as_ref() == Some(id) {
            project.lead = None;
        }
    }
}

fn remove_project(scenario: &mut Scenario, id: &ProjectId) {
    scenario.projects.retain(|project| &project.id != id);
    if scenario.partnership.project.as_ref() == Some(id) {
        scenario.partnership.project = None;
    }
    for ballot in &mut scenario.ballots {
        ballot.approves.retain(|approved| approved != id);
    }
    for pledge in &mut scenario.pledges {
        pledge.wishes.retain(|(project, _)| project != id);
        pledge.restriction.projects.retain(|project| project != id);
    }
}
