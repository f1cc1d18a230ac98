//! Payments on a guessed set of critical projects of each donor: the prices that follow, payments that fit them, and how far
//! they are from an equilibrium. `paid[cell]` is what a cell's donor pays for its project, as parts of 1.

use super::cholesky::Symmetric;
use super::donors::Standard;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What a cell that joins the critical ones is paid until payments are evened out, of what its donor gives.
const TRIFLE: f64 = 1e-6;

/// Passes that even out the payments of a guessed set of critical cells: a pass drops cells that would be paid less than
/// nothing, and the next mends what rounding did to small sums beside large ones.
const EVENING_PASSES: usize = 8;

/// Sums as even as this, relative, are even.
const EVEN: f64 = 1e-14;

/// min_x δ(x)/v_i(x).
pub(super) fn least_level(cells: &[(usize, f64)], split: &[f64]) -> f64 {
    let levels = cells.iter().map(|&(column, value)| split[column] / value);
    levels.fold(f64::INFINITY, f64::min)
}

/// What each column gets.
pub(super) fn received(standard: &Standard, paid: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; standard.columns()];
    for (&(column, _), amount) in standard.cells().iter().zip(paid) {
        sums[column] += amount;
    }
    sums
}

/// The certificate of payments alone: how far a paid cell lies above its row's minimum, or a row's payments from its weight.
pub(super) fn excess_of(standard: &Standard, paid: &[f64]) -> f64 {
    let split = received(standard, paid);
    let mut worst = 0.0_f64;
    for row in 0..standard.rows() {
        let (offset, cells) = (standard.offset(row), standard.row(row));
        let least = least_level(cells, &split);
        let sum: f64 = paid[offset..offset + cells.len()].iter().sum();
        let off = (sum / standard.weights[row] - 1.0).abs();
        worst = if off.is_nan() {
            f64::INFINITY
        } else {
            worst.max(off)
        };
        for (place, &(column, value)) in cells.iter().enumerate() {
            let excess = split[column] / value / least - 1.0;
            if paid[offset + place] > 0.0 {
                // Not a number where a project gets nothing.
                worst = if excess.is_nan() {
                    f64::INFINITY
                } else {
                    worst.max(excess)
                };
            }
        }
    }
    worst
}

/// Lets every donor whose least level lies at a project it does not pay for pay a trifle there; whether there was any.
pub(super) fn mend(standard: &Standard, paid: &mut [f64]) -> bool {
    let split = received(standard, paid);
    let mut mended = false;
    for row in 0..standard.rows() {
        let (offset, cells) = (standard.offset(row), standard.row(row));
        let least = least_level(cells, &split);
        let lowest = cells
            .iter()
            .position(|&(column, value)| split[column] / value <= least);
        if let Some(amount) = lowest.and_then(|place| paid.get_mut(offset + place))
            && *amount == 0.0
        {
            *amount = TRIFLE * standard.weights[row];
            mended = true;
        }
    }
    mended
}

/// The connected parts of donors and projects joined by payments, and the prices that follow.
pub(super) struct Parts {
    /// The first column of each part.
    roots: Vec<usize>,
    prices: Vec<f64>,
}

impl Parts {
    /// `None` if somebody pays for nothing, or something is paid by nobody.
    pub(super) fn of(standard: &Standard, paid: &[f64]) -> Option<Self> {
        let (rows, columns) = (standard.rows(), standard.columns());
        let mut payers: Vec<Vec<(usize, f64)>> = vec![Vec::new(); columns];
        for row in 0..rows {
            for (place, &(column, value)) in standard.row(row).iter().enumerate() {
                if paid[standard.offset(row) + place] > 0.0 {
                    payers[column].push((row, value));
                }
            }
        }
        let (mut prices, mut seen) = (vec![0.0; columns], vec![false; rows]);
        let mut roots = Vec::new();
        for root in 0..columns {
            if prices[root] > 0.0 {
                continue;
            }
            prices[root] = 1.0;
            let (mut members, mut next, mut weight) = (vec![root], 0, 0.0);
            while let Some(&column) = members.get(next) {
                next += 1;
                for &(row, value) in &payers[column] {
                    if seen[row] {
                        continue;
                    }
                    seen[row] = true;
                    weight += standard.weights[row];
                    let level = prices[column] / value;
                    for (place, &(other, other_value)) in standard.row(row).iter().enumerate() {
                        if paid[standard.offset(row) + place] > 0.0 && prices[other] == 0.0 {
                            prices[other] = level * other_value;
                            members.push(other);
                        }
                    }
                }
            }
            let sum: f64 = members.iter().map(|&column| prices[column]).sum();
            let scale = weight / sum;
            if !(scale > 0.0 && scale.is_finite()) {
                return None;
            }
            for &column in &members {
                prices[column] *= scale;
            }
            roots.push(root);
        }
        seen.iter().all(|&seen| seen).then_some(Self { roots, prices })
    }

