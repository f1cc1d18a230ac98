//! A part of the search: who is in, who is out, and what follows from it without any bound.

use super::model::{Model, index};

/// What is decided about a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fix {
    Free,
    In,
    Out,
}

/// A part of the search that is still open.
#[derive(Clone)]
pub(super) struct Node {
    pub fix: Box<[Fix]>,
    /// Members in all, least and most.
    pub low: usize,
    pub high: usize,
    /// Sectors that must be present beyond the instance's own quotas, one bit each.
    pub present: u32,
    /// No coalition of this part is cheaper, in units.
    pub bound: u128,
    /// The basis the parent's relaxation ended with.
    pub basis: Box<[u32]>,
    pub depth: u32,
}

/// Exact counts of a node after [`Node::propagate`].
#[derive(Default)]
pub(super) struct Counts {
    /// What is still to be covered; 0 = covered.
    pub residual: Vec<u64>,
    /// Members in, and free, of each sector.
    pub sector_in: Vec<usize>,
    pub sector_free: Vec<usize>,
    pub size_in: usize,
    pub size_free: usize,
}

impl Node {
    pub fn root(model: &Model) -> Self {
        let mut fix = vec![Fix::Free; model.n].into_boxed_slice();
        for &anchor in &model.anchors {
            fix[anchor] = Fix::In;
        }
        Self {
            fix,
            low: model.low,
            high: model.high,
            present: 0,
            bound: 0,
            basis: Box::default(),
            depth: 0,
        }
    }

