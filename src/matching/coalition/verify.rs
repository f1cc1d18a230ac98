//! A second look at an answer: written from the definition, sharing nothing with the search.

use super::{Input, Instance};
use serde::{Deserialize, Serialize};

/// What a set of members breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Violation {
    /// Members are not listed strictly rising.
    Order,
    /// A member who is no candidate.
    Member {
        /// The index given.
        index: usize,
    },
    /// A requirement is not covered for certain.
    Requirement {
        /// Which.
        index: usize,
        /// How much is missing, in its unit.
        short: u64,
    },
    /// Too few or too many of a sector.
    Sector {
        /// Which.
        index: usize,
        /// How many are in.
        have: usize,
    },
    /// Too few different sectors.
    Sectors {
        /// How many are in.
        have: usize,
    },
    /// Both sides of a conflict are in.
    Conflict {
        /// The pair.
        pair: (usize, usize),
    },
    /// An anchor is not in.
    Anchor {
        /// Which.
        index: usize,
    },
    /// Fewer members than `min_size` or more than `max_size`.
    Size {
        /// How many are in.
        have: usize,
    },
}

/// The objective of `members`, if they are a coalition as `instance` asks for.
///
/// Σ c over the members + α·K(K−1)/2, in money. Exact, in integers. The checks stand in the order of [`Violation`] and
/// the first that fails is returned. Cost: O(K · r + conflicts). Written from the definition of `docs/matching.md`, not
/// from the search; every answer of this module has passed it.
///
/// ```
/// use gotong::matching::coalition::{Candidate, Input, Instance, Violation, verify};
///
/// let candidate = |cost, days| Candidate { cost, sector: 0, offers: vec![days] };
/// let candidates = vec![candidate(20, 3), candidate(30, 2), candidate(90, 5)];
/// let instance = Instance::new(Input { candidates, demand: vec![5], alpha: 4, ..Input::default() }).unwrap();
/// assert_eq!(verify(&instance, &[0, 1]), Ok(20 + 30 + 4));
/// assert_eq!(verify(&instance, &[1]), Err(Violation::Requirement { index: 0, short: 3 }));
/// ```
///
/// # Errors
/// The first [`Violation`].
pub fn verify(instance: &Instance, members: &[usize]) -> Result<u128, Violation> {
    let input = instance.input();
    if let Some(&index) = members.iter().find(|&&index| index >= input.candidates.len()) {
        return Err(Violation::Member { index });
    }
    if members.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(Violation::Order);
    }
    for (index, &demand) in input.demand.iter().enumerate() {
        let covered = covered(input, members, index);
        if covered < u128::from(demand) {
            let short = demand - u64::try_from(covered).unwrap_or(demand);
            return Err(Violation::Requirement { index, short });
        }
    }
    sectors(input, members)?;
    let is_in = |index: usize| members.contains(&index);
    if let Some(&pair) = input.conflicts.iter().find(|&&(a, b)| is_in(a) && is_in(b)) {
        return Err(Violation::Conflict { pair });
    }
    if let Some(&index) = input.anchors.iter().find(|&&index| !is_in(index)) {
        return Err(Violation::Anchor { index });
    }
    let have = members.len();
    if have < input.min_size || input.max_size.is_some_and(|most| have > most) {
        return Err(Violation::Size { have });
    }
    let costs: u128 = members
        .iter()
        .map(|&member| u128::from(input.candidates[member].cost))
        .sum();
    let size = have as u128;
    Ok(costs + u128::from(input.alpha) * (size * size.saturating_sub(1) / 2))
}

/// What `members` bring of a requirement for certain: the sum, or the largest where offers may overlap.
fn covered(input: &Input, members: &[usize], requirement: usize) -> u128 {
    let offers = members
        .iter()
        .map(|&member| u128::from(input.candidates[member].offers[requirement]));
    if input.overlapping.get(requirement).copied().unwrap_or(false) {
        offers.max().unwrap_or(0)
    } else {
        offers.sum()
    }
}

fn sectors(input: &Input, members: &[usize]) -> Result<(), Violation> {
    let mut counts = [0_usize; super::MAX_SECTORS];
    for &member in members {
        counts[input.candidates[member].sector] += 1;
    }
    for (index, &have) in counts.iter().enumerate() {
        let least = input.sector_min.get(index).copied().unwrap_or(0);
        let most = input
            .sector_max
            .as_ref()
            .and_then(|list| list.get(index).copied());
        if have < least || most.is_some_and(|most| have > most) {
            return Err(Violation::Sector { index, have });
        }
    }
    let have = counts.iter().filter(|&&count| count > 0).count();
    if have < input.least_sectors {
        return Err(Violation::Sectors { have });
    }
    Ok(())
}
