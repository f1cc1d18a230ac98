//! Donors who value projects, and a split of their money.

/// Somebody with money for a split.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Donor {
    /// What it gives, finite and at least 0.
    pub amount: f64,
    /// (project, value above 0), each project once. A donor who values nothing, or gives nothing, takes no part.
    pub values: Vec<(usize, f64)>,
}

/// A split of all the money of those who value something, and who pays for what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Divided {
    /// `split[project]`: what it gets; sums to the amounts of the donors who take part.
    pub split: Vec<f64>,
    /// `payments[donor]`: (project, amount above 0), in the order of the donor's values.
    pub payments: Vec<Vec<(usize, f64)>>,
    /// Money of donors who value nothing: it stays with them.
    pub undivided: f64,
    /// How far from optimal the split can be at most, relative: 0 is perfect. What it bounds: [`super::nash_certificate`]
    /// or [`super::equilibrium_certificate`].
    pub certificate: f64,
    /// Newton steps taken.
    pub steps: usize,
}

impl Divided {
    /// Whether the certificate is small enough to call the split proven.
    pub fn is_proven(&self) -> bool {
        self.certificate <= super::CERTIFIED
    }
}

/// Donors in the form the methods work on: those who take part, amounts as parts of 1, each one's largest value 1, and only
/// projects somebody values. Rows one after the other.
#[derive(Clone, Debug, Default)]
pub struct Standard {
    /// `donors[row]`: its position among the donors given.
    pub(super) donors: Vec<usize>,
    /// `projects[column]`: its position among the projects given.
    pub(super) projects: Vec<usize>,
    /// Their amounts; sum 1.
    pub(super) weights: Vec<f64>,
    /// `cells[start[row]..start[row + 1]]` are of this donor.
    start: Vec<usize>,
    /// (column, value in (0, 1]).
    cells: Vec<(usize, f64)>,
    /// All amounts together.
    pub(super) total: f64,
    /// The amounts of those who take no part.
    pub(super) undivided: f64,
}

impl Standard {
    /// Of these donors; values of projects beyond `projects` are left out, and so are amounts and values that are not
    /// positive finite numbers.
    pub fn new(donors: &[Donor], projects: usize) -> Self {
        let mut standard = Self {
            start: vec![0],
            ..Self::default()
        };
        let mut column_of = vec![usize::MAX; projects];
        let positive = |value: f64| value.is_finite() && value > 0.0;
        let usable = |&(project, value): &(usize, f64)| project < projects && positive(value);
        for donor in donors.iter().filter(|donor| positive(donor.amount)) {
            for &(project, _) in donor.values.iter().filter(|value| usable(value)) {
                column_of[project] = 0;
            }
        }
        for (project, column) in column_of
            .iter_mut()
            .enumerate()
            .filter(|(_, column)| **column == 0)
        {
            *column = standard.projects.len();
            standard.projects.push(project);
        }
        for (position, donor) in donors.iter().enumerate() {
            if !positive(donor.amount) {
                continue;
            }
            let values = || donor.values.iter().filter(|value| usable(value));
            let largest = values().fold(0.0_f64, |largest, &(_, value)| largest.max(value));
            if largest == 0.0 {
                standard.undivided += donor.amount;
                continue;
            }
            standard.donors.push(position);
            standard.weights.push(donor.amount);
            standard.total += donor.amount;
            for &(project, value) in values() {
                // Below 10⁻¹⁰⁰ of a donor's largest value squares would vanish; nobody feels the difference.
                standard
                    .cells
                    .push((column_of[project], (value / largest).max(1e-100)));
            }
            standard.start.push(standard.cells.len());
        }
        for weight in &mut standard.weights {
            *weight /= standard.total;
        }
        standard
    }

    /// How many donors take part.
    pub(super) fn rows(&self) -> usize {
        self.donors.len()
    }

    /// How many projects somebody values.
    pub(super) fn columns(&self) -> usize {
        self.projects.len()
    }

    /// Where the cells of a row begin.
    pub(super) fn offset(&self, row: usize) -> usize {
        self.start[row]
    }

    /// All values.
    pub(super) fn cells(&self) -> &[(usize, f64)] {
        &self.cells
    }

    /// A donor's values.
    pub(super) fn row(&self, row: usize) -> &[(usize, f64)] {
        &self.cells[self.start[row]..self.start[row + 1]]
    }

    /// Everybody splits by its values: the start of every method, and the scale of each project.
    pub(super) fn shares_by_value(&self) -> Vec<f64> {
        let mut shares = vec![0.0; self.columns()];
        for (row, weight) in self.weights.iter().enumerate() {
            let sum: f64 = self.row(row).iter().map(|&(_, value)| value).sum();
            for &(column, value) in self.row(row) {
                shares[column] += weight * value / sum;
            }
        }
        shares
    }

    /// The split and payments in the donors' own terms: `paid[cell]` is the part of a row's weight that goes to the cell's
    /// project; rows sum to the weights up to rounding, which is put right here, so that everybody pays exactly its all.
    pub(super) fn divided(&self, paid: &[f64], donors: usize, projects: usize, steps: usize) -> Divided {
        let mut divided = Divided {
            split: vec![0.0; projects],
            payments: vec![Vec::new(); donors],
            undivided: self.undivided,
            certificate: f64::INFINITY,
            steps,
        };
        for row in 0..self.rows() {
            let paid = &paid[self.start[row]..self.start[row + 1]];
            let (sum, donor) = (paid.iter().sum::<f64>(), self.donors[row]);
            if sum <= 0.0 {
                continue;
            }
            for (&(column, _), &part) in self.row(row).iter().zip(paid) {
                let amount = part / sum * self.weights[row] * self.total;
                if amount > 0.0 {
                    let project = self.projects[column];
                    divided.split[project] += amount;
                    divided.payments[donor].push((project, amount));
                }
            }
        }
        divided
    }
}
