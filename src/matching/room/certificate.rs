//! The proof beside a matching, and the code that checks it. It shares nothing with the code that finds matchings.

use super::matching::Matching;
use super::weights::Weights;
use serde::{Deserialize, Serialize};

/// An odd set of vertices with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blossom {
    /// Its vertices, ascending; an odd number, at least three.
    pub members: Vec<usize>,
    /// Its dual z, above 0, in the unit of the weights.
    pub value: i64,
}

/// The dual solution: a value for every vertex and for some odd sets.
///
/// Units: the vertices' values are doubled so that they are whole (2u, the value is half of it), the blossoms' are z.
/// Order: blossoms by their members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// 2u of every vertex.
    pub vertex_doubled: Vec<i64>,
    /// The odd sets of value above 0.
    pub blossoms: Vec<Blossom>,
}

/// What is wrong with a matching or its certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Violation {
    /// The certificate speaks of another number of vertices.
    WrongSize,
    /// A vertex is in two pairs.
    MatchedTwice {
        /// Which.
        vertex: usize,
    },
    /// A pair that is no edge.
    NotAnEdge {
        /// One end.
        i: usize,
        /// The other.
        j: usize,
    },
    /// The weight stated is not the sum of the weights of the pairs.
    WeightDiffers,
    /// A blossom of even size, of fewer than three, with a vertex twice or outside the graph, or of a value not above 0.
    BlossomInvalid {
        /// Which, from 0.
        index: usize,
    },
    /// A blossom of k members with fewer than (k − 1)/2 pairs inside.
    BlossomNotFull {
        /// Which, from 0.
        index: usize,
    },
    /// A vertex of negative value.
    VertexNegative {
        /// Which.
        vertex: usize,
    },
    /// A vertex alone whose value is not the least there may be: 0, or with cardinality first the least of all.
    AloneButValued {
        /// Which.
        vertex: usize,
    },
    /// The duals of an edge sum to less than its weight.
    EdgeUncovered {
        /// One end.
        i: usize,
        /// The other.
        j: usize,
    },
    /// The duals of a pair sum to more than its weight.
    PairNotTight {
        /// One end.
        i: usize,
        /// The other.
        j: usize,
    },
    /// Nothing shows that no matching has more pairs.
    CardinalityUnproven,
}

impl Violation {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongSize => "wrong-size",
            Self::MatchedTwice { .. } => "matched-twice",
            Self::NotAnEdge { .. } => "not-an-edge",
            Self::WeightDiffers => "weight-differs",
            Self::BlossomInvalid { .. } => "blossom-invalid",
            Self::BlossomNotFull { .. } => "blossom-not-full",
            Self::VertexNegative { .. } => "vertex-negative",
            Self::AloneButValued { .. } => "alone-but-valued",
            Self::EdgeUncovered { .. } => "edge-uncovered",
            Self::PairNotTight { .. } => "pair-not-tight",
            Self::CardinalityUnproven => "cardinality-unproven",
        }
    }
}

/// Whether a matching is what it says it is: a matching, of this weight, and by its certificate of the greatest.
///
/// With values u of vertices and z of odd sets B, it is checked that u ≥ 0, z > 0; u(i) + u(j) + Σ z(B ∋ i, j) ≥ w(i, j) on
/// every edge, with equality on the pairs; u = 0 for everybody alone; (|B| − 1)/2 pairs inside every B. Then for any
/// matching N, w(N) ≤ Σ u + Σ z (|B| − 1)/2, and the matching at hand reaches it.
///
/// With cardinality first u may be negative. Let d = max(0, −min u). Everybody alone must have u = −d, and there must be
/// ⌊n/2⌋ pairs, or 2d must exceed the weight at hand minus the least ⌊n/2⌋ edges could weigh. Then u + d is a certificate
/// for the weights w + 2d, so no matching of as many pairs weighs more, and one of more pairs would have to gain 2d a pair.
///
/// Cost: O(n² + Σ|B|²). All sums in 128 bits.
///
/// # Errors
/// The first [`Violation`] found.
pub fn verify(weights: &Weights, matching: &Matching) -> Result<(), Violation> {
    let n = weights.len();
    let certificate = &matching.certificate;
    if certificate.vertex_doubled.len() != n {
        return Err(Violation::WrongSize);
    }
    let value = |v: usize| i128::from(certificate.vertex_doubled[v]);
    let mate = mates(weights, matching)?;

    let inside = blossom_sums(n, certificate, &mate)?;
    for (i, j, weight) in weights.edges() {
        let covered = value(i) + value(j) + 2 * inside.get(i * n + j).copied().unwrap_or(0);
        let weight = 2 * i128::from(weight);
        if covered < weight {
            return Err(Violation::EdgeUncovered { i, j });
        }
        if mate[i] == Some(j) && covered != weight {
            return Err(Violation::PairNotTight { i, j });
        }
    }

    let least = (0..n).map(value).min().unwrap_or(0).min(0);
    let negative = (0..n).find(|&v| value(v) < 0);
    if let Some(vertex) = negative.filter(|_| !matching.max_cardinality) {
        return Err(Violation::VertexNegative { vertex });
    }
    if let Some(vertex) = (0..n).find(|&v| mate[v].is_none() && value(v) != least) {
        return Err(Violation::AloneButValued { vertex });
    }
    let most_pairs = n / 2;
    if matching.max_cardinality && matching.pairs.len() < most_pairs {
        let lightest = weights.edges().map(|edge| edge.2).min().unwrap_or(0).min(0);
        let others = i128::from(lightest) * most_pairs as i128;
        if -least <= i128::from(matching.weight) - others {
            return Err(Violation::CardinalityUnproven);
        }
    }
    Ok(())
}

/// Everybody's partner, if it is a matching of the stated weight.
fn mates(weights: &Weights, matching: &Matching) -> Result<Vec<Option<usize>>, Violation> {
    let mut mate = vec![None; weights.len()];
    let mut sum = 0_i128;
    for &(i, j) in &matching.pairs {
        let weight = weights.get(i, j).ok_or(Violation::NotAnEdge { i, j })?;
        sum += i128::from(weight);
        for (vertex, other) in [(i, j), (j, i)] {
            if mate[vertex].replace(other).is_some() {
                return Err(Violation::MatchedTwice { vertex });
            }
        }
    }
    if sum != i128::from(matching.weight) {
        return Err(Violation::WeightDiffers);
    }
    Ok(mate)
}

/// Σ z of the blossoms a pair lies in, n × n (empty without blossoms), if all are odd and full.
fn blossom_sums(n: usize, certificate: &Certificate, mate: &[Option<usize>]) -> Result<Vec<i128>, Violation> {
    if certificate.blossoms.is_empty() {
        return Ok(Vec::new());
    }
    let mut sums = vec![0_i128; n * n];
    for (index, blossom) in certificate.blossoms.iter().enumerate() {
        let members = &blossom.members;
        let mut is_inside = vec![false; n];
        for &v in members {
            // Also found: a member twice.
            if is_inside.get(v) != Some(&false) {
                return Err(Violation::BlossomInvalid { index });
            }
            is_inside[v] = true;
        }
        if members.len() < 3 || members.len() % 2 == 0 || blossom.value <= 0 {
            return Err(Violation::BlossomInvalid { index });
        }
        let paired = members
            .iter()
            .filter(|&&v| mate[v].is_some_and(|other| is_inside[other]));
        if paired.count() + 1 != members.len() {
            return Err(Violation::BlossomNotFull { index });
        }
        for &i in members {
            for &j in members {
                sums[i * n + j] += i128::from(blossom.value);
            }
        }
    }
    Ok(sums)
}
