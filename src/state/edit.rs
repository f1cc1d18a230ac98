//! Changes to the scenario, as data.

use crate::domain::{
    AppealPlan, Ballot, CoalitionSettings, Conflict, CostEstimate, DecisionRule, Form, FutureSettings,
    KindId, Language, Lever, Money, OrgId, Organisation, PartnershipType, Pledge, PledgeId, PoolPlan,
    Project, ProjectGroup, ProjectId, Records, Reliability, Scenario, ScoreWeights, SectionCode, Text, Unit,
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

    /// Makes the change. Unknown ids change nothing.
    pub fn apply(self, scenario: &mut Scenario) {
        match self {
            Self::PutOrganisation(organisation) => put(&mut scenario.organisations, *organisation, |o| &o.id),
            Self::SaveOrganisation {
                organisation,
                conflicts,
                is_lead,
            } => save_organisation(scenario, *organisation, conflicts, is_lead),
            Self::AddTable(table) => add_table(scenario, *table),
            Self::RemoveOrganisation(id) => remove_organisation(scenario, &id),
            Self::SetLead(lead) => set_lead(scenario, lead),
            Self::ToggleMember(id) => {
                let members = &mut scenario.partnership.members;
                match members.iter().position(|member| member == &id) {
                    Some(index) => drop(members.remove(index)),
                    None if scenario.partnership.lead.as_ref() != Some(&id) => members.push(id),
                    None => {}
                }
            }
            Self::SetMembers(members) => set_members(scenario, members),
            Self::SetCoalition(settings) => scenario.partnership.coalition = settings,
            Self::SetCoordinationCost(minor) => scenario.partnership.coalition.alpha_minor = minor,
            Self::SetProject(project) => scenario.partnership.project = project,
            Self::SetForm(form) => scenario.partnership.form = form,
            Self::ToggleLever(lever) => {
                let levers = &mut scenario.partnership.levers;
                if levers.contains(&lever) {
                    levers.retain(|taken| taken != &lever);
                } else {
                    levers.push(lever);
                    // A set: the same measures are the same plan, in whichever order they were taken.
                    crate::order::sort(levers);
                    levers.dedup();
                }
            }
            Self::PutProject(project) => put(&mut scenario.projects, *project, |p| &p.id),
            Self::RemoveProject(id) => remove_project(scenario, &id),
            Self::PutGroup { at, group } => match scenario.groups.get_mut(at) {
                Some(known) => *known = group,
                None => scenario.groups.push(group),
            },
            Self::RemoveGroup(at) => {
                if at < scenario.groups.len() {
                    scenario.groups.remove(at);
                }
            }
            Self::PutPledge(pledge) => put(&mut scenario.pledges, *pledge, |p| &p.id),
            Self::RemovePledge(id) => {
                scenario.pledges.retain(|pledge| pledge.id != id);
                scenario.pool.matching_pledges.retain(|pledge| *pledge != id);
                scenario.keep_known_records();
            }
            Self::SetBallots(ballots) => scenario.ballots = ballots,
            Self::PutBallot(place, ballot) => match scenario.ballots.get_mut(place) {
                Some(known) => *known = *ballot,
                None => scenario.ballots.push(*ballot),
            },
            Self::RemoveBallot(place) => {
                if place < scenario.ballots.len() {
                    scenario.ballots.remove(place);
                }
            }
            Self::SetAppeal(appeal) => scenario.appeal = *appeal,
            Self::PutConflict(conflict) => {
                let (a, b) = conflict.between.clone();
                if scenario.conflict_between(&a, &b).is_none() && a != b {
                    scenario.conflicts.push(conflict);
                }
            }
            Self::SetPool(pool) => scenario.pool = pool,
            Self::SetFutures(futures) => scenario.futures = futures,
            Self::SetRecords(records) => scenario.records = *records,
            Self::AdoptReliability(pledge, adopted) => scenario.adopt_reliability(&pledge, adopted),
            Self::AdoptCost(project, adopted) => scenario.adopt_cost(&project, adopted),
            Self::SetWeights(weights) => scenario.score_weights = weights,
            Self::SetTitle(title) => scenario.title = title,
            Self::ChooseAgreement(choice) => {
                let agreement = &mut scenario.partnership.agreement;
                match choice {
                    AgreementChoice::Start(day) => agreement.start = Some(day),
                    AgreementChoice::OfType(of_type) => agreement.of_type = of_type,
                    AgreementChoice::Decision(decision) => agreement.decision = decision,
                    AgreementChoice::Language(language) => agreement.language = Some(language),
                }
            }
            Self::WriteAgreement {
                section,
                language,
                words,
            } => scenario.partnership.agreement.write(section, language, &words),
            Self::DraftAgreement { section, language } => {
                scenario.partnership.agreement.write(section, language, "");
            }
        }
    }
}

