//! Plans by enumeration: slow, and without code of the solver.
#![allow(
    clippy::unwrap_used,
    clippy::needless_range_loop,
    reason = "matrices read best by their indices"
)]

use gotong::matching::plan::{Shipment, Transport};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Givers, receivers, and a lane (or none) for every pair.
#[derive(Clone, Debug)]
pub struct Small {
    pub offers: Vec<u64>,
    pub needs: Vec<u64>,
    pub lanes: Vec<Vec<Option<u64>>>,
}

impl Small {
    pub fn transport(&self) -> Transport {
        Transport::by_pair(self.offers.clone(), self.needs.clone(), |from, to| {
            self.lanes[from][to]
        })
        .unwrap()
    }
}

pub fn small(most: u64, quantity: u64) -> impl Strategy<Value = Small> {
    (1..=3_usize, 1..=4_usize).prop_flat_map(move |(givers, receivers)| {
        let lane = prop::option::weighted(0.7, prop_oneof![Just(0), 0..=most]);
        (
            prop::collection::vec(0..=quantity, givers),
            prop::collection::vec(0..=quantity, receivers),
            prop::collection::vec(prop::collection::vec(lane, receivers), givers),
        )
            .prop_map(|(offers, needs, lanes)| Small { offers, needs, lanes })
    })
}

/// Every vector of amounts received that some plan reaches, with the least cost and, at that cost, the fewest
/// transfers.
pub fn reachable(small: &Small) -> BTreeMap<Vec<u64>, (u64, usize)> {
    fn give(
        small: &Small,
        giver: usize,
        receiver: usize,
        left: u64,
        at: (Vec<u64>, (u64, usize)),
        out: &mut BTreeMap<Vec<u64>, (u64, usize)>,
    ) {
        let (received, value) = at;
        if receiver == received.len() {
            let best = out.entry(received).or_insert(value);
            *best = value.min(*best);
            return;
        }
        let room = small.needs[receiver] - received[receiver];
        let most = small.lanes[giver][receiver].map_or(0, |_| room.min(left));
        for quantity in 0..=most {
            let mut next = received.clone();
            next[receiver] += quantity;
            let cost = value.0 + quantity * small.lanes[giver][receiver].unwrap_or(0);
            let count = value.1 + usize::from(quantity > 0);
            give(
                small,
                giver,
                receiver + 1,
                left - quantity,
                (next, (cost, count)),
                out,
            );
        }
    }
    let mut states = BTreeMap::from([(vec![0; small.needs.len()], (0, 0))]);
    for (giver, &offer) in small.offers.iter().enumerate() {
        let mut next = BTreeMap::new();
        for state in states {
            give(small, giver, 0, offer, state, &mut next);
        }
        states = next;
    }
    states
}

pub fn received(small: &Small, plan: &Shipment) -> Vec<u64> {
    let mut received = vec![0; small.needs.len()];
    for flow in &plan.flows {
        received[flow.to] += flow.quantity;
    }
    received
}

pub fn compare(a: [u64; 2], b: [u64; 2]) -> std::cmp::Ordering {
    (u128::from(a[0]) * u128::from(b[1])).cmp(&(u128::from(b[0]) * u128::from(a[1])))
}

/// Coverages of those who need something, smallest first.
pub fn coverages(needs: &[u64], amounts: &[u64]) -> Vec<[u64; 2]> {
    let pairs = amounts.iter().zip(needs).filter(|(_, need)| **need > 0);
    let mut list: Vec<[u64; 2]> = pairs.map(|(&amount, &need)| [amount, need]).collect();
    list.sort_by(|a, b| compare(*a, *b));
    list
}

/// Progressive filling (Bertsekas, Gallager): all rise together; who is in a tight set stops. Hall's
/// condition over every set of receivers instead of flows, in fractions of a common denominator large enough
/// for these sizes.
pub fn filling(small: &Small) -> Vec<f64> {
    let count = small.needs.len();
    let supply = |set: usize| -> f64 {
        let reaches =
            |giver: &usize| (0..count).any(|to| set >> to & 1 == 1 && small.lanes[*giver][to].is_some());
        let givers = (0..small.offers.len()).filter(reaches);
        givers.map(|giver| small.offers[giver] as f64).sum()
    };
    let mut fixed: Vec<Option<f64>> = small
        .needs
        .iter()
        .map(|&need| (need == 0).then_some(1.0))
        .collect();
    while fixed.iter().any(Option::is_none) {
        let mut level = 1.0_f64;
        let mut limits = Vec::new();
        for set in 1..1_usize << count {
            let (mut open, mut taken) = (0.0, 0.0);
            for to in (0..count).filter(|to| set >> to & 1 == 1) {
                match fixed[to] {
                    Some(share) => taken += share * small.needs[to] as f64,
                    None => open += small.needs[to] as f64,
                }
            }
            if open > 0.0 {
                limits.push((set, (supply(set) - taken) / open));
                level = level.min((supply(set) - taken) / open);
            }
        }
        for to in 0..count {
            let stops = limits
                .iter()
                .any(|&(set, limit)| set >> to & 1 == 1 && limit <= level + 1e-9);
            if fixed[to].is_none() && (stops || level >= 1.0 - 1e-9) {
                fixed[to] = Some(level.clamp(0.0, 1.0));
            }
        }
    }
    fixed.into_iter().map(Option::unwrap).collect()
}

/// Every way to fill one receiver from offers it may all have: (largest, total, cost, transfers).
pub fn fillings(need: u64, lanes: &[(u64, u64)]) -> Vec<(u64, u64, u64, usize)> {
    let mut found = vec![(0, 0, 0, 0)];
    for &(offer, cost) in lanes {
        let so_far = std::mem::take(&mut found);
        for (largest, total, spent, count) in so_far {
            for quantity in 0..=offer.min(need - total) {
                found.push((
                    largest.max(quantity),
                    total + quantity,
                    spent + quantity * cost,
                    count + usize::from(quantity > 0),
                ));
            }
        }
    }
    found
}
