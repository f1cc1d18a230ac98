//! Whole numbers of any size: as much of them as loads and exact shares need.

use std::cmp::Ordering;

/// Bits of a digit.
const DIGIT: u32 = 32;

/// A whole number ≥ 0: digits of 32 bits, the lowest first, no leading zeros. (Products of two digits fit the 64 bits
/// wasm is fast at.)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::funding) struct Natural {
    digits: Vec<u32>,
}

/// The low digit of a number.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the low digit is what is asked for"
)]
fn low(value: u64) -> u32 {
    value as u32
}

/// The low two digits of a number.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the low digits are what is asked for"
)]
fn narrow(value: u128) -> u64 {
    value as u64
}

/// `digit` × `factor` + `more` + `carry`: its low digit and the rest. Where the factor is one digit, 64 bits do:
/// (2³² − 1)² + 2 (2³² − 1) = 2⁶⁴ − 1.
fn add_product(digit: u32, factor: u64, more: u32, carry: u64) -> (u32, u64) {
    if factor >> DIGIT == 0 && carry >> DIGIT == 0 {
        let sum = u64::from(digit) * factor + u64::from(more) + carry;
        return (low(sum), sum >> DIGIT);
    }
    let sum = u128::from(digit) * u128::from(factor) + u128::from(more) + u128::from(carry);
    (low(narrow(sum)), narrow(sum >> DIGIT))
}

impl Natural {
    pub fn one() -> Self {
        Self::from(1)
    }

    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
    }

    /// `self` × `factor`.
    pub fn scale(&mut self, factor: u64) {
        let mut carry = 0;
        for digit in &mut self.digits {
            (*digit, carry) = add_product(*digit, factor, 0, carry);
        }
        self.carry_over(carry);
        self.trim();
    }

    /// `self` × `factor`, `self` untouched.
    pub fn scaled(&self, factor: u64) -> Self {
        let mut product = self.clone();
        product.scale(factor);
        product
    }

    /// `self` + `other` × `factor`.
    pub fn add_scaled(&mut self, other: &Self, factor: u64) {
        if self.digits.len() < other.digits.len() {
            self.digits.resize(other.digits.len(), 0);
        }
        let mut carry = 0;
        for (place, digit) in self.digits.iter_mut().enumerate() {
            let added = other.digits.get(place).copied().unwrap_or(0);
            if added == 0 && carry == 0 && place >= other.digits.len() {
                break;
            }
            (*digit, carry) = add_product(added, factor, *digit, carry);
        }
        self.carry_over(carry);
        self.trim();
    }

    /// What the highest digit left over becomes digits of its own.
    fn carry_over(&mut self, mut carry: u64) {
        while carry > 0 {
            self.digits.push(low(carry));
            carry >>= DIGIT;
        }
    }

    /// Divides by `divisor` (0 divides nothing) and returns what is left over.
    pub fn divide_by(&mut self, divisor: u64) -> u64 {
        if divisor == 0 {
            return 0;
        }
        let mut rest = 0_u64;
        for digit in self.digits.iter_mut().rev() {
            let value = (u128::from(rest) << DIGIT) | u128::from(*digit);
            // The rest is below the divisor, so the quotient is one digit.
            *digit = low(narrow(value / u128::from(divisor)));
            rest = narrow(value % u128::from(divisor));
        }
        self.trim();
        rest
    }

    /// `self` − `other`, 0 if that is below 0.
    pub fn subtract(&mut self, other: &Self) {
        if *self <= *other {
            self.digits.clear();
            return;
        }
        let mut borrow = false;
        for (place, digit) in self.digits.iter_mut().enumerate() {
            let taken = other.digits.get(place).copied().unwrap_or(0);
            let (rest, under) = digit.overflowing_sub(taken);
            let (rest, under_again) = rest.overflowing_sub(u32::from(borrow));
            *digit = rest;
            borrow = under || under_again;
        }
        self.trim();
    }

    /// `self` × `other`, as on paper.
    pub fn times(&self, other: &Self) -> Self {
        let mut digits = vec![0_u32; self.digits.len() + other.digits.len()];
        for (place, &digit) in self.digits.iter().enumerate() {
            let mut carry = 0;
            for (offset, &by) in other.digits.iter().enumerate() {
                let at = &mut digits[place + offset];
                let sum = u64::from(digit) * u64::from(by) + u64::from(*at) + carry;
                *at = low(sum);
                carry = sum >> DIGIT;
            }
            digits[place + other.digits.len()] = low(carry);
        }
        let mut product = Self { digits };
        product.trim();
        product
    }

    /// ⌊`self`/`by`⌋ and the rest; (0, `self`) for a zero `by`. Cut at `u64::MAX`.
    pub fn divide(mut self, by: &Self) -> (u64, Self) {
        let mut quotient = 0_u64;
        while !by.is_zero() && self >= *by {
            // Never above the true quotient, and all but 2⁻⁴⁹ of it: three turns at most.
            let guess = ratio(&self, by) * (1.0 - 2.0 * RATIO_ERROR);
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "casts of floats stop at the ends"
            )]
            let part = (guess as u64).max(1);
            let mut taken = by.clone();
            taken.scale(part);
            self.subtract(&taken);
            quotient = quotient.saturating_add(part);
        }
        (quotient, self)
    }

    /// (m, e) with m·2^e within 2⁻⁶² of the number, relative: m of the highest three digits.
    fn rough(&self) -> (f64, i64) {
        let top = self.digits.len().saturating_sub(3);
        let digits = self.digits.iter().skip(top).rev();
        let high = digits.fold(0_u128, |value, &digit| (value << DIGIT) | u128::from(digit));
        (
            high as f64,
            i64::from(DIGIT) * i64::try_from(top).unwrap_or(i64::MAX / 64),
        )
    }
}

