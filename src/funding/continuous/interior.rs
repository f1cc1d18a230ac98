//! What the interior-point methods share.

use super::donors::Standard;

/// Newton steps at most. Real and random instances take 8 to 40.
pub(super) const MOST_STEPS: usize = 200;

/// How much of its complementarity a step keeps, at least: none for all ordinary donors; more, and shorter steps, where that
/// does not lead to the end (amounts fourteen orders of magnitude apart).
pub(super) const CARE: [f64; 3] = [0.0, 0.1, 0.5];

/// The most projects a system of equations is solved for: beyond, the slow method answers, and says how far it came.
const MOST_COLUMNS: usize = 600;

/// Products a step adds up for the system, at most, for the same reason.
const MOST_PRODUCTS: usize = 50_000_000;

/// Values looked at by the slow methods, at most, and rounds.
const MOST_LOOKS: usize = 500_000_000;
const MOST_ROUNDS: usize = 2_000;

/// Whether these donors are few enough for a system of equations a step.
pub(super) fn is_small(standard: &Standard) -> bool {
    let squares = (0..standard.rows()).map(|row| standard.row(row).len() * standard.row(row).len());
    standard.columns() <= MOST_COLUMNS && squares.sum::<usize>() <= MOST_PRODUCTS
}

/// Rounds of the slow methods these donors are worth.
pub(super) fn rounds(standard: &Standard) -> usize {
    (MOST_LOOKS / standard.cells().len().max(1)).min(MOST_ROUNDS)
}

/// The longest step in [0, 1] from `values` along `steps` on which they stay at least `keep` of what they are.
pub(super) fn longest(values: &[f64], steps: &[f64], keep: f64) -> f64 {
    let mut length = 1.0_f64;
    for (&value, &step) in values.iter().zip(steps) {
        if step < 0.0 {
            length = length.min(-value * (1.0 - keep) / step);
        }
    }
    length
}

/// Moves `values` along `steps`.
pub(super) fn advance(values: &mut [f64], steps: &[f64], length: f64) {
    for (value, &step) in values.iter_mut().zip(steps) {
        *value += length * step;
    }
}
