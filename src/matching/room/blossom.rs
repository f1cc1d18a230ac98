//! Maximum-weight matching: the primal-dual blossom method on a dense table. Here one search from one exposed vertex;
//! `cycle.rs` makes and undoes blossoms, `matching.rs` turns the duals into a certificate.

use super::weights::Weights;

/// No vertex, no node.
pub(super) const NONE: usize = usize::MAX;

/// Where a vertex stands in the search tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Label {
    /// Not in the tree.
    #[default]
    Out,
    /// At an even distance from the root: its dual falls.
    Even,
    /// At an odd distance: its dual rises.
    Odd,
}

/// A vertex (ids below n) or a blossom (ids from n): an odd cycle of nodes around its base.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// The blossom it lies directly in, or `NONE`.
    pub parent: usize,
    /// In cyclic order, the one that holds the base first. Children 1 and 2, 3 and 4 … are matched to each other.
    pub children: Vec<usize>,
    /// The tight edge from child k to child k + 1, its end in child k first; the last closes the cycle.
    pub links: Vec<(usize, usize)>,
    /// The vertices inside.
    pub leaves: Vec<usize>,
    /// The one vertex not matched inside.
    pub base: usize,
    /// The dual of a blossom. Of a top node in the tree: at time 0, as if it had been there from the start.
    pub z: i64,
    /// Label, if it is a top node.
    pub label: Label,
    /// For an odd node: the edge it was reached by, (even vertex, vertex inside).
    pub entry: (usize, usize),
    /// For an even node: the time (doubled) at which its best edge to another even node becomes tight, and the edge.
    pub meets: (i64, usize, usize),
    /// For an even blossom, per vertex v: min over its leaves s of u(s) − w(s, v), and that leaf.
    pub near: Vec<(i64, usize)>,
}

/// What happens next in the tree.
#[derive(Clone, Copy, Debug)]
enum Event {
    /// The edge from the tree to this outside vertex becomes tight.
    Grow(usize),
    /// The best edge of this even node to another even node becomes tight.
    Shrink(usize),
    /// The dual of this odd blossom reaches 0.
    Expand(usize),
    /// The dual of the even vertex `zero` reaches 0: it may stay alone.
    Zero,
}

/// The state of a search for a maximum-weight matching; all weights and vertex duals doubled.
///
/// Invariants between searches: u ≥ 0, z ≥ 0 and even, slack(i, j) = u(i) + u(j) + Σ z(B ∋ i, j) − 2w(i, j) ≥ 0, slack 0
/// on matched edges and on the links of blossoms. Each search takes an exposed vertex with u > 0 as the root of a tree
/// of tight edges and ends with it matched, or with u = 0 at the exposed end of its path. There is one tree at a time, so
/// all its vertices have duals of one parity (tight edges join them) and every change of duals is whole.
///
/// Within a search duals change with the time t alone: −t even, +t odd. `u` of a vertex in the tree is kept as it would
/// have been at t = 0, so that u(s) + u(v) − w(s, v) of an even s is the time the edge becomes tight if v is outside,
/// twice that time if v is even, and the present slack if v is odd: nothing needs an update as time goes by.
#[derive(Clone, Debug)]
pub(super) struct Solver {
    pub n: usize,
    /// 2w, `forbidden` where there is no edge.
    pub w: Vec<i64>,
    pub u: Vec<i64>,
    pub mate: Vec<usize>,
    pub top: Vec<usize>,
    pub label: Vec<Label>,
    /// Best of the edges from even vertices to a vertex outside (a time) or odd (a slack); `i64::MIN` if even.
    pub key: Vec<i64>,
    pub from: Vec<usize>,
    pub nodes: Vec<Node>,
    /// Ids of blossoms not in use.
    pub unused: Vec<usize>,
    pub time: i64,
    pub even_vertices: Vec<usize>,
    pub even_tops: Vec<usize>,
    pub odd_blossoms: Vec<usize>,
    /// The even vertex whose dual is the first to reach 0, and when.
    pub zero: (i64, usize),
    root: Option<usize>,
    next_root: usize,
}

