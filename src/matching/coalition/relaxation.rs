//! The linear relaxation of a node, by a dual simplex method of our own, and a bound from it that rounding cannot break.
//!
//! minimise Σ cⱼxⱼ + Σ α(k−1)·yₖ subject to, for what is still free of the node,
//! - Σⱼ aⱼᵣxⱼ − sᵣ = 1 for each requirement still open, aⱼᵣ = min(offer, residual)/residual: an offer counts for no
//!   more than what is still missing, which is what makes the relaxation of a deep node sharp;
//! - Σ_{j∈s} xⱼ − tₛ = least for each sector whose quota is not met by itself;
//! - Σⱼ xⱼ − Σₖ yₖ = least size: the k-th member costs α(k−1), rising, so that coordination stays linear and exact.
//!
//! All variables lie between 0 and an upper end, so every basis is dual feasible once nonbasic variables stand at the
//! end their reduced cost asks for, and the parent's basis starts the child. Long steps: a variable that has both ends
//! jumps to the other one where that still lifts the bound.
//!
//! Sources: C. E. Lemke, The dual method of solving the linear programming problem, 1954; R. Fourer, Notes on the dual
//! simplex method, 1994 (bound flipping); A. Neumaier, O. Shcherbina, Safe bounds in linear and mixed-integer
//! programming, 2004 (the bound is computed from the multipliers alone, less its rounding error).

use super::model::{Model, index};
use super::node::{Counts, Node};

/// Steps of one relaxation; its bound is valid wherever it stops.
const MOST_STEPS: usize = 400;
const PIVOT: f64 = 1e-7;
const SLACK: f64 = 1e-9;
const NONE: usize = usize::MAX;

/// A logical variable: −1 in one row.
#[derive(Clone, Copy)]
struct Logical {
    row: usize,
    name: u32,
}

/// Working space for the relaxations of one search, refilled for each node.
#[derive(Default)]
pub(super) struct Relaxation {
    /// The structural columns: free candidates, rising.
    pub free: Vec<u32>,
    /// Rows of requirements, then of sectors, then of the size.
    m: usize,
    open: usize,
    /// `coef[row * free.len() + column]` for the requirement rows.
    coef: Vec<f64>,
    /// The row of each column's sector, or `NONE`.
    sector_row: Vec<usize>,
    rhs: Vec<f64>,
    logical: Vec<Logical>,
    /// By column, logical ones after the structural ones.
    cost: Vec<f64>,
    upper: Vec<f64>,
    reduced: Vec<f64>,
    at_upper: Vec<bool>,
    basic: Vec<bool>,
    /// `inverse[row * m + …]`.
    inverse: Vec<f64>,
    basis: Vec<usize>,
    level: Vec<f64>,
    multipliers: Vec<f64>,
    alpha: Vec<f64>,
    column: Vec<f64>,
    shift: Vec<f64>,
    place: Vec<usize>,
    /// The value of each structural column at the end.
    pub value: Vec<f64>,
    /// Objective of the fixed part.
    base: f64,
    /// No coalition of the node is cheaper; rigorous.
    pub bound: f64,
    /// What rounding may have done to the bound.
    error: f64,
    /// Whether the node has been solved to the end, so that `value` means something.
    pub solved: bool,
    /// Multipliers of the requirements of the model (0 for closed ones), for the heuristics.
    pub price: Vec<f64>,
    row_of: Vec<usize>,
    sizes: (usize, usize),
    each_size: bool,
    /// The name of the size row's own variable; that of the k-th member is k more.
    size_name: usize,
}

/// Whole units as floats: below 2⁵³ exact, above off by one part in 2⁵³, which the error of the bound includes.
#[expect(
    clippy::cast_precision_loss,
    reason = "the bound subtracts its rounding error"
)]
pub(super) fn float(value: u64) -> f64 {
    value as f64
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the bound subtracts its rounding error"
)]
pub(super) fn float_wide(value: u128) -> f64 {
    value as f64
}

