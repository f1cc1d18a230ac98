//! Rings that a single offer, need or amount would close.

use super::{Instance, Packing};
use crate::domain::{KindId, OrgId};
use serde::{Deserialize, Serialize};

/// How many near rings are told.
pub const MAX_NEAR: usize = 5;
/// Paths looked at before the search for near rings stops and says so.
pub const NEAR_LIMIT: u64 = 2_000_000;

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissingForm {
    /// Both are there, but a quantity is not said.
    Amount,
    /// The giver would have to offer it.
    Offer,
    /// The receiver would have to need it.
    Need,
}

/// The one thing that would close a ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// What kind of change it takes.
    pub form: MissingForm,
    /// Who would give.
    pub from: OrgId,
    /// To whom.
    pub to: OrgId,
    /// Of what.
    pub kind: KindId,
    /// How much would fill it: the need for an offer, the offer for a need, whichever is said for an amount.
    pub quantity: Option<u64>,
    /// The coverage it would bring, in millionths; of a missing amount, at most.
    pub value_millionths: i64,
}

/// A ring but for one arc.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearRing {
    /// In order of giving: each can already give to the next; the last could give to the first.
    pub members: Vec<OrgId>,
    /// What the last would have to give the first.
    pub missing: Missing,
    /// Sum of the coverages of the ring once it is closed, in millionths.
    pub value_millionths: i64,
    /// The same less the exchanges of the answer that it would break up, in millionths; above 0.
    pub gain_millionths: i64,
    /// Which exchanges of the answer it would break up, by their place.
    pub breaks: Vec<usize>,
}

/// The near rings of a packing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NearRings {
    /// Best gain first; of equal gains the shorter, then the earlier members. One for every pair of who gives and who receives.
    pub rings: Vec<NearRing>,
    /// All paths were looked at, or could bring nothing better.
    pub complete: bool,
}

/// A near ring by places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearCycle {
    /// As in [`NearRing`].
    pub members: Vec<usize>,
    /// Sum of all arcs, the missing one included.
    pub value: i64,
    /// Less the exchanges broken up.
    pub gain: i64,
}

/// The search for near rings, a start at a time.
///
/// A near ring is a simple path v₁ → … → v_k of 2 ≤ k ≤ L members whose arcs are there and of which only v_k → v₁ is
/// missing; `closing(v_k, v₁)` is what that arc would be worth. Gain = the value of all k arcs − the values of the
/// exchanges (rings and chains of the answer) that one of the members is in, each counted once. So a near ring among those without
/// an exchange gains its value, and any near ring's gain could be had in full by dissolving what it breaks up; solving anew
/// may bring more. Sought are the [`MAX_NEAR`] largest gains above 0, each of another (giver, receiver).
///
/// Order: gain descending, then fewer members, then lexicographically smaller members. Exact, unless `limit` paths are passed.
///
/// Depth-first from every start, cut off where the best walk of the arcs still allowed, plus the best closing into
/// the start, does not pass the worst of a full list. Cost: O(n·d^{L−1}) for d arcs a member at worst.
#[derive(Clone, Debug)]
pub struct NearSearch {
    /// What an arc into the start would be worth, by giver; 0: it cannot be closed.
    closing: Vec<i64>,
    /// The exchange a member is in.
    within: Vec<Option<usize>>,
    /// What each exchange is worth.
    worth: Vec<i64>,
    /// `walks[arcs][member]`: the best walk of exactly so many arcs from it; `None` if there is none.
    walks: Vec<Vec<Option<i64>>>,
    found: Vec<NearCycle>,
    start: usize,
    left: u64,
}

impl NearSearch {
    /// A search beside the exchanges of `packing`.
    pub fn new(instance: &Instance, packing: &Packing, limit: u64) -> Self {
        let members = instance.members();
        let mut within = vec![None; members];
        let mut worth = Vec::new();
        let rings = packing.rings.iter().map(|ring| (ring, ring.first()));
        for (row, back) in rings.chain(packing.chains.iter().map(|chain| (chain, None))) {
            let next = row.iter().skip(1).chain(back);
            let arcs = row.iter().zip(next);
            worth.push(arcs.filter_map(|(&from, &to)| instance.value(from, to)).sum());
            for &member in row {
                if let Some(within) = within.get_mut(member) {
                    *within = Some(worth.len() - 1);
                }
            }
        }
        let mut walks = vec![vec![Some(0); members]];
        for arcs in 1..instance.max_length() {
            let shorter = &walks[arcs - 1];
            let longer = (0..members).map(|from| {
                let row = instance.out.row(from).iter();
                row.filter_map(|&(to, value)| Some(shorter[to]? + value)).max()
            });
            walks.push(longer.collect());
        }
        Self {
            closing: Vec::new(),
            within,
            worth,
            walks,
            found: Vec::new(),
            start: 0,
            left: limit,
        }
    }

