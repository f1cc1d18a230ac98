//! Futures over time against closed forms, the schedule on paper and slow code of another kind.

#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]
#![allow(clippy::cast_possible_truncation, reason = "amounts and periods chosen here")]

use crate::risk_plan::{fixed, greedy, plan, plan_8x10, pledge, project, run, settings};
use gotong::domain::{
    Conversion, CostShape, Currency, Lever, Money, OrgId, Probability, ResultsTerms, Sampler, Scenario,
    TRUST_EXIT, TRUST_GAIN, TRUST_LOSS, TrustRecord, trust_lift,
};
use gotong::funding::report;
use gotong::risk::{
    Beta, Estimate, Fan, Futures, IndicesRun, PlainPlan, PlainPledge, PlainProject, Quantiles, RiskError,
    Simulation, normal_cdf, normal_quantile, simulate,
};
use proptest::prelude::*;

const TRIALS: u32 = 16_384;

fn assert_near(found: Estimate, exact: f64, what: &str) {
    let tolerance = 5.0 * found.standard_error + 1.0 / f64::from(TRIALS);
    assert!(
        (found.probability - exact).abs() <= tolerance,
        "{what}: {} is not {exact} ± {tolerance}",
        found.probability
    );
}

fn both(plan: &PlainPlan, check: impl Fn(&Futures)) {
    for sampler in [Sampler::Sobol, Sampler::Random] {
        check(&run(plan, TRIALS, 11, sampler));
    }
}

fn over_time(pledges: Vec<PlainPledge>, projects: Vec<PlainProject>, rho: f64, periods: u16) -> PlainPlan {
    PlainPlan {
        period_months: 1,
        periods,
        ..plan(pledges, projects, rho)
    }
}

fn sure(amount: f64) -> PlainPledge {
    pledge(amount, 0.0, None, None)
}

#[test]
fn delays_have_the_stated_distribution() {
    let (chance, mean) = (0.4, 2.5);
    let late = PlainPledge {
        delay: Some((chance, mean)),
        ..sure(100.0)
    };
    for needed in 1..6_usize {
        // A project that needs its money in this period has it on time if the pledge is late by less.
        let mut tranches = vec![0; needed];
        tranches[needed - 1] = 1;
        let needing = PlainProject {
            tranches,
            ..fixed("p", 100.0)
        };
        let plan = over_time(vec![late.clone()], vec![needing], 0.0, 12);
        let mut beyond = chance;
        for _ in 1..needed {
            beyond *= 1.0 - 1.0 / mean;
        }
        both(&plan, |futures| {
            let cash = futures.cash.as_ref().unwrap();
            assert_near(cash.projects[0].on_time, 1.0 - beyond, "on time");
            assert_near(cash.shortfall, beyond, "shortfall");
            assert_near(cash.pledges[0].late, chance, "late");
            // P(K = 0) = 0.6, P(K ≤ 2) = 0.856, P(K ≤ 3) = 0.914.
            assert_eq!(cash.pledges[0].delay, [0, 0, 3]);
            assert_eq!(futures.projects[0].funded.probability, 1.0);
        });
    }
}

#[test]
fn a_sector_shares_delays_and_defaults() {
    // Default and delay of one pledge, each half the time: neither with probability 1/4 + asin(ρ)/2π (Sheppard 1899).
    // So with two pledges of one sector, one of which may default and the other be late.
    let risky = |default: f64, delay: Option<(f64, f64)>| PlainPledge {
        delay,
        ..pledge(50.0, default, None, Some("a"))
    };
    let cases = [
        vec![risky(0.5, Some((0.5, 1.0))), sure(50.0)],
        vec![risky(0.5, None), risky(0.0, Some((0.5, 3.0)))],
        vec![risky(0.0, Some((0.5, 1.0))), risky(0.0, Some((0.5, 2.0)))],
    ];
    for rho in [0.0, 0.3, 0.9] {
        for pledges in &cases {
            let plan = over_time(pledges.clone(), vec![fixed("p", 100.0)], rho, 4);
            both(&plan, |futures| {
                let on_time = futures.cash.as_ref().unwrap().projects[0].on_time;
                let exact = 0.25 + libm::asin(rho) / std::f64::consts::TAU;
                assert_near(on_time, exact, "neither");
            });
        }
    }
}

