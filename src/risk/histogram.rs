//! Quantiles of money in bounded memory, whatever the order of the values.

use super::Quantiles;
use gotong_kernel::counts::{BUCKET_BITS, COUNT_BITS, MOST_RECENT, PAGES, bits, count_recent};
use std::collections::BTreeMap;

const BUCKETS: usize = 1 << BUCKET_BITS;
/// Offsets inside a bucket are kept to this many bits, so that 2²⁴ of them sum without overflow.
const OFFSET_BITS: u32 = 39;

#[derive(Clone, Copy, Debug, Default)]
struct Bucket {
    count: u64,
    /// Below 2⁵⁰: the sum of the values, modulo 2⁶⁴; enough, since what the sum is above `count` times the lower end
    /// of the bucket is less than 2⁶⁴. From 2⁵⁰ on: the sum of what they are above the lower end, scaled down to
    /// [`OFFSET_BITS`].
    sum: u64,
}

/// The last values of a bucket, at most [`MOST_RECENT`], all below 2⁵⁰: their number in the low 12 bits, above it their
/// sum modulo 2⁵². Enough, since what the sum is above the number times the lower end is below 2¹²·2⁴⁰. One addition
/// counts a value, and half as much memory is walked through.
type Recent = u64;

/// How often values fell where: enough for quantiles and for nothing else.
///
/// Definition: 0 has a bucket; each octave [2ᵏ, 2ᵏ⁺¹) has 1024 buckets of equal width, so that whole numbers below
/// 2048 have one each. A bucket holds its count and the sum of its values. A quantile is the mean of the values of the bucket
/// that holds it, to the nearest minor unit: so exact where the bucket holds one value only (a pledge paid in
/// full, a fixed price), else off by less than 1/1024 of itself. Counts and sums are integers, so the result
/// does not depend on the order of the values or on who added them.
///
/// Memory: 8 KiB per octave met, usually three to six octaves, and a little for each bucket that meets more than 4 095
/// values. Values up to 2⁵⁰ are summed exactly, up to 2²⁴ of them.
///
/// Source: the bucket scheme of HdrHistogram (Tene 2012), with sums added.
#[derive(Clone, Debug)]
pub struct Histogram {
    /// `starts[page]`: what is added to the number of a bucket for its place in the list; far beyond the list for a
    /// page not met yet.
    starts: [usize; PAGES],
    /// The last values of the pages met, in the order they were met.
    recent: Vec<Recent>,
    /// By number: what is not in `recent`. Few, since few buckets meet thousands of values.
    settled: BTreeMap<usize, Bucket>,
    total: u64,
}

/// Of a page not met: beyond any list with every number of a bucket.
const NOT_MET: usize = usize::MAX / 2;

impl Default for Histogram {
    fn default() -> Self {
        Self {
            starts: [NOT_MET; PAGES],
            recent: Vec::new(),
            settled: BTreeMap::new(),
            total: 0,
        }
    }
}

/// The number of a value's bucket: 1024 times its page and the place in it.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "at most 65 · 1024")]
fn number_of(value: u64) -> usize {
    let Some(octave) = value.checked_ilog2() else {
        return 0;
    };
    let place = if octave >= BUCKET_BITS {
        value >> (octave - BUCKET_BITS)
    } else {
        value << (BUCKET_BITS - octave)
    };
    ((octave as usize) << BUCKET_BITS) + place as usize
}

/// Whether a value is below 2⁵⁰, so that its bucket of last values may take it.
fn is_small(value: u64) -> bool {
    value >> (BUCKET_BITS + OFFSET_BITS + 1) == 0
}

/// The lowest value of a bucket.
fn lower_end(number: usize) -> u64 {
    let Some(octave) = (number >> BUCKET_BITS).checked_sub(1) else {
        return 0;
    };
    let place = (number % BUCKETS + BUCKETS) as u64;
    match octave.checked_sub(BUCKET_BITS as usize) {
        Some(width_bits) => place << width_bits,
        None => place >> (BUCKET_BITS as usize - octave),
    }
}

/// How far offsets in a bucket are shifted down to fit [`OFFSET_BITS`].
fn offset_shift(number: usize) -> u32 {
    let octave = u32::try_from(number >> BUCKET_BITS)
        .unwrap_or(0)
        .saturating_sub(1);
    octave.saturating_sub(BUCKET_BITS + OFFSET_BITS)
}

impl Histogram {
    /// Counts a value.
    #[inline]
    pub fn add(&mut self, value: u64) {
        if !is_small(value) || self.add_met(&[value]) == 0 {
            self.add_many(value, 1);
        }
    }

