//! The exact, anytime search: prices from a relaxation, a bound from the prices, branching over what is left.

mod prove;

use super::branch::{Branch, Listed};
use super::instance::Instance;
use super::relaxation::{Column, Relaxation};
use super::verify::verify;
use super::walks::Walker;
use super::{Packing, Progress};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Prices are held at this, far above what any ring can pay, so that sums of them never overflow.
const DEAREST: i64 = 1 << 57;

enum Phase {
    /// For each root the ring that exceeds the prices most.
    Price {
        root: usize,
        prices: Vec<i64>,
        raises: Vec<i64>,
        found: Vec<Column>,
    },
    /// The relaxation over the rings found.
    Pivot,
    /// All rings that a better packing could use.
    List {
        root: usize,
        stage: usize,
        /// Everything with at most this slack is in `listed`.
        within: i64,
        listed: BTreeMap<[u16; 6], Listed>,
    },
    /// The search over them.
    Branch {
        stage: usize,
        within: i64,
        branch: Box<Branch>,
    },
    Done,
}

/// A search for the packing of rings and chains of largest value that can be interrupted, asked and resumed.
///
/// Definition: max Σ value(c)·x_c over all rings and chains c of the [`Instance`], x binary, every member in at most
/// one (cycle formulation). Method, all in whole numbers but the steering:
///
/// 1. *Prices.* Any π ≥ 0 gives the upper bound Σπ_v + Σ_r max(0, max of value(c) − Σ_{v∈c} π_v over the rings and
///    chains of root r), since raising the price of each root by its term covers all of them. π comes from the linear
///    relaxation over the rings found so far; those that exceed their prices join it (column generation) until none
///    does. Rounding in the relaxation cannot spoil the bound.
/// 2. *Fixing.* A packing better than the incumbent loses less than bound − incumbent against the prices, so it uses
///    only rings whose own slack is below that. They are listed completely, by walks cut off with dynamic programming.
/// 3. *Branch and bound* over the list. If the list would be too long, a shorter one that is complete up to some slack
///    improves the bound by that slack; the gap that stays is told.
///
/// Order and ties: of packings of equal value the one met first; roots, arcs and members are taken in ascending order,
/// so the answer depends neither on the order of the arcs in the file nor on how the work is cut into steps.
/// Cost: a *node* is a step of a walk, a branch, or a member's share of a pivot, some 10 to 100 ns; the number of nodes is
/// exponential in the worst case.
///
/// ```
/// use gotong::matching::rings::{Instance, Search};
///
/// // A school, a workshop and a clinic each have what the next one lacks; school and clinic could also swap.
/// let arcs = [(0, 1, 5), (1, 2, 4), (2, 0, 6), (0, 2, 3)];
/// let mut search = Search::new(Instance::new(3, &arcs, &[], 3).unwrap());
/// while !search.step(1_000) {}
/// let packing = search.packing();
/// assert_eq!((packing.rings, packing.value), (vec![vec![0, 1, 2]], 15));
/// assert!(packing.optimal && packing.verified);
/// ```
///
/// Source: cycle formulation and its column generation: Abraham, Blum, Sandholm, "Clearing algorithms for barter exchange
/// markets", EC 2007; reduced-cost enumeration: Baldacci, Christofides, Mingozzi, "An exact algorithm for the vehicle
/// routing problem based on the set partitioning formulation", Mathematical Programming 2008. Deviations: columns are
/// found by walks rather than by Bellman–Ford, and chains are columns like rings.
pub struct Search {
    instance: Instance,
    /// Prices are in units of 1 / scale of the instance's unit.
    scale: i64,
    /// All values are multiples of it.
    unit: i64,
    relaxation: Relaxation,
    phase: Phase,
    /// Prices that cover every ring, with the smallest sum found.
    covering: Vec<i64>,
    bound: i128,
    /// What is known beyond `covering`, scaled.
    proven: i128,
    best: Vec<Column>,
    value: i128,
    nodes: u64,
}

