//! The greatest flow through a small network with exact whole capacities, and what separates where it ends.

/// Ends a list of arcs.
const NONE: u32 = u32::MAX;

/// A network with a source (node 0) and a sink (node 1); reused from run to run.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    /// First arc of each node.
    first: Vec<u32>,
    /// Next arc of the same node.
    next: Vec<u32>,
    to: Vec<u32>,
    /// What still fits through each arc; arc `a ^ 1` is its way back.
    room: Vec<u128>,
    level: Vec<u32>,
    current: Vec<u32>,
    queue: Vec<u32>,
    path: Vec<u32>,
}

impl Network {
    pub(super) const SOURCE: u32 = 0;
    pub(super) const SINK: u32 = 1;

    /// An empty network of this many nodes, source and sink among them.
    pub(super) fn start(&mut self, nodes: usize) {
        self.first.clear();
        self.first.resize(nodes, NONE);
        self.next.clear();
        self.to.clear();
        self.room.clear();
    }

    /// An arc; nodes out of range make none.
    pub(super) fn arc(&mut self, from: u32, to: u32, capacity: u128) {
        let ways = [(from, to, capacity), (to, from, 0)];
        if ways.iter().any(|&(node, ..)| node as usize >= self.first.len()) {
            return;
        }
        for (from, to, capacity) in ways {
            let Some(first) = self.first.get_mut(from as usize) else {
                return;
            };
            let Ok(arc) = u32::try_from(self.to.len()) else {
                return;
            };
            self.next.push(*first);
            self.to.push(to);
            self.room.push(capacity);
            *first = arc;
        }
    }

    /// How many arcs there are.
    pub(super) fn arcs(&self) -> u64 {
        self.to.len() as u64 / 2
    }

    /// The greatest flow from source to sink. Afterwards [`Network::is_reached`] says which nodes lie on the source's
    /// side of a least cut (the smallest such side).
    ///
    /// Dinitz's method (1970): shortest paths are filled level by level. Cost: O(nodes² · arcs) at worst, in practice
    /// a few passes over the arcs.
    pub(super) fn fill(&mut self) -> u128 {
        let mut flow = 0_u128;
        while self.find_levels() {
            self.current.clear();
            self.current.extend(&self.first);
            while let Some(pushed) = self.fill_path() {
                flow += pushed;
            }
        }
        flow
    }

    /// Whether `node` could still be reached from the source when [`Network::fill`] ended.
    pub(super) fn is_reached(&self, node: u32) -> bool {
        self.level.get(node as usize).is_some_and(|&level| level != NONE)
    }

    /// Breadth first from the source; whether the sink was reached.
    fn find_levels(&mut self) -> bool {
        self.level.clear();
        self.level.resize(self.first.len(), NONE);
        self.queue.clear();
        self.queue.push(Self::SOURCE);
        if let Some(level) = self.level.first_mut() {
            *level = 0;
        }
        let mut head = 0;
        while let Some(&node) = self.queue.get(head) {
            head += 1;
            let depth = self.level[node as usize];
            let mut arc = self.first[node as usize];
            while arc != NONE {
                let to = self.to[arc as usize];
                if self.room[arc as usize] > 0 && self.level[to as usize] == NONE {
                    self.level[to as usize] = depth + 1;
                    self.queue.push(to);
                }
                arc = self.next[arc as usize];
            }
        }
        self.is_reached(Self::SINK)
    }

    /// Fills one path that goes down the levels; what went through it.
    fn fill_path(&mut self) -> Option<u128> {
        self.path.clear();
        let mut node = Self::SOURCE;
        while node != Self::SINK {
            let arc = self.current[node as usize];
            if arc == NONE {
                // A dead end: go back, and never through this arc again.
                let back = self.path.pop()?;
                node = self.to[(back ^ 1) as usize];
                self.current[node as usize] = self.next[back as usize];
                continue;
            }
            let to = self.to[arc as usize];
            if self.room[arc as usize] > 0 && self.level[to as usize] == self.level[node as usize] + 1 {
                self.path.push(arc);
                node = to;
            } else {
                self.current[node as usize] = self.next[arc as usize];
            }
        }
        let narrowest = self.path.iter().map(|&arc| self.room[arc as usize]).min()?;
        for &arc in &self.path {
            self.room[arc as usize] -= narrowest;
            self.room[(arc ^ 1) as usize] += narrowest;
        }
        Some(narrowest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_flow_is_the_least_cut() {
        // Cormen, Leiserson, Rivest, Stein, Introduction to Algorithms, figure 26.1: 23.
        let mut network = Network::default();
        network.start(6);
        let (s, t) = (Network::SOURCE, Network::SINK);
        for (from, to, capacity) in [
            (s, 2, 16),
            (s, 3, 13),
            (2, 4, 12),
            (3, 2, 4),
            (4, 3, 9),
            (3, 5, 14),
            (5, 4, 7),
            (4, t, 20),
            (5, t, 4),
        ] {
            network.arc(from, to, capacity);
        }
        assert_eq!(network.fill(), 23);
        let reached: Vec<u32> = (0..6).filter(|&node| network.is_reached(node)).collect();
        assert_eq!(reached, [s, 2, 3, 5]);
    }
}
