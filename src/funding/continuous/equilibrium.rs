//! The equilibrium of donors for whom projects complement each other.

use super::cholesky::Symmetric;
use super::critical::{Parts, excess_of, least_level, mend, received};
use super::donors::{Divided, Donor, Standard};
use super::interior::{CARE, MOST_STEPS, advance, is_small, longest, rounds};

/// Good enough to stop.
const STOP: f64 = 1e-13;

/// Times a guess of critical cells is mended.
const MENDINGS: usize = 24;

/// Rounds of the slow method between two guesses.
const ROUNDS_A_TURN: usize = 20;

/// The split in which nobody could gain by moving its own gift, for Leontief utilities u_i = min_x δ(x)/v_i(x) (over the
/// projects it values): each donor pays only for its critical projects, where that minimum lies (Brandt, Greger,
/// Segal-Halevi and Suksompong, *Balanced Donor Coordination*, EC 2023; *Coordinating Charitable Donations*). It is unique,
/// and the maximiser of Σ C_i·log u_i.
///
/// Amounts in the unit of the donors'. Values count relative to a donor's other values only. [`Divided::certificate`] is
/// [`equilibrium_certificate`].
///
/// Method: its dual is a Fisher market (donors buy projects, valuations v_i, one unit of each), whose prices are the split.
/// A primal-dual interior-point method approaches it; from time to time the critical projects are guessed from it, prices
/// follow exactly from that guess (within a connected part ratios are those of the values, and the part costs what its
/// donors hold), payments are evened out, and the result stands if its certificate does. Above 600 projects, and wherever
/// Newton fails, proportional response (Zhang, *Theoretical Computer Science* 2011) continues, slowly, and the certificate
/// says how far it came.
///
/// Cost: about 15 steps of O(Σ_i values_i² + projects³/6).
///
/// ```
/// use gotong::funding::continuous::{Donor, equilibrium};
/// let donor = |amount, projects: &[usize]| Donor {
///     amount,
///     values: projects.iter().map(|&project| (project, 1.0)).collect(),
/// };
/// let divided = equilibrium(&[donor(900.0, &[0, 1, 2]), donor(100.0, &[2, 3])], 4);
/// assert!(divided.is_proven());
/// for (amount, expected) in divided.split.iter().zip([300.0, 300.0, 300.0, 100.0]) {
///     assert!((amount - expected).abs() < 1e-9);
/// }
/// ```
pub fn equilibrium(donors: &[Donor], projects: usize) -> Divided {
    equilibrium_of(&Standard::new(donors, projects), donors.len(), projects)
}

pub(super) fn equilibrium_of(standard: &Standard, donors: usize, projects: usize) -> Divided {
    let mut search = Search::new(standard);
    search.consider();
    let mut steps = 0;
    if is_small(standard) {
        for care in CARE {
            let mut taken = 0;
            while taken < MOST_STEPS && search.best > STOP && search.newton(care) {
                taken += 1;
                search.consider();
            }
            steps += taken;
            if search.best <= super::CERTIFIED / 100.0 {
                break;
            }
            let (best, best_paid) = (search.best, search.best_paid);
            search = Search::new(standard);
            if best < search.best {
                (search.best, search.best_paid) = (best, best_paid);
            }
        }
    }
    let (mut done, most) = (0, rounds(standard));
    let mut response = search.best_paid.clone();
    // A cell without payment stays without: the slow method starts where everybody pays for all it values.
    if search.best > super::CERTIFIED / 10.0 {
        response = Search::new(standard).best_paid;
    }
    while search.best > super::CERTIFIED / 10.0 && done < most {
        search.respond(&mut response, ROUNDS_A_TURN);
        done += ROUNDS_A_TURN;
    }
    let mut divided = standard.divided(&search.best_paid, donors, projects, steps + done);
    divided.certificate = excess(standard, &divided);
    divided
}

