//! The coalition for a project: the cheapest set of candidates that brings everything, by exact branch and bound.
//! Definitions, choices and sources: `docs/matching.md`.
//!
//! [`of_project`] poses a scenario's project as an [`Instance`]; [`Search`] finds the best coalitions step by step;
//! [`Study`] asks everything about an instance; [`Posed::answer`] says it in the scenario's names; [`verify`] looks at
//! every answer a second time.

pub mod answer;
mod blocked;
mod error;
mod improve;
mod instance;
mod load;
mod model;
mod node;
mod pool;
mod profile;
pub mod project;
mod queue;
mod relaxation;
mod report;
mod search;
mod simplex;
mod study;
mod verify;

pub use answer::CoalitionAnswer;
pub use blocked::Block;
pub use error::CoalitionError;
pub use instance::{Candidate, Input, Instance, MAX_CANDIDATES, MAX_QUANTITY, MAX_REQUIREMENTS, MAX_SECTORS};
pub use profile::{AlphaStep, PROPOSED_ALPHA_DIVISOR};
pub use project::{Posed, of_project};
pub use report::{CONFLICTS_TRIED, FRONT_PERCENT, FrontPoint, Outcome, PROFILE_SIZES, Report};
pub use search::Search;
pub use study::Study;
pub use verify::{Violation, verify};

use serde::{Deserialize, Serialize};

/// How far a search goes. Counted in nodes, so that a limited answer is repeatable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Nodes at most.
    pub node_limit: u64,
    /// How many answers are wanted; 0 counts as 1.
    pub k_best: usize,
    /// With one answer wanted: once its cost is proven, look on for one of fewer members at the same cost. This takes up to
    /// as many nodes again; the proof of the cost is told before.
    pub smallest: bool,
    /// Stop at the first coalition, whatever it costs.
    pub first_only: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            node_limit: 200_000,
            k_best: 1,
            smallest: true,
            first_only: false,
        }
    }
}

/// Where a search stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Nodes looked at.
    pub nodes: u64,
    /// Of the best coalition found.
    pub objective: Option<u128>,
    /// No coalition costs less; absent where it is proven that there is none.
    pub lower_bound: Option<u128>,
    /// (objective − lower bound) / objective of the best found, in [0, 1].
    pub gap: Option<f64>,
    /// Nothing is left to do, or the limit is reached.
    pub done: bool,
}

/// A coalition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Solution {
    /// Who is in, rising.
    pub members: Vec<usize>,
    /// Σ c + α·K(K−1)/2, in money.
    pub objective: u128,
    /// No coalition costs less.
    pub lower_bound: u128,
    /// (objective − lower bound) / objective, in [0, 1]; 0 for an objective of 0.
    pub gap: f64,
    /// Whether the bound proves that no other costs less.
    pub optimal: bool,
}

impl Solution {
    /// The solution these members are, if [`verify`] agrees.
    fn checked(instance: &Instance, members: Vec<usize>, bound: u128) -> Option<Self> {
        let objective = verify(instance, &members).ok()?;
        Some(Self::with_bound(members, objective, bound))
    }

    fn with_bound(members: Vec<usize>, objective: u128, bound: u128) -> Self {
        let lower_bound = bound.min(objective);
        let gap = if objective == 0 {
            0.0
        } else {
            relaxation::float_wide(objective - lower_bound) / relaxation::float_wide(objective)
        };
        let optimal = lower_bound == objective;
        Self {
            members,
            objective,
            lower_bound,
            gap,
            optimal,
        }
    }
}
