//! Maximum-weight matching with its certificate.

use super::RoomError;
use super::blossom::{NONE, Solver};
use super::certificate::{Blossom, Certificate, verify};
use super::weights::Weights;

/// The largest doubled weight inside the search. No dual and no time in it exceeds this.
pub(super) const MAX_DOUBLED: i64 = 900_000_000_000_000_000;
/// What stands for a pair without an edge, negated: more than any time a search reaches (it stops when the dual of its
/// root is 0, so 2t ≤ 2 · [`MAX_DOUBLED`]) even after the duals of both ends are added, and less than overflows.
pub(super) const FORBIDDEN: i64 = 5_500_000_000_000_000_000;

/// Pairs, and why there are no better ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matching {
    /// The pairs, i < j, ascending.
    pub pairs: Vec<(usize, usize)>,
    /// The sum of their weights.
    pub weight: i64,
    /// Whether as many pairs as possible came first.
    pub max_cardinality: bool,
    /// The proof, for [`verify`].
    pub certificate: Certificate,
}

impl Matching {
    /// Everybody's partner.
    pub fn mates(&self, n: usize) -> Vec<Option<usize>> {
        let mut mates = vec![None; n];
        for &(i, j) in &self.pairs {
            mates[i] = Some(j);
            mates[j] = Some(i);
        }
        mates
    }
}

/// A matching being searched for, a little at a time.
#[derive(Clone, Debug)]
pub struct MatchingSearch {
    solver: Solver,
    max_cardinality: bool,
    added: i64,
}

impl MatchingSearch {
    /// Starts the search of [`maximum_weight_matching`]. O(n²).
    ///
    /// # Errors
    /// [`RoomError::OutOfRange`].
    pub fn new(weights: &Weights, max_cardinality: bool) -> Result<Self, RoomError> {
        let n = weights.len();
        let added = if max_cardinality { bonus(weights)? } else { 0 };
        let solver = Solver::new(weights, added);
        debug_assert_eq!(solver.n, n);
        Ok(Self {
            solver,
            max_cardinality,
            added,
        })
    }

    /// Goes on for about `work` looks at a table cell (a nanosecond or two each, natively); true while there is more to
    /// do. The answer does not depend on how the work is cut.
    pub fn step(&mut self, work: u64) -> bool {
        self.solver.step(work)
    }

    /// The matching found, once [`step`](Self::step) has said there is no more to do; checked by [`verify`].
    ///
    /// # Errors
    /// [`RoomError::CertificateFailed`], which would be a fault of this program; also if the search is not over.
    pub fn matching(&self, weights: &Weights) -> Result<Matching, RoomError> {
        let solver = &self.solver;
        let mates = solver.mate.iter().copied().enumerate();
        let pairs: Vec<(usize, usize)> = mates.filter(|&(i, j)| j != NONE && i < j).collect();
        let weight = pairs.iter().filter_map(|&(i, j)| weights.get(i, j));
        // With 2w + 2M = u + u + Σz, the values for w are (u − M)/2 and z/2; every z is even.
        let mut blossoms: Vec<Blossom> = solver
            .blossoms()
            .map(|(leaves, z)| {
                let mut members = leaves.to_vec();
                members.sort_unstable();
                Blossom {
                    members,
                    value: z / 2,
                }
            })
            .collect();
        crate::order::sort_by(&mut blossoms, |a, b| a.members.cmp(&b.members));
        let matching = Matching {
            weight: weight.fold(0, i64::saturating_add),
            pairs,
            max_cardinality: self.max_cardinality,
            certificate: Certificate {
                vertex_doubled: solver.u.iter().map(|u| u - self.added).collect(),
                blossoms,
            },
        };
        verify(weights, &matching).map_err(RoomError::CertificateFailed)?;
        Ok(matching)
    }
}

/// What to add to every weight so that one more pair is worth more than any weights.
///
/// In a complete graph two vertices left alone can be paired as they are, so that every weight above 0 will do; else a
/// longer way may have to be turned, and the bonus exceeds all that weights can lose on it.
fn bonus(weights: &Weights) -> Result<i64, RoomError> {
    let n = weights.len();
    let (mut least, mut most, mut edges) = (0, 0, 0_usize);
    for (_, _, weight) in weights.edges() {
        least = weight.min(least);
        most = weight.max(most);
        edges += 1;
    }
    let spread = most - least;
    let bonus = if edges == n * n.saturating_sub(1) / 2 {
        Some(1 - least)
    } else {
        let pairs = i64::try_from(n / 2).ok();
        pairs
            .and_then(|pairs| spread.checked_mul(pairs))
            .and_then(|loss| loss.checked_add(1))
    };
    bonus
        .filter(|&bonus| bonus <= MAX_DOUBLED / 2 - most)
        .ok_or(RoomError::OutOfRange { n, spread })
}

/// Who should work with whom: the matching of greatest total weight, and the proof that there is none greater.
///
/// max Σ w(i, j) over sets of edges no two of which share a vertex; with `max_cardinality` among the matchings of most
/// pairs. Without it edges below 0 are never chosen. The proof is the dual solution: values of vertices and of odd
/// sets ("blossoms"), see [`verify`], which has checked it before it is returned.
///
/// Units: as the weights; integers throughout. Order and ties: pairs ascending; of several best matchings the one that
/// follows from the order of vertices, whatever the order of the edges was. Cost: O(n³) time, O(n²) space; with the duals
/// it starts from most vertices are matched at once, and 500 in a complete graph take a few milliseconds.
///
/// # Errors
/// [`RoomError::OutOfRange`] if cardinality comes first in a graph that is not complete and n · (most − least) exceeds
/// 64 bits with room to spare, about 9·10¹⁷.
///
/// ```
/// use gotong::matching::room::{Weights, maximum_weight_matching};
///
/// // Five organisations at a table. Pelita (0) and Telko (1) fit best of all, but if they take each other, Desa (2)
/// // is left with a poor choice; the best room pairs 0 with 2 and 1 with 3. Somebody (4) has no partner.
/// let edges = [(0, 1, 9), (0, 2, 8), (1, 3, 7), (2, 3, 2), (3, 4, 1)];
/// let room = Weights::from_edges(5, &edges).unwrap();
/// let matching = maximum_weight_matching(&room, false).unwrap();
/// assert_eq!((matching.pairs, matching.weight), (vec![(0, 2), (1, 3)], 15));
/// ```
///
/// Source: J. Edmonds, "Maximum matching and a polyhedron with 0,1-vertices", 1965 (the method and the certificate);
/// Z. Galil, "Efficient algorithms for finding maximum matching in graphs", 1986 (the primal-dual form); J. van Rantwijk,
/// "Maximum weighted matching", 2008 (cardinality first; doubled integers). Deviations: one tree at a time, so that good
/// first duals can be used; it may stop where the dual of an even vertex reaches 0; rows of a dense table and a clock
/// instead of lists of edges and updated slacks.
pub fn maximum_weight_matching(weights: &Weights, max_cardinality: bool) -> Result<Matching, RoomError> {
    let mut search = MatchingSearch::new(weights, max_cardinality)?;
    while search.step(u64::MAX) {}
    search.matching(weights)
}
