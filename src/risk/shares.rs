//! Who computes which blocks of a run, and which are added up next.
//!
//! Blocks are given out in order, in ranges; partials come back in any order and are added up in theirs. So whatever is
//! shown is what the first blocks of the run say, however many compute and whoever is fastest, and the end is the same to
//! the byte. What somebody lost is given out again.

use super::Partial;
use std::collections::BTreeMap;
use std::ops::Range;

/// Towards the end ranges get shorter, so that nobody waits for the last; none is shorter than this.
const SHORTEST_AT_END: u32 = 4;

/// The division of a run among several.
#[derive(Clone, Debug)]
pub struct Shares {
    total: u32,
    longest: u32,
    /// Blocks from here on were never given out.
    given: u32,
    /// Blocks up to here are added up.
    added: u32,
    /// Given out and not back: who has it, ascending by block.
    out: Vec<(usize, Range<u32>)>,
    /// Given out in vain, the last first.
    lost: Vec<Range<u32>>,
    /// Back before their turn, by first block.
    early: BTreeMap<u32, Partial>,
}

impl Shares {
    /// The division of `total` blocks in ranges of at most `longest`.
    pub fn new(total: u32, longest: u32) -> Self {
        Self {
            total,
            longest: longest.max(1),
            given: 0,
            added: 0,
            out: Vec::new(),
            lost: Vec::new(),
            early: BTreeMap::new(),
        }
    }

    /// Gives `who` of so many `hands` the next blocks to compute; `None` when all are given out.
    ///
    /// First what was lost, lowest first. Then the next blocks: few at the beginning, so that something is known soon, and
    /// few at the end.
    pub fn give(&mut self, who: usize, hands: usize) -> Option<Range<u32>> {
        let range = match self.lost.pop() {
            Some(range) => range,
            None => {
                let hands = u32::try_from(hands).unwrap_or(u32::MAX).max(1);
                let left = self.total - self.given;
                let at_end = (left / hands.saturating_mul(2)).max(SHORTEST_AT_END);
                let at_first = (self.given / hands).max(1);
                let len = at_end.min(at_first).min(self.longest).min(left);
                if len == 0 {
                    return None;
                }
                self.given += len;
                self.given - len..self.given
            }
        };
        let place = self.out.partition_point(|(_, out)| out.start < range.start);
        self.out.insert(place, (who, range.clone()));
        Some(range)
    }

    /// The first blocks that are out with others than `who`: what to compute once more rather than wait for.
    pub fn again(&self, who: usize) -> Option<Range<u32>> {
        let others = self.out.iter().find(|(holder, _)| *holder != who);
        others.map(|(_, range)| range.clone())
    }

    /// Takes a partial back; false if nobody waits for it, since somebody else brought it before.
    pub fn bring(&mut self, partial: Partial) -> bool {
        let range = partial.blocks();
        let before = self.out.len();
        self.out.retain(|(_, out)| *out != range);
        let is_new = self.out.len() < before;
        if is_new {
            self.early.insert(range.start, partial);
        }
        is_new
    }

    /// The next partial to be added up, if it is back.
    pub fn next_due(&mut self) -> Option<Partial> {
        let partial = self.early.remove(&self.added)?;
        self.added = partial.blocks().end;
        Some(partial)
    }

    /// What `who` has is lost: it will be given out again. How many ranges that were.
    pub fn lose(&mut self, who: usize) -> usize {
        let (lost, out) = std::mem::take(&mut self.out)
            .into_iter()
            .partition(|(holder, _)| *holder == who);
        self.out = out;
        let lost: Vec<(usize, Range<u32>)> = lost;
        let count = lost.len();
        self.lost.extend(lost.into_iter().map(|(_, range)| range));
        crate::order::sort_by(&mut self.lost, |a, b| b.start.cmp(&a.start));
        count
    }

    /// Whether the blocks of this range are still wanted from whoever computes them.
    pub fn wants(&self, range: &Range<u32>) -> bool {
        self.out.iter().any(|(_, out)| out == range)
    }

    /// How many ranges `who` has.
    pub fn held_by(&self, who: usize) -> usize {
        self.out.iter().filter(|(holder, _)| *holder == who).count()
    }

    /// Blocks that are back, in whatever order.
    pub fn done(&self) -> u32 {
        let early = self.early.values().map(|partial| partial.blocks().len());
        self.added + u32::try_from(early.sum::<usize>()).unwrap_or(0)
    }

    /// Whether every block is added up.
    pub fn is_complete(&self) -> bool {
        self.added == self.total
    }
}