#[test]
fn withdrawals_survive_geometrically_without_trust() {
    for periods in [1_usize, 3, 8] {
        let mut tranches = vec![0; periods];
        tranches[periods - 1] = 1;
        let doubtful = PlainPledge {
            withdrawal: 0.07,
            tranches,
            ..sure(100.0)
        };
        let plan = over_time(vec![doubtful], vec![fixed("p", 100.0)], 0.0, 10);
        let exact: f64 = (0..periods).map(|_| 0.93).product();
        both(&plan, |futures| {
            let cash = futures.cash.as_ref().unwrap();
            assert_near(futures.projects[0].funded, exact, "stays");
            assert_near(cash.pledges[0].withdrawn, 1.0 - exact, "withdrawn");
        });
    }
}

#[test]
fn trust_moves_the_chance_to_withdraw_as_defined() {
    // A pledge due at the end, beside one that is always kept (trust rises) or never (trust falls) until then.
    let last = 6_usize;
    for (kept, start) in [(true, 0.2), (false, 0.9), (true, 0.0)] {
        let doubtful = PlainPledge {
            withdrawal: 0.2,
            trust: start,
            tranches: vec![0, 0, 0, 0, 0, 1],
            ..sure(100.0)
        };
        let other = PlainPledge {
            delay: (!kept).then_some((1.0, 1.0)),
            tranches: vec![1; last - 1],
            ..sure(50.0)
        };
        let plan = over_time(vec![doubtful, other], vec![fixed("p", 150.0)], 0.0, 12);
        let (mut trust, mut stays) = (start, 1.0);
        let mut levels = Vec::new();
        for _ in 0..last {
            stays *= 1.0 - 0.2 * (1.0 - TRUST_EXIT * trust);
            levels.push(trust);
            trust = if kept {
                trust + TRUST_GAIN * (1.0 - trust)
            } else {
                trust - TRUST_LOSS * trust
            };
        }
        both(&plan, |futures| {
            assert_near(futures.projects[0].funded, stays, "stays");
            let cash = futures.cash.as_ref().unwrap();
            for (period, level) in cash.periods.iter().zip(levels.iter().skip(1)) {
                assert!((period.trust.unwrap() - level).abs() < 1e-8);
            }
            assert_eq!(cash.trust.unwrap().loss, TRUST_LOSS);
        });
    }
}

