//! A flow that can be raised by single units along augmenting paths.

use super::flow::Lane;
use std::collections::{BTreeMap, VecDeque};

pub(super) struct Residual {
    /// By giver: what it has left.
    left: Vec<u128>,
    /// By receiver: who may supply it, ascending.
    suppliers: Vec<Vec<usize>>,
    /// By giver: what it sends to whom, above 0.
    sent: Vec<BTreeMap<usize, u128>>,
}

impl Residual {
    /// `flows` are (giver, receiver, flow) within `offers`.
    pub fn new(offers: Vec<u128>, receivers: usize, lanes: &[Lane], flows: &[(usize, usize, u128)]) -> Self {
        let mut suppliers = vec![Vec::new(); receivers];
        for lane in lanes {
            suppliers[lane.receiver()].push(lane.giver());
        }
        let mut sent = vec![BTreeMap::new(); offers.len()];
        let mut left = offers;
        for &(giver, receiver, flow) in flows {
            left[giver] -= flow;
            sent[giver].insert(receiver, flow);
        }
        Self {
            left,
            suppliers,
            sent,
        }
    }

    /// Sends one more unit to `receiver` along a shortest augmenting path; false if there is none. O(lanes).
    pub fn raise(&mut self, receiver: usize) -> bool {
        // For whom a giver would send more, and who would send less to a receiver.
        let mut wanted_by: Vec<Option<usize>> = vec![None; self.left.len()];
        let mut freed_by: Vec<Option<usize>> = vec![None; self.suppliers.len()];
        let mut queue = VecDeque::from([receiver]);
        while let Some(short) = queue.pop_front() {
            for &giver in &self.suppliers[short] {
                if wanted_by[giver].is_some() {
                    continue;
                }
                wanted_by[giver] = Some(short);
                if self.left[giver] > 0 {
                    self.augment(giver, receiver, &wanted_by, &freed_by);
                    return true;
                }
                for &other in self.sent[giver].keys() {
                    if other != receiver && freed_by[other].is_none() {
                        freed_by[other] = Some(giver);
                        queue.push_back(other);
                    }
                }
            }
        }
        false
    }

    fn augment(
        &mut self,
        from: usize,
        receiver: usize,
        wanted_by: &[Option<usize>],
        freed_by: &[Option<usize>],
    ) {
        self.left[from] -= 1;
        let mut giver = from;
        while let Some(short) = wanted_by[giver] {
            *self.sent[giver].entry(short).or_default() += 1;
            let Some(other) = freed_by[short].filter(|_| short != receiver) else {
                return;
            };
            if let Some(flow) = self.sent[other].get_mut(&short) {
                *flow -= 1;
                if *flow == 0 {
                    self.sent[other].remove(&short);
                }
            }
            giver = other;
        }
    }

    /// By receiver: whether somebody could send it one more unit. O(lanes).
    pub fn raisable(&self) -> Vec<bool> {
        let mut reached_from: Vec<Vec<usize>> = vec![Vec::new(); self.left.len()];
        let mut served_by: Vec<Vec<usize>> = vec![Vec::new(); self.suppliers.len()];
        for (receiver, suppliers) in self.suppliers.iter().enumerate() {
            for &giver in suppliers {
                reached_from[giver].push(receiver);
            }
        }
        for (giver, sent) in self.sent.iter().enumerate() {
            for &receiver in sent.keys() {
                served_by[receiver].push(giver);
            }
        }
        let mut free: Vec<bool> = self.left.iter().map(|&left| left > 0).collect();
        let mut open = vec![false; self.suppliers.len()];
        let mut queue: Vec<usize> = (0..free.len()).filter(|&giver| free[giver]).collect();
        while let Some(giver) = queue.pop() {
            for &receiver in &reached_from[giver] {
                if std::mem::replace(&mut open[receiver], true) {
                    continue;
                }
                for &other in &served_by[receiver] {
                    if !std::mem::replace(&mut free[other], true) {
                        queue.push(other);
                    }
                }
            }
        }
        open
    }
}
