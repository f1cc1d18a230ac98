//! What a project is worth to the voters, in whole numbers.

use crate::domain::{PoolPlan, UtilityMeasure};
use crate::funding::Instance;

/// Weights beyond this count as this, so that products with money stay within 128 bits.
const MOST_WEIGHT: u64 = 1 << 54;
/// Where a project counts once and not by its money, its parts are counted in 2⁻²⁰ of a vote.
const UNIT: u128 = 1 << 20;

/// How much each project weighs, and whether per unit of money or as a whole.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    per_unit: bool,
    weight: Vec<u64>,
}

/// A project that may still be bought, as the search sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub project: usize,
    pub cost: u64,
    /// The least that may be granted.
    pub least: u64,
    weight: u64,
    per_unit: bool,
}

impl Weights {
    /// Votes, by the plan's measure × cost or alone; where any voice gives points other than 1, the sum of points.
    pub(super) fn new(instance: &Instance, plan: &PoolPlan) -> Self {
        let voices = instance.voices();
        let all_points = || voices.iter().flat_map(|voice| voice.points);
        if all_points().any(|&(_, points)| points != 1) {
            let mut weight = vec![0_u64; instance.projects().len()];
            for voice in &voices {
                for &(project, points) in voice.points {
                    if let Some(sum) = weight.get_mut(project) {
                        *sum = sum.saturating_add(points.saturating_mul(voice.voters));
                    }
                }
            }
            return Self::bounded(weight, false);
        }
        let votes = instance.projects().iter().map(|project| project.votes());
        let per_unit = plan.utility.unwrap_or_default() == UtilityMeasure::Cost;
        Self::bounded(votes.collect(), per_unit)
    }

    fn bounded(mut weight: Vec<u64>, per_unit: bool) -> Self {
        for weight in &mut weight {
            *weight = (*weight).min(MOST_WEIGHT);
        }
        Self { per_unit, weight }
    }

    pub(super) fn of(&self, project: usize) -> u64 {
        self.weight.get(project).copied().unwrap_or(0)
    }

    pub(super) fn item(&self, project: usize, cost: u64, least: u64) -> Item {
        Item {
            project,
            cost,
            least,
            weight: self.of(project),
            per_unit: self.per_unit,
        }
    }

    /// A welfare for readers, in the instance's units of votes (or points).
    pub(super) fn shown(&self, welfare: u128, votes_unit: f64) -> f64 {
        let unit = if self.per_unit { 1.0 } else { UNIT as f64 };
        welfare as f64 / unit / votes_unit
    }
}

impl Item {
    /// What `granted` of it is worth, at most its cost; rounded down.
    ///
    /// 2⁵⁴ · 2²⁰ · 2⁵⁰ < 2¹²⁸, also for a cost of 2⁵³ that only simulated futures know.
    pub(super) fn worth(&self, granted: u64) -> u128 {
        let weight = u128::from(self.weight);
        if self.per_unit {
            weight * u128::from(granted)
        } else if granted >= self.cost {
            weight * UNIT
        } else {
            weight * UNIT * u128::from(granted.min(1 << 53)) / u128::from(self.cost)
        }
    }

    /// Not less than what `more` money adds to it, from wherever it stands.
    pub(super) fn worth_of_more(&self, more: u64) -> u128 {
        let rounded_down = !self.per_unit && (1..self.cost).contains(&more);
        self.worth(more) + u128::from(rounded_down)
    }

    /// Where the project can only be bought whole, its worth is a multiple of this.
    pub(super) fn step(&self) -> u128 {
        match (self.least == self.cost, self.per_unit) {
            (false, _) | (true, true) => 1,
            (true, false) => UNIT,
        }
    }

    /// weight/money as two numbers to compare crosswise; a free project has the most.
    pub(super) fn density(&self) -> (u128, u128) {
        let money = if self.per_unit && self.cost > 0 {
            1
        } else {
            self.cost
        };
        (self.weight.into(), money.into())
    }
}
