//! Blossoms of the search: made from a cycle of the tree, turned to another base, undone.

use super::blossom::{Label, NONE, Node, Solver};

impl Solver {
    /// Matches along the tree from the even vertex `x` to the root; `partner` (or nobody) becomes the mate of `x`.
    pub fn flip(&mut self, mut x: usize, mut partner: usize) {
        loop {
            let b = self.top[x];
            let above = self.mate[self.nodes[b].base];
            self.turn(b, x);
            self.mate[x] = partner;
            if above == NONE {
                return;
            }
            let odd = self.top[above];
            let (s, v) = self.nodes[odd].entry;
            self.turn(odd, v);
            self.mate[v] = s;
            (x, partner) = (s, v);
        }
    }

    /// Makes `x` the base of the node `b` it lies in: everybody else inside is matched inside.
    pub fn turn(&mut self, b: usize, x: usize) {
        let mut open = vec![(b, x)];
        while let Some((b, x)) = open.pop() {
            if b < self.n || self.nodes[b].base == x {
                continue;
            }
            let mut child = x;
            while self.nodes[child].parent != b {
                child = self.nodes[child].parent;
            }
            let node = &mut self.nodes[b];
            let at = node.children.iter().position(|&one| one == child).unwrap_or(0);
            node.children.rotate_left(at);
            node.links.rotate_left(at);
            node.base = x;
            open.push((child, x));
            for k in (1..self.nodes[b].children.len()).step_by(2) {
                let (p, q) = self.nodes[b].links[k];
                self.mate[p] = q;
                self.mate[q] = p;
                open.push((self.nodes[b].children[k], p));
                open.push((self.nodes[b].children[k + 1], q));
            }
        }
    }

    /// The path from a top node to the root: even, odd, even …, and between them the edges, lower end first.
    fn path(&self, mut b: usize) -> (Vec<usize>, Vec<(usize, usize)>) {
        let (mut nodes, mut edges) = (vec![b], Vec::new());
        loop {
            let base = self.nodes[b].base;
            let above = self.mate[base];
            if above == NONE {
                return (nodes, edges);
            }
            let odd = self.top[above];
            let (s, v) = self.nodes[odd].entry;
            edges.extend([(base, above), (v, s)]);
            b = self.top[s];
            nodes.extend([odd, b]);
        }
    }

    /// Makes a blossom of the cycle that the best edge of the even node `b` to another even node closes.
    pub fn shrink(&mut self, b: usize) {
        let (_, x, y) = self.nodes[b].meets;
        let (mut down, mut down_links) = self.path(self.top[x]);
        let (mut up, mut up_links) = self.path(self.top[y]);
        // Both paths end at the root; the cycle ends where they join.
        let shared = down.iter().rev().zip(up.iter().rev());
        let common = shared.take_while(|(one, other)| one == other).count();
        let (kept_down, kept_up) = (down.len() - common, up.len() - common);
        down.truncate(kept_down + 1);
        down_links.truncate(kept_down);
        up.truncate(kept_up);
        up_links.truncate(kept_up);
        let children: Vec<usize> = down.into_iter().rev().chain(up).collect();
        let links = down_links.into_iter().rev().map(|(p, q)| (q, p));
        let links: Vec<_> = links.chain([(x, y)]).chain(up_links).collect();

        let new = self.unused.pop().unwrap_or_else(|| {
            self.nodes.push(Node::default());
            self.nodes.len() - 1
        });
        let (n, time) = (self.n, self.time);
        let mut near = std::mem::take(&mut self.nodes[new].near);
        near.clear();
        near.resize(n, (i64::MAX, NONE));
        let mut leaves = Vec::new();
        for &child in &children {
            self.nodes[child].parent = new;
            leaves.extend_from_slice(&self.nodes[child].leaves);
            match self.nodes[child].label {
                Label::Odd => {
                    self.nodes[child].z -= 2 * time;
                    self.make_leaves_even(child, 2 * time);
                    for at in 0..self.nodes[child].leaves.len() {
                        let s = self.nodes[child].leaves[at];
                        self.scan(s);
                        self.nearer(&mut near, s);
                    }
                }
                _ if child < n => self.nearer(&mut near, child),
                _ => {
                    self.nodes[child].z += 2 * time;
                    for (best, &other) in near.iter_mut().zip(&self.nodes[child].near) {
                        if other.0 < best.0 {
                            *best = other;
                        }
                    }
                }
            }
            self.nodes[child].label = Label::Out;
        }
        for &v in &leaves {
            self.top[v] = new;
        }
        let nodes = &self.nodes;
        self.even_tops.retain(|&top| nodes[top].parent == NONE);
        self.odd_blossoms.retain(|&top| nodes[top].parent == NONE);
        self.even_tops.push(new);
        self.nodes[new] = Node {
            parent: NONE,
            base: children.first().map_or(NONE, |&first| self.nodes[first].base),
            children,
            links,
            leaves,
            z: -2 * time,
            label: Label::Even,
            entry: (NONE, NONE),
            meets: (i64::MAX, NONE, NONE),
            near,
        };
        self.meet(new);
    }

    /// Makes the children of the blossom `b` top nodes, and gives back its id.
    fn release(&mut self, b: usize) -> (Vec<usize>, Vec<(usize, usize)>) {
        let node = &mut self.nodes[b];
        let children = std::mem::take(&mut node.children);
        let links = std::mem::take(&mut node.links);
        node.leaves.clear();
        node.z = 0;
        node.label = Label::Out;
        for &child in &children {
            self.nodes[child].parent = NONE;
            for at in 0..self.nodes[child].leaves.len() {
                let v = self.nodes[child].leaves[at];
                self.top[v] = child;
            }
        }
        self.unused.push(b);
        (children, links)
    }

    /// Undoes an odd blossom whose dual is 0: the children on the even way from where the tree enters to the base stay
    /// in the tree, odd and even by turns; the others leave it.
    pub fn expand(&mut self, b: usize) {
        let time = self.time;
        self.odd_blossoms.retain(|&other| other != b);
        let entry = self.nodes[b].entry;
        let (children, links) = self.release(b);
        let len = children.len();
        let first = self.top[entry.1];
        let at = children.iter().position(|&child| child == first).unwrap_or(0);
        // A child at an odd place is matched to the next, one at an even place to the one before.
        let forward = at % 2 == 1;
        let steps = if forward { len - at } else { at };
        let place = |step: usize| if forward { (at + step) % len } else { at - step };
        let mut outside = vec![true; len];
        let mut entry = entry;
        let mut evens = Vec::new();
        for step in 0..=steps {
            let k = place(step);
            outside[k] = false;
            if step % 2 == 0 {
                self.set_odd(children[k], entry);
                continue;
            }
            evens.push(children[k]);
            let (p, q) = links[if forward { k } else { k - 1 }];
            entry = if forward { (p, q) } else { (q, p) };
        }
        for (&child, _) in children.iter().zip(&outside).filter(|&(_, &outside)| outside) {
            for at in 0..self.nodes[child].leaves.len() {
                let v = self.nodes[child].leaves[at];
                self.label[v] = Label::Out;
                self.u[v] += time;
                self.key[v] += time;
            }
        }
        for child in evens {
            self.make_even(child, 2 * time);
        }
    }

    /// Undoes a top blossom of value 0, and those that come to light.
    pub fn dissolve(&mut self, b: usize) {
        let mut open = vec![b];
        while let Some(b) = open.pop() {
            if b >= self.n && self.nodes[b].z == 0 && self.nodes[b].parent == NONE {
                let (children, _) = self.release(b);
                open.extend(children);
            }
        }
    }
}
