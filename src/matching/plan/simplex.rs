//! The network simplex method on givers, receivers and one root.
//!
//! The root takes what is left over (giver → root, cost 0) and stands for what is unmet (root → receiver, at
//! the unmet price). A basis is a spanning tree; an arc outside it carries nothing, since no arc has a
//! capacity. Every giver's tree arc to its parent leads up and every receiver's leads down, so a node's kind
//! says the direction.

use super::flow::Lane;

/// In place of a lane: the arc between a node and the root.
pub(super) const NO_LANE: usize = usize::MAX;
const NONE: usize = usize::MAX;

/// A spanning tree with its flow and its prices. Nodes: givers, receivers, root.
pub(super) struct Basis<'a> {
    lanes: &'a [Lane],
    givers: usize,
    root: usize,
    unmet_price: i64,
    /// Receivers that need nothing: nothing may come, so that every downward arc of the first tree carries
    /// something.
    idle: Vec<bool>,
    parent: Vec<usize>,
    /// The lane to the parent, [`NO_LANE`] to the root.
    lane: Vec<usize>,
    /// On the arc to the parent.
    flow: Vec<u128>,
    /// π: along a tree arc u → v of cost c, π(v) = π(u) + c; 0 at the root.
    price: Vec<i64>,
    depth: Vec<usize>,
    first_child: Vec<usize>,
    next: Vec<usize>,
    previous: Vec<usize>,
    /// Where the search for an entering arc goes on.
    cursor: usize,
}

/// An arc outside the tree that could carry something.
#[derive(Clone, Copy)]
pub(super) struct Entering {
    pub tail: usize,
    pub head: usize,
    pub lane: usize,
    pub cost: i64,
}

/// What stops the flow around a cycle: the tree arc of `node` (to its parent).
struct Blocking {
    node: usize,
    above_head: bool,
    flow: u128,
}

impl<'a> Basis<'a> {
    /// The basis in which nobody gives anything.
    pub fn new(offers: &[u128], needs: &[u128], lanes: &'a [Lane], unmet_price: i64) -> Self {
        let givers = offers.len();
        let root = givers + needs.len();
        let mut basis = Self {
            lanes,
            givers,
            root,
            unmet_price,
            idle: needs.iter().map(|&need| need == 0).collect(),
            parent: vec![root; root],
            lane: vec![NO_LANE; root],
            flow: offers.iter().chain(needs).copied().collect(),
            price: vec![0; root + 1],
            depth: vec![1; root + 1],
            first_child: vec![NONE; root + 1],
            next: vec![NONE; root + 1],
            previous: vec![NONE; root + 1],
            cursor: 0,
        };
        basis.depth[root] = 0;
        for receiver in givers..root {
            basis.price[receiver] = unmet_price;
        }
        for node in (0..root).rev() {
            basis.adopt(root, node);
        }
        basis
    }

    /// Pivots until no arc outside the tree would lower cost + unmet price · unmet.
    pub fn solve(&mut self) {
        while let Some(entering) = self.entering() {
            self.pivot(entering);
        }
    }

    pub fn unmet_price(&self) -> i64 {
        self.unmet_price
    }

