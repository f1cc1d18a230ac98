//! Simulated futures against closed forms and exact convolutions, within the standard errors they state.

use crate::risk_plan::{fixed, plan, pledge, project, run};
use gotong::domain::{CostShape, Sampler};
use gotong::risk::{Beta, PlainPlan, normal_cdf};

/// P(first project funded) is `exact`, within 5 stated standard errors (and one future) under both samplers.
fn assert_probability(plan: &PlainPlan, exact: f64, what: &str) {
    for sampler in [Sampler::Sobol, Sampler::Random] {
        let funded = run(plan, 16_384, 11, sampler).projects[0].funded;
        let tolerance = 5.0 * funded.standard_error + 1.0 / 16_384.0;
        assert!(
            (funded.probability - exact).abs() <= tolerance,
            "{what}, {sampler:?}: {} is not {exact} ± {tolerance}",
            funded.probability
        );
    }
}

#[test]
fn one_sure_pledge_against_one_uncertain_cost_has_the_closed_form() {
    let against = |shape, figures, amount: f64| {
        plan(
            vec![pledge(amount, 0.0, None, None)],
            vec![project("p", shape, figures)],
            0.0,
        )
    };
    let (low, likely, high, amount) = (80.0, 100.0, 150.0, 112.5);

    let sigma = libm::log(high / low) / (2.0 * 1.281_551_565_544_600_4);
    let exact = normal_cdf(libm::log(amount / (low * high).sqrt()) / sigma);
    assert_probability(
        &against(CostShape::Lognormal, [low, likely, high], amount),
        exact,
        "lognormal",
    );

    let exact = 1.0 - (high - amount) * (high - amount) / ((high - low) * (high - likely));
    assert_probability(
        &against(CostShape::Triangular, [low, likely, high], amount),
        exact,
        "triangular",
    );

    let (a, b) = (1.0 + 4.0 * 20.0 / 70.0, 1.0 + 4.0 * 50.0 / 70.0);
    let exact = Beta::new(a, b).unwrap().cdf((amount - low) / (high - low));
    assert_probability(
        &against(CostShape::Pert, [low, likely, high], amount),
        exact,
        "pert",
    );
}

#[test]
fn one_uncertain_pledge_against_one_known_cost_has_the_closed_form() {
    // Funded unless the pledge defaults and the share lost is above 1 − 60/100.
    let haircut = (2.0, 3.0);
    let exact = 1.0 - 0.3 * (1.0 - Beta::new(2.0, 3.0).unwrap().cdf(0.4));
    // With a second pledge of its sector that never matters, the common shock comes into play: same marginal.
    for rho in [0.0, 0.4, 1.0] {
        let both = vec![
            pledge(100.0, 0.3, Some(haircut), Some("a")),
            pledge(1e-6, 0.5, None, Some("a")),
        ];
        assert_probability(&plan(both, vec![fixed("p", 60.0)], rho), exact, "haircut");
    }
}

#[test]
fn a_pledge_and_a_cost_both_uncertain_have_the_closed_form() {
    // Pledge 150 comes with probability 0.8, nothing else: funded iff it comes and the lognormal cost is below 150.
    let sigma = libm::log(4.0) / (2.0 * 1.281_551_565_544_600_4);
    let exact = 0.8 * normal_cdf(libm::log(150.0 / 100.0) / sigma);
    let plan = plan(
        vec![pledge(150.0, 0.2, None, Some("a"))],
        vec![project("p", CostShape::Lognormal, [50.0, 100.0, 200.0])],
        0.5,
    );
    assert_probability(&plan, exact, "both");
}

#[test]
fn a_bernoulli_portfolio_agrees_with_exact_convolution() {
    let rows = [
        (50, 0.1),
        (30, 0.25),
        (80, 0.05),
        (20, 0.5),
        (45, 0.3),
        (60, 0.15),
        (25, 0.4),
    ];
    let mut chance_of = vec![1.0];
    for (amount, default_probability) in rows {
        let mut next = vec![0.0; chance_of.len() + amount];
        for (sum, chance) in chance_of.iter().enumerate() {
            next[sum] += chance * default_probability;
            next[sum + amount] += chance * (1.0 - default_probability);
        }
        chance_of = next;
    }
    let pledges: Vec<_> = rows
        .iter()
        .map(|&(amount, p)| pledge(amount as f64, p, None, Some("a")))
        .collect();
    for cost in [120, 200, 260, 285] {
        let exact: f64 = chance_of[cost..].iter().sum();
        assert_probability(
            &plan(pledges.clone(), vec![fixed("p", cost as f64)], 0.0),
            exact,
            "portfolio",
        );
    }
    // Mean shortfall below the plan on paper (200), likewise.
    let exact: f64 = chance_of
        .iter()
        .zip(0..200)
        .map(|(chance, sum)| chance * f64::from(200 - sum))
        .sum();
    let plan = plan(pledges, vec![fixed("p", 200.0)], 0.0);
    let shortfall = plan
        .futures(&run(&plan, 65_536, 3, Sampler::Sobol))
        .expected_shortfall;
    assert!((shortfall - exact).abs() < 0.1, "{shortfall} {exact}");
}

#[test]
fn the_common_shock_gives_the_stated_rank_correlation() {
    // Two pledges of one sector, each defaulting half the time: neither defaults with probability
    // 1/4 + asin(ρ)/2π (Sheppard 1899), from which ρ and the latent rank correlation 6/π·asin(ρ/2) follow.
    for rho in [0.0, 0.1, 0.3, 0.7, 1.0] {
        let both = vec![
            pledge(1.0, 0.5, None, Some("a")),
            pledge(1.0, 0.5, None, Some("a")),
        ];
        let plan = plan(both, vec![fixed("p", 2.0)], rho);
        let tau = std::f64::consts::TAU;
        assert_probability(&plan, 0.25 + libm::asin(rho) / tau, "both come");
        let funded = run(&plan, 131_072, 5, Sampler::Sobol).projects[0].funded;
        let latent = libm::sin(tau * (funded.probability - 0.25));
        let rank = |rho: f64| 6.0 / std::f64::consts::PI * libm::asin(rho / 2.0);
        // d rank/d P ≤ 6: the slope of 6/π·asin(sin(x)/2) in x is at most 3/π, times 2π.
        let tolerance = 6.0 * (5.0 * funded.standard_error + 1.0 / 131_072.0);
        assert!((rank(latent) - rank(rho)).abs() <= tolerance, "{rho}: {latent}");
    }
    // Other sectors, or none, share nothing.
    for other in [Some("b"), None] {
        let apart = vec![pledge(1.0, 0.5, None, Some("a")), pledge(1.0, 0.5, None, other)];
        assert_probability(&plan(apart, vec![fixed("p", 2.0)], 1.0), 0.25, "apart");
    }
}

#[test]
fn beyond_64_quantities_the_closed_forms_still_hold() {
    let pledges: Vec<_> = (0..90).map(|_| pledge(1.0, 0.3, None, None)).collect();
    // Binomial(90, 0.7) ≥ 63, by its recurrence.
    let mut term = 1.0;
    for _ in 0..90 {
        term *= 0.3;
    }
    let mut exact = 0.0;
    for k in 0..=90 {
        if k >= 63 {
            exact += term;
        }
        term *= f64::from(90 - k) / f64::from(k + 1) * (0.7 / 0.3);
    }
    assert_probability(&plan(pledges, vec![fixed("p", 63.0)], 0.0), exact, "90 pledges");
}
