//! Who does what: roles that follow from a plan, needs without an owner, and work two do where one would.

use super::{Party, ResourcePlan};
use crate::domain::{GoalId, KindId, OrgId, Organisation, RegionCode, Scenario, Sector};
use crate::explain::{Role, RoleReason};
use serde::{Deserialize, Serialize};

/// One role and who has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleAssignment {
    /// What.
    pub role: Role,
    /// Who.
    pub org: OrgId,
    /// Why.
    pub reason: RoleReason,
}

/// A need nobody serves, not even in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Of which kind.
    pub kind: KindId,
    /// Whose.
    pub to: Party,
    /// How much.
    pub need: u64,
    /// Who offers some of it without saying how much: to be asked first. Partner order.
    pub ask: Vec<OrgId>,
}

/// Two or more give what one of them has enough of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// Of which kind.
    pub kind: KindId,
    /// To whom.
    pub to: Party,
    /// Who gives it in the plan, in partner order.
    pub givers: Vec<OrgId>,
    /// Who of them could give all of it alone.
    pub enough: Vec<OrgId>,
}

/// Two partners run the same programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    /// Who, in partner order.
    pub between: (OrgId, OrgId),
    /// The theme of both.
    pub theme: GoalId,
    /// Where, as each of them says; one lies in the other.
    pub regions: (Option<RegionCode>, Option<RegionCode>),
    /// False while a place is missing.
    pub sure: bool,
}

/// Who does what in a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolePlan {
    /// At most one organisation a role, in the order of [`Role::ALL`].
    pub roles: Vec<RoleAssignment>,
    /// Roles nobody can have, in the same order.
    pub open: Vec<Role>,
    /// Needs without an owner, in the order of the plan.
    pub gaps: Vec<Gap>,
    /// Needs with an owner too many, in the order of the plan.
    pub overlaps: Vec<Overlap>,
    /// Programmes run twice, by partner, then in file order.
    pub duplicates: Vec<Duplicate>,
}

/// Kinds that are work: both in person-days, so that they add up.
const WORK: [&str; 2] = ["expertise", "staff"];
const FUND_MANAGEMENT: &str = "fund-management";

/// Who leads, delivers, holds funds and checks, given a plan; what has no owner and what has two.
///
/// - *Leads*: the partnership's lead.
/// - *Delivers*: who gives most days of staff and expertise in the plan.
/// - *Holds funds*: who offers fund management, civil society before others, then the larger offer (one not
///   quantified last);
///   if nobody does, the lead.
/// - *Checks*: academia, then government, not holding the funds; who neither leads nor delivers before who
///   does.
/// - *Gap*: something is needed and nobody gives any. *Overlap*: two or more give, and one of them has as much
///   as they give together (where rival, after what it gives to others). *Duplicate*: same theme, and one place
///   lies in the other; a place not said makes it possible, not sure.
///
/// Ties: the order of the plan's parties, lead first. Cost: O(transfers + programmes²). No errors: roles
/// nobody can have are in `open`.
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::domain::OrgId;
/// use gotong::explain::Role;
/// use gotong::matching::plan::{assign_roles, partnership_plan};
///
/// // The teachers' foundation leads and trains; the training house of the regency holds no funds.
/// let mut scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// scenario.partnership.members = vec![OrgId::new("balai-pendidikan-warga").unwrap()];
/// let roles = assign_roles(&scenario, &partnership_plan(&scenario, false).unwrap());
/// let who = |role| roles.roles.iter().find(|one| one.role == role).map(|one| one.org.as_str());
/// assert_eq!(who(Role::Delivers), Some("yayasan-guru-pelita"));
/// assert_eq!(who(Role::Checks), Some("balai-pendidikan-warga"));
/// ```
///
/// Source: separation of duties (INTOSAI GOV 9100, Guidelines for Internal Control Standards, 2004): who
/// holds money does not check it. The order of sectors is this project's own.
pub fn assign_roles(scenario: &Scenario, plan: &ResourcePlan) -> RolePlan {
    let parties: Vec<&Organisation> = plan
        .parties
        .iter()
        .filter_map(|id| scenario.organisation(id))
        .collect();
    let lead = scenario.partnership.lead.as_ref();
    let lead = parties.iter().copied().find(|party| Some(&party.id) == lead);
    let delivers = most_days(plan, &parties);
    let holder = fund_holder(&parties).or_else(|| lead.map(|lead| (lead, RoleReason::LeadByDefault)));
    let busy = |party: &Organisation| {
        [lead, delivers]
            .into_iter()
            .flatten()
            .any(|other| other.id == party.id)
    };
    let holds = |party: &Organisation| holder.is_some_and(|(holder, _)| holder.id == party.id);
    let sector = |party: &Organisation| match party.sector {
        Sector::Academia => 0,
        Sector::Government => 1,
        _ => 2,
    };
    let checks = parties
        .iter()
        .copied()
        .filter(|party| sector(party) < 2 && !holds(party))
        .min_by_key(|party| (busy(party), sector(party)));
    let found = [
        lead.map(|lead| (lead, RoleReason::ChosenLead)),
        delivers.map(|one| (one, RoleReason::MostDays)),
        holder,
        checks.map(|one| {
            let reason = if busy(one) {
                RoleReason::HoldsNoFunds
            } else {
                RoleReason::Independent
            };
            (one, reason)
        }),
    ];
    let mut answer = RolePlan {
        roles: Vec::new(),
        open: Vec::new(),
        gaps: gaps(plan),
        overlaps: overlaps(plan, &parties),
        duplicates: duplicates(&parties),
    };
    for (role, found) in Role::ALL.into_iter().zip(found) {
        match found {
            Some((party, reason)) => {
                let org = party.id.clone();
                answer.roles.push(RoleAssignment { role, org, reason });
            }
            None => answer.open.push(role),
        }
    }
    answer
}