/// How far a split with payments is from an equilibrium, relative; 0 is perfect. The largest of: by how much a project
/// somebody pays for lies above its payer's minimum δ(x)/v_i(x), and by how much payments differ from what their payer gives
/// or their project gets. Infinite if somebody who gives has no benefit, or pays for what it does not value.
///
/// Where payments add up, no split δ' raises Σ C_i·log u_i by more than ΣC_i times this, ε: with y the payments,
/// u_i(δ') ≤ Σ_x (y_ix/C_i)·δ'(x)/v_i(x), so Σ C_i·log(u_i(δ')/u_i) ≤ Σ_ix y_ix·δ'(x)/(v_i(x)·u_i) − C ≤ (1+ε)·C − C.
///
/// Cost: O(values + payments).
pub fn equilibrium_certificate(donors: &[Donor], divided: &Divided) -> f64 {
    excess(&Standard::new(donors, divided.split.len()), divided)
}

fn excess(standard: &Standard, divided: &Divided) -> f64 {
    let mut worst = 0.0_f64;
    let mut received = vec![0.0; divided.split.len()];
    for (row, &donor) in standard.donors.iter().enumerate() {
        let level = |column: usize, value: f64| divided.split[standard.projects[column]] / value;
        let levels = standard
            .row(row)
            .iter()
            .map(|&(column, value)| level(column, value));
        let minimum = levels.fold(f64::INFINITY, f64::min);
        let payments = divided.payments.get(donor).map_or(&[][..], Vec::as_slice);
        let mut paid = 0.0;
        for &(project, amount) in payments {
            received[project] += amount;
            paid += amount;
            let own = standard
                .row(row)
                .iter()
                .find(|(column, _)| standard.projects[*column] == project);
            worst = match own {
                Some(&(column, value)) if minimum > 0.0 => worst.max(level(column, value) / minimum - 1.0),
                _ => f64::INFINITY,
            };
        }
        let due = standard.weights[row] * standard.total;
        worst = worst.max((paid - due).abs() / due);
    }
    for (&received, &split) in received.iter().zip(&divided.split) {
        if received != split {
            worst = worst.max((received - split).abs() / split.max(f64::MIN_POSITIVE));
        }
    }
    worst
}

/// The state of the method.
struct Search<'a> {
    standard: &'a Standard,
    split: Vec<f64>,
    benefit: Vec<f64>,
    /// Of each cell: δ(x) − u_i·v_i(x), kept above 0, and its multiplier.
    slack: Vec<f64>,
    multiplier: Vec<f64>,
    best: f64,
    best_paid: Vec<f64>,
    matrix: Symmetric,
    step: Vec<f64>,
    benefit_step: Vec<f64>,
    slack_step: Vec<f64>,
    multiplier_step: Vec<f64>,
}

impl<'a> Search<'a> {
    fn new(standard: &'a Standard) -> Self {
        let split = standard.shares_by_value();
        let (rows, cells) = (standard.rows(), standard.cells().len());
        let mut search = Self {
            standard,
            benefit: Vec::with_capacity(rows),
            slack: Vec::with_capacity(cells),
            multiplier: Vec::with_capacity(cells),
            best: f64::INFINITY,
            best_paid: Vec::with_capacity(cells),
            matrix: Symmetric::default(),
            step: vec![0.0; split.len()],
            benefit_step: vec![0.0; rows],
            slack_step: vec![0.0; cells],
            multiplier_step: vec![0.0; cells],
            split,
        };
        for row in 0..rows {
            let (cells, weight) = (standard.row(row), standard.weights[row]);
            let benefit = 0.5 * least_level(cells, &search.split);
            let sum: f64 = cells.iter().map(|&(_, value)| value).sum();
            search.benefit.push(benefit);
            for &(column, value) in cells {
                search.slack.push(search.split[column] - benefit * value);
                search
                    .multiplier
                    .push(weight / (benefit * value * cells.len() as f64));
                search.best_paid.push(weight * value / sum);
            }
        }
        search.best = excess_of(standard, &search.best_paid);
        search
    }

    /// Guesses the critical cells from the path, and keeps what follows from the guess if it is the best so far.
    fn consider(&mut self) {
        let mut paid = Vec::with_capacity(self.multiplier.len());
        for row in 0..self.standard.rows() {
            for &(_, value) in self.standard.row(row) {
                let (cell, unit) = (paid.len(), self.benefit[row] * value);
                let (amount, level) = (self.multiplier[cell] * unit, self.slack[cell] / unit);
                // Payment and distance from the minimum complement each other: the larger one tells.
                let critical = amount > level * self.standard.weights[row];
                paid.push(if critical { amount } else { 0.0 });
            }
        }
        self.settle(paid);
    }

