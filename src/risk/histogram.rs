//! Quantiles of money in bounded memory, whatever the order of the values.

use super::Quantiles;

/// Buckets per octave: a bucket is at most 1/1024 of its values wide.
const BUCKET_BITS: u32 = 10;
const BUCKETS: usize = 1 << BUCKET_BITS;
/// A page for 0 and one for each octave of 64-bit values: a power of two, so that a mask spares the check of an index.
const PAGES: usize = 128;
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

/// How often values fell where: enough for quantiles and for nothing else.
///
/// Definition: 0 has a bucket; each octave [2ᵏ, 2ᵏ⁺¹) has 1024 buckets of equal width, so that whole numbers below
/// 2048 have one each. A bucket holds its count and the sum of its values. A quantile is the mean of the values of the bucket
/// that holds it, to the nearest minor unit: so exact where the bucket holds one value only (a pledge paid in
/// full, a fixed price), else off by less than 1/1024 of itself. Counts and sums are integers, so the result
/// does not depend on the order of the values or on who added them.
///
/// Memory: 16 KiB per octave met; usually three to six octaves. Values up to 2⁵⁰ are summed exactly, up to 2²⁴ of
/// them.
///
/// Source: the bucket scheme of HdrHistogram (Tene 2012), with sums added.
#[derive(Clone, Debug)]
pub struct Histogram {
    /// `starts[page]`: what is added to the number of a bucket for its place in the list; far beyond the list for a
    /// page not met yet.
    starts: [usize; PAGES],
    /// The pages met, in the order they were met.
    buckets: Vec<Bucket>,
    total: u64,
}

/// Of a page not met: beyond any list with every number of a bucket.
const NOT_MET: usize = usize::MAX / 2;

