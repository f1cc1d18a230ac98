//! The resource plan of a scenario.

use super::deliver::{Sharing, deliver, faults};
use super::setting::{Kind, Market, Setting};
use super::{
    Fault, Flow, KindPlan, LeftOver, OpenNeed, OpenOffer, Party, PlanError, ResourcePlan, Shipment, Transfer,
    Transport, Unmet, min_cost_flow,
};
use crate::domain::{OrgId, Scenario};
use std::collections::BTreeMap;

/// Who gives what to whom among the organisations `among`, each other's needs being what is to be met.
///
/// Kind by kind: [`min_cost_flow`] where giving uses it up, [`share_flow`](super::share_flow) where not;
/// under `fair` what is used up and scarce is shared by [`fair_shares`](super::fair_shares), as fractions or
/// whole according to the kind. Cost is the friction between giver and receiver (pace, formality, horizon;
/// docs/matching.md) in 240ths per unit, an answer not given taken for the farthest it could be. Nobody
/// supplies itself, since a need is what is lacking beside one's own means, and nothing crosses a conflict of
/// interest. An offer not quantified gives 0 and is listed with what it could add; a need not quantified is
/// listed as an open question. Priorities do not count: what is unmet is minimised in units of the kind.
///
/// Units: the kind's own. Order: kinds as [`Scenario::all_kinds`], parties as given. Cost: as the solvers,
/// over all pairs of a kind. The answer is checked by [`verify_plan`], whose findings are `faults`.
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::domain::OrgId;
/// use gotong::matching::plan::resource_plan;
///
/// // The youth club lacks 20 books, the reading garden by the river 400; Buku Hijau has 1 200.
/// let scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// let among: Vec<_> = ["yayasan-buku-hijau", "karang-taruna-ngudi-maju", "taman-bacaan-tepi-kali"]
///     .map(|id| OrgId::new(id).unwrap()).into();
/// let plan = resource_plan(&scenario, &among, false).unwrap();
/// let goods = plan.kinds.iter().find(|one| one.kind.as_str() == "goods").unwrap();
/// assert_eq!((goods.met, goods.left_over, goods.transfers), ([420, 420], 780, 2));
/// assert!(plan.faults.is_empty());
/// ```
///
/// # Errors
/// [`PlanError::UnknownOrganisation`], [`PlanError::TotalTooLarge`], [`PlanError::TooManyPairs`]. Nobody, or
/// nothing to give, is an empty plan.
pub fn resource_plan(scenario: &Scenario, among: &[OrgId], fair: bool) -> Result<ResourcePlan, PlanError> {
    plan(scenario, &Setting::new(scenario, among, None, false)?, fair)
}

/// Who gives what in the partnership of `scenario`, lead and members in order of choice.
///
/// With a project that states requirements these are what is to be met, and the project is the receiver,
/// named by its id; everybody gives to it at the friction with the lead, the lead at 0. (Conflicts inside the
/// partnership are reported by [`conflicts_inside`](crate::matching::fill::conflicts_inside) and do not stop
/// them giving to the project, so that the figures agree with
/// [`partnership_fill`](crate::matching::fill::partnership_fill).) Otherwise lead and members meet each
/// other's needs. All else as [`resource_plan`]. Members the scenario does not hold are passed over; without
/// anybody the plan is empty.
///
/// # Errors
/// [`PlanError::TotalTooLarge`], [`PlanError::TooManyPairs`].
pub fn partnership_plan(scenario: &Scenario, fair: bool) -> Result<ResourcePlan, PlanError> {
    let partnership = &scenario.partnership;
    let known = |id: &&OrgId| scenario.organisation(id).is_some();
    let lead = partnership.lead.iter().filter(known);
    let among: Vec<OrgId> = lead
        .chain(partnership.members.iter().filter(known))
        .cloned()
        .collect();
    let project = partnership.project.as_ref().filter(|id| {
        let project = scenario.project(id);
        project.is_some_and(|project| !project.requirements.is_empty())
    });
    plan(
        scenario,
        &Setting::new(scenario, &among, project, has_lead(scenario, &among))?,
        fair,
    )
}

/// Whether the first of `among` leads the partnership.
fn has_lead(scenario: &Scenario, among: &[OrgId]) -> bool {
    scenario.partnership.lead.is_some() && among.first() == scenario.partnership.lead.as_ref()
}

fn plan(scenario: &Scenario, setting: &Setting, fair: bool) -> Result<ResourcePlan, PlanError> {
    let mut plan = ResourcePlan {
        parties: setting.parties.iter().map(|one| one.id.clone()).collect(),
        project: setting.project.map(|project| project.id.clone()),
        fair,
        transfers: Vec::new(),
        unmet: Vec::new(),
        left_over: Vec::new(),
        open_offers: Vec::new(),
        open_needs: Vec::new(),
        kinds: Vec::new(),
        faults: Vec::new(),
    };
    for kind in setting.kinds() {
        add_kind(&mut plan, setting, kind)?;
    }
    plan.faults = verify_plan(scenario, &plan)?;
    Ok(plan)
}