impl Relaxation {
    /// Relaxes `node`, whose `counts` are fresh; stops early once the bound reaches `cutoff`.
    pub fn solve(&mut self, model: &Model, node: &Node, counts: &Counts, cutoff: f64) {
        self.load(model, node, counts);
        self.start(model, node);
        self.iterate(cutoff);
        self.price.clear();
        self.price.resize(model.rows, 0.0);
        for (row, &of) in self.row_of.iter().enumerate() {
            self.price[of] = self.multipliers[row].max(0.0);
        }
    }

    fn load(&mut self, model: &Model, node: &Node, counts: &Counts) {
        self.free.clear();
        self.free.extend(node.free());
        let columns = self.free.len();
        self.coef.clear();
        self.rhs.clear();
        self.logical.clear();
        self.cost.clear();
        self.upper.clear();
        self.row_of.clear();
        self.cost
            .extend(self.free.iter().map(|&at| float(model.cost[at as usize])));
        self.upper.resize(columns, 1.0);
        let logical = |this: &mut Self, row: usize, name: usize, cost: f64, upper: f64| {
            this.logical.push(Logical {
                row,
                name: index(name),
            });
            this.cost.push(cost);
            this.upper.push(upper);
        };
        for (row, &left) in counts.residual.iter().enumerate().filter(|(_, left)| **left > 0) {
            let whole = float(left);
            let mut supply = 0.0;
            for &at in &self.free {
                let share = float(model.offers[at as usize * model.rows + row].min(left)) / whole;
                supply += share;
                self.coef.push(share);
            }
            logical(
                self,
                self.rhs.len(),
                model.n + row,
                0.0,
                (supply - 1.0).max(0.0) + 1e-6,
            );
            self.rhs.push(1.0);
            self.row_of.push(row);
        }
        self.open = self.rhs.len();
        self.place.clear();
        self.place.resize(model.sectors, NONE);
        for sector in 0..model.sectors {
            let (inside, free) = (counts.sector_in[sector], counts.sector_free[sector]);
            let least = node.least_of(model, sector).saturating_sub(inside);
            let most = model.sector_max[sector].saturating_sub(inside).min(free);
            if free > 0 && (least > 0 || most < free) {
                self.place[sector] = self.rhs.len();
                let width = float(most.saturating_sub(least) as u64);
                logical(self, self.rhs.len(), model.n + model.rows + sector, 0.0, width);
                self.rhs.push(float(least as u64));
            }
        }
        self.sector_row.clear();
        self.sector_row
            .extend(self.free.iter().map(|&at| self.place[model.sector[at as usize]]));
        let row = self.rhs.len();
        let name = model.n + model.rows + model.sectors;
        logical(self, row, name, 0.0, 0.0);
        self.sizes = (node.low, node.high);
        self.each_size = model.alpha > 0;
        self.size_name = name;
        if model.alpha == 0 {
            logical(self, row, name + 1, 0.0, float((node.high - node.low) as u64));
        } else {
            for size in node.low + 1..=node.high {
                let cost = float(model.alpha) * float(size as u64 - 1);
                logical(self, row, name + size, cost, 1.0);
            }
        }
        self.rhs.push(float((node.low - counts.size_in) as u64));
        self.m = self.rhs.len();
        let inside: u128 = node.members().map(|at| u128::from(model.cost[at])).sum();
        self.base = float_wide(inside + model.coordination(node.low as u128));
    }

