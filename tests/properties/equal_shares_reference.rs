//! The method of equal shares as one would write it on a board: every person alone, plain fractions, totals one by one.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use std::cmp::Ordering;

/// A fraction in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction {
    above: i128,
    below: i128,
}

fn divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { divisor(b, a % b) }
}

impl Fraction {
    pub fn new(above: i128, below: i128) -> Self {
        let by = divisor(above, below) * below.signum();
        Self {
            above: above / by,
            below: below / by,
        }
    }
    pub fn whole(value: u64) -> Self {
        Self::new(i128::from(value), 1)
    }
    pub fn plus(self, other: Self) -> Self {
        Self::new(
            self.above * other.below + other.above * self.below,
            self.below * other.below,
        )
    }
    pub fn minus(self, other: Self) -> Self {
        self.plus(Self::new(-other.above, other.below))
    }
    pub fn times(self, other: Self) -> Self {
        Self::new(self.above * other.above, self.below * other.below)
    }
    pub fn by(self, other: Self) -> Self {
        Self::new(self.above * other.below, self.below * other.above)
    }
    /// (rounded down, rounded up)
    pub fn ends(self) -> (u64, u64) {
        let down = self.above.div_euclid(self.below);
        let up = down + i128::from(self.above.rem_euclid(self.below) > 0);
        (u64::try_from(down).unwrap(), u64::try_from(up).unwrap())
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.above * other.below).cmp(&(other.above * self.below))
    }
}

/// What is decided on.
#[derive(Clone, Debug)]
pub struct Board {
    /// (cost, votes); `None`: not admitted.
    pub projects: Vec<Option<(u64, u64)>>,
    /// Points by person and project.
    pub points: Vec<Vec<u64>>,
    /// Whether a benefit is the cost of a project.
    pub by_cost: bool,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Result {
    /// In order of purchase.
    pub bought: Vec<usize>,
    /// By purchase and person.
    pub paid: Vec<Vec<Fraction>>,
    /// By person.
    pub left: Vec<Fraction>,
}

impl Board {
    /// Σ min(b, ρu) = c has a solution: found by trying each person as the first who can pay in full, poorest first.
    fn rho(&self, project: usize, left: &[Fraction]) -> Option<Fraction> {
        let (cost, _) = self.projects[project]?;
        let benefit = |who: usize| {
            let worth = if self.by_cost { cost } else { 1 };
            Fraction::whole(self.points[who][project] * worth)
        };
        let mut people: Vec<usize> = (0..left.len())
            .filter(|&who| self.points[who][project] > 0)
            .collect();
        if people.is_empty() {
            return None;
        }
        if cost == 0 {
            return Some(Fraction::whole(0));
        }
        people.sort_by(|&a, &b| left[a].by(benefit(a)).cmp(&left[b].by(benefit(b))));
        let mut rest = Fraction::whole(cost);
        for place in 0..people.len() {
            let all = people[place..]
                .iter()
                .fold(Fraction::whole(0), |sum, &who| sum.plus(benefit(who)));
            let rho = rest.by(all);
            if rho.times(benefit(people[place])) <= left[people[place]] {
                return Some(rho);
            }
            rest = rest.minus(left[people[place]]);
        }
        None
    }

    /// The rounds.
    pub fn run(&self, purses: &[Fraction]) -> Result {
        let mut left = purses.to_vec();
        let (mut bought, mut paid): (Vec<usize>, Vec<Vec<Fraction>>) = (Vec::new(), Vec::new());
        loop {
            let open = (0..self.projects.len()).filter(|project| !bought.contains(project));
            let priced = open.filter_map(|project| Some((self.rho(project, &left)?, project)));
            let key = |project: usize| {
                let (cost, votes) = self.projects[project].unwrap();
                (cost, std::cmp::Reverse(votes), project)
            };
            let best = priced.min_by(|a, b| a.0.cmp(&b.0).then_with(|| key(a.1).cmp(&key(b.1))));
            let Some((rho, project)) = best else {
                return Result { bought, paid, left };
            };
            let (cost, _) = self.projects[project].unwrap();
            let worth = if self.by_cost { cost } else { 1 };
            let mut payments = Vec::new();
            for (who, left) in left.iter_mut().enumerate() {
                let pays = (*left).min(rho.times(Fraction::whole(self.points[who][project] * worth)));
                *left = left.minus(pays);
                payments.push(pays);
            }
            bought.push(project);
            paid.push(payments);
        }
    }

    pub fn cost(&self, bought: &[usize]) -> u64 {
        bought
            .iter()
            .map(|&project| self.projects[project].unwrap().0)
            .sum()
    }

    /// Equal parts of a budget.
    pub fn equal(&self, budget: u64) -> Result {
        let people = i128::try_from(self.points.len()).unwrap();
        self.run(&vec![
            Fraction::new(i128::from(budget), people.max(1));
            self.points.len()
        ])
    }

    /// Equal parts, raised by one each while the outcome stays within the budget.
    pub fn add1(&self, budget: u64) -> Result {
        let mut result = self.equal(budget);
        let people = self.points.len() as u64;
        let supported = (0..self.projects.len()).filter(|&project| {
            self.projects[project].is_some() && self.points.iter().any(|points| points[project] > 0)
        });
        let supported = supported.count();
        if people == 0 {
            return result;
        }
        let mut purse = budget / people;
        while result.bought.len() < supported {
            purse += 1;
            let next = self.run(&vec![Fraction::whole(purse); self.points.len()]);
            if self.cost(&next.bought) > budget {
                break;
            }
            result = next;
        }
        result
    }

    /// By votes with what is left.
    pub fn by_votes(&self, mut bought: Vec<usize>, budget: u64) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.projects.len())
            .filter(|&project| self.projects[project].is_some())
            .collect();
        order.sort_by_key(|&project| std::cmp::Reverse(self.projects[project].unwrap().1));
        for project in order {
            let mut with = bought.clone();
            with.push(project);
            if !bought.contains(&project) && self.cost(&with) <= budget {
                bought = with;
            }
        }
        bought
    }

    /// How many approved winners each person has.
    pub fn winners(&self, bought: &[usize]) -> Vec<usize> {
        let count = |points: &Vec<u64>| bought.iter().filter(|&&project| points[project] > 0).count();
        self.points.iter().map(count).collect()
    }
}
