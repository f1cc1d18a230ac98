//! Exact branch and bound, step by step.

mod branching;

use super::improve::construct;
use super::model::Model;
use super::node::{Counts, Fix, Node};
use super::pool::Pool;
use super::queue::Waiting;
use super::relaxation::{Relaxation, float_wide};
use super::{Instance, Limits, Progress, Solution};
use std::collections::BinaryHeap;

/// What the open parts of the search may take, in bytes; beyond it the search goes deep instead of wide.
const OPEN_BYTES: usize = 48 << 20;

/// The search for the cheapest coalition; it can be paused, shown and dropped at any node.
///
/// min Σ cᵢxᵢ + α·K(K−1)/2, K = Σ xᵢ, over the sets that satisfy an [`Instance`]. Units: money. Answers stand by
/// objective, of equals by the fewest members; then with one wanted the first found is kept, with several the
/// lexicographically smallest members come first. Lower bounds hold whatever the limit; same instance and limits, same answer, however the steps are divided.
///
/// Cost: exponential in the worst case; 200 candidates × 12 requirements and coalitions of 5 to 10 take some 50 to 1 200
/// nodes, each O(rows · candidates) per step of the simplex method. No errors: no coalition is an outcome
/// ([`Search::is_exhausted`] and no solution).
///
/// ```
/// use gotong::matching::coalition::{Candidate, Input, Instance, Limits, Search};
///
/// // Mangroves in Demak: 50 days of work, 9 nurseries. One large partner is dearer than two small ones, until
/// // talking to each other has its price.
/// let candidate = |cost, days, nurseries| Candidate { cost, sector: 0, offers: vec![days, nurseries] };
/// let candidates = vec![candidate(30, 50, 0), candidate(25, 0, 9), candidate(60, 60, 10)];
/// let members = |alpha| {
///     let input = Input { candidates: candidates.clone(), demand: vec![50, 9], alpha, ..Input::default() };
///     let mut search = Search::new(&Instance::new(input).unwrap(), Limits::default());
///     while !search.step(10).done {}
///     let best = search.solutions().remove(0);
///     assert!(best.optimal);
///     best.members
/// };
/// assert_eq!(members(0), [0, 1]);
/// assert_eq!(members(6), [2]);
/// ```
///
/// Source: Land & Doig, An automatic method of solving discrete programming problems, 1960; the bounds are those of
/// Neumaier & Shcherbina, Safe bounds in linear and mixed-integer linear programming, 2004.
pub struct Search {
    instance: Instance,
    model: Model,
    limits: Limits,
    heap: BinaryHeap<Waiting>,
    dive: Vec<Node>,
    pool: Pool,
    relaxation: Relaxation,
    counts: Counts,
    nodes: u64,
    sequence: u64,
    /// The least objective, once it is proven and an equal one of fewer members is looked for; nodes and `model` then
    /// count members too.
    proven: Option<u128>,
}

impl Search {
    /// A search that has not begun: no node is looked at yet.
    pub fn new(instance: &Instance, limits: Limits) -> Self {
        let k = limits.k_best.max(1);
        let model = Model::new(instance, k == 1);
        let mut root = Node::root(&model);
        let mut dive = Vec::new();
        if root.settle_anchors(&model) {
            dive.push(root);
        }
        Self {
            instance: instance.clone(),
            pool: Pool::new(k),
            model,
            limits,
            heap: BinaryHeap::new(),
            dive,
            relaxation: Relaxation::default(),
            counts: Counts::default(),
            nodes: 0,
            sequence: 0,
            proven: None,
        }
    }

    /// Looks at up to `nodes` more nodes.
    pub fn step(&mut self, nodes: u64) -> Progress {
        for _ in 0..nodes {
            if self.is_done() {
                break;
            }
            let next = self
                .dive
                .pop()
                .or_else(|| self.heap.pop().map(|waiting| waiting.node));
            let Some(node) = next else { break };
            self.nodes += 1;
            self.look_at(node);
            let cutoff = self.cutoff();
            if self.dive.is_empty() && self.heap.peek().is_some_and(|next| next.node.bound >= cutoff) {
                // The best that waits is too dear, so all are.
                self.heap.clear();
            }
            self.ask_for_fewer();
        }
        self.progress()
    }

    /// Once the one coalition wanted is proven cheapest: whether one of fewer members costs as much.
    ///
    /// A search of its own over cost · (n + 1) + size, which decides both at once, below what is known.
    fn ask_for_fewer(&mut self) {
        let Some((objective, members)) = self.pool.best() else {
            return;
        };
        let asked = self.proven.is_some()
            || !self.pool.wants_one()
            || !self.limits.smallest
            || self.limits.first_only;
        if asked || !self.is_exhausted() || members.len() <= self.model.low.max(1) {
            return;
        }
        self.proven = Some(*objective);
        self.model.count_members();
        let mut root = Node::root(&self.model);
        if root.settle_anchors(&self.model) {
            self.dive.push(root);
        }
    }

    /// The most members of a coalition of `node` that is still of interest.
    fn most_members(&self, node: &Node) -> usize {
        match (self.proven, self.pool.best()) {
            (Some(_), Some((_, members))) => members.len().saturating_sub(1),
            _ => self.pool.most_members(node),
        }
    }

    fn is_done(&self) -> bool {
        self.nodes >= self.limits.node_limit
            || self.dive.is_empty() && self.heap.is_empty()
            || self.limits.first_only && self.pool.best().is_some()
    }

