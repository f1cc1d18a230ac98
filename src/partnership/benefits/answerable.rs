//! B3 accountability; B9 participation.

use super::Ground;
use crate::domain::{Form, OrgId, Sector};
use crate::matching::fill::partnership_fill;
use crate::partnership::effort::{count, number};
use crate::partnership::{BenefitFigure, Ingredient, Measure, ParameterId, Range};

/// The kinds whose offer makes a party one who can check: it reports on money, or evaluates.
pub(in crate::partnership) const CHECKING_KINDS: [&str; 2] = ["fund-management", "data"];

/// A decision or a payment: who answers for it.
struct Item<'a> {
    owners: Vec<&'a OrgId>,
    /// Whether the owner is there: 1, 0, or open while amounts are not said.
    owned: Range,
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
            owned: certain(owner.is_some()),
            owners: owner.into_iter().collect(),
        });
    }
    for fill in &fills {
        let sure = fill.contributions.iter().any(|one| one.offered.is_some());
        let owned = match (sure, fill.contributions.is_empty()) {
            (true, _) => Range::exactly(1.0),
            (false, true) => Range::ZERO,
            (false, false) => Range::UNIT,
        };
        let owners = fill.contributions.iter().map(|one| &one.org).collect();
        items.push(Item { owners, owned });
    }
    let decisions = items.len();
    for pledge in &parties.payments {
        items.push(Item {
            owners: vec![&pledge.funder],
            owned: Range::exactly(1.0),
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
        let alone = !item.owners.is_empty() && item.owners.iter().all(|&owner| owner == &org.id);
        let offers = org
            .offers
            .iter()
            .filter(|offer| offer.quantity != Some(0) && CHECKING_KINDS.contains(&offer.kind.as_str()));
        for offer in offers.filter(|_| !alone) {
            match offer.quantity {
                Some(_) => return Range::exactly(1.0),
                None => found = Range::UNIT,
            }
        }
    }
    found
}

fn certain(yes: bool) -> Range {
    Range::exactly(f64::from(u8::from(yes)))
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
