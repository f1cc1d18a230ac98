//! The linear relaxation of the packing over the rings found so far, one pivot at a time.
//!
//! Its prices only steer the search. Floating point cannot make a wrong bound: every bound is computed in whole
//! numbers from whole prices, over all rings and chains (see `search`).

use super::instance::MAX_LENGTH;
use std::collections::BTreeSet;

/// A ring or chain as a column of the packing problem. Order: rings before chains, then by members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Column {
    chain: bool,
    /// In order of giving, unused places 0. A member is below [`MAX_MEMBERS`](super::MAX_MEMBERS).
    places: [u16; MAX_LENGTH + 1],
    len: u8,
    pub value: i64,
}

impl Column {
    pub fn new(members: &[usize], chain: bool, value: i64) -> Self {
        let mut places = [0; MAX_LENGTH + 1];
        for (place, &member) in places.iter_mut().zip(members) {
            *place = u16::try_from(member).unwrap_or(u16::MAX);
        }
        let len = u8::try_from(members.len().min(MAX_LENGTH + 1)).unwrap_or(0);
        Self {
            chain,
            places,
            len,
            value,
        }
    }

    pub fn is_chain(&self) -> bool {
        self.chain
    }

    pub fn members(&self) -> impl Iterator<Item = usize> + '_ {
        let used = self.places.iter().take(usize::from(self.len));
        used.map(|&place| usize::from(place))
    }

    /// The members in ascending order: equal for rings of the same members in another order.
    pub fn set(&self) -> [u16; MAX_LENGTH + 1] {
        let mut set = [u16::MAX; MAX_LENGTH + 1];
        for (place, &member) in set.iter_mut().zip(self.places.iter().take(usize::from(self.len))) {
            *place = member;
        }
        // Insertion: at most six.
        for end in 1..set.len() {
            let mut at = end;
            while at > 0 && set[at - 1] > set[at] {
                set.swap(at - 1, at);
                at -= 1;
            }
        }
        set
    }
}

/// Reduced values and pivots below this count as 0.
const TOLERANCE: f64 = 1e-9;

/// max Σ value·x over the columns given, every member at most once, x ≥ 0: revised simplex with a dense inverse.
///
/// Start: all slacks. The right-hand sides are 1 plus a tiny amount of their own for each member, so that the many
/// ties of a packing (all right-hand sides 1) do not make it cycle; the prices are those of a nearby problem, which is
/// as good for steering. Entering: largest reduced value, first of equals; leaving: smallest ratio, first of equals.
#[derive(Clone, Debug)]
pub(super) struct Relaxation {
    members: usize,
    pub columns: Vec<Column>,
    known: BTreeSet<Column>,
    unit: f64,
    /// Row-major.
    inverse: Vec<f64>,
    /// Below `members` a slack, above it a column.
    basis: Vec<usize>,
    in_basis: Vec<bool>,
    levels: Vec<f64>,
    prices: Vec<f64>,
}

impl Relaxation {
    /// Values are divided by `unit` so that prices are of the order of 1.
    pub fn new(members: usize, unit: i64) -> Self {
        let mut inverse = vec![0.0; members * members];
        for at in 0..members {
            inverse[at * members + at] = 1.0;
        }
        Self {
            members,
            columns: Vec::new(),
            known: BTreeSet::new(),
            unit: unit as f64,
            inverse,
            basis: (0..members).collect(),
            in_basis: vec![true; members],
            // Multiples of an irrational spread evenly over the unit interval (Weyl).
            levels: (0..members)
                .map(|at| 1.0 + 1e-6 * (0.1 + (at as f64 * 0.618_033_988_749_894_9).fract()))
                .collect(),
            prices: vec![0.0; members],
        }
    }

    /// Adds a column; false if it is there already.
    pub fn add(&mut self, column: Column) -> bool {
        let fresh = self.known.insert(column);
        if fresh {
            self.columns.push(column);
            self.in_basis.push(false);
        }
        fresh
    }

    /// The price of each member, in the instance's unit; may be slightly below 0.
    pub fn prices(&self) -> impl Iterator<Item = f64> + '_ {
        self.prices.iter().map(|price| price * self.unit)
    }

    /// How much of each column the solution takes.
    pub fn levels(&self) -> Vec<f64> {
        let mut levels = vec![0.0; self.columns.len()];
        for (row, &basic) in self.basis.iter().enumerate() {
            if let Some(level) = basic.checked_sub(self.members).and_then(|at| levels.get_mut(at)) {
                *level = self.levels[row];
            }
        }
        levels
    }

    fn reduced(&self, candidate: usize) -> f64 {
        match candidate.checked_sub(self.members) {
            None => -self.prices[candidate],
            Some(at) => {
                let column = &self.columns[at];
                let paid: f64 = column.members().map(|member| self.prices[member]).sum();
                column.value as f64 / self.unit - paid
            }
        }
    }

    /// One pivot; false if none improves.
    pub fn pivot(&mut self) -> bool {
        let mut entering = None;
        let mut best = TOLERANCE;
        for candidate in 0..self.members + self.columns.len() {
            if !self.in_basis[candidate] {
                let reduced = self.reduced(candidate);
                if reduced > best {
                    (entering, best) = (Some(candidate), reduced);
                }
            }
        }
        let Some(entering) = entering else { return false };
        let direction = self.direction(entering);
        let mut leaving = None;
        let mut least = f64::INFINITY;
        for (row, &slope) in direction.iter().enumerate() {
            if slope > TOLERANCE {
                let ratio = self.levels[row] / slope;
                if ratio < least {
                    (leaving, least) = (Some(row), ratio);
                }
            }
        }
        // Every column takes room from somebody: without a row rounding has spoilt the inverse.
        let Some(leaving) = leaving else { return false };
        self.exchange(entering, leaving, &direction, best);
        true
    }

    /// The inverse times the column.
    fn direction(&self, candidate: usize) -> Vec<f64> {
        let mut direction = vec![0.0; self.members];
        let mut add = |member: usize| {
            for (row, entry) in direction.iter_mut().enumerate() {
                *entry += self.inverse[row * self.members + member];
            }
        };
        match candidate.checked_sub(self.members) {
            None => add(candidate),
            Some(at) => self.columns[at].members().for_each(add),
        }
        direction
    }

    fn exchange(&mut self, entering: usize, leaving: usize, direction: &[f64], reduced: f64) {
        let members = self.members;
        let pivot = direction[leaving];
        let level = (self.levels[leaving] / pivot).max(0.0);
        let start = leaving * members;
        for entry in &mut self.inverse[start..start + members] {
            *entry /= pivot;
        }
        let row = self.inverse[start..start + members].to_vec();
        for (price, entry) in self.prices.iter_mut().zip(&row) {
            *price += reduced * entry;
        }
        for (at, &slope) in direction.iter().enumerate() {
            if at != leaving && slope.abs() > 1e-14 {
                let begin = at * members;
                for (entry, pivot) in self.inverse[begin..begin + members].iter_mut().zip(&row) {
                    *entry -= slope * pivot;
                }
                self.levels[at] = (self.levels[at] - slope * level).max(0.0);
            }
        }
        self.levels[leaving] = level;
        self.in_basis[self.basis[leaving]] = false;
        self.in_basis[entering] = true;
        self.basis[leaving] = entering;
    }
}