impl Search {
    /// A search that has not begun. O(m) for m arcs, O(n²) memory for n members.
    pub fn new(instance: Instance) -> Self {
        let members = instance.members();
        let values = || {
            (0..members)
                .flat_map(|from| instance.out.row(from))
                .map(|&(_, value)| value)
        };
        let largest = values().map(i64::abs).max().unwrap_or(0).max(1);
        let unit = values().fold(0, |unit, value| gcd(unit, value.abs())).max(1);
        // Three or more binary digits after the point where there is room: prices of rings of three are thirds.
        let spare = largest.leading_zeros().saturating_sub(63 - 44).min(20);
        // Nobody receives more than the best arc into it.
        let mut received = vec![0_i64; members];
        for from in 0..members {
            for &(to, value) in instance.out.row(from) {
                received[to] = received[to].max(value);
            }
        }
        let scale = 1 << spare;
        let proven = received.into_iter().map(i128::from).sum::<i128>() * i128::from(scale);
        Self {
            relaxation: Relaxation::new(members, largest),
            phase: Phase::price(vec![0; members]),
            covering: vec![0; members],
            bound: i128::MAX,
            proven,
            best: Vec::new(),
            value: 0,
            nodes: 0,
            scale,
            unit,
            instance,
        }
    }

    /// Goes on until about `nodes` more nodes are done; true once nothing is left to do.
    ///
    /// The search stops between atoms (the walks from one root, one pivot, one branch), at the first one that ends at or
    /// beyond the limit. Two steps of 500 therefore do what one of 1 000 does, or a little more.
    pub fn step(&mut self, nodes: u64) -> bool {
        let until = self.nodes.saturating_add(nodes);
        self.run_until(until)
    }

    /// Goes on until `limit` nodes are done in all, counted from the beginning; true once nothing is left to do. The
    /// answer at a limit does not depend on the stops before it.
    pub fn run_until(&mut self, limit: u64) -> bool {
        while self.nodes < limit {
            let phase = std::mem::replace(&mut self.phase, Phase::Done);
            self.phase = match phase {
                Phase::Price {
                    root,
                    prices,
                    raises,
                    found,
                } => self.price(root, prices, raises, found),
                Phase::Pivot => self.pivot(),
                Phase::List {
                    root,
                    stage,
                    within,
                    listed,
                } => self.list(root, stage, within, listed),
                Phase::Branch {
                    stage,
                    within,
                    branch,
                } => self.branch(stage, within, branch, limit),
                Phase::Done => return true,
            };
        }
        matches!(self.phase, Phase::Done)
    }

    /// How far the search is.
    pub fn progress(&self) -> Progress {
        let upper_bound = self.upper_bound();
        let optimal = upper_bound == self.value;
        Progress {
            value: self.value,
            upper_bound,
            optimal,
            done: matches!(self.phase, Phase::Done),
            nodes: self.nodes,
        }
    }

    /// The instance searched.
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The best packing so far, checked by [`verify`] against the instance.
    pub fn packing(&self) -> Packing {
        let members_of = |chain: bool| {
            let columns = self.best.iter().filter(|column| column.is_chain() == chain);
            let mut rows: Vec<Vec<usize>> = columns.map(|column| column.members().collect()).collect();
            crate::order::sort(&mut rows);
            rows
        };
        let progress = self.progress();
        let mut packing = Packing {
            rings: members_of(false),
            chains: members_of(true),
            value: progress.value,
            upper_bound: progress.upper_bound,
            optimal: progress.optimal,
            verified: false,
            nodes: progress.nodes,
        };
        packing.verified = verify(&self.instance, &packing).is_empty();
        packing
    }

    /// The bound in whole units of value.
    fn upper_bound(&self) -> i128 {
        let unit = i128::from(self.unit);
        let whole = self.proven.div_euclid(i128::from(self.scale));
        (whole.div_euclid(unit) * unit).max(self.value)
    }

    /// The largest loss against `covering` of a packing better than the incumbent; negative if there is none.
    fn allowed(&self) -> i128 {
        self.bound - self.better()
    }

    /// The least scaled value of a packing better than the incumbent.
    fn better(&self) -> i128 {
        (self.value + i128::from(self.unit)) * i128::from(self.scale)
    }

    /// Whether nothing can be better than the incumbent.
    fn is_proven(&self) -> bool {
        self.proven < self.better()
    }

