//! How much money voices can pay towards projects they support: a maximum flow, exact.

/// A bipartite flow: money at the sources, room at the sinks, no limit between.
///
/// Shape: `arcs[source]` lists the sinks it may pay, ascending. Augments along shortest paths, level by level (Dinitz
/// 1970); all capacities are integers, so the result is exact.
pub(super) struct Transport {
    arcs: Vec<Vec<usize>>,
    /// Sources that may pay a sink.
    back: Vec<Vec<usize>>,
    left: Vec<u128>,
    room: Vec<u128>,
    /// `paid[source][k]` along `arcs[source][k]`.
    paid: Vec<Vec<u128>>,
    flow: u128,
}

impl Transport {
    pub(super) fn new(arcs: Vec<Vec<usize>>, money: Vec<u128>, room: Vec<u128>) -> Self {
        let mut back = vec![Vec::new(); room.len()];
        for (source, sinks) in arcs.iter().enumerate() {
            for &sink in sinks {
                if let Some(list) = back.get_mut(sink) {
                    list.push(source);
                }
            }
        }
        let paid = arcs.iter().map(|sinks| vec![0; sinks.len()]).collect();
        Self {
            arcs,
            back,
            left: money,
            room,
            paid,
            flow: 0,
        }
    }

    /// More money at the sources, one amount each; what flows already stays.
    pub(super) fn add_money(&mut self, more: &[u128]) {
        for (left, more) in self.left.iter_mut().zip(more) {
            *left += more;
        }
    }

    /// As much as can be paid in all.
    pub(super) fn fill(&mut self) -> u128 {
        while self.augment() {}
        self.flow
    }

    /// What each source has left.
    pub(super) fn left(&self) -> &[u128] {
        &self.left
    }

    /// The sinks with the money that can reach them all used up: with no room for one of them, Hall's condition fails
    /// for the whole set. Sinks from which no source with money left can be reached backwards, among those with room
    /// or feeding those: the sinks that a sink with room could draw money from.
    pub(super) fn short(&self) -> Vec<usize> {
        let mut in_set: Vec<bool> = self.room.iter().map(|&room| room > 0).collect();
        let mut queue: Vec<usize> = (0..in_set.len()).filter(|&sink| in_set[sink]).collect();
        let mut visited = vec![false; self.arcs.len()];
        while let Some(sink) = queue.pop() {
            for &source in &self.back[sink] {
                if std::mem::replace(&mut visited[source], true) {
                    continue;
                }
                for (&other, &paid) in self.arcs[source].iter().zip(&self.paid[source]) {
                    if paid > 0 && !std::mem::replace(&mut in_set[other], true) {
                        queue.push(other);
                    }
                }
            }
        }
        (0..in_set.len()).filter(|&sink| in_set[sink]).collect()
    }

    /// One path from a source with money to a sink with room, by breadth first; whether there was one.
    fn augment(&mut self) -> bool {
        // `came[sink]`: the source it was reached from; `from[source]`: the sink whose payment it takes back.
        let mut came: Vec<Option<usize>> = vec![None; self.room.len()];
        let mut from: Vec<Option<usize>> = vec![None; self.arcs.len()];
        let mut reached: Vec<bool> = self.left.iter().map(|&left| left > 0).collect();
        let mut queue: std::collections::VecDeque<usize> =
            (0..reached.len()).filter(|&source| reached[source]).collect();
        let mut end = None;
        'search: while let Some(source) = queue.pop_front() {
            for &sink in &self.arcs[source] {
                if came[sink].is_some() {
                    continue;
                }
                came[sink] = Some(source);
                if self.room[sink] > 0 {
                    end = Some(sink);
                    break 'search;
                }
                for &other in &self.back[sink] {
                    if !reached[other] && self.payment(other, sink) > 0 {
                        reached[other] = true;
                        from[other] = Some(sink);
                        queue.push_back(other);
                    }
                }
            }
        }
        let Some(end) = end else { return false };
        let mut amount = self.room[end];
        let mut path = Vec::new();
        let mut sink = end;
        while let Some(source) = came[sink] {
            path.push((source, sink));
            match from[source] {
                Some(previous) => {
                    amount = amount.min(self.payment(source, previous));
                    sink = previous;
                }
                None => {
                    amount = amount.min(self.left[source]);
                    break;
                }
            }
        }
        for &(source, sink) in &path {
            *self.payment_mut(source, sink) += amount;
            match from[source] {
                Some(previous) => *self.payment_mut(source, previous) -= amount,
                None => self.left[source] -= amount,
            }
        }
        self.room[end] -= amount;
        self.flow += amount;
        true
    }

    fn payment(&self, source: usize, sink: usize) -> u128 {
        let place = self.arcs[source].binary_search(&sink);
        place.map_or(0, |place| self.paid[source][place])
    }

    fn payment_mut(&mut self, source: usize, sink: usize) -> &mut u128 {
        let place = self.arcs[source].binary_search(&sink).unwrap_or(0);
        &mut self.paid[source][place]
    }
}