fn put<T, K: PartialEq>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> &K) {
    match list.iter_mut().find(|known| key(known) == key(&item)) {
        Some(known) => *known = item,
        None => list.push(item),
    }
}

fn set_lead(scenario: &mut Scenario, lead: Option<OrgId>) {
    if let Some(lead) = &lead {
        scenario.partnership.members.retain(|member| member != lead);
    }
    scenario.partnership.lead = lead;
}

/// Who is in already keeps its place, so that taking the same team again is no change.
fn set_members(scenario: &mut Scenario, members: Vec<OrgId>) {
    let known = |id: &OrgId| scenario.organisation(id).is_some();
    let lead = scenario.partnership.lead.clone();
    let wanted = |id: &OrgId| known(id) && Some(id) != lead.as_ref();
    let before = scenario.partnership.members.clone();
    let mut chosen: Vec<OrgId> = before.into_iter().filter(|id| members.contains(id)).collect();
    for id in members {
        if wanted(&id) && !chosen.contains(&id) {
            chosen.push(id);
        }
    }
    scenario.partnership.members = chosen;
}

fn save_organisation(
    scenario: &mut Scenario,
    organisation: Organisation,
    mut conflicts: Vec<Conflict>,
    is_lead: bool,
) {
    let id = organisation.id.clone();
    put(&mut scenario.organisations, organisation, |o| &o.id);
    let other = |conflict: &Conflict| match &conflict.between {
        (a, b) if a == &id => Some(b.clone()),
        (a, b) if b == &id => Some(a.clone()),
        _ => None,
    };
    // What stays keeps its place, so that saving without a change is no change.
    scenario.conflicts.retain_mut(|known| {
        let Some(with) = other(known) else { return true };
        let stated = conflicts
            .iter()
            .position(|conflict| other(conflict).as_ref() == Some(&with));
        stated.is_some_and(|index| {
            known.reason = conflicts.remove(index).reason;
            true
        })
    });
    for conflict in conflicts {
        let known = other(&conflict).is_some_and(|with| scenario.organisation(&with).is_some() && with != id);
        if known {
            scenario.conflicts.push(conflict);
        }
    }
    if is_lead {
        set_lead(scenario, Some(id));
    } else if scenario.partnership.lead.as_ref() == Some(&id) {
        scenario.partnership.lead = None;
    }
}