    /// Where the search stands.
    pub fn progress(&self) -> Progress {
        let solutions = self.solutions();
        let best = solutions.first();
        Progress {
            nodes: self.nodes,
            objective: best.map(|best| best.objective),
            lower_bound: self.lower_bound(),
            gap: best.map(|best| best.gap),
            done: self.is_done(),
        }
    }

    /// No coalition costs less; `None` if it is proven that there is none.
    pub fn lower_bound(&self) -> Option<u128> {
        if let Some(proven) = self.proven {
            return Some(proven.saturating_mul(u128::from(self.model.unit)));
        }
        let waiting = self.heap.peek().map(|waiting| waiting.node.bound);
        let diving = self.dive.iter().map(|node| node.bound).min();
        let found = self.pool.best().map(|(objective, _)| *objective);
        let least = [waiting, diving, found].into_iter().flatten().min()?;
        Some(least.saturating_mul(u128::from(self.model.unit)))
    }

    /// Whether every node has been looked at or ruled out.
    pub fn is_exhausted(&self) -> bool {
        self.dive.is_empty() && self.heap.is_empty()
    }

    /// What has been found, best first, each verified.
    pub fn solutions(&self) -> Vec<Solution> {
        let bound = self.lower_bound().unwrap_or(0);
        self.pool
            .iter()
            .filter_map(|(_, members)| Solution::checked(&self.instance, members.clone(), bound))
            .collect()
    }

    /// An upper end of every objective, plus one.
    fn ceiling(&self) -> u128 {
        self.model.objective(0..self.model.n).saturating_add(1)
    }

    /// Objectives from here on are of no interest.
    fn cutoff(&self) -> u128 {
        match (self.proven, self.pool.best()) {
            (Some(_), Some((objective, members))) => self.model.counting(*objective, members.len()),
            _ => self.pool.cutoff().unwrap_or_else(|| self.ceiling()),
        }
    }

    fn is_beaten(&self, node: &Node) -> bool {
        node.bound >= self.cutoff() || self.proven.is_none() && self.pool.beats(node)
    }

    fn offer(&mut self, members: Vec<usize>) {
        let counted = self.model.objective(members.iter().copied());
        let objective = self.model.without_members(counted, members.len());
        let known = super::verify(&self.instance, &members);
        if known == Ok(objective.saturating_mul(u128::from(self.model.unit))) {
            self.pool.offer(objective, members);
        }
    }

    fn look_at(&mut self, mut node: Node) {
        if self.is_beaten(&node) {
            return;
        }
        let mut counts = std::mem::take(&mut self.counts);
        self.look_closer(&mut node, &mut counts);
        self.counts = counts;
    }

    fn look_closer(&mut self, node: &mut Node, counts: &mut Counts) {
        node.high = node.high.min(self.most_members(node));
        if !node.propagate(&self.model, counts) {
            return;
        }
        if node.is_complete(&self.model, counts) {
            self.offer(node.members().collect());
            if self.pool.wants_one() || counts.size_free == 0 {
                return;
            }
        }
        if counts.size_free == 0 {
            return;
        }
        let cutoff = float_wide(self.cutoff()) - 1.0;
        self.relaxation.solve(&self.model, node, counts, cutoff);
        node.bound = node.bound.max(ceiling(self.relaxation.bound));
        if self.is_beaten(node) {
            return;
        }
        self.try_rounding(node);
        if self.is_beaten(node) || !self.fix_by_price(node) {
            return;
        }
        node.basis = self.relaxation.names();
        let branch = self.branch(node, counts);
        self.split(node, &branch);
    }

    fn try_rounding(&mut self, node: &Node) {
        let often = self.nodes <= 16 || self.nodes.is_multiple_of(16);
        if !often {
            return;
        }
        let leans: &[f64] = if self.nodes == 1 {
            &[0.0, 0.5, 0.99]
        } else {
            &[0.9]
        };
        for &lean in leans {
            if let Some(members) = construct(&self.model, node, &self.relaxation, lean) {
                self.offer(members);
            }
        }
    }

    /// Fixes whoever would cost too much on the other side; false on a contradiction.
    fn fix_by_price(&mut self, node: &mut Node) -> bool {
        let cutoff = float_wide(self.cutoff()) - 1.0;
        let room = cutoff - self.relaxation.bound;
        for column in 0..self.relaxation.free.len() {
            let (penalty, stands_at_zero) = self.relaxation.penalty(column);
            if penalty > room {
                let at = self.relaxation.free[column] as usize;
                let fix = if stands_at_zero { Fix::Out } else { Fix::In };
                if !node.set(&self.model, at, fix) {
                    return false;
                }
            }
        }
        let (low, high) = self.relaxation.sizes(room);
        node.low = node.low.max(low);
        node.high = node.high.min(high);
        node.low <= node.high
    }

    /// Puts a node into the queue, or where that is full on the stack.
    fn keep(&mut self, node: Node) {
        let most = OPEN_BYTES / (self.model.n + 4 * node.basis.len() + 128);
        if self.heap.len() >= most {
            self.dive.push(node);
            return;
        }
        self.sequence += 1;
        let sequence = self.sequence;
        self.heap.push(Waiting { node, sequence });
    }
}

/// The least whole number not below a bound.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast saturates; a bound below 0 says nothing"
)]
fn ceiling(bound: f64) -> u128 {
    libm::ceil(bound) as u128
}
