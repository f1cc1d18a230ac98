//! From real numbers back to whole minor units.

pub(super) use gotong_kernel::money::{round_half_even, whole_minor};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::MAX_AMOUNT_MINOR;

    #[test]
    fn both_packages_know_the_same_largest_amount() {
        assert_eq!(gotong_kernel::money::MAX_AMOUNT_MINOR, MAX_AMOUNT_MINOR);
    }

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
