//! What chosen partners cover together: every requirement filled by their offers up to its line.

use crate::domain::{KindId, OrgId, Organisation, Scenario};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A part of a requirement one organisation fills, from one unit to another along the requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Who fills it.
    pub org: OrgId,
    /// Where it begins, in the kind's unit.
    pub from: u64,
    /// Where it ends; above `from`, at most the requirement.
    pub to: u64,
    /// False where it may not be there: an amount not said, or the same villages counted twice.
    pub sure: bool,
}

/// What one organisation offers to a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Who.
    pub org: OrgId,
    /// How much, in the kind's unit; `None` = some, not said.
    pub offered: Option<u64>,
}

/// Somebody outside the partnership who could fill what a requirement still lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filler {
    /// Who.
    pub org: OrgId,
    /// How much it offers; `None` = some, not said.
    pub offered: Option<u64>,
    /// What the low end of the cover gains for certain, and what it gains at most.
    pub adds: [u64; 2],
}

/// One requirement and what fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// Of which kind.
    pub kind: KindId,
    /// How much is required, above 0; `None` = some, not said.
    pub need: Option<u64>,
    /// Who offers it, lead first, then members in order of choice. Nobody who offers 0.
    pub contributions: Vec<Contribution>,
    /// Two or more said offers may be of the same thing, so that their sum is only the most.
    pub may_overlap: bool,
    /// Low and high end of what is covered, at most `need`; `[0, 0]` where the need is not said.
    pub covered: [u64; 2],
    /// What is offered for certain beyond the requirement.
    pub surplus: u64,
    /// Whose offer fills which part: the sure ones first, then the doubtful, end to end from 0 to
    /// `covered[1]`. Empty where the need is not said.
    pub stretches: Vec<Stretch>,
    /// Who could fill what is missing: nobody of the partnership, nobody in conflict with one of it. Most certain
    /// gain first, then most possible, then file order. Empty where `covered[0]` is the whole need.
    pub fillers: Vec<Filler>,
}

impl Fill {
    /// Whether the whole requirement is covered whatever the missing answers are.
    pub fn is_covered(&self) -> bool {
        self.need.is_some_and(|need| self.covered[0] >= need)
    }

    /// Least and most that is still missing, in the kind's unit; `None` where the need is not said.
    pub fn short(&self) -> Option<[u64; 2]> {
        let [low, high] = self.covered;
        self.need
            .map(|need| [need.saturating_sub(high), need.saturating_sub(low)])
    }

