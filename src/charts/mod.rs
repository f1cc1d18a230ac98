//! Geometry of the pictures: plain numbers in, positions and paths out. Knows no domain, no language and no
//! browser, so every picture can be checked without drawing it.
//!
//! Positions are in user units of an SVG `viewBox`; y grows downwards. Whatever is not finite counts as 0.

#[cfg(test)]
mod odd_figures;

pub mod bars;
pub mod before_after;
pub mod dots;
pub mod drawing;
pub mod exchange;
pub mod fan;
pub mod flow;
pub mod ink;
pub mod ranges;
pub mod ring;
pub mod sankey;
pub mod scale;
pub mod sheet;
pub mod tornado;
pub mod words;

/// A coordinate for an SVG attribute: two decimals, enough for a hundredth of a pixel.
///
/// ```
/// assert_eq!(gotong::charts::coordinate(1.0 / 3.0), "0.33");
/// ```
pub fn coordinate(value: f64) -> String {
    let text = format!("{:.2}", if value.is_finite() { value } else { 0.0 });
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