    pub fn members(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.fix.len()).filter(|&at| self.fix[at] == Fix::In)
    }

    pub fn least_of(&self, model: &Model, sector: usize) -> usize {
        model.sector_min[sector].max(usize::from(self.present >> sector & 1 == 1))
    }

    /// Fixes `candidate` and what follows from conflicts and dominance; false on a contradiction.
    pub fn set(&mut self, model: &Model, candidate: usize, fix: Fix) -> bool {
        if self.fix[candidate] == fix {
            return true;
        }
        if self.fix[candidate] != Fix::Free {
            return false;
        }
        self.fix[candidate] = fix;
        let (same, opposite) = if fix == Fix::In {
            (&model.dominated_by[candidate], Some(&model.conflicts[candidate]))
        } else {
            (&model.dominates[candidate], None)
        };
        same.iter().all(|&other| self.set(model, other as usize, fix))
            && opposite.is_none_or(|list| {
                list.iter()
                    .all(|&other| self.set(model, other as usize, Fix::Out))
            })
    }

    /// The conflicts of those who were in from the start; false on a contradiction.
    pub fn settle_anchors(&mut self, model: &Model) -> bool {
        model.anchors.iter().all(|&anchor| {
            model.conflicts[anchor]
                .iter()
                .all(|&other| self.set(model, other as usize, Fix::Out))
        })
    }

    /// Fixes whoever the requirements, quotas and size leave no choice about, until nothing changes, and counts;
    /// false if no coalition is left. Exact, in integers.
    pub fn propagate(&mut self, model: &Model, counts: &mut Counts) -> bool {
        loop {
            self.count(model, counts);
            let before = (counts.size_in, counts.size_free);
            if !self.propagate_counts(model, counts) || !self.propagate_cover(model, counts) {
                return false;
            }
            let free = self.fix.iter().filter(|&&fix| fix == Fix::Free).count();
            let inside = self.fix.iter().filter(|&&fix| fix == Fix::In).count();
            if (inside, free) == before {
                return true;
            }
        }
    }

    fn count(&self, model: &Model, counts: &mut Counts) {
        counts.residual.clone_from(&model.demand);
        for list in [&mut counts.sector_in, &mut counts.sector_free] {
            list.clear();
            list.resize(model.sectors, 0);
        }
        (counts.size_in, counts.size_free) = (0, 0);
        for (at, fix) in self.fix.iter().enumerate() {
            match fix {
                Fix::In => {
                    counts.size_in += 1;
                    counts.sector_in[model.sector[at]] += 1;
                    for (left, offer) in counts.residual.iter_mut().zip(model.offers_of(at)) {
                        *left = left.saturating_sub(*offer);
                    }
                }
                Fix::Free => {
                    counts.size_free += 1;
                    counts.sector_free[model.sector[at]] += 1;
                }
                Fix::Out => {}
            }
        }
    }

    fn propagate_counts(&mut self, model: &Model, counts: &Counts) -> bool {
        let (inside, free) = (counts.size_in, counts.size_free);
        self.low = self.low.max(inside);
        self.high = self.high.min(inside + free);
        if self.low > self.high {
            return false;
        }
        if free > 0 && self.high == inside && !self.set_free(model, None, Fix::Out) {
            return false;
        }
        if free > 0 && self.low == inside + free && !self.set_free(model, None, Fix::In) {
            return false;
        }
        let mut reachable = 0;
        for sector in 0..model.sectors {
            let (inside, free) = (counts.sector_in[sector], counts.sector_free[sector]);
            let (least, most) = (self.least_of(model, sector), model.sector_max[sector]);
            if inside > most || inside + free < least {
                return false;
            }
            if free > 0 && inside == most && !self.set_free(model, Some(sector), Fix::Out) {
                return false;
            }
            if free > 0 && inside + free == least && !self.set_free(model, Some(sector), Fix::In) {
                return false;
            }
            reachable += usize::from(inside + free > 0 && most > 0);
        }
        reachable >= model.least_sectors
    }

    fn set_free(&mut self, model: &Model, sector: Option<usize>, fix: Fix) -> bool {
        (0..model.n).all(|at| {
            let concerned =
                self.fix[at] == Fix::Free && sector.is_none_or(|sector| model.sector[at] == sector);
            !concerned || self.set(model, at, fix)
        })
    }

    fn propagate_cover(&mut self, model: &Model, counts: &Counts) -> bool {
        for (row, &left) in counts.residual.iter().enumerate().filter(|(_, left)| **left > 0) {
            let free = |node: &Self, at: usize| node.fix[at] == Fix::Free;
            let offer = |at: usize| model.offers[at * model.rows + row].min(left);
            let mut supply = 0_u64;
            for at in 0..model.n {
                if free(self, at) {
                    supply = supply.saturating_add(offer(at));
                    // Plenty: nobody is indispensable.
                    if supply >= left.saturating_mul(2) {
                        break;
                    }
                }
            }
            if supply >= left.saturating_mul(2) {
                continue;
            }
            // Somebody set In above may have covered part of it: then `supply` lacks that offer, and the next
            // round counts anew. Only a shortage counted on a fresh state is one.
            let fresh = self.fix.iter().filter(|&&fix| fix == Fix::Free).count() == counts.size_free;
            if !fresh {
                return true;
            }
            if supply < left {
                return false;
            }
            for at in 0..model.n {
                if free(self, at)
                    && supply - offer(at) < left
                    && offer(at) > 0
                    && !self.set(model, at, Fix::In)
                {
                    return false;
                }
            }
        }
        true
    }

    /// Whether those who are in are a coalition already.
    pub fn is_complete(&self, model: &Model, counts: &Counts) -> bool {
        let present = counts.sector_in.iter().filter(|&&count| count > 0).count();
        counts.residual.iter().all(|&left| left == 0)
            && counts.size_in >= self.low
            && present >= model.least_sectors
            && (0..model.sectors).all(|sector| counts.sector_in[sector] >= self.least_of(model, sector))
    }

    /// The free candidates, rising.
    pub fn free(&self) -> impl Iterator<Item = u32> + '_ {
        self.fix
            .iter()
            .enumerate()
            .filter(|(_, fix)| **fix == Fix::Free)
            .map(|(at, _)| index(at))
    }
}
