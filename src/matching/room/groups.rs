//! Tables of more than two: the best seating found, by swaps from several starts.

use super::RoomError;
use super::weights::Weights;

/// What two people at one table are to each other beside their weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bond {
    /// Nothing.
    Free,
    /// Must not sit together.
    Apart,
    /// Must sit together.
    Together,
}

/// The task: who sits, what pairs are worth, what is ruled.
#[derive(Clone, Debug)]
pub(super) struct GroupTask<'a> {
    pub weights: &'a Weights,
    pub bonds: &'a [Bond],
    /// The sector of each; empty if sectors do not matter.
    pub sectors: &'a [usize],
    /// How many tables; sizes differ by at most one.
    pub tables: usize,
    pub seed: u64,
}

/// How many exchanges are weighed at most before the search stops.
const MOST_EFFORT: u64 = 40_000_000;
/// How often the exchanges of everybody with everybody are weighed, in a room small enough.
const ROUNDS_OF_EFFORT: u64 = 200;

/// How many exchanges are weighed for a room of `people`.
pub(super) fn effort(people: usize) -> u64 {
    let people = people as u64;
    let all = people.saturating_mul(people).saturating_mul(ROUNDS_OF_EFFORT);
    // At least one descent, however large the room is.
    all.clamp(1, MOST_EFFORT).max(people.saturating_mul(people))
}

/// How many starts: file order, most valued first, then shuffles.
const STARTS: u64 = 4;

/// A seating: one table of each person.
#[derive(Clone, Debug)]
struct Seating {
    table: Vec<usize>,
    /// Σ values at the tables, less what tables of one sector cost.
    value: i128,
}

/// Local search over seatings, a little at a time.
///
/// The value of a table is the sum of its pairs' weights. A broken rule costs more than all tables with one sector, each
/// of which costs more than all weights: so rules come first, mixed tables next, weights last. Empty seats are people
/// without a value for anybody, no two of whom ever share a table; so exchanging two is the only move there is.
#[derive(Clone, Debug)]
pub(super) struct GroupSearch {
    people: usize,
    tables: usize,
    /// What a pair at one table is worth, people and empty seats.
    pair: Vec<i64>,
    sectors: Vec<usize>,
    kinds: usize,
    unmixed: i64,
    /// `gain[x * tables + t]`: what x is worth to those at table t.
    bond: Vec<i64>,
    /// `count[t * kinds + s]`: people of a sector at a table.
    count: Vec<usize>,
    seats: Vec<Vec<usize>>,
    now: Seating,
    best: Option<Seating>,
    /// People whose exchanges are to be weighed, the next one last.
    open: Vec<usize>,
    is_open: Vec<bool>,
    starts: u64,
    draws: u64,
    effort: u64,
}

impl GroupSearch {
    pub fn new(task: &GroupTask<'_>, start: Option<&[Vec<usize>]>, effort: u64) -> Result<Self, RoomError> {
        let people = task.weights.len();
        let tables = task.tables.max(1);
        let size = people.div_ceil(tables).max(1);
        let seats = size * tables;
        let range = task.weights.edges().map(|edge| edge.2.saturating_abs()).max();
        let range = range.unwrap_or(0);
        let out_of_range = || RoomError::OutOfRange {
            n: people,
            spread: range,
        };
        // More than all pairs at tables can be worth; then more than all tables with one sector cost.
        let factor = i64::try_from(seats.saturating_mul(size)).map_err(|_| out_of_range())?;
        let unmixed = range.checked_mul(factor).and_then(|all| all.checked_add(1));
        let unmixed = unmixed.ok_or_else(out_of_range)?;
        let costs = i64::try_from(tables + 1).map_err(|_| out_of_range())?;
        let broken = unmixed.checked_mul(costs).and_then(|all| all.checked_mul(2));
        // Sums of a table stay in 64 bits.
        let broken = broken
            .filter(|&cost| cost < i64::MAX / 8 / factor.max(1))
            .ok_or_else(out_of_range)?;
        let mut pair = vec![0; seats * seats];
        for i in 0..people {
            for j in (0..people).filter(|&j| j != i) {
                let place = &mut pair[i * seats + j];
                *place = task.weights.get(i, j).unwrap_or(0);
                match task.bonds.get(i * people + j) {
                    Some(Bond::Apart) => *place -= broken,
                    Some(Bond::Together) => *place += broken,
                    _ => {}
                }
            }
        }
        let kinds = task.sectors.iter().max().map_or(0, |most| most + 1);
        let mut search = Self {
            people,
            tables,
            pair,
            sectors: task.sectors.to_vec(),
            kinds,
            unmixed,
            bond: vec![0; seats * tables],
            count: vec![0; tables * kinds],
            seats: vec![Vec::new(); tables],
            now: Seating {
                table: vec![0; seats],
                value: 0,
            },
            best: None,
            open: Vec::new(),
            is_open: vec![false; seats],
            starts: 1,
            draws: task.seed,
            effort,
        };
        match start {
            Some(tables) => search.sit(tables.to_vec()),
            None => search.begin(0),
        }
        if start.is_some() {
            search.starts = STARTS;
        }
        Ok(search)
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn draw(&mut self, below: usize) -> usize {
        self.draws = self.draws.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.draws;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % below.max(1) as u64).unwrap_or(0)
    }

