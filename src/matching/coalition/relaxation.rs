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

use super::model::Model;
use super::node::{Counts, Node};

/// No place.
pub(super) const NONE: usize = usize::MAX;

/// A logical variable: −1 in one row.
#[derive(Clone, Copy)]
pub(super) struct Logical {
    pub row: usize,
    pub name: u32,
}

/// Working space for the relaxations of one search, refilled for each node.
#[derive(Default)]
pub(super) struct Relaxation {
    /// The structural columns: free candidates, rising.
    pub free: Vec<u32>,
    /// Rows of requirements, then of sectors, then of the size.
    pub m: usize,
    pub open: usize,
    /// `coef[row * free.len() + column]` for the requirement rows.
    pub coef: Vec<f64>,
    /// The row of each column's sector, or `NONE`.
    pub sector_row: Vec<usize>,
    pub rhs: Vec<f64>,
    pub logical: Vec<Logical>,
    /// By column, logical ones after the structural ones.
    pub cost: Vec<f64>,
    pub upper: Vec<f64>,
    pub reduced: Vec<f64>,
    pub at_upper: Vec<bool>,
    pub basic: Vec<bool>,
    /// `inverse[row * m + …]`.
    pub inverse: Vec<f64>,
    pub basis: Vec<usize>,
    pub level: Vec<f64>,
    pub multipliers: Vec<f64>,
    pub alpha: Vec<f64>,
    pub column: Vec<f64>,
    pub shift: Vec<f64>,
    pub place: Vec<usize>,
    /// The value of each structural column at the end.
    pub value: Vec<f64>,
    /// Objective of the fixed part.
    pub base: f64,
    /// No coalition of the node is cheaper; rigorous.
    pub bound: f64,
    /// What rounding may have done to the bound.
    pub error: f64,
    /// Whether the node has been solved to the end, so that `value` means something.
    pub solved: bool,
    /// Multipliers of the requirements of the model (0 for closed ones), for the heuristics.
    pub price: Vec<f64>,
    pub row_of: Vec<usize>,
    pub sizes: (usize, usize),
    pub each_size: bool,
    /// The name of the size row's own variable; that of the k-th member is k more.
    pub size_name: usize,
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

    /// B⁻¹ times a column, into `self.column`.
    pub(super) fn enter(&mut self, column: usize) {
        let m = self.m;
        self.shift.clear();
        self.shift.resize(m, 0.0);
        self.add_column(column, 1.0);
        multiply(&self.inverse, &self.shift, m, &mut self.column);
    }

    /// `self.shift += factor · column`.
    pub(super) fn add_column(&mut self, column: usize, factor: f64) {
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
    pub(super) fn pivot(&mut self, row: usize) {
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
    pub(super) fn price_out(&mut self) {
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
    pub(super) fn reduce(&mut self) {
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
    pub(super) fn times_columns(&self, rows: &[f64], out: &mut Vec<f64>) {
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
    pub(super) fn levels(&mut self) {
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

    /// Lagrangian bound of the present multipliers, which `reduced` belongs to, and what rounding may have done to it.
    pub(super) fn safe_bound(&mut self) {
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

    pub(super) fn read_values(&mut self) {
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
pub(super) fn multiply(matrix: &[f64], vector: &[f64], m: usize, out: &mut Vec<f64>) {
    out.clear();
    out.extend(
        matrix
            .chunks_exact(m)
            .map(|line| line.iter().zip(vector).map(|(a, b)| a * b).sum::<f64>()),
    );
}
