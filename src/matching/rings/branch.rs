//! Branch and bound over listed rings: whatever loses least against a bound.

use super::relaxation::Column;
use crate::matching::ragged::Ragged;

/// How many entries of lists a node may touch before it counts as two.
const TOUCHED_PER_NODE: u64 = 16;

/// A listed ring or chain with what it loses: the prices of its members less its value, at least 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed {
    pub column: Column,
    pub slack: i64,
}

#[derive(Clone, Copy, Debug)]
struct Frame {
    member: usize,
    /// The next option: an index into the member's columns, then leaving the member out, then the end.
    next: usize,
    /// The column taken at present; `None` while the member is left out or nothing is tried yet.
    taken: Option<usize>,
    left_out: bool,
}

/// Depth-first search for a packing that loses at most `allowed`.
///
/// With prices π that cover every ring (value ≤ Σπ of its members), a packing's value is Σπ − loss, where the loss is
/// the slack of every ring chosen and the price of every member left out. A branch decides one member: which of its
/// rings, or none. Bound of a node: the loss so far, the prices of members no ring can take any more, and for every
/// other member the smaller of its price and its part of the least slack of a ring that can take it.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    listed: Vec<Listed>,
    prices: Vec<i64>,
    /// Columns of each member in ascending order of slack.
    of_member: Ragged<usize>,
    /// Members decided.
    closed: Vec<bool>,
    /// How many members of each column are decided; it is open at 0.
    blocked: Vec<u8>,
    /// How many open columns each member has.
    choices: Vec<usize>,
    /// Slack of what is chosen, and prices of members left out or no longer reachable.
    loss: i128,
    stack: Vec<Frame>,
    /// Members of the largest ring or chain listed.
    largest: i64,
    started: bool,
    /// Entries touched since the last node.
    touched: u64,
}

impl Branch {
    /// `listed` in ascending order of slack, then of column.
    pub fn new(listed: Vec<Listed>, prices: Vec<i64>) -> Self {
        let members = prices.len();
        let mut pairs = Vec::new();
        let mut choices = vec![0; members];
        for (index, one) in listed.iter().enumerate() {
            for member in one.column.members() {
                pairs.push((member, index));
                choices[member] += 1;
            }
        }
        let sizes = listed.iter().map(|one| one.column.members().count());
        let largest = sizes.max().and_then(|size| i64::try_from(size).ok()).unwrap_or(1);
        let unreachable = prices.iter().zip(&choices).filter(|&(_, &count)| count == 0);
        Self {
            loss: unreachable.map(|(&price, _)| i128::from(price)).sum(),
            of_member: Ragged::grouped(members, pairs),
            closed: vec![false; members],
            blocked: vec![0; listed.len()],
            choices,
            stack: Vec::new(),
            largest,
            started: false,
            touched: 0,
            listed,
            prices,
        }
    }

    /// Goes on until `spent`, to which it adds its nodes, reaches `limit`; `improved` is called with every packing whose loss is at
    /// most `allowed` and returns the next loss allowed. True once everything is searched.
    pub fn step(
        &mut self,
        spent: &mut u64,
        limit: u64,
        mut allowed: i128,
        improved: &mut dyn FnMut(Vec<Column>) -> i128,
    ) -> bool {
        if !self.started {
            self.started = true;
            self.enter(&mut allowed, improved);
        }
        while let Some(frame) = self.stack.last().copied() {
            if *spent >= limit {
                return false;
            }
            self.undo(frame);
            if self.advance(frame, allowed) {
                self.enter(&mut allowed, improved);
            }
            // A branch over a long list is more work than a step of a walk, and counts for more.
            *spent = spent.saturating_add(1 + self.touched / TOUCHED_PER_NODE);
            self.touched = 0;
        }
        true
    }

