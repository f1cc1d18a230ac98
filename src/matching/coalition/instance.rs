//! What is asked: candidates, what a coalition must bring, and its rules.

use super::CoalitionError;
use serde::{Deserialize, Serialize};

/// The most candidates of one instance; a coalition is chosen from a list people know, not from a directory.
pub const MAX_CANDIDATES: usize = 2_000;
/// The most requirements of one instance.
pub const MAX_REQUIREMENTS: usize = 64;
/// The most sectors of one instance.
pub const MAX_SECTORS: usize = 32;
/// The largest cost, offer, demand or α: 10¹⁵, exact in every number format used.
pub const MAX_QUANTITY: u64 = 1_000_000_000_000_000;

/// Somebody who could take part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// c: what taking part costs, in money (minor units), at most [`MAX_QUANTITY`].
    pub cost: u64,
    /// Which sector, from 0, below [`MAX_SECTORS`].
    #[serde(default)]
    pub sector: usize,
    /// a: `offers[requirement]`, in the unit of each requirement.
    pub offers: Vec<u64>,
}

/// An instance as people write it: the plain JSON form of `gotong coalition`. Unknown members are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Who could take part; they are cited by their place in this list.
    pub candidates: Vec<Candidate>,
    /// d: `demand[requirement]`; 0 is no requirement.
    pub demand: Vec<u64>,
    /// `overlapping[requirement]`: offers may be of the same thing (the same villages), so that only the largest
    /// counts for certain. Shorter than `demand`: the rest is false.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlapping: Vec<bool>,
    /// L: least members of each sector. Shorter than the number of sectors: the rest is 0.
    #[serde(default)]
    pub sector_min: Vec<usize>,
    /// U: most members of each sector; a sector beyond the list has no limit.
    #[serde(default)]
    pub sector_max: Option<Vec<usize>>,
    /// Different sectors at least.
    #[serde(default)]
    pub least_sectors: usize,
    /// Who must be in.
    #[serde(default)]
    pub anchors: Vec<usize>,
    /// Pairs that must not both be in, in either order.
    #[serde(default)]
    pub conflicts: Vec<(usize, usize)>,
    /// Members at least.
    #[serde(default)]
    pub min_size: usize,
    /// Members at most.
    #[serde(default)]
    pub max_size: Option<usize>,
    /// α: money per pair of partners.
    #[serde(default)]
    pub alpha: u64,
}

/// A checked [`Input`]: every index exists and no sum can overflow.
///
/// ```
/// use gotong::matching::coalition::{Candidate, Instance, Input};
///
/// // A school roof in Sleman: 30 days of work and Rp 40 million.
/// let candidate = |cost, days, million| Candidate { cost, sector: 0, offers: vec![days, million] };
/// let input = Input {
///     candidates: vec![candidate(2, 30, 0), candidate(3, 0, 40), candidate(4, 30, 40)],
///     demand: vec![30, 40],
///     ..Input::default()
/// };
/// assert!(Instance::new(input.clone()).is_ok());
/// let error = Instance::new(Input { anchors: vec![7], ..input }).unwrap_err();
/// assert_eq!(error.code(), "coalition-index");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance(Input);

impl Instance {
    /// Checks `input`.
    ///
    /// Cost: O(n · r). An instance without candidates or requirements is sound: its answer is who must be in, or that
    /// there is none.
    ///
    /// # Errors
    /// [`CoalitionError`]: an index that does not exist, a candidate whose offers do not fit the requirements, a pair
    /// with itself, or more than the limits of this module.
    pub fn new(input: Input) -> Result<Self, CoalitionError> {
        let (n, rows) = (input.candidates.len(), input.demand.len());
        let within = |what: &'static str, value: u64, most: u64| {
            if value > most {
                Err(CoalitionError::TooLarge { what, value, most })
            } else {
                Ok(())
            }
        };
        within("candidates", n as u64, MAX_CANDIDATES as u64)?;
        within("requirements", rows as u64, MAX_REQUIREMENTS as u64)?;
        within("alpha", input.alpha, MAX_QUANTITY)?;
        let sectors = input
            .sector_min
            .len()
            .max(input.sector_max.as_ref().map_or(0, Vec::len));
        within("sectors", sectors as u64, MAX_SECTORS as u64)?;
        for (index, candidate) in input.candidates.iter().enumerate() {
            let (have, need) = (candidate.offers.len(), rows);
            if have != need {
                return Err(CoalitionError::Offers { index, have, need });
            }
            within("cost", candidate.cost, MAX_QUANTITY)?;
            within("sector", candidate.sector as u64, MAX_SECTORS as u64 - 1)?;
            candidate
                .offers
                .iter()
                .try_for_each(|&offer| within("offer", offer, MAX_QUANTITY))?;
        }
        input
            .demand
            .iter()
            .try_for_each(|&demand| within("demand", demand, MAX_QUANTITY))?;
        let pairs = input.conflicts.iter().flat_map(|&(a, b)| [a, b]);
        if let Some(index) = input.anchors.iter().copied().chain(pairs).find(|&at| at >= n) {
            return Err(CoalitionError::Index { index, len: n });
        }
        if let Some(&(index, _)) = input.conflicts.iter().find(|(a, b)| a == b) {
            return Err(CoalitionError::PairWithItself { index });
        }
        Ok(Self(input))
    }

    /// What was asked.
    pub fn input(&self) -> &Input {
        &self.0
    }

    /// The same instance with another input derived from it; the derivation must keep it sound.
    pub(super) fn with(&self, change: impl FnOnce(&mut Input)) -> Self {
        let mut input = self.0.clone();
        change(&mut input);
        Self(input)
    }
}
