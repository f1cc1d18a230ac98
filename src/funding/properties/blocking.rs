//! The core: whether a group would do better with its own part of the money.

use super::flow::Transport;
use super::{PropertyVerdict, Seen, Unchecked, Witness, narrow};
use crate::funding::Purse;

/// Up to so many projects all sets are tried.
const MOST_PROJECTS: usize = 16;
/// Sets × voices, at most.
const MOST_WORK: u64 = 40_000_000;

/// The core, by trying every set T of whole projects.
///
/// It fails if T costs no more than the part of those who would all see strictly more of T than they see now: c(T) ≤
/// |S|·B/n with S = {i: u_i(T) > u_i(W)}. Where the funders are the voices, Σ of their pledges counts, and the money must
/// reach T under their restrictions (a flow decides). Of all such sets the one with the fewest projects is the witness,
/// ties to the earlier in the file. Grants in part count as seen; a group buys whole projects only.
///
/// Cost: 2^projects × voices; beyond a limit it is not checked. The core may be empty, so failing need not be the rule's
/// fault. Source: Fain, Goel and Munagala 2016.
pub(super) fn core(view: &Seen<'_>) -> PropertyVerdict {
    if view.is_empty() {
        return PropertyVerdict::NotApplicable;
    }
    // Only what somebody supports can make anybody better off.
    let mut supported = vec![false; view.instance.projects().len()];
    for &(project, _) in view.voices.iter().flat_map(|voice| voice.points) {
        if let Some(flag) = supported.get_mut(project) {
            *flag = true;
        }
    }
    let projects = view.instance.projects().iter().enumerate();
    let open: Vec<usize> = projects
        .filter(|(position, project)| {
            supported[*position] && !project.is_withdrawn() && project.cost_minor() > 0
        })
        .map(|(position, _)| position)
        .collect();
    if open.len() > MOST_PROJECTS || (view.voices.len() as u64) << open.len() > MOST_WORK {
        return PropertyVerdict::CannotCheck(Unchecked::TooLarge);
    }
    let sets = 1_usize << open.len();
    let mut costs = vec![0_u128; sets];
    let mut worths = vec![0_u64; sets];
    for set in 1..sets {
        let first = set.trailing_zeros() as usize;
        let rest = set & (set - 1);
        let cost = open.get(first).map_or(0, |&project| view.cost(project));
        costs[set] = costs[rest] + u128::from(cost);
        worths[set] = worths[rest] + if view.cardinality { 1 } else { cost };
    }
    let masks: Vec<usize> = view
        .voices
        .iter()
        .map(|voice| {
            let bits = voice
                .points
                .iter()
                .filter_map(|(project, _)| open.binary_search(project).ok());
            bits.fold(0, |mask, bit| mask | 1 << bit)
        })
        .collect();
    let seen = view.seen();
    let weights: Vec<u128> = view
        .voices
        .iter()
        .map(|voice| u128::from(view.weight(voice)))
        .collect();
    let (rate, unit) = view.rate();
    let mut order: Vec<usize> = (1..sets)
        .filter(|&set| costs[set] <= u128::from(view.budget))
        .collect();
    order.sort_by_key(|set| (set.count_ones(), *set));
    for set in order {
        let better = |voice: usize| worths[set & masks[voice]] > seen[voice];
        let weight: u128 = (0..masks.len())
            .filter(|&voice| better(voice))
            .map(|voice| weights[voice])
            .sum();
        // No overflow: weights below 2⁷², rate below 2⁶² only where weights are people.
        let Some(part) = weight.checked_mul(rate) else {
            continue;
        };
        let Some(claim) = costs[set].checked_mul(unit) else {
            continue;
        };
        if weight == 0 || part < claim {
            continue;
        }
        let group: Vec<usize> = (0..masks.len()).filter(|&voice| better(voice)).collect();
        let chosen: Vec<usize> = (0..open.len())
            .filter(|bit| set >> bit & 1 == 1)
            .map(|bit| open[bit])
            .collect();
        if !reaches(view, &group, &chosen) {
            continue;
        }
        return PropertyVerdict::Fails(Witness::Blocking {
            group: view.group(&group),
            projects: chosen,
            cost_minor: narrow(costs[set]),
            part_minor: narrow(part / unit),
        });
    }
    PropertyVerdict::Holds
}

/// Whether the money of a group of funders may all go where it must; an equal part of the budget may go anywhere.
fn reaches(view: &Seen<'_>, group: &[usize], projects: &[usize]) -> bool {
    let mut arcs = Vec::with_capacity(group.len());
    let mut money = Vec::with_capacity(group.len());
    for voice in group.iter().filter_map(|&voice| view.voices.get(voice)) {
        let Purse::Own(participant) = voice.purse else {
            return true;
        };
        let Some(who) = view.instance.participants().get(participant) else {
            return false;
        };
        let allowed = projects.iter().enumerate();
        arcs.push(
            allowed
                .filter(|(_, project)| who.may_pay(**project))
                .map(|(place, _)| place)
                .collect(),
        );
        money.push(u128::from(who.purse_minor()));
    }
    let room: Vec<u128> = projects
        .iter()
        .map(|&project| u128::from(view.cost(project)))
        .collect();
    let wanted: u128 = room.iter().sum();
    Transport::new(arcs, money, room).fill() == wanted
}