    /// Looks at a new node: prunes, reports a packing, or pushes the next decision.
    fn enter(&mut self, allowed: &mut i128, improved: &mut dyn FnMut(Vec<Column>) -> i128) {
        let mut bound = self.loss;
        let mut pick: Option<(usize, i64, usize)> = None;
        self.touched += self.prices.len() as u64;
        for member in 0..self.prices.len() {
            let (count, price) = (self.choices[member], self.prices[member]);
            if count == 0 || price == 0 || self.closed[member] {
                continue;
            }
            bound += i128::from(self.least(member).min(price));
            if bound > *allowed {
                return;
            }
            if pick.is_none_or(|(fewest, dearest, _)| (count, -price) < (fewest, -dearest)) {
                pick = Some((count, price, member));
            }
        }
        match pick {
            // A ring has value only if one of its members has a price, so nothing is left to gain here.
            None if self.loss <= *allowed => {
                let taken = self.stack.iter().filter_map(|frame| frame.taken);
                *allowed = improved(taken.map(|at| self.listed[at].column).collect());
            }
            None => {}
            Some((_, _, member)) => self.stack.push(Frame {
                member,
                next: 0,
                taken: None,
                left_out: false,
            }),
        }
    }

    /// The part of `member` in the least slack of a ring that can take it.
    fn least(&self, member: usize) -> i64 {
        // A later ring in the list may be larger and so have a smaller part: parts are taken as if all were of the
        // largest size.
        let first = self
            .of_member
            .row(member)
            .iter()
            .find(|&&at| self.blocked[at] == 0);
        first.map_or(0, |&at| self.listed[at].slack / self.largest)
    }

    /// Takes back what `frame`, the last, has tried.
    fn undo(&mut self, frame: Frame) {
        if let Some(at) = frame.taken {
            self.loss -= i128::from(self.listed[at].slack);
            self.open(self.listed[at].column.members().collect());
        } else if frame.left_out {
            self.loss -= i128::from(self.prices[frame.member]);
            self.open(vec![frame.member]);
        }
    }

    /// Tries the next option of `frame`, the last; false if there is none left, and then it is gone.
    fn advance(&mut self, frame: Frame, allowed: i128) -> bool {
        let row = self.of_member.row(frame.member);
        let found = row
            .iter()
            .enumerate()
            .skip(frame.next)
            .take_while(|&(_, &at)| self.loss + i128::from(self.listed[at].slack) <= allowed)
            .find(|&(_, &at)| self.blocked[at] == 0)
            .map(|(place, &at)| (place, at));
        let end = row.len();
        let Some(last) = self.stack.last_mut() else {
            return false;
        };
        if let Some((place, at)) = found {
            last.next = place + 1;
            last.taken = Some(at);
            self.loss += i128::from(self.listed[at].slack);
            self.close(self.listed[at].column.members().collect());
            return true;
        }
        let price = i128::from(self.prices[frame.member]);
        if frame.next <= end && self.loss + price <= allowed {
            last.next = end + 1;
            last.taken = None;
            last.left_out = true;
            self.loss += price;
            self.close(vec![frame.member]);
            return true;
        }
        self.stack.pop();
        false
    }

    fn close(&mut self, members: Vec<usize>) {
        // All are decided before anything is counted: a member must not lose its price to the ring that takes it.
        for &member in &members {
            self.closed[member] = true;
        }
        for member in members {
            self.touched += self.of_member.row(member).len() as u64;
            for place in 0..self.of_member.row(member).len() {
                let at = self.of_member.row(member)[place];
                self.blocked[at] += 1;
                if self.blocked[at] == 1 {
                    for other in self.listed[at].column.members() {
                        self.choices[other] -= 1;
                        if self.choices[other] == 0 && !self.closed[other] {
                            self.loss += i128::from(self.prices[other]);
                        }
                    }
                }
            }
        }
    }

    /// The exact reverse of `close`.
    fn open(&mut self, members: Vec<usize>) {
        for &member in members.iter().rev() {
            self.touched += self.of_member.row(member).len() as u64;
            for place in (0..self.of_member.row(member).len()).rev() {
                let at = self.of_member.row(member)[place];
                self.blocked[at] -= 1;
                if self.blocked[at] == 0 {
                    for other in self.listed[at].column.members() {
                        self.choices[other] += 1;
                        if self.choices[other] == 1 && !self.closed[other] {
                            self.loss -= i128::from(self.prices[other]);
                        }
                    }
                }
            }
        }
        for member in members {
            self.closed[member] = false;
        }
    }
}