    /// Low and high end of the share covered, in [0, 1]. A need not said is [0, 1] once anybody offers.
    pub fn ratio(&self) -> [f64; 2] {
        match self.need {
            Some(need) if need > 0 => self.covered.map(|covered| share(covered, need)),
            _ if self.contributions.is_empty() => [0.0, 0.0],
            _ => [0.0, 1.0],
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a ratio for drawing; quantities are at most 10^15, exact in f64"
)]
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

/// Every requirement of the partnership of `scenario` and what fills it.
///
/// The requirements are the project's, filled by the lead and the members; without a project (or with one that
/// states none) they are the lead's own needs, filled by the members alone, since a need is what the lead lacks
/// beside its own means. For offers o₁ … oₘ of a kind to a need d, covered = min(d, union), and the union is
/// Σoᵢ; where offers of the kind may overlap it is the interval [max oᵢ, Σoᵢ]. An offer not said adds [0, d]. So
/// `covered` contains every completion of the missing answers, and unknown is never taken for zero.
///
/// Units: the kind's own; integers, sums saturate. Order: as the requirements stand in the file; several
/// requirements of one kind are one, their sum, where the first stands; requirements of 0 are left out.
/// Cost: O(r · n · m) for r requirements, n organisations and m members. No errors: without a lead or without
/// requirements the answer is empty, ids nobody carries offer nothing.
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::domain::OrgId;
/// use gotong::matching::fill::partnership_fill;
///
/// // Yayasan Guru Pelita trains 120 days of its own; the rooms come from Balai Pendidikan Warga.
/// let mut scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// scenario.partnership.members = vec![OrgId::new("balai-pendidikan-warga").unwrap()];
/// let fills = partnership_fill(&scenario);
/// let rooms = fills.iter().find(|fill| fill.kind.as_str() == "facilities").unwrap();
/// assert_eq!((rooms.need, rooms.covered, rooms.surplus), (Some(4), [4, 4], 2));
/// ```
///
/// Source: the requirement constraints Σ aᵢᵣ xᵢ ≥ dᵣ of coalition formation (Shehory & Kraus, Methods for task
/// allocation via agent coalition formation, 1998), with intervals for what is not known.
pub fn partnership_fill(scenario: &Scenario) -> Vec<Fill> {
    let plan = &scenario.partnership;
    let Some(lead) = plan.lead.as_ref().and_then(|lead| scenario.organisation(lead)) else {
        return Vec::new();
    };
    let project = plan
        .project
        .as_ref()
        .and_then(|project| scenario.project(project));
    let required: Vec<_> = project
        .iter()
        .flat_map(|project| &project.requirements)
        .map(|requirement| (&requirement.kind, Some(requirement.quantity)))
        .collect();
    let own_needs = required.is_empty();
    let required = if own_needs {
        lead.needs
            .iter()
            .map(|need| (&need.kind, need.quantity))
            .collect()
    } else {
        required
    };
    let members = plan.members.iter().filter_map(|id| scenario.organisation(id));
    let fillers_of: Vec<_> = (!own_needs).then_some(lead).into_iter().chain(members).collect();
    let candidates = candidates(scenario);
    let kinds = scenario.all_kinds();
    merged(required)
        .into_iter()
        .map(|(kind, need)| {
            let known = kinds.iter().find(|known| &known.id == kind);
            fill(
                kind,
                need,
                known.is_some_and(|known| known.may_overlap),
                &fillers_of,
                &candidates,
            )
        })
        .collect()
}

/// Requirements of one kind together; a sum with a part not said is not said. Without those of 0.
fn merged(required: Vec<(&KindId, Option<u64>)>) -> Vec<(&KindId, Option<u64>)> {
    let mut merged: Vec<(&KindId, Option<u64>)> = Vec::new();
    for (kind, quantity) in required {
        match merged.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, sum)) => *sum = sum.zip(quantity).map(|(a, b)| a.saturating_add(b)),
            None => merged.push((kind, quantity)),
        }
    }
    merged.retain(|(_, quantity)| *quantity != Some(0));
    merged
}

/// Everybody outside the partnership who is in conflict with nobody inside it, in file order.
fn candidates(scenario: &Scenario) -> Vec<&Organisation> {
    let plan = &scenario.partnership;
    let inside: BTreeSet<&OrgId> = plan.lead.iter().chain(&plan.members).collect();
    let refused: BTreeSet<&OrgId> = scenario
        .conflicts
        .iter()
        .flat_map(|conflict| {
            let (a, b) = &conflict.between;
            [(a, b), (b, a)]
        })
        .filter(|(a, _)| inside.contains(a))
        .map(|(_, b)| b)
        .collect();
    scenario
        .organisations
        .iter()
        .filter(|organisation| !inside.contains(&organisation.id) && !refused.contains(&organisation.id))
        .collect()
}

/// The offer of `kind`, unless it is 0: `Some(None)` is an amount not said.
fn offer_of(organisation: &Organisation, kind: &KindId) -> Option<Option<u64>> {
    organisation
        .offer(kind)
        .map(|offer| offer.quantity)
        .filter(|quantity| *quantity != Some(0))
}