fn add_kind(plan: &mut ResourcePlan, setting: &Setting, kind: &Kind) -> Result<(), PlanError> {
    let market = setting.market(&kind.id);
    let transport = setting.transport(&market)?;
    let (shipment, shares) = deliver(&transport, kind.sharing(plan.fair));
    let org = |number: usize| setting.parties[number].id.clone();
    let mut sure = vec![0_u64; market.receivers.len()];
    for flow in &shipment.flows {
        let sum = sure[flow.to].saturating_add(flow.quantity);
        sure[flow.to] = if kind.may_overlap {
            sure[flow.to].max(flow.quantity)
        } else {
            sum
        };
    }
    let mut anchored = vec![false; market.receivers.len()];
    for flow in &shipment.flows {
        let Some(to) = setting.party(market.receivers[flow.to]) else {
            continue;
        };
        let first = flow.quantity == sure[flow.to] && !std::mem::replace(&mut anchored[flow.to], true);
        plan.transfers.push(Transfer {
            kind: kind.id.clone(),
            from: org(market.givers[flow.from]),
            to,
            quantity: flow.quantity,
            sure: !kind.may_overlap || first,
        });
    }
    let mut met = [0_u64; 2];
    for (at, (&need, &least)) in market.needs.iter().zip(&shipment.unmet).enumerate() {
        met = [
            met[0].saturating_add(sure[at]),
            met[1].saturating_add(need.saturating_sub(least)),
        ];
        let missing = [least, need.saturating_sub(sure[at])];
        if let Some(to) = setting.party(market.receivers[at]).filter(|_| missing[1] > 0) {
            let kind = kind.id.clone();
            plan.unmet.push(Unmet {
                kind,
                to,
                need,
                missing,
            });
        }
    }
    let mut left: Vec<u64> = market.offers.clone();
    for flow in shipment.flows.iter().filter(|_| kind.rival) {
        left[flow.from] = left[flow.from].saturating_sub(flow.quantity);
    }
    for (&giver, &quantity) in market.givers.iter().zip(&left) {
        if kind.rival && quantity > 0 {
            let (kind, from) = (kind.id.clone(), org(giver));
            plan.left_over.push(LeftOver { kind, from, quantity });
        }
    }
    let short: Vec<u64> = market
        .needs
        .iter()
        .zip(&sure)
        .map(|(need, sure)| need.saturating_sub(*sure))
        .collect();
    for &giver in &market.silent {
        plan.open_offers.push(OpenOffer {
            kind: kind.id.clone(),
            from: org(giver),
            adds: could_add(setting, kind, &market, giver, &short)?,
        });
    }
    let open = market.open.iter().filter_map(|&number| setting.party(number));
    plan.open_needs.extend(open.map(|to| OpenNeed {
        kind: kind.id.clone(),
        to,
    }));
    plan.kinds.push(KindPlan {
        kind: kind.id.clone(),
        rival: kind.rival,
        divisible: kind.divisible,
        may_overlap: kind.may_overlap,
        offered: sum(&market.offers),
        needed: sum(&market.needs),
        met,
        left_over: if kind.rival { sum(&left) } else { 0 },
        transfers: shipment.flows.len(),
        friction: shipment.cost,
        givers: market.givers.iter().map(|&number| org(number)).collect(),
        receivers: market
            .receivers
            .iter()
            .filter_map(|&number| setting.party(number))
            .collect(),
        certificate: shipment.certificate,
        shares,
    });
    Ok(())
}

fn sum(quantities: &[u64]) -> u64 {
    quantities.iter().fold(0, |sum, &one| sum.saturating_add(one))
}

/// By how much the unmet needs `short` could fall together if `giver` had any amount.
fn could_add(
    setting: &Setting,
    kind: &Kind,
    market: &Market,
    giver: usize,
    short: &[u64],
) -> Result<u64, PlanError> {
    let may_serve = |at: usize| setting.cost(giver, market.receivers[at]).is_some();
    let served: u64 = (0..short.len())
        .filter(|&at| may_serve(at))
        .map(|at| short[at])
        .sum();
    let all = sum(short);
    if !kind.rival || served == all {
        return Ok(served);
    }
    // It may set others free for whom it cannot serve itself.
    let count = market.givers.len();
    let mut offers = market.offers.clone();
    offers.push(sum(&market.needs));
    let transport = Transport::by_pair(offers, market.needs.clone(), |from, to| {
        let giver = if from == count { giver } else { market.givers[from] };
        setting.cost(giver, market.receivers[to]).map(|_| 0)
    })?;
    Ok(all.saturating_sub(sum(&min_cost_flow(&transport).unmet)))
}

