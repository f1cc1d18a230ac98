//! Numbers as text without a browser: what the command line, exports and the report's figures share with the
//! page, and how a typed amount is read. The page's own number formats come from the browser's `Intl`.

use crate::domain::{Currency, Language, MAX_AMOUNT_MINOR};

/// Thousands separator and decimal mark: `1.204,5` in Indonesian, `1,204.5` in English.
fn marks(language: Language) -> (char, char) {
    match language {
        Language::Id => ('.', ','),
        Language::En => (',', '.'),
    }
}

/// A whole number with thousands separators.
pub fn integer(number: u64, language: Language) -> String {
    let digits = number.to_string();
    let (thousands, _) = marks(language);
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    out
}

/// A number with exactly `decimals` digits after the decimal mark; "–" for what is not a number.
pub fn decimal(number: f64, decimals: usize, language: Language) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.decimals$}", number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole
        .parse()
        .map_or_else(|_| whole.to_owned(), |whole| integer(whole, language));
    let is_zero = text.chars().all(|c| c == '0' || c == '.');
    let sign = if number < 0.0 && !is_zero { "−" } else { "" };
    match fraction {
        "" => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}{}{fraction}", marks(language).1),
    }
}

/// A share as a whole percentage.
pub fn percent(ratio: f64, language: Language) -> String {
    let number = decimal(ratio * 100.0, 0, language);
    format!("{number}%")
}

fn symbol(currency: Currency, language: Language) -> String {
    match (currency.code(), language) {
        ("IDR", _) => "Rp\u{a0}".to_owned(),
        ("USD", Language::Id) => "US$\u{a0}".to_owned(),
        ("USD", Language::En) => "US$".to_owned(),
        ("EUR", _) => "€".to_owned(),
        (code, _) => format!("{code}\u{a0}"),
    }
}

/// Powers of ten as `f64`, exact.
fn scale(digits: u32) -> f64 {
    (0..digits).fold(1.0, |power, _| power * 10.0)
}

/// An amount in full: `Rp 1.500.000`, `US$12.50`.
#[expect(
    clippy::cast_precision_loss,
    reason = "amounts are at most 10^15, exact in f64"
)]
pub fn money(amount_minor: u64, currency: Currency, language: Language) -> String {
    let digits = currency.minor_digits();
    let major = amount_minor as f64 / scale(digits);
    format!(
        "{}{}",
        symbol(currency, language),
        decimal(major, digits as usize, language)
    )
}

/// An amount as people say it: `Rp 1,5 miliar`, `Rp 1.5 billion`. Never the ambiguous one-letter forms.
#[expect(
    clippy::cast_precision_loss,
    reason = "amounts are at most 10^15, exact in f64"
)]
pub fn compact_money(amount_minor: u64, currency: Currency, language: Language) -> String {
    let major = amount_minor as f64 / scale(currency.minor_digits());
    let steps = match language {
        Language::Id => [(1e12, "triliun"), (1e9, "miliar"), (1e6, "juta")],
        Language::En => [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")],
    };
    // 999.95 million must not be shown as "1,000 million".
    let Some((unit, name)) = steps.into_iter().find(|(unit, _)| major >= unit * 0.9995) else {
        return money(amount_minor, currency, language);
    };
    let value = major / unit;
    let decimals = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    let mut number = decimal(value, decimals, language);
    let (_, mark) = marks(language);
    if number.contains(mark) {
        number.truncate(number.trim_end_matches('0').trim_end_matches(mark).len());
    }
    format!("{}{number}\u{a0}{name}", symbol(currency, language))
}

/// Words for powers of ten. Power 0 marks a letter the two languages read differently: "M" is a million in
/// English and a thousand million in Indonesian, so the person is asked rather than guessed at.
const UNIT_WORDS: [(&str, u32); 16] = [
    ("triliun", 12),
    ("trillion", 12),
    ("miliar", 9),
    ("milyar", 9),
    ("billion", 9),
    ("bn", 9),
    ("juta", 6),
    ("million", 6),
    ("jt", 6),
    ("ribu", 3),
    ("thousand", 3),
    ("rb", 3),
    ("k", 3),
    ("m", 0),
    ("t", 0),
    ("b", 0),
];

/// What a person typed as an amount of `currency`, in minor units: `1.500.000`, `1,5 juta`, `Rp 2 miliar`,
/// `1,500,000.50`.
///
/// A single mark followed by three digits is read by `language`; every other form has one reading. `None` if
/// it is no amount, is negative, has more decimals than the currency, or is above [`MAX_AMOUNT_MINOR`].
pub fn parse_amount(text: &str, currency: Currency, language: Language) -> Option<u64> {
    let mut text = text
        .trim()
        .to_lowercase()
        .replace(['\u{a0}', '\u{202f}', ' '], "");
    let code = currency.code().to_lowercase();
    for sign in ["rp.", "rp", "us$", "$", "€", &code] {
        if let Some(rest) = text.strip_prefix(sign) {
            text = rest.to_owned();
            break;
        }
    }
    let mut exponent = 0;
    if let Some((word, power)) = UNIT_WORDS.iter().find(|(word, _)| text.ends_with(word)) {
        if *power == 0 {
            return None;
        }
        text.truncate(text.len() - word.len());
        exponent = *power;
    }
    let (digits, decimals) = split_number(&text, language, exponent > 0)?;
    let shift = exponent + currency.minor_digits();
    let decimals_len = u32::try_from(decimals.len()).ok()?;
    let all: u128 = format!("{digits}{decimals}").parse().ok()?;
    let minor = if decimals_len <= shift {
        all.checked_mul(10_u128.checked_pow(shift - decimals_len)?)?
    } else {
        let divisor = 10_u128.checked_pow(decimals_len - shift)?;
        if !all.is_multiple_of(divisor) {
            return None;
        }
        all / divisor
    };
    u64::try_from(minor)
        .ok()
        .filter(|&minor| minor <= MAX_AMOUNT_MINOR)
}

/// Whole digits and decimals of a number with thousands separators.
fn split_number(text: &str, language: Language, has_unit_word: bool) -> Option<(String, String)> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if !text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let mark = match (text.rfind('.'), text.rfind(',')) {
        (Some(dot), Some(comma)) => Some(if dot > comma { '.' } else { ',' }),
        (Some(_), None) => lone_mark(text, '.', language, has_unit_word),
        (None, Some(_)) => lone_mark(text, ',', language, has_unit_word),
        (None, None) => None,
    };
    let (whole, decimals) = match mark.and_then(|mark| text.rsplit_once(mark)) {
        Some((whole, decimals)) => (whole, decimals),
        None => (text, ""),
    };
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    (grouped && !first.is_empty()).then(|| (format!("{first}{}", rest.concat()), decimals.to_owned()))
}

