//! What each purse must hold after its conditions, worked out again by slow code for the checker: one participant at a
//! time, the last first, everything summed anew after each. It reads the instance alone and shares no step with
//! `settle.rs`; that both orders end alike is what a greatest fixed point promises.

use super::{Hold, Terms};
use crate::funding::Instance;

/// What becomes of one purse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::funding) struct Due {
    /// Put into the pool, administration included.
    pub given_minor: u64,
    /// Of this for administration.
    pub overhead_minor: u64,
}

/// `due[participant]` on paper.
pub(in crate::funding) fn due(instance: &Instance) -> Vec<Due> {
    let participants = instance.participants();
    let mut is_in = vec![true; participants.len()];
    while let Some(out) = (0..participants.len())
        .rev()
        .find(|&at| is_in[at] && !is_met(instance, &is_in, at))
    {
        is_in[out] = false;
    }
    let given = (0..participants.len()).map(|at| gives(instance, &is_in, at));
    let with_overhead = given.zip(participants).map(|(given_minor, who)| {
        let part = u128::from(given_minor) * u128::from(who.terms().overhead_basis_points);
        Due {
            given_minor,
            overhead_minor: u64::try_from(part / 10_000).unwrap_or(given_minor),
        }
    });
    with_overhead.collect()
}

/// Whether the condition of the participant at `at` is met if exactly `is_in` hold.
fn is_met(instance: &Instance, is_in: &[bool], at: usize) -> bool {
    let (least, project, itself) = match instance.participants()[at].terms().hold {
        Some(Hold::AllOrNothing {
            threshold_minor,
            project,
            others_only,
        }) => (threshold_minor, project, !others_only),
        Some(Hold::Challenge {
            target_minor,
            project,
        }) => (target_minor, project, false),
        Some(Hold::Match { .. }) | None => return true,
    };
    let counts = |other: &usize| (itself || *other != at) && may_pay(instance, *other, project);
    let reached: u128 = (0..is_in.len())
        .filter(counts)
        .map(|other| u128::from(gives(instance, is_in, other)) + in_kind(instance, is_in, other))
        .sum();
    reached >= u128::from(least)
}

fn gives(instance: &Instance, is_in: &[bool], at: usize) -> u64 {
    let who = &instance.participants()[at];
    match who.terms().hold {
        _ if !is_in[at] || who.terms().stands_by => 0,
        Some(Hold::Match { give, per, project }) => {
            let matched: u128 = (0..is_in.len())
                .filter(|&other| may_pay(instance, other, project) && !is_match(instance, other))
                .map(|other| u128::from(gives(instance, is_in, other)))
                .sum();
            let drawn = matched * u128::from(give) / u128::from(per.max(1));
            u64::try_from(drawn.min(u128::from(who.purse_minor()))).unwrap_or(0)
        }
        _ => who.purse_minor(),
    }
}

fn is_match(instance: &Instance, at: usize) -> bool {
    matches!(
        instance.participants()[at].terms(),
        Terms {
            hold: Some(Hold::Match { .. }),
            ..
        }
    )
}

fn in_kind(instance: &Instance, is_in: &[bool], at: usize) -> u128 {
    let kind = instance.participants()[at].terms().in_kind_minor;
    if is_in[at] { u128::from(kind) } else { 0 }
}

fn may_pay(instance: &Instance, at: usize, project: Option<usize>) -> bool {
    project.is_none_or(|project| instance.participants()[at].may_pay(project))
}