#[test]
fn an_exchange_rate_is_lognormal_around_the_stated_one() {
    let dollar = Currency::new("USD").unwrap();
    let euro = Currency::new("EUR").unwrap();
    let sigma = 0.25;
    let abroad = |amount, currency| PlainPledge {
        currency: Some(currency),
        ..sure(amount)
    };
    let of = |pledges, projects| PlainPlan {
        volatility: vec![(dollar, sigma), (euro, 0.1)],
        ..plan(pledges, projects, 0.0)
    };
    // One currency moves all its pledges together.
    for pledges in [
        vec![abroad(100.0, dollar)],
        vec![abroad(60.0, dollar), abroad(40.0, dollar)],
    ] {
        for cost in [80.0, 100.0, 130.0] {
            let plan = of(pledges.clone(), vec![fixed("p", cost)]);
            both(&plan, |futures| {
                let exact = 1.0 - normal_cdf(libm::log(cost / 100.0) / sigma);
                assert_near(futures.projects[0].funded, exact, "rate");
            });
        }
    }
    // Log of rate less log of cost: a difference of normals.
    let (low, high) = (70.0, 130.0);
    let spread = libm::log(high / low) / (2.0 * 1.281_551_565_544_600_4);
    let plan = of(
        vec![abroad(110.0, dollar)],
        vec![project("p", CostShape::Lognormal, [low, 95.0, high])],
    );
    let apart = libm::log(110.0 / (low * high).sqrt()) / (sigma * sigma + spread * spread).sqrt();
    both(&plan, |futures| {
        assert_near(futures.projects[0].funded, normal_cdf(apart), "rate against cost");
    });
    // Quantiles, and the mean below a strike: K·Φ(d) − A·exp(σ²/2)·Φ(d − σ), d = ln(K/A)/σ (Black, Scholes 1973).
    let plan = of(vec![abroad(100.0, dollar)], vec![fixed("p", 100.0)]);
    let put = 100.0 * normal_cdf(0.0) - 100.0 * libm::exp(sigma * sigma / 2.0) * normal_cdf(-sigma);
    let answer = plan.futures(&run(&plan, 65_536, 3, Sampler::Sobol));
    assert!((answer.expected_shortfall - put).abs() < 0.01, "{put}");
    for (found, p) in [
        (answer.mobilised.p10, 0.1),
        (answer.mobilised.p50, 0.5),
        (answer.mobilised.p90, 0.9),
    ] {
        let exact = 100.0 * libm::exp(sigma * normal_quantile(p));
        assert!((found / exact - 1.0).abs() < 0.003, "{found} {exact}");
    }
    // Two currencies move apart.
    let sum = |first, second| {
        let plan = of(vec![abroad(50.0, first), abroad(50.0, second)], vec![]);
        run(&plan, TRIALS, 1, Sampler::Sobol).mobilised
    };
    let (together, apart) = (sum(euro, euro), sum(euro, dollar));
    assert!(apart.p90 - apart.p10 > together.p90 - together.p10);
    let rates = run(&of(vec![abroad(1.0, dollar)], vec![]), 16, 1, Sampler::Sobol).rates;
    assert_eq!((rates.len(), rates[0].factor.p50), (1, 1.0));
    assert!((rates[0].factor.p90 - libm::exp(sigma * 1.281_551_565_544_600_4)).abs() < 1e-12);
}

/// The plan of 8 × 10 over eight quarters, with every kind of uncertainty.
pub(crate) fn plan_over_time() -> Scenario {
    let mut scenario = plan_8x10();
    scenario.futures.period_months = 3;
    scenario.futures.periods = 8;
    scenario.futures.opening_minor = 25_000_000;
    scenario.conversions.push(Conversion {
        from: Currency::new("USD").unwrap(),
        rate_numerator: 16_000,
        rate_denominator: 1,
        volatility: 0.12,
    });
    for (position, pledge) in scenario.pledges.iter_mut().enumerate() {
        pledge.reliability.withdrawal = Probability::new(0.01 * position as f64).unwrap();
        pledge.reliability.delay = (position % 2 == 0).then_some((0.3, 1.5));
        pledge.terms.tranches = vec![3, 2, 1][..position % 4 % 3 + 1].to_vec();
    }
    let abroad = &mut scenario.pledges[5];
    abroad.amount = Money::new(2_500_000, Currency::new("USD").unwrap()).unwrap();
    abroad.terms.results = Some(results(Some((6.0, 2.0))));
    for (position, project) in scenario.projects.iter_mut().enumerate() {
        match position % 3 {
            0 => project.tranches = vec![50, 30, 20],
            1 => project.duration_months = Some(14),
            _ => {}
        }
    }
    let org = |name: &str| OrgId::new(name).unwrap();
    scenario.trust.push(TrustRecord {
        between: (org("province"), org("energy")),
        level: Probability::new(0.6).unwrap(),
    });
    scenario.partnership.levers = vec![Lever::Transparency, Lever::Communication];
    scenario
}

fn results(verified: Option<(f64, f64)>) -> ResultsTerms {
    ResultsTerms {
        outcome: "a child who reads".into(),
        price_minor: 4_000_000,
        cap_minor: None,
        expected: 100,
        prefinanced_by: Some(OrgId::new("bank").unwrap()),
        verified,
    }
}

