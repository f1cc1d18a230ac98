//! From real numbers back to whole minor units.

use crate::domain::MAX_AMOUNT_MINOR;

/// 2⁵²: between it and 2⁵³ the numbers an `f64` can hold are the whole ones.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// `amount` in whole minor units, rounded half to even, from 0 to [`MAX_AMOUNT_MINOR`]; not a number counts as 0.
///
/// Half to even, because halves always rounded up would make every expected cost a little too large. Done by one
/// addition (the hardware's own rounding) because the rounding call of older processors is a library function.
#[inline]
#[allow(clippy::manual_clamp, reason = "`clamp` keeps NaN")]
pub(super) fn round_half_even(amount: f64) -> u64 {
    // `max` before `min`: a NaN becomes 0.
    whole_minor(amount.max(0.0).min(MAX_AMOUNT_MINOR as f64))
}

/// The same for an amount known to lie in [0, 2⁵²).
#[inline]
pub(super) fn whole_minor(amount: f64) -> u64 {
    (amount + WHOLE).to_bits() - WHOLE.to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_to_even_and_everything_else_to_the_nearest() {
        for (amount, whole) in [
            (0.0, 0),
            (0.5, 0),
            (0.500_000_001, 1),
            (1.5, 2),
            (2.5, 2),
            (999_999_999_999_998.5, 999_999_999_999_998),
            (1e15, MAX_AMOUNT_MINOR),
            (1e300, MAX_AMOUNT_MINOR),
            (f64::INFINITY, MAX_AMOUNT_MINOR),
            (-3.0, 0),
            (-0.0, 0),
            (f64::NAN, 0),
        ] {
            assert_eq!(round_half_even(amount), whole, "{amount}");
        }
    }
}
