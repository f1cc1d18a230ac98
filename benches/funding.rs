//! Funding rules on large elections: `cargo bench --no-default-features --bench funding`. Wieliczka 2023 where the test
//! data is (`GOTONG_DATA`), and an election of 65 000 voters made up here.
#![allow(missing_docs, clippy::expect_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use gotong::domain::{Completion, PoolPlan, RuleId};
use gotong::funding::run_instance;
use gotong::interchange::pb::read_election;
use std::fmt::Write;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

fn plan(completion: Completion) -> PoolPlan {
    PoolPlan {
        completion: Some(completion),
        ..PoolPlan::of(RuleId::EqualShares)
    }
}

/// 65 000 ballots of up to three or ten of 119 projects, the earlier ones more popular; costs of 10 000 to 1 000 000, a
/// budget for a third of them. SplitMix64 (Steele, Lea, Flood 2014): the same file on every machine.
fn made_up(most_named: u64) -> String {
    let mut state = 65_000_u64;
    let mut draw = |below: u64| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    };
    let costs: Vec<u64> = (0..119).map(|_| 10_000 + draw(990) * 1_000).collect();
    let budget = costs.iter().sum::<u64>() / 3;
    let mut file =
        format!("META\nkey;value\nbudget;{budget}\nvote_type;approval\nPROJECTS\nproject_id;cost\n");
    for (project, cost) in costs.iter().enumerate() {
        writeln!(file, "{project};{cost}").expect("a string");
    }
    file.push_str("VOTES\nvoter_id;vote\n");
    for voter in 0..65_000 {
        let mut named: Vec<u64> = (0..=draw(most_named)).map(|_| draw(119).min(draw(119))).collect();
        named.sort_unstable();
        named.dedup();
        let named: Vec<String> = named.iter().map(u64::to_string).collect();
        writeln!(file, "{voter};{}", named.join(",")).expect("a string");
    }
    file
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