fn bytes_in_slices(scenario: &Scenario, trials: u32, sampler: Sampler, work: u64) -> String {
    let mut chosen = scenario.futures;
    (chosen.trials, chosen.seed, chosen.sampler) = (trials, 2026, sampler);
    let mut simulation = Simulation::new(scenario, &chosen, &greedy()).unwrap();
    while simulation.step_for(work) {}
    serde_json::to_string_pretty(&simulation.snapshot()).unwrap()
}

#[test]
fn the_bytes_over_time_depend_on_the_seed_alone() {
    let scenario = plan_over_time();
    for (name, trials, sampler) in [
        ("futures_time_sobol_2048", 2048, Sampler::Sobol),
        ("futures_time_random_1500", 1500, Sampler::Random),
    ] {
        let whole = bytes_in_slices(&scenario, trials, sampler, u64::MAX);
        for work in [1, 400_000] {
            assert!(
                bytes_in_slices(&scenario, trials, sampler, work) == whole,
                "slices of {work}"
            );
        }
        let path = format!("{}/tests/golden/{name}.json", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, whole.clone() + "\n").unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        assert!(golden == whole + "\n", "{name}: the bytes differ from {path}");
    }
}

#[test]
fn what_a_scenario_says_of_time_comes_through() {
    let mut scenario = plan_over_time();
    let run_it = |scenario: &Scenario| {
        let mut chosen = scenario.futures;
        chosen.trials = 4096;
        simulate(scenario, &chosen, &greedy()).unwrap()
    };
    let futures = run_it(&scenario);
    let cash = futures.cash.as_ref().unwrap();
    assert_eq!(
        (cash.periods.len(), cash.period_months, cash.opening_minor),
        (8, 3, 25_000_000)
    );
    assert_eq!(cash.projects[0].needed_by, 3);
    assert_eq!(cash.projects[1].needed_by, 5, "14 months are five quarters");
    assert_eq!(cash.trust.unwrap().lift, trust_lift(&scenario.partnership.levers));
    let drivers: Vec<_> = futures
        .sensitivity
        .iter()
        .map(|driver| driver.id.as_str())
        .collect();
    for id in [
        "rate:USD",
        "delay:province",
        "withdraw:regency",
        "pledge:bank",
        "cost:well",
    ] {
        assert!(drivers.contains(&id), "{id}");
    }
    assert!(!drivers.contains(&"withdraw:province"), "it is never withdrawn");
    assert_eq!(cash.pledges[0].withdrawn.probability, 0.0);
    assert!(cash.pledges[7].withdrawn.probability > 0.03);
    // Open reporting holds partners.
    scenario.partnership.levers.clear();
    let closed = run_it(&scenario);
    let leaves = |futures: &Futures| -> f64 {
        let pledges = &futures.cash.as_ref().unwrap().pledges;
        pledges.iter().map(|pledge| pledge.withdrawn.probability).sum()
    };
    assert!(leaves(&closed) > leaves(&futures));
    // Without a word about time there is none.
    assert_eq!(run_it(&plan_8x10()).cash, None);
    // A delay alone is reason enough.
    let mut late = plan_8x10();
    late.pledges[0].reliability.delay = Some((0.5, 1.0));
    let cash = run_it(&late).cash.unwrap();
    assert_eq!((cash.period_months, cash.periods.len()), (3, 12));
}

#[test]
fn sobol_indices_look_at_time_too() {
    let scenario = plan_over_time();
    let mut chosen = scenario.futures;
    chosen.trials = 1024;
    let mut run = IndicesRun::new(&scenario, &chosen, &greedy()).unwrap();
    while run.step_for(u64::MAX) {}
    let indices = run.snapshot();
    for figure in &indices.figures {
        let of = |id: &str| figure.drivers.iter().find(|driver| driver.id == id).unwrap();
        for id in ["rate:USD", "delay:province", "withdraw:university", "pledge:bank"] {
            assert!(of(id).total.value >= -1e-12, "{id}");
        }
    }
    // What nobody ever withdraws moves nothing; a pledge that may be withdrawn in any of its periods does.
    let received = &indices.figures[1];
    let of = |id: &str| {
        received
            .drivers
            .iter()
            .find(|driver| driver.id == id)
            .unwrap()
            .total
            .value
    };
    assert!(of("withdraw:university") > 0.0);
}