/// Every fault of `plan` as a plan for `scenario`: conservation to the unit, optimality by its certificates,
/// fairness, and the figures beside the flows. Numbers in a fault are those within the kind.
///
/// Reads the transfers and prices of the plan and the quantities of the scenario, not what the solver did.
///
/// # Errors
/// As [`resource_plan`].
pub fn verify_plan(scenario: &Scenario, plan: &ResourcePlan) -> Result<Vec<Fault>, PlanError> {
    let has_lead = has_lead(scenario, &plan.parties);
    let setting = Setting::new(scenario, &plan.parties, plan.project.as_ref(), has_lead)?;
    let mut found = Vec::new();
    let named = plan.kinds.iter().map(|one| &one.kind);
    if !named.eq(setting.kinds().iter().map(|kind| &kind.id)) {
        return Ok(vec![Fault::Stranger]);
    }
    let (mut transfers, mut unmets, mut left_overs) = (0, 0, 0);
    for (kind, stated) in setting.kinds().iter().zip(&plan.kinds) {
        let market = setting.market(&kind.id);
        let transport = setting.transport(&market)?;
        let givers = numbers(market.givers.iter().map(|&number| setting.party(number)));
        let receivers = numbers(market.receivers.iter().map(|&number| setting.party(number)));
        let mut shipment = Shipment {
            flows: Vec::new(),
            unmet: vec![0; market.receivers.len()],
            cost: stated.friction,
            certificate: stated.certificate.clone(),
        };
        for one in plan.transfers.iter().filter(|one| one.kind == kind.id) {
            let from = givers.get(&Party::Organisation(one.from.clone()));
            if let Some((&from, &to)) = from.zip(receivers.get(&one.to)) {
                let quantity = one.quantity;
                shipment.flows.push(Flow { from, to, quantity });
                transfers += 1;
            }
        }
        let mut low_met = 0_u64;
        for (at, &need) in market.needs.iter().enumerate() {
            let received = shipment
                .flows
                .iter()
                .filter(|flow| flow.to == at)
                .map(|flow| flow.quantity);
            let sure = if kind.may_overlap {
                received.max().unwrap_or(0)
            } else {
                received.fold(0, u64::saturating_add)
            };
            low_met = low_met.saturating_add(sure);
            let to = setting.party(market.receivers[at]);
            let row = plan
                .unmet
                .iter()
                .find(|row| row.kind == kind.id && Some(&row.to) == to.as_ref());
            let missing = row.map_or([0, 0], |row| row.missing);
            unmets += usize::from(row.is_some());
            shipment.unmet[at] = missing[0];
            if missing[1] != need.saturating_sub(sure) || row.is_some_and(|row| row.need != need) {
                found.push(Fault::Summary);
            }
        }
        let mut left = 0_u64;
        for row in plan.left_over.iter().filter(|row| row.kind == kind.id) {
            let giver = givers.get(&Party::Organisation(row.from.clone()));
            let kept = giver.map(|&at| {
                let sent = shipment
                    .flows
                    .iter()
                    .filter(|flow| flow.from == at)
                    .map(|flow| flow.quantity);
                market.offers[at].saturating_sub(sent.fold(0, u64::saturating_add))
            });
            left_overs += 1;
            left = left.saturating_add(row.quantity);
            if kept != Some(row.quantity) || !kind.rival {
                found.push(Fault::Summary);
            }
        }
        let needed = sum(&market.needs);
        let met = [low_met, needed.saturating_sub(sum(&shipment.unmet))];
        let offered = sum(&market.offers);
        let kept = if kind.rival {
            offered.saturating_sub(met[0])
        } else {
            0
        };
        let figures = (
            stated.offered,
            stated.needed,
            stated.met,
            stated.left_over,
            stated.transfers,
        );
        if figures != (offered, needed, met, kept, shipment.flows.len()) || left != kept {
            found.push(Fault::Summary);
        }
        let sharing: Sharing = kind.sharing(plan.fair);
        found.extend(faults(&transport, sharing, &shipment, stated.shares.as_ref()));
    }
    let seen = (transfers, unmets, left_overs);
    if seen != (plan.transfers.len(), plan.unmet.len(), plan.left_over.len()) {
        found.push(Fault::Stranger);
    }
    Ok(found)
}

fn numbers(parties: impl Iterator<Item = Option<Party>>) -> BTreeMap<Party, usize> {
    let numbered = parties.enumerate();
    numbered
        .filter_map(|(number, party)| Some((party?, number)))
        .collect()
}

#[cfg(test)]
#[path = "resource_tests.rs"]
mod tests;
