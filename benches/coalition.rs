//! The coalition for a project, proven optimal: `cargo bench --no-default-features --bench coalition`.
//!
//! Instances drawn by the scheme of the shared data files: 12 requirements, 5 sectors each present, n/2 conflicts,
//! α = 3, demand as a share of all supply. At 15 % the proof is out of reach: the time of 1 000 nodes is measured.
#![allow(missing_docs, clippy::expect_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use gotong::matching::coalition::{Candidate, Input, Instance, Limits, Search};
use std::hint::black_box;
use std::time::Duration;

/// SplitMix64 (Steele, Lea, Flood 2014): the same instances on every machine.
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    fn index(&mut self, bound: usize) -> usize {
        usize::try_from(self.below(bound as u64)).expect("small")
    }
}

fn instance(n: usize, percent: u64, seed: u64) -> Instance {
    let mut draws = Draws(seed);
    let candidates: Vec<Candidate> = (0..n)
        .map(|_| Candidate {
            cost: 10 + draws.below(90),
            sector: draws.index(5),
            offers: (0..12)
                .map(|_| {
                    if draws.below(100) < 35 {
                        1 + draws.below(19)
                    } else {
                        0
                    }
                })
                .collect(),
        })
        .collect();
    let demand = (0..12)
        .map(|row| {
            let supply: u64 = candidates.iter().map(|one| one.offers[row]).sum();
            supply * percent * (80 + draws.below(41)) / 10_000
        })
        .collect();
    let conflicts = (0..n / 2)
        .map(|_| (draws.index(n), draws.index(n)))
        .filter(|(a, b)| a != b)
        .collect();
    let input = Input {
        candidates,
        demand,
        conflicts,
        sector_min: vec![1; 5],
        alpha: 3,
        ..Input::default()
    };
    Instance::new(input).expect("drawn within the limits")
}

fn coalition(criterion: &mut Criterion) {
    for (n, percent, limit) in [
        (100, 3, u64::MAX),
        (100, 6, u64::MAX),
        (200, 3, u64::MAX),
        (200, 6, u64::MAX),
        (200, 15, 1_000),
    ] {
        let instances = [instance(n, percent, 1), instance(n, percent, 2)];
        for (seed, instance) in instances.iter().enumerate() {
            // The proof of the cost, and with it that no equally cheap team is smaller.
            for (smallest, what) in [(false, ""), (true, "_smallest")] {
                criterion.bench_function(&format!("coalition_n{n}_d{percent}_s{seed}{what}"), |bencher| {
                    bencher.iter(|| {
                        let limits = Limits {
                            node_limit: limit,
                            smallest,
                            ..Limits::default()
                        };
                        Search::new(black_box(instance), limits).step(u64::MAX)
                    });
                });
            }
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    targets = coalition
}
criterion_main!(benches);
