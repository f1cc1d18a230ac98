//! The Nash product: the split that maximises Σ C_i·log u_i.

use super::cholesky::Symmetric;
use super::donors::{Divided, Donor, Standard};
use super::interior::{CARE, MOST_STEPS, advance, is_small, longest, rounds};

/// Good enough to stop: far below what is promised, and still above rounding.
const STOP: f64 = 1e-12;

/// The split that maximises Σ C_i·log u_i over all splits of ΣC_i, for linear utilities u_i = Σ_x δ(x)·v_i(x); donor i pays
/// C_i·δ(x)·v_i(x)/u_i for x (Brandl, Brandt, Greger, Peters, Stricker and Suksompong, *Funding Public Projects: A Case for
/// the Nash Product Rule*, J. Mathematical Economics 2022).
///
/// Amounts in the unit of the donors'. Values count relative to a donor's other values only. Where several splits are
/// optimal (everybody has the same benefit in all of them), the result is one inside their set, the limit of the central
/// path, so that equal projects are treated equally. [`Divided::certificate`] is [`nash_certificate`] − 1.
///
/// Method: with the price of money as multiplier the constraint Σδ = ΣC_i holds by itself, so a primal-dual interior-point
/// method with predictor and corrector (Mehrotra 1992; Kim, Carbonetto, Stephens and Anitescu 2020 for this problem) needs
/// one system of equations a step, of as many unknowns as there are projects; complementarity is measured against what each
/// project gets if everybody splits by value, so that a donor of 1 beside one of 10¹⁵ is not lost. Above 600 projects, and
/// wherever Newton fails, the fixed point δ(x) ← δ(x)·Σ C_i·v_i(x)/u_i continues, slowly, and the certificate says how far
/// it came.
///
/// Cost: about 15 steps of O(Σ_i values_i² + projects³/6).
///
/// ```
/// use gotong::funding::continuous::{Donor, nash};
/// // Five donors of 100 each: ab, ac, ad, bc, a (Brandl et al., example 1 in spirit).
/// let donors = [&[0, 1][..], &[0, 2], &[0, 3], &[1, 2], &[0]].map(|likes| Donor {
///     amount: 100.0,
///     values: likes.iter().map(|&project| (project, 1.0)).collect(),
/// });
/// let divided = nash(&donors, 4);
/// assert!(divided.is_proven());
/// assert!((divided.split[0] - 370.156).abs() < 1e-3 && (divided.split[1] - 64.922).abs() < 1e-3);
/// ```
pub fn nash(donors: &[Donor], projects: usize) -> Divided {
    nash_of(&Standard::new(donors, projects), donors.len(), projects)
}

pub(super) fn nash_of(standard: &Standard, donors: usize, projects: usize) -> Divided {
    let mut search = Search::new(standard);
    let mut steps = 0;
    if is_small(standard) {
        for care in CARE {
            let mut taken = 0;
            while taken < MOST_STEPS && search.best > STOP && search.newton(care) {
                taken += 1;
            }
            steps += taken;
            if search.best <= super::CERTIFIED / 100.0 {
                break;
            }
            search.begin();
        }
    }
    search.restore_best();
    let (mut done, most) = (0, rounds(standard));
    while search.best > super::CERTIFIED / 10.0 && done < most {
        search.round();
        done += 1;
    }
    search.restore_best();
    search.purify();
    let mut paid = vec![0.0; standard.cells().len()];
    let mut cell = 0;
    for row in 0..standard.rows() {
        for &(column, value) in standard.row(row) {
            paid[cell] = search.split[column] * value;
            cell += 1;
        }
    }
    let mut divided = standard.divided(&paid, donors, projects, steps + done);
    divided.certificate = excess(standard, &divided.split);
    divided
}

