//! Sobol indices from two independent samples of the drivers and one mixture of both for each driver.

use super::Share;
use super::points::REPLICATES;
use super::sensitivity::standard_error_of_mean;

/// Sums over the points of one replicate.
#[derive(Clone, Copy, Debug, Default)]
struct Base {
    n: f64,
    a: f64,
    aa: f64,
    b: f64,
    bb: f64,
}

/// Sums over the points of one replicate with one driver exchanged.
#[derive(Clone, Copy, Debug, Default)]
struct Mixed {
    /// Σ (f(AB) − f(A))
    step: f64,
    /// Σ f(B)·(f(AB) − f(A))
    first: f64,
    /// Σ (f(AB) − f(A))²
    total: f64,
}

/// What is kept of one figure f: sums by replicate, added up in the order of points, so that slicing cannot change them.
///
/// With A and B two independent samples of all drivers, and AB_i the sample A with driver i from B,
///
/// * variance explained by i alone: V_i = mean of (f(B) − f̄)·(f(AB_i) − f(A));
/// * variance in which i takes part: V_Ti = ½·mean of (f(A) − f(AB_i))²;
/// * S_i = V_i/V and S_Ti = V_Ti/V with V the variance over both samples.
///
/// Errors: of the ratio of two means over 16 independent replicates (scrambles; under plain random numbers groups of
/// points), s(V_i,r − S_i·V_r)/(V·√16).
///
/// Sources: first order, Saltelli, Annoni, Azzini, Campolongo, Ratto, Tarantola, "Variance based sensitivity analysis of
/// model output", Computer Physics Communications 181 (2010), table 2 (b); total, Jansen, "Analysis of variance designs
/// for model output", Computer Physics Communications 117 (1999); error of a ratio, Cochran, *Sampling Techniques*, 1977,
/// section 6.3.
#[derive(Clone, Debug)]
pub(super) struct PickFreeze {
    /// The first value, taken off every value so that large figures lose no digits.
    origin: Option<f64>,
    base: [Base; REPLICATES],
    /// `mixed[driver][replicate]`
    mixed: Vec<[Mixed; REPLICATES]>,
}

impl PickFreeze {
    /// No points yet, of so many drivers.
    pub(super) fn new(drivers: usize) -> Self {
        Self {
            origin: None,
            base: [Base::default(); REPLICATES],
            mixed: vec![[Mixed::default(); REPLICATES]; drivers],
        }
    }

    /// Adds points of A and B, each of the replicate `replicates` says.
    pub(super) fn add_base(&mut self, replicates: impl Iterator<Item = usize>, a: &[f64], b: &[f64]) {
        let Some(&first) = a.first() else {
            return;
        };
        let origin = *self.origin.get_or_insert(first);
        for ((&a, &b), replicate) in a.iter().zip(b).zip(replicates) {
            let (a, b) = (a - origin, b - origin);
            let sums = &mut self.base[replicate % REPLICATES];
            sums.n += 1.0;
            sums.a += a;
            sums.aa += a * a;
            sums.b += b;
            sums.bb += b * b;
        }
    }

    /// Adds the same points with `driver` exchanged.
    pub(super) fn add_mixed(
        &mut self,
        driver: usize,
        replicates: impl Iterator<Item = usize>,
        (a, b, mixed): (&[f64], &[f64], &[f64]),
    ) {
        let (Some(replicated), Some(origin)) = (self.mixed.get_mut(driver), self.origin) else {
            return;
        };
        for (((a, b), mixed), replicate) in a.iter().zip(b).zip(mixed).zip(replicates) {
            let step = mixed - a;
            let sums = &mut replicated[replicate % REPLICATES];
            sums.step += step;
            sums.first += (b - origin) * step;
            sums.total += step * step;
        }
    }

    /// Mean and variance over both samples; 0 without points.
    pub(super) fn moments(&self) -> (f64, f64) {
        let mean = self.mean();
        let variances = self.variances(mean);
        (
            self.origin.unwrap_or(0.0) + mean,
            variances.iter().sum::<f64>() / REPLICATES as f64,
        )
    }

    fn mean(&self) -> f64 {
        let n: f64 = self.base.iter().map(|sums| sums.n).sum();
        let sum: f64 = self.base.iter().map(|sums| sums.a + sums.b).sum();
        if n > 0.0 { sum / (2.0 * n) } else { 0.0 }
    }

    /// Mean squared distance from the mean of all, by replicate.
    fn variances(&self, mean: f64) -> [f64; REPLICATES] {
        self.base.map(|sums| {
            let n = 2.0 * sums.n;
            let squares = sums.aa + sums.bb - 2.0 * mean * (sums.a + sums.b) + n * mean * mean;
            if n > 0.0 { (squares / n).max(0.0) } else { 0.0 }
        })
    }

