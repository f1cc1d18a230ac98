//! Counting: histograms and tables of what met what.

/// Buckets per octave: 2¹⁰.
pub const BUCKET_BITS: u32 = 10;
/// A page for 0 and one for each octave of 64-bit values: a power of two, so that a mask spares the check of an index.
pub const PAGES: usize = 128;
/// Bits of a bucket of last values for their number; above them is their sum.
pub const COUNT_BITS: u32 = 12;
/// The most such a bucket counts.
pub const MOST_RECENT: u64 = (1 << COUNT_BITS) - 1;

/// The number of a bucket of a value below 2⁵³: the first bits of the value as a float, which is a shorter way to the
/// octave than to look for the highest bit.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "at most 53 · 1024")]
pub fn bucket_of(value: u64) -> usize {
    const BELOW_BITS: u32 = f64::MANTISSA_DIGITS - 1 - BUCKET_BITS;
    const ONE: u64 = 1023 << BUCKET_BITS;
    let bits = (value.cast_signed() as f64).to_bits();
    (bits >> BELOW_BITS).saturating_sub(ONE - (1 << BUCKET_BITS)) as usize
}

/// Counts values below 2⁵⁰ in the buckets of last values, up to the first whose page was not met or whose bucket is full;
/// how many. `starts[page]`: what is added to a bucket's number for its place.
pub fn count_recent(starts: &[usize; PAGES], recent: &mut [u64], values: &[u64]) -> usize {
    let mut done = 0;
    for &value in values {
        let number = bucket_of(value);
        let at = number.wrapping_add(starts[(number >> BUCKET_BITS) % PAGES]);
        let Some(recent) = recent
            .get_mut(at)
            .filter(|recent| **recent & MOST_RECENT < MOST_RECENT)
        else {
            break;
        };
        *recent = recent.wrapping_add((value << COUNT_BITS) + 1);
        done += 1;
    }
    done
}

/// The bits that some value has, and those that all have; (0, 0) of nothing.
pub fn bits(values: &[u64]) -> (u64, u64) {
    let first = values.first().copied().unwrap_or(0);
    let both = |(some, all), &value: &u64| (some | value, all & value);
    values.iter().fold((first, first), both)
}

/// One more for each future in `counts[cell + class · levels]`.
pub fn count_classes(counts: &mut [u32], levels: usize, classes: &[u8], cells: &[u16]) {
    for (&class, &cell) in classes.iter().zip(cells) {
        if let Some(count) = counts.get_mut(usize::from(cell) + usize::from(class) * levels) {
            *count += 1;
        }
    }
}

/// Adds a column of amounts to sums.
pub fn add(sums: &mut [u64], amounts: &[u64]) {
    for (sum, amount) in sums.iter_mut().zip(amounts) {
        *sum += amount;
    }
}

/// Adds a column of flags to counts.
pub fn add_flags(counts: &mut [u16], flags: &[bool]) {
    for (count, flag) in counts.iter_mut().zip(flags) {
        *count += u16::from(*flag);
    }
}

/// What each amount falls short of `of`, summed; `of` below 2⁵³ and at most 2¹⁰ amounts.
pub fn shortfalls(amounts: &[u64], of: u64) -> u64 {
    amounts.iter().map(|amount| of.saturating_sub(*amount)).sum()
}
