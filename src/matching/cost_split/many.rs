//! The split of a team of any size up to sixty, as a search that says at any time what it knows.

use super::sampling::Many;
use super::team::Team;
use super::{MAX_PLAYERS, SplitError, TeamSplit};
use crate::domain::Scenario;

/// The most members of a team that splits its costs.
pub const MAX_TEAM: usize = 60;

/// How much work a sampled split may take, and which orders it draws. The same limits give the same answer everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitLimits {
    /// Pairs of orders drawn.
    pub pairs: u64,
    /// The seed of the orders.
    pub seed: u64,
    /// Nodes looked at in searches for the cheapest way of a group, in all; the judgement of the core has as many again.
    pub nodes: u64,
}

impl Default for SplitLimits {
    /// Four hundred pairs: seconds for sixty members whose cheapest team has six.
    fn default() -> Self {
        Self {
            pairs: 400,
            seed: 1,
            nodes: 1_000_000,
        }
    }
}

/// The split of a partnership's costs, found a little at a time.
///
/// Up to [`MAX_PLAYERS`] members the first step does everything, by [`split_costs`](super::split_costs). Beyond,
/// everybody's cost comes first, then the Shapley value sharpens from pair of orders to pair of orders
/// ([`SampledShapley`]), then it is judged. Every group's cost is exact: c(S) = min(c(S∖i), least f(T) with i ∈ T ⊆ S), the
/// second by branch and bound that starts from the first.
///
/// **Core.** With x given, the group that saves most is found exactly for any size, because for a team T that does the
/// work the best company are all who pay above 0: max_S x(S) − c(S) = Σ x⁺ − min_T (f(T) + Σ_{i∈T} x⁻). So a split in which
/// nobody is paid is in the core, and otherwise one more search of the same kind decides. Of an estimate it is the estimate
/// that is judged. There is no nucleolus and no least core beyond [`MAX_PLAYERS`].
///
/// ```
/// use gotong::cases::CaseStudy;
/// use gotong::matching::cost_split::{SplitLimits, TeamSplitSearch};
///
/// let mut scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
/// scenario.partnership.members = scenario.organisations.iter().skip(1).map(|one| one.id.clone()).collect();
/// let limits = SplitLimits { pairs: 20, ..SplitLimits::default() };
/// let mut search = TeamSplitSearch::new(&scenario, limits).unwrap();
/// while !search.step(100).unwrap() {}
/// let answer = search.answer().unwrap().answer;
/// assert_eq!(answer.sampled.unwrap().pairs, 20);
/// assert!(answer.splits.iter().all(|split| split.shares.iter().sum::<i128>() == i128::from(answer.total)));
/// ```
#[derive(Debug)]
pub struct TeamSplitSearch {
    team: Team,
    way: Way,
}

#[derive(Debug)]
enum Way {
    /// All at once, and then the answer.
    Small(Option<Box<TeamSplit>>),
    Many(Box<Many>),
}

impl TeamSplitSearch {
    /// Poses the question; nothing is searched yet.
    ///
    /// # Errors
    /// [`SplitError::PlayersOutOfRange`] for nobody or more than [`MAX_TEAM`]; [`SplitError::CostOutOfRange`] where a
    /// member alone pays more than [`MAX_COST`].
    pub fn new(scenario: &Scenario, limits: SplitLimits) -> Result<Self, SplitError> {
        let team = Team::of(scenario)?;
        let way = if team.members.len() <= MAX_PLAYERS {
            Way::Small(None)
        } else {
            Way::Many(Box::new(Many::new(&team, limits)?))
        };
        Ok(Self { team, way })
    }

    /// The same by samples whatever the size, to compare with the exact one.
    ///
    /// # Errors
    /// As [`TeamSplitSearch::new`].
    pub fn sampled(scenario: &Scenario, limits: SplitLimits) -> Result<Self, SplitError> {
        let team = Team::of(scenario)?;
        let way = Way::Many(Box::new(Many::new(&team, limits)?));
        Ok(Self { team, way })
    }

    /// Goes on for about `nodes` nodes; true once all is known. How it is cut into steps changes no answer.
    ///
    /// # Errors
    /// What [`split_costs`](super::split_costs) refuses; [`SplitError::TooHard`] if the limit does not suffice for the
    /// cost of the whole team; [`SplitError::Inexact`].
    pub fn step(&mut self, nodes: u64) -> Result<bool, SplitError> {
        match &mut self.way {
            Way::Small(answer) => {
                if answer.is_none() {
                    *answer = Some(Box::new(self.team.split_exactly()?));
                }
                Ok(true)
            }
            Way::Many(many) => many.step(nodes),
        }
    }

    /// Pairs of orders drawn, and how many there will be at most; `None` where nothing is sampled.
    pub fn progress(&self) -> Option<(u64, u64)> {
        match &self.way {
            Way::Small(_) => None,
            Way::Many(many) => Some((many.sampler.pairs(), many.limits.pairs)),
        }
    }

    /// Whether there is an answer yet.
    pub fn has_answer(&self) -> bool {
        match &self.way {
            Way::Small(answer) => answer.is_some(),
            Way::Many(many) => many.whole.is_some(),
        }
    }

    /// What is known so far; `None` before the whole team's cost is.
    pub fn answer(&self) -> Option<TeamSplit> {
        match &self.way {
            Way::Small(answer) => answer.as_deref().cloned(),
            Way::Many(many) => many.answer(&self.team),
        }
    }
}