    /// A greedy seating: tables are filled one after the other, each by the first not seated and then by whom those
    /// at the table value most.
    fn begin(&mut self, start: u64) {
        let all = self.is_open.len();
        let mut order: Vec<usize> = (0..self.people).collect();
        if start == 1 {
            let worth: Vec<i64> = (0..self.people)
                .map(|i| self.pair[i * all..i * all + self.people].iter().sum())
                .collect();
            crate::order::sort_by_key(&mut order, |&i| std::cmp::Reverse(worth[i]));
        } else if start > 1 {
            for at in (1..order.len()).rev() {
                let other = self.draw(at + 1);
                order.swap(at, other);
            }
        }
        let (base, larger) = (self.people / self.tables, self.people % self.tables);
        let mut seats = Vec::with_capacity(self.tables);
        for table in 0..self.tables {
            let mut seated: Vec<usize> = Vec::new();
            let mut worth = vec![0_i64; all];
            for _ in 0..base + usize::from(table < larger) {
                let mut found: Option<usize> = None;
                for (at, &i) in order.iter().enumerate() {
                    if found.is_none_or(|best| worth[i] > worth[order[best]]) {
                        found = Some(at);
                    }
                }
                if let Some(at) = found {
                    let i = order.remove(at);
                    for (worth, value) in worth.iter_mut().zip(&self.pair[i * all..(i + 1) * all]) {
                        *worth += value;
                    }
                    seated.push(i);
                }
            }
            seats.push(seated);
        }
        self.sit(seats);
    }

    /// Takes a seating of the people; empty seats go to the smaller tables.
    fn sit(&mut self, mut tables: Vec<Vec<usize>>) {
        let all = self.is_open.len();
        let size = all / self.tables;
        tables.resize(self.tables, Vec::new());
        let mut empty = self.people..all;
        for table in &mut tables {
            while table.len() < size {
                let Some(seat) = empty.next() else { break };
                table.push(seat);
            }
        }
        self.seats = tables;
        self.bond.fill(0);
        self.count.fill(0);
        let mut value = 0_i128;
        for t in 0..self.tables {
            for at in 0..self.seats[t].len() {
                let i = self.seats[t][at];
                self.now.table[i] = t;
                value += i128::from(self.bond[i * self.tables + t]);
                for x in 0..all {
                    self.bond[x * self.tables + t] += self.pair[x * all + i];
                }
                if let Some(&sector) = self.sectors.get(i) {
                    self.count[t * self.kinds + sector] += 1;
                }
            }
            value -= i128::from(self.mixing(t, NOBODY, NOBODY));
        }
        self.now.value = value;
        self.open = (0..self.people).rev().collect();
        self.is_open.fill(false);
        self.is_open[..self.people].fill(true);
    }

    /// What table t costs for being of one sector once `out` has left and `joins` sits there.
    fn mixing(&self, t: usize, out: usize, joins: usize) -> i64 {
        if self.kinds == 0 {
            return 0;
        }
        let [out, joins] = [out, joins].map(|i| self.sectors.get(i).copied());
        let counts = &self.count[t * self.kinds..(t + 1) * self.kinds];
        let present = counts.iter().enumerate().filter(|&(sector, &count)| {
            count + usize::from(joins == Some(sector)) > usize::from(out == Some(sector))
        });
        if present.count() < 2 { self.unmixed } else { 0 }
    }

