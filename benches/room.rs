//! Pairing a whole room: `cargo bench --no-default-features --bench room`. Complete graphs, weights up to a million and
//! weights up to ten (many ties, many blossoms); the certificate is made and checked within the time.
#![allow(missing_docs, clippy::expect_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use gotong::matching::room::{Weights, maximum_weight_matching};
use std::hint::black_box;
use std::time::Duration;

/// SplitMix64 (Steele, Lea, Flood 2014): the same graph on every machine.
fn complete(n: usize, most: u64) -> Weights {
    let mut state = n as u64;
    let mut draw = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from(1 + (z ^ (z >> 31)) % most).expect("small")
    };
    let edges: Vec<_> = (0..n)
        .flat_map(|i| (i + 1..n).map(move |j| (i, j)))
        .map(|(i, j)| (i, j, draw()))
        .collect();
    Weights::from_edges(n, &edges).expect("in range")
}

fn pairs(criterion: &mut Criterion) {
    for n in [200, 500, 501, 2000] {
        for (most, name) in [(1_000_000, "million"), (10, "ten")] {
            let weights = complete(n, most);
            criterion.bench_function(&format!("pairs_complete_{n}_weights_to_{name}"), |bencher| {
                bencher.iter(|| maximum_weight_matching(black_box(&weights), true));
            });
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(2));
    targets = pairs
}
criterion_main!(benches);
