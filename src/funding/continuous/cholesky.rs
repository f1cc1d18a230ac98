//! Symmetric positive definite systems, small and dense.

/// A square matrix, row by row; only the lower triangle is read and written.
#[derive(Clone, Debug, Default)]
pub(super) struct Symmetric {
    size: usize,
    cells: Vec<f64>,
    /// The original diagonal, to tell a pivot that is nothing but rounding.
    diagonal: Vec<f64>,
}

/// A pivot this small beside the diagonal it came from is rounding: that direction is left alone.
const ROUNDING: f64 = 1e-30;

impl Symmetric {
    /// All zeros, `size` × `size`.
    pub(super) fn reset(&mut self, size: usize) {
        self.size = size;
        self.cells.clear();
        self.cells.resize(size * size, 0.0);
    }

    /// Adds to the cell in `row` and `column` ≤ `row`.
    pub(super) fn add(&mut self, row: usize, column: usize, value: f64) {
        debug_assert!(column <= row, "lower triangle");
        self.cells[row * self.size + column] += value;
    }

    /// L with L·Lᵀ = this matrix, in place. A pivot that is not above [`ROUNDING`] of its diagonal is taken as infinite,
    /// so that [`Self::solve`] does not move along it (Wright, *Primal-Dual Interior-Point Methods*, 1997, ch. 11).
    ///
    /// Cost: n³/6 multiplications.
    pub(super) fn factor(&mut self) {
        let n = self.size;
        self.diagonal.clear();
        self.diagonal.extend((0..n).map(|at| self.cells[at * n + at]));
        for row in 0..n {
            let (above, rest) = self.cells.split_at_mut(row * n);
            let current = &mut rest[..n];
            for column in 0..row {
                let other = &above[column * n..column * n + column + 1];
                let done = dot(&current[..column], &other[..column]);
                current[column] = (current[column] - done) / other[column];
            }
            let pivot = current[row] - dot(&current[..row], &current[..row]);
            current[row] = if pivot > ROUNDING * self.diagonal[row].max(f64::MIN_POSITIVE) {
                pivot.sqrt()
            } else {
                1e150
            };
        }
    }

    /// Solves (L·Lᵀ)·x = `side` in place, after [`Self::factor`].
    pub(super) fn solve(&self, side: &mut [f64]) {
        let n = self.size;
        for row in 0..n {
            let line = &self.cells[row * n..row * n + row + 1];
            side[row] = (side[row] - dot(&line[..row], &side[..row])) / line[row];
        }
        for row in (0..n).rev() {
            let line = &self.cells[row * n..row * n + row + 1];
            side[row] /= line[row];
            let value = side[row];
            for (above, cell) in side[..row].iter_mut().zip(line) {
                *above -= cell * value;
            }
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_and_leaves_a_direction_without_weight_alone() {
        let mut matrix = Symmetric::default();
        matrix.reset(3);
        // 2 × 2 of rank 2, and a third variable nothing is said about.
        for (row, column, value) in [(0, 0, 4.0), (1, 0, 2.0), (1, 1, 3.0)] {
            matrix.add(row, column, value);
        }
        matrix.factor();
        let mut side = [10.0, 8.0, 0.0];
        matrix.solve(&mut side);
        assert!((side[0] - 1.75).abs() < 1e-12 && (side[1] - 1.5).abs() < 1e-12 && side[2] == 0.0);
    }
}
