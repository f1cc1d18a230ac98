//! What a project may cost, as a distribution.

use super::RiskError;
use super::beta::Beta;
use super::money::{round_half_even, whole_minor};
use super::normal::{normal_density, normal_quantile};
use super::table::{QuantileTable, unit};
use crate::domain::{CostEstimate, CostShape, MAX_AMOUNT_MINOR};
use gotong_kernel::tables::{fill_tabulated, fill_tabulated_within, fill_triangular, triangular};

/// Φ⁻¹(0.9).
pub(super) const NORMAL_P90: f64 = 1.281_551_565_544_600_4;

/// A cost as a quantile function, in minor units.
#[derive(Clone, Debug)]
pub(super) enum Cost {
    /// Known.
    Fixed(u64),
    /// Triangular, in closed form.
    Triangular { low: f64, likely: f64, high: f64 },
    /// PERT or lognormal; `within`: no quantile is beyond what an amount may be.
    Tabulated { table: QuantileTable, within: bool },
}

impl Cost {
    /// The distribution of an estimate.
    ///
    /// * fixed: `likely`, whatever the other two say.
    /// * triangular on low, likely, high.
    /// * PERT: low + (high − low)·Beta(1 + 4(likely − low)/(high − low), 1 + 4(high − likely)/(high − low)).
    /// * lognormal: low and high are P10 and P90, so μ = ln √(low·high), σ = ln(high/low)/(2·Φ⁻¹(0.9)); likely
    ///   is only checked to lie between.
    ///
    /// low = high is a known cost in every shape.
    ///
    /// # Errors
    /// Not low ≤ likely ≤ high; a figure above 10¹⁵; a lognormal cost from 0.
    ///
    /// Source of PERT: Malcolm, Roseboom, Clark, Fazar, "Application of a technique for research and development
    /// program evaluation", Operations Research 7 (1959).
    pub(super) fn new(project: &str, estimate: &CostEstimate) -> Result<Self, RiskError> {
        let CostEstimate {
            shape,
            low_minor,
            likely_minor,
            high_minor,
        } = *estimate;
        let most = if shape == CostShape::Fixed {
            likely_minor
        } else {
            high_minor
        };
        if most > MAX_AMOUNT_MINOR {
            return Err(RiskError::AmountOutOfRange {
                id: project.to_owned(),
                value: most as f64,
            });
        }
        if shape == CostShape::Fixed {
            return Ok(Self::Fixed(likely_minor));
        }
        if !(low_minor <= likely_minor && likely_minor <= high_minor) {
            return Err(RiskError::CostOrder {
                project: project.to_owned(),
            });
        }
        if low_minor == high_minor {
            return Ok(Self::Fixed(low_minor));
        }
        let (low, likely, high) = (low_minor as f64, likely_minor as f64, high_minor as f64);
        match shape {
            CostShape::Triangular => Ok(Self::Triangular { low, likely, high }),
            CostShape::Lognormal if low_minor == 0 => Err(RiskError::LognormalFromZero {
                project: project.to_owned(),
            }),
            CostShape::Lognormal => Ok(Self::tabulated(lognormal(low, high))),
            CostShape::Pert | CostShape::Fixed => {
                let (a, b) = pert_shapes(low, likely, high);
                // Both shapes lie in [1, 5], so this always is a Beta distribution.
                Ok(Beta::new(a, b).map_or(Self::Fixed(likely_minor), |beta| {
                    Self::tabulated(beta.table(low, high))
                }))
            }
        }
    }

    fn tabulated(table: QuantileTable) -> Self {
        let within = table.is_within(0.0, MAX_AMOUNT_MINOR as f64);
        Self::Tabulated { table, within }
    }

    /// Whether it is known.
    pub(super) fn is_fixed(&self) -> bool {
        matches!(self, Self::Fixed(_))
    }

    /// The cost at a draw, in whole minor units: rounded half to even, from 0 to 10¹⁵.
    #[inline]
    pub(super) fn at(&self, draw: u32) -> u64 {
        match self {
            Self::Fixed(cost) => *cost,
            Self::Triangular { low, likely, high } => {
                round_half_even(triangular(*low, *likely, *high, unit(draw)))
            }
            Self::Tabulated { table, .. } => round_half_even(table.at(draw)),
        }
    }

    /// The costs at these draws, into `costs_minor`: as [`Cost::at`], the shape looked at once.
    pub(super) fn fill(&self, draws: &[u32], costs_minor: &mut [u64]) {
        match self {
            Self::Fixed(cost) => costs_minor.fill(*cost),
            Self::Triangular { low, likely, high } => {
                fill_triangular(*low, *likely, *high, draws, costs_minor);
            }
            Self::Tabulated { table, within: true } => {
                fill_tabulated_within(table.cells(), draws, costs_minor)
            }
            Self::Tabulated { table, within: false } => fill_tabulated(table.cells(), draws, costs_minor),
        }
    }

    /// Its quantile at probability `p` in (0, 1), in whole minor units.
    pub(super) fn quantile(&self, p: f64) -> f64 {
        // The draw whose unit is nearest to p.
        let draw = (p * 4_294_967_296.0 - 0.5).clamp(0.0, 4_294_967_295.0);
        let draw = u32::try_from(whole_minor(draw)).unwrap_or(u32::MAX);
        self.at(draw) as f64
    }
}

/// The shapes of a PERT estimate, each in [1, 5].
fn pert_shapes(low: f64, likely: f64, high: f64) -> (f64, f64) {
    let span = high - low;
    (
        1.0 + 4.0 * (likely - low) / span,
        1.0 + 4.0 * (high - likely) / span,
    )
}