/// Whether the only kind of mark in `text` is its decimal mark: it stands once, and either cannot be a
/// thousands separator or is the language's decimal mark.
fn lone_mark(text: &str, mark: char, language: Language, has_unit_word: bool) -> Option<char> {
    if text.matches(mark).count() != 1 {
        return None;
    }
    let decimals = text.rsplit_once(mark).map_or(0, |(_, decimals)| decimals.len());
    (decimals != 3 || marks(language).1 == mark || has_unit_word).then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Id};

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(integer(1_204_500, Id), "1.204.500");
        assert_eq!(decimal(-0.04, 2, En), "−0.04");
        assert_eq!(decimal(-0.001, 2, Id), "0,00");
        assert_eq!(decimal(f64::NAN, 2, Id), "–");
        assert_eq!(percent(0.386, En), "39%");
        assert_eq!(money(1_250, Currency::new("USD").unwrap(), En), "US$12.50");
    }

    #[test]
    fn amounts_are_said_as_people_say_them() {
        let say = |minor, language| compact_money(minor, Currency::IDR, language).replace('\u{a0}', " ");
        assert_eq!(say(1_500_000_000, Id), "Rp 1,5 miliar");
        assert_eq!(say(1_500_000_000, En), "Rp 1.5 billion");
        assert_eq!(say(999_950_000, En), "Rp 1 billion");
        assert_eq!(say(450_000_000, Id), "Rp 450 juta");
        assert_eq!(say(75_000, En), "Rp 75,000");
    }

    #[test]
    fn typed_amounts_are_read_in_both_conventions() {
        let read = |text, language| parse_amount(text, Currency::IDR, language);
        for text in [
            "1.500.000",
            "1,500,000",
            "1500000",
            "Rp 1.500.000",
            "1,5 juta",
            "1.5 million",
            "1,5jt",
        ] {
            assert_eq!(read(text, Id), Some(1_500_000), "{text}");
            assert_eq!(read(text, En), Some(1_500_000), "{text}");
        }
        assert_eq!(read("1.500", Id), Some(1_500));
        assert_eq!(read("1.500", En), None, "one and a half rupiah do not exist");
        assert_eq!(read("2 M", Id), None, "miliar or million: ask");
        assert_eq!(
            parse_amount("1,500,000.50", Currency::new("USD").unwrap(), Id),
            Some(150_000_050)
        );
        for text in ["", "-5", "1.50.000", "abc", "1,,5", "999999999999999999999"] {
            assert_eq!(read(text, Id), None, "{text}");
        }
    }
}
