//! Numbers as people write them: `1.500.000,50`, `1,500,000.50`, `Rp 1,5 miliar`, `20 hari`, `?`.

use super::digits::{NumberConvention, convention_of, decimal};
use super::number_words::{ABSENT, MULTIPLIERS, UNITS, UNKNOWN};
use crate::domain::{Currency, MAX_AMOUNT_MINOR};

/// What a cell for a quantity says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    /// Nothing, or that there is none.
    Absent,
    /// That there is some, not how much: `?`, `tidak tahu`, `unknown`, or just a tick.
    Unknown,
    /// How much, in whole units (money: minor units).
    Amount {
        /// The whole number.
        units: u64,
        /// Whether a fraction was rounded away.
        rounded: bool,
    },
}

/// Why a cell is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberError {
    /// `1.500`: one thousand five hundred or one and a half, and the document does not tell.
    Ambiguous,
    /// Below zero.
    Negative,
    /// Above [`MAX_AMOUNT_MINOR`].
    TooLarge,
    /// Money in another currency than the column's.
    OtherCurrency,
    /// Something else.
    NotANumber,
}

/// The digits of a cell with its separators, the sign and what stands around them.
struct Parts<'a> {
    negative: bool,
    number: &'a str,
    currency: Option<&'a str>,
    multiplier: u64,
}

/// What a cell says. `convention` is the document's, used only where the number itself does not tell;
/// `money` is the column's currency, or `None` for other kinds.
///
/// Fractions of the smallest unit are rounded half up, but never down to nothing.
pub(super) fn quantity(
    cell: &str,
    convention: Option<NumberConvention>,
    money: Option<Currency>,
) -> Result<Quantity, NumberError> {
    let text = plain(cell);
    if ABSENT.contains(&text.as_str()) {
        return Ok(Quantity::Absent);
    }
    if UNKNOWN.contains(&text.as_str()) {
        return Ok(Quantity::Unknown);
    }
    let parts = parts(&text).ok_or(NumberError::NotANumber)?;
    match (parts.currency, money) {
        (None, _) => {}
        (Some(_), None) => return Err(NumberError::NotANumber),
        (Some(sign), Some(currency)) if sign_of(sign) == Some(currency) => {}
        (Some(_), Some(_)) => return Err(NumberError::OtherCurrency),
    }
    let decimal = decimal(parts.number, convention)?;
    if parts.negative && decimal.digits > 0 {
        return Err(NumberError::Negative);
    }
    let minor = 10_u128.pow(money.map_or(0, |currency| currency.minor_digits()));
    let scaled = decimal
        .digits
        .checked_mul(u128::from(parts.multiplier))
        .and_then(|scaled| scaled.checked_mul(minor))
        .ok_or(NumberError::TooLarge)?;
    let divisor = 10_u128.pow(decimal.scale);
    let mut whole = scaled / divisor;
    let fraction = scaled % divisor;
    if fraction * 2 >= divisor && divisor > 1 || (whole == 0 && fraction > 0) {
        whole += 1;
    }
    match u64::try_from(whole) {
        Ok(units) if units <= MAX_AMOUNT_MINOR => Ok(Quantity::Amount {
            units,
            rounded: fraction > 0,
        }),
        _ => Err(NumberError::TooLarge),
    }
}

/// The convention a cell proves by itself: `1,5` and `1.000.000` and `1.000,5` do, `1.500` does not.
pub(super) fn evidence(cell: &str) -> Option<NumberConvention> {
    let text = plain(cell);
    convention_of(parts(&text)?.number)
}

/// Lower case, without outer space, and with ordinary spaces.
fn plain(cell: &str) -> String {
    let spaced: String = cell
        .chars()
        .map(|character| if character.is_whitespace() { ' ' } else { character })
        .collect();
    spaced.trim().to_lowercase()
}

fn sign_of(sign: &str) -> Option<Currency> {
    match sign {
        "rp" => Some(Currency::IDR),
        "€" => Currency::new("EUR").ok(),
        "£" => Currency::new("GBP").ok(),
        "us$" => Currency::new("USD").ok(),
        "s$" => Currency::new("SGD").ok(),
        "rm" => Currency::new("MYR").ok(),
        code => Currency::new(code).ok(),
    }
}

fn parts(text: &str) -> Option<Parts<'_>> {
    let (negative, text) = match text.strip_prefix(['-', '−', '+']) {
        Some(rest) => (!text.starts_with('+'), rest.trim_start()),
        None => (false, text),
    };
    let start = text.find(|character: char| character.is_ascii_digit())?;
    let (before, rest) = text.split_at(start);
    // A separator directly before the first digit belongs to the number (".5"), the dot of "Rp." does not.
    let end = rest
        .find(|character: char| {
            !(character.is_ascii_digit() || matches!(character, '.' | ',' | ' ' | '\'' | '’'))
        })
        .unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    // "Rp 500.000,-" is how Indonesians write whole rupiah.
    let after = if number.ends_with([',', '.']) {
        after.trim_start_matches(['-', '–'])
    } else {
        after
    };
    let number = number.trim().trim_end_matches([',', '.']);
    let before = before.trim();
    let (before, inner_minus) = match before.strip_suffix(['-', '−']) {
        Some(rest) => (rest.trim_end(), true),
        None => (before, false),
    };
    if negative && inner_minus {
        return None;
    }
    let (before, number) = match before {
        "." | "," => ("", text.get(start - 1..start + number.len())?),
        _ => (before.trim_end_matches('.'), number),
    };
    let (multiplier, trailing) = multiplier(after.trim())?;
    let currency = match (before, trailing) {
        ("", "") => None,
        ("", sign) | (sign, "") => Some(sign),
        _ => return None,
    };
    if currency.is_some_and(|sign| sign.chars().count() > 4) {
        return None;
    }
    Some(Parts {
        negative: negative || inner_minus,
        number,
        currency,
        multiplier,
    })
}

