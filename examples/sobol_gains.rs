//! How much closer scrambled Sobol points come to the truth than plain Monte Carlo, on the plan of 8 funders and 10
//! projects: root mean square error over 32 seeds at 16 384 and 131 072 futures, against a reference of 2²³ Sobol futures.
//! Run: `cargo run --release --no-default-features --example sobol_gains`. Figures: `docs/risk.md`.

#[path = "../tests/risk_plan/mod.rs"]
mod risk_plan;

use gotong::domain::Sampler;
use gotong::risk::{RiskError, Simulation};
use risk_plan::{greedy, plan_8x10, settings};

const SEEDS: u64 = 32;
/// As risk is defined: 16 scrambles of 1 024 points; and the count the page draws unless told otherwise.
const COUNTS: [u32; 2] = [16_384, 131_072];

fn run(trials: u32, seed: u64, sampler: Sampler) -> Result<Simulation, RiskError> {
    let mut simulation = Simulation::new(&plan_8x10(), &settings(trials, seed, sampler), &greedy())?;
    while simulation.step_for(u64::MAX) {}
    Ok(simulation)
}

/// Each quantity looked at: a name and its value.
fn quantities(simulation: &Simulation) -> Vec<(String, f64)> {
    let futures = simulation.snapshot();
    let cost = ("total cost".to_owned(), simulation.expected_cost_minor());
    let shortfall = ("expected shortfall".to_owned(), futures.expected_shortfall_minor);
    let holds = ("plan holds".to_owned(), futures.plan_holds.probability);
    let funded = futures
        .projects
        .iter()
        .map(|p| (format!("P({} funded)", p.id), p.funded.probability));
    [cost, shortfall, holds].into_iter().chain(funded).collect()
}

fn errors(trials: u32, sampler: Sampler, truth: &[(String, f64)]) -> Result<Vec<f64>, RiskError> {
    let mut squares = vec![0.0; truth.len()];
    for seed in 0..SEEDS {
        let found = quantities(&run(trials, seed, sampler)?);
        for ((square, (_, found)), (_, truth)) in squares.iter_mut().zip(&found).zip(truth) {
            *square += (found - truth) * (found - truth);
        }
    }
    Ok(squares
        .into_iter()
        .map(|square| (square / SEEDS as f64).sqrt())
        .collect())
}

fn main() -> Result<(), RiskError> {
    let truth = quantities(&run(1 << 23, 4711, Sampler::Sobol)?);
    for trials in COUNTS {
        let sobol = errors(trials, Sampler::Sobol, &truth)?;
        let random = errors(trials, Sampler::Random, &truth)?;
        println!("{trials} futures");
        println!(
            "{:<22} {:>16} {:>12} {:>12} {:>7}",
            "quantity", "value", "sobol rmse", "random rmse", "gain"
        );
        for (((name, value), sobol), random) in truth.iter().zip(&sobol).zip(&random) {
            println!(
                "{name:<22} {value:>16.5} {sobol:>12.5} {random:>12.5} {:>7.1}",
                random / sobol
            );
        }
        println!();
    }
    Ok(())
}