    /// First-order and total index of a driver; 0 where nothing varies.
    pub(super) fn indices(&self, driver: usize) -> (Share, Share) {
        let mean = self.mean();
        let variances = self.variances(mean);
        let none = [Mixed::default(); REPLICATES];
        let mixed = self.mixed.get(driver).unwrap_or(&none);
        let by_replicate = |part: &dyn Fn(&Mixed) -> f64| -> Vec<f64> {
            let pairs = mixed.iter().zip(&self.base);
            pairs.map(|(mixed, base)| part(mixed) / base.n.max(1.0)).collect()
        };
        let first = by_replicate(&|sums| sums.first - mean * sums.step);
        let total = by_replicate(&|sums| 0.5 * sums.total);
        (ratio(&first, &variances), ratio(&total, &variances))
    }

    /// Σ S_i: what the drivers explain one by one.
    pub(super) fn alone(&self) -> Share {
        let mean = self.mean();
        let variances = self.variances(mean);
        let mut sums = vec![0.0; REPLICATES];
        for mixed in &self.mixed {
            for ((sum, mixed), base) in sums.iter_mut().zip(mixed).zip(&self.base) {
                *sum += (mixed.first - mean * mixed.step) / base.n.max(1.0);
            }
        }
        ratio(&sums, &variances)
    }
}