fn add_table(scenario: &mut Scenario, mut table: Scenario) {
    let nothing_counted =
        scenario.organisations.is_empty() && scenario.projects.is_empty() && scenario.pledges.is_empty();
    if nothing_counted {
        scenario.base_currency = table.base_currency;
    }
    let kinds = table.all_kinds();
    let in_base = |minor: u64| {
        let money = Money::new(minor, table.base_currency).ok()?;
        scenario.in_base(money)
    };
    let is_money = |id: &KindId| {
        kinds
            .iter()
            .any(|kind| &kind.id == id && kind.unit == Unit::Money)
    };
    for organisation in &mut table.organisations {
        let offers = organisation
            .offers
            .iter_mut()
            .map(|offer| (&offer.kind, &mut offer.quantity));
        let needs = organisation
            .needs
            .iter_mut()
            .map(|need| (&need.kind, &mut need.quantity));
        for (_, quantity) in offers.chain(needs).filter(|(kind, _)| is_money(kind)) {
            *quantity = quantity.and_then(in_base);
        }
        organisation.participation_cost_minor = organisation.participation_cost_minor.and_then(in_base);
    }
    let known = scenario.all_kinds();
    let new = table
        .kinds
        .into_iter()
        .filter(|kind| known.iter().all(|k| k.id != kind.id));
    scenario.kinds.extend(new);
    for organisation in table.organisations {
        put(&mut scenario.organisations, organisation, |o| &o.id);
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

fn remove_project(scenario: &mut Scenario, id: &ProjectId) {
    scenario.projects.retain(|project| &project.id != id);
    if scenario.partnership.project.as_ref() == Some(id) {
        scenario.partnership.project = None;
    }
    for group in &mut scenario.groups {
        group.projects.retain(|project| project != id);
    }
    for ballot in &mut scenario.ballots {
        remove_vote(ballot, id);
    }
    scenario.election.cells.remove(id);
    for pledge in &mut scenario.pledges {
        pledge.wishes.retain(|(project, _)| project != id);
        pledge.restriction.projects.retain(|project| project != id);
        // What the pledge waited for is gone, and so is the waiting.
        let condition = &mut pledge.terms.condition;
        if condition
            .as_ref()
            .is_some_and(|condition| condition.project() == Some(id))
        {
            *condition = None;
        }
    }
    scenario.keep_known_records();
}

/// The voters stay: they still hold a part of the budget and a voice in everything else.
fn remove_vote(ballot: &mut Ballot, id: &ProjectId) {
    let Some(place) = ballot.approves.iter().position(|approved| approved == id) else {
        return;
    };
    ballot.approves.remove(place);
    if place < ballot.points.len() {
        ballot.points.remove(place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Conversion, Currency};
    use crate::interchange::import;

    fn table(text: &str) -> Box<Scenario> {
        Box::new(import("mitra.csv", text.as_bytes()).unwrap().scenario)
    }

    fn funds(scenario: &Scenario, index: usize) -> Option<u64> {
        scenario.organisations[index].offers[0].quantity
    }

    #[test]
    fn a_table_brings_its_own_kinds_of_resources() {
        let mut scenario = Scenario::default();
        Edit::AddTable(table("nama;sektor;tawaran:perahu\nNelayan;komunitas;3\n")).apply(&mut scenario);
        assert_eq!(scenario.kinds.len(), 1);
        assert_eq!(scenario.problems(), Vec::new());
        Edit::AddTable(table("nama;sektor;tawaran:perahu\nPelabuhan;pemerintah;1\n")).apply(&mut scenario);
        assert_eq!((scenario.kinds.len(), scenario.organisations.len()), (1, 2));
        assert_eq!(scenario.problems(), Vec::new());
    }

    #[test]
    fn what_a_pledge_waits_for_goes_with_its_project_and_who_pays_first_with_its_organisation() {
        let mut scenario = crate::cases::CaseStudy::by_row("E6").unwrap().load().unwrap();
        Edit::RemoveProject(ProjectId::new("magang-muda").unwrap()).apply(&mut scenario);
        assert_eq!(scenario.problems(), Vec::new());
        let cocoa = scenario
            .pledges
            .iter()
            .find(|pledge| pledge.id.as_str() == "kakao-pendamping");
        assert_eq!(cocoa.unwrap().terms.condition, None);

        let mut scenario = crate::cases::CaseStudy::by_row("E9").unwrap().load().unwrap();
        Edit::RemoveOrganisation(OrgId::new("bank-pesisir-utara").unwrap()).apply(&mut scenario);
        assert_eq!(scenario.problems(), Vec::new());
        let results = scenario
            .pledges
            .iter()
            .find_map(|pledge| pledge.terms.results.clone());
        assert_eq!(results.unwrap().prefinanced_by, None);
    }

    #[test]
    fn groups_are_put_changed_and_left_by_projects_that_go() {
        let mut scenario = Scenario::default();
        let project = ProjectId::new("well").unwrap();
        let group = |at_most| ProjectGroup {
            projects: vec![project.clone()],
            at_most,
            ..ProjectGroup::default()
        };
        Edit::PutGroup {
            at: 0,
            group: group(Some(1)),
        }
        .apply(&mut scenario);
        Edit::PutGroup {
            at: 9,
            group: group(None),
        }
        .apply(&mut scenario);
        Edit::PutGroup {
            at: 0,
            group: group(Some(2)),
        }
        .apply(&mut scenario);
        assert_eq!(scenario.groups, [group(Some(2)), group(None)]);
        Edit::RemoveGroup(1).apply(&mut scenario);
        Edit::RemoveGroup(7).apply(&mut scenario);
        Edit::RemoveProject(project).apply(&mut scenario);
        assert_eq!(scenario.groups.len(), 1);
        assert!(scenario.groups[0].projects.is_empty());
    }

    #[test]
    fn measures_are_a_set_in_their_own_order() {
        let mut scenario = Scenario::default();
        let mut toggle = |lever| {
            Edit::ToggleLever(lever).apply(&mut scenario);
            scenario.partnership.levers.clone()
        };
        assert_eq!(toggle(Lever::WorkPlan), [Lever::WorkPlan]);
        assert_eq!(toggle(Lever::CommonGoal), [Lever::CommonGoal, Lever::WorkPlan]);
        assert_eq!(toggle(Lever::WorkPlan), [Lever::CommonGoal]);
    }

    #[test]
    fn a_team_is_taken_whole_and_who_leaves_the_list_leaves_it_everywhere() {
        let mut scenario = Scenario::default();
        Edit::AddTable(table(
            "nama;sektor;tawaran:perahu\nA;komunitas;3\nB;bisnis;1\nC;bisnis;2\n",
        ))
        .apply(&mut scenario);
        let ids: Vec<OrgId> = scenario.organisations.iter().map(|one| one.id.clone()).collect();
        let (a, b, c) = (&ids[0], &ids[1], &ids[2]);
        Edit::SetLead(Some(a.clone())).apply(&mut scenario);
        Edit::ToggleMember(c.clone()).apply(&mut scenario);
        let ghost = OrgId::new("ghost").unwrap();
        Edit::SetMembers(vec![a.clone(), b.clone(), ghost, c.clone()]).apply(&mut scenario);
        assert_eq!(scenario.partnership.members, [c.clone(), b.clone()]);

        let before = scenario.clone();
        Edit::SetMembers(vec![b.clone(), c.clone()]).apply(&mut scenario);
        assert_eq!(scenario, before);

        Edit::SetCoalition(CoalitionSettings {
            anchors: vec![b.clone()],
            ..CoalitionSettings::default()
        })
        .apply(&mut scenario);
        Edit::SetCoordinationCost(500).apply(&mut scenario);
        assert_eq!(scenario.partnership.coalition.alpha_minor, 500);
        Edit::RemoveOrganisation(b.clone()).apply(&mut scenario);
        assert_eq!(scenario.problems(), Vec::new());
        assert!(scenario.partnership.coalition.anchors.is_empty());
    }

    #[test]
    fn money_in_another_currency_is_converted_by_the_stated_rate_or_not_said() {
        let dollars = "name,sector,offer:funds (USD)\nFord,ngo,500\n";
        let usd = Currency::new("USD").unwrap();
        let mut empty = Scenario::default();
        Edit::AddTable(table(dollars)).apply(&mut empty);
        assert_eq!((empty.base_currency, funds(&empty, 0)), (usd, Some(50_000)));

        let mut rupiah = Scenario::default();
        Edit::AddTable(table("nama;sektor;tawaran:dana\nBank;bisnis;Rp 5.000.000\n")).apply(&mut rupiah);
        let mut with_rate = rupiah.clone();
        Edit::AddTable(table(dollars)).apply(&mut rupiah);
        assert_eq!(
            (rupiah.base_currency, funds(&rupiah, 0), funds(&rupiah, 1)),
            (Currency::IDR, Some(5_000_000), None)
        );
        with_rate.conversions.push(Conversion {
            from: usd,
            rate_numerator: 16_000,
            rate_denominator: 1,
            volatility: 0.0,
        });
        Edit::AddTable(table(dollars)).apply(&mut with_rate);
        assert_eq!(funds(&with_rate, 1), Some(8_000_000));
    }
}
