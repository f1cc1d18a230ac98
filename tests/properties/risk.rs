//! Simulated futures against the deterministic rule and against themselves: whatever the plan, the slicing, the order
//! of rows.

#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use crate::risk_plan::{fixed, greedy, plan, plan_8x10, pledge, project, run, settings};
use gotong::domain::{CostShape, Probability, RuleId, Sampler, Scenario};
use gotong::funding::{Instance, Pool};
use gotong::risk::{
    Label, MAX_TRIALS, PlainPlan, PlainPledge, PlainProject, Quantiles, RiskError, Simulation, simulate,
};
use proptest::prelude::*;

#[test]
fn without_uncertainty_every_future_is_the_plan_on_paper() {
    let mut scenario = plan_8x10();
    for pledge in &mut scenario.pledges {
        pledge.reliability.default_probability = Probability::ZERO;
    }
    for project in &mut scenario.projects {
        project.cost.shape = CostShape::Fixed;
    }
    for rule in RuleId::ALL {
        let mut plan = greedy();
        plan.rule = rule;
        let paper = Pool::new(&Instance::from_scenario(&scenario).unwrap(), &plan)
            .unwrap()
            .run_on_paper();
        let futures = simulate(&scenario, &settings(64, 1, Sampler::Sobol), &plan).unwrap();
        let certain = |amount: u64| {
            let amount = amount as f64;
            Quantiles {
                p10: amount,
                p50: amount,
                p90: amount,
            }
        };
        for (position, project) in futures.projects.iter().enumerate() {
            let probability = if paper.funded[position] { 1.0 } else { 0.0 };
            assert_eq!(
                (project.funded.probability, project.funded.standard_error),
                (probability, 0.0)
            );
            assert_eq!(project.granted_minor, certain(paper.granted_minor[position]));
            assert_eq!(
                project.cost_minor,
                certain(scenario.projects[position].cost.likely_minor)
            );
        }
        for (position, funder) in futures.funders.iter().enumerate() {
            assert_eq!(
                funder.spent_minor,
                certain(paper.spent_minor[position]),
                "{rule:?}"
            );
            assert_eq!(
                funder.paid_in_minor,
                certain(scenario.pledges[position].amount.amount_minor())
            );
        }
        assert_eq!(
            (futures.plan_holds.probability, futures.expected_shortfall_minor),
            (1.0, 0.0)
        );
        assert_eq!(futures.sensitivity, Vec::new());
    }
}

fn bytes_in_slices(scenario: &Scenario, trials: u32, sampler: Sampler, work: u64) -> String {
    let mut simulation = Simulation::new(scenario, &settings(trials, 2026, sampler), &greedy()).unwrap();
    let mut steps = 1_u64;
    while simulation.step_for(work) {
        steps += 1;
        assert!(simulation.trials_done() < simulation.trials_total());
        if steps.is_multiple_of(1000) {
            simulation.snapshot();
        }
    }
    serde_json::to_string_pretty(&simulation.snapshot()).unwrap()
}

#[test]
fn the_bytes_do_not_depend_on_how_the_work_is_sliced() {
    for (trials, sampler) in [
        (4096, Sampler::Sobol),
        (2500, Sampler::Random),
        (100, Sampler::Sobol),
    ] {
        let whole = bytes_in_slices(&plan_8x10(), trials, sampler, u64::MAX);
        for work in [1, 77_777, 600_000] {
            assert!(
                bytes_in_slices(&plan_8x10(), trials, sampler, work) == whole,
                "{sampler:?}, slices of {work}"
            );
        }
    }
}

/// The golden files hold what each seed gave when they were written: a change of bytes is a change for every user
/// who noted a seed. Set `UPDATE_GOLDEN` to write them anew, and say so in the changelog.
#[test]
fn the_bytes_of_a_seed_are_those_of_the_golden_files() {
    for (name, trials, sampler) in [
        ("futures_sobol_4096", 4096, Sampler::Sobol),
        ("futures_random_3000", 3000, Sampler::Random),
    ] {
        let path = format!("{}/tests/golden/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let found = bytes_in_slices(&plan_8x10(), trials, sampler, 1_000_000) + "\n";
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &found).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        assert!(found == golden, "{name}: the bytes differ from {path}");
    }
}

#[test]
fn other_seeds_and_samplers_give_other_futures() {
    let of = |seed, sampler| {
        simulate(&plan_8x10(), &settings(4096, seed, sampler), &greedy())
            .unwrap()
            .mobilised
    };
    assert_ne!(of(1, Sampler::Sobol), of(2, Sampler::Sobol));
    assert_ne!(of(1, Sampler::Random), of(2, Sampler::Random));
    assert_ne!(of(1, Sampler::Sobol), of(1, Sampler::Random));
}