    /// What exchanging i and j, at different tables, adds.
    fn gain(&self, i: usize, j: usize) -> i64 {
        let (a, b) = (self.now.table[i], self.now.table[j]);
        let bond = |x: usize, t: usize| self.bond[x * self.tables + t];
        let between = self.pair[i * self.is_open.len() + j];
        let mut gain = bond(i, b) + bond(j, a) - 2 * between - bond(i, a) - bond(j, b);
        if self.kinds > 0 {
            gain += self.mixing(a, NOBODY, NOBODY) + self.mixing(b, NOBODY, NOBODY)
                - self.mixing(a, i, j)
                - self.mixing(b, j, i);
        }
        gain
    }

    fn exchange(&mut self, i: usize, j: usize) {
        self.now.value += i128::from(self.gain(i, j));
        let all = self.is_open.len();
        let (a, b) = (self.now.table[i], self.now.table[j]);
        for (t, out, joins) in [(a, i, j), (b, j, i)] {
            for x in 0..all {
                self.bond[x * self.tables + t] += self.pair[x * all + joins] - self.pair[x * all + out];
            }
            if let Some(&sector) = self.sectors.get(out) {
                self.count[t * self.kinds + sector] -= 1;
            }
            if let Some(&sector) = self.sectors.get(joins) {
                self.count[t * self.kinds + sector] += 1;
            }
            if let Some(seat) = self.seats[t].iter_mut().find(|seat| **seat == out) {
                *seat = joins;
            }
            self.now.table[joins] = t;
        }
        for t in [a, b] {
            for at in 0..self.seats[t].len() {
                let x = self.seats[t][at];
                if !self.is_open[x] && x < self.people {
                    self.is_open[x] = true;
                    self.open.push(x);
                }
            }
        }
    }

    /// Weighs exchanges, about `work` of them; true while there is more to do.
    pub fn step(&mut self, work: u64) -> bool {
        let all = self.is_open.len();
        let mut left = work;
        while left > 0 && self.tables > 1 {
            if self.effort == 0 {
                break;
            }
            let Some(&i) = self.open.last() else {
                self.settle();
                continue;
            };
            let spent = all as u64;
            left = left.saturating_sub(spent);
            self.effort = self.effort.saturating_sub(spent);
            let mut best = (0, NOBODY);
            let own = self.now.table[i];
            // A table has one empty seat at most: sizes differ by no more than one.
            let has_empty = self.seats[own].iter().any(|&seat| seat >= self.people);
            let others = if has_empty { self.people } else { all };
            for j in (0..others).filter(|&j| self.now.table[j] != own) {
                let gain = self.gain(i, j);
                if gain > best.0 {
                    best = (gain, j);
                }
            }
            if best.1 == NOBODY {
                self.open.pop();
                self.is_open[i] = false;
            } else {
                self.exchange(i, best.1);
            }
        }
        if self.tables > 1 && self.effort > 0 {
            return true;
        }
        self.keep();
        false
    }

    fn keep(&mut self) {
        if self.best.as_ref().is_none_or(|best| best.value < self.now.value) {
            self.best = Some(self.now.clone());
        }
    }

    /// No exchange helps: the next start, or a few exchanges by lot from the best seating so far.
    fn settle(&mut self) {
        self.keep();
        if self.starts < STARTS {
            self.begin(self.starts);
            self.starts += 1;
            return;
        }
        if self.best.as_ref().is_some_and(|best| best.value > self.now.value) {
            let tables = self.tables();
            self.sit(tables);
            self.open.clear();
            self.is_open.fill(false);
        }
        let kicks = 2 + self.draw(3);
        self.effort = self.effort.saturating_sub(self.is_open.len() as u64);
        for _ in 0..kicks {
            let (i, j) = (self.draw(self.people), self.draw(self.people));
            if self.now.table[i] != self.now.table[j] {
                self.exchange(i, j);
            }
        }
    }

    /// The best seating so far: people of each table ascending, tables by their first.
    pub fn tables(&self) -> Vec<Vec<usize>> {
        let seating = self.best.as_ref().unwrap_or(&self.now);
        let mut tables = vec![Vec::new(); self.tables];
        for (i, &t) in seating.table.iter().enumerate().take(self.people) {
            tables[t].push(i);
        }
        tables.retain(|table| !table.is_empty());
        crate::order::sort(&mut tables);
        tables
    }
}

/// Nobody: no index of a person or of an empty seat.
const NOBODY: usize = usize::MAX;