impl Solver {
    /// The search over `weights` with `added` to every weight; edges that are then below 0 are left out. The caller
    /// sees to it that no doubled weight exceeds [`super::matching::MAX_DOUBLED`].
    pub fn new(weights: &Weights, added: i64) -> Self {
        let n = weights.len();
        let mut w = vec![-super::matching::FORBIDDEN; n * n];
        for (i, j, weight) in weights.edges().filter(|edge| edge.2 + added >= 0) {
            w[i * n + j] = 2 * (weight + added);
            w[j * n + i] = 2 * (weight + added);
        }
        let vertex = |v: usize| Node {
            parent: NONE,
            leaves: vec![v],
            base: v,
            ..Node::default()
        };
        let mut solver = Self {
            n,
            w,
            u: vec![0; n],
            mate: vec![NONE; n],
            top: (0..n).collect(),
            label: vec![Label::Out; n],
            key: vec![i64::MAX; n],
            from: vec![NONE; n],
            nodes: (0..n).map(vertex).collect(),
            unused: Vec::new(),
            time: 0,
            even_vertices: Vec::new(),
            even_tops: Vec::new(),
            odd_blossoms: Vec::new(),
            zero: (i64::MAX, NONE),
            root: None,
            next_root: 0,
        };
        solver.start();
        solver
    }

    /// Feasible duals near the optimum, and the matching of their tight edges taken in order of vertices: most
    /// vertices then need no search. O(n²).
    fn start(&mut self) {
        let n = self.n;
        for i in 0..n {
            let best = self.w[i * n..(i + 1) * n].iter().copied().max().unwrap_or(0);
            self.u[i] = best.max(0) / 2;
        }
        for i in 0..n {
            if self.mate[i] != NONE {
                continue;
            }
            let row = &self.w[i * n..(i + 1) * n];
            let reduced = || row.iter().zip(&self.u).map(|(w, u)| w - u);
            let least = reduced().max().unwrap_or(0).max(0);
            let partner = (0..n).find(|&j| self.mate[j] == NONE && row[j] - self.u[j] == least && j != i);
            self.u[i] = least;
            if let Some(j) = partner {
                self.mate[i] = j;
                self.mate[j] = i;
            }
        }
    }

    /// Goes on for about `work` looks at a table cell; true while there is more to do.
    pub fn step(&mut self, work: u64) -> bool {
        let mut left = work;
        loop {
            let spent = 4 * self.n as u64 + 1;
            if self.root.is_some() {
                if self.event() {
                    self.finish();
                }
            } else {
                let exposed = |&v: &usize| self.mate[v] == NONE && self.u[v] > 0;
                let Some(root) = (self.next_root..self.n).find(exposed) else {
                    return false;
                };
                self.next_root = root + 1;
                self.root = Some(root);
                self.make_even(self.top[root], 0);
            }
            left = left.saturating_sub(spent);
            if left == 0 {
                return true;
            }
        }
    }

    /// Lets time run to the next event and does it; true if the search is over.
    fn event(&mut self) -> bool {
        // Of events at one time: growing, then shrinking, then expanding, then stopping; then the lowest id.
        let (mut time, mut event) = (i64::MAX, Event::Zero);
        for (v, (&key, &label)) in self.key.iter().zip(&self.label).enumerate() {
            if key < time && label == Label::Out {
                (time, event) = (key, Event::Grow(v));
            }
        }
        for &b in &self.even_tops {
            let meets = self.nodes[b].meets.0 / 2;
            if meets < time {
                (time, event) = (meets, Event::Shrink(b));
            }
        }
        for &b in &self.odd_blossoms {
            let ends = self.nodes[b].z / 2;
            if ends < time {
                (time, event) = (ends, Event::Expand(b));
            }
        }
        if self.zero.0 < time {
            (time, event) = (self.zero.0, Event::Zero);
        }
        self.time = time;
        match event {
            Event::Grow(v) => {
                let (s, b) = (self.from[v], self.top[v]);
                let below = self.mate[self.nodes[b].base];
                if below == NONE {
                    self.turn(b, v);
                    self.mate[v] = s;
                    self.flip(s, v);
                    return true;
                }
                self.make_odd(b, (s, v));
                self.make_even(self.top[below], time);
            }
            Event::Shrink(b) => self.shrink(b),
            Event::Expand(b) => self.expand(b),
            Event::Zero => {
                self.flip(self.zero.1, NONE);
                return true;
            }
        }
        false
    }

    /// Takes an outside top node into the tree as odd.
    fn make_odd(&mut self, b: usize, entry: (usize, usize)) {
        let time = self.time;
        for at in 0..self.nodes[b].leaves.len() {
            let v = self.nodes[b].leaves[at];
            self.label[v] = Label::Odd;
            self.u[v] -= time;
            self.key[v] -= time;
        }
        self.set_odd(b, entry);
    }