#[test]
fn stated_standard_errors_are_the_real_ones() {
    // Spread of P(plan holds) over 48 seeds against the mean stated error. The ratio of two such has a standard
    // error of about 10 % (48 seeds, 15 degrees of freedom each).
    for sampler in [Sampler::Sobol, Sampler::Random] {
        let runs: Vec<_> = (0..48)
            .map(|seed| {
                simulate(&plan_8x10(), &settings(2048, seed, sampler), &greedy())
                    .unwrap()
                    .plan_holds
            })
            .collect();
        let n = runs.len() as f64;
        let mean = runs.iter().map(|run| run.probability).sum::<f64>() / n;
        let spread = runs
            .iter()
            .map(|run| (run.probability - mean) * (run.probability - mean))
            .sum::<f64>()
            / (n - 1.0);
        let stated = runs
            .iter()
            .map(|run| run.standard_error * run.standard_error)
            .sum::<f64>()
            / n;
        let ratio = (spread / stated).sqrt();
        assert!((0.65..1.5).contains(&ratio), "{sampler:?}: {ratio}");
    }
}

#[test]
fn sensitivity_names_what_matters_with_its_sign() {
    let plan = plan(
        vec![pledge(100.0, 0.4, None, None), pledge(1.0, 0.4, None, None)],
        vec![
            project("p", CostShape::Triangular, [60.0, 90.0, 140.0]),
            project("never", CostShape::Triangular, [500.0, 600.0, 700.0]),
        ],
        0.0,
    );
    for sampler in [Sampler::Sobol, Sampler::Random] {
        let futures = run(&plan, 16_384, 9, sampler);
        let of = |id: &str| futures.sensitivity.iter().find(|driver| driver.id == id).unwrap();
        assert_eq!(futures.sensitivity[0].id, "pledge:0");
        assert!(of("pledge:0").rank_correlation > 0.5);
        assert_eq!(of("pledge:0").funded_when[0], 0.0);
        assert!(of("cost:p").rank_correlation < -0.2);
        assert!(of("cost:p").funded_when[0] > of("cost:p").funded_when[1]);
        for id in ["pledge:1", "cost:never"] {
            assert!(
                of(id).rank_correlation.abs() <= 5.0 * of(id).standard_error + 0.02,
                "{id}"
            );
        }
        let simulation = Simulation::from_plain(&plan, &settings(16_384, 9, sampler)).unwrap();
        assert_eq!(simulation.snapshot().sensitivity, Vec::new());
    }
}

#[test]
fn the_order_of_rows_does_not_change_the_draws() {
    let mut scenario = plan_8x10();
    let before = simulate(&scenario, &settings(2048, 1, Sampler::Sobol), &greedy()).unwrap();
    scenario.pledges.reverse();
    scenario.projects.reverse();
    let after = simulate(&scenario, &settings(2048, 1, Sampler::Sobol), &greedy()).unwrap();
    assert_eq!(before.mobilised, after.mobilised);
    for project in &before.projects {
        assert!(after.projects.contains(project));
    }
}

#[test]
fn what_cannot_be_simulated_is_refused_by_code() {
    let code = |plan: &PlainPlan, trials| {
        let settings = settings(trials, 1, Sampler::Sobol);
        Simulation::from_plain(plan, &settings)
            .map(|_| ())
            .map_err(|error: RiskError| error.code())
    };
    let one = |pledge: PlainPledge, project: PlainProject| plan(vec![pledge], vec![project], 0.2);
    let sure = pledge(1.0, 0.0, None, None);
    let good = one(sure.clone(), fixed("p", 1.0));
    assert_eq!(code(&good, 1), Ok(()));
    assert_eq!(code(&good, 0), Err("risk-trials-out-of-range"));
    assert_eq!(code(&good, MAX_TRIALS + 1), Err("risk-trials-out-of-range"));
    let table = [
        (
            one(pledge(-1.0, 0.0, None, None), fixed("p", 1.0)),
            "risk-amount-out-of-range",
        ),
        (
            one(pledge(f64::NAN, 0.0, None, None), fixed("p", 1.0)),
            "risk-amount-out-of-range",
        ),
        (
            one(pledge(1e300, 0.0, None, None), fixed("p", 1.0)),
            "risk-amount-out-of-range",
        ),
        (
            one(pledge(1.0, 1.5, None, None), fixed("p", 1.0)),
            "risk-default-probability-out-of-range",
        ),
        (
            one(pledge(1.0, 0.5, Some((0.0, 1.0)), None), fixed("p", 1.0)),
            "risk-haircut-out-of-range",
        ),
        (
            one(sure.clone(), project("p", CostShape::Pert, [2.0, 1.0, 3.0])),
            "risk-cost-order",
        ),
        (
            one(sure.clone(), project("p", CostShape::Lognormal, [0.0, 1.0, 3.0])),
            "risk-lognormal-from-zero",
        ),
        (
            plan(vec![sure.clone()], vec![fixed("p", 1.0)], 1.01),
            "risk-common-shock-out-of-range",
        ),
        (
            plan(vec![sure.clone()], vec![fixed("p", 1.0), fixed("p", 1.0)], 0.0),
            "duplicate-id",
        ),
    ];
    for (plan, expected) in table {
        assert_eq!(code(&plan, 16), Err(expected));
    }
    let mut votes = good.clone();
    votes.rule = RuleId::Greedy;
    assert_eq!(code(&votes, 16), Err("risk-rule-needs-votes"));
    let mut missing = good.clone();
    missing.projects[0].cost.likely = None;
    assert_eq!(code(&missing, 16), Err("risk-missing-figure"));
    let many = plan(vec![sure; 3000], vec![fixed("p", 1.0)], 0.0);
    assert_eq!(code(&many, 16), Err("risk-too-many-quantities"));
}

