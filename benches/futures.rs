//! 100 000 futures of 8 funders and 10 projects, the greedy rule re-run in each; tables, snapshot and sensitivity
//! included. Run: `cargo bench --no-default-features --bench futures`.

#[path = "../tests/risk_plan/mod.rs"]
mod risk_plan;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gotong::domain::Sampler;
use gotong::risk::simulate;
use risk_plan::{greedy, plan_8x10, settings};

/// The count asked for. Under Sobol it becomes 131 072: the throughput tells the cost of one future.
const ASKED: u32 = 100_000;

fn futures(criterion: &mut Criterion) {
    let scenario = plan_8x10();
    let mut group = criterion.benchmark_group("futures_100k_8x10");
    group.sample_size(20);
    for (name, sampler, trials) in [
        ("random", Sampler::Random, ASKED),
        ("sobol", Sampler::Sobol, 131_072),
    ] {
        group.throughput(Throughput::Elements(u64::from(trials)));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| simulate(&scenario, &settings(ASKED, 2026, sampler), &greedy()));
        });
    }
    group.finish();
}

criterion_group!(benches, futures);
criterion_main!(benches);
