//! Changes that only what the later half of the page shows can make (docs/decisions/0011).

use super::{AgreementChoice, Edit, set_lead};
use crate::domain::{Ballot, Conflict, KindId, Money, OrgId, Organisation, ProjectId, Scenario, Unit};
use crate::later::later;

later! { "23",
    /// [`Edit::applied`] of all but the first steps' changes.
    pub(super) fn applied(edit: Edit, scenario: &Scenario) -> Option<Scenario> {
        let mut changed = scenario.clone();
        apply(edit, &mut changed);
        (changed != *scenario).then_some(changed)
    }
}

fn apply(edit: Edit, scenario: &mut Scenario) {
    match edit {
        Edit::PutOrganisation(organisation) => put(&mut scenario.organisations, *organisation, |o| &o.id),
        Edit::SaveOrganisation {
            organisation,
            conflicts,
            is_lead,
        } => save_organisation(scenario, *organisation, conflicts, is_lead),
        Edit::AddTable(table) => add_table(scenario, *table),
        Edit::SetMembers(members) => set_members(scenario, members),
        Edit::SetCoalition(settings) => scenario.partnership.coalition = settings,
        Edit::SetCoordinationCost(minor) => scenario.partnership.coalition.alpha_minor = minor,
        Edit::SetProject(project) => scenario.partnership.project = project,
        Edit::SetForm(form) => scenario.partnership.form = form,
        Edit::ToggleLever(lever) => {
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
        Edit::PutProject(project) => put(&mut scenario.projects, *project, |p| &p.id),
        Edit::RemoveProject(id) => remove_project(scenario, &id),
        Edit::PutGroup { at, group } => match scenario.groups.get_mut(at) {
            Some(known) => *known = group,
            None => scenario.groups.push(group),
        },
        Edit::RemoveGroup(at) => {
            if at < scenario.groups.len() {
                scenario.groups.remove(at);
            }
        }
        Edit::PutPledge(pledge) => put(&mut scenario.pledges, *pledge, |p| &p.id),
        Edit::RemovePledge(id) => {
            scenario.pledges.retain(|pledge| pledge.id != id);
            scenario.pool.matching_pledges.retain(|pledge| *pledge != id);
            scenario.keep_known_records();
        }
        Edit::SetBallots(ballots) => scenario.ballots = ballots,
        Edit::PutBallot(place, ballot) => match scenario.ballots.get_mut(place) {
            Some(known) => *known = *ballot,
            None => scenario.ballots.push(*ballot),
        },
        Edit::RemoveBallot(place) => {
            if place < scenario.ballots.len() {
                scenario.ballots.remove(place);
            }
        }
        Edit::SetAppeal(appeal) => scenario.appeal = *appeal,
        Edit::PutConflict(conflict) => {
            let (a, b) = conflict.between.clone();
            if scenario.conflict_between(&a, &b).is_none() && a != b {
                scenario.conflicts.push(conflict);
            }
        }
        Edit::SetPool(pool) => scenario.pool = pool,
        Edit::SetFutures(futures) => scenario.futures = futures,
        Edit::SetRecords(records) => scenario.records = *records,
        Edit::AdoptReliability(pledge, adopted) => scenario.adopt_reliability(&pledge, adopted),
        Edit::AdoptCost(project, adopted) => scenario.adopt_cost(&project, adopted),
        Edit::SetTitle(title) => scenario.title = title,
        Edit::ChooseAgreement(choice) => {
            let agreement = &mut scenario.partnership.agreement;
            match choice {
                AgreementChoice::Start(day) => agreement.start = Some(day),
                AgreementChoice::OfType(of_type) => agreement.of_type = of_type,
                AgreementChoice::Decision(decision) => agreement.decision = decision,
                AgreementChoice::Language(language) => agreement.language = Some(language),
            }
        }
        Edit::WriteAgreement {
            section,
            language,
            words,
        } => scenario.partnership.agreement.write(section, language, &words),
        Edit::DraftAgreement { section, language } => {
            scenario.partnership.agreement.write(section, language, "");
        }
        // The first steps' own.
        Edit::RemoveOrganisation(_) | Edit::SetLead(_) | Edit::ToggleMember(_) | Edit::SetWeights(_) => {}
    }
}

fn put<T, K: PartialEq>(list: &mut Vec<T>, item: T, key: impl Fn(&T) -> &K) {
    match list.iter_mut().find(|known| key(known) == key(&item)) {
        Some(known) => *known = item,
        None => list.push(item),
    }
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
