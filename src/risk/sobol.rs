//! Owen-scrambled Sobol points: as random as plain Monte Carlo one by one, far more even together.
//!
//! A scrambled point is uniform on [0, 1), so estimates are unbiased; the net property (every interval of length
//! 2⁻ᵏ holds exactly n·2⁻ᵏ of the first n points, n a power of two) makes their error fall faster than 1/√n.
//!
//! Sources: Sobol 1967; direction numbers of Joe, Kuo 2008; nested uniform scrambling, Owen, "Randomly permuted
//! (t,m,s)-nets and (t,s)-sequences", 1995; done by a hash in bit-reversed order, Burley, "Practical hash-based
//! Owen scrambling", Journal of Computer Graphics Techniques 9 (2020), after Laine, Karras 2011; the hash itself is
//! the one of Vegdahl, "Building a better LK hash", 2021, which flips closer to one half of all branches.

use super::sobol_table::JOE_KUO;
#[cfg(test)]
use gotong_kernel::draws::owen_scramble_reversed;
use gotong_kernel::draws::scramble_run;

/// Dimensions with direction numbers; quantities beyond them draw from the counter-based generator.
#[cfg(test)]
pub(super) const SOBOL_DIMENSIONS: usize = JOE_KUO.len() + 1;

/// Points generated at a time within one scramble.
pub(super) const RUN: usize = 64;

/// One dimension of the Sobol sequence. All numbers are kept bit-reversed: XOR does not mind, the scrambling hash
/// wants it so, and one reversal at the end is enough.
#[derive(Clone, Debug)]
pub(super) struct SobolDimension {
    /// `directions[bit]`: what bit `bit` of the point's index contributes.
    directions: [u32; 32],
    /// `run[j]`: the point of index `j`; aligned runs of 64 differ from it by one XOR.
    run: [u32; RUN],
}

impl SobolDimension {
    /// Dimension `number`, counted from 0; `None` beyond the 64 with direction numbers.
    pub(super) fn new(number: usize) -> Option<Self> {
        let directions = match number.checked_sub(1) {
            // van der Corput: v_i = 2^(32−i)
            None => std::array::from_fn(|bit| 1_u32 << (31 - bit)),
            Some(row) => directions(*JOE_KUO.get(row)?),
        }
        .map(u32::reverse_bits);
        let mut dimension = Self {
            directions,
            run: [0; RUN],
        };
        dimension.run = std::array::from_fn(|j| dimension.reversed(u32::try_from(j).unwrap_or(0)));
        Some(dimension)
    }

    /// The unscrambled point of this index, bit-reversed. Plain binary order, not Gray code: any prefix of length
    /// 2ᵏ holds the same points either way, and a point can be had without the one before.
    fn reversed(&self, index: u32) -> u32 {
        let mut point = 0;
        for (bit, direction) in self.directions.iter().enumerate() {
            if index >> bit & 1 == 1 {
                point ^= direction;
            }
        }
        point
    }

    /// Fills `points` (at most [`RUN`] long) with the scrambled points from index `first` on, a multiple of their
    /// number rounded up to a power of two.
    pub(super) fn fill(&self, first: u32, scramble: u32, points: &mut [u32]) {
        let base = self.reversed(first);
        scramble_run(base, &self.run, scramble, points);
    }

    /// The scrambled point of one index.
    #[cfg(test)]
    pub(super) fn at(&self, index: u32, scramble: u32) -> u32 {
        owen_scramble_reversed(self.reversed(index), scramble).reverse_bits()
    }
}

