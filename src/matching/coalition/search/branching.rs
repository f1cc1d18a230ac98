//! How a node of the search is split in two.

use super::super::node::{Counts, Fix, Node};
use super::super::relaxation::float;
use super::Search;

/// Nearer to 0 or 1 than this is whole.
const WHOLE: f64 = 1e-6;

/// How a node is split in two.
pub(super) enum Branch {
    Candidate(usize),
    Sector(usize),
}

impl Search {
    /// What the node is split by: the candidate that tells most, else what a whole answer of the relaxation leaves out of
    /// account. `None` if all is fixed.
    pub(super) fn branch(&self, node: &Node, counts: &Counts) -> Option<Branch> {
        let relaxed = &self.relaxation;
        if relaxed.solved {
            if let Some(at) = self.most_telling(node, counts) {
                return Some(Branch::Candidate(at));
            }
            // Whole: what it leaves out of account is a conflict, a missing sector, or another answer to find.
            if self.pool.wants_one() {
                let clash = |at: usize| {
                    self.model.conflicts[at].iter().any(|&other| {
                        node.fix[other as usize] == Fix::Free
                            && relaxed
                                .free
                                .iter()
                                .zip(&relaxed.value)
                                .any(|(&x, v)| x == other && *v > 0.5)
                    })
                };
                let chosen = relaxed.free.iter().zip(&relaxed.value).filter(|(_, v)| **v > 0.5);
                for (&at, _) in chosen {
                    if node.fix[at as usize] == Fix::Free && clash(at as usize) {
                        return Some(Branch::Candidate(at as usize));
                    }
                }
                if let Some(sector) = (0..self.model.sectors).find(|&sector| {
                    counts.sector_in[sector] == 0
                        && counts.sector_free[sector] > 0
                        && node.least_of(&self.model, sector) == 0
                        && self.model.least_sectors > 0
                }) {
                    return Some(Branch::Sector(sector));
                }
            }
        }
        node.free().next().map(|at| Branch::Candidate(at as usize))
    }

    /// The candidate taken in part whose part is worth most: x times what it brings at the relaxation's prices. To
    /// take it or leave it both change much.
    fn most_telling(&self, node: &Node, counts: &Counts) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        for (&at, &x) in self.relaxation.free.iter().zip(&self.relaxation.value) {
            let at = at as usize;
            if node.fix[at] != Fix::Free || x.min(1.0 - x) < WHOLE {
                continue;
            }
            let rows = self
                .model
                .offers_of(at)
                .iter()
                .zip(&counts.residual)
                .zip(&self.relaxation.price);
            let worth: f64 = rows
                .filter(|((_, left), _)| **left > 0)
                .map(|((offer, left), price)| price * float((*offer).min(*left)) / float(*left))
                .sum();
            if best.is_none_or(|(most, _)| x * worth > most) {
                best = Some((x * worth, at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// The two halves of `node`: one to look at next, one to wait.
    pub(super) fn split(&mut self, node: &Node, branch: &Option<Branch>) {
        let Some(branch) = branch else {
            // Everything was fixed by price: one more look at what is left.
            let mut child = node.clone();
            child.depth += 1;
            self.dive.push(child);
            return;
        };
        let mut child = node.clone();
        child.depth += 1;
        let (mut first, mut second) = (child.clone(), child);
        let (one, two) = match *branch {
            Branch::Candidate(at) => (
                first.set(&self.model, at, Fix::In),
                second.set(&self.model, at, Fix::Out),
            ),
            Branch::Sector(sector) => {
                first.present |= 1 << sector;
                let out = (0..self.model.n).all(|at| {
                    self.model.sector[at] != sector
                        || second.fix[at] == Fix::Out
                        || second.set(&self.model, at, Fix::Out)
                });
                (true, out)
            }
        };
        if two {
            self.keep(second);
        }
        if one {
            self.dive.push(first);
        }
    }
}