impl Default for Histogram {
    fn default() -> Self {
        Self {
            starts: [NOT_MET; PAGES],
            buckets: Vec::new(),
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

/// The same for a value below 2⁵³: the first bits of the value as a float, which is a shorter way to the octave than
/// to look for the highest bit.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "at most 53 · 1024")]
fn number_of_small(value: u64) -> usize {
    const BELOW_BITS: u32 = f64::MANTISSA_DIGITS - 1 - BUCKET_BITS;
    const ONE: u64 = 1023 << BUCKET_BITS;
    let bits = (value.cast_signed() as f64).to_bits();
    (bits >> BELOW_BITS).saturating_sub(ONE - BUCKETS as u64) as usize
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
        self.add_many(value, 1);
    }

    /// Counts every value of a column.
    pub fn add_column(&mut self, values: &[u64]) {
        let Some(&first) = values.first() else {
            return;
        };
        let (some, all) = values
            .iter()
            .fold((first, first), |(some, all), &value| (some | value, all & value));
        if some == all {
            // One value (a known cost, a project never funded).
            self.add_many(first, values.len() as u64);
        } else if some >> (BUCKET_BITS + OFFSET_BITS + 1) == 0 {
            let mut rest = values;
            while let Some((&value, after)) = rest.split_at(self.add_met(rest)).1.split_first() {
                self.add_many(value, 1);
                rest = after;
            }
        } else {
            values.iter().for_each(|&value| self.add_many(value, 1));
        }
    }

    /// Counts values below 2⁵⁰ up to the first of a page not met yet; how many.
    fn add_met(&mut self, values: &[u64]) -> usize {
        let buckets = self.buckets.as_mut_slice();
        let mut done = 0;
        for &value in values {
            let number = number_of_small(value);
            let at = number.wrapping_add(self.starts[(number >> BUCKET_BITS) % PAGES]);
            let Some(bucket) = buckets.get_mut(at) else {
                break;
            };
            bucket.count += 1;
            bucket.sum = bucket.sum.wrapping_add(value);
            done += 1;
        }
        self.total += done as u64;
        done
    }

    /// Counts a value `times` times.
    pub fn add_many(&mut self, value: u64, times: u64) {
        self.total += times;
        let number = number_of(value);
        let start = self.start(number >> BUCKET_BITS);
        if let Some(bucket) = self.buckets.get_mut(number.wrapping_add(start)) {
            bucket.count += times;
            let each = match offset_shift(number) {
                0 => value,
                shift => (value - lower_end(number)) >> shift,
            };
            bucket.sum = bucket.sum.wrapping_add(each.wrapping_mul(times));
        }
    }

    /// What is added to numbers of this page; its buckets are made if they are not there.
    fn start(&mut self, page: usize) -> usize {
        let start = &mut self.starts[page % PAGES];
        if *start == NOT_MET {
            *start = self.buckets.len().wrapping_sub(page << BUCKET_BITS);
            self.buckets
                .resize(self.buckets.len() + BUCKETS, Bucket::default());
        }
        *start
    }

    /// How many values were counted.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The value of this rank from below, counted from 1, as good as the buckets tell; 0 beyond the values counted.
    pub fn value_of_rank(&self, rank: u64) -> f64 {
        let mut below = 0;
        let met = self.starts.iter().enumerate();
        for (page, start) in met.filter(|(_, start)| **start != NOT_MET) {
            for number in page << BUCKET_BITS..(page + 1) << BUCKET_BITS {
                let held = self.buckets.get(number.wrapping_add(*start));
                let held = held.copied().unwrap_or_default();
                below += held.count;
                if held.count > 0 && rank > 0 && rank <= below {
                    return held.mean(number);
                }
            }
        }
        0.0
    }

    /// The buckets that hold something, by number: number, count, sum. All there is to a histogram.
    pub(super) fn held(&self) -> impl Iterator<Item = (usize, u64, u64)> {
        let Self {
            starts,
            buckets,
            total: _,
        } = self;
        let met = starts.iter().enumerate().filter(|(_, start)| **start != NOT_MET);
        let numbers = met.flat_map(|(page, start)| {
            let numbers = page << BUCKET_BITS..(page + 1) << BUCKET_BITS;
            numbers.map(move |number| (number, number.wrapping_add(*start)))
        });
        numbers.filter_map(|(number, at)| {
            let Bucket { count, sum } = buckets.get(at).copied()?;
            (count > 0).then_some((number, count, sum))
        })
    }

    /// Adds what the bucket of this number holds in another histogram; `None` if there is no such bucket.
    pub(super) fn add_held(&mut self, number: usize, count: u64, sum: u64) -> Option<()> {
        let page = number >> BUCKET_BITS;
        self.total = (page < PAGES).then(|| self.total.checked_add(count))??;
        let at = number.wrapping_add(self.start(page));
        let bucket = self.buckets.get_mut(at)?;
        bucket.count += count;
        bucket.sum = bucket.sum.wrapping_add(sum);
        Some(())
    }

    /// P10, P50 and P90: the value of rank ⌈p·n⌉ from below, as good as the buckets tell. Zeros if nothing was
    /// counted.
    pub fn quantiles(&self) -> Quantiles {
        let ranks = [10, 50, 90].map(|percent| (self.total * percent).div_ceil(100));
        let mut found = [0.0; 3];
        let mut next = 0;
        let mut below = 0;
        let met = self.starts.iter().enumerate();
        for (page, start) in met.filter(|(_, start)| **start != NOT_MET) {
            for number in page << BUCKET_BITS..(page + 1) << BUCKET_BITS {
                let held = self.buckets.get(number.wrapping_add(*start));
                let held = held.copied().unwrap_or_default();
                below += held.count;
                while let (Some(&rank), Some(slot)) = (ranks.get(next), found.get_mut(next)) {
                    if rank == 0 || rank > below {
                        break;
                    }
                    *slot = held.mean(number);
                    next += 1;
                }
            }
        }
        let [p10, p50, p90] = found;
        Quantiles { p10, p50, p90 }
    }
}

impl Bucket {
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
        let mut huge = Histogram::default();
        huge.add_many(u64::MAX, 1 << 24);
        assert!((huge.quantiles().p50 / u64::MAX as f64 - 1.0).abs() < 1e-9);
        assert_eq!(Histogram::default().quantiles(), Quantiles::default());
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
                assert_eq!(number_of_small(value), number, "{value}");
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
