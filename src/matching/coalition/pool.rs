//! The best sets found so far.

use super::node::{Fix, Node};

/// The `k` best distinct sets. With one wanted, the first found of the least objective and then of the fewest members; with
/// several, by objective, then fewest members, then the lexicographically smallest.
pub(super) struct Pool {
    most: usize,
    found: Vec<(u128, Vec<usize>)>,
}

impl Pool {
    pub fn new(most: usize) -> Self {
        Self {
            most,
            found: Vec::new(),
        }
    }

    pub fn wants_one(&self) -> bool {
        self.most == 1
    }

    pub fn best(&self) -> Option<&(u128, Vec<usize>)> {
        self.found.first()
    }

    pub fn iter(&self) -> impl Iterator<Item = &(u128, Vec<usize>)> {
        self.found.iter()
    }

    /// Objectives from here on cannot enter; `None` while there is room.
    pub fn cutoff(&self) -> Option<u128> {
        let (worst, _) = self.found.get(self.most - 1)?;
        Some(if self.most == 1 {
            *worst
        } else {
            worst.saturating_add(1)
        })
    }

    /// Whether nothing of `node` can enter because only an equal objective is possible there, and no set of it
    /// comes before the last one kept.
    pub fn beats(&self, node: &Node) -> bool {
        match self.found.get(self.most - 1) {
            Some((worst, members)) if node.bound == *worst => {
                node.low > members.len() || node.low == members.len() && !may_precede(&node.fix, members)
            }
            _ => false,
        }
    }

    /// The most members of a set of `node` that could still enter.
    pub fn most_members(&self, node: &Node) -> usize {
        match self.found.get(self.most - 1) {
            Some((worst, members)) if node.bound == *worst => {
                let fewer = !may_precede(&node.fix, members);
                members.len().saturating_sub(usize::from(fewer))
            }
            _ => usize::MAX,
        }
    }

    pub fn offer(&mut self, objective: u128, members: Vec<usize>) {
        let better = |(best, kept): &(u128, Vec<usize>)| (objective, members.len()) < (*best, kept.len());
        if self.most == 1 && !self.found.first().is_none_or(better) {
            return;
        }
        let key = |(objective, members): &(u128, Vec<usize>)| (*objective, members.len(), members.clone());
        let entry = (objective, members);
        if let Err(place) = self.found.binary_search_by(|other| key(other).cmp(&key(&entry))) {
            self.found.insert(place, entry);
            self.found.truncate(self.most);
        }
    }
}

/// Whether some set of a node comes before `last`, both as rising lists.
fn may_precede(fix: &[Fix], last: &[usize]) -> bool {
    let mut from = 0;
    for &next in last {
        if fix[from..].iter().all(|fix| *fix != Fix::In) {
            return true;
        }
        match (from..fix.len()).find(|&at| fix[at] != Fix::Out) {
            Some(least) if least < next => return true,
            Some(least) if least == next => from = next + 1,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_come_first_is_what_enumeration_says() {
        let fixes = [Fix::Free, Fix::In, Fix::Out];
        for code in 0..81_usize {
            let fix: Vec<Fix> = (0..4).map(|at| fixes[code / 3_usize.pow(at) % 3]).collect();
            let sets = |keep: &dyn Fn(usize, bool) -> bool| -> Vec<Vec<usize>> {
                (0..16_usize)
                    .filter(|mask| (0..4).all(|at| keep(at, mask >> at & 1 == 1)))
                    .map(|mask| (0..4).filter(|at| mask >> at & 1 == 1).collect())
                    .collect()
            };
            let inside = sets(&|at, is_in| match fix[at] {
                Fix::Free => true,
                Fix::In => is_in,
                Fix::Out => !is_in,
            });
            for last in sets(&|_, _| true) {
                let expected = inside.iter().any(|set| set < &last);
                assert_eq!(may_precede(&fix, &last), expected, "{fix:?} {last:?}");
            }
        }
    }
}
