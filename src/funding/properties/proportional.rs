//! EJR+ up to one project: whether a group that agrees gets its part.

use super::{PropertyVerdict, Seen, Witness, narrow};

/// EJR+ up to one project (Brill and Peters 2023), for approvals and money.
///
/// It fails if there is an unfunded project p and a group S of its supporters, each of whom sees so little that even
/// with p it would not have more than the group's part of the money: u_i(W) + c(p) ≤ |S|·B/n for every i in S. With
/// cardinality, where p counts 1: (u_i(W) + 1)·c(p) ≤ |S|·B/n, as if the group's part were spent on projects of p's cost.
/// For unit costs both are the definition for committees. Where the funders are the voices, the part is Σ of their
/// pledges.
///
/// For each p only the groups "the supporters who see at most u" matter: of the groups whose best-off member sees u the
/// largest is the strictest. So sorting decides it exactly; all comparisons are of integers. The witness is the first
/// unfunded project in file order, with its largest group that fails.
pub(super) fn ejr_plus(view: &Seen<'_>) -> PropertyVerdict {
    if view.is_empty() {
        return PropertyVerdict::NotApplicable;
    }
    let seen = view.seen();
    let (rate, unit) = view.rate();
    let mut supporters = vec![Vec::new(); view.instance.projects().len()];
    for (position, voice) in view.voices.iter().enumerate() {
        for &(project, _) in voice.points {
            if let Some(list) = supporters.get_mut(project) {
                list.push(position);
            }
        }
    }
    for project in view.missed() {
        let Some(mut list) = supporters.get_mut(project).map(std::mem::take) else {
            continue;
        };
        let sees = |&voice: &usize| seen.get(voice).copied().unwrap_or(0);
        list.sort_by_key(|voice| (sees(voice), *voice));
        let cost = u128::from(view.cost(project));
        let mut weight = 0_u128;
        let mut failing = None;
        for (place, position) in list.iter().enumerate() {
            if let Some(voice) = view.voices.get(*position) {
                weight += u128::from(view.weight(voice));
            }
            // Everybody who sees as much belongs to the group.
            if list.get(place + 1).map(sees) == Some(sees(position)) {
                continue;
            }
            let with_it = if view.cardinality {
                (u128::from(sees(position)) + 1).saturating_mul(cost)
            } else {
                u128::from(sees(position)) + cost
            };
            // weight · B / n ≥ with_it, without division. Weights are below 2⁷², rates below 2⁶².
            let (Some(part), Some(claim)) = (weight.checked_mul(rate), with_it.checked_mul(unit)) else {
                continue;
            };
            if weight > 0 && part >= claim {
                failing = Some((place, part / unit, sees(position)));
            }
        }
        if let Some((place, part, sees)) = failing {
            return PropertyVerdict::Fails(Witness::Short {
                group: view.group(list.get(..=place).unwrap_or_default()),
                project,
                part_minor: narrow(part),
                sees,
            });
        }
    }
    PropertyVerdict::Holds
}
