//! How a node becomes rows, columns and a first basis.

use super::model::{Model, index};
use super::node::{Counts, Node};
use super::relaxation::{Logical, NONE, Relaxation, float, float_wide};

impl Relaxation {
    /// Rows and columns of `node`.
    pub(super) fn load(&mut self, model: &Model, node: &Node, counts: &Counts) {
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
    pub(super) fn start(&mut self, model: &Model, node: &Node) {
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
}
