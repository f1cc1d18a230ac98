//! Exact shares to whole units: every entry of a table rounded down or up, the sums of rows kept to the unit, no column
//! above its cap.
//!
//! If the exact shares of a row sum to its whole total and those of a column do not exceed its whole cap, such a table
//! exists: the parts after the point are a flow through unit edges from rows to columns whose ends have whole
//! capacities, and flows with whole capacities have whole solutions (Dantzig and Hoffman 1956; for tables: Bacharach,
//! *Matrix Rounding Problems*, Management Science 12, 1966; Cox, *Controlled Matrix Rounding*, JASA 82, 1987).

use std::collections::VecDeque;

/// An exact share of a row (a project) in a column (who pays).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Position of the row.
    pub row: usize,
    /// Position of the column.
    pub column: usize,
    /// The share rounded down.
    pub whole: u64,
    /// What is after the point, in units of 2⁻³²; 0 only if the share is whole. Larger parts are rounded up first, where
    /// there is a choice; no sum depends on it.
    pub part: u32,
}

impl Share {
    /// The share `above`/`below` (0 for a zero below), cut at `u64::MAX`.
    pub fn of_fraction(row: usize, column: usize, above: u128, below: u128) -> Self {
        let below = below.max(1);
        let (whole, rest) = (above / below, above % below);
        let part = rest
            .checked_mul(1 << 32)
            .map_or_else(|| rest / (below >> 32).max(1), |rest| rest / below);
        Self {
            row,
            column,
            whole: u64::try_from(whole).unwrap_or(u64::MAX),
            part: part_of(part, rest > 0),
        }
    }

    /// A share known in floating point only (0 for one that is no number or below 0).
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts of floats stop at the ends"
    )]
    pub fn of_float(row: usize, column: usize, amount: f64) -> Self {
        let down = libm::floor(amount.max(0.0));
        let part = (amount.max(0.0) - down) * 4_294_967_296.0;
        Self {
            row,
            column,
            whole: down as u64,
            part: part_of(part as u128, part > 0.0),
        }
    }
}

fn part_of(part: u128, is_some: bool) -> u32 {
    u32::try_from(part).unwrap_or(u32::MAX).max(u32::from(is_some))
}

/// `amounts[k]` for `shares[k]`: each its share rounded down or up, each row summing to `totals[row]`, no column above
/// `caps[column]` (a missing cap: none).
///
/// That holds wherever the shares of each row sum to its total exactly and those of each column to at most its cap.
/// Where they do not (shares from floating point), rows still sum to their totals as long as there is room below the
/// caps in the row's own columns, and the entries that must be are off by more than a unit. A row without shares gets
/// nothing. At most one share for each pair of row and column. Deterministic: parts in falling order, ties by position.
///
/// Cost: O(k log k) for k shares, and O(k) for each unit that has to push others aside.
pub fn round(totals: &[u64], caps: &[u64], shares: &[Share]) -> Vec<u64> {
    let mut table = Table::new(totals, caps, shares);
    table.order_rows();
    table.hand_out();
    for row in 0..totals.len() {
        while table.missing.get(row).is_some_and(|&missing| missing > 0) && table.push_through(row) {}
    }
    table.force();
    table.amounts
}

struct Table<'a> {
    shares: &'a [Share],
    amounts: Vec<u64>,
    /// Shares by row and by column: positions.
    of_row: Vec<Vec<usize>>,
    of_column: Vec<Vec<usize>>,
    /// What a row still lacks.
    missing: Vec<u64>,
    /// What a column may still take.
    room: Vec<u64>,
}

impl<'a> Table<'a> {
    fn new(totals: &[u64], caps: &[u64], shares: &'a [Share]) -> Self {
        let columns = shares.iter().map(|share| share.column + 1).max().unwrap_or(0);
        let mut of_row = vec![Vec::new(); totals.len()];
        let mut of_column = vec![Vec::new(); columns];
        let mut missing = totals.to_vec();
        let mut room: Vec<u64> = (0..columns)
            .map(|column| caps.get(column).copied().unwrap_or(u64::MAX))
            .collect();
        let mut amounts = vec![0; shares.len()];
        for (position, share) in shares.iter().enumerate() {
            let (Some(row), Some(column)) = (of_row.get_mut(share.row), of_column.get_mut(share.column))
            else {
                continue;
            };
            row.push(position);
            column.push(position);
            // Never more than the row wants and the column holds: so no later step can go below 0.
            let amount = share.whole.min(missing[share.row]).min(room[share.column]);
            amounts[position] = amount;
            missing[share.row] -= amount;
            room[share.column] -= amount;
        }
        Self {
            shares,
            amounts,
            of_row,
            of_column,
            missing,
            room,
        }
    }

    fn order_rows(&mut self) {
        for row in &mut self.of_row {
            let shares = self.shares;
            row.sort_unstable_by_key(|&position| (std::cmp::Reverse(shares[position].part), position));
        }
    }

    fn is_up(&self, position: usize) -> bool {
        self.amounts[position] > self.shares[position].whole
    }

    fn may_go_up(&self, position: usize) -> bool {
        let share = &self.shares[position];
        share.part > 0 && self.amounts[position] == share.whole
    }

    /// A unit to each row's largest parts, wherever the column has room.
    fn hand_out(&mut self) {
        for row in 0..self.of_row.len() {
            for place in 0..self.of_row[row].len() {
                if self.missing[row] == 0 {
                    break;
                }
                let position = self.of_row[row][place];
                let column = self.shares[position].column;
                if self.may_go_up(position) && self.room[column] > 0 {
                    self.amounts[position] += 1;
                    self.missing[row] -= 1;
                    self.room[column] -= 1;
                }
            }
        }
    }

    /// One unit for `row` along a shortest path: up in a full column, down in it for another row, and so on, to a column
    /// with room. Whether there is one.
    fn push_through(&mut self, row: usize) -> bool {
        // By column: the share that led to it.
        let mut came_by: Vec<Option<usize>> = vec![None; self.of_column.len()];
        // By row: the share that was given up to come to it.
        let mut given_up: Vec<Option<usize>> = vec![None; self.of_row.len()];
        let mut seen = vec![false; self.of_row.len()];
        seen[row] = true;
        let mut queue = VecDeque::from([row]);
        let mut end = None;
        'search: while let Some(at) = queue.pop_front() {
            for &position in &self.of_row[at] {
                let column = self.shares[position].column;
                if !self.may_go_up(position) || came_by[column].is_some() {
                    continue;
                }
                came_by[column] = Some(position);
                if self.room[column] > 0 {
                    end = Some(column);
                    break 'search;
                }
                for &other in &self.of_column[column] {
                    let next = self.shares[other].row;
                    if self.is_up(other) && !seen[next] {
                        seen[next] = true;
                        given_up[next] = Some(other);
                        queue.push_back(next);
                    }
                }
            }
        }
        let Some(end) = end else { return false };
        self.room[end] -= 1;
        self.missing[row] -= 1;
        let mut column = end;
        while let Some(position) = came_by[column] {
            self.amounts[position] += 1;
            let Some(other) = given_up[self.shares[position].row] else {
                break;
            };
            self.amounts[other] -= 1;
            column = self.shares[other].column;
        }
        true
    }

    /// Shares that did not sum to their totals: what is missing goes where there is room.
    fn force(&mut self) {
        for row in 0..self.of_row.len() {
            for &position in &self.of_row[row] {
                let column = self.shares[position].column;
                let amount = self.missing[row].min(self.room[column]);
                self.amounts[position] += amount;
                self.missing[row] -= amount;
                self.room[column] -= amount;
            }
        }
    }
}
