//! The Beta distribution: shares between 0 and 1, and (stretched) PERT costs.

use super::table::QuantileTable;

/// Logarithm of the smallest normal `f64`, rounded up: below it a share counts as 0.
const LEAST_LOG: f64 = -708.0;
const MOST_STEPS: u32 = 200;
/// Error of a logarithm of a quantile: of one asked for, and of one that a table goes through (whose own is 2·10⁻⁶).
const EXACT: f64 = 1e-14;
const FOR_A_TABLE: f64 = 1e-10;
const FRACTION_TERMS: u32 = 20_000;

/// Shape parameters of a Beta distribution, both in [0.01, 10 000].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beta {
    a: f64,
    b: f64,
    /// ln B(a, b)
    log_beta: f64,
    /// ln a and ln b
    logs: [f64; 2],
}

impl Beta {
    /// Beta(a, b) if both shapes are in [0.01, 10 000] (the range the scenario accepts).
    pub fn new(a: f64, b: f64) -> Option<Self> {
        let usable = |shape: f64| (0.01..=10_000.0).contains(&shape);
        (usable(a) && usable(b)).then(|| Self {
            a,
            b,
            log_beta: libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b),
            logs: [libm::log(a), libm::log(b)],
        })
    }

    /// a/(a + b).
    pub fn mean(&self) -> f64 {
        self.a / (self.a + self.b)
    }

    /// The distribution of 1 − X.
    fn mirrored(self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            logs: [self.logs[1], self.logs[0]],
            ..self
        }
    }

    /// I_x(a, b): how often X is below `x`, in [0, 1].
    ///
    /// Relative error about 10⁻¹²·max(1, √max(a, b)). Cost: O(√max(a, b)) terms.
    ///
    /// Source: continued fraction of the regularised incomplete Beta function, DLMF 8.17.22, by the modified Lentz
    /// method; mirrored above (a + 1)/(a + b + 2), where it converges slowly.
    pub fn cdf(&self, x: f64) -> f64 {
        if x <= 0.0 {
            0.0
        } else if x >= 1.0 {
            1.0
        } else if x > (self.a + 1.0) / (self.a + self.b + 2.0) {
            1.0 - libm::exp(self.mirrored().log_head(libm::log1p(-x), libm::log(x), 1.0 - x))
        } else {
            libm::exp(self.log_head(libm::log(x), libm::log1p(-x), x))
        }
    }

    /// ln I_x(a, b) from ln x, ln(1 − x) and x, for x ≤ (a + 1)/(a + b + 2).
    fn log_head(&self, log_x: f64, log_rest: f64, x: f64) -> f64 {
        self.a * log_x + self.b * log_rest - self.log_beta - self.logs[0]
            + libm::log(continued_fraction(self.a, self.b, x))
    }

    /// ln I_x(a, b) and d ln I/d ln x at x = e^t: what Newton's method needs.
    fn log_cdf(&self, t: f64) -> (f64, f64) {
        let x = libm::exp(t);
        let log_rest = libm::log1p(-x);
        let log_cdf = if x > (self.a + 1.0) / (self.a + self.b + 2.0) {
            libm::log1p(-libm::exp(self.mirrored().log_head(log_rest, t, 1.0 - x)))
        } else {
            self.log_head(t, log_rest, x)
        };
        let log_density = self.a * t + (self.b - 1.0) * log_rest - self.log_beta;
        (log_cdf, libm::exp(log_density - log_cdf))
    }

    /// (d² ln I/d (ln x)²) / (d ln I/d ln x) at x, where the latter is `slope`.
    fn bend(&self, x: f64, slope: f64) -> f64 {
        self.a - (self.b - 1.0) * x / (1.0 - x) - slope
    }

    /// The quantile at a lower tail `v` in (0, ½], found from `start` (a value of ln x near it), and its logarithm;
    /// its error about `error` at most, or what rounding leaves.
    ///
    /// Halley's method on ln I against ln x, where the lower tail is nearly a straight line of slope a: it cubes the
    /// error for the price of Newton's, since the bend is known where the slope is. Steps that leave the bracket are
    /// replaced by bisection, so it always ends.
    fn lower_quantile(&self, v: f64, start: f64, error: f64) -> (f64, f64) {
        let target = libm::log(v);
        let (mut low, mut high) = (LEAST_LOG, 0.0);
        let mut t = start.clamp(LEAST_LOG, -1e-17);
        for _ in 0..MOST_STEPS {
            let (log_cdf, slope) = self.log_cdf(t);
            let miss = log_cdf - target;
            if miss > 0.0 {
                high = t;
            } else {
                low = t;
            }
            let (x, newton) = (libm::exp(t), miss / slope);
            let bend = self.bend(x, slope);
            let turn = 1.0 - 0.5 * newton * bend;
            // Far off, or where numbers end: plain Newton.
            let step = if turn > 0.5 && turn < 2.0 {
                newton / turn
            } else {
                newton
            };
            let inside = t - step > low && t - step < high;
            let next = if inside { t - step } else { 0.5 * (low + high) };
            // What the next step would change: the step cubed, times what bends the line.
            let rest = 1.0 - x;
            let bends = bend * bend + (1.0 + self.b * x / (rest * rest));
            let last = inside && step.abs() * (step * step * bends) <= error;
            let moved = (next - t).abs();
            t = next;
            if last || moved <= 1e-13 * (1.0 - t) || t <= LEAST_LOG + 1e-9 {
                break;
            }
        }
        if t <= LEAST_LOG + 1e-6 {
            (0.0, LEAST_LOG)
        } else {
            (libm::exp(t), t)
        }
    }

    /// The quantile at probability `p`, in [0, 1]: 0 at 0 and below, 1 at 1 and above. Absolute error below 10⁻¹²
    /// for shapes up to 1 000.
    pub fn quantile(&self, p: f64) -> f64 {
        if p <= 0.0 {
            0.0
        } else if p >= 1.0 {
            1.0
        } else if p <= 0.5 {
            self.lower_quantile(p, libm::log(self.mean()), EXACT).0
        } else {
            let mirrored = self.mirrored();
            1.0 - mirrored
                .lower_quantile(1.0 - p, libm::log(mirrored.mean()), EXACT)
                .0
        }
    }

    /// The quantile function of low + (high − low)·X, tabulated.
    pub(super) fn table(&self, low: f64, high: f64) -> QuantileTable {
        let side = |beta: Self, from: f64, span: f64| {
            // Each inversion starts on the parabola of the one before: (ln v, ln x, d ln x/d ln v, half the second).
            let before = std::cell::Cell::new((0.0, libm::log(beta.mean()), 0.0, 0.0));
            move |v: f64| {
                let (last_v, last_x, rise, curve) = before.get();
                let log_v = libm::log(v);
                let way = log_v - last_v;
                let start = last_x + way * (rise + way * curve);
                let (x, log_x) = beta.lower_quantile(v, start, FOR_A_TABLE);
                let log_density = (beta.a - 1.0) * log_x + (beta.b - 1.0) * libm::log1p(-x) - beta.log_beta;
                let slope = libm::exp(-log_density);
                let rise = v * slope / x;
                let curve = -0.5 * beta.bend(x, 1.0 / rise) * rise * rise;
                let usable = |value: f64| if value.is_finite() { value } else { 0.0 };
                before.set((log_v, log_x, usable(rise), usable(curve)));
                (from + span * x, span * slope)
            }
        };
        QuantileTable::new(
            side(*self, low, high - low),
            side(self.mirrored(), high, low - high),
        )
    }
}