#[test]
fn verified_outcomes_have_the_stated_distribution() {
    let mut scenario = plan_8x10();
    for pledge in &mut scenario.pledges {
        pledge.reliability.default_probability = Probability::ZERO;
    }
    for project in &mut scenario.projects {
        project.cost.shape = CostShape::Fixed;
    }
    let shapes = (6.0, 2.0);
    for verified in [Some(shapes), None] {
        scenario.pledges[5].terms.results = Some(results(verified));
        let futures = simulate(&scenario, &settings(65_536, 4, Sampler::Sobol), &greedy()).unwrap();
        let found = &futures.results[0];
        let advance = found.advance_minor.p50;
        assert_eq!(
            (found.id.as_str(), found.advance_minor.p10),
            ("foundation", advance)
        );
        let beta = Beta::new(shapes.0, shapes.1).unwrap();
        let share = |p: f64| if verified.is_some() { beta.quantile(p) } else { 1.0 };
        let at = [
            (found.verified.p10, 0.1),
            (found.verified.p50, 0.5),
            (found.verified.p90, 0.9),
        ];
        for (count, p) in at {
            assert!((count - 100.0 * share(p)).abs() <= 1.0, "{count} at {p}");
        }
        let paid = (found.verified.p50 * 4_000_000.0).min(400_000_000.0);
        assert!((found.paid_minor.p50 - paid).abs() < 1.0, "{found:?}");
        // Below 100 · X · 4 million the advance is not paid back.
        let needed = (advance / 4_000_000.0).ceil() - 0.5;
        let exact = if verified.is_some() {
            beta.cdf(needed / 100.0)
        } else {
            0.0
        };
        assert_near(found.loss, exact, "loss");
    }
}

#[test]
fn what_cannot_be_is_refused_by_code() {
    let code = |change: &dyn Fn(&mut PlainPlan)| {
        let mut plan = over_time(vec![sure(1.0)], vec![fixed("p", 1.0)], 0.0, 4);
        change(&mut plan);
        Simulation::from_plain(&plan, &settings(16, 1, Sampler::Sobol))
            .map(|_| ())
            .map_err(|error: RiskError| error.code())
    };
    assert_eq!(code(&|_| {}), Ok(()));
    let dollar = Currency::new("USD").unwrap();
    for delay in [
        (-0.1, 2.0),
        (1.1, 2.0),
        (0.5, 0.9),
        (0.5, 121.0),
        (f64::NAN, 2.0),
        (0.5, f64::INFINITY),
    ] {
        let found = code(&|plan| plan.pledges[0].delay = Some(delay));
        assert_eq!(found, Err("risk-delay-out-of-range"), "{delay:?}");
    }
    for chance in [-0.01, 1.01, f64::NAN] {
        let found = code(&|plan| plan.pledges[0].withdrawal = chance);
        assert_eq!(found, Err("risk-withdrawal-out-of-range"));
        let found = code(&|plan| plan.pledges[0].trust = chance);
        assert_eq!(found, Err("risk-trust-out-of-range"));
    }
    for sigma in [-0.1, 2.1, f64::NAN] {
        let found = code(&|plan| {
            plan.pledges[0].currency = Some(dollar);
            plan.volatility = vec![(dollar, sigma)];
        });
        assert_eq!(found, Err("risk-volatility-out-of-range"));
    }
    assert_eq!(
        code(&|plan| plan.period_months = 2),
        Err("risk-period-out-of-range")
    );
    assert_eq!(code(&|plan| plan.periods = 121), Err("risk-periods-out-of-range"));
    assert_eq!(
        code(&|plan| plan.pledges[0].tranches = vec![1; 121]),
        Err("risk-periods-out-of-range")
    );
    assert_eq!(code(&|plan| plan.opening = -1.0), Err("risk-amount-out-of-range"));
    let mut scenario = plan_8x10();
    scenario.pledges[0].terms.results = Some(results(Some((0.0, 1.0))));
    let found = simulate(&scenario, &settings(16, 1, Sampler::Sobol), &greedy());
    assert_eq!(found.unwrap_err().code(), "risk-verified-out-of-range");
}