    /// Looks at paths from the next starts, until about `paths` are looked at and at least from one; true once nothing is
    /// left to do. `closing(from, to)` is asked for pairs without an arc; `None`: it cannot be closed.
    pub fn step(
        &mut self,
        instance: &Instance,
        paths: u64,
        closing: impl Fn(usize, usize) -> Option<i64>,
    ) -> bool {
        let until = self.left.saturating_sub(paths);
        while self.start < instance.members() && self.left > 0 {
            let start = self.start;
            self.start += 1;
            let value = |from: usize| {
                let open = from != start && instance.value(from, start).is_none();
                open.then(|| closing(from, start)).flatten().unwrap_or(0).max(0)
            };
            self.closing = (0..instance.members()).map(value).collect();
            let most = self.closing.iter().copied().max().unwrap_or(0);
            if most > 0 {
                self.extend(instance, &mut vec![start], 0, most);
            }
            // A start without paths is some work too; it is not what uses the limit up.
            if self.left > 1 {
                self.left -= 1;
            }
            if self.left <= until {
                break;
            }
        }
        self.ended()
    }

    /// What was found so far, best first.
    pub fn found(&self) -> &[NearCycle] {
        &self.found
    }

    /// Whether nothing is left to do.
    pub fn ended(&self) -> bool {
        self.left == 0 || self.start >= self.within.len()
    }

    /// Whether all starts were looked at, and nothing was left out for the limit.
    pub fn complete(&self) -> bool {
        self.left > 0 && self.start >= self.within.len()
    }

    fn extend(&mut self, instance: &Instance, path: &mut Vec<usize>, value: i64, most: i64) {
        let Some(&last) = path.last() else { return };
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            return;
        }
        if path.len() > 1 {
            let closing = self.closing[last];
            if closing > 0 {
                self.offer(path, value + closing);
            }
        }
        let room = instance.max_length() - path.len();
        if room == 0 {
            return;
        }
        let lost: i64 = self
            .broken(path)
            .iter()
            .map(|&exchange| self.worth[exchange])
            .sum();
        let ahead = (1..=room).filter_map(|arcs| self.walks[arcs][last]).max();
        let Some(ahead) = ahead else { return };
        // Not above the last of a full list: an equal gain may still be of fewer members or earlier ones.
        let reach = value + ahead + most - lost;
        if reach <= 0
            || self.found.len() == MAX_NEAR && self.found.last().is_some_and(|worst| reach < worst.gain)
        {
            return;
        }
        for &(next, arc) in instance.out.row(last) {
            if !path.contains(&next) {
                path.push(next);
                self.extend(instance, path, value + arc, most);
                path.pop();
            }
        }
    }

    /// The exchanges that members of `path` are in, by their place among rings, then chains, ascending.
    pub fn broken(&self, path: &[usize]) -> Vec<usize> {
        let mut broken: Vec<usize> = path.iter().filter_map(|&member| self.within[member]).collect();
        crate::order::sort(&mut broken);
        broken.dedup();
        broken
    }

    fn offer(&mut self, path: &[usize], value: i64) {
        let lost: i64 = self
            .broken(path)
            .iter()
            .map(|&exchange| self.worth[exchange])
            .sum();
        let gain = value - lost;
        if gain <= 0 {
            return;
        }
        let here = NearCycle {
            members: path.to_vec(),
            value,
            gain,
        };
        let ends = |one: &NearCycle| (one.members.first().copied(), one.members.last().copied());
        if let Some(same) = self.found.iter().position(|one| ends(one) == ends(&here)) {
            if better(&here, &self.found[same]) {
                self.found.remove(same);
            } else {
                return;
            }
        }
        let at = self.found.partition_point(|one| better(one, &here));
        self.found.insert(at, here);
        self.found.truncate(MAX_NEAR);
    }
}

/// Whether `a` stands before `b`.
fn better(a: &NearCycle, b: &NearCycle) -> bool {
    (b.gain, a.members.len(), &a.members) < (a.gain, b.members.len(), &b.members)
}
