//! A value not fully known.

/// All a value can be: from `low` to `high`, both included, low ≤ high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// Nothing is known but that it is a share.
    pub const UNIT: Self = Self { low: 0.0, high: 1.0 };

    pub fn exactly(value: f64) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    pub fn width(self) -> f64 {
        self.high - self.low
    }

    pub fn ends(self) -> [f64; 2] {
        [self.low, self.high]
    }
}