/// Direction numbers v_1 … v_32 as 32-bit fractions by the recurrence of the primitive polynomial.
fn directions((degree, coefficients, initial): (u32, u32, &[u32])) -> [u32; 32] {
    let s = degree as usize;
    let mut v = [0_u32; 32];
    for i in 0..32 {
        v[i] = if let Some(m) = initial.get(i) {
            m << (31 - i)
        } else {
            let mut value = v[i - s] ^ (v[i - s] >> s);
            for k in 1..s {
                if coefficients >> (s - 1 - k) & 1 == 1 {
                    value ^= v[i - k];
                }
            }
            value
        };
    }
    v
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::counter::{Purpose, Stream};

    #[test]
    fn the_first_points_are_the_published_ones() {
        // Joe, Kuo, sample output of their program, dimensions 1 to 3; there in Gray-code order.
        let published = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
        ];
        for (n, expected) in (0_u32..).zip(published) {
            let point = [0, 1, 2].map(|d| {
                SobolDimension::new(d)
                    .unwrap()
                    .reversed(n ^ (n >> 1))
                    .reverse_bits()
            });
            assert_eq!(
                point.map(|x| f64::from(x) / 4_294_967_296.0),
                expected,
                "point {n}"
            );
        }
    }

    #[test]
    fn each_scramble_of_each_dimension_is_a_net() {
        let seeds = Stream::new(1, 2, Purpose::Scramble);
        for number in 0..SOBOL_DIMENSIONS {
            let dimension = SobolDimension::new(number).unwrap();
            for scramble in 0..16 {
                let points: Vec<u32> = (0..256).map(|n| dimension.at(n, seeds.at(scramble))).collect();
                for k in 1..=8 {
                    let mut held = vec![0; 1 << k];
                    for point in &points {
                        held[(point >> (32 - k)) as usize] += 1;
                    }
                    assert!(held.iter().all(|&n| n == 256 >> k), "dimension {number}, k {k}");
                }
            }
        }
    }

    #[test]
    fn the_first_two_dimensions_are_a_net_in_the_square() {
        // (0, m, 2)-net: each elementary box of area 1/256 holds one of 256 points, whatever its shape.
        let (x, y) = (SobolDimension::new(0).unwrap(), SobolDimension::new(1).unwrap());
        let seeds = Stream::new(3, 4, Purpose::Scramble);
        for wide in 0..=8 {
            let mut held = vec![0; 256];
            for n in 0..256 {
                let column = u64::from(x.at(n, seeds.at(0))) >> (32 - wide);
                let row = u64::from(y.at(n, seeds.at(1))) >> (32 - (8 - wide));
                held[usize::try_from(row << wide | column).unwrap()] += 1;
            }
            assert_eq!(held, vec![1; 256], "boxes 2^-{wide} wide");
        }
    }

    #[test]
    fn scrambling_is_nested_and_fair() {
        // Nested: the first k digits of the result depend on the first k digits of the point alone.
        let seeds = Stream::new(5, 6, Purpose::Scramble);
        let mut flips = [0_u32; 32];
        for trial in 0..4096 {
            let (seed, point) = (seeds.at(2 * trial), seeds.at(2 * trial + 1));
            let scrambled = owen_scramble_reversed(point.reverse_bits(), seed).reverse_bits();
            let k = trial % 31 + 1;
            let other = point ^ (u32::MAX >> k & trial.wrapping_mul(0x9E37_79B9));
            let other = owen_scramble_reversed(other.reverse_bits(), seed).reverse_bits();
            assert_eq!(scrambled >> (32 - k), other >> (32 - k));
            for (bit, count) in flips.iter_mut().enumerate() {
                *count += (scrambled ^ point) >> bit & 1;
            }
        }
        // Fair: each digit flips half the time, within 5 standard errors (32 each).
        assert!(flips.iter().all(|&count| count.abs_diff(2048) < 160), "{flips:?}");
    }

    #[test]
    fn a_run_is_the_points_one_by_one() {
        let dimension = SobolDimension::new(5).unwrap();
        let mut run = [0; RUN];
        dimension.fill(128, 99, &mut run);
        let single: Vec<u32> = (128..192).map(|n| dimension.at(n, 99)).collect();
        assert_eq!(run.to_vec(), single);
        assert!(SobolDimension::new(SOBOL_DIMENSIONS).is_none());
    }
}