/// max_x Σ_i C_i·v_i(x)/u_i(δ), which is 1 for the optimal split and above for every other: by concavity no split raises
/// Σ C_i·log u_i by more than ΣC_i·(this − 1). Infinite if somebody who gives has no benefit. 1 without donors.
///
/// Donors who value nothing or give nothing take no part. Cost: O(values).
pub fn nash_certificate(donors: &[Donor], split: &[f64]) -> f64 {
    1.0 + excess(&Standard::new(donors, split.len()), split)
}

/// The certificate less 1, never negative, for a split in the donors' own terms; the split is brought to its total first.
fn excess(standard: &Standard, split: &[f64]) -> f64 {
    let own: Vec<f64> = standard.projects.iter().map(|&project| split[project]).collect();
    let mut gains = vec![0.0; own.len()];
    gains_of(standard, &own, &mut gains);
    largest_excess(&own, &gains)
}

/// g_x = Σ w_i·v_i(x)/u_i.
fn gains_of(standard: &Standard, split: &[f64], gains: &mut [f64]) {
    gains.fill(0.0);
    for (row, weight) in standard.weights.iter().enumerate() {
        let benefit: f64 = standard
            .row(row)
            .iter()
            .map(|&(column, value)| split[column] * value)
            .sum();
        for &(column, value) in standard.row(row) {
            gains[column] += weight * (value / benefit);
        }
    }
}

fn largest_excess(split: &[f64], gains: &[f64]) -> f64 {
    let total: f64 = split.iter().sum();
    let largest = gains.iter().fold(0.0_f64, |largest, &gain| {
        // A benefit of 0 gives an infinite gain, or none that can be compared.
        if gain.is_nan() {
            f64::INFINITY
        } else {
            largest.max(gain)
        }
    });
    if split.is_empty() {
        0.0
    } else {
        (largest * total - 1.0).max(0.0)
    }
}

/// The state of the method; split and slacks of each project somebody values.
struct Search<'a> {
    standard: &'a Standard,
    /// τ: what each gets if everybody splits by value.
    scale: Vec<f64>,
    split: Vec<f64>,
    slack: Vec<f64>,
    gains: Vec<f64>,
    best: f64,
    best_split: Vec<f64>,
    matrix: Symmetric,
    step: Vec<f64>,
    slack_step: Vec<f64>,
}

impl<'a> Search<'a> {
    fn new(standard: &'a Standard) -> Self {
        let scale = standard.shares_by_value();
        let n = scale.len();
        let mut search = Self {
            standard,
            split: scale.clone(),
            slack: vec![1.0; n],
            gains: vec![0.0; n],
            best: f64::INFINITY,
            best_split: scale.clone(),
            scale,
            matrix: Symmetric::default(),
            step: vec![0.0; n],
            slack_step: vec![0.0; n],
        };
        search.look();
        search
    }

    /// Back to the start.
    fn begin(&mut self) {
        self.split.clone_from(&self.scale);
        self.slack.fill(1.0);
        self.look();
    }

    /// Gains at the split, which is kept if it is the best so far.
    fn look(&mut self) {
        gains_of(self.standard, &self.split, &mut self.gains);
        let error = self.error();
        if error < self.best {
            self.best = error;
            self.best_split.clone_from(&self.split);
        }
    }

    /// The certificate, or how far payments are from what projects get, in the eyes of the donor who minds most: the larger.
    /// (A donor of 1 beside one of 10¹⁵ hardly shows in the certificate.)
    fn error(&self) -> f64 {
        let total: f64 = self.split.iter().sum();
        let mut worst = largest_excess(&self.split, &self.gains);
        for row in 0..self.standard.rows() {
            let (mut benefit, mut off) = (0.0, 0.0);
            for &(column, value) in self.standard.row(row) {
                let part = self.split[column] * value;
                benefit += part;
                off += part * (1.0 - self.gains[column] * total).abs();
            }
            worst = if (off / benefit).is_nan() {
                f64::INFINITY
            } else {
                worst.max(off / benefit)
            };
        }
        worst
    }

