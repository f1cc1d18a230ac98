//! The plain form of `gotong pairs`: a table of weights in, pairs and their certificate out.

use super::RoomError;
use super::matching::{Matching, MatchingSearch};
use super::weights::{MAX_WEIGHT, Weights};
use serde::{Deserialize, Serialize};

/// The most decimals a weight may have.
const MAX_DECIMALS: usize = 6;

/// A number as people write it: whole, or with decimals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PlainNumber {
    /// Whole.
    Whole(i64),
    /// With decimals.
    Decimal(f64),
}

/// A graph in plain form.
///
/// Shape: `{"n": 4, "weights": [[0, 1, 7.5], …]}`, vertices from 0. Of two rows for one pair the larger counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainRoom {
    /// How many vertices.
    pub n: usize,
    /// The edges, `[i, j, w]`.
    pub weights: Vec<(i64, i64, PlainNumber)>,
}

/// An odd set and its dual.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainBlossom {
    /// Its vertices, ascending.
    pub members: Vec<usize>,
    /// Its dual, in the unit of the weights.
    pub value: PlainNumber,
}

/// The duals, in the unit of the weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainCertificate {
    /// Of every vertex; whole or half if the weights are whole. With cardinality first some may be negative.
    pub vertex: Vec<PlainNumber>,
    /// Of odd sets.
    pub blossoms: Vec<PlainBlossom>,
}

/// The answer in plain form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainPairs {
    /// The pairs, i < j, ascending.
    pub pairs: Vec<[usize; 2]>,
    /// The sum of their weights.
    pub weight: PlainNumber,
    /// The proof, checked.
    pub certificate: PlainCertificate,
}

/// A plain room being paired, a little at a time.
#[derive(Clone, Debug)]
pub struct PlainSearch {
    weights: Weights,
    scale: i64,
    search: MatchingSearch,
}

impl PlainSearch {
    /// Reads the room; whole weights exactly, decimals times the least power of ten that makes all of them whole.
    ///
    /// # Errors
    /// [`RoomError`] naming the row: an index outside 0..n or twice the same, a weight that is no number, has more than
    /// six decimals, or exceeds 10¹⁵ once whole; and as [`Weights::new`] and [`MatchingSearch::new`].
    pub fn new(room: &PlainRoom, max_cardinality: bool) -> Result<Self, RoomError> {
        let mut weights = Weights::new(room.n)?;
        let mut decimals = 0;
        let mut digits = Vec::with_capacity(room.weights.len());
        for (row, (_, _, number)) in room.weights.iter().enumerate() {
            let read = read(row, *number)?;
            decimals = decimals.max(read.1);
            digits.push(read);
        }
        for (row, (&(i, j, _), (value, own))) in room.weights.iter().zip(digits).enumerate() {
            let scaled = value.checked_mul(ten_to(decimals - own));
            let scaled = scaled.ok_or(RoomError::WeightTooLarge { row })?;
            // Negative indices become ones no graph has.
            let [i, j] = [i, j].map(|index| usize::try_from(index).unwrap_or(usize::MAX));
            weights.raise(row, i, j, scaled)?;
        }
        let search = MatchingSearch::new(&weights, max_cardinality)?;
        Ok(Self {
            weights,
            scale: ten_to(decimals),
            search,
        })
    }

    /// Goes on; true while there is more to do. See [`MatchingSearch::step`].
    pub fn step(&mut self, work: u64) -> bool {
        self.search.step(work)
    }

    /// The answer, once there is no more to do.
    ///
    /// # Errors
    /// [`RoomError::CertificateFailed`].
    pub fn answer(&self) -> Result<PlainPairs, RoomError> {
        let matching = self.search.matching(&self.weights)?;
        Ok(self.put(&matching))
    }

    fn put(&self, matching: &Matching) -> PlainPairs {
        let certificate = &matching.certificate;
        PlainPairs {
            pairs: matching.pairs.iter().map(|&(i, j)| [i, j]).collect(),
            weight: ratio(matching.weight, self.scale),
            certificate: PlainCertificate {
                vertex: certificate
                    .vertex_doubled
                    .iter()
                    .map(|&doubled| ratio(doubled, 2 * self.scale))
                    .collect(),
                blossoms: certificate
                    .blossoms
                    .iter()
                    .map(|blossom| PlainBlossom {
                        members: blossom.members.clone(),
                        value: ratio(blossom.value, self.scale),
                    })
                    .collect(),
            },
        }
    }
}

/// Best pairs of a room in plain form.
///
/// See [`maximum_weight_matching`](super::maximum_weight_matching) for definition, ties and cost.
///
/// ```
/// use gotong::matching::room::{PlainNumber, PlainRoom, plain_pairs};
///
/// // Three villages and a clinic. The clinic (3) fits village 0 best, but 1 and 0 share a road.
/// let weights = [(0, 1, 2.5), (0, 3, 3.25), (1, 2, 0.5), (1, 3, 3.0)];
/// let weights = weights.map(|(i, j, w)| (i, j, PlainNumber::Decimal(w))).to_vec();
/// let found = plain_pairs(&PlainRoom { n: 4, weights }, false).unwrap();
/// assert_eq!((found.pairs, found.weight), (vec![[0, 3], [1, 2]], PlainNumber::Decimal(3.75)));
/// ```
///
/// # Errors
/// As [`PlainSearch::new`].
pub fn plain_pairs(room: &PlainRoom, max_cardinality: bool) -> Result<PlainPairs, RoomError> {
    let mut search = PlainSearch::new(room, max_cardinality)?;
    while search.step(u64::MAX) {}
    search.answer()
}

/// The digits of a number without its point, and how many of them are decimals.
fn read(row: usize, number: PlainNumber) -> Result<(i64, usize), RoomError> {
    let value = match number {
        PlainNumber::Whole(whole) => return Ok((whole, 0)),
        PlainNumber::Decimal(value) => value,
    };
    if !value.is_finite() {
        return Err(RoomError::WeightNotANumber { row });
    }
    // The shortest text that reads back as this number, without an exponent: what was written, up to 15 digits.
    let text = value.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    if decimals.len() > MAX_DECIMALS {
        return Err(RoomError::TooManyDecimals { row });
    }
    let digits = format!("{whole}{decimals}").parse::<i64>();
    let digits = digits
        .ok()
        .filter(|digits| digits.unsigned_abs() <= MAX_WEIGHT.unsigned_abs());
    digits
        .map(|digits| (digits, decimals.len()))
        .ok_or(RoomError::WeightTooLarge { row })
}

fn ten_to(decimals: usize) -> i64 {
    (0..decimals).fold(1, |power, _| power * 10)
}

/// A whole number where it is one.
#[expect(
    clippy::cast_precision_loss,
    reason = "the nearest double to a ratio is what JSON can say"
)]
fn ratio(value: i64, scale: i64) -> PlainNumber {
    if value % scale == 0 {
        PlainNumber::Whole(value / scale)
    } else {
        PlainNumber::Decimal(value as f64 / scale as f64)
    }
}
