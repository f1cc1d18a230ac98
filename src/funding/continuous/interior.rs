//! What the interior-point methods share.

/// Newton steps at most. Real and random instances take 8 to 40.
pub(super) const MOST_STEPS: usize = 200;

/// The most projects a system of equations is solved for: beyond, the slow method answers, and says how far it came.
pub(super) const MOST_COLUMNS: usize = 600;

/// Rounds of the slow methods, at most.
pub(super) const MOST_ROUNDS: usize = 2_000;

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