    /// One step of predictor and corrector; whether it came forward.
    fn newton(&mut self, care: f64) -> bool {
        let n = self.split.len();
        self.matrix.reset(n);
        for (row, weight) in self.standard.weights.iter().enumerate() {
            let cells = self.standard.row(row);
            let benefit: f64 = cells
                .iter()
                .map(|&(column, value)| self.split[column] * value)
                .sum();
            let root = weight.sqrt() / benefit;
            for (place, &(column, value)) in cells.iter().enumerate() {
                let own = root * value;
                for &(other, other_value) in &cells[..=place] {
                    let (high, low) = if column > other {
                        (column, other)
                    } else {
                        (other, column)
                    };
                    self.matrix.add(high, low, own * (root * other_value));
                }
            }
        }
        for (at, (&split, &slack)) in self.split.iter().zip(&self.slack).enumerate() {
            self.matrix.add(at, at, slack / split);
        }
        self.matrix.factor();
        // Each product is measured by its own project's scale: the mean of sums would only know the largest.
        let count = n as f64;
        let mu = (0..n)
            .map(|at| self.split[at] * self.slack[at] / self.scale[at])
            .sum::<f64>()
            / count;
        self.direction(0.0, false);
        let (primal, dual) = self.lengths(0.0);
        let ahead = (0..n)
            .map(|at| {
                let split = self.split[at] + primal * self.step[at];
                split * (self.slack[at] + dual * self.slack_step[at]) / self.scale[at]
            })
            .sum::<f64>()
            / count;
        let ratio = (ahead / mu).clamp(0.0, 1.0);
        let sigma = (ratio * ratio * ratio).max(care);
        self.direction(sigma * mu, care == 0.0);
        let (primal, dual) = self.lengths((mu.min(1.0) * 0.1).max(1e-3).max(care / 2.0));
        // One length for both: the gains depend on the split, so a longer dual step would not be matched by it.
        let length = primal.min(dual);
        if !(length > 1e-12 && self.step.iter().all(|step| step.is_finite())) {
            return false;
        }
        advance(&mut self.split, &self.step, length);
        advance(&mut self.slack, &self.slack_step, length);
        self.look();
        true
    }

    /// The step towards complementarity `target`·τ, with the second-order term of the step before if `corrected`.
    fn direction(&mut self, target: f64, corrected: bool) {
        let mut side = Vec::with_capacity(self.split.len());
        for (at, (&split, &slack)) in self.split.iter().zip(&self.slack).enumerate() {
            let second = if corrected {
                self.step[at] * self.slack_step[at]
            } else {
                0.0
            };
            let wanted = (target * self.scale[at] - second) / split;
            side.push(wanted - (1.0 - self.gains[at]));
            self.slack_step[at] = wanted - slack;
        }
        self.matrix.solve(&mut side);
        for (at, step) in side.iter().enumerate() {
            self.slack_step[at] -= self.slack[at] / self.split[at] * step;
        }
        self.step = side;
    }

    fn lengths(&self, keep: f64) -> (f64, f64) {
        (
            longest(&self.split, &self.step, keep),
            longest(&self.slack, &self.slack_step, keep),
        )
    }

    /// One round of the fixed point, which never makes Σ C_i·log u_i smaller.
    fn round(&mut self) {
        for (split, gain) in self.split.iter_mut().zip(&self.gains) {
            *split *= gain;
        }
        self.look();
    }

    fn restore_best(&mut self) {
        self.split.clone_from(&self.best_split);
        gains_of(self.standard, &self.split, &mut self.gains);
    }

    /// Projects that only keep a trace of the path get nothing, where the split is as good without.
    fn purify(&mut self) {
        let limit = self.best.max(STOP);
        for at in 0..self.split.len() {
            if self.split[at] < 1e-9 * self.scale[at] && self.gains[at] < 1.0 - 1e-9 {
                self.split[at] = 0.0;
            }
        }
        gains_of(self.standard, &self.split, &mut self.gains);
        if self.error() > limit.max(super::CERTIFIED / 10.0) {
            self.restore_best();
        }
    }
}
