//! From real numbers back to whole minor units.

/// The largest amount of money there is.
pub const MAX_AMOUNT_MINOR: u64 = 1_000_000_000_000_000;

/// 2⁵²: between it and 2⁵³ the numbers an `f64` can hold are the whole ones.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// `amount` in whole minor units, rounded half to even, from 0 to [`MAX_AMOUNT_MINOR`]; not a number counts as 0.
///
/// Half to even, because halves always rounded up would make every expected cost a little too large. Done by one
/// addition (the hardware's own rounding) because the rounding call of older processors is a library function.
#[inline]
#[allow(clippy::manual_clamp, reason = "`clamp` keeps NaN")]
pub fn round_half_even(amount: f64) -> u64 {
    // `max` before `min`: a NaN becomes 0.
    whole_minor(amount.max(0.0).min(MAX_AMOUNT_MINOR as f64))
}

/// The same for an amount known to lie in [0, 2⁵²).
#[inline]
pub fn whole_minor(amount: f64) -> u64 {
    (amount + WHOLE).to_bits() - WHOLE.to_bits()
}
