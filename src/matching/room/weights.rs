//! What pairs are worth: a symmetric table of integers with holes.

use super::RoomError;

/// The most vertices a [`Weights`] holds. A room of 2 000 is a table of 32 MB; one of 10 000 would be 800 MB, more
/// than a browser tab has.
pub const MAX_VERTICES: usize = 2_000;

/// The largest absolute weight: 10¹⁵, the largest quantity of a scenario.
pub const MAX_WEIGHT: i64 = 1_000_000_000_000_000;

/// Marks a pair that has no weight.
const ABSENT: i64 = i64::MIN;

/// The weights of a general graph: one integer for every unordered pair of vertices, or none.
///
/// Shape: n × n, symmetric, flat; a vertex has no weight with itself. A pair without a weight is no edge: it is never
/// matched. Units: whatever the caller counts in; |w| ≤ [`MAX_WEIGHT`]. Cost: n² cells of 8 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    len: usize,
    cells: Vec<i64>,
}

impl Weights {
    /// A graph of `len` vertices without edges.
    ///
    /// # Errors
    /// [`RoomError::TooManyVertices`] above [`MAX_VERTICES`].
    pub fn new(len: usize) -> Result<Self, RoomError> {
        if len > MAX_VERTICES {
            return Err(RoomError::TooManyVertices { n: len });
        }
        Ok(Self {
            len,
            cells: vec![ABSENT; len * len],
        })
    }

    /// A graph of `len` vertices with the edges `[i, j, w]`; of two for one pair the larger counts.
    ///
    /// # Errors
    /// [`RoomError::TooManyVertices`]; [`RoomError::BadIndex`], [`RoomError::WeightTooLarge`] with the row at fault.
    pub fn from_edges(len: usize, edges: &[(usize, usize, i64)]) -> Result<Self, RoomError> {
        let mut weights = Self::new(len)?;
        for (row, &(i, j, weight)) in edges.iter().enumerate() {
            weights.raise(row, i, j, weight)?;
        }
        Ok(weights)
    }

    /// Sets the weight of a pair, unless it has a larger one.
    pub(super) fn raise(&mut self, row: usize, i: usize, j: usize, weight: i64) -> Result<(), RoomError> {
        self.check(row, i, j, weight)?;
        if self.get(i, j).is_none_or(|known| known < weight) {
            self.put(i, j, weight);
        }
        Ok(())
    }

    fn check(&self, row: usize, i: usize, j: usize, weight: i64) -> Result<(), RoomError> {
        if i >= self.len || j >= self.len || i == j {
            return Err(RoomError::BadIndex {
                row,
                i,
                j,
                n: self.len,
            });
        }
        if weight.unsigned_abs() > MAX_WEIGHT.unsigned_abs() {
            return Err(RoomError::WeightTooLarge { row });
        }
        Ok(())
    }

    /// How many vertices.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no vertex.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The weight of the pair; `None` where there is no edge, and for a vertex with itself or outside the graph.
    pub fn get(&self, i: usize, j: usize) -> Option<i64> {
        if i >= self.len || j >= self.len {
            return None;
        }
        Some(self.cells[i * self.len + j]).filter(|&weight| weight != ABSENT)
    }

    /// Sets the weight of a pair.
    ///
    /// # Errors
    /// [`RoomError::BadIndex`], [`RoomError::WeightTooLarge`] (as row 0).
    pub fn set(&mut self, i: usize, j: usize, weight: i64) -> Result<(), RoomError> {
        self.check(0, i, j, weight)?;
        self.put(i, j, weight);
        Ok(())
    }

    /// Takes the edge out of the graph.
    pub fn remove(&mut self, i: usize, j: usize) {
        if i < self.len && j < self.len {
            self.put(i, j, ABSENT);
        }
    }

    /// Writes both cells of a pair inside the graph.
    fn put(&mut self, i: usize, j: usize, weight: i64) {
        self.cells[i * self.len + j] = weight;
        self.cells[j * self.len + i] = weight;
    }

    /// The edges at `i`, by the other vertex.
    pub fn at(&self, i: usize) -> impl Iterator<Item = (usize, i64)> + '_ {
        let row = self
            .cells
            .get(i * self.len..(i + 1) * self.len)
            .unwrap_or_default();
        row.iter()
            .copied()
            .enumerate()
            .filter(|&(_, weight)| weight != ABSENT)
    }

    /// Every edge once, i < j, by i, then j.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, i64)> + '_ {
        (0..self.len).flat_map(move |i| {
            self.at(i)
                .filter(move |&(j, _)| j > i)
                .map(move |(j, weight)| (i, j, weight))
        })
    }
}
