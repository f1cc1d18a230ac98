//! What a study finds.

use super::{AlphaStep, Block, Search, Solution};
use serde::{Deserialize, Serialize};

/// The coverage levels of the front, in percent of every demand.
pub const FRONT_PERCENT: [u8; 7] = [100, 95, 90, 80, 70, 60, 50];
/// Sizes looked at for the profile of α.
pub const PROFILE_SIZES: usize = 16;
/// Conflicts tried one by one.
pub const CONFLICTS_TRIED: usize = 64;

/// What is known about the instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The best coalition, proven.
    Optimal,
    /// A coalition; a better one is not ruled out.
    Feasible,
    /// Proven that there is none.
    Infeasible,
    /// None found within the limit, none ruled out.
    #[default]
    Unknown,
}

/// The least cost of covering a share of every demand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrontPoint {
    /// Share of every demand, in percent, rounded up to whole units.
    pub coverage_percent: u8,
    /// The best coalition found for it; absent if none was.
    pub solution: Option<Solution>,
}

/// What a study has found so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What is known.
    pub outcome: Outcome,
    /// The best coalitions: by objective, then fewest members, then lexicographically smallest.
    pub solutions: Vec<Solution>,
    /// Whether `solutions` is proven to be the k best (or all there are).
    pub complete: bool,
    /// No coalition costs less; absent if there is none.
    pub lower_bound: Option<u128>,
    /// Cost against coverage, from 100 % down; never rising.
    pub front: Vec<FrontPoint>,
    /// From which α on fewer members are best; from α = 0 up.
    pub alpha_profile: Vec<AlphaStep>,
    /// Why there is none, where there is none.
    pub blocked: Vec<Block>,
    /// Nodes of all searches.
    pub nodes: u64,
}

impl Report {
    /// What `search` alone has found: no front, no profile, and nothing on what blocks.
    pub fn of(search: &Search) -> Self {
        let mut report = Self {
            nodes: search.progress().nodes,
            ..Self::default()
        };
        report.read(search);
        report
    }

    /// Takes over what `search`, the search of the best, has found.
    pub(super) fn read(&mut self, search: &Search) {
        self.solutions = search.solutions();
        self.lower_bound = search.lower_bound();
        self.complete = search.is_exhausted();
        self.outcome = match self.solutions.first() {
            Some(best) if best.optimal => Outcome::Optimal,
            Some(_) => Outcome::Feasible,
            None if self.complete => Outcome::Infeasible,
            None => Outcome::Unknown,
        };
    }
}
