//! Who wins and loses by a change of rule.

use super::ColumnFigures;
use crate::funding::Instance;
use serde::{Deserialize, Serialize};

/// Funders a change names on each side, at most.
pub const MAX_NAMED_FUNDERS: usize = 12;

/// What a project gets more or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftedMoney {
    /// Which project, or which participant.
    pub index: usize,
    /// By how much.
    pub by_minor: u64,
}

/// What a change from the first of two rules to the second does. The change back is the same with sides turned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// From which column, to which.
    pub columns: [usize; 2],
    /// Projects that get more, file order.
    pub more: Vec<ShiftedMoney>,
    /// Projects that get less, file order.
    pub less: Vec<ShiftedMoney>,
    /// People who see more money on projects they support.
    pub people_better: u64,
    /// People who see less.
    pub people_worse: u64,
    /// Funders (pledges) whose supported projects get more together, the largest gain first; the first
    /// [`MAX_NAMED_FUNDERS`].
    pub funders_better: Vec<ShiftedMoney>,
    /// The same with less.
    pub funders_worse: Vec<ShiftedMoney>,
}

pub(super) fn shift(
    instance: &Instance,
    columns: [usize; 2],
    [from, to]: [&ColumnFigures; 2],
    [before, after]: [&[u64]; 2],
) -> Shift {
    let pairs = from.granted_minor.iter().zip(&to.granted_minor);
    let (more, less) = sides(pairs.map(|(&before, &after)| (before, after)));
    let voices = instance.voices();
    let people = |is: fn(u64, u64) -> bool| {
        let pairs = before.iter().zip(after).zip(&voices);
        let those = pairs.filter(|((before, after), _)| is(**before, **after));
        those.fold(0, |sum: u64, (_, voice)| sum.saturating_add(voice.voters))
    };
    let sees = |figures: &ColumnFigures, support: &[(usize, u64)]| -> u64 {
        let granted = support
            .iter()
            .filter_map(|(project, _)| figures.granted_minor.get(*project));
        granted.sum()
    };
    let funders = instance
        .participants()
        .iter()
        .map(|who| (sees(from, &who.support), sees(to, &who.support)));
    let (funders_better, funders_worse) = sides(funders);
    Shift {
        columns,
        more,
        less,
        people_better: people(|before, after| after > before),
        people_worse: people(|before, after| after < before),
        funders_better: largest(funders_better),
        funders_worse: largest(funders_worse),
    }
}

/// Those with more after than before, and those with less.
fn sides(pairs: impl Iterator<Item = (u64, u64)>) -> (Vec<ShiftedMoney>, Vec<ShiftedMoney>) {
    let (mut more, mut less) = (Vec::new(), Vec::new());
    for (index, (before, after)) in pairs.enumerate() {
        let side = match after.cmp(&before) {
            std::cmp::Ordering::Greater => &mut more,
            std::cmp::Ordering::Less => &mut less,
            std::cmp::Ordering::Equal => continue,
        };
        side.push(ShiftedMoney {
            index,
            by_minor: after.abs_diff(before),
        });
    }
    (more, less)
}

fn largest(mut list: Vec<ShiftedMoney>) -> Vec<ShiftedMoney> {
    crate::order::sort_by_key(&mut list, |shifted| std::cmp::Reverse(shifted.by_minor));
    list.truncate(MAX_NAMED_FUNDERS);
    list
}
