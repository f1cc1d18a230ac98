//! Quantiles of money in bounded memory, whatever the order of the values.

use super::Quantiles;

/// Buckets per octave: a bucket is at most 1/1024 of its values wide.
const BUCKET_BITS: u32 = 10;
const BUCKETS: usize = 1 << BUCKET_BITS;
/// Octaves of 64-bit values above the first 1024, which have a bucket each.
const PAGES: usize = 64 - BUCKET_BITS as usize + 1;
/// Offsets inside a bucket are kept to this many bits, so that 2²⁴ of them sum without overflow.
const OFFSET_BITS: u32 = 39;

#[derive(Clone, Copy, Debug, Default)]
struct Bucket {
    count: u64,
    /// Σ (value − lower end of the bucket).
    excess: u64,
}

/// How often values fell where: enough for quantiles and for nothing else.
///
/// Definition: whole numbers below 1024 have a bucket each; above, each octave [2ᵏ, 2ᵏ⁺¹) has 1024 buckets of equal
/// width. A bucket holds its count and the sum of its values. A quantile is the mean of the values of the bucket
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
    pages: Vec<Option<Box<[Bucket; BUCKETS]>>>,
    total: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self {
            pages: vec![None; PAGES],
            total: 0,
        }
    }
}

/// Page, bucket and offset of a value.
#[inline]
#[allow(
    clippy::cast_possible_truncation,
    reason = "the lowest ten bits are what is wanted"
)]
fn place(value: u64) -> (usize, usize, u64) {
    let page = (u64::BITS - (value >> BUCKET_BITS).leading_zeros()) as usize;
    let width_bits = page.saturating_sub(1);
    let bucket = (value >> width_bits) as usize & (BUCKETS - 1);
    (page, bucket, value & ((1 << width_bits) - 1))
}

/// How far offsets of a page are shifted down to fit [`OFFSET_BITS`].
fn offset_shift(page: usize) -> u32 {
    u32::try_from(page.saturating_sub(1))
        .unwrap_or(0)
        .saturating_sub(OFFSET_BITS)
}

impl Histogram {
    /// Counts a value.
    #[inline]
    pub fn add(&mut self, value: u64) {
        self.add_many(value, 1);
    }

    /// Counts a value `times` times.
    #[inline]
    pub fn add_many(&mut self, value: u64, times: u64) {
        self.total += times;
        let (page, bucket, offset) = place(value);
        let Some(slot) = self.pages.get_mut(page) else {
            return;
        };
        let buckets = slot.get_or_insert_with(|| Box::new([Bucket::default(); BUCKETS]));
        if let Some(bucket) = buckets.get_mut(bucket) {
            bucket.count += times;
            bucket.excess += (offset >> offset_shift(page)) * times;
        }
    }

    /// P10, P50 and P90: the value of rank ⌈p·n⌉ from below, as good as the buckets tell. Zeros if nothing was
    /// counted.
    pub fn quantiles(&self) -> Quantiles {
        let ranks = [10, 50, 90].map(|percent| (self.total * percent).div_ceil(100));
        let mut found = [0.0; 3];
        let mut next = 0;
        let mut below = 0;
        for (page, buckets) in self.pages.iter().enumerate() {
            for (bucket, held) in buckets.iter().flat_map(|buckets| buckets.iter().enumerate()) {
                below += held.count;
                while let (Some(&rank), Some(slot)) = (ranks.get(next), found.get_mut(next)) {
                    if rank == 0 || rank > below {
                        break;
                    }
                    *slot = mean(page, bucket, *held);
                    next += 1;
                }
            }
        }
        let [p10, p50, p90] = found;
        Quantiles { p10, p50, p90 }
    }
}

/// The mean of a bucket's values, to the nearest unit.
fn mean(page: usize, bucket: usize, held: Bucket) -> f64 {
    let lower = match page.checked_sub(1) {
        None => bucket as u64,
        Some(width_bits) => (1_u64 << (BUCKET_BITS as usize + width_bits)) + ((bucket as u64) << width_bits),
    };
    let offset = (held.excess + held.count / 2) / held.count.max(1);
    (lower + (offset << offset_shift(page))) as f64
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
            values.iter().for_each(|&value| histogram.add(value));
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