    /// The parent's basis where its variables are still there, logical variables where not.
    fn start(&mut self, model: &Model, node: &Node) {
        let (m, columns) = (self.m, self.free.len());
        let all = columns + self.logical.len();
        let names = model.n + model.rows + model.sectors + model.n + 2;
        self.place.clear();
        self.place.resize(names, NONE);
        for (column, &at) in self.free.iter().enumerate() {
            self.place[at as usize] = column;
        }
        self.basis.clear();
        self.basis.resize(m, NONE);
        for (at, logical) in self.logical.iter().enumerate() {
            self.place[logical.name as usize] = columns + at;
            if self.basis[logical.row] == NONE {
                self.basis[logical.row] = columns + at;
            }
        }
        self.inverse.clear();
        self.inverse.resize(m * m, 0.0);
        for row in 0..m {
            self.inverse[row * m + row] = -1.0;
        }
        self.basic.clear();
        self.basic.resize(all, false);
        let mut kept = vec![false; m];
        let first = |this: &Self, row: usize| this.basis[row];
        for &name in &node.basis {
            let column = self.place.get(name as usize).copied().unwrap_or(NONE);
            if column != NONE
                && column >= columns
                && first(self, self.logical[column - columns].row) == column
            {
                kept[self.logical[column - columns].row] = true;
            }
        }
        for &name in &node.basis {
            let column = self.place.get(name as usize).copied().unwrap_or(NONE);
            let is_first = column != NONE
                && column >= columns
                && first(self, self.logical[column - columns].row) == column;
            if column == NONE || is_first {
                continue;
            }
            self.enter(column);
            let best = (0..m).filter(|&row| !kept[row]).max_by(|&a, &b| {
                self.column[a]
                    .abs()
                    .total_cmp(&self.column[b].abs())
                    .then(b.cmp(&a))
            });
            if let Some(row) = best.filter(|&row| self.column[row].abs() > 1e-5) {
                kept[row] = true;
                self.pivot(row);
                self.basis[row] = column;
            }
        }
        for &column in &self.basis {
            self.basic[column] = true;
        }
        self.price_out();
        self.at_upper.clear();
        self.at_upper.resize(all, false);
        for column in 0..all {
            self.at_upper[column] = !self.basic[column] && self.reduced[column] < 0.0;
        }
    }

    /// B⁻¹ times a column, into `self.column`.
    fn enter(&mut self, column: usize) {
        let m = self.m;
        self.shift.clear();
        self.shift.resize(m, 0.0);
        self.add_column(column, 1.0);
        multiply(&self.inverse, &self.shift, m, &mut self.column);
    }

    /// `self.shift += factor · column`.
    fn add_column(&mut self, column: usize, factor: f64) {
        let columns = self.free.len();
        if column >= columns {
            self.shift[self.logical[column - columns].row] -= factor;
            return;
        }
        for row in 0..self.open {
            self.shift[row] += factor * self.coef[row * columns + column];
        }
        if self.sector_row[column] != NONE {
            self.shift[self.sector_row[column]] += factor;
        }
        self.shift[self.m - 1] += factor;
    }

    /// The inverse after `self.column` has replaced the basic variable of `row`.
    fn pivot(&mut self, row: usize) {
        let m = self.m;
        let scale = 1.0 / self.column[row];
        let (head, rest) = self.inverse.split_at_mut(row * m);
        let (pivot, tail) = rest.split_at_mut(m);
        for value in pivot.iter_mut() {
            *value *= scale;
        }
        let above = head.chunks_exact_mut(m).zip(&self.column[..row]);
        let below = tail.chunks_exact_mut(m).zip(&self.column[row + 1..]);
        for (line, &factor) in above.chain(below) {
            if factor != 0.0 {
                for (value, one) in line.iter_mut().zip(pivot.iter()) {
                    *value -= factor * one;
                }
            }
        }
    }

    /// Multipliers and reduced costs of the basis, afresh.
    fn price_out(&mut self) {
        let m = self.m;
        self.multipliers.clear();
        self.multipliers.resize(m, 0.0);
        for row in 0..m {
            let cost = self.cost[self.basis[row]];
            if cost != 0.0 {
                for (y, entry) in self.multipliers.iter_mut().zip(&self.inverse[row * m..]) {
                    *y += cost * entry;
                }
            }
        }
        self.reduce();
    }

    /// Reduced costs from the multipliers.
    fn reduce(&mut self) {
        let multipliers = std::mem::take(&mut self.multipliers);
        let mut reduced = std::mem::take(&mut self.reduced);
        self.times_columns(&multipliers, &mut reduced);
        for (reduced, cost) in reduced.iter_mut().zip(&self.cost) {
            *reduced = cost - *reduced;
        }
        self.multipliers = multipliers;
        self.reduced = reduced;
    }

