#[path = "../tests/risk_plan/mod.rs"]
mod risk_plan;
use gotong::domain::Sampler;
use gotong::risk::Simulation;
fn main() {
    for (s, n) in [(Sampler::Random, 100_000), (Sampler::Sobol, 100_000)] {
        let mut best = f64::MAX; let mut build = f64::MAX; let mut snap = f64::MAX;
        for _ in 0..10 {
            let t = std::time::Instant::now();
            let mut sim = Simulation::new(&risk_plan::plan_8x10(), &risk_plan::settings(n, 1, s), &risk_plan::greedy()).unwrap();
            build = build.min(t.elapsed().as_secs_f64());
            while sim.step() {}
            let t2 = std::time::Instant::now();
            std::hint::black_box(sim.snapshot());
            snap = snap.min(t2.elapsed().as_secs_f64());
            best = best.min(t.elapsed().as_secs_f64());
        }
        println!("{s:?} total {:.1} ms build {:.2} snapshot {:.2}", best * 1e3, build * 1e3, snap * 1e3);
    }
}
