//! B3 accountability; B9 participation.

use super::Ground;
use crate::domain::{Form, OrgId, Sector};
use crate::matching::fill::{Contribution, partnership_fill};
use crate::partnership::effort::{count, number};
use crate::partnership::{BenefitFigure, Ingredient, Measure, ParameterId, Range};

/// Whoever offers this can check a payment: it holds money and reports on it.
const CHECKS_PAYMENTS: &str = "fund-management";
/// Whoever offers this can check a decision: it measures and evaluates.
const CHECKS_DECISIONS: &str = "data";

/// A decision or a payment: who answers for it.
struct Item<'a> {
    /// Who, and whether for certain: an offer not quantified may turn out to be nothing.
    owners: Vec<(&'a OrgId, bool)>,
    /// How clearly it is owned: 1 by one, 1/m by m (everybody's job is nobody's), 0 by none; open while
    /// amounts are not said.
    owned: Range,
    /// The kind a party must offer to check it.
    checked_with: &'static str,
}

pub(super) fn accountability(ground: &Ground<'_>) -> BenefitFigure {
    let parties = ground.parties;
    let fills = partnership_fill(parties.scenario);
    let mut items: Vec<Item<'_>> = Vec::new();
    for project in &parties.projects {
        let owner = project
            .lead
            .as_ref()
            .filter(|lead| parties.scenario.organisation(lead).is_some());
        items.push(Item {
            owned: Range::exactly(f64::from(u8::from(owner.is_some()))),
            checked_with: CHECKS_DECISIONS,
            owners: owner.into_iter().map(|owner| (owner, true)).collect(),
        });
    }
    for fill in &fills {
        let all = fill.contributions.len();
        let sure = fill
            .contributions
            .iter()
            .filter(|one| one.offered.is_some())
            .count();
        let owned = match (sure, all) {
            (0, 0) => Range::ZERO,
            (0, _) => Range::UNIT,
            _ => Range::between(1.0 / count(all), 1.0 / count(sure)),
        };
        fn owner(one: &Contribution) -> (&OrgId, bool) {
            (&one.org, one.offered.is_some())
        }
        let owners = fill.contributions.iter().map(owner).collect();
        items.push(Item {
            owners,
            owned,
            checked_with: CHECKS_DECISIONS,
        });
    }
    let decisions = items.len();
    for pledge in &parties.payments {
        items.push(Item {
            owners: vec![(&pledge.funder, true)],
            owned: Range::exactly(1.0),
            checked_with: CHECKS_PAYMENTS,
        });
    }
    let closed = |range: Range, by: ParameterId| {
        let gain = ground.parameters.get(by);
        range.rising(|end| (end + gain * (1.0 - end)).clamp(0.0, 1.0))
    };
    let (mut owned, mut checked, mut both) = (Vec::new(), Vec::new(), Vec::new());
    for item in &items {
        let owner = closed(item.owned, ParameterId::OwnerShare);
        let check = closed(check_of(ground, item), ParameterId::CheckShare);
        both.push(owner.times(check));
        owned.push(owner);
        checked.push(check);
    }
    let share = |list: Vec<Range>| Range::mean(list).unwrap_or(Range::ZERO);
    let value = Range::mean(both);
    let from = vec![
        Ingredient::known("decisions", count(decisions)),
        Ingredient::known("payments", count(items.len() - decisions)),
        Ingredient::new("with-owner", share(owned)),
        Ingredient::new("with-check", share(checked)),
    ];
    BenefitFigure::of(Measure::Accountability, value, from)
}

/// Whether a party that can check is not the only one who answers for the item.
fn check_of(ground: &Ground<'_>, item: &Item<'_>) -> Range {
    let mut found = Range::ZERO;
    for org in &ground.parties.orgs {
        let only = |&(owner, _): &(&OrgId, bool)| owner == &org.id;
        let owns = item.owners.iter().any(only);
        // It may turn out to be the only one if nobody else owns it for certain.
        let may_be_alone = owns && item.owners.iter().all(|owner| only(owner) || !owner.1);
        let is_alone = may_be_alone && item.owners.iter().all(|owner| only(owner) && owner.1);
        let offers = org
            .offers
            .iter()
            .filter(|offer| offer.quantity != Some(0) && offer.kind.as_str() == item.checked_with);
        for offer in offers.filter(|_| !is_alone) {
            if offer.quantity.is_some() && !may_be_alone {
                return Range::exactly(1.0);
            }
            found = Range::UNIT;
        }
    }
    found
}

pub(super) fn voices(ground: &Ground<'_>) -> BenefitFigure {
    let parties = ground.parties;
    let ballots = ballots(ground) > 0;
    let members_decide = ballots && parties.scenario.partnership.form == Some(Form::CommunityDecides);
    let mut heard = 0;
    for (index, org) in parties.orgs.iter().enumerate() {
        let leads = index == 0 && parties.has_lead();
        let carries = parties
            .projects
            .iter()
            .any(|project| project.lead.as_ref() == Some(&org.id));
        let pays = parties.payments.iter().any(|pledge| pledge.funder == org.id);
        let votes = ballots && org.sector == Sector::Community || members_decide;
        heard += usize::from(leads || carries || pays || votes);
    }
    let value = (parties.len() > 0).then(|| {
        let share = count(heard) / count(parties.len());
        let gain = ground.parameters.get(ParameterId::VoiceShare);
        Range::exactly((share + gain * (1.0 - share)).min(1.0))
    });
    let from = vec![
        Ingredient::known("parties-heard", count(heard)),
        Ingredient::known("parties", count(parties.len())),
    ];
    BenefitFigure::of(Measure::Voices, value, from)
}

/// People whose ballot names a project of the partnership.
fn ballots(ground: &Ground<'_>) -> u64 {
    let about = |project| ground.parties.projects.iter().any(|known| &known.id == project);
    let ballots = &ground.parties.scenario.ballots;
    let counted = ballots.iter().filter(|ballot| ballot.approves.iter().any(about));
    counted
        .map(|ballot| u64::from(ballot.voters))
        .fold(0, u64::saturating_add)
}

pub(super) fn voters(ground: &Ground<'_>) -> BenefitFigure {
    let all = ground.parties.scenario.ballots.iter();
    let all = all
        .map(|ballot| u64::from(ballot.voters))
        .fold(0, u64::saturating_add);
    let value = (!ground.parties.projects.is_empty()).then(|| Range::exactly(number(ballots(ground))));
    let from = vec![Ingredient::known("voters", number(all))];
    BenefitFigure::of(Measure::Voters, value, from)
}
