//! An exact simplex method for few rows and many columns of zeros and ones.

use super::SplitError;

/// A column: which players it contains, whether it stands in the row of ε, its cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub group: usize,
    pub counted: bool,
    /// May be negative in the solution, and then never leaves the basis.
    pub free: bool,
    pub cost: i128,
}

/// The optimum of min Σ cost·y with Σ y·1_S = 0 for every player, Σ_{counted} y = 1 and y ≥ 0 but for free columns.
#[derive(Clone, Debug)]
pub(super) struct Optimum {
    /// Multipliers of the players' rows and, last, of the row of ε, over `denominator`: the primal solution x, ε.
    pub prices: Vec<i128>,
    /// (index of the column, level over `denominator`) of the basis, levels of 0 left out.
    pub levels: Vec<(usize, i128)>,
    /// Above 0.
    pub denominator: i128,
}

/// Integer pivoting: `matrix` is the inverse of the basis times its determinant `det` > 0, so every entry is a
/// minor of zeros and ones, small by Hadamard's inequality, and every division is exact. (Edmonds 1967; Bareiss 1968.)
struct Tableau<'a> {
    columns: &'a [Column],
    rows: usize,
    matrix: Vec<Vec<i128>>,
    det: i128,
    /// Column of each row; `None` is an artificial one.
    basis: Vec<Option<usize>>,
}

/// Solves the problem of `columns` for `players` players; `None` if it has no solution.
///
/// Bland's rule: the first column that improves enters, of equal ratios the row of the first column leaves; it ends.
pub(super) fn minimise(players: usize, columns: &[Column]) -> Result<Option<Optimum>, SplitError> {
    let rows = players + 1;
    let unit = |row: usize| (0..rows).map(|at| i128::from(at == row)).collect();
    let mut tableau = Tableau {
        columns,
        rows,
        matrix: (0..rows).map(unit).collect(),
        det: 1,
        basis: vec![None; rows],
    };
    tableau.solve().ok_or(SplitError::Inexact)
}

impl Tableau<'_> {
    /// The outer `None` is an overflow.
    fn solve(&mut self) -> Option<Option<Optimum>> {
        let last = self.rows - 1;
        for index in 0..self.columns.len() {
            if self.columns[index].free {
                self.enter_anywhere(index)?;
            }
        }
        // First the artificial columns are brought to 0, then those that stay at 0 are exchanged.
        self.optimise(true)?;
        for row in 0..self.rows {
            if self.basis[row].is_none() && self.matrix[row][last] != 0 {
                return Some(None);
            }
        }
        for index in 0..self.columns.len() {
            if !self.basis.contains(&Some(index)) {
                self.enter_anywhere(index)?;
            }
        }
        self.optimise(false)?;
        let prices = self.prices(false)?;
        let levels = (0..self.rows)
            .filter_map(|row| Some((self.basis[row]?, self.matrix[row][last])))
            .filter(|&(_, level)| level != 0)
            .collect();
        Some(Some(Optimum {
            prices,
            levels,
            denominator: self.det,
        }))
    }

    /// `matrix` times the column.
    fn direction(&self, index: usize) -> Option<Vec<i128>> {
        let column = self.columns[index];
        let mut direction = Vec::with_capacity(self.rows);
        for row in &self.matrix {
            let mut sum = if column.counted { row[self.rows - 1] } else { 0 };
            for (player, entry) in row.iter().take(self.rows - 1).enumerate() {
                if column.group >> player & 1 == 1 {
                    sum = sum.checked_add(*entry)?;
                }
            }
            direction.push(sum);
        }
        Some(direction)
    }

    /// Brings a column into a row of an artificial column at level 0, if it can stand there.
    fn enter_anywhere(&mut self, index: usize) -> Option<()> {
        let direction = self.direction(index)?;
        let row = (0..self.rows).find(|&row| {
            self.basis[row].is_none() && self.matrix[row][self.rows - 1] == 0 && direction[row] != 0
        });
        match row {
            Some(row) => self.pivot(index, row, &direction),
            None => Some(()),
        }
    }

    /// Simplex from the present basis: the sum of the artificial columns, or the cost.
    fn optimise(&mut self, artificial: bool) -> Option<()> {
        loop {
            let prices = self.prices(artificial)?;
            let mut entering = None;
            for (index, column) in self.columns.iter().enumerate() {
                if column.free || self.basis.contains(&Some(index)) {
                    continue;
                }
                let mut reduced = match artificial {
                    true => 0,
                    false => column.cost.checked_mul(self.det)?,
                };
                for (player, price) in prices.iter().take(self.rows - 1).enumerate() {
                    if column.group >> player & 1 == 1 {
                        reduced = reduced.checked_sub(*price)?;
                    }
                }
                if column.counted {
                    reduced = reduced.checked_sub(prices[self.rows - 1])?;
                }
                if reduced < 0 {
                    entering = Some(index);
                    break;
                }
            }
            let Some(entering) = entering else { return Some(()) };
            let direction = self.direction(entering)?;
            let last = self.rows - 1;
            let mut leaving: Option<usize> = None;
            for row in 0..self.rows {
                let free = self.basis[row].is_some_and(|index| self.columns[index].free);
                if free || direction[row] <= 0 {
                    continue;
                }
                let before = match leaving {
                    None => true,
                    Some(best) => {
                        let mine = self.matrix[row][last].checked_mul(direction[best])?;
                        let other = self.matrix[best][last].checked_mul(direction[row])?;
                        mine < other || mine == other && self.basis[row] < self.basis[best]
                    }
                };
                if before {
                    leaving = Some(row);
                }
            }
            // Levels of counted columns sum to 1 and extra ones are bounded by them: a ray would be an error.
            self.pivot(entering, leaving?, &direction)?;
        }
    }

    /// Multipliers times `det`: the cost of the basis times `matrix`.
    fn prices(&self, artificial: bool) -> Option<Vec<i128>> {
        let mut prices = vec![0_i128; self.rows];
        for (row, basic) in self.matrix.iter().zip(&self.basis) {
            let cost = match basic {
                None => i128::from(artificial),
                Some(index) if !artificial => self.columns[*index].cost,
                Some(_) => 0,
            };
            if cost != 0 {
                for (price, entry) in prices.iter_mut().zip(row) {
                    *price = price.checked_add(cost.checked_mul(*entry)?)?;
                }
            }
        }
        Some(prices)
    }

    fn pivot(&mut self, entering: usize, leaving: usize, direction: &[i128]) -> Option<()> {
        let pivot = direction[leaving];
        let kept = self.matrix[leaving].clone();
        for (row, &slope) in direction.iter().enumerate() {
            if row == leaving {
                continue;
            }
            for (entry, keep) in self.matrix[row].iter_mut().zip(&kept) {
                let product = entry.checked_mul(pivot)?.checked_sub(slope.checked_mul(*keep)?)?;
                *entry = product / self.det;
            }
        }
        self.det = pivot;
        if pivot < 0 {
            self.det = -pivot;
            for entry in self.matrix.iter_mut().flatten() {
                *entry = -*entry;
            }
        }
        self.basis[leaving] = Some(entering);
        Some(())
    }
}