fn fill(
    kind: &KindId,
    need: Option<u64>,
    may_overlap: bool,
    partners: &[&Organisation],
    candidates: &[&Organisation],
) -> Fill {
    let contribution = |organisation: &&Organisation| {
        offer_of(organisation, kind).map(|offered| Contribution {
            org: organisation.id.clone(),
            offered,
        })
    };
    let contributions: Vec<_> = partners.iter().filter_map(contribution).collect();
    let known = || contributions.iter().filter_map(|one| one.offered);
    let sum = known().fold(0, u64::saturating_add);
    let sure = if may_overlap {
        known().max().unwrap_or(0)
    } else {
        sum
    };
    let silent = known().count() < contributions.len();
    let mut fill = Fill {
        kind: kind.clone(),
        need,
        may_overlap: may_overlap && known().count() > 1,
        contributions,
        covered: [0, 0],
        surplus: 0,
        stretches: Vec::new(),
        fillers: Vec::new(),
    };
    if let Some(need) = need {
        fill.covered = [sure.min(need), if silent { need } else { sum.min(need) }];
        fill.surplus = sure.saturating_sub(need);
        fill.stretches = stretches(&fill.contributions, need, may_overlap);
    }
    if !fill.is_covered() {
        fill.fillers = fillers(kind, need, may_overlap, sure, candidates);
    }
    fill
}

/// Lays the contributions end to end. Where they may overlap the largest is sure and the others are doubt; those
/// whose amount is not said share what is then left.
fn stretches(contributions: &[Contribution], need: u64, may_overlap: bool) -> Vec<Stretch> {
    let mut known: Vec<_> = contributions
        .iter()
        .filter_map(|one| one.offered.map(|offered| (one, offered)))
        .collect();
    if may_overlap {
        // Stable: of equal ones the first chosen stays first.
        crate::order::sort_by_key(&mut known, |&(_, offered)| std::cmp::Reverse(offered));
    }
    let mut laid = Vec::new();
    let mut at = 0_u64;
    let mut lay = |org: &OrgId, length: u64, sure: bool| {
        let to = at.saturating_add(length).min(need);
        if to > at {
            let (org, from) = (org.clone(), at);
            laid.push(Stretch { org, from, to, sure });
        }
        at = to;
        need - to
    };
    let mut left = need;
    for (index, (one, offered)) in known.into_iter().enumerate() {
        left = lay(&one.org, offered, !may_overlap || index == 0);
    }
    let silent: Vec<_> = contributions.iter().filter(|one| one.offered.is_none()).collect();
    for (others, one) in (1..=silent.len() as u64).rev().zip(silent) {
        left = lay(&one.org, left.div_ceil(others), false);
    }
    laid
}

fn fillers(
    kind: &KindId,
    need: Option<u64>,
    may_overlap: bool,
    sure: u64,
    candidates: &[&Organisation],
) -> Vec<Filler> {
    // A need not said has no line to stop at: what is offered is what can be gained.
    let limit = need.unwrap_or(u64::MAX);
    let missing = limit.saturating_sub(sure);
    let mut found: Vec<_> = candidates
        .iter()
        .filter_map(|organisation| {
            let offered = offer_of(organisation, kind)?;
            let known = offered.unwrap_or(0);
            let gains = if may_overlap {
                known.saturating_sub(sure)
            } else {
                known
            };
            let most = offered.or(need).unwrap_or(0);
            Some(Filler {
                org: organisation.id.clone(),
                offered,
                adds: [gains.min(missing), most.min(missing)],
            })
        })
        .collect();
    crate::order::sort_by_key(&mut found, |filler| std::cmp::Reverse(filler.adds));
    found
}

/// Conflicts of interest inside the partnership of `scenario`, each pair once: lead first, then members in order of
/// choice. O(m²) for m members.
pub fn conflicts_inside(scenario: &Scenario) -> Vec<(OrgId, OrgId)> {
    let plan = &scenario.partnership;
    let inside: Vec<_> = plan.lead.iter().chain(&plan.members).collect();
    let mut found = Vec::new();
    for (index, &a) in inside.iter().enumerate() {
        for &b in inside.iter().skip(index + 1) {
            if scenario.conflict_between(a, b).is_some() {
                found.push((a.clone(), b.clone()));
            }
        }
    }
    found
}

#[cfg(test)]
#[path = "fill_tests.rs"]
mod tests;
