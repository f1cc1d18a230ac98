//! Quantile functions: from draws to quantities.

use crate::money::{round_half_even, whole_minor};

/// Cells per octave of the tail probability.
const PER_OCTAVE_BITS: u32 = 3;
/// Cells per octave of the tail probability.
pub const PER_OCTAVE: usize = 1 << PER_OCTAVE_BITS;
/// Octaves from 2⁻³³ (half a unit of a 32-bit draw) to one half.
const OCTAVES: usize = 32;
/// Cells of one tail.
pub const SIDE: usize = OCTAVES * PER_OCTAVE;
/// Of both tails: a power of two, so that a mask spares the check of every index.
pub const CELLS: usize = 2 * SIDE;
const MANTISSA_BITS: u32 = 52;
const CELL_BITS: u32 = MANTISSA_BITS - PER_OCTAVE_BITS;
/// Biased exponent of 0.5, the least tail the index can meet, in cells.
const FIRST_CELL: usize = 1022 << PER_OCTAVE_BITS;
const ONE: u64 = 1023 << MANTISSA_BITS;

/// Coefficients of the cubic of each cell: of the lower tail outwards in, then of the upper one.
pub type Cells = [[f64; 4]; CELLS];

/// A draw as a probability: (`draw` + ½)/2³², never 0 and never 1.
#[inline]
pub fn unit(draw: u32) -> f64 {
    (f64::from(draw) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// The tabulated quantile of a draw. No branch: draws are random, so any would be guessed wrong half the time.
#[inline]
#[allow(
    clippy::cast_possible_truncation,
    reason = "the upper bits, 13 of them, are what is wanted"
)]
pub fn tabulated(cells: &Cells, draw: u32) -> f64 {
    let upper = draw >> 31;
    // The draw itself or its complement.
    let tail = draw ^ upper.wrapping_neg();
    let bits = (f64::from(tail) + 0.5).to_bits();
    let cell = (bits >> CELL_BITS) as usize + upper as usize * SIDE - FIRST_CELL;
    let t = f64::from_bits(((bits & ((1 << CELL_BITS) - 1)) << PER_OCTAVE_BITS) | ONE) - 1.0;
    let [c0, c1, c2, c3] = cells[cell % CELLS];
    c0 + t * (c1 + t * (c2 + t * c3))
}

/// The quantile of a triangular quantity, low < high.
#[inline]
pub fn triangular(low: f64, likely: f64, high: f64, u: f64) -> f64 {
    let span = high - low;
    let rises = u * span <= likely - low;
    // Both sides by one root, so that there is nothing to guess: chosen, not jumped to.
    let (from, factor, side) = if rises {
        (low, u * span, likely - low)
    } else {
        (high, (1.0 - u) * span, high - likely)
    };
    let root = (factor * side).sqrt();
    from + if rises { root } else { -root }
}

/// The tabulated quantiles of draws, in whole minor units; all known to lie between 0 and 10¹⁵.
pub fn fill_tabulated_within(cells: &Cells, draws: &[u32], amounts_minor: &mut [u64]) {
    for (slot, draw) in amounts_minor.iter_mut().zip(draws) {
        *slot = whole_minor(tabulated(cells, *draw));
    }
}

/// The same without that knowledge: what lies beyond is cut.
pub fn fill_tabulated(cells: &Cells, draws: &[u32], amounts_minor: &mut [u64]) {
    for (slot, draw) in amounts_minor.iter_mut().zip(draws) {
        *slot = round_half_even(tabulated(cells, *draw));
    }
}

/// The triangular quantiles of draws, in whole minor units; 0 ≤ `low` < `high` ≤ 10¹⁵.
pub fn fill_triangular(low: f64, likely: f64, high: f64, draws: &[u32], amounts_minor: &mut [u64]) {
    for (slot, draw) in amounts_minor.iter_mut().zip(draws) {
        *slot = whole_minor(triangular(low, likely, high, unit(*draw)));
    }
}

const CLASS_SHIFT: u32 = 27;

/// One of 32 equally likely classes of a draw, ascending.
#[inline]
pub fn class_of(draw: u32) -> u8 {
    u8::try_from(draw >> CLASS_SHIFT).unwrap_or(0)
}

/// The classes of draws.
pub fn fill_classes(draws: &[u32], classes: &mut [u8]) {
    for (class, draw) in classes.iter_mut().zip(draws) {
        *class = class_of(*draw);
    }
}
