//! Probabilities.

use serde::{Deserialize, Serialize};

/// A probability: finite, in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("minimum" = 0, "maximum" = 1))
)]
#[serde(try_from = "f64", into = "f64")]
pub struct Probability(f64);

impl Probability {
    /// Never.
    pub const ZERO: Self = Self(0.0);
    /// How much funders of one sector share bad luck unless said otherwise (illustrative).
    pub const COMMON_SHOCK: Self = Self(0.3);

    /// `value` if it is finite and in [0, 1].
    ///
    /// # Errors
    /// The code `probability-out-of-range` otherwise.
    pub fn new(value: f64) -> Result<Self, &'static str> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err("probability-out-of-range")
        }
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }

    /// Whether it never happens.
    pub fn is_zero(&self) -> bool {
        self.0 <= 0.0
    }
}

impl TryFrom<f64> for Probability {
    type Error = &'static str;
    fn try_from(value: f64) -> Result<Self, &'static str> {
        Self::new(value)
    }
}

impl From<Probability> for f64 {
    fn from(probability: Probability) -> Self {
        probability.0
    }
}