fn most_days<'a>(plan: &ResourcePlan, parties: &[&'a Organisation]) -> Option<&'a Organisation> {
    let mut best = (0, None);
    for &party in parties {
        let given = plan.transfers.iter().filter(|one| one.from == party.id);
        let days = given
            .filter(|one| WORK.contains(&one.kind.as_str()))
            .fold(0, |sum: u64, one| sum.saturating_add(one.quantity));
        if days > best.0 {
            best = (days, Some(party));
        }
    }
    best.1
}

fn fund_holder<'a>(parties: &[&'a Organisation]) -> Option<(&'a Organisation, RoleReason)> {
    let offer = |party: &Organisation| {
        let offers = party
            .offers
            .iter()
            .find(|offer| offer.kind.as_str() == FUND_MANAGEMENT);
        offers
            .map(|offer| offer.quantity)
            .filter(|quantity| *quantity != Some(0))
    };
    let offering = parties
        .iter()
        .copied()
        .filter_map(|party| Some((party, offer(party)?)));
    let (party, _) = offering.min_by_key(|(party, quantity)| {
        (
            party.sector != Sector::CivilSociety,
            std::cmp::Reverse(quantity.unwrap_or(0)),
        )
    })?;
    let reason = if party.sector == Sector::CivilSociety {
        RoleReason::CivilSocietyFundManager
    } else {
        RoleReason::FundManager
    };
    Some((party, reason))
}

fn gaps(plan: &ResourcePlan) -> Vec<Gap> {
    let served = |kind: &KindId, to: &Party| {
        plan.transfers
            .iter()
            .any(|one| &one.kind == kind && &one.to == to)
    };
    let unmet = plan.unmet.iter().filter(|row| !served(&row.kind, &row.to));
    let ask = |kind: &KindId, to: &Party| {
        let open = plan
            .open_offers
            .iter()
            .filter(|one| &one.kind == kind && one.adds > 0);
        let other = open.filter(|one| *to != Party::Organisation(one.from.clone()));
        other.map(|one| one.from.clone()).collect()
    };
    unmet
        .map(|row| Gap {
            kind: row.kind.clone(),
            to: row.to.clone(),
            need: row.need,
            ask: ask(&row.kind, &row.to),
        })
        .collect()
}

fn overlaps(plan: &ResourcePlan, parties: &[&Organisation]) -> Vec<Overlap> {
    let mut found = Vec::new();
    for kind in &plan.kinds {
        for to in &kind.receivers {
            let of_kind = || plan.transfers.iter().filter(|one| one.kind == kind.kind);
            let given: Vec<_> = of_kind().filter(|one| &one.to == to).collect();
            if given.len() < 2 {
                continue;
            }
            let all = given
                .iter()
                .fold(0, |sum: u64, one| sum.saturating_add(one.quantity));
            let suffices = |org: &OrgId| {
                let party = parties.iter().find(|party| &party.id == org);
                let offer = party
                    .and_then(|party| party.offer(&kind.kind)?.quantity)
                    .unwrap_or(0);
                let elsewhere = of_kind().filter(|one| kind.rival && &one.from == org && &one.to != to);
                let elsewhere = elsewhere.fold(0, |sum: u64, one| sum.saturating_add(one.quantity));
                offer.saturating_sub(elsewhere) >= all
            };
            let givers: Vec<OrgId> = given.iter().map(|one| one.from.clone()).collect();
            let enough: Vec<OrgId> = givers.iter().filter(|org| suffices(org)).cloned().collect();
            if !enough.is_empty() {
                let (kind, to) = (kind.kind.clone(), to.clone());
                found.push(Overlap {
                    kind,
                    to,
                    givers,
                    enough,
                });
            }
        }
    }
    found
}

fn duplicates(parties: &[&Organisation]) -> Vec<Duplicate> {
    let mut found = Vec::new();
    for (index, a) in parties.iter().enumerate() {
        for b in parties.iter().skip(index + 1) {
            for one in &a.programmes {
                for other in b.programmes.iter().filter(|other| other.theme == one.theme) {
                    let places = one.region.as_ref().zip(other.region.as_ref());
                    let same = places.map(|(x, y)| x.is_within(y) || y.is_within(x));
                    if same != Some(false) {
                        found.push(Duplicate {
                            between: (a.id.clone(), b.id.clone()),
                            theme: one.theme.clone(),
                            regions: (one.region.clone(), other.region.clone()),
                            sure: same == Some(true),
                        });
                    }
                }
            }
        }
    }
    found
}

#[cfg(test)]
#[path = "roles_tests.rs"]
mod tests;
