//! B7 people reached, each counted once.

use super::Ground;
use crate::domain::RegionCode;
use crate::partnership::effort::{count, number};
use crate::partnership::{BenefitFigure, Ingredient, Measure, Range};

pub(super) fn unique_people(ground: &Ground<'_>) -> BenefitFigure {
    let projects = &ground.parties.projects;
    // Expected people: each project counts by its chance.
    let mut placed: Vec<(&RegionCode, f64)> = Vec::new();
    let (mut anywhere, mut sum, mut silent) = (0.0_f64, 0.0, 0_usize);
    for project in projects {
        let chance = ground.inputs.chance(&project.id);
        let Some(people) = project.beneficiaries else {
            // A project that is not carried out reaches nobody, whatever it would have reached.
            silent += usize::from(chance > 0.0);
            continue;
        };
        let people = number(people) * chance;
        sum += people;
        match &project.region {
            Some(region) => placed.push((region, people)),
            None => anywhere = anywhere.max(people),
        }
    }
    let low = least_union(&placed).max(anywhere);
    let range = if silent > 0 {
        Range::at_least(low)
    } else {
        // Both are sums of the same numbers, perhaps in another order.
        Range::between(low.min(sum), sum)
    };
    let from = vec![
        Ingredient::known("projects", count(projects.len())),
        Ingredient::known("projects-silent", count(silent)),
        Ingredient::known("people-summed", sum),
    ];
    let value = (!projects.is_empty()).then_some(range);
    BenefitFigure::of(Measure::UniquePeople, value, from)
}

/// The fewest people that groups of these sizes in these places can be together: the most that places, no two
/// of which hold each other, have side by side. A place counts its own largest group or what lies inside it,
/// whichever is more: people of one place may all be the same people. O(n²).
fn least_union(placed: &[(&RegionCode, f64)]) -> f64 {
    let mut places: Vec<&RegionCode> = placed.iter().map(|&(region, _)| region).collect();
    crate::order::sort(&mut places);
    places.dedup();
    let own = |place: &RegionCode| {
        let here = placed.iter().filter(|&&(region, _)| region == place);
        here.map(|&(_, people)| people).fold(0.0, f64::max)
    };
    // Longer codes lie inside shorter ones: from the longest on, everything inside a place is known before
    // it.
    crate::order::sort_by_key(&mut places, |place| std::cmp::Reverse(place.as_str().len()));
    let mut known: Vec<(&RegionCode, f64, bool)> = Vec::new();
    for place in places {
        let mut inside = 0.0;
        for (other, people, covered) in &mut known {
            if !*covered && other.is_within(place) {
                inside += *people;
                *covered = true;
            }
        }
        known.push((place, own(place).max(inside), false));
    }
    known
        .iter()
        .filter(|(_, _, covered)| !covered)
        .map(|&(_, people, _)| people)
        .sum()
}
