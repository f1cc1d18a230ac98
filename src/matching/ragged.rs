//! Rows of different lengths in one allocation.

/// `row(i)` is the i-th of the rows given, as a slice. Two allocations in all, however many rows: a directory of
/// 100 000 organisations is read in order, not chased through the heap.
#[derive(Clone, Debug)]
pub(super) struct Ragged<T> {
    ends: Vec<usize>,
    items: Vec<T>,
}

impl<T> Ragged<T> {
    pub fn new() -> Self {
        Self {
            ends: Vec::new(),
            items: Vec::new(),
        }
    }

    /// Rows `0..count` from `(row, item)` pairs in any order; items keep their order within a row.
    pub fn grouped(count: usize, mut pairs: Vec<(usize, T)>) -> Self {
        crate::order::sort_by_key(&mut pairs, |&(row, _)| row);
        let mut rows = Self::new();
        let mut pairs = pairs.into_iter().peekable();
        for row in 0..count {
            rows.push(std::iter::from_fn(|| {
                pairs.next_if(|&(at, _)| at == row).map(|(_, item)| item)
            }));
        }
        rows
    }

    pub fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.ends.push(self.items.len());
    }

    /// The row, empty beyond the last.
    pub fn row(&self, index: usize) -> &[T] {
        let start = match index.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        };
        let end = self.ends.get(index).copied();
        start
            .zip(end)
            .and_then(|(start, end)| self.items.get(start..end))
            .unwrap_or_default()
    }
}
