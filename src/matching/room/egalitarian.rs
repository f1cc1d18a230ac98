//! Pairs that leave the weakest pair as strong as can be.

use super::RoomError;
use super::matching::{Matching, MatchingSearch};
use super::weights::Weights;

/// Pairs whose smallest weight is as large as can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Egalitarian {
    /// The smallest weight of a pair; `None` without pairs. No matching of as many pairs has a larger smallest weight.
    pub threshold: Option<i64>,
    /// The best total among the matchings of most pairs that keep it. Its certificate is for the graph of the edges
    /// of at least `threshold`.
    pub matching: Matching,
}

/// The search for an [`Egalitarian`] matching, a little at a time.
///
/// Lexicographic: most pairs, then max min w, then max Σ w. A threshold search: by bisection over the distinct weights, the
/// largest t for which the edges of at least t alone still allow as many pairs; then cardinality first and total
/// weight over those edges. O(log n) matchings of O(n³) each.
#[derive(Clone, Debug)]
pub struct EgalitarianSearch {
    weights: Weights,
    /// Distinct weights, ascending. Those before `low` allow as many pairs; those from `high` do not.
    levels: Vec<i64>,
    low: usize,
    high: usize,
    /// The most pairs there can be, once known.
    most: Option<usize>,
    trial: Weights,
    search: MatchingSearch,
    is_final: bool,
}

impl EgalitarianSearch {
    /// Starts the search. O(n² log n).
    ///
    /// # Errors
    /// As [`MatchingSearch::new`].
    pub fn new(weights: Weights) -> Result<Self, RoomError> {
        let mut levels: Vec<i64> = weights.edges().map(|edge| edge.2).collect();
        levels.sort_unstable();
        levels.dedup();
        let trial = at_least(&weights, i64::MIN, true)?;
        Ok(Self {
            search: MatchingSearch::new(&trial, false)?,
            low: 0,
            high: levels.len(),
            levels,
            most: None,
            trial,
            weights,
            is_final: false,
        })
    }

    /// Goes on; true while there is more to do.
    ///
    /// # Errors
    /// As [`MatchingSearch::matching`].
    pub fn step(&mut self, work: u64) -> Result<bool, RoomError> {
        if self.search.step(work) {
            return Ok(true);
        }
        if self.is_final {
            return Ok(false);
        }
        let pairs = self.search.matching(&self.trial)?.pairs.len();
        match self.most {
            None => self.most = Some(pairs),
            Some(most) => {
                let middle = self.low.midpoint(self.high);
                if pairs == most {
                    self.low = middle;
                } else {
                    self.high = middle;
                }
            }
        }
        // `low` holds, `high` does not.
        self.is_final = self.high - self.low.min(self.high) <= 1;
        let level = if self.is_final {
            self.low
        } else {
            self.low.midpoint(self.high)
        };
        let least = self.levels.get(level).copied().unwrap_or(i64::MIN);
        self.trial = at_least(&self.weights, least, !self.is_final)?;
        self.search = MatchingSearch::new(&self.trial, self.is_final)?;
        Ok(true)
    }

    /// The answer, once there is no more to do.
    ///
    /// # Errors
    /// As [`MatchingSearch::matching`].
    pub fn answer(&self) -> Result<Egalitarian, RoomError> {
        let matching = self.search.matching(&self.trial)?;
        let weight = |&(i, j): &(usize, usize)| self.weights.get(i, j);
        let threshold = matching.pairs.iter().filter_map(weight).min();
        Ok(Egalitarian { threshold, matching })
    }
}

/// The edges of at least `least`, with their weights or all of weight 1.
fn at_least(weights: &Weights, least: i64, unit: bool) -> Result<Weights, RoomError> {
    let mut kept = Weights::new(weights.len())?;
    for (i, j, weight) in weights.edges().filter(|edge| edge.2 >= least) {
        kept.set(i, j, if unit { 1 } else { weight })?;
    }
    Ok(kept)
}

/// The pairing that leaves the weakest pair strongest. Definition, order and cost: [`EgalitarianSearch`].
///
/// # Errors
/// As [`maximum_weight_matching`](super::maximum_weight_matching).
///
/// ```
/// use gotong::matching::room::{Weights, egalitarian_matching};
///
/// // The best total (9 + 1) leaves two communities with almost nothing; 4 and 5 is fairer.
/// let room = Weights::from_edges(4, &[(0, 1, 9), (2, 3, 1), (0, 2, 4), (1, 3, 5)]).unwrap();
/// let fair = egalitarian_matching(&room).unwrap();
/// assert_eq!((fair.threshold, fair.matching.pairs), (Some(4), vec![(0, 2), (1, 3)]));
/// ```
///
/// Source: the bottleneck threshold search of D. R. Fulkerson, I. Glicksberg, O. Gross, "A production line assignment
/// problem", 1953, in general graphs.
pub fn egalitarian_matching(weights: &Weights) -> Result<Egalitarian, RoomError> {
    let mut search = EgalitarianSearch::new(weights.clone())?;
    while search.step(u64::MAX)? {}
    search.answer()
}