/// The continued fraction DLMF 8.17.22, in (0, ∞).
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for term in 1..FRACTION_TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        fraction *= c * d;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let change = c * d;
        fraction *= change;
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::table::unit;

    #[test]
    fn closed_forms_hold() {
        for i in 1..100 {
            let x = f64::from(i) / 100.0;
            let arcsine = 2.0 / std::f64::consts::PI * libm::asin(x.sqrt());
            for (a, b, expected) in [
                (1.0, 1.0, x),
                (3.0, 1.0, x * x * x),
                (1.0, 2.0, 1.0 - (1.0 - x) * (1.0 - x)),
                (2.0, 2.0, x * x * (3.0 - 2.0 * x)),
                (0.5, 0.5, arcsine),
            ] {
                let beta = Beta::new(a, b).unwrap();
                assert!((beta.cdf(x) - expected).abs() < 1e-14, "Beta({a}, {b}) at {x}");
                assert!(
                    (beta.quantile(expected) - x).abs() < 1e-13,
                    "Beta({a}, {b}) at {x}"
                );
            }
        }
    }

    #[test]
    fn quantiles_undo_the_distribution_function_for_every_shape_the_scenario_accepts() {
        let shapes = [0.01, 0.3, 1.0, 1.7, 25.0, 800.0, 10_000.0];
        for (a, b) in shapes.iter().flat_map(|&a| shapes.iter().map(move |&b| (a, b))) {
            let beta = Beta::new(a, b).unwrap();
            let mut last = 0.0;
            for i in 1..40 {
                let p = f64::from(i) / 40.0;
                let x = beta.quantile(p);
                assert!(
                    (0.0..=1.0).contains(&x) && x >= last - 1e-12,
                    "Beta({a}, {b}) at {p}: {x}"
                );
                last = x;
                // Where neighbouring numbers x differ by more than the tolerance in p, bracket instead.
                let (below, above) = (beta.cdf(x - 1e-12), beta.cdf(x + 1e-12));
                assert!(
                    below - 1e-9 <= p && p <= above + 1e-9,
                    "Beta({a}, {b}) at {p}: {below} {above}"
                );
            }
        }
    }

    #[test]
    fn tables_are_as_exact_as_documented() {
        for (a, b) in [
            (0.5, 0.5),
            (1.0, 1.0),
            (1.0, 5.0),
            (2.0, 8.0),
            (3.4, 2.6),
            (30.0, 90.0),
            (500.0, 20.0),
        ] {
            let beta = Beta::new(a, b).unwrap();
            let table = beta.table(0.0, 1.0);
            for i in 0..2000_u32 {
                let draw = i * 2_147_483 + i;
                let error = (table.at(draw) - beta.quantile(unit(draw))).abs();
                assert!(error < 2e-6, "Beta({a}, {b}) at {}: {error}", unit(draw));
            }
        }
        assert_eq!(Beta::new(0.001, 1.0), None);
        assert_eq!(Beta::new(f64::NAN, 1.0), None);
    }
}