    /// Changes payments as little as possible (in the sense of Σ change²/payment) until rows sum to the weights and columns
    /// to the prices: linear equations, in one unknown a column. A payment that would fall below 0 is dropped, and the rest
    /// evened out anew.
    pub(super) fn even_out(&self, standard: &Standard, paid: &mut [f64], matrix: &mut Symmetric) {
        for _ in 0..EVENING_PASSES {
            matrix.reset(self.prices.len());
            let mut side = self.prices.clone();
            let mut sums = Vec::with_capacity(standard.rows());
            let mut totals = received(standard, paid);
            let off = self.prices.iter().zip(&totals);
            let mut uneven = off.fold(0.0_f64, |worst, (price, total)| {
                worst.max((price - total).abs() / price)
            });
            totals.fill(0.0);
            for row in 0..standard.rows() {
                let (offset, cells) = (standard.offset(row), standard.row(row));
                let own = &paid[offset..offset + cells.len()];
                let sum: f64 = own.iter().sum();
                let missing = standard.weights[row] - sum;
                uneven = uneven.max(missing.abs() / standard.weights[row]);
                for (place, (&(column, _), &amount)) in cells.iter().zip(own).enumerate() {
                    if amount == 0.0 {
                        continue;
                    }
                    totals[column] += amount;
                    side[column] -= amount + amount / sum * missing;
                    for (&(other, _), &other_amount) in cells[..=place].iter().zip(own) {
                        let (high, low) = if column > other {
                            (column, other)
                        } else {
                            (other, column)
                        };
                        matrix.add(high, low, -(amount / sum * other_amount));
                    }
                }
                sums.push((sum, missing));
            }
            if uneven <= EVEN {
                break;
            }
            for (column, &total) in totals.iter().enumerate() {
                matrix.add(column, column, total);
            }
            // Raising all columns of a part and lowering its rows as much changes nothing: the first column stays.
            for &root in &self.roots {
                matrix.add(root, root, totals[root]);
            }
            matrix.factor();
            matrix.solve(&mut side);
            for (row, &(sum, missing)) in sums.iter().enumerate() {
                let (offset, cells) = (standard.offset(row), standard.row(row));
                let own = &mut paid[offset..offset + cells.len()];
                let moved: f64 = cells
                    .iter()
                    .zip(own.iter())
                    .map(|(&(column, _), amount)| amount * side[column])
                    .sum();
                let level = (missing - moved) / sum;
                for (&(column, _), amount) in cells.iter().zip(own) {
                    let changed = *amount + *amount * (level + side[column]);
                    *amount = changed.max(0.0);
                }
            }
        }
    }

    /// The same where cells form no cycle: whoever has one cell left pays or gets all that is left there, one after the other,
    /// the smallest first, so that what rounding leaves ends at the largest, where it is least. `None` if there is a cycle.
    pub(super) fn stripped(&self, standard: &Standard, paid: &[f64]) -> Option<Vec<f64>> {
        let rows = standard.rows();
        // Nodes: rows, then columns; each with what is left of it and its open cells.
        let mut left = [&standard.weights[..], &self.prices[..]].concat();
        let mut open: Vec<Vec<(usize, usize)>> = vec![Vec::new(); left.len()];
        for row in 0..rows {
            for (place, &(column, _)) in standard.row(row).iter().enumerate() {
                let cell = standard.offset(row) + place;
                if paid[cell] > 0.0 {
                    open[row].push((rows + column, cell));
                    open[rows + column].push((row, cell));
                }
            }
        }
        let mut exact = vec![0.0; paid.len()];
        // Positive floats are ordered as their bits.
        let size: Vec<u64> = left.iter().map(|amount| amount.to_bits()).collect();
        let leaves = (0..left.len()).filter(|&node| open[node].len() == 1);
        let mut leaves: BinaryHeap<_> = leaves.map(|node| Reverse((size[node], node))).collect();
        while let Some(Reverse((_, leaf))) = leaves.pop() {
            let Some(&(other, cell)) = open[leaf].first() else {
                continue;
            };
            let amount = left[leaf].max(0.0);
            exact[cell] = amount;
            left[other] -= amount;
            open[leaf].clear();
            open[other].retain(|&(_, joined)| joined != cell);
            if open[other].len() == 1 {
                leaves.push(Reverse((size[other], other)));
            }
        }
        open.iter().all(Vec::is_empty).then_some(exact)
    }
}