#[test]
fn the_plain_form_of_the_command_line_is_read() {
    let plan: PlainPlan = serde_json::from_str(
        r#"{"pledges": [{"amount": 120, "default_probability": 0.2, "haircut": [2, 3], "sector": "business"},
                        {"amount": 80.5, "default_probability": 0.1, "sector": 3}],
            "projects": [{"id": "well", "cost": {"shape": "pert", "low": 60, "likely": 80, "high": 130}},
                         {"id": 7, "cost": {"shape": "fixed", "likely": 90}},
                         {"id": "x", "cost": {"shape": "lognormal", "low": 5.5, "high": 9}}],
            "rule": "in-order", "common_shock": 0.3}"#,
    )
    .unwrap();
    let answer = plan.futures(&run(&plan, 4096, 1, Sampler::Sobol));
    assert_eq!((answer.mobilised.p50, answer.mobilised.p90), (200.5, 200.5));
    assert_eq!(
        answer
            .funded
            .iter()
            .map(|funded| funded.id.as_str())
            .collect::<Vec<_>>(),
        ["well", "7", "x"]
    );
    assert_eq!(answer.trials, 4096);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_plan_gives_ordered_and_bounded_answers(
        pledges in prop::collection::vec((0.0..1e6_f64, 0.0..=1.0_f64, prop::option::of((0.01..50.0_f64, 0.01..50.0_f64)), 0..3_i64), 0..6),
        costs in prop::collection::vec((0..4_usize, 0.1..1e6_f64, 0.0..1e6_f64, 0.0..1e6_f64), 0..6),
        rho in 0.0..=1.0_f64, trials in 1..300_u32, random: bool, seed: u64,
    ) {
        let shapes = [CostShape::Fixed, CostShape::Triangular, CostShape::Pert, CostShape::Lognormal];
        let plan = plan(
            pledges.iter().map(|&(amount, p, haircut, sector)| PlainPledge {
                sector: Some(Label::Number(sector)),
                ..pledge(amount, p, haircut, None)
            }).collect(),
            costs.iter().enumerate().map(|(i, &(shape, low, up, more))| {
                project(&i.to_string(), shapes[shape], [low, low + up, low + up + more])
            }).collect(),
            rho,
        );
        let sampler = if random { Sampler::Random } else { Sampler::Sobol };
        let futures = run(&plan, trials, seed, sampler);
        let answer = plan.futures(&futures);
        let total: f64 = pledges.iter().map(|row| row.0).sum();
        prop_assert!(futures.trials_done >= trials && futures.trials_done == futures.settings.trials);
        prop_assert!(answer.mobilised.p90 <= total * 1.001 + 1e-6);
        let ordered = |q: Quantiles| 0.0 <= q.p10 && q.p10 <= q.p50 && q.p50 <= q.p90;
        prop_assert!(ordered(answer.mobilised));
        for project in &futures.projects {
            prop_assert!((0.0..=1.0).contains(&project.funded.probability) && project.funded.standard_error >= 0.0);
            prop_assert!(ordered(project.granted_minor) && ordered(project.cost_minor));
        }
        for funder in &futures.funders {
            prop_assert!(ordered(funder.paid_in_minor) && ordered(funder.spent_minor));
            prop_assert!(funder.spent_minor.p90 <= funder.paid_in_minor.p90 * 1.001);
        }
        for driver in &futures.sensitivity {
            prop_assert!(driver.rank_correlation.abs() <= 1.0 && driver.standard_error.is_finite());
        }
        // In order, each project is funded at least as often as the next.
        for pair in futures.projects.windows(2) {
            prop_assert!(pair[0].funded.probability >= pair[1].funded.probability);
        }
    }
}
