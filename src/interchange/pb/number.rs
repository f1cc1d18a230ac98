//! Decimal numbers as people write them, exactly.

/// mantissa / 10^digits, never negative, with the fewest digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: u64,
    digits: u32,
}

/// More decimal digits than any currency or score needs.
const MOST_DIGITS: u32 = 9;

impl Decimal {
    /// `1200`, `1200.50`, `1200,5` or `1 200`; nothing negative, no exponent, no thousands sign but space.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((&text, ""));
        let fraction = fraction.trim_end_matches('0');
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let digits = u32::try_from(fraction.len())
            .ok()
            .filter(|&digits| digits <= MOST_DIGITS)?;
        let mantissa = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { mantissa, digits })
    }

    /// Decimal digits it needs.
    pub fn digits(self) -> u32 {
        self.digits
    }

    /// The number in units of 10^−`digits`; `None` if it needs more digits or overflows.
    pub fn scaled(self, digits: u32) -> Option<u64> {
        let shift = digits.checked_sub(self.digits)?;
        self.mantissa.checked_mul(10_u64.checked_pow(shift)?)
    }

    /// The number in units of 10^−`digits`, rounded up.
    pub fn ceiling_at(self, digits: u32) -> u64 {
        match self.digits.checked_sub(digits) {
            Some(shift) => self.mantissa.div_ceil(10_u64.saturating_pow(shift)),
            None => self.scaled(digits).unwrap_or(u64::MAX),
        }
    }

    /// The number rounded up to a whole one.
    pub fn ceiling(self) -> u64 {
        self.mantissa.div_ceil(10_u64.saturating_pow(self.digits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_exactly_or_not_at_all() {
        let read = |text: &str| Decimal::parse(text).and_then(|number| number.scaled(2));
        assert_eq!(read("400000.0"), Some(40_000_000));
        assert_eq!(read("1 200,5"), Some(120_050));
        assert_eq!(read("0.001"), None);
        for wrong in ["", "-5", "1e6", "1.2.3", "12a", ".", "99999999999999999999", "∞"] {
            assert_eq!(Decimal::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Decimal::parse("2.01").map(Decimal::ceiling), Some(3));
    }
}
