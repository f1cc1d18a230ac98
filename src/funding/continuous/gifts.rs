//! Gifts of money to projects, put together by donor.

/// The most pairs of two donors of one project that [`super::pair_bounded`] looks at.
pub const MAX_GIFT_PAIRS: usize = 20_000_000;

/// One gift.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gift {
    /// By whom.
    pub donor: usize,
    /// For what.
    pub project: usize,
    /// How much, finite and at least 0.
    pub amount: f64,
}

/// What each donor gives to each project, several gifts of one donor to one project put together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gifts {
    /// `by_project[project]`: (donor, amount above 0), ascending by donor.
    by_project: Vec<Vec<(usize, f64)>>,
    /// `people[donor]`: how many people give exactly so, each the amount stated; 1 for one.
    people: Vec<f64>,
}

impl Gifts {
    /// Of `donors` to `projects`; gifts by or to nobody, and amounts that are not positive finite numbers, are left out.
    /// Sums are taken in the order of the list.
    pub fn new(donors: usize, projects: usize, gifts: &[Gift]) -> Self {
        let mut lists: Vec<Vec<(usize, f64)>> = vec![Vec::new(); projects];
        for gift in gifts {
            let counts = gift.donor < donors && gift.amount.is_finite() && gift.amount > 0.0;
            if let (true, Some(list)) = (counts, lists.get_mut(gift.project)) {
                list.push((gift.donor, gift.amount));
            }
        }
        for list in &mut lists {
            crate::order::sort_by_key(list, |&(donor, _)| donor);
            list.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    kept.1 += next.1;
                }
                same
            });
        }
        Self {
            by_project: lists,
            people: vec![1.0; donors],
        }
    }

    /// The same where donor d stands for `people[d]` people who each give the amounts stated (0 counts as nobody).
    #[must_use]
    pub fn of_people(mut self, people: Vec<f64>) -> Self {
        let donors = self.people.len();
        self.people = people;
        self.people.resize(donors, 0.0);
        for list in &mut self.by_project {
            list.retain(|&(donor, _)| self.people[donor] > 0.0);
        }
        self
    }

    /// The same with all gifts to other projects than this times `factor`.
    #[must_use]
    pub fn with_others(&self, project: usize, factor: f64) -> Self {
        let mut changed = self.clone();
        for (other, list) in changed.by_project.iter_mut().enumerate() {
            if other != project {
                for (_, amount) in list.iter_mut() {
                    *amount *= factor;
                }
                list.retain(|&(_, amount)| amount > 0.0);
            }
        }
        changed
    }

    /// How many donors (groups of equal people count once).
    pub fn donors(&self) -> usize {
        self.people.len()
    }

    /// How many projects.
    pub fn projects(&self) -> usize {
        self.by_project.len()
    }

    /// (donor, amount) of a project, ascending by donor.
    pub fn of_project(&self, project: usize) -> &[(usize, f64)] {
        self.by_project.get(project).map_or(&[], Vec::as_slice)
    }

    /// How many people a donor stands for.
    pub fn people(&self, donor: usize) -> f64 {
        self.people.get(donor).copied().unwrap_or(0.0)
    }

    /// All gifts to a project.
    pub fn received(&self, project: usize) -> f64 {
        let gifts = self.of_project(project).iter();
        gifts.map(|&(donor, amount)| self.people(donor) * amount).sum()
    }

    /// The median of what a person gives to a project it gives to: the middle one, or half way between the two in the
    /// middle; `None` without gifts.
    pub fn median(&self) -> Option<f64> {
        let mut amounts: Vec<(f64, f64)> = self
            .by_project
            .iter()
            .flatten()
            .map(|&(donor, amount)| (amount, self.people(donor)))
            .collect();
        crate::order::sort_by(&mut amounts, |a, b| a.0.total_cmp(&b.0));
        let total: f64 = amounts.iter().map(|&(_, people)| people).sum();
        let at = |rank: f64| {
            let mut below = 0.0;
            amounts.iter().find_map(|&(amount, people)| {
                below += people;
                (below >= rank).then_some(amount)
            })
        };
        // Ranks count from 1; for an even number the middle lies between two.
        let half = total / 2.0;
        let (low, high) = if half.fract() == 0.0 {
            (half, half + 1.0)
        } else {
            (half + 0.5, half + 0.5)
        };
        Some(at(low)? / 2.0 + at(high)? / 2.0)
    }

    /// Pairs of donors who give to the same project, project after project.
    pub fn pairs(&self) -> usize {
        let lists = self.by_project.iter().map(Vec::len);
        lists.fold(0, |sum, donors| {
            sum.saturating_add(donors.saturating_mul(donors) / 2)
        })
    }
}