/// The factor of the words after a number, and what is left of them: perhaps a currency.
fn multiplier(words: &str) -> Option<(u64, &str)> {
    if words.is_empty() || UNITS.contains(&words) {
        return Some((1, ""));
    }
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    match MULTIPLIERS.iter().find(|(word, _)| *word == first) {
        Some(&(_, factor)) if rest.is_empty() || UNITS.contains(&rest) => Some((factor, "")),
        Some(&(_, factor)) => Some((factor, rest)),
        None if rest.is_empty() && sign_of(words).is_some() => Some((1, words)),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use NumberConvention::{DecimalComma, DecimalPoint};

    fn read(cell: &str) -> Result<Quantity, NumberError> {
        quantity(cell, None, Some(Currency::IDR))
    }

    fn exactly(units: u64) -> Result<Quantity, NumberError> {
        Ok(Quantity::Amount {
            units,
            rounded: false,
        })
    }

    #[test]
    fn both_conventions_are_read_where_the_number_tells() {
        for cell in [
            "1500000",
            "1.500.000",
            "1,500,000",
            "1 500 000",
            "1\u{A0}500\u{202F}000",
            "1'500'000",
            "1.500.000,00",
            "1,500,000.00",
            "Rp 1.500.000",
            "Rp.1.500.000,-",
            "IDR 1,500,000",
            "1.500.000 IDR",
            "1,5 juta",
            "Rp1.5 million",
            "1500 ribu",
            "1500rb",
            "+1500000",
        ] {
            assert_eq!(read(cell), exactly(1_500_000), "{cell}");
        }
        let usd = Currency::new("USD").ok();
        assert_eq!(quantity("1.500.000,50", None, usd), exactly(150_000_050));
        assert_eq!(quantity("USD 1,500,000.50", None, usd), exactly(150_000_050));
        assert_eq!(quantity("20 hari", None, None), exactly(20));
        assert_eq!(quantity("1.200 orang", Some(DecimalComma), None), exactly(1200));
    }

    #[test]
    fn an_ambiguous_number_is_asked_about_not_guessed() {
        for cell in ["1.500", "1,500", "12.000", "999,999", "Rp 1.500"] {
            assert_eq!(read(cell), Err(NumberError::Ambiguous), "{cell}");
            assert_eq!(evidence(cell), None);
        }
        let money = Some(Currency::IDR);
        assert_eq!(quantity("1.500", Some(DecimalComma), money), exactly(1500));
        assert_eq!(quantity("1,500", Some(DecimalPoint), money), exactly(1500));
        assert_eq!(
            quantity("1.500", Some(DecimalPoint), money),
            Ok(Quantity::Amount {
                units: 2,
                rounded: true
            })
        );
    }

    #[test]
    fn a_number_proves_its_convention() {
        for cell in ["1,5", "0,500", "1.500.000", "1.500,5", "1500,500", "1 500,000"] {
            assert_eq!(evidence(cell), Some(DecimalComma), "{cell}");
        }
        for cell in ["1.5", ".5", "0.500", "1,500,000", "1,500.5", "Rp 2.25"] {
            assert_eq!(evidence(cell), Some(DecimalPoint), "{cell}");
        }
        for cell in ["", "?", "1500", "1 500", "banyak"] {
            assert_eq!(evidence(cell), None, "{cell}");
        }
    }

    #[test]
    fn words_for_none_and_some() {
        for cell in ["", "  ", "-", "tidak ada", "None", "n/a"] {
            assert_eq!(read(cell), Ok(Quantity::Absent), "{cell}");
        }
        for cell in ["?", "Tidak tahu", "unknown", "✓", "ya"] {
            assert_eq!(read(cell), Ok(Quantity::Unknown), "{cell}");
        }
        assert_eq!(read("0"), exactly(0));
        assert_eq!(read("-0"), exactly(0));
    }

    #[test]
    fn what_is_no_quantity_says_why() {
        for cell in [
            "banyak",
            "10-20",
            "01.02.2024",
            "1,00,000",
            "1.50.000",
            "1,5,000.2",
            "5 M",
            "NaN",
            "1e9",
            "--5",
            "٣",
            "1..5",
            "0x10",
            "5 hari per bulan",
            "1.2.3,4.5",
            "1,",
            "Rp",
        ] {
            let expected = if cell == "1," {
                exactly(1)
            } else {
                Err(NumberError::NotANumber)
            };
            assert_eq!(read(cell), expected, "{cell}");
        }
        assert_eq!(read("-5"), Err(NumberError::Negative));
        assert_eq!(read("Rp -5"), Err(NumberError::Negative));
        assert_eq!(read("USD 5"), Err(NumberError::OtherCurrency));
        assert_eq!(quantity("Rp 5", None, None), Err(NumberError::NotANumber));
        assert_eq!(read("1000000000000001"), Err(NumberError::TooLarge));
        assert_eq!(read(&"9".repeat(400)), Err(NumberError::TooLarge));
        assert_eq!(
            read(&format!("0,{}", "1".repeat(400))),
            Err(NumberError::TooLarge)
        );
    }

    #[test]
    fn fractions_are_rounded_half_up_and_never_to_nothing() {
        let rounded = |units| Ok(Quantity::Amount { units, rounded: true });
        assert_eq!(quantity("2,5", None, None), rounded(3));
        assert_eq!(quantity("2,4", None, None), rounded(2));
        assert_eq!(quantity("0,01", None, None), rounded(1));
        assert_eq!(read("1.500.000,50"), rounded(1_500_001));
    }
}
