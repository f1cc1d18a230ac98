//! Funding rules on large elections: `cargo bench --no-default-features --bench funding`. Wieliczka 2023 where the test
//! data is (`GOTONG_DATA`), and an election of 65 000 voters made up here.
#![allow(missing_docs, clippy::expect_used)]

#[path = "../tests/made_up_election/mod.rs"]
mod made_up_election;

use criterion::{Criterion, criterion_group, criterion_main};
use gotong::domain::{Completion, PoolPlan, RuleId};
use gotong::funding::run_instance;
use gotong::interchange::pb::read_election;
use made_up_election::made_up;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

fn plan(completion: Completion) -> PoolPlan {
    PoolPlan {
        completion: Some(completion),
        ..PoolPlan::of(RuleId::EqualShares)
    }
}

fn wieliczka() -> Option<Vec<u8>> {
    let root = std::env::var_os("GOTONG_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    std::fs::read(root.join("pabulib/Poland_Wieliczka_2023_Green_Budget.pb")).ok()
}

fn equal_shares(criterion: &mut Criterion) {
    if let Some(bytes) = wieliczka() {
        let election = read_election(&bytes).expect("an election");
        let mut group = criterion.benchmark_group("wieliczka");
        group.bench_function("read", |bencher| {
            bencher.iter(|| read_election(black_box(&bytes)))
        });
        for (name, completion) in [("exact", Completion::None), ("exact_add1u", Completion::Add1u)] {
            let plan = plan(completion);
            group.bench_function(name, |bencher| {
                bencher.iter(|| run_instance(black_box(&election.instance), &plan));
            });
        }
        group.finish();
    }
    for most_named in [3, 10] {
        let file = made_up(most_named);
        let election = read_election(file.as_bytes()).expect("an election");
        let mut group = criterion.benchmark_group(format!("65000_voters_naming_up_to_{most_named}"));
        group.bench_function("read", |bencher| {
            bencher.iter(|| read_election(black_box(file.as_bytes())))
        });
        for (name, completion) in [("exact", Completion::None), ("exact_add1u", Completion::Add1u)] {
            let plan = plan(completion);
            group.bench_function(name, |bencher| {
                bencher.iter(|| run_instance(black_box(&election.instance), &plan));
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    targets = equal_shares
}
criterion_main!(benches);
