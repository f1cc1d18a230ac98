//! How many periods a pledge's money is late.

use super::normal::normal_quantile;

/// How many periods late: 0 with probability 1 − p, else 1 + Geometric with mean m, so that
/// P(K ≥ k) = p·(1 − 1/m)^(k − 1) for k ≥ 1.
///
/// K is read off a latent standard normal quantity z: K is the number of thresholds Φ⁻¹(P(K ≥ k)) above z. The lower,
/// the later, as defaults come where the latent quantity of a pledge is low; so one common shock makes both likelier.
/// Delays of `most` and more are the same: none of the money comes while anybody looks.
///
/// Source: hurdle model, Mullahy, "Specification and testing of some modified count data models", Journal of
/// Econometrics 33 (1986); the geometric tail says that a pledge already late is no nearer to coming than before.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Delay {
    /// `thresholds[k − 1]`: Φ⁻¹(P(K ≥ k)), descending.
    thresholds: Vec<f64>,
}

impl Delay {
    /// Late with chance `chance` in [0, 1], then by `mean` ≥ 1 periods on average, at most `most` looked at.
    /// Cost: O(`most`) normal quantiles.
    pub(super) fn new((chance, mean): (f64, f64), most: u16) -> Self {
        let again = 1.0 - 1.0 / mean.max(1.0);
        let mut at_least = chance;
        let mut thresholds = Vec::new();
        for _ in 0..most {
            if at_least <= 0.0 {
                break;
            }
            thresholds.push(normal_quantile(at_least));
            at_least *= again;
        }
        Self { thresholds }
    }

    /// Whether nothing about it is uncertain: never late, or always by one period.
    pub(super) fn is_certain(&self) -> bool {
        self.thresholds
            .iter()
            .all(|&threshold| threshold == f64::INFINITY)
    }

    /// The delay at a latent quantity, in periods.
    #[inline]
    pub(super) fn at(&self, z: f64) -> u16 {
        let above = self.thresholds.iter().take_while(|&&threshold| z < threshold);
        u16::try_from(above.count()).unwrap_or(u16::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::normal::normal_cdf;

    #[test]
    fn the_distribution_is_the_closed_form() {
        for (chance, mean) in [(0.3, 1.0), (0.3, 2.5), (1.0, 4.0), (0.9, 40.0), (0.0, 3.0)] {
            let delay = Delay::new((chance, mean), 24);
            let n = 200_000;
            let mut counts = [0_u32; 25];
            for i in 0..n {
                let u = (f64::from(i) + 0.5) / f64::from(n);
                counts[usize::from(delay.at(normal_quantile(u)))] += 1;
            }
            let mut left = n;
            let mut exact = 1.0;
            for (k, count) in counts.iter().enumerate() {
                // P(K ≥ k) from counts and from the formula.
                assert!(
                    (f64::from(left) / f64::from(n) - exact).abs() < 2.0 / f64::from(n),
                    "{k}"
                );
                left -= count;
                exact = if k == 0 {
                    chance
                } else {
                    exact * (1.0 - 1.0 / mean)
                };
            }
        }
    }

    #[test]
    fn what_is_certain_says_so() {
        assert!(Delay::new((0.0, 5.0), 9).is_certain());
        assert!(Delay::new((1.0, 1.0), 9).is_certain());
        assert_eq!(Delay::new((1.0, 1.0), 9).at(3.0), 1);
        assert!(!Delay::new((1.0, 2.0), 9).is_certain());
        assert!(!Delay::new((0.2, 1.0), 9).is_certain());
        assert_eq!(Delay::new((0.5, 7.0), 3).at(f64::NEG_INFINITY), 3);
        assert!((normal_cdf(Delay::new((0.2, 1.0), 9).thresholds[0]) - 0.2).abs() < 1e-15);
    }
}
