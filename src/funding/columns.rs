//! Many runs of a rule at once, column by column: one quantity's values lie together, so that most loops run through
//! memory in order, without a jump to guess wrong, and work on several runs at once.

use super::{Outcome, Pool};
use gotong_kernel::{counts, rule};
use std::ops::Range;

/// Runs in a full block.
pub const BLOCK: usize = 1024;

/// From one column to the next. A little more than a block, so that the values of one run, which some mechanisms take
/// together, do not all fall into the same few lines of the cache.
const STRIDE: usize = BLOCK + 8;

/// Columns of equal length, at most [`BLOCK`].
#[derive(Clone, Debug, Default)]
pub struct Columns<T> {
    values: Vec<T>,
    len: usize,
}

impl<T: Copy + Default> Columns<T> {
    /// So many columns, empty.
    pub fn new(columns: usize) -> Self {
        Self {
            values: vec![T::default(); columns * STRIDE],
            len: 0,
        }
    }

    /// All columns get this length, at most [`BLOCK`].
    pub fn set_len(&mut self, len: usize) {
        self.len = len.min(BLOCK);
    }

    /// The column at this position; empty if there is none.
    #[inline]
    pub fn column(&self, position: usize) -> &[T] {
        let start = position * STRIDE;
        self.values.get(start..start + self.len).unwrap_or_default()
    }

    /// The same, to be written.
    #[inline]
    pub fn column_mut(&mut self, position: usize) -> &mut [T] {
        let start = position * STRIDE;
        self.values.get_mut(start..start + self.len).unwrap_or_default()
    }

    /// Every column in order.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> {
        let columns = self.values.chunks(STRIDE);
        columns.map(|column| column.get(..self.len).unwrap_or_default())
    }

    /// The values of all columns at `place`, into `row`.
    #[inline]
    pub fn row(&self, place: usize, row: &mut [T]) {
        let mut at = place;
        for slot in row {
            if let Some(value) = self.values.get(at) {
                *slot = *value;
            }
            at += STRIDE;
        }
    }

    /// Writes `row` at `place` of all columns.
    #[inline]
    pub fn set_row(&mut self, place: usize, row: &[T]) {
        let mut at = place;
        for value in row {
            if let Some(slot) = self.values.get_mut(at) {
                *slot = *value;
            }
            at += STRIDE;
        }
    }
}

/// What a rule did in a block of runs: the figures of [`Outcome`] that need no explanation.
#[derive(Clone, Debug)]
pub struct BlockOutcome {
    /// What each project gets.
    pub granted_minor: Columns<u64>,
    /// What each participant spends.
    pub spent_minor: Columns<u64>,
    /// Whether each project is funded.
    pub funded: Columns<bool>,
    pub(super) desk: Desk,
}

/// Room for the work on a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Desk {
    /// What is left in each account.
    pub left_minor: Columns<u64>,
    /// What each held.
    held_minor: Columns<u64>,
    /// Purses of the participants told so far, what they spent, and spent / held.
    until: Vec<u64>,
    before: Vec<u64>,
    ratios: Vec<f64>,
    purses_row: Vec<u64>,
    costs_row: Vec<u64>,
    outcome: Outcome,
}

impl BlockOutcome {
    /// Room for blocks of runs of this pool.
    pub fn new(pool: &Pool) -> Self {
        let (projects, participants) = (pool.projects(), pool.participants());
        let accounts = pool.accounts().map_or(0, super::accounts::Accounts::len);
        Self {
            granted_minor: Columns::new(projects),
            spent_minor: Columns::new(participants),
            funded: Columns::new(projects),
            desk: Desk {
                left_minor: Columns::new(accounts),
                held_minor: Columns::new(accounts),
                purses_row: vec![0; participants],
                costs_row: vec![0; projects],
                ..Desk::default()
            },
        }
    }

    /// The block has `len` runs, at most [`BLOCK`].
    pub fn set_len(&mut self, len: usize) {
        self.granted_minor.set_len(len);
        self.spent_minor.set_len(len);
        self.funded.set_len(len);
        self.desk.left_minor.set_len(len);
        self.desk.held_minor.set_len(len);
    }
}

/// Above so many purses in an account sums are no longer sure to stay below 2⁶³.
const MOST_MEMBERS: usize = 4096;