/// `amount` by parts: floor of the quotient, the rest by largest remainder, in the plainest way.
fn split(amount: u64, parts: &[u32]) -> Vec<u64> {
    let total: u128 = parts.iter().map(|&part| u128::from(part)).sum();
    if total == 0 {
        let mut all = vec![0; parts.len().max(1)];
        all[0] = amount;
        return all;
    }
    let product = |part: u32| u128::from(amount) * u128::from(part);
    let mut shares: Vec<u64> = parts.iter().map(|&part| (product(part) / total) as u64).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&k| std::cmp::Reverse(product(parts[k]) % total));
    let left = amount - shares.iter().sum::<u64>();
    for &k in order.iter().take(left as usize) {
        shares[k] += 1;
    }
    shares
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn without_uncertainty_cash_is_the_schedule_on_paper(
        amounts in prop::collection::vec((1..2_000_000_000_u64, prop::collection::vec(0..9_u32, 0..6)), 1..6),
        costs in prop::collection::vec((1..1_500_000_000_u64, prop::collection::vec(0..9_u32, 0..6), prop::option::of(1..40_u16)), 1..6),
        months in prop::sample::select(vec![1_u16, 3, 6, 12]), opening in 0..500_000_000_u64,
    ) {
        let mut scenario = plan_8x10();
        scenario.pledges.truncate(amounts.len());
        scenario.projects.truncate(costs.len());
        scenario.ballots.truncate(costs.len());
        scenario.futures.period_months = months;
        scenario.futures.periods = 1;
        scenario.futures.opening_minor = opening;
        scenario.futures.trials = 16;
        let usable = |parts: &Vec<u32>| if parts.iter().any(|&part| part > 0) { parts.clone() } else { Vec::new() };
        for (pledge, (amount, parts)) in scenario.pledges.iter_mut().zip(&amounts) {
            pledge.amount = Money::new(*amount, Currency::IDR).unwrap();
            pledge.reliability.default_probability = Probability::ZERO;
            pledge.terms.tranches = usable(parts);
        }
        for (project, (cost, parts, duration)) in scenario.projects.iter_mut().zip(&costs) {
            project.cost = gotong::domain::CostEstimate::fixed(*cost);
            project.tranches = usable(parts);
            project.duration_months = *duration;
        }
        let paper = report(&scenario, &greedy()).unwrap();
        let futures = simulate(&scenario, &scenario.futures, &greedy()).unwrap();
        let cash = futures.cash.unwrap();
        let certain = |minor: u64| Quantiles { p10: minor as f64, p50: minor as f64, p90: minor as f64 };
        if let Some(schedule) = &paper.schedule {
            for (found, period) in cash.periods.iter().zip(&schedule.periods) {
                prop_assert_eq!(found.inflow_minor, certain(period.inflow_minor));
                prop_assert_eq!(found.outflow_minor, certain(period.outflow_minor));
                let b = period.balance_minor as f64;
                prop_assert_eq!(found.balance_minor, Fan { p5: b, p10: b, p50: b, p90: b, p95: b });
            }
            prop_assert_eq!(cash.bridge_minor, certain(schedule.bridge_minor));
            prop_assert_eq!(usize::from(cash.worst_period), schedule.worst_period);
        }
        prop_assert!(cash.periods.len() >= paper.schedule.map_or(1, |schedule| schedule.periods.len()));
        prop_assert_eq!(cash.later_minor, 0.0);
    }

    #[test]
    fn sure_delays_defaults_and_withdrawals_are_those_of_slow_code(
        rows in prop::collection::vec((1..1000_u32, prop::collection::vec(0..5_u32, 1..5), any::<bool>(), 0..4_u32), 1..6),
        needs in prop::collection::vec((1..1000_u32, prop::collection::vec(0..5_u32, 1..5)), 1..5),
        opening in 0..800_u32, sobol: bool,
    ) {
        // Every future is the same: late by exactly one period or not, lost or not, withdrawn at once or not.
        let pledges: Vec<_> = rows.iter().map(|(amount, parts, late, fate)| PlainPledge {
            tranches: parts.clone(),
            delay: late.then_some((1.0, 1.0)),
            withdrawal: if *fate == 0 { 1.0 } else { 0.0 },
            ..pledge(f64::from(*amount), if *fate == 1 { 1.0 } else { 0.0 }, None, None)
        }).collect();
        let projects: Vec<_> = needs.iter().enumerate().map(|(i, (cost, parts))| PlainProject {
            tranches: parts.clone(),
            ..fixed(&i.to_string(), f64::from(*cost))
        }).collect();
        let periods = 6_usize;
        let plan = PlainPlan { opening: f64::from(opening), ..over_time(pledges, projects, 0.0, 6) };
        let unit = plan.scale() as u64;
        let futures = run(&plan, 32, 5, if sobol { Sampler::Sobol } else { Sampler::Random });
        // In order, stopping at the first misfit; whoever is left pays pro rata, as the mechanism itself tells.
        let cash = futures.cash.unwrap();
        let mut balance = vec![i128::from(opening) * i128::from(unit); periods];
        let mut inflow = vec![0_u64; periods];
        let mut later = 0;
        for (funder, (amount, parts, late, fate)) in futures.funders.iter().zip(&rows) {
            let pays = u64::from(*amount) * unit * u64::from(*fate > 1);
            prop_assert_eq!(funder.paid_in_minor.p50, pays as f64);
            for (k, share) in split(funder.spent_minor.p50 as u64, parts).into_iter().enumerate() {
                let when = k + usize::from(*late);
                if when < periods { inflow[when] += share } else { later += share }
            }
        }
        let mut outflow = vec![0_u64; periods];
        for (project, (_, parts)) in futures.projects.iter().zip(&needs) {
            for (k, share) in split(project.granted_minor.p50 as u64, parts).into_iter().enumerate() {
                outflow[k] += share;
            }
        }
        let mut now = i128::from(opening) * i128::from(unit);
        for period in 0..periods {
            now += i128::from(inflow[period]) - i128::from(outflow[period]);
            balance[period] = now;
        }
        for (found, &exact) in cash.periods.iter().zip(&balance) {
            prop_assert_eq!(found.balance_minor.p50, exact as f64);
            prop_assert_eq!(found.short.probability, if exact < 0 { 1.0 } else { 0.0 });
        }
        let lowest = *balance.iter().min().unwrap();
        prop_assert_eq!(cash.bridge_minor.p50, (-lowest).max(0) as f64);
        prop_assert_eq!(cash.shortfall.probability, if lowest < 0 { 1.0 } else { 0.0 });
        prop_assert_eq!(cash.later_minor, later as f64);
        // Needs are served in the order in which they are due.
        let sum_to = |list: &[u64], last: usize| list.iter().take(last + 1).sum::<u64>();
        for ((dates, project), (_, parts)) in cash.projects.iter().zip(&futures.projects).zip(&needs) {
            let funded = project.funded.probability > 0.5;
            prop_assert_eq!(dates.paid_by.is_some(), funded);
            let last = parts.iter().rposition(|&part| part > 0).unwrap_or(0);
            prop_assert_eq!(usize::from(dates.needed_by), last + 1);
            if let Some(paid_by) = dates.paid_by {
                let due = sum_to(&outflow, last);
                let covers = |t: &usize| u64::from(opening) * unit + sum_to(&inflow, *t) >= due;
                let exact = (last..periods).find(covers).map(|t| t as u16 + 1);
                prop_assert_eq!((paid_by.p10, paid_by.p90), (exact, exact));
            }
        }
    }
}
