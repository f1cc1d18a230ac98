//! Quantiles of balances, which may be below 0.

use super::Histogram;
use super::partial::{Counts, Input};
use super::result::Fan;

/// How often values fell where, on both sides of 0: two [`Histogram`]s, so the same exactness and the same
/// independence of order.
#[derive(Clone, Debug, Default)]
pub(super) struct SignedHistogram {
    /// Of −x for x < 0.
    below: Histogram,
    /// Of x for x ≥ 0.
    above: Histogram,
}

impl SignedHistogram {
    /// Counts every value of a column; `room` is scratch.
    pub(super) fn add_column(&mut self, values: &[i64], room: &mut Vec<u64>) {
        for (side, is_below) in [(&mut self.below, true), (&mut self.above, false)] {
            room.clear();
            let own = values.iter().filter(|&&value| (value < 0) == is_below);
            room.extend(own.map(|value| value.unsigned_abs()));
            side.add_column(room);
        }
    }

    /// P5, P10, P50, P90 and P95: the values of rank ⌈p·n⌉ from below.
    pub(super) fn fan(&self) -> Fan {
        let below = self.below.total();
        let total = below + self.above.total();
        let at = |percent: u64| {
            let rank = (total * percent).div_ceil(100);
            if rank <= below {
                // The r-th lowest is the (n − r + 1)-th of the absolute values. Not −0.
                0.0 - self.below.value_of_rank(below - rank + 1)
            } else {
                self.above.value_of_rank(rank - below)
            }
        };
        Fan {
            p5: at(5),
            p10: at(10),
            p50: at(50),
            p90: at(90),
            p95: at(95),
        }
    }
}

impl Counts for SignedHistogram {
    fn write(&self, out: &mut Vec<u8>) {
        let Self { below, above } = self;
        below.write(out);
        above.write(out);
    }

    fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
        let Self { below, above } = self;
        below.add_from(input)?;
        above.add_from(input)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_sorted_values() {
        let mut state = 7_u64;
        for (low, high) in [(-900, 900), (-2_000_000_000, 50), (5, 700), (-60, -4)] {
            let mut values: Vec<i64> = (0..2003)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
                    low + i64::try_from(state >> 33).unwrap() % (high - low)
                })
                .collect();
            let mut histogram = SignedHistogram::default();
            histogram.add_column(&values, &mut Vec::new());
            values.sort_unstable();
            let Fan {
                p5,
                p10,
                p50,
                p90,
                p95,
            } = histogram.fan();
            for (found, percent) in [(p5, 5), (p10, 10), (p50, 50), (p90, 90), (p95, 95)] {
                let exact = values[(values.len() * percent).div_ceil(100) - 1] as f64;
                assert!(
                    (found - exact).abs() <= exact.abs() / 1024.0,
                    "{percent}: {found} {exact}"
                );
            }
        }
        assert_eq!(SignedHistogram::default().fan(), Fan::default());
    }
}