impl Pool {
    /// [`Pool::run`] for the runs at `places` of a block: `purses_minor` and `costs_minor` have a column for each
    /// participant and project. What it does is the same, run by run; rules that look at projects in an order known
    /// before do it column by column.
    pub fn run_block(
        &self,
        purses_minor: &Columns<u64>,
        costs_minor: &Columns<u64>,
        places: Range<usize>,
        results: &mut BlockOutcome,
    ) {
        if self.pool_columns(purses_minor, &places, results)
            && self.mechanism().run_columns(self, costs_minor, &places, results)
        {
            self.tell_apart_columns(purses_minor, &places, results);
            return;
        }
        for place in places {
            let desk = &mut results.desk;
            purses_minor.row(place, &mut desk.purses_row);
            costs_minor.row(place, &mut desk.costs_row);
            self.run(&desk.purses_row, &desk.costs_row, &mut desk.outcome);
            results.granted_minor.set_row(place, &desk.outcome.granted_minor);
            results.spent_minor.set_row(place, &desk.outcome.spent_minor);
            results.funded.set_row(place, &desk.outcome.funded);
        }
    }

    /// What each account holds; whether it can be handled column by column at all: purses are shared, no condition is
    /// to be settled first, and every amount is below 2⁵⁰.
    fn pool_columns(
        &self,
        purses_minor: &Columns<u64>,
        places: &Range<usize>,
        results: &mut BlockOutcome,
    ) -> bool {
        let Some(accounts) = self.accounts().filter(|_| self.settlement().is_none()) else {
            return false;
        };
        let desk = &mut results.desk;
        let mut bits = 0;
        for account in 0..accounts.len() {
            let members = accounts.members(account);
            if members.len() > MOST_MEMBERS {
                return false;
            }
            let Some(held) = desk.held_minor.column_mut(account).get_mut(places.clone()) else {
                return false;
            };
            held.fill(0);
            for &member in members {
                let purses = purses_minor.column(member as usize);
                let purses = purses.get(places.clone()).unwrap_or_default();
                bits |= counts::bits(purses).0;
                counts::add(held, purses);
                if bits >> 50 != 0 {
                    return false;
                }
            }
            bits |= counts::bits(held).0;
            let left = desk.left_minor.column_mut(account);
            if let Some(left) = left.get_mut(places.clone()) {
                left.copy_from_slice(held);
            }
        }
        bits >> 50 == 0
    }

    /// [`Accounts::tell_apart`](super::accounts::Accounts::tell_apart), column by column.
    fn tell_apart_columns(
        &self,
        purses_minor: &Columns<u64>,
        places: &Range<usize>,
        results: &mut BlockOutcome,
    ) {
        let Some(accounts) = self.accounts() else { return };
        let Desk {
            left_minor,
            held_minor,
            until,
            before,
            ratios,
            ..
        } = &mut results.desk;
        for account in 0..accounts.len() {
            let Some((&last, members)) = accounts.members(account).split_last() else {
                continue;
            };
            // From here on: what the account spent.
            let left = left_minor.column_mut(account);
            let (Some(spent), Some(held)) = (
                left.get_mut(places.clone()),
                held_minor.column(account).get(places.clone()),
            ) else {
                continue;
            };
            ratios.resize(held.len(), 0.0);
            rule::spend(held, spent, ratios);
            for list in [&mut *until, &mut *before] {
                list.clear();
                list.resize(held.len(), 0);
            }
            for &member in members {
                let purses = purses_minor.column(member as usize).get(places.clone());
                let own = results.spent_minor.column_mut(member as usize);
                let (Some(purses), Some(own)) = (purses, own.get_mut(places.clone())) else {
                    continue;
                };
                rule::tell_apart((spent, held, ratios), purses, until, before, own);
            }
            let own = results.spent_minor.column_mut(last as usize);
            if let Some(own) = own.get_mut(places.clone()) {
                rule::tell_last(spent, before, own);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_columns_are_the_same_values() {
        let mut columns: Columns<u64> = Columns::new(3);
        columns.set_len(BLOCK);
        for place in 0..BLOCK {
            let place_u64 = place as u64;
            columns.set_row(place, &[place_u64, 2 * place_u64, 3 * place_u64]);
        }
        assert_eq!(columns.column(1)[700], 1400);
        columns.column_mut(2)[700] = 9;
        let mut row = [0; 3];
        columns.row(700, &mut row);
        assert_eq!(row, [700, 1400, 9]);
        columns.set_len(5);
        assert_eq!(columns.iter().map(<[u64]>::len).collect::<Vec<_>>(), [5; 3]);
        assert_eq!(columns.column(3), &[] as &[u64]);
    }
}
