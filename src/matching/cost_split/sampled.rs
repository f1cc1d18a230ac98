//! The Shapley value of many players, by sampled orders.

use super::{Fraction, SplitError};
use serde::{Deserialize, Serialize};

/// The most players of a sampled Shapley value.
pub const MAX_SAMPLED_PLAYERS: usize = 1000;

/// One player's estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The mean over the orders drawn, exactly. All of them sum to the total.
    pub mean: Fraction,
    /// Standard error of the mean, from pairs of orders; `None` below two pairs.
    pub standard_error: Option<f64>,
}

/// Draws orders of arrival and averages what each player adds, as long as it is asked to.
///
/// φ_i is the mean over all orders of c(those before and i) − c(those before). Orders are drawn in antithetic pairs, an
/// order and its reverse: who comes early in one comes late in the other, which evens out much of the chance. The
/// pairs are independent, so the standard error is s/√m over m pair means. Every order's additions sum to the total, and
/// so do the estimates, exactly.
///
/// The same seed gives the same orders everywhere: pair number p is shuffled with its own stream, so that the answer
/// after m pairs does not depend on the steps. Cost: 2n calls of `cost_of` a pair.
///
/// ```
/// use gotong::matching::cost_split::SampledShapley;
///
/// // Twenty farms share a pump whose cost is that of the largest; farm 19 is the largest by far.
/// let cost = |group: &[usize]| group.iter().map(|&farm| if farm == 19 { 100 } else { 20 }).max().unwrap_or(0);
/// let mut sampled = SampledShapley::new(20, 7).unwrap();
/// sampled.step(500, cost).unwrap();
/// let estimates = sampled.estimates().unwrap();
/// let error = estimates[19].standard_error.unwrap();
/// assert!((estimates[19].mean.to_f64() - 81.0).abs() <= 4.0 * error);
/// ```
///
/// Source: Castro, Gómez, Tejada, "Polynomial calculation of the Shapley value based on sampling", Computers & OR 2009;
/// antithetic orders: Mitchell, Cooper, Frank, Holmes, "Sampling permutations for Shapley value estimation", JMLR 2022;
/// generator: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
#[derive(Clone, Debug)]
pub struct SampledShapley {
    seed: u64,
    pairs: u64,
    /// Σ over pairs of the sum of both additions.
    sums: Vec<i128>,
    /// Running mean of the pair sums, and Σ of squared deviations (Welford).
    running: Vec<(f64, f64)>,
}

impl SampledShapley {
    /// No orders yet.
    ///
    /// # Errors
    /// [`SplitError::PlayersOutOfRange`] for no or more than [`MAX_SAMPLED_PLAYERS`] players.
    pub fn new(players: usize, seed: u64) -> Result<Self, SplitError> {
        if players == 0 || players > MAX_SAMPLED_PLAYERS {
            return Err(SplitError::PlayersOutOfRange {
                players,
                most: MAX_SAMPLED_PLAYERS,
            });
        }
        Ok(Self {
            seed,
            pairs: 0,
            sums: vec![0; players],
            running: vec![(0.0, 0.0); players],
        })
    }

    /// Draws `pairs` more pairs. `cost_of` is given groups in ascending order, never the empty one.
    ///
    /// # Errors
    /// [`SplitError::Inexact`] if the sums leave 128 bits.
    pub fn step(&mut self, pairs: u64, mut cost_of: impl FnMut(&[usize]) -> i64) -> Result<(), SplitError> {
        let players = self.sums.len();
        for _ in 0..pairs {
            let mut order = self.next_order();
            let mut added = vec![0_i128; players];
            for _ in 0..2 {
                let mut group: Vec<usize> = Vec::with_capacity(players);
                let mut before = 0;
                for &player in &order {
                    let at = group.partition_point(|&other| other < player);
                    group.insert(at, player);
                    let cost = i128::from(cost_of(&group));
                    added[player] += cost - before;
                    before = cost;
                }
                order.reverse();
            }
            self.record(&added)?;
        }
        Ok(())
    }

    /// The first order of the next pair; the second is its reverse.
    pub(super) fn next_order(&self) -> Vec<usize> {
        shuffled(self.sums.len(), self.seed, self.pairs)
    }

    /// Takes in what each player added in both orders of the next pair together.
    ///
    /// # Errors
    /// [`SplitError::Inexact`] if the sums leave 128 bits.
    pub(super) fn record(&mut self, added: &[i128]) -> Result<(), SplitError> {
        self.pairs += 1;
        let count = self.pairs as f64;
        for ((sum, running), &added) in self.sums.iter_mut().zip(&mut self.running).zip(added) {
            *sum = sum.checked_add(added).ok_or(SplitError::Inexact)?;
            let off = added as f64 - running.0;
            running.0 += off / count;
            running.1 += off * (added as f64 - running.0);
        }
        Ok(())
    }

    /// How many pairs were drawn.
    pub fn pairs(&self) -> u64 {
        self.pairs
    }

    /// The estimates by player; `None` before the first pair.
    pub fn estimates(&self) -> Option<Vec<Estimate>> {
        let orders = i128::from(self.pairs).checked_mul(2)?;
        let pairs = self.pairs as f64;
        let estimate = |(sum, (_, squares)): (&i128, &(f64, f64))| {
            Some(Estimate {
                mean: Fraction::new(*sum, orders)?,
                standard_error: (self.pairs > 1).then(|| (squares / (pairs - 1.0) / pairs).sqrt() / 2.0),
            })
        };
        self.sums.iter().zip(&self.running).map(estimate).collect()
    }
}

/// The players in a random order, the same for the same seed and number (Fisher–Yates).
fn shuffled(players: usize, seed: u64, number: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..players).collect();
    // A stream of its own for every pair: its start is drawn from the seed's stream.
    let mut draws = Draws(Draws(seed ^ mixed(number)).next());
    for last in (1..players).rev() {
        order.swap(last, draws.below(last + 1));
    }
    order
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// A number below `bound`, all equally likely: draws beyond the last full round are drawn again.
    fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        loop {
            let draw = self.next();
            let rest = draw % bound;
            if draw - rest <= u64::MAX - (bound - 1) {
                return usize::try_from(rest).unwrap_or(0);
            }
        }
    }
}

fn mixed(value: u64) -> u64 {
    let mut z = value;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
