//! B1 resources used of those offered; B2 diversity of sectors and of what is offered.

use super::Ground;
use crate::domain::{KindId, Organisation, Sector};
use crate::partnership::effort::{count, number};
use crate::partnership::{BenefitFigure, Ingredient, Measure, Range};
use std::collections::BTreeMap;

/// What is offered of a kind.
#[derive(Clone, Copy)]
struct Offered {
    /// Σ of the stated amounts, and the largest.
    sum: u64,
    largest: u64,
    /// Somebody offers some, not said how much.
    open: bool,
}

impl Offered {
    /// The union of the offers.
    fn union(self, may_overlap: bool) -> Range {
        let low = number(if may_overlap { self.largest } else { self.sum });
        if self.open {
            Range::at_least(low)
        } else {
            Range::between(low, number(self.sum))
        }
    }
}

fn offered<'a>(orgs: impl Iterator<Item = &'a Organisation>) -> BTreeMap<&'a KindId, Offered> {
    let mut kinds = BTreeMap::new();
    for offer in orgs
        .flat_map(|org| &org.offers)
        .filter(|offer| offer.quantity != Some(0))
    {
        let kind = kinds.entry(&offer.kind).or_insert(Offered {
            sum: 0,
            largest: 0,
            open: false,
        });
        let quantity = offer.quantity.unwrap_or(0);
        kind.sum = kind.sum.saturating_add(quantity);
        kind.largest = kind.largest.max(quantity);
        kind.open |= offer.quantity.is_none();
    }
    kinds
}

/// What can be used of a kind: a figure, some amount above 0, or nothing.
#[derive(Clone, Copy)]
enum Used {
    Amount(u64),
    Some,
}

/// What the requirements can take of each kind; with a resource plan, what it moves.
///
/// As in `matching::fill`: the chosen project's requirements, or without any the lead's own needs, which the
/// members fill.
fn demand<'a>(ground: &'a Ground<'_>) -> (BTreeMap<&'a KindId, Used>, bool) {
    let mut demand: BTreeMap<&KindId, Used> = BTreeMap::new();
    let mut add = |kind: &'a KindId, quantity: Option<u64>| {
        let known = demand.entry(kind).or_insert(Used::Amount(0));
        *known = match (*known, quantity) {
            (Used::Amount(sum), Some(more)) => Used::Amount(sum.saturating_add(more)),
            _ => Used::Some,
        };
    };
    let parties = ground.parties;
    if let Some(flows) = &ground.inputs.flows {
        for flow in flows.iter().filter(|flow| parties.position(&flow.from).is_some()) {
            add(&flow.kind, Some(flow.quantity));
        }
        return (demand, true);
    }
    let mut lead_gives = false;
    let chosen = parties.scenario.partnership.project.as_ref();
    let chosen = chosen.and_then(|id| parties.scenario.project(id));
    for requirement in chosen.iter().flat_map(|project| &project.requirements) {
        lead_gives = true;
        add(&requirement.kind, Some(requirement.quantity));
    }
    if !lead_gives && parties.has_lead() {
        for need in parties.orgs.iter().take(1).flat_map(|lead| &lead.needs) {
            add(&need.kind, need.quantity);
        }
    }
    (demand, lead_gives || !parties.has_lead())
}

pub(super) fn resources_used(ground: &Ground<'_>) -> BenefitFigure {
    let (demand, lead_gives) = demand(ground);
    let givers = ground.parties.orgs.iter().skip(usize::from(!lead_gives)).copied();
    let kinds = ground.parties.scenario.all_kinds();
    let mut from = Vec::new();
    // Kinds surely offered, and those whose every offer may turn out to be nothing: they may drop out of the
    // mean.
    let (mut sure, mut doubtful) = (Vec::new(), Vec::new());
    for (kind, offered) in offered(givers) {
        let may_overlap = kinds.iter().any(|known| &known.id == kind && known.may_overlap);
        let union = offered.union(may_overlap);
        let used = match demand.get(kind) {
            None => Range::ZERO,
            Some(Used::Some) => Range::UNIT,
            Some(&Used::Amount(amount)) => Range::between(
                share(number(amount), union.top()),
                share(number(amount), union.low),
            ),
        };
        from.push(Ingredient::named(format!("kind:{kind}"), used));
        if union.low > 0.0 { &mut sure } else { &mut doubtful }.push(used);
    }
    let low = Range::mean(sure.iter().chain(&doubtful).copied());
    let gaining = doubtful.iter().filter(|used| used.top() > 0.0);
    let high = Range::mean(sure.iter().chain(gaining).copied());
    let value = low.map(|low| Range::between(low.low, high.map_or(0.0, Range::top)));
    BenefitFigure::of(Measure::ResourcesUsed, value, from)
}

/// min(1, part ÷ whole); of nothing, all if there is a use for it.
fn share(part: f64, whole: f64) -> f64 {
    if part >= whole && part > 0.0 {
        1.0
    } else if whole > 0.0 {
        part / whole
    } else {
        0.0
    }
}

pub(super) fn sector_diversity(ground: &Ground<'_>) -> BenefitFigure {
    let orgs = &ground.parties.orgs;
    let (mut squares, mut present) = (0_usize, 0_usize);
    for sector in Sector::ALL {
        let of = orgs.iter().filter(|org| org.sector == sector).count();
        squares += of * of;
        present += usize::from(of > 0);
    }
    let (all, sectors) = (orgs.len() * orgs.len(), count(Sector::ALL.len()));
    // Simpson's index with replacement, in whole numbers up to the one division.
    let value = (all > 0).then(|| {
        let different = count(all - squares) / count(all);
        Range::exactly((different * sectors / (sectors - 1.0)).min(1.0))
    });
    let from = vec![
        Ingredient::known("parties", count(orgs.len())),
        Ingredient::known("sectors", count(present)),
    ];
    BenefitFigure::of(Measure::SectorDiversity, value, from)
}

pub(super) fn kinds_offered(ground: &Ground<'_>) -> BenefitFigure {
    let offered = offered(ground.parties.orgs.iter().copied());
    let kinds = ground.parties.scenario.all_kinds();
    let known = kinds.iter().filter_map(|kind| offered.get(&kind.id));
    let (mut sure, mut possible) = (0, 0);
    for one in known {
        sure += usize::from(one.sum > 0);
        possible += 1;
    }
    let range = Range::between(count(sure), count(possible));
    let value = (!ground.parties.orgs.is_empty()).then(|| range.rising(|end| end / count(kinds.len())));
    let from = vec![
        Ingredient::new("kinds-offered", range),
        Ingredient::known("kinds", count(kinds.len())),
    ];
    BenefitFigure::of(Measure::KindsOffered, value, from)
}