    /// The prices that follow from the cells with payments, payments that fit them, and their certificate.
    ///
    /// A guess is mended a few times: a project that turns out to lie below its donor's minimum joins the critical ones, one
    /// that would be paid less than nothing leaves them.
    fn settle(&mut self, mut paid: Vec<f64>) {
        for _ in 0..MENDINGS {
            let Some(parts) = Parts::of(self.standard, &paid) else {
                return;
            };
            let count = |paid: &[f64]| paid.iter().filter(|amount| **amount > 0.0).count();
            let guessed = count(&paid);
            parts.even_out(self.standard, &mut paid, &mut self.matrix);
            // Where cells were dropped, other prices follow.
            let dropped = count(&paid) < guessed;
            let mut excess = excess_of(self.standard, &paid);
            if excess > STOP
                && let Some(stripped) = parts.stripped(self.standard, &paid)
            {
                let better = excess_of(self.standard, &stripped);
                if better < excess {
                    (excess, paid) = (better, stripped);
                }
            }
            if excess < self.best {
                self.best = excess;
                self.best_paid.clone_from(&paid);
            }
            if excess <= STOP || !(mend(self.standard, &mut paid) || dropped) {
                return;
            }
        }
    }

    /// One step of predictor and corrector; whether it came forward.
    fn newton(&mut self, care: f64) -> bool {
        let standard = self.standard;
        // Each product is measured by what its own donor gives.
        let scale: Vec<f64> = (0..standard.rows())
            .flat_map(|row| standard.row(row).iter().map(move |_| standard.weights[row]))
            .collect();
        let count = scale.len() as f64;
        let products = self.multiplier.iter().zip(&self.slack).zip(&scale);
        let mu = products
            .map(|((multiplier, slack), scale)| multiplier * slack / scale)
            .sum::<f64>()
            / count;
        self.assemble();
        self.direction(0.0, false);
        let (primal, dual) = self.lengths(0.0);
        let cells = self.multiplier.iter().zip(&self.slack).enumerate();
        let ahead: f64 = cells
            .map(|(cell, (multiplier, slack))| {
                let slack = slack + primal * self.slack_step[cell];
                (multiplier + dual * self.multiplier_step[cell]) * slack / scale[cell]
            })
            .sum();
        let ratio = (ahead / count / mu).clamp(0.0, 1.0);
        self.direction((ratio * ratio * ratio).max(care) * mu, care == 0.0);
        let (primal, dual) = self.lengths(0.01_f64.max(care / 2.0));
        let length = primal.min(dual);
        if !(length > 1e-10 && mu > 1e-28 && self.step.iter().all(|step| step.is_finite())) {
            return false;
        }
        advance(&mut self.split, &self.step, length);
        advance(&mut self.benefit, &self.benefit_step, length);
        advance(&mut self.slack, &self.slack_step, length);
        advance(&mut self.multiplier, &self.multiplier_step, length);
        true
    }

    /// The system in the split alone: benefits and multipliers are eliminated row by row.
    fn assemble(&mut self) {
        self.matrix.reset(self.split.len());
        for row in 0..self.standard.rows() {
            let (offset, cells) = (self.standard.offset(row), self.standard.row(row));
            let ratio = |place: usize| self.multiplier[offset + place] / self.slack[offset + place];
            let pivot = self.pivot(row);
            for (place, &(column, value)) in cells.iter().enumerate() {
                let own = ratio(place) * value;
                self.matrix.add(column, column, ratio(place));
                for (other_place, &(other, other_value)) in cells[..=place].iter().enumerate() {
                    let (high, low) = if column > other {
                        (column, other)
                    } else {
                        (other, column)
                    };
                    let product = own / pivot * (ratio(other_place) * other_value);
                    self.matrix.add(high, low, -product);
                }
            }
        }
        self.matrix.factor();
    }

