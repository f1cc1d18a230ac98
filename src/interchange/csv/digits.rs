//! Runs of digits with separators: where the thousands end and the fraction starts.

use super::numbers::NumberError;
use serde::{Deserialize, Serialize};

/// What separates the fraction in a document's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberConvention {
    /// `1.500.000,50`: Indonesian and most of Europe.
    DecimalComma,
    /// `1,500,000.50`: English.
    DecimalPoint,
}

/// A decimal number: `digits` with the last `scale` of them after the point.
pub(super) struct Decimal {
    pub digits: u128,
    pub scale: u32,
}

/// How a run of digits and separators can be read.
enum Shape {
    /// Digits only, or grouped by spaces or apostrophes.
    Whole,
    /// Grouped by the other convention's separator, no fraction.
    Grouped { convention: NumberConvention },
    /// With a fraction.
    Decimal { convention: NumberConvention },
    /// `1.500` or `1,500`.
    Ambiguous,
}

/// The convention a number proves by itself.
pub(super) fn convention_of(number: &str) -> Option<NumberConvention> {
    match shape(number)? {
        Shape::Decimal { convention } | Shape::Grouped { convention } => Some(convention),
        Shape::Whole | Shape::Ambiguous => None,
    }
}

fn shape(number: &str) -> Option<Shape> {
    let marks: Vec<(usize, char)> = number
        .char_indices()
        .filter(|(_, mark)| matches!(mark, '.' | ','))
        .collect();
    let Some(&(last_at, last)) = marks.last() else {
        return grouped(number, &[' ', '\'', '’']).then_some(Shape::Whole);
    };
    let (whole, fraction) = (&number[..last_at], &number[last_at + 1..]);
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let other = if last == '.' { ',' } else { '.' };
    let of_last = marks.iter().filter(|(_, mark)| *mark == last).count();
    if of_last > 1 {
        // A separator that repeats groups thousands: `1.500.000`.
        let convention = decimal_mark_is(other);
        return (of_last == marks.len() && grouped(number, &[last])).then_some(Shape::Grouped { convention });
    }
    if !digits_only(fraction) || fraction.is_empty() {
        return None;
    }
    let convention = decimal_mark_is(last);
    if marks.len() > 1 || !digits_only(whole) {
        return grouped(whole, &[other, ' ', '\'', '’']).then_some(Shape::Decimal { convention });
    }
    let could_group = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    Some(if could_group {
        Shape::Ambiguous
    } else {
        Shape::Decimal { convention }
    })
}

fn decimal_mark_is(mark: char) -> NumberConvention {
    match mark {
        ',' => NumberConvention::DecimalComma,
        _ => NumberConvention::DecimalPoint,
    }
}

/// Digits only, or one to three digits followed by groups of three behind one and the same separator.
fn grouped(text: &str, separators: &[char]) -> bool {
    let Some(separator) = text.chars().find(|character| !character.is_ascii_digit()) else {
        return !text.is_empty();
    };
    let mut groups = text.split(separator);
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    separators.contains(&separator)
        && groups
            .next()
            .is_some_and(|first| (1..=3).contains(&first.len()) && digits(first))
        && groups.all(|group| group.len() == 3 && digits(group))
}

/// A number as the document would have it read; `document` is used only where the number does not tell.
pub(super) fn decimal(number: &str, document: Option<NumberConvention>) -> Result<Decimal, NumberError> {
    let convention = match shape(number).ok_or(NumberError::NotANumber)? {
        Shape::Whole => NumberConvention::DecimalPoint,
        Shape::Grouped { convention } | Shape::Decimal { convention } => convention,
        Shape::Ambiguous => document.ok_or(NumberError::Ambiguous)?,
    };
    let mark = match convention {
        NumberConvention::DecimalComma => ',',
        NumberConvention::DecimalPoint => '.',
    };
    let (whole, fraction) = number.split_once(mark).unwrap_or((number, ""));
    let digits: String = whole
        .chars()
        .chain(fraction.chars())
        .filter(char::is_ascii_digit)
        .collect();
    // 22 digits times a trillion times 1000 minor units still fit a `u128`.
    let scale = u32::try_from(fraction.len()).map_err(|_| NumberError::TooLarge)?;
    let significant = digits.trim_start_matches('0');
    if significant.len() > 22 || scale > 22 {
        return Err(NumberError::TooLarge);
    }
    let digits = if significant.is_empty() {
        Ok(0)
    } else {
        significant.parse()
    };
    Ok(Decimal {
        digits: digits.map_err(|_| NumberError::NotANumber)?,
        scale,
    })
}