/// Σ parts ÷ Σ wholes over equally many independent replicates, with its standard error.
fn ratio(parts: &[f64], wholes: &[f64]) -> Share {
    let whole = wholes.iter().sum::<f64>();
    if whole <= 0.0 {
        return Share::default();
    }
    let value = parts.iter().sum::<f64>() / whole;
    let mean_whole = whole / wholes.len() as f64;
    let residuals: Vec<f64> = parts
        .iter()
        .zip(wholes)
        .map(|(part, whole)| (part - value * whole) / mean_whole)
        .collect();
    Share {
        value,
        standard_error: standard_error_of_mean(&residuals),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FutureSettings, Sampler};
    use crate::risk::points::{BLOCK, Dimension, Layout};
    use crate::risk::table::unit;

    /// The design over a function of `inputs` uniform numbers.
    fn run(inputs: usize, trials: u32, sampler: Sampler, f: &dyn Fn(&[f64]) -> f64) -> PickFreeze {
        let layout = Layout::new(&FutureSettings {
            trials,
            sampler,
            ..FutureSettings::default()
        });
        let a: Vec<Dimension> = (0..inputs)
            .map(|i| Dimension::new(&layout, i, &format!("x{i}")))
            .collect();
        let b: Vec<Dimension> = a
            .iter()
            .zip(inputs..)
            .map(|(dimension, number)| dimension.redrawn(number))
            .collect();
        let mut sums = PickFreeze::new(inputs);
        for first in (0..layout.trials).step_by(BLOCK) {
            let len = layout.block_len(first);
            let columns = |dimensions: &[Dimension]| -> Vec<Vec<u32>> {
                let column = |dimension: &Dimension| {
                    let mut draws = vec![0; len];
                    dimension.fill(first, &mut draws);
                    draws
                };
                dimensions.iter().map(column).collect()
            };
            let (of_a, of_b) = (columns(&a), columns(&b));
            let values = |mixed: Option<usize>, all: &[Vec<u32>]| -> Vec<f64> {
                (0..len)
                    .map(|place| {
                        let input = |i: usize| {
                            let from = if mixed == Some(i) { &of_b } else { all };
                            unit(from[i][place])
                        };
                        f(&(0..inputs).map(input).collect::<Vec<_>>())
                    })
                    .collect()
            };
            let (fa, fb) = (values(None, &of_a), values(None, &of_b));
            sums.add_base(layout.replicates(), &fa, &fb);
            for i in 0..inputs {
                let mixed = values(Some(i), &of_a);
                sums.add_mixed(i, layout.replicates(), (&fa, &fb, &mixed));
            }
        }
        sums
    }

    fn assert_near(found: Share, exact: f64, what: &str) {
        let tolerance = 5.0 * found.standard_error + 1e-3;
        assert!(
            (found.value - exact).abs() <= tolerance,
            "{what}: {found:?}, not {exact}"
        );
        assert!(found.standard_error < 0.05, "{what}: {found:?}");
    }

    #[test]
    fn a_sum_is_explained_by_its_terms_alone() {
        // Var(c·U) = c²/12.
        let weights = [4.0, 2.0, 1.0, 0.0];
        let whole: f64 = weights.iter().map(|c| c * c).sum();
        for sampler in [Sampler::Sobol, Sampler::Random] {
            let sums = run(4, 16_384, sampler, &|x| {
                1e9 + x.iter().zip(weights).map(|(x, c)| c * x).sum::<f64>()
            });
            for (i, c) in weights.iter().enumerate() {
                let (first, total) = sums.indices(i);
                assert_near(first, c * c / whole, &format!("first {i} {sampler:?}"));
                assert_near(total, c * c / whole, &format!("total {i} {sampler:?}"));
            }
            assert_near(sums.alone(), 1.0, "all alone");
        }
    }

    #[test]
    fn the_terms_of_a_product_act_together() {
        // Π (1 + (U_i − ½)·c_i): V_i = c_i²/12, V = Π (1 + V_i) − 1, V_Ti = V_i·Π_{j≠i} (1 + V_j).
        let c = [1.6_f64, 1.0, 2.0];
        let v = c.map(|c| c * c / 12.0);
        let whole: f64 = v.iter().map(|v| 1.0 + v).product::<f64>() - 1.0;
        let sums = run(3, 16_384, Sampler::Sobol, &|x| {
            x.iter().zip(c).map(|(x, c)| 1.0 + (x - 0.5) * c).product()
        });
        for i in 0..3 {
            let others: f64 = (0..3).filter(|&j| j != i).map(|j| 1.0 + v[j]).product();
            let (first, total) = sums.indices(i);
            assert_near(first, v[i] / whole, &format!("first {i}"));
            assert_near(total, v[i] * others / whole, &format!("total {i}"));
            assert!(total.value > first.value);
        }
        assert!(sums.alone().value < 1.0);
    }

    #[test]
    fn the_ishigami_function_has_its_published_indices() {
        // Ishigami, Homma 1990; a = 7, b = 0.1: V = a²/8 + bπ⁴/5 + b²π⁸/18 + ½.
        let pi = std::f64::consts::PI;
        let (a, b) = (7.0, 0.1);
        let p4 = pi * pi * pi * pi;
        let v1 = 0.5 * (1.0 + b * p4 / 5.0) * (1.0 + b * p4 / 5.0);
        let v2 = a * a / 8.0;
        let v13 = b * b * p4 * p4 * (1.0 / 18.0 - 1.0 / 50.0);
        let whole = v1 + v2 + v13;
        assert!((v1 / whole - 0.3139).abs() < 5e-5 && (v2 / whole - 0.4424).abs() < 5e-5);
        let expected = [(v1, v1 + v13), (v2, v2), (0.0, v13)];
        for sampler in [Sampler::Sobol, Sampler::Random] {
            let sums = run(3, 65_536, sampler, &|u| {
                let x: Vec<f64> = u.iter().map(|u| pi * (2.0 * u - 1.0)).collect();
                let (sine, other) = (libm::sin(x[0]), libm::sin(x[1]));
                sine + a * other * other + b * x[2] * x[2] * x[2] * x[2] * sine
            });
            for (i, (first, total)) in expected.into_iter().enumerate() {
                let found = sums.indices(i);
                assert_near(found.0, first / whole, &format!("first {i} {sampler:?}"));
                assert_near(found.1, total / whole, &format!("total {i} {sampler:?}"));
            }
            let (mean, variance) = sums.moments();
            assert!((mean - a / 2.0).abs() < 0.05 && (variance / whole - 1.0).abs() < 0.05);
        }
    }

    #[test]
    fn what_does_not_vary_has_no_indices() {
        let sums = run(2, 1024, Sampler::Sobol, &|_| 7.0);
        assert_eq!(sums.indices(0), (Share::default(), Share::default()));
        assert_eq!(sums.indices(9), (Share::default(), Share::default()));
        assert_eq!(PickFreeze::new(1).moments(), (0.0, 0.0));
    }

    #[test]
    fn stated_errors_are_those_seen_over_many_seeds() {
        // The error stated must be about the spread over seeds, not the binomial formula's guess.
        let exact = 16.0 / 21.0;
        let mut misses = 0.0;
        let mut stated = 0.0;
        let seeds = 40_u64;
        for seed in 0..seeds {
            let layout = Layout::new(&FutureSettings {
                trials: 1024,
                seed,
                ..FutureSettings::default()
            });
            let a: Vec<Dimension> = (0..3)
                .map(|i| Dimension::new(&layout, i, &format!("x{i}")))
                .collect();
            let b: Vec<Dimension> = a.iter().zip(3..).map(|(d, n)| d.redrawn(n)).collect();
            let fill = |d: &Dimension| {
                let mut draws = vec![0; 1024];
                d.fill(0, &mut draws);
                draws
            };
            let (da, db): (Vec<_>, Vec<_>) = (a.iter().map(fill).collect(), b.iter().map(fill).collect());
            let f = |pick: [bool; 3]| -> Vec<f64> {
                (0..1024)
                    .map(|place| {
                        let x = |i: usize| unit(if pick[i] { db[i][place] } else { da[i][place] });
                        4.0 * x(0) + 2.0 * x(1) + x(2)
                    })
                    .collect()
            };
            let mut sums = PickFreeze::new(3);
            let (fa, fb) = (f([false; 3]), f([true; 3]));
            sums.add_base(layout.replicates(), &fa, &fb);
            sums.add_mixed(0, layout.replicates(), (&fa, &fb, &f([true, false, false])));
            let (first, _) = sums.indices(0);
            misses += (first.value - exact) * (first.value - exact) / seeds as f64;
            stated += first.standard_error * first.standard_error / seeds as f64;
        }
        let ratio = (misses / stated).sqrt();
        assert!((0.6..1.6).contains(&ratio), "{ratio}");
    }
}
