//! A figure not fully known.

use serde::{Deserialize, Serialize};

/// All a figure can be: from `low` to `high`, both included; without `high` no upper limit is known.
///
/// In JSON `[0.25, 0.5]`, or `[1200.0, null]` for "1,200 or more".
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "(f64, Option<f64>)", into = "(f64, Option<f64>)")]
pub struct Range {
    /// Whatever the missing answers are, not less.
    pub low: f64,
    /// Whatever the missing answers are, not more; `None` = nobody can say.
    pub high: Option<f64>,
}

impl From<(f64, Option<f64>)> for Range {
    fn from((low, high): (f64, Option<f64>)) -> Self {
        Self { low, high }
    }
}

impl From<Range> for (f64, Option<f64>) {
    fn from(range: Range) -> Self {
        (range.low, range.high)
    }
}

impl Range {
    /// Nothing.
    pub const ZERO: Self = Self {
        low: 0.0,
        high: Some(0.0),
    };
    /// Nothing is known but that it is a share.
    pub const UNIT: Self = Self {
        low: 0.0,
        high: Some(1.0),
    };

    /// A figure that is known.
    pub fn exactly(value: f64) -> Self {
        Self::between(value, value)
    }

    /// From `low` to `high`.
    pub fn between(low: f64, high: f64) -> Self {
        Self {
            low,
            high: Some(high),
        }
    }

    /// From `low` upwards.
    pub fn at_least(low: f64) -> Self {
        Self { low, high: None }
    }

    /// Whether nothing about it is missing.
    pub fn is_known(self) -> bool {
        self.high == Some(self.low)
    }

    /// Whether `value` is possible.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && self.high.is_none_or(|high| value <= high)
    }

    /// The upper end, infinite where none is known.
    pub(super) fn top(self) -> f64 {
        self.high.unwrap_or(f64::INFINITY)
    }

    /// Both ends through a rising function; an unknown end stays unknown.
    pub(super) fn rising(self, f: impl Fn(f64) -> f64) -> Self {
        Self {
            low: f(self.low),
            high: self.high.map(f),
        }
    }

    /// 1 − self, for shares.
    pub(super) fn complement(self) -> Self {
        Self::between(1.0 - self.top().min(1.0), 1.0 - self.low)
    }

    /// The sum of both.
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            low: self.low + other.low,
            high: self.high.zip(other.high).map(|(a, b)| a + b),
        }
    }

    /// The product of two figures that are not negative.
    pub(super) fn times(self, other: Self) -> Self {
        Self {
            low: self.low * other.low,
            high: self.high.zip(other.high).map(|(a, b)| a * b),
        }
    }

    /// The mean of `ranges`; `None` of none.
    pub(super) fn mean(ranges: impl IntoIterator<Item = Self>) -> Option<Self> {
        let (mut sum, mut count) = (Self::ZERO, 0_u32);
        for range in ranges {
            sum = sum.plus(range);
            count += 1;
        }
        (count > 0).then(|| sum.rising(|end| end / f64::from(count)))
    }
}
