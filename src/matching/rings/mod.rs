//! Exchange rings: who gives to whom so that everybody in the ring receives, and chains that a gift starts.
//! Definitions and sources: `docs/matching.md`.

mod answer;
mod branch;
mod error;
mod instance;
mod near;
mod plain;
mod relaxation;
mod scenario;
mod search;
mod verify;
mod walks;

pub use answer::{
    Exchange, ExchangeKind, Handover, MAX_REOPENED, Repacking, RingsAnswer, ScenarioRings, Withdrawal,
    find_rings,
};
pub use error::RingError;
pub use instance::{Instance, MAX_LENGTH, MAX_MEMBERS, MAX_VALUE, MIN_LENGTH};
pub use near::{MAX_NEAR, Missing, MissingForm, NEAR_LIMIT, NearCycle, NearRing, NearRings, NearSearch};
pub use plain::{PlainAnswer, PlainRings};
pub use scenario::{ExchangeGraph, KindFilter, PossibleArc, RingOptions, VALUE_SCALE};
pub use search::Search;
pub use verify::{Violation, verify};

use serde::{Deserialize, Serialize};

/// The longest ring unless said otherwise: three, as one failure then costs two others at most.
pub const DEFAULT_LENGTH: usize = 3;

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Value of the best packing so far, in the instance's unit.
    pub value: i128,
    /// No packing is worth more.
    pub upper_bound: i128,
    /// Whether they are equal.
    pub optimal: bool,
    /// Nothing is left to do: optimal, or too large to be proven.
    pub done: bool,
    /// Nodes spent.
    pub nodes: u64,
}

impl Progress {
    /// (bound − value) / bound, in [0, 1]; 0 if the bound is 0.
    pub fn gap(&self) -> f64 {
        gap(self.value, self.upper_bound)
    }
}

/// (bound − value) / bound, 0 without a bound above 0.
fn gap(value: i128, upper_bound: i128) -> f64 {
    if upper_bound <= 0 {
        0.0
    } else {
        (upper_bound - value) as f64 / upper_bound as f64
    }
}

/// Vertex-disjoint rings and chains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packing {
    /// Each gives to the next and the last to the first; starts with its smallest member; in ascending order.
    pub rings: Vec<Vec<usize>>,
    /// Each gives to the next; starts with a gift; in ascending order.
    pub chains: Vec<Vec<usize>>,
    /// Sum of the values of all arcs used.
    pub value: i128,
    /// No packing is worth more.
    pub upper_bound: i128,
    /// Whether `value` is proven to be the largest.
    pub optimal: bool,
    /// Whether [`verify`] found nothing wrong.
    pub verified: bool,
    /// Nodes spent.
    pub nodes: u64,
}

impl Packing {
    /// (bound − value) / bound, in [0, 1].
    pub fn gap(&self) -> f64 {
        gap(self.value, self.upper_bound)
    }
}

/// The best packing of `instance` that `node_limit` nodes find; without a limit, until nothing is left to do.
///
/// See [`Search`] for definition, ties, cost and sources.
///
/// ```
/// use gotong::matching::rings::{Instance, solve};
///
/// // A foundation (0) that needs nothing gives rooms to a choir, the choir teaches a school, the school has
/// // nothing the foundation lacks: no ring, but a chain.
/// let instance = Instance::new(3, &[(0, 1, 10), (1, 2, 7)], &[0], 3).unwrap();
/// let packing = solve(instance, None);
/// assert_eq!((packing.chains, packing.value, packing.optimal), (vec![vec![0, 1, 2]], 17, true));
/// ```
pub fn solve(instance: Instance, node_limit: Option<u64>) -> Packing {
    let mut search = Search::new(instance);
    search.run_until(node_limit.unwrap_or(u64::MAX));
    search.packing()
}
