//! B8 duplicated programmes avoided; B12 themes covered together.

use super::Ground;
use crate::domain::{GoalId, Organisation, Programme};
use crate::partnership::effort::count;
use crate::partnership::{BenefitFigure, Ingredient, Measure, Range};
use std::collections::{BTreeMap, BTreeSet};

/// Whether two programmes are the same: one theme, and one place lies in the other; `None` while a place is
/// missing.
fn same(a: &Programme, b: &Programme) -> Option<bool> {
    if a.theme != b.theme {
        return Some(false);
    }
    let (a, b) = (a.region.as_ref()?, b.region.as_ref()?);
    Some(a.is_within(b) || b.is_within(a))
}

pub(super) fn duplicates_avoided(ground: &Ground<'_>) -> BenefitFigure {
    let orgs = ground.parties.orgs.iter().enumerate();
    let programmes: Vec<(usize, &Programme)> = orgs
        .flat_map(|(party, org)| org.programmes.iter().map(move |programme| (party, programme)))
        .collect();
    let groups = |counts: &dyn Fn(Option<bool>) -> bool| {
        let mut sets = Sets::new(programmes.len());
        for (a, (party, programme)) in programmes.iter().enumerate() {
            for (b, (other, same_as)) in programmes.iter().enumerate().skip(a + 1) {
                if party != other && counts(same(programme, same_as)) {
                    sets.join(a, b);
                }
            }
        }
        sets.left
    };
    let sure = programmes.len() - groups(&|same| same == Some(true));
    let possible = programmes.len() - groups(&|same| same != Some(false));
    let value = (ground.parties.len() > 1).then(|| Range::between(count(sure), count(possible)));
    let from = vec![Ingredient::known("programmes", count(programmes.len()))];
    BenefitFigure::of(Measure::DuplicatesAvoided, value, from)
}

/// Disjoint sets: `up[i]` leads to the set's first element, and is never above `i`.
struct Sets {
    up: Vec<usize>,
    /// How many sets there are.
    left: usize,
}

impl Sets {
    fn new(size: usize) -> Self {
        Self {
            up: (0..size).collect(),
            left: size,
        }
    }

    fn root(&self, mut element: usize) -> usize {
        // Every step leads down, so it ends; an element beyond the list is its own.
        while let Some(&up) = self.up.get(element).filter(|&&up| up < element) {
            element = up;
        }
        element
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            self.left -= 1;
            if let Some(slot) = self.up.get_mut(a.max(b)) {
                *slot = a.min(b);
            }
        }
    }
}

/// What an organisation works on: its goals and the themes of its programmes.
fn themes(org: &Organisation) -> BTreeSet<&GoalId> {
    org.goals
        .iter()
        .chain(org.programmes.iter().map(|programme| &programme.theme))
        .collect()
}

/// Parties that have not said their goals.
fn silent(ground: &Ground<'_>) -> usize {
    ground
        .parties
        .orgs
        .iter()
        .filter(|org| org.goals.is_empty())
        .count()
}

pub(super) fn themes_covered(ground: &Ground<'_>) -> BenefitFigure {
    let parties = ground.parties;
    let asked: BTreeSet<&GoalId> = parties
        .projects
        .iter()
        .flat_map(|project| &project.goals)
        .collect();
    let brought: BTreeSet<&GoalId> = parties.orgs.iter().flat_map(|org| themes(org)).collect();
    let covered = asked.intersection(&brought).count();
    let possible = if silent(ground) > 0 { asked.len() } else { covered };
    let range = Range::between(count(covered), count(possible));
    let value =
        (!asked.is_empty() && parties.len() > 0).then(|| range.rising(|end| end / count(asked.len())));
    let from = vec![
        Ingredient::known("themes-asked", count(asked.len())),
        Ingredient::new("themes-covered", range),
        Ingredient::known("parties-silent", count(silent(ground))),
    ];
    BenefitFigure::of(Measure::ThemesCovered, value, from)
}

pub(super) fn themes_together(ground: &Ground<'_>) -> BenefitFigure {
    let mut parties_on: BTreeMap<&GoalId, usize> = BTreeMap::new();
    for org in &ground.parties.orgs {
        for theme in themes(org) {
            *parties_on.entry(theme).or_default() += 1;
        }
    }
    let together = parties_on.values().filter(|&&parties| parties > 1).count();
    // One silent party can share what others named; two could share what nobody named.
    let range = match silent(ground) {
        0 => Range::exactly(count(together)),
        1 => Range::between(count(together), count(parties_on.len())),
        _ => Range::at_least(count(together)),
    };
    let value = (ground.parties.len() > 1).then_some(range);
    let from = vec![
        Ingredient::known("themes-named", count(parties_on.len())),
        Ingredient::known("parties-silent", count(silent(ground))),
    ];
    BenefitFigure::of(Measure::ThemesTogether, value, from)
}