/// The lognormal quantity with P10 = `low` and P90 = `high`, 0 < low < high.
fn lognormal(low: f64, high: f64) -> QuantileTable {
    let median = low.sqrt() * high.sqrt();
    let sigma = libm::log(high / low) / (2.0 * NORMAL_P90);
    let side = |sign: f64| {
        move |v: f64| {
            let z = sign * normal_quantile(v);
            let value = median * libm::exp(sigma * z);
            (value, sign * value * sigma / normal_density(z))
        }
    };
    QuantileTable::new(side(1.0), side(-1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::beta::Beta;

    fn estimate(shape: CostShape, low: u64, likely: u64, high: u64) -> Cost {
        let estimate = CostEstimate {
            shape,
            low_minor: low,
            likely_minor: likely,
            high_minor: high,
        };
        Cost::new("p", &estimate).unwrap()
    }

    /// Mean over a fine even grid of draws, against the closed form.
    fn mean(cost: &Cost) -> f64 {
        let n = 1 << 16;
        (0..n)
            .map(|i: u32| cost.at(i * 65_536 + 32_768) as f64)
            .sum::<f64>()
            / f64::from(n)
    }

    #[test]
    fn means_are_the_closed_forms() {
        let (low, likely, high) = (70_000_000.0, 100_000_000.0, 160_000_000.0);
        let (l, m, h) = (70_000_000, 100_000_000, 160_000_000);
        let triangular = mean(&estimate(CostShape::Triangular, l, m, h));
        assert!(
            (triangular - (low + likely + high) / 3.0).abs() < 10.0,
            "{triangular}"
        );
        let pert = mean(&estimate(CostShape::Pert, l, m, h));
        assert!((pert - (low + 4.0 * likely + high) / 6.0).abs() < 10.0, "{pert}");
        let sigma = libm::log(high / low) / (2.0 * NORMAL_P90);
        let expected = (low * high).sqrt() * libm::exp(sigma * sigma / 2.0);
        let lognormal = mean(&estimate(CostShape::Lognormal, l, m, h));
        assert!(
            (lognormal / expected - 1.0).abs() < 1e-5,
            "{lognormal} {expected}"
        );
    }

    #[test]
    fn quantiles_are_the_stated_ones() {
        let lognormal = estimate(CostShape::Lognormal, 50_000_000, 90_000_000, 200_000_000);
        assert!((lognormal.quantile(0.1) - 50_000_000.0).abs() < 20.0);
        assert!((lognormal.quantile(0.5) - 100_000_000.0).abs() < 20.0);
        assert!((lognormal.quantile(0.9) - 200_000_000.0).abs() < 100.0);
        let triangular = estimate(CostShape::Triangular, 0, 50_000_000, 100_000_000);
        assert!((triangular.quantile(0.5) - 50_000_000.0).abs() < 1.0);
        let pert = estimate(CostShape::Pert, 0, 30_000_000, 100_000_000);
        let exact = Beta::new(2.2, 3.8).unwrap().quantile(0.9) * 1e8;
        assert!((pert.quantile(0.9) - exact).abs() < 50.0);
    }

    #[test]
    fn a_column_is_the_draws_one_by_one() {
        for (shape, low, likely, high) in [
            (CostShape::Fixed, 7, 7, 7),
            (CostShape::Triangular, 0, 5, 1_000_000_000_000_000),
            (CostShape::Pert, 0, 999_999_999_999_999, 1_000_000_000_000_000),
            (CostShape::Pert, 3, 4, 5),
            (CostShape::Lognormal, 1, 5, 1_000_000_000_000_000),
            (CostShape::Lognormal, 90, 95, 100),
        ] {
            let cost = estimate(shape, low, likely, high);
            let draws: Vec<u32> = (0..=u32::MAX)
                .step_by(4_194_301)
                .chain([0, 1, u32::MAX])
                .collect();
            let mut column = vec![0; draws.len()];
            cost.fill(&draws, &mut column);
            let singly: Vec<u64> = draws.iter().map(|&draw| cost.at(draw)).collect();
            assert_eq!(column, singly, "{shape:?}");
        }
    }

    #[test]
    fn every_draw_is_within_the_estimate() {
        for shape in [CostShape::Triangular, CostShape::Pert] {
            for (low, likely, high) in [(0, 0, 1), (0, 1, 1), (5, 5, 1_000_000_000_000_000), (10, 20, 20)] {
                let cost = estimate(shape, low, likely, high);
                for draw in (0..=u32::MAX).step_by(16_777_213).chain([0, 1, u32::MAX]) {
                    assert!((low..=high).contains(&cost.at(draw)), "{shape:?} {draw}");
                }
            }
        }
        let wild = estimate(CostShape::Lognormal, 1, 5, 1_000_000_000_000_000);
        assert_eq!(wild.at(u32::MAX), MAX_AMOUNT_MINOR);
        assert_eq!(wild.at(0), 0);
    }

    #[test]
    fn impossible_estimates_are_refused_by_code() {
        let code = |shape, low, likely, high| {
            let estimate = CostEstimate {
                shape,
                low_minor: low,
                likely_minor: likely,
                high_minor: high,
            };
            Cost::new("p", &estimate)
                .map(|_| ())
                .map_err(|error| error.code())
        };
        assert_eq!(code(CostShape::Pert, 5, 4, 6), Err("risk-cost-order"));
        assert_eq!(
            code(CostShape::Lognormal, 0, 4, 6),
            Err("risk-lognormal-from-zero")
        );
        assert_eq!(
            code(CostShape::Fixed, 0, u64::MAX, 6),
            Err("risk-amount-out-of-range")
        );
        assert_eq!(code(CostShape::Fixed, 9, 4, 0), Ok(()));
        assert_eq!(code(CostShape::Lognormal, 0, 0, 0), Ok(()));
    }
}
