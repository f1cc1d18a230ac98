//! Checks a packing against its instance, without the code that found it.

use super::Packing;
use super::instance::Instance;
use serde::{Deserialize, Serialize};

/// What is wrong with a packing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[non_exhaustive]
pub enum Violation {
    /// A ring or chain with too few or too many arcs.
    Length {
        /// Its members.
        members: Vec<usize>,
    },
    /// An arc that does not exist.
    NoArc {
        /// The giver.
        from: usize,
        /// The receiver.
        to: usize,
    },
    /// A chain that no gift starts.
    NoGift {
        /// The member it starts with.
        member: usize,
    },
    /// A member that stands in two places.
    Twice {
        /// Who.
        member: usize,
    },
    /// A ring that does not begin with its smallest member.
    Start {
        /// Its members.
        members: Vec<usize>,
    },
    /// The values of the arcs do not sum to the value stated.
    Value {
        /// The sum found.
        found: i128,
    },
    /// The bound lies below the value, or the packing is called optimal while they differ.
    Bound,
}

/// Everything wrong with `packing`; empty if every ring is a simple cycle of `instance` of two to `max_length` arcs
/// that starts with its smallest member, every chain a simple path of one to `max_length` arcs from a gift, nobody
/// stands twice, the value is the sum of the arcs, and bound, value and `optimal` agree.
///
/// That the bound itself is right rests on the search; see [`Search`](super::Search). O(n log m).
pub fn verify(instance: &Instance, packing: &Packing) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut met = vec![false; instance.members()];
    let mut found = 0_i128;
    let rings = packing.rings.iter().map(|ring| (ring, false));
    let chains = packing.chains.iter().map(|chain| (chain, true));
    for (members, chain) in rings.chain(chains) {
        let arcs = members.len().saturating_sub(usize::from(chain));
        if arcs > instance.max_length() || members.len() < 2 {
            violations.push(Violation::Length {
                members: members.clone(),
            });
        }
        let Some(&first) = members.first() else { continue };
        if chain && !instance.is_gift(first) {
            violations.push(Violation::NoGift { member: first });
        }
        if !chain && members.iter().any(|&member| member < first) {
            violations.push(Violation::Start {
                members: members.clone(),
            });
        }
        for &member in members {
            match met.get_mut(member) {
                Some(seen) if !*seen => *seen = true,
                _ => violations.push(Violation::Twice { member }),
            }
        }
        let back = (!chain).then_some(first);
        let receivers = members.iter().skip(1).copied().chain(back);
        for (&from, to) in members.iter().zip(receivers) {
            match instance.value(from, to) {
                Some(value) => found += i128::from(value),
                None => violations.push(Violation::NoArc { from, to }),
            }
        }
    }
    if found != packing.value {
        violations.push(Violation::Value { found });
    }
    let tight = packing.upper_bound == packing.value;
    if packing.upper_bound < packing.value || tight != packing.optimal {
        violations.push(Violation::Bound);
    }
    violations
}
