//! A block of futures, column by column: one quantity's values lie together, so that drawing and counting run
//! through memory in order and most loops work on several futures at once.

use super::points::BLOCK;

/// From one column to the next. A little more than a block, so that the values of one future, which the mechanism
/// takes together, do not all fall into the same few lines of the cache.
const STRIDE: usize = BLOCK + 8;

/// Columns of equal length, at most [`BLOCK`].
#[derive(Clone, Debug)]
pub(super) struct Columns<T> {
    values: Vec<T>,
    len: usize,
}

impl<T: Copy + Default> Columns<T> {
    /// So many columns, empty.
    pub(super) fn new(columns: usize) -> Self {
        Self {
            values: vec![T::default(); columns * STRIDE],
            len: 0,
        }
    }

    /// All columns get this length, at most [`BLOCK`].
    pub(super) fn set_len(&mut self, len: usize) {
        self.len = len.min(BLOCK);
    }

    /// The column at this position; empty if there is none.
    #[inline]
    pub(super) fn column(&self, position: usize) -> &[T] {
        let start = position * STRIDE;
        self.values.get(start..start + self.len).unwrap_or_default()
    }

    /// The same, to be written.
    #[inline]
    pub(super) fn column_mut(&mut self, position: usize) -> &mut [T] {
        let start = position * STRIDE;
        self.values.get_mut(start..start + self.len).unwrap_or_default()
    }

    /// Every column in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[T]> {
        let columns = self.values.chunks(STRIDE);
        columns.map(|column| column.get(..self.len).unwrap_or_default())
    }

    /// The values of all columns at `place`, into `row`.
    #[inline]
    pub(super) fn row(&self, place: usize, row: &mut [T]) {
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
    pub(super) fn set_row(&mut self, place: usize, row: &[T]) {
        let mut at = place;
        for value in row {
            if let Some(slot) = self.values.get_mut(at) {
                *slot = *value;
            }
            at += STRIDE;
        }
    }
}

/// A pledge defaults in one future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// Which future of the block.
    pub place: u16,
    /// Its class: from what is worst for the pledge to what is best.
    pub class: u8,
}

/// What one uncertain quantity was in each future of a block, in classes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Drawn<'a> {
    /// A class in each future.
    Each(&'a [u8]),
    /// These futures only; in all others the highest class (a pledge paid in full).
    Some(&'a [Slip]),
}

/// Values of all quantities in a block of futures.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// What each pledge pays.
    pub purses_minor: Columns<u64>,
    /// What each project costs.
    pub costs_minor: Columns<u64>,
    /// `slips[pledge]`: where it defaults, by place.
    pub slips: Vec<Vec<Slip>>,
    /// Class of each project's cost; of a known cost nothing.
    pub cost_classes: Columns<u8>,
    /// Class of each further quantity that moves the result; see [`Model::add_driver`](super::model::Model::add_driver).
    pub further_classes: Columns<u8>,
    /// Draws of the shocks.
    pub shocks: Columns<u32>,
    /// Draws of the quantity at hand.
    pub draws: Vec<u32>,
}

impl Block {
    /// Room for so many quantities.
    pub(super) fn new(pledges: usize, projects: usize, shocks: usize) -> Self {
        Self {
            purses_minor: Columns::new(pledges),
            costs_minor: Columns::new(projects),
            slips: vec![Vec::new(); pledges],
            cost_classes: Columns::new(projects),
            further_classes: Columns::new(0),
            shocks: Columns::new(shocks),
            draws: Vec::new(),
        }
    }

    /// The block has `len` futures, at most [`BLOCK`].
    pub(super) fn set_len(&mut self, len: usize) {
        self.purses_minor.set_len(len);
        self.costs_minor.set_len(len);
        self.cost_classes.set_len(len);
        self.further_classes.set_len(len);
        self.shocks.set_len(len);
        self.draws.resize(len.min(BLOCK), 0);
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
