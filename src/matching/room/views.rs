//! How everybody sees everybody else: scores that need not agree, and how fair the chances are.

use super::RoomError;
use super::weights::{MAX_VERTICES, Weights};

const ABSENT: i64 = i64::MIN;

/// What every organisation thinks of every other: `get(i, j)` is the worth of j to i, more is better.
///
/// Shape: n × n, not symmetric in general (gift mode). A pair is acceptable if both ends have a view of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Views {
    len: usize,
    cells: Vec<i64>,
}

impl Views {
    /// Nobody has a view of anybody.
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

    /// Both ends of every edge see its weight.
    pub fn mutual(weights: &Weights) -> Self {
        let len = weights.len();
        let mut cells = vec![ABSENT; len * len];
        for (i, j, weight) in weights.edges() {
            cells[i * len + j] = weight;
            cells[j * len + i] = weight;
        }
        Self { len, cells }
    }

    /// How many organisations.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Says what j is worth to i.
    ///
    /// # Errors
    /// [`RoomError::BadIndex`].
    pub fn set(&mut self, i: usize, j: usize, worth: i64) -> Result<(), RoomError> {
        let n = self.len;
        if i >= n || j >= n || i == j {
            return Err(RoomError::BadIndex { row: 0, i, j, n });
        }
        self.cells[i * n + j] = worth;
        Ok(())
    }

    /// Takes the pair out, in both directions.
    pub fn remove(&mut self, i: usize, j: usize) {
        if i < self.len && j < self.len {
            self.cells[i * self.len + j] = ABSENT;
            self.cells[j * self.len + i] = ABSENT;
        }
    }

    /// What j is worth to i, if the pair is acceptable.
    pub fn get(&self, i: usize, j: usize) -> Option<i64> {
        if i >= self.len || j >= self.len {
            return None;
        }
        let [own, other] = [self.cells[i * self.len + j], self.cells[j * self.len + i]];
        Some(own).filter(|&own| own != ABSENT && other != ABSENT)
    }

    /// The acceptable partners of i, best first; of equal ones the lower number first.
    pub fn ranking(&self, i: usize) -> Vec<usize> {
        let mut list: Vec<(i64, usize)> = (0..self.len)
            .filter_map(|j| self.get(i, j).map(|worth| (worth, j)))
            .collect();
        list.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        list.into_iter().map(|(_, j)| j).collect()
    }
}

/// The pairs that would both rather have each other than what they have.
///
/// `{i, j}` blocks if it is acceptable, they do not sit together, and each sees strictly more in the other than in the
/// best of those it sits with (anybody acceptable is more than nobody). Ascending. O(n²).
///
/// Source: D. Gale, L. S. Shapley, "College admissions and the stability of marriage", 1962. Deviation: at a table of three
/// or more only a pair that beats everybody present counts.
pub fn blocking_pairs(views: &Views, tables: &[Vec<usize>]) -> Vec<(usize, usize)> {
    let n = views.len();
    let mut best: Vec<Option<i64>> = vec![None; n];
    let mut table_of = vec![usize::MAX; n];
    for (number, table) in tables.iter().enumerate() {
        for &i in table.iter().filter(|&&i| i < n) {
            table_of[i] = number;
            best[i] = table.iter().filter_map(|&j| views.get(i, j)).max();
        }
    }
    let mut found = Vec::new();
    for i in 0..n {
        for j in i + 1..n {
            if table_of[i] == table_of[j] && table_of[i] != usize::MAX {
                continue;
            }
            if let (Some(to_i), Some(to_j)) = (views.get(i, j), views.get(j, i)) {
                // None is below every worth.
                if Some(to_i) > best[i] && Some(to_j) > best[j] {
                    found.push((i, j));
                }
            }
        }
    }
    found
}

/// The chances of one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// How many others have it among their best k.
    pub listed_by: usize,
    /// What the best acceptable partner is worth to it; `None` if there is no acceptable one.
    pub best: Option<i64>,
}

/// How often everybody appears among the best `top` of the others, and the best that is open to them. In order of
/// organisations; ties in a ranking by number. O(n² log n).
pub fn exposure(views: &Views, top: usize) -> Vec<Exposure> {
    let mut found = vec![
        Exposure {
            listed_by: 0,
            best: None
        };
        views.len()
    ];
    for i in 0..views.len() {
        let ranking = views.ranking(i);
        found[i].best = ranking.first().and_then(|&first| views.get(i, first));
        for &j in ranking.iter().take(top) {
            found[j].listed_by += 1;
        }
    }
    found
}

/// The `count` with the least chances: fewest lists first, then the lowest best, then by number.
pub fn weakest(exposures: &[Exposure], count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..exposures.len()).collect();
    crate::order::sort_by_key(&mut order, |&i| {
        exposures.get(i).map(|one| (one.listed_by, one.best))
    });
    order.truncate(count);
    order
}
