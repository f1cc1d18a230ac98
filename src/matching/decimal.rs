//! Decimal figures of plain forms as exact whole numbers.

use serde::{Deserialize, Serialize};

/// The most decimals a figure of a plain form may have.
pub const MAX_DECIMALS: u32 = 6;

/// A figure as JSON writes it, with or without decimals.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Figure {
    /// A whole number.
    Whole(i64),
    /// A number with decimals.
    Decimal(f64),
}

impl Figure {
    /// (whole, decimals): the figure is whole / 10^decimals, exactly as it was typed; decimals are the fewest
    /// possible. `None` if it is not finite, has more than [`MAX_DECIMALS`] decimals or does not fit.
    ///
    /// The shortest decimal that reads back as the same float is what was typed, up to 15 digits.
    fn parts(self) -> Option<(i64, u32)> {
        let value = match self {
            Self::Whole(whole) => return Some((whole, 0)),
            Self::Decimal(value) => value,
        };
        let text = format!("{value}");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let places = u32::try_from(decimals.len()).ok()?;
        if places > MAX_DECIMALS {
            return None;
        }
        Some((format!("{whole}{decimals}").parse().ok()?, places))
    }
}

/// Whole numbers whole = figure · 10^decimals for all figures, with the fewest decimals that make all of them whole,
/// and that number of decimals; the error is the index of the first that has no such form or whose magnitude exceeds
/// `limit` after scaling.
pub fn scaled(figures: &[Figure], limit: i64) -> Result<(Vec<i64>, u32), usize> {
    let mut parts = Vec::with_capacity(figures.len());
    for (index, figure) in figures.iter().enumerate() {
        parts.push(figure.parts().ok_or(index)?);
    }
    let decimals = parts.iter().map(|&(_, decimals)| decimals).max().unwrap_or(0);
    let mut scaled = Vec::with_capacity(parts.len());
    for (index, (whole, places)) in parts.into_iter().enumerate() {
        let factor = 10_i64.checked_pow(decimals - places).ok_or(index)?;
        let value = whole.checked_mul(factor).ok_or(index)?;
        if value.unsigned_abs() > limit.unsigned_abs() {
            return Err(index);
        }
        scaled.push(value);
    }
    Ok((scaled, decimals))
}

/// `whole` / 10^`decimals` for printing; a whole number where nothing follows the point.
pub fn unscaled(whole: i128, decimals: u32) -> Figure {
    let scale = 10_i128.pow(decimals.min(MAX_DECIMALS));
    match i64::try_from(whole / scale) {
        Ok(exact) if whole % scale == 0 => Figure::Whole(exact),
        _ => Figure::Decimal(whole as f64 / scale as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_taken_as_typed() {
        let typed = [Figure::Decimal(0.1), Figure::Whole(-3), Figure::Decimal(2.25)];
        assert_eq!(scaled(&typed, 1000), Ok((vec![10, -300, 225], 2)));
        assert_eq!(scaled(&typed, 299), Err(1));
        assert_eq!(scaled(&[Figure::Decimal(1e-7)], 9), Err(0));
        assert_eq!(scaled(&[Figure::Whole(1), Figure::Decimal(f64::NAN)], 9), Err(1));
        assert_eq!(scaled(&[Figure::Decimal(1e300)], i64::MAX), Err(0));
        assert_eq!(unscaled(225, 2), Figure::Decimal(2.25));
        assert_eq!(unscaled(-300, 2), Figure::Whole(-3));
    }
}