    /// `out[column] = rowsᵀ · column` for every column.
    fn times_columns(&self, rows: &[f64], out: &mut Vec<f64>) {
        let columns = self.free.len();
        out.clear();
        out.resize(columns, rows[self.m - 1]);
        for (row, &factor) in rows[..self.open].iter().enumerate() {
            if factor != 0.0 {
                let line = &self.coef[row * columns..(row + 1) * columns];
                for (value, entry) in out.iter_mut().zip(line) {
                    *value += factor * entry;
                }
            }
        }
        if self.m - 1 > self.open {
            for (value, &row) in out.iter_mut().zip(&self.sector_row) {
                if row != NONE {
                    *value += rows[row];
                }
            }
        }
        out.extend(self.logical.iter().map(|logical| -rows[logical.row]));
    }

    /// The values of the basic variables, afresh.
    fn levels(&mut self) {
        self.shift.clear();
        self.shift.extend_from_slice(&self.rhs);
        for column in 0..self.at_upper.len() {
            if self.at_upper[column] {
                let upper = self.upper[column];
                self.add_column(column, -upper);
            }
        }
        multiply(&self.inverse, &self.shift, self.m, &mut self.level);
    }

    fn iterate(&mut self, cutoff: f64) {
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

    /// Lagrangian bound of the present multipliers, which `reduced` belongs to, and what rounding may have done to it.
    fn safe_bound(&mut self) {
        let columns = self.free.len();
        let (mut bound, mut size, mut mass) = (self.base, self.base, 0.0);
        for (y, rhs) in self.multipliers.iter().zip(&self.rhs) {
            bound += y * rhs;
            size += (y * rhs).abs();
            mass += y.abs();
        }
        for (column, (reduced, upper)) in self.reduced.iter().zip(&self.upper).enumerate() {
            if *reduced < 0.0 {
                bound += reduced * upper;
            }
            // Every coefficient is at most 1, so no reduced cost is a sum of more than this.
            let parts = self.logical.get(column.wrapping_sub(columns));
            let own = parts.map_or(mass, |logical| self.multipliers[logical.row].abs());
            size += (self.cost[column] + own) * upper;
        }
        let terms = float((self.reduced.len() + 2 * self.m + 16) as u64);
        self.error = size * terms * f64::EPSILON;
        self.bound = bound - self.error;
    }

    /// What forcing the `column`-th free candidate to the end it does not stand at would add to the bound for certain;
    /// true: it stands at 0.
    pub fn penalty(&self, column: usize) -> (f64, bool) {
        let reduced = self.reduced[column];
        (reduced.abs() - 2.0 * self.error, reduced >= 0.0)
    }

    /// The least and the most members of any coalition of the node that is not `room` dearer than the bound.
    pub fn sizes(&self, room: f64) -> (usize, usize) {
        let (mut low, mut high) = self.sizes;
        let columns = self.free.len();
        // One variable a member only where coordination costs something.
        let own_cost = if self.each_size { &self.logical[..] } else { &[] };
        for (at, logical) in own_cost.iter().enumerate() {
            let size = (logical.name as usize).saturating_sub(self.size_name);
            let (penalty, stands_at_zero) = self.penalty(columns + at);
            if size > 0 && penalty > room {
                if stands_at_zero {
                    high = high.min(size - 1);
                } else {
                    low = low.max(size);
                }
            }
        }
        (low, high)
    }

    /// The basis by name, for the children.
    pub fn names(&self) -> Box<[u32]> {
        let columns = self.free.len();
        let name = |&column: &usize| match self.logical.get(column.wrapping_sub(columns)) {
            Some(logical) => logical.name,
            None => self.free[column],
        };
        self.basis.iter().map(name).collect()
    }

    fn read_values(&mut self) {
        let columns = self.free.len();
        self.value.clear();
        self.value
            .extend(self.at_upper[..columns].iter().map(|&up| f64::from(u8::from(up))));
        for (&column, &level) in self.basis.iter().zip(&self.level) {
            if column < columns {
                self.value[column] = level.clamp(0.0, 1.0);
            }
        }
    }
}

/// `out = matrix · vector`.
fn multiply(matrix: &[f64], vector: &[f64], m: usize, out: &mut Vec<f64>) {
    out.clear();
    out.extend(
        matrix
            .chunks_exact(m)
            .map(|line| line.iter().zip(vector).map(|(a, b)| a * b).sum::<f64>()),
    );
}