    /// w_i/u_i² + Σ_x D_ix·v_i(x)², with D = multiplier/slack.
    fn pivot(&self, row: usize) -> f64 {
        let offset = self.standard.offset(row);
        let cells = self.standard.row(row).iter().enumerate();
        let curvature = self.standard.weights[row] / (self.benefit[row] * self.benefit[row]);
        curvature
            + cells
                .map(|(place, &(_, value))| {
                    self.multiplier[offset + place] / self.slack[offset + place] * (value * value)
                })
                .sum::<f64>()
    }

    /// The step towards multiplier·slack = `target`·w_i, with the second-order term of the step before if `corrected`.
    fn direction(&mut self, target: f64, corrected: bool) {
        let standard = self.standard;
        let mut wanted = vec![0.0; self.slack.len()];
        for row in 0..standard.rows() {
            for place in 0..standard.row(row).len() {
                let cell = standard.offset(row) + place;
                let second = if corrected {
                    self.multiplier_step[cell] * self.slack_step[cell]
                } else {
                    0.0
                };
                let aim = target * standard.weights[row] - second;
                wanted[cell] = aim / self.slack[cell] - self.multiplier[cell];
            }
        }
        let mut side = vec![-1.0; self.split.len()];
        let mut row_sides = Vec::with_capacity(standard.rows());
        for row in 0..standard.rows() {
            let (offset, cells) = (standard.offset(row), standard.row(row));
            let mut row_side = standard.weights[row] / self.benefit[row];
            for (place, &(_, value)) in cells.iter().enumerate() {
                row_side -= value * (self.multiplier[offset + place] + wanted[offset + place]);
            }
            let part = row_side / self.pivot(row);
            for (place, &(column, value)) in cells.iter().enumerate() {
                let cell = offset + place;
                let ratio = self.multiplier[cell] / self.slack[cell];
                side[column] += wanted[cell] + self.multiplier[cell] + ratio * value * part;
            }
            row_sides.push(row_side);
        }
        self.matrix.solve(&mut side);
        for (row, &row_side) in row_sides.iter().enumerate() {
            let (offset, cells) = (standard.offset(row), standard.row(row));
            let mut moved = row_side;
            for (place, &(column, value)) in cells.iter().enumerate() {
                let cell = offset + place;
                moved += self.multiplier[cell] / self.slack[cell] * value * side[column];
            }
            let benefit = moved / self.pivot(row);
            self.benefit_step[row] = benefit;
            for (place, &(column, value)) in cells.iter().enumerate() {
                let cell = offset + place;
                let slack = side[column] - value * benefit;
                self.slack_step[cell] = slack;
                self.multiplier_step[cell] = wanted[cell] - self.multiplier[cell] / self.slack[cell] * slack;
            }
        }
        self.step = side;
    }

    fn lengths(&self, keep: f64) -> (f64, f64) {
        let primal = longest(&self.split, &self.step, keep)
            .min(longest(&self.benefit, &self.benefit_step, keep))
            .min(longest(&self.slack, &self.slack_step, keep));
        (primal, longest(&self.multiplier, &self.multiplier_step, keep))
    }

    /// Rounds of proportional response: everybody spends on each project in proportion to the value it bought there.
    fn respond(&mut self, paid: &mut [f64], rounds: usize) {
        let standard = self.standard;
        for _ in 0..rounds {
            let prices = received(standard, paid);
            for row in 0..standard.rows() {
                let (offset, cells) = (standard.offset(row), standard.row(row));
                let bought = |place: usize| cells[place].1 * (paid[offset + place] / prices[cells[place].0]);
                let sum: f64 = (0..cells.len()).map(bought).sum();
                let shares: Vec<f64> = (0..cells.len())
                    .map(|place| standard.weights[row] * (bought(place) / sum))
                    .collect();
                paid[offset..offset + cells.len()].copy_from_slice(&shares);
            }
        }
        let prices = received(standard, paid);
        let mut guess = paid.to_vec();
        for row in 0..standard.rows() {
            let cells = standard.row(row);
            let least = least_level(cells, &prices);
            for (place, &(column, value)) in cells.iter().enumerate() {
                let amount = &mut guess[standard.offset(row) + place];
                if *amount < (prices[column] / value / least - 1.0) * standard.weights[row] {
                    *amount = 0.0;
                }
            }
        }
        self.settle(guess);
    }
}
