//! Yes or no, drawn from the named generator for rooms above.

use super::counter::{Purpose, Stream, stable_hash};

/// A sequence of independent yes/no draws that depends on a seed and a stable id alone: the same on every machine,
/// whatever else is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Chance {
    stream: Stream,
    /// Draws below are a yes; 2³² is always.
    below: u64,
}

impl Chance {
    /// Draws that say yes with `probability` (what is no probability counts as the nearest one, NaN as 0), to within
    /// 2⁻³².
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a probability times 2^32 is from 0 to 2^32"
    )]
    pub fn new(seed: u64, id: &str, probability: f64) -> Self {
        let clamped = if probability.is_nan() {
            0.0
        } else {
            probability.clamp(0.0, 1.0)
        };
        Self {
            stream: Stream::new(seed, stable_hash(id), Purpose::YesOrNo),
            below: (clamped * 4_294_967_296.0) as u64,
        }
    }

    /// Draw number `index`.
    pub fn at(&self, index: u32) -> bool {
        u64::from(self.stream.at(index)) < self.below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_often_as_the_probability_says_and_never_or_always_at_the_ends() {
        let share = |probability: f64| {
            let chance = Chance::new(7, "ask:0:a", probability);
            (0..40_000).filter(|&index| chance.at(index)).count()
        };
        assert_eq!(
            (share(0.0), share(f64::NAN), share(1.0), share(9.0)),
            (0, 0, 40_000, 40_000)
        );
        // Five standard errors.
        assert!(share(0.3).abs_diff(12_000) < 460, "{}", share(0.3));
    }
}
