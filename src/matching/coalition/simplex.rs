//! The steps of the dual simplex method on a loaded [`Relaxation`].

use super::relaxation::{NONE, Relaxation, multiply};

/// Steps of one relaxation; its bound is valid wherever it stops.
const MOST_STEPS: usize = 400;
/// Smaller entries do not block.
const PIVOT: f64 = 1e-7;
/// A basic variable may be this far outside its ends.
const SLACK: f64 = 1e-9;

impl Relaxation {
    /// Exchanges basic variables until none lies outside its ends, or the bound exceeds `cutoff`.
    pub(super) fn iterate(&mut self, cutoff: f64) {
        self.levels();
        self.solved = false;
        let mut objective = self.objective();
        for _ in 0..MOST_STEPS {
            if objective > cutoff {
                // Enough, if it stands the check.
                self.price_out();
                self.safe_bound();
                if self.bound > cutoff {
                    return;
                }
            }
            let Some((row, below)) = self.leaving() else {
                self.solved = true;
                break;
            };
            let rho: Vec<f64> = self.inverse[row * self.m..(row + 1) * self.m].to_vec();
            let mut alpha = std::mem::take(&mut self.alpha);
            self.times_columns(&rho, &mut alpha);
            self.alpha = alpha;
            let upper = self.upper[self.basis[row]];
            let amount = if below {
                -self.level[row]
            } else {
                self.level[row] - upper
            };
            match self.entering(below, amount, &mut objective) {
                Some((column, step)) => self.exchange(row, column, if below { -step } else { step }, below),
                None => {
                    self.follow_ray(&rho, below, amount, cutoff);
                    return;
                }
            }
        }
        self.price_out();
        self.safe_bound();
        if self.solved {
            self.read_values();
        }
    }

    /// The objective of the present basis.
    fn objective(&self) -> f64 {
        let basic: f64 = self
            .basis
            .iter()
            .zip(&self.level)
            .map(|(&at, level)| self.cost[at] * level)
            .sum();
        let flipped: f64 = (0..self.at_upper.len())
            .filter(|&at| self.at_upper[at])
            .map(|at| self.cost[at] * self.upper[at])
            .sum();
        self.base + basic + flipped
    }

    /// The basic variable farthest outside its ends, and whether it is below.
    fn leaving(&self) -> Option<(usize, bool)> {
        let mut best = None;
        let mut worst = SLACK;
        for row in 0..self.m {
            let level = self.level[row];
            let (outside, below) = if level < 0.0 {
                (-level, true)
            } else {
                (level - self.upper[self.basis[row]], false)
            };
            if outside > worst {
                worst = outside;
                best = Some((row, below));
            }
        }
        best
    }

    /// The variable that enters and the length of the dual step; those passed on the way are flipped.
    fn entering(&mut self, below: bool, amount: f64, objective: &mut f64) -> Option<(usize, f64)> {
        let (mut slope, mut at) = (amount, 0.0);
        self.shift.clear();
        self.shift.resize(self.m, 0.0);
        let mut flips: Vec<usize> = Vec::new();
        let mut open: Vec<(f64, usize)> = Vec::new();
        for (column, &alpha) in self.alpha.iter().enumerate() {
            let towards = if below { -alpha } else { alpha };
            let blocks = if self.at_upper[column] {
                towards < -PIVOT
            } else {
                towards > PIVOT
            };
            if blocks && !self.basic[column] {
                open.push((self.reduced[column].abs() / alpha.abs(), column));
            }
        }
        let found = loop {
            let mut best = NONE;
            for (place, (ratio, column)) in open.iter().enumerate() {
                let better = best == NONE || {
                    let (least, other) = open[best];
                    *ratio < least || *ratio == least && self.alpha[*column].abs() > self.alpha[other].abs()
                };
                if better {
                    best = place;
                }
            }
            if best == NONE {
                break None;
            }
            let (ratio, column) = open.swap_remove(best);
            *objective += slope * (ratio - at);
            at = ratio;
            slope -= self.alpha[column].abs() * self.upper[column];
            if slope <= 0.0 {
                break Some((column, ratio));
            }
            flips.push(column);
        };
        if found.is_some() && !flips.is_empty() {
            for column in flips {
                let upper = self.upper[column];
                self.add_column(column, if self.at_upper[column] { upper } else { -upper });
                self.at_upper[column] = !self.at_upper[column];
            }
            multiply(&self.inverse, &self.shift, self.m, &mut self.column);
            for (level, change) in self.level.iter_mut().zip(&self.column) {
                *level += change;
            }
        }
        found
    }

    fn exchange(&mut self, row: usize, column: usize, step: f64, below: bool) {
        let leaving = self.basis[row];
        for (reduced, alpha) in self.reduced.iter_mut().zip(&self.alpha) {
            *reduced -= step * alpha;
        }
        self.reduced[column] = 0.0;
        self.reduced[leaving] = -step;
        self.enter(column);
        let target = if below { 0.0 } else { self.upper[leaving] };
        let length = (self.level[row] - target) / self.column[row];
        let from = if self.at_upper[column] {
            self.upper[column]
        } else {
            0.0
        };
        for (level, change) in self.level.iter_mut().zip(&self.column) {
            *level -= length * change;
        }
        self.level[row] = from + length;
        self.pivot(row);
        self.basis[row] = column;
        self.basic[leaving] = false;
        self.basic[column] = true;
        self.at_upper[column] = false;
        self.at_upper[leaving] = !below;
    }

    /// No step lifts less than the last: the node has no solution, and far enough along the ray the bound says so.
    fn follow_ray(&mut self, rho: &[f64], below: bool, amount: f64, cutoff: f64) {
        self.price_out();
        self.safe_bound();
        let length = ((cutoff - self.bound).max(0.0) + 1.0) / amount.max(SLACK) * 1.01;
        let length = if below { -length } else { length };
        for (y, entry) in self.multipliers.iter_mut().zip(rho) {
            *y += length * entry;
        }
        self.reduce();
        let before = self.bound;
        self.safe_bound();
        self.bound = self.bound.max(before);
    }
}