/// The largest relative error of [`ratio`], and more.
pub(in crate::funding) const RATIO_ERROR: f64 = 1.0 / (1_u64 << 50) as f64;

/// What lies below this is told as this: far under any unit of money.
pub(in crate::funding) const TINY: f64 = 1e-200;

/// `above`/`below`, `below` > 0, with a relative error of at most [`RATIO_ERROR`]; 0 for 0, at least [`TINY`] otherwise.
pub(in crate::funding) fn ratio(above: &Natural, below: &Natural) -> f64 {
    if above.is_zero() {
        return 0.0;
    }
    let ((m, e), (n, f)) = (above.rough(), below.rough());
    let shift = i32::try_from((e - f).clamp(-2000, 2000)).unwrap_or(0);
    libm::scalbn(m / n, shift).clamp(TINY, 1e200)
}

impl From<u128> for Natural {
    fn from(mut value: u128) -> Self {
        let mut digits = Vec::new();
        while value > 0 {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "the low digit is what is asked for"
            )]
            digits.push(value as u32);
            value >>= DIGIT;
        }
        Self { digits }
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let lengths = self.digits.len().cmp(&other.digits.len());
        lengths.then_with(|| self.digits.iter().rev().cmp(other.digits.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The greatest common divisor; that of 0 and x is x.
pub(in crate::funding) fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(value: u128) -> Natural {
        Natural::from(value)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn small_ones_agree_with_the_machine(a: u64, b: u64, c: u32, d: u64) {
            let (wide_a, wide_b) = (u128::from(a), u128::from(b));
            prop_assert_eq!(number(wide_a).times(&number(wide_b)), number(wide_a * wide_b));
            let mut scaled = number(wide_a);
            scaled.scale(b);
            prop_assert_eq!(&scaled, &number(wide_a * wide_b));
            scaled.add_scaled(&number(u128::from(d)), u64::from(c));
            prop_assert_eq!(&scaled, &number((wide_a * wide_b).saturating_add(u128::from(d) * u128::from(c))));
            prop_assert_eq!(number(wide_a).cmp(&number(wide_b)), a.cmp(&b));
            let mut wide = number(wide_a * u128::from(c));
            wide.add_scaled(&number(u128::from(d)), b);
            if let Some(sum) = (wide_a * u128::from(c)).checked_add(u128::from(d) * wide_b) {
                prop_assert_eq!(wide, number(sum));
            }
            let mut rest = number(wide_a);
            rest.subtract(&number(wide_b));
            prop_assert_eq!(rest, number(wide_a.saturating_sub(wide_b)));
            let divisor = u128::from(d) + 1;
            let (quotient, rest) = number(wide_a * u128::from(c)).divide(&number(divisor));
            if let Ok(expected) = u64::try_from(wide_a * u128::from(c) / divisor) {
                prop_assert_eq!(quotient, expected);
                prop_assert_eq!(rest, number(wide_a * u128::from(c) % divisor));
            }
        }

        #[test]
        fn division_by_a_machine_word_undoes_multiplication(
            a in 0..=u128::MAX / 2, factor: u64, divisor in 1..=u64::MAX,
        ) {
            let mut quotient = number(a);
            prop_assert_eq!(u128::from(quotient.divide_by(divisor)), a % u128::from(divisor));
            prop_assert_eq!(&quotient, &number(a / u128::from(divisor)));
            // Beyond 128 bits: what was multiplied is divided again.
            let mut long = number(a);
            for by in [factor | 1, divisor, factor | 1] {
                long.scale(by);
            }
            let left = [divisor, factor | 1, factor | 1].map(|by| long.divide_by(by));
            prop_assert_eq!(left, [0; 3]);
            prop_assert_eq!(long, number(a));
        }

        #[test]
        fn large_ones_keep_the_laws(a in proptest::collection::vec(any::<u64>(), 0..12), b in proptest::collection::vec(any::<u64>(), 1..12), c: u64) {
            let product = |list: &[u64]| list.iter().fold(Natural::one(), |mut product, &factor| {
                product.scale(factor | 1);
                product
            });
            let (a, b) = (product(&a), product(&b));
            prop_assert_eq!(a.times(&b), b.times(&a));
            let mut sum = a.clone();
            sum.add_scaled(&b, c);
            let mut back = sum.clone();
            let mut part = b.clone();
            part.scale(c);
            prop_assert!(sum >= part);
            back.subtract(&part);
            prop_assert_eq!(&back, &a);
            let square = ratio(&a.times(&b), &b);
            let plain = ratio(&a, &Natural::one());
            prop_assert!((square - plain).abs() <= 4.0 * RATIO_ERROR * plain);
            if let Some(small) = (a.digits.len() <= 2).then(|| a.digits.iter().rev().fold(0_u64, |v, &d| v << 32 | u64::from(d))) {
                prop_assert!((plain - small as f64).abs() <= RATIO_ERROR * plain);
            }
        }
    }
}
