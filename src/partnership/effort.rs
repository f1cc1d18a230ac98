//! Work, and what it is worth.

use super::Parameters;
use serde::{Deserialize, Serialize};

/// Work in a year, and what it is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    /// In person-days.
    pub days: f64,
    /// In minor units of the base currency, rounded half up; `None` where the day rate is not known.
    pub minor: Option<u64>,
}

impl Effort {
    /// So many days at the day rate.
    pub(super) fn of(days: f64, parameters: &Parameters) -> Self {
        let minor = parameters.day_rate_minor().map(|rate| whole(days * number(rate)));
        Self { days, minor }
    }
}

/// An amount as a number: exact up to 2⁵³, and amounts are at most 10¹⁵.
#[expect(
    clippy::cast_precision_loss,
    reason = "amounts are at most 10^15; sums beyond 2^53 round to the nearest"
)]
pub(super) fn number(amount: u64) -> f64 {
    amount as f64
}

/// A count as a number.
pub(super) fn count(count: usize) -> f64 {
    number(count as u64)
}

/// The whole number nearest to `value`, between 0 and 2⁵³.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what a u64 and an f64 both hold"
)]
pub(super) fn whole(value: f64) -> u64 {
    libm::floor(value + 0.5).clamp(0.0, 9_007_199_254_740_992.0) as u64
}
