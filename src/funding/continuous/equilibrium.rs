//! The equilibrium of donors for whom projects complement each other.

use super::cholesky::Symmetric;
use super::donors::{Divided, Donor, Standard};
use super::interior::{MOST_STEPS, advance, is_small, longest, rounds};

/// Good enough to stop.
const STOP: f64 = 1e-13;

/// Times a guess of critical cells is mended.
const MENDINGS: usize = 4;

/// What a cell that joins the critical ones is paid until payments are evened out, of what its donor gives.
const TRIFLE: f64 = 1e-6;

/// Rounds of the slow method between two guesses.
const ROUNDS_A_TURN: usize = 20;

/// Passes that even out the payments of a guessed set of critical cells: a pass drops cells that would be paid less than
/// nothing, and the next mends what rounding did to small sums beside large ones.
const EVENING_PASSES: usize = 8;

/// Sums as even as this, relative, are even.
const EVEN: f64 = 1e-14;

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
        while steps < MOST_STEPS && search.best > STOP && search.newton() {
            steps += 1;
            search.consider();
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
    /// A guess is mended a few times: a project that turns out to lie below its donor's minimum joins the critical ones.
    fn settle(&mut self, mut paid: Vec<f64>) {
        for _ in 0..MENDINGS {
            let Some(parts) = Parts::of(self.standard, &paid) else {
                return;
            };
            parts.even_out(self.standard, &mut paid, &mut self.matrix);
            let excess = excess_of(self.standard, &paid);
            if excess < self.best {
                self.best = excess;
                self.best_paid.clone_from(&paid);
            }
            if excess <= STOP || !mend(self.standard, &mut paid) {
                return;
            }
        }
    }

    /// One step of predictor and corrector; whether it came forward.
    fn newton(&mut self) -> bool {
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
        self.direction(ratio * ratio * ratio * mu, true);
        let (primal, dual) = self.lengths(0.01);
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
        for row in 0..standard.rows() {
            let (offset, cells) = (standard.offset(row), standard.row(row));
            let mut moved = row_sides[row];
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

/// min_x δ(x)/v_i(x).
fn least_level(cells: &[(usize, f64)], split: &[f64]) -> f64 {
    let levels = cells.iter().map(|&(column, value)| split[column] / value);
    levels.fold(f64::INFINITY, f64::min)
}

/// What each column gets.
fn received(standard: &Standard, paid: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; standard.columns()];
    for (&(column, _), amount) in standard.cells().iter().zip(paid) {
        sums[column] += amount;
    }
    sums
}

/// The certificate of payments alone: how far a paid cell lies above its row's minimum.
fn excess_of(standard: &Standard, paid: &[f64]) -> f64 {
    let split = received(standard, paid);
    let mut worst = 0.0_f64;
    for row in 0..standard.rows() {
        let (offset, cells) = (standard.offset(row), standard.row(row));
        let least = least_level(cells, &split);
        for (place, &(column, value)) in cells.iter().enumerate() {
            let excess = split[column] / value / least - 1.0;
            if paid[offset + place] > 0.0 {
                // Not a number where a project gets nothing.
                worst = if excess.is_nan() {
                    f64::INFINITY
                } else {
                    worst.max(excess)
                };
            }
        }
    }
    worst
}

/// Lets every donor whose least level lies at a project it does not pay for pay a trifle there; whether there was any.
fn mend(standard: &Standard, paid: &mut [f64]) -> bool {
    let split = received(standard, paid);
    let mut mended = false;
    for row in 0..standard.rows() {
        let (offset, cells) = (standard.offset(row), standard.row(row));
        let least = least_level(cells, &split);
        let lowest = cells
            .iter()
            .position(|&(column, value)| split[column] / value <= least);
        if let Some(amount) = lowest.and_then(|place| paid.get_mut(offset + place)) {
            if *amount == 0.0 {
                *amount = TRIFLE * standard.weights[row];
                mended = true;
            }
        }
    }
    mended
}

/// The connected parts of donors and projects joined by payments, and the prices that follow.
struct Parts {
    /// The first column of each part.
    roots: Vec<usize>,
    prices: Vec<f64>,
}

impl Parts {
    /// `None` if somebody pays for nothing, or something is paid by nobody.
    fn of(standard: &Standard, paid: &[f64]) -> Option<Self> {
        let (rows, columns) = (standard.rows(), standard.columns());
        let mut payers: Vec<Vec<(usize, f64)>> = vec![Vec::new(); columns];
        for row in 0..rows {
            for (place, &(column, value)) in standard.row(row).iter().enumerate() {
                if paid[standard.offset(row) + place] > 0.0 {
                    payers[column].push((row, value));
                }
            }
        }
        let (mut prices, mut seen) = (vec![0.0; columns], vec![false; rows]);
        let mut roots = Vec::new();
        for root in 0..columns {
            if prices[root] > 0.0 {
                continue;
            }
            prices[root] = 1.0;
            let (mut members, mut next, mut weight) = (vec![root], 0, 0.0);
            while let Some(&column) = members.get(next) {
                next += 1;
                for &(row, value) in &payers[column] {
                    if seen[row] {
                        continue;
                    }
                    seen[row] = true;
                    weight += standard.weights[row];
                    let level = prices[column] / value;
                    for (place, &(other, other_value)) in standard.row(row).iter().enumerate() {
                        if paid[standard.offset(row) + place] > 0.0 && prices[other] == 0.0 {
                            prices[other] = level * other_value;
                            members.push(other);
                        }
                    }
                }
            }
            let sum: f64 = members.iter().map(|&column| prices[column]).sum();
            let scale = weight / sum;
            if !(scale > 0.0 && scale.is_finite()) {
                return None;
            }
            for &column in &members {
                prices[column] *= scale;
            }
            roots.push(root);
        }
        seen.iter().all(|&seen| seen).then_some(Self { roots, prices })
    }

    /// Changes payments as little as possible (in the sense of Σ change²/payment) until rows sum to the weights and columns
    /// to the prices: linear equations, in one unknown a column. A payment that would fall below 0 is dropped, and the rest
    /// evened out anew.
    fn even_out(&self, standard: &Standard, paid: &mut [f64], matrix: &mut Symmetric) {
        for _ in 0..EVENING_PASSES {
            matrix.reset(self.prices.len());
            let mut side = self.prices.clone();
            let mut sums = Vec::with_capacity(standard.rows());
            let mut totals = received(standard, paid);
            let off = self.prices.iter().zip(&totals);
            let mut uneven = off.fold(0.0_f64, |worst, (price, total)| {
                worst.max((price - total).abs() / price)
            });
            totals.fill(0.0);
            for row in 0..standard.rows() {
                let (offset, cells) = (standard.offset(row), standard.row(row));
                let own = &paid[offset..offset + cells.len()];
                let sum: f64 = own.iter().sum();
                let missing = standard.weights[row] - sum;
                uneven = uneven.max(missing.abs() / standard.weights[row]);
                for (place, (&(column, _), &amount)) in cells.iter().zip(own).enumerate() {
                    if amount == 0.0 {
                        continue;
                    }
                    totals[column] += amount;
                    side[column] -= amount + amount / sum * missing;
                    for (&(other, _), &other_amount) in cells[..=place].iter().zip(own) {
                        let (high, low) = if column > other {
                            (column, other)
                        } else {
                            (other, column)
                        };
                        matrix.add(high, low, -(amount / sum * other_amount));
                    }
                }
                sums.push((sum, missing));
            }
            if uneven <= EVEN {
                break;
            }
            for (column, &total) in totals.iter().enumerate() {
                matrix.add(column, column, total);
            }
            // Raising all columns of a part and lowering its rows as much changes nothing: the first column stays.
            for &root in &self.roots {
                matrix.add(root, root, totals[root]);
            }
            matrix.factor();
            matrix.solve(&mut side);
            for row in 0..standard.rows() {
                let (offset, cells) = (standard.offset(row), standard.row(row));
                let own = &mut paid[offset..offset + cells.len()];
                let (sum, missing) = sums[row];
                let moved: f64 = cells
                    .iter()
                    .zip(own.iter())
                    .map(|(&(column, _), amount)| amount * side[column])
                    .sum();
                let level = (missing - moved) / sum;
                for (&(column, _), amount) in cells.iter().zip(own) {
                    let changed = *amount + *amount * (level + side[column]);
                    *amount = changed.max(0.0);
                }
            }
        }
    }
}