    /// Counts every value of a column.
    pub fn add_column(&mut self, values: &[u64]) {
        let (some, all) = bits(values);
        if values.is_empty() {
            // Nothing to count.
        } else if some == all {
            // One value (a known cost, a project never funded).
            self.add_many(some, values.len() as u64);
        } else if is_small(some) {
            let mut rest = values;
            while let Some((&value, after)) = rest.split_at(self.add_met(rest)).1.split_first() {
                self.add_many(value, 1);
                rest = after;
            }
        } else {
            values.iter().for_each(|&value| self.add(value));
        }
    }

    /// Counts values below 2⁵⁰ up to the first of a page not met yet, or of a bucket whose last values are full; how many.
    fn add_met(&mut self, values: &[u64]) -> usize {
        let done = count_recent(&self.starts, &mut self.recent, values);
        self.total += done as u64;
        done
    }

    /// Counts a value `times` times.
    pub fn add_many(&mut self, value: u64, times: u64) {
        if times == 0 {
            return;
        }
        self.total += times;
        let number = number_of(value);
        let start = self.start(number >> BUCKET_BITS);
        let bucket = self.settled.entry(number).or_default();
        if let Some(recent) = self.recent.get_mut(number.wrapping_add(start)) {
            bucket.take(std::mem::take(recent), number);
        }
        bucket.count += times;
        let each = match offset_shift(number) {
            0 => value,
            shift => (value - lower_end(number)) >> shift,
        };
        bucket.sum = bucket.sum.wrapping_add(each.wrapping_mul(times));
    }

    /// What is added to numbers of this page; its buckets are made if they are not there.
    fn start(&mut self, page: usize) -> usize {
        let start = &mut self.starts[page % PAGES];
        if *start == NOT_MET {
            *start = self.recent.len().wrapping_sub(page << BUCKET_BITS);
            self.recent.resize(self.recent.len() + BUCKETS, 0);
        }
        *start
    }

    /// How many values were counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The value of this rank from below, counted from 1, as good as the buckets tell; 0 beyond the values counted.
    pub fn value_of_rank(&self, rank: u64) -> f64 {
        let (mut below, mut found) = (0, 0.0);
        self.met(|number, held| {
            if rank > below && rank <= below + held.count {
                found = held.mean(number);
            }
            below += held.count;
        });
        found
    }

    /// The buckets that hold something, by number: number, count, sum. All there is to a histogram.
    pub(super) fn held(&self) -> Vec<(usize, u64, u64)> {
        let Self {
            starts: _,
            recent: _,
            settled: _,
            total: _,
        } = self;
        let mut held = Vec::new();
        self.met(|number, Bucket { count, sum }| held.push((number, count, sum)));
        held
    }

    /// Adds what the bucket of this number holds in another histogram; `None` if there is no such bucket.
    pub(super) fn add_held(&mut self, number: usize, count: u64, sum: u64) -> Option<()> {
        let page = number >> BUCKET_BITS;
        self.total = (page < PAGES).then(|| self.total.checked_add(count))??;
        self.start(page);
        let bucket = self.settled.entry(number).or_default();
        bucket.count += count;
        bucket.sum = bucket.sum.wrapping_add(sum);
        Some(())
    }

    /// Every bucket that holds something, by number, with all it holds.
    fn met(&self, mut look: impl FnMut(usize, Bucket)) {
        for (page, &start) in self
            .starts
            .iter()
            .enumerate()
            .filter(|(_, start)| **start != NOT_MET)
        {
            let numbers = page << BUCKET_BITS..(page + 1) << BUCKET_BITS;
            let first = numbers.start.wrapping_add(start);
            let recent = self.recent.get(first..first + BUCKETS).unwrap_or_default();
            let mut settled = self.settled.range(numbers.clone()).peekable();
            for (number, &recent) in numbers.zip(recent) {
                let held = settled.next_if(|(settled, _)| **settled == number);
                if held.is_some() || recent > 0 {
                    let mut held = held.map(|(_, bucket)| *bucket).unwrap_or_default();
                    held.take(recent, number);
                    look(number, held);
                }
            }
        }
    }

    /// P10, P50 and P90: the value of rank ⌈p·n⌉ from below, as good as the buckets tell. Zeros if nothing was
    /// counted.
    pub fn quantiles(&self) -> Quantiles {
        let ranks = [10, 50, 90].map(|percent| (self.total * percent).div_ceil(100));
        let mut found = [0.0; 3];
        let mut next = 0;
        let mut below = 0;
        self.met(|number, held| {
            below += held.count;
            while let (Some(&rank), Some(slot)) = (ranks.get(next), found.get_mut(next)) {
                if rank == 0 || rank > below {
                    break;
                }
                *slot = held.mean(number);
                next += 1;
            }
        });
        let [p10, p50, p90] = found;
        Quantiles { p10, p50, p90 }
    }
}

