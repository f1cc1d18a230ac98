//! Whole numbers of any size, with the four things the sequential rules need: enough to compare fractions over one
//! common denominator exactly.

use std::cmp::Ordering;

/// A natural number: digits of 64 bits, least first, the last one not 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Natural(Vec<u64>);

impl Natural {
    pub(super) fn of(value: u64) -> Self {
        Self(if value == 0 { Vec::new() } else { vec![value] })
    }

    /// Adds `other`·`factor`. A digit, a carry and a product of two digits fit into 128 bits: (2⁶⁴−1)² + 2·(2⁶⁴−1)
    /// = 2¹²⁸ − 1.
    pub(super) fn add_product(&mut self, other: &Self, factor: u64) {
        if factor == 0 {
            return;
        }
        let mut carry = 0;
        let len = other.0.len().max(self.0.len());
        self.0.resize(len, 0);
        for (place, digit) in self.0.iter_mut().enumerate() {
            let Some(&theirs) = other.0.get(place) else {
                if carry == 0 {
                    break;
                }
                (*digit, carry) = halves(u128::from(*digit) + u128::from(carry));
                continue;
            };
            let product = u128::from(theirs) * u128::from(factor);
            (*digit, carry) = halves(product + u128::from(*digit) + u128::from(carry));
        }
        if carry > 0 {
            self.0.push(carry);
        }
    }

    /// This number times `factor`.
    pub(super) fn times(&self, factor: u64) -> Self {
        let mut product = Self::default();
        product.add_product(self, factor);
        product
    }

    /// Divides by `divisor` (0 divides nothing), and returns what is left over.
    pub(super) fn divide(&mut self, divisor: u64) -> u64 {
        if divisor == 0 {
            return 0;
        }
        let mut rest = 0_u64;
        for digit in self.0.iter_mut().rev() {
            let value = (u128::from(rest) << 64) | u128::from(*digit);
            // The rest is below the divisor, so the quotient is one digit.
            (*digit, _) = halves(value / u128::from(divisor));
            (rest, _) = halves(value % u128::from(divisor));
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        rest
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_digits = || self.0.iter().rev().cmp(other.0.iter().rev());
        self.0.len().cmp(&other.0.len()).then_with(by_digits)
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the two halves are what is wanted"
)]
fn halves(value: u128) -> (u64, u64) {
    (value as u64, (value >> 64) as u64)
}

/// The greatest common divisor; that of 0 and x is x.
pub(super) fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(value: u128) -> Natural {
        let (low, high) = halves(value);
        let mut number = Natural(vec![low, high]);
        number.divide(1);
        number
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn sums_products_quotients_and_order_are_those_of_128_bits(
            a in 0..u128::from(u64::MAX), b in 0..=u128::MAX / 2, factor in any::<u64>(), divisor in 1..=u64::MAX,
        ) {
            let mut sum = of(b);
            sum.add_product(&of(a & u128::from(u32::MAX)), factor);
            prop_assert_eq!(sum, of(b + (a & u128::from(u32::MAX)) * u128::from(factor)));
            let mut quotient = of(b);
            prop_assert_eq!(u128::from(quotient.divide(divisor)), b % u128::from(divisor));
            prop_assert_eq!(&quotient, &of(b / u128::from(divisor)));
            prop_assert_eq!(of(a).cmp(&of(b)), a.cmp(&b));
            // Beyond 128 bits: what was multiplied is divided again.
            let mut long = of(b).times(factor | 1).times(divisor).times(factor | 1);
            prop_assert_eq!(long.divide(divisor), 0);
            prop_assert_eq!(long.divide(factor | 1) + long.divide(factor | 1), 0);
            prop_assert_eq!(long, of(b));
        }
    }
}