    /// (node, lane or [`NO_LANE`], flow) of every tree arc.
    pub fn tree_flows(&self) -> impl Iterator<Item = (usize, usize, u128)> + '_ {
        (0..self.root).map(|node| (node, self.lane[node], self.flow[node]))
    }

    /// Prices by giver and by receiver. Receivers that need nothing get the highest price no lane undercuts.
    pub fn prices(&self) -> (Vec<i64>, Vec<i64>) {
        let offer_prices = self.price[..self.givers].to_vec();
        let mut need_prices = self.price[self.givers..self.root].to_vec();
        for lane in self.lanes {
            let receiver = lane.receiver();
            if self.idle[receiver] {
                let landed = offer_prices[lane.giver()] + i64::from(lane.cost);
                need_prices[receiver] = need_prices[receiver].min(landed);
            }
        }
        (offer_prices, need_prices)
    }

    pub fn lanes(&self) -> &'a [Lane] {
        self.lanes
    }

    /// How many givers.
    pub fn givers(&self) -> usize {
        self.givers
    }

    pub fn entering_lane(&self, index: usize) -> Entering {
        let lane = self.lanes[index];
        Entering {
            tail: lane.giver(),
            head: self.givers + lane.receiver(),
            lane: index,
            cost: i64::from(lane.cost),
        }
    }

    /// The arc between `node` and the root.
    pub fn entering_root(&self, node: usize) -> Entering {
        let (tail, head, cost) = if node < self.givers {
            (node, self.root, 0)
        } else {
            (self.root, node, self.unmet_price)
        };
        Entering {
            tail,
            head,
            lane: NO_LANE,
            cost,
        }
    }

    /// How much cheaper a unit over this arc would be; above 0 it should enter the tree.
    pub fn gain(&self, entering: Entering) -> i64 {
        self.price[entering.head] - self.price[entering.tail] - entering.cost
    }

    /// Whether the receiver of this lane takes nothing at all.
    pub fn is_idle(&self, lane: Lane) -> bool {
        self.idle[lane.receiver()]
    }

    /// The best arc of the first block that has one, going round from where the last search ended.
    fn entering(&mut self) -> Option<Entering> {
        let lanes = self.lanes.len();
        let all = lanes + self.root;
        let block = all.isqrt().max(32);
        let (mut best, mut found) = (0, None);
        let mut left = all;
        while left > 0 {
            // A block ends where the lanes do, so that the loop over lanes is a plain one.
            let end = if self.cursor < lanes { lanes } else { all };
            let until = end.min(self.cursor + block.min(left));
            left -= until - self.cursor;
            if self.cursor < lanes {
                let (prices, needs) = self.price.split_at(self.givers);
                for (index, lane) in (self.cursor..until).zip(&self.lanes[self.cursor..until]) {
                    let gain = needs[lane.receiver()] - prices[lane.giver()] - i64::from(lane.cost);
                    if gain > best && !self.idle[lane.receiver()] {
                        (best, found) = (gain, Some(index));
                    }
                }
            } else {
                for index in self.cursor..until {
                    let gain = self.gain(self.entering_root(index - lanes));
                    if gain > best {
                        (best, found) = (gain, Some(index));
                    }
                }
            }
            self.cursor = if until == all { 0 } else { until };
            if let Some(index) = found {
                return Some(if index < lanes {
                    self.entering_lane(index)
                } else {
                    self.entering_root(index - lanes)
                });
            }
        }
        None
    }

    /// Calls `visit(node, above_head, grows)` for every tree arc on the cycle that `entering` closes, upwards
    /// on either side: from the head first, then from the tail. `grows` tells whether it gains flow.
    pub fn around(&self, entering: Entering, mut visit: impl FnMut(usize, bool, bool)) {
        let (mut a, mut b) = (entering.head, entering.tail);
        // The lower end climbs until both meet; the two sides are told apart by the flag.
        while a != b {
            if self.depth[a] >= self.depth[b] {
                visit(a, true, a < self.givers);
                a = self.parent[a];
            } else {
                visit(b, false, b >= self.givers);
                b = self.parent[b];
            }
        }
    }

    pub fn lane_of(&self, node: usize) -> usize {
        self.lane[node]
    }

    pub fn flow_of(&self, node: usize) -> u128 {
        self.flow[node]
    }

    /// Sends as much as possible around the cycle of `entering`, which takes the place of the arc that
    /// blocks.
    ///
    /// Of several blocking arcs the last one leaves, seen from the apex in the direction of the entering arc:
    /// then every tree stays strongly feasible and no sequence of trees repeats (Cunningham 1976).
    pub fn pivot(&mut self, entering: Entering) {
        let mut blocking: Option<Blocking> = None;
        self.around(entering, |node, above_head, grows| {
            if grows {
                return;
            }
            let flow = self.flow[node];
            let replaces = match &blocking {
                None => true,
                Some(now) => {
                    // Above the head later is nearer to the apex; above the tail earlier is nearer to the
                    // tail. The head's side comes last in the direction of the arc.
                    flow < now.flow || flow == now.flow && above_head
                }
            };
            if replaces {
                blocking = Some(Blocking {
                    node,
                    above_head,
                    flow,
                });
            }
        });
        // A cycle without a shrinking arc would be a directed one, and receivers send nothing on.
        let Some(Blocking {
            node: leaving,
            above_head,
            flow: delta,
        }) = blocking
        else {
            return;
        };
        if delta > 0 {
            self.shift(entering, delta);
        }
        let (inner, outer) = if above_head {
            (entering.head, entering.tail)
        } else {
            (entering.tail, entering.head)
        };
        let rise = if above_head {
            -self.gain(entering)
        } else {
            self.gain(entering)
        };
        self.hang(inner, outer, leaving, entering.lane, delta);
        self.raise(inner, rise);
    }

    fn shift(&mut self, entering: Entering, delta: u128) {
        let (mut a, mut b) = (entering.head, entering.tail);
        while a != b {
            // Above the head the cycle runs upwards, above the tail downwards.
            let (node, grows) = if self.depth[a] >= self.depth[b] {
                (a, a < self.givers)
            } else {
                (b, b >= self.givers)
            };
            if node == a {
                a = self.parent[a];
            } else {
                b = self.parent[b];
            }
            if grows {
                self.flow[node] += delta;
            } else {
                self.flow[node] -= delta;
            }
        }
    }

    /// Cuts the subtree below `leaving` off, turns it so that `inner` is its top, and hangs it under `outer`.
    fn hang(&mut self, inner: usize, outer: usize, leaving: usize, lane: usize, flow: u128) {
        let (mut node, mut above, mut lane, mut flow) = (inner, outer, lane, flow);
        loop {
            let old_parent = self.parent[node];
            self.disown(old_parent, node);
            self.adopt(above, node);
            self.parent[node] = above;
            std::mem::swap(&mut self.lane[node], &mut lane);
            std::mem::swap(&mut self.flow[node], &mut flow);
            if node == leaving {
                return;
            }
            (above, node) = (node, old_parent);
        }
    }

    /// Adds `rise` to the prices of the subtree of `top` and renews its depths.
    fn raise(&mut self, top: usize, rise: i64) {
        let mut node = top;
        loop {
            self.price[node] += rise;
            self.depth[node] = self.depth[self.parent[node]] + 1;
            if self.first_child[node] != NONE {
                node = self.first_child[node];
                continue;
            }
            while node != top && self.next[node] == NONE {
                node = self.parent[node];
            }
            if node == top {
                return;
            }
            node = self.next[node];
        }
    }

    fn adopt(&mut self, parent: usize, node: usize) {
        let first = self.first_child[parent];
        self.next[node] = first;
        self.previous[node] = NONE;
        if first != NONE {
            self.previous[first] = node;
        }
        self.first_child[parent] = node;
    }

    fn disown(&mut self, parent: usize, node: usize) {
        let (previous, next) = (self.previous[node], self.next[node]);
        if previous == NONE {
            self.first_child[parent] = next;
        } else {
            self.next[previous] = next;
        }
        if next != NONE {
            self.previous[next] = previous;
        }
    }
}
