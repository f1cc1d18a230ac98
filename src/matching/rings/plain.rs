//! The plain form of rings: numbers in, numbers out, for comparison with other solvers.

use super::{DEFAULT_LENGTH, Instance, MAX_VALUE, Packing, RingError, Search};
use crate::matching::Figure;
use crate::matching::decimal::{scaled, unscaled};
use serde::{Deserialize, Serialize};

/// `{"n": 3, "arcs": [[0, 1, 2.5], …], "gifts": [2]}`: members 0 to n − 1, arcs from giver to receiver with their value,
/// and who may start a chain.
///
/// Values may have up to [`MAX_DECIMALS`](crate::matching::MAX_DECIMALS) decimals; they are taken exactly. Of several
/// arcs between the same two the largest value counts.
///
/// ```
/// use gotong::matching::rings::PlainRings;
///
/// let plain: PlainRings = serde_json::from_str(r#"{"n": 2, "arcs": [[1, 0, 0.5], [0, 1, 2]]}"#).unwrap();
/// let (search, decimals) = plain.search(None).unwrap();
/// let answer = PlainRings::answer(&gotong::matching::rings::solve(search.instance().clone(), None), decimals);
/// let text = serde_json::to_string(&answer).unwrap();
/// assert!(text.starts_with(r#"{"rings":[[0,1]],"chains":[],"value":2.5,"upper_bound":2.5,"optimal":true"#));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainRings {
    /// How many members.
    pub n: usize,
    /// Giver, receiver, value.
    #[serde(default)]
    pub arcs: Vec<(usize, usize, Figure)>,
    /// Who may give without receiving.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gifts: Vec<usize>,
    /// The most arcs of a ring or chain, if the file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
}

/// The answer in the figures of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainAnswer {
    /// As [`Packing::rings`].
    pub rings: Vec<Vec<usize>>,
    /// As [`Packing::chains`].
    pub chains: Vec<Vec<usize>>,
    /// As [`Packing::value`].
    pub value: Figure,
    /// As [`Packing::upper_bound`].
    pub upper_bound: Figure,
    /// As [`Packing::optimal`].
    pub optimal: bool,
    /// As [`Packing::gap`].
    pub gap: f64,
    /// As [`Packing::verified`].
    pub verified: bool,
    /// As [`Packing::nodes`].
    pub nodes: u64,
}

impl PlainRings {
    /// The search this file asks for, with rings up to `max_length` (else the file's, else [`DEFAULT_LENGTH`]), and the
    /// decimals of its values: whole values of the search are figures of the file times 10^decimals.
    ///
    /// # Errors
    /// As [`Instance::new`]; a value that cannot be taken exactly is [`RingError::ValueOutOfRange`].
    pub fn search(&self, max_length: Option<usize>) -> Result<(Search, u32), RingError> {
        let figures: Vec<Figure> = self.arcs.iter().map(|&(_, _, value)| value).collect();
        let (values, decimals) = scaled(&figures, MAX_VALUE).map_err(|arc| {
            let (from, to) = self.arcs.get(arc).map_or((0, 0), |&(from, to, _)| (from, to));
            RingError::ValueOutOfRange { arc, from, to }
        })?;
        let ends = self.arcs.iter().map(|&(from, to, _)| (from, to));
        let arcs: Vec<_> = ends
            .zip(values)
            .map(|((from, to), value)| (from, to, value))
            .collect();
        let length = max_length.or(self.max_length).unwrap_or(DEFAULT_LENGTH);
        let instance = Instance::new(self.n, &arcs, &self.gifts, length)?;
        Ok((Search::new(instance), decimals))
    }

    /// `packing` in the figures of the file.
    pub fn answer(packing: &Packing, decimals: u32) -> PlainAnswer {
        PlainAnswer {
            rings: packing.rings.clone(),
            chains: packing.chains.clone(),
            value: unscaled(packing.value, decimals),
            upper_bound: unscaled(packing.upper_bound, decimals),
            optimal: packing.optimal,
            gap: packing.gap(),
            verified: packing.verified,
            nodes: packing.nodes,
        }
    }
}