impl Bucket {
    /// Adds the last values of the bucket with this number.
    fn take(&mut self, recent: Recent, number: usize) {
        const SUM: u64 = u64::MAX >> COUNT_BITS;
        let count = recent & MOST_RECENT;
        if count > 0 {
            let lower = lower_end(number).wrapping_mul(count);
            let above = (recent >> COUNT_BITS).wrapping_sub(lower) & SUM;
            self.count += count;
            self.sum = self.sum.wrapping_add(lower.wrapping_add(above));
        }
    }

    /// The mean of the values, to the nearest unit, of the bucket with this number.
    fn mean(self, number: usize) -> f64 {
        let (lower, shift) = (lower_end(number), offset_shift(number));
        let excess = match shift {
            0 => self.sum.wrapping_sub(lower.wrapping_mul(self.count)),
            _ => self.sum,
        };
        let offset = (excess + self.count / 2) / self.count.max(1);
        (lower + (offset << shift)) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_values_are_exact_whatever_their_size() {
        for value in [
            0,
            1,
            1023,
            1024,
            1025,
            2047,
            2048,
            99_999_999,
            1_000_000_000_000_000,
            (1 << 50) - 1,
        ] {
            let mut histogram = Histogram::default();
            histogram.add_many(value, 1 << 24);
            let expected = value as f64;
            let Quantiles { p10, p50, p90 } = histogram.quantiles();
            assert_eq!([p10, p50, p90], [expected; 3]);
        }
        let mut none = Histogram::default();
        none.add_many(7, 0);
        assert_eq!(none.held(), Vec::new());
        let mut huge = Histogram::default();
        huge.add_many(u64::MAX, 1 << 24);
        assert!((huge.quantiles().p50 / u64::MAX as f64 - 1.0).abs() < 1e-9);
        assert_eq!(Histogram::default().quantiles(), Quantiles::default());
    }

    #[test]
    fn values_one_by_one_and_in_columns_are_the_same() {
        let mut state = 7_u64;
        for scale in [1, 5, 3_000, 700_000_000, 1 << 50] {
            let (mut one_by_one, mut columns) = (Histogram::default(), Histogram::default());
            for _ in 0..12 {
                let values: Vec<u64> = (0..1024)
                    .map(|_| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
                        // Some buckets get thousands, so that their last values fill up.
                        if state >> 62 == 0 {
                            scale - 1
                        } else {
                            (state >> 9) % scale
                        }
                    })
                    .collect();
                columns.add_column(&values);
                values.iter().for_each(|&value| one_by_one.add_many(value, 1));
            }
            assert_eq!(columns.quantiles(), one_by_one.quantiles());
            assert_eq!(columns.total, one_by_one.total);
            assert_eq!(columns.held(), one_by_one.held());
        }
    }

    #[test]
    fn buckets_follow_each_other_and_both_ways_to_number_them_agree() {
        let mut last = 0;
        for value in (0..5000).chain((13..64).flat_map(|bit| {
            let octave = 1_u64 << bit;
            [octave - 1, octave, octave + 1, octave + octave / 3]
        })) {
            let number = number_of(value);
            assert!(number >= last, "{value}");
            if value < 2048 {
                assert_eq!(lower_end(number), value);
            }
            assert!(lower_end(number) <= value && value - lower_end(number) <= value >> BUCKET_BITS);
            if value < 1 << 53 {
                assert_eq!(gotong_kernel::counts::bucket_of(value), number, "{value}");
            }
            last = number;
        }
    }

    #[test]
    fn quantiles_are_those_of_the_sorted_values_within_a_thousandth() {
        let mut state = 1_u64;
        for scale in [50, 2_000, 3_000_000, 40_000_000_000_000] {
            let mut values: Vec<u64> = (0..4001)
                .map(|_| {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1_442_695_040_888_963_407);
                    (state >> 11) % scale
                })
                .collect();
            let mut histogram = Histogram::default();
            histogram.add_column(&values);
            values.sort_unstable();
            let Quantiles { p10, p50, p90 } = histogram.quantiles();
            for (found, rank) in [(p10, 401), (p50, 2001), (p90, 3601)] {
                let exact = values[rank - 1] as f64;
                assert!(
                    (found - exact).abs() <= exact / 1024.0,
                    "{scale}: {found} {exact}"
                );
            }
        }
    }
}
