//! Rings and chains one by one: those whose value exceeds the prices of their members by more than a threshold.

use super::instance::{Instance, MAX_LENGTH};
use super::relaxation::Column;

/// Below every real sum, and far enough from the end to be added to.
const NEVER: i64 = i64::MIN / 4;

/// Walks every ring and chain of one root at a time, without visiting what cannot matter.
///
/// The root of a ring is its smallest member, of a chain its gift, so that every ring and chain has exactly one.
/// Before walking, the best reduced value with which a walk of at most k more arcs can end is found for all members
/// within reach by dynamic programming; walks may repeat members, so this is an upper bound, and exact for k ≤ 2.
pub(super) struct Walker<'a> {
    instance: &'a Instance,
    scale: i64,
    /// What each member's place costs, in the same scaled unit.
    prices: &'a [i64],
    /// `ahead[k][v]`: the most that at most k more arcs from v bring.
    ahead: Vec<Vec<i64>>,
    /// Members within reach of the root with the fewest arcs to them, nearest first.
    reach: Vec<(usize, usize)>,
    seen: Vec<bool>,
    on_path: Vec<bool>,
    path: Vec<usize>,
    /// Steps taken, the measure of work.
    pub steps: u64,
}

/// What a visitor is given: the members in order, whether they are a chain, the value in the instance's own unit,
/// the scaled reduced value. It returns the new threshold.
pub(super) type Visit<'v> = dyn FnMut(Column, i64) -> i64 + 'v;

impl<'a> Walker<'a> {
    /// `prices[v]` in units of 1 / `scale`, all at least 0.
    pub fn new(instance: &'a Instance, scale: i64, prices: &'a [i64]) -> Self {
        let members = instance.members();
        Self {
            instance,
            scale,
            prices,
            ahead: vec![vec![NEVER; members]; MAX_LENGTH + 1],
            reach: Vec::new(),
            seen: vec![false; members],
            on_path: vec![false; members],
            path: Vec::new(),
            steps: 0,
        }
    }

    /// Visits every ring and chain rooted at `root` of value above 0 whose scaled value less its members' prices
    /// exceeds the threshold, which starts at `threshold` and is what `visit` last returned.
    pub fn visit(&mut self, root: usize, threshold: i64, visit: &mut Visit<'_>) {
        let mut threshold = threshold;
        let mut kinds = vec![false];
        if self.instance.is_gift(root) {
            kinds.push(true);
        }
        for chain in kinds {
            self.look_ahead(root, chain);
            let length = self.instance.max_length();
            let most = self.ahead[length].get(root).copied().unwrap_or(NEVER);
            let start = if chain { -self.price(root) } else { 0 };
            self.path.clear();
            self.path.push(root);
            if start + most > threshold {
                self.extend(root, root, start, 0, chain, &mut threshold, visit);
            }
            for &(member, _) in &self.reach {
                self.seen[member] = false;
                for row in &mut self.ahead {
                    row[member] = NEVER;
                }
            }
        }
    }

    fn price(&self, member: usize) -> i64 {
        self.prices.get(member).copied().unwrap_or(0)
    }

    fn gain(&self, to: usize, value: i64) -> i64 {
        value * self.scale - self.price(to)
    }

    /// Whether a walk from `root` may pass through `member`.
    fn allowed(root: usize, member: usize, chain: bool) -> bool {
        if chain { member != root } else { member > root }
    }

    /// Fills `ahead` for everybody within reach of `root`.
    fn look_ahead(&mut self, root: usize, chain: bool) {
        let length = self.instance.max_length();
        self.reach.clear();
        self.reach.push((root, 0));
        self.seen[root] = true;
        let mut next = 0;
        // A ring's last arc leads back to the root, so its members lie one arc nearer than those of a chain.
        let depth = if chain { length } else { length - 1 };
        while let Some(&(member, distance)) = self.reach.get(next) {
            next += 1;
            self.steps += 1;
            if distance == depth {
                continue;
            }
            for &(to, _) in self.instance.out.row(member) {
                if Self::allowed(root, to, chain) && !self.seen[to] {
                    self.seen[to] = true;
                    self.reach.push((to, distance + 1));
                }
            }
        }
        for arcs in 0..=length {
            for at in 0..self.reach.len() {
                let (member, distance) = self.reach[at];
                if distance + arcs > length {
                    break;
                }
                // A chain may end anywhere.
                let mut best = if chain { 0 } else { NEVER };
                if arcs > 0 {
                    for &(to, value) in self.instance.out.row(member) {
                        let rest = if to == root && !chain {
                            0
                        } else if Self::allowed(root, to, chain) {
                            self.ahead[arcs - 1][to]
                        } else {
                            NEVER
                        };
                        best = best.max(self.gain(to, value) + rest);
                    }
                }
                self.ahead[arcs][member] = best.max(NEVER);
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the state of a depth-first walk, private to it"
    )]
    fn extend(
        &mut self,
        root: usize,
        last: usize,
        so_far: i64,
        worth: i64,
        chain: bool,
        threshold: &mut i64,
        visit: &mut Visit<'_>,
    ) {
        self.steps += 1;
        let instance = self.instance;
        let left = instance.max_length() + 1 - self.path.len();
        for &(to, value) in instance.out.row(last) {
            let (reduced, worth) = (so_far + self.gain(to, value), worth + value);
            if to == root && !chain {
                if worth > 0 && reduced > *threshold {
                    *threshold = visit(Column::new(&self.path, false, worth), reduced);
                }
                continue;
            }
            if !Self::allowed(root, to, chain) || self.on_path[to] {
                continue;
            }
            if reduced + self.ahead[left - 1][to] <= *threshold {
                continue;
            }
            self.path.push(to);
            self.on_path[to] = true;
            if chain && worth > 0 && reduced > *threshold {
                *threshold = visit(Column::new(&self.path, true, worth), reduced);
            }
            if left > 1 {
                self.extend(root, to, reduced, worth, chain, threshold, visit);
            }
            self.on_path[to] = false;
            self.path.pop();
        }
    }
}
