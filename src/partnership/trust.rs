//! How trust moves when promises are kept or broken.

use super::{ParameterId, Parameters};

/// Trust after one promise.
///
/// t' = t + a(1 − t) if it was kept, t − b·t if it was broken, with b > a: trust is won slowly and lost
/// quickly. `level` in [0, 1] (anything else is brought there); the result is in [0, 1]. Cost O(1). No
/// errors.
///
/// ```
/// use gotong::partnership::{Parameters, trust_after_promise};
///
/// // Pak Made's cooperative delivered on time once and was late once: it stands lower than before.
/// let parameters = Parameters::default();
/// let kept = trust_after_promise(0.5, true, &parameters);
/// assert!((kept - 0.55).abs() < 1e-12);
/// assert!(trust_after_promise(kept, false, &parameters) < 0.5);
/// ```
///
/// Source: the asymmetry is Slovic, "Perceived risk, trust, and democracy" (1993); the linear step is the
/// model of Bush and Mosteller, *Stochastic Models for Learning* (1955). The values of a and b are
/// illustrative.
pub fn trust_after_promise(level: f64, kept: bool, parameters: &Parameters) -> f64 {
    let level = share(level);
    if kept {
        lifted(level, parameters.get(ParameterId::TrustGain))
    } else {
        share(level - parameters.get(ParameterId::TrustLoss) * level)
    }
}

/// t + g(1 − t), in [0, 1].
pub(super) fn lifted(level: f64, gain: f64) -> f64 {
    share(level + gain * (1.0 - level))
}

/// In [0, 1]; what is not a number counts as 0.
fn share(level: f64) -> f64 {
    if level.is_nan() {
        0.0
    } else {
        level.clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_promise_costs_more_than_a_kept_one_earned() {
        let parameters = Parameters::default();
        let mut level = 0.0;
        for _ in 0..20 {
            let next = trust_after_promise(level, true, &parameters);
            assert!(next > level && next < 1.0);
            level = next;
        }
        // 1 − 0.9²⁰.
        assert!((level - 0.878_423_345_409_430_5).abs() < 1e-12);
        let broken = trust_after_promise(level, false, &parameters);
        assert!((broken - 0.7 * level).abs() < 1e-12);
        for tenth in 1..=9 {
            let level = f64::from(tenth) / 10.0;
            let both = trust_after_promise(trust_after_promise(level, true, &parameters), false, &parameters);
            // Below the level from which b·t outweighs a(1−t)(1−b): 0.07/0.37.
            assert_eq!(both < level, level > 0.07 / 0.37, "{level}");
        }
        assert_eq!(trust_after_promise(f64::NAN, true, &parameters), 0.1);
        assert_eq!(trust_after_promise(7.0, false, &parameters), 0.7);
    }
}