    /// Notes a top node, whose leaves are odd already, as odd.
    pub fn set_odd(&mut self, b: usize, entry: (usize, usize)) {
        let time = self.time;
        let node = &mut self.nodes[b];
        node.label = Label::Odd;
        node.entry = entry;
        if b >= self.n {
            node.z += 2 * time;
            self.odd_blossoms.push(b);
        }
    }

    /// Takes a top node into the tree as even; `shift` is what brings `u` of its leaves to time 0 as even ones.
    pub fn make_even(&mut self, b: usize, shift: i64) {
        self.nodes[b].label = Label::Even;
        self.nodes[b].z -= 2 * self.time;
        self.make_leaves_even(b, shift);
        self.even_tops.push(b);
        let leaves = std::mem::take(&mut self.nodes[b].leaves);
        for &s in &leaves {
            self.scan(s);
        }
        if b >= self.n {
            let mut near = std::mem::take(&mut self.nodes[b].near);
            near.clear();
            near.resize(self.n, (i64::MAX, NONE));
            for &s in &leaves {
                self.nearer(&mut near, s);
            }
            self.nodes[b].near = near;
        }
        self.nodes[b].leaves = leaves;
        self.meet(b);
    }

    pub fn make_leaves_even(&mut self, b: usize, shift: i64) {
        for at in 0..self.nodes[b].leaves.len() {
            let v = self.nodes[b].leaves[at];
            self.label[v] = Label::Even;
            self.u[v] += shift;
            self.key[v] = i64::MIN;
            self.even_vertices.push(v);
            self.zero = self.zero.min((self.u[v], v));
        }
    }

    /// Offers the edges of a new even vertex to all that are not even.
    pub fn scan(&mut self, s: usize) {
        let own = self.u[s];
        let row = &self.w[s * self.n..(s + 1) * self.n];
        let keys = self.key.iter_mut().zip(&mut self.from);
        for ((key, from), (&w, &u)) in keys.zip(row.iter().zip(&self.u)) {
            let tight = own + u - w;
            if tight < *key {
                (*key, *from) = (tight, s);
            }
        }
    }

    /// Takes the edges of `s` into the row of a blossom.
    pub fn nearer(&self, near: &mut [(i64, usize)], s: usize) {
        let own = self.u[s];
        for (best, &w) in near.iter_mut().zip(&self.w[s * self.n..(s + 1) * self.n]) {
            if own - w < best.0 {
                *best = (own - w, s);
            }
        }
    }

    /// Finds the best edge of an even top node to the other even ones. Those that come later look for theirs.
    pub fn meet(&mut self, b: usize) {
        let mut best = (i64::MAX, NONE, NONE);
        for &v in &self.even_vertices {
            if self.top[v] == b {
                continue;
            }
            let (near, s) = if b < self.n {
                (self.u[b] - self.w[b * self.n + v], b)
            } else {
                self.nodes[b].near[v]
            };
            if near + self.u[v] < best.0 {
                best = (near + self.u[v], s, v);
            }
        }
        self.nodes[b].meets = best;
    }

    /// Ends a search: duals as they are now, no labels, no blossoms of value 0.
    fn finish(&mut self) {
        let time = self.time;
        for v in 0..self.n {
            self.u[v] += match self.label[v] {
                Label::Even => -time,
                Label::Odd => time,
                Label::Out => 0,
            };
            self.label[v] = Label::Out;
            self.key[v] = i64::MAX;
        }
        for b in 0..self.nodes.len() {
            let node = &mut self.nodes[b];
            node.z += match node.label {
                Label::Even => 2 * time,
                Label::Odd => -2 * time,
                Label::Out => 0,
            };
            node.label = Label::Out;
        }
        let tops: Vec<usize> = self
            .even_tops
            .drain(..)
            .chain(self.odd_blossoms.drain(..))
            .collect();
        for b in tops {
            self.dissolve(b);
        }
        for v in 0..self.n {
            // Vertices carry no z of their own; labels moved it about.
            self.nodes[v].z = 0;
        }
        self.even_vertices.clear();
        self.zero = (i64::MAX, NONE);
        self.time = 0;
        self.root = None;
    }

    /// The blossoms of value above 0, as (leaves, z).
    pub fn blossoms(&self) -> impl Iterator<Item = (&[usize], i64)> {
        let used = self.nodes.iter().skip(self.n).filter(|node| node.z > 0);
        used.map(|node| (node.leaves.as_slice(), node.z))
    }
}