    fn price(
        &mut self,
        root: usize,
        prices: Vec<i64>,
        mut raises: Vec<i64>,
        mut found: Vec<Column>,
    ) -> Phase {
        if root < self.instance.members() {
            let mut walker = Walker::new(&self.instance, self.scale, &prices);
            let mut most = 0;
            let mut batch = Vec::new();
            let mut end = root;
            // One root at a time keeps steps short; small ones go together, the walker's memory is theirs.
            while end < self.instance.members() && walker.steps < 2_000 {
                walker.visit(end, 0, &mut |column, reduced| {
                    batch.push(column);
                    most = reduced;
                    reduced
                });
                raises[end] = most;
                most = 0;
                end += 1;
            }
            self.nodes = self.nodes.saturating_add(walker.steps.max(1));
            found.extend(batch);
            return Phase::Price {
                root: end,
                prices,
                raises,
                found,
            };
        }
        let sum = |list: &[i64]| list.iter().copied().map(i128::from).sum::<i128>();
        let bound = sum(&prices) + sum(&raises);
        if bound < self.bound {
            self.bound = bound;
            self.proven = self.proven.min(bound);
            self.covering = prices.iter().zip(&raises).map(|(a, b)| a + b).collect();
        }
        self.nodes = self.nodes.saturating_add(1);
        if self.is_proven() {
            return Phase::Done;
        }
        // Rings that hardly exceed their prices no longer move the bound.
        let settled = sum(&raises) * 1000 <= self.bound - self.value * i128::from(self.scale);
        crate::order::sort(&mut found);
        let mut fresh = false;
        for column in found {
            fresh |= self.relaxation.add(column);
        }
        if fresh && !settled {
            Phase::Pivot
        } else {
            Phase::list(0, self.allowed())
        }
    }

    fn pivot(&mut self) -> Phase {
        let members = u64::try_from(self.instance.members()).unwrap_or(u64::MAX);
        self.nodes = self.nodes.saturating_add(members.max(1));
        if self.relaxation.pivot() {
            return Phase::Pivot;
        }
        self.pick();
        if self.is_proven() {
            return Phase::Done;
        }
        let scale = self.scale as f64;
        let whole = |price: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "held within 0 and DEAREST; NaN becomes 0"
            )]
            let whole = (price * scale).round().clamp(0.0, DEAREST as f64) as i64;
            whole
        };
        Phase::price(self.relaxation.prices().map(whole).collect())
    }

    /// Packings read off the relaxation: rings in the order of their levels, and in the order of their values.
    fn pick(&mut self) {
        let columns = &self.relaxation.columns;
        let levels = self.relaxation.levels();
        let mut by_level: Vec<usize> = (0..columns.len()).collect();
        let mut by_value = by_level.clone();
        crate::order::sort_by(&mut by_level, |&a, &b| {
            let level = levels[b].total_cmp(&levels[a]);
            level
                .then(columns[b].value.cmp(&columns[a].value))
                .then(columns[a].cmp(&columns[b]))
        });
        crate::order::sort_by_key(&mut by_value, |&at| (Reverse(columns[at].value), columns[at]));
        for order in [by_level, by_value] {
            let mut used = vec![false; self.instance.members()];
            let mut picked = Vec::new();
            for at in order {
                let column = self.relaxation.columns[at];
                if column.members().all(|member| !used[member]) {
                    column.members().for_each(|member| used[member] = true);
                    picked.push(column);
                }
            }
            self.improve(picked);
        }
    }

    fn improve(&mut self, packing: Vec<Column>) {
        let value: i128 = packing.iter().map(|column| i128::from(column.value)).sum();
        if value > self.value {
            self.value = value;
            self.best = packing;
        }
    }
}

impl Phase {
    fn price(prices: Vec<i64>) -> Self {
        let raises = vec![0; prices.len()];
        Self::Price {
            root: 0,
            prices,
            raises,
            found: Vec::new(),
        }
    }

    fn list(stage: usize, allowed: i128) -> Self {
        Self::List {
            root: 0,
            stage,
            within: i64::try_from(allowed).unwrap_or(i64::MAX / 8).min(i64::MAX / 8),
            listed: BTreeMap::new(),
        }
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
