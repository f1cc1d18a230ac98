//! Plans compared under the same random numbers, and Sobol indices of plans: against independent runs, closed forms and
//! each other.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use crate::risk_plan::{greedy, plan_8x10, settings};
use gotong::domain::{
    CostEstimate, CostShape, FutureSettings, Money, OrgId, Organisation, PoolPlan, Probability, Reliability,
    RuleId, Sampler, Scenario, Sector,
};
use gotong::risk::{Contrast, IndexedFigure, Indices, IndicesRun, Paired, PairedRun, simulate};
use proptest::prelude::*;

fn compared(before: &Scenario, after: &Scenario, settings: &FutureSettings, work: u64) -> Paired {
    let [before, after] = [before, after].map(|scenario| Scenario {
        futures: *settings,
        pool: greedy(),
        ..scenario.clone()
    });
    let mut run = PairedRun::new(&before, &[after]).unwrap();
    while run.step_for(work) {}
    run.snapshot()[0].clone()
}

fn all(paired: &Paired) -> Vec<Contrast> {
    let mut all = vec![
        paired.plan_holds,
        paired.funded,
        paired.received_minor,
        paired.shortfall_minor,
        paired.gap_minor,
    ];
    all.extend(paired.projects.iter().map(|project| project.funded));
    all
}

/// One donor promises less.
fn without_a_third(mut scenario: Scenario, place: usize) -> Scenario {
    let amount = scenario.pledges[place].amount;
    scenario.pledges[place].amount = Money::new(amount.amount_minor() * 7 / 10, amount.currency()).unwrap();
    scenario
}

fn costs_up(mut scenario: Scenario, percent: u64) -> Scenario {
    for project in &mut scenario.projects {
        for figure in [
            &mut project.cost.low_minor,
            &mut project.cost.likely_minor,
            &mut project.cost.high_minor,
        ] {
            *figure += *figure * percent / 100;
        }
    }
    scenario
}

#[test]
fn before_is_the_ordinary_run_and_after_is_the_run_of_the_changed_plan() {
    for sampler in [Sampler::Sobol, Sampler::Random] {
        let settings = settings(16_384, 5, sampler);
        let (before, after) = (plan_8x10(), without_a_third(plan_8x10(), 0));
        let paired = compared(&before, &after, &settings, 1_000_000);
        let ordinary = simulate(&before, &settings, &greedy()).unwrap();
        let changed = simulate(&after, &settings, &greedy()).unwrap();
        assert_eq!(paired.plan_holds.before, ordinary.plan_holds.probability);
        assert_eq!(paired.shortfall_minor.before, ordinary.expected_shortfall_minor);
        for (place, project) in paired.projects.iter().enumerate() {
            assert_eq!(project.funded.before, ordinary.projects[place].funded.probability);
            // The same quantities are uncertain: the same dimensions, the same futures.
            assert_eq!(project.funded.after, changed.projects[place].funded.probability);
        }
    }
}

#[test]
fn no_change_is_no_difference_at_all() {
    for sampler in [Sampler::Sobol, Sampler::Random] {
        let paired = compared(&plan_8x10(), &plan_8x10(), &settings(4096, 1, sampler), 1_000_000);
        for contrast in all(&paired) {
            assert_eq!((contrast.difference, contrast.standard_error), (0.0, 0.0));
            assert!(!contrast.is_clear());
        }
    }
}

#[test]
fn slices_do_not_matter() {
    let (before, after) = (plan_8x10(), costs_up(plan_8x10(), 20));
    let settings = settings(4096, 9, Sampler::Sobol);
    let whole = compared(&before, &after, &settings, u64::MAX);
    for work in [1, 70_000, 1_000_003] {
        assert_eq!(compared(&before, &after, &settings, work), whole);
    }
}

#[test]
fn the_paired_error_is_the_spread_of_the_difference_and_far_below_that_of_two_runs() {
    let (before, after) = (plan_8x10(), costs_up(plan_8x10(), 3));
    for sampler in [Sampler::Sobol, Sampler::Random] {
        let seeds = 48_u64;
        let runs: Vec<Paired> = (0..seeds)
            .map(|seed| compared(&before, &after, &settings(1024, seed, sampler), u64::MAX))
            .collect();
        let of = |figure: &dyn Fn(&Paired) -> Contrast, what: &str| {
            let n = seeds as f64;
            let differences: Vec<f64> = runs.iter().map(|run| figure(run).difference).collect();
            let mean = differences.iter().sum::<f64>() / n;
            let spread = differences.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / (n - 1.0);
            let stated = runs
                .iter()
                .map(|run| figure(run).standard_error * figure(run).standard_error)
                .sum::<f64>()
                / n;
            let ratio = (spread / stated).sqrt();
            assert!((0.7..1.45).contains(&ratio), "{what} {sampler:?}: {ratio}");
        };
        of(&|run| run.funded, "funded");
        of(&|run| run.gap_minor, "gap");
        // Two independent runs of 1 024 futures would miss the difference of the mean number funded by
        // √2·s/√1024 with s about 1.9 projects.
        let paired = runs[0].funded.standard_error;
        assert!(
            paired < 0.5 * 2.0_f64.sqrt() * 1.9 / 32.0,
            "{sampler:?}: {paired}"
        );
    }
}

#[test]
fn what_only_the_plan_after_has_leaves_the_luck_of_the_others_alone() {
    // A certain pledge becomes uncertain: all others draw what they drew before, so money received falls by what this
    // one pledge loses, exactly in each future.
    let mut before = plan_8x10();
    for pledge in &mut before.pledges {
        pledge.reliability.haircut = None;
    }
    let settings = FutureSettings {
        common_shock: Probability::ZERO,
        ..settings(16_384, 3, Sampler::Sobol)
    };
    let mut after = before.clone();
    before.pledges[2].reliability = Reliability::default();
    let chance = after.pledges[2].reliability.default_probability.get();
    let amount = after.pledges[2].amount.amount_minor() as f64;
    let paired = compared(&before, &after, &settings, u64::MAX);
    let received = paired.received_minor;
    assert!((received.difference + chance * amount).abs() < 5.0 * received.standard_error + 0.001 * amount);
    // One Bernoulli quantity on evenly spread points: far below the error of 16 384 independent draws.
    let random = amount * (chance * (1.0 - chance) / 16_384.0).sqrt();
    assert!(
        received.standard_error < 0.5 * random,
        "{} {random}",
        received.standard_error
    );
    // And the other way round: what is taken away.
    after.pledges[0].reliability = Reliability::default();
    let back = compared(&after, &before, &settings, 1_000_000);
    assert!(back.received_minor.difference != 0.0);
}

#[test]
fn a_loss_that_is_certain_is_clear_and_exact() {
    let mut before = plan_8x10();
    for pledge in &mut before.pledges {
        pledge.reliability = Reliability::default();
    }
    for project in &mut before.projects {
        project.cost = CostEstimate::fixed(project.cost.likely_minor);
    }
    let after = without_a_third(before.clone(), 0);
    let paired = compared(&before, &after, &settings(64, 1, Sampler::Random), u64::MAX);
    assert_eq!(paired.received_minor.difference, -195_000_000.0);
    assert_eq!(paired.received_minor.standard_error, 0.0);
    assert!(paired.received_minor.is_clear());
}

fn indices(scenario: &Scenario, settings: &FutureSettings, work: u64) -> Indices {
    let mut run = IndicesRun::new(scenario, settings, &greedy()).unwrap();
    while run.step_for(work) {}
    run.snapshot()
}

#[test]
fn money_received_without_a_common_shock_is_additive_and_has_closed_form_indices() {
    // Received = Σ amount·(1 − D): V_i = amount²·p(1 − p), S_i = S_Ti.
    let mut scenario = plan_8x10();
    let mut variances = Vec::new();
    for pledge in &mut scenario.pledges {
        pledge.reliability.haircut = None;
        let (p, amount) = (
            pledge.reliability.default_probability.get(),
            pledge.amount.amount_minor() as f64,
        );
        variances.push((format!("pledge:{}", pledge.id), amount * amount * p * (1.0 - p)));
    }
    let whole: f64 = variances.iter().map(|(_, variance)| variance).sum();
    let settings = FutureSettings {
        common_shock: Probability::ZERO,
        ..settings(131_072, 4, Sampler::Sobol)
    };
    let found = indices(&scenario, &settings, u64::MAX);
    let received = &found.figures[1];
    assert_eq!(received.figure, IndexedFigure::Received);
    assert!((received.variance / whole - 1.0).abs() < 0.05);
    for (id, variance) in &variances {
        let driver = received.drivers.iter().find(|driver| driver.id == *id).unwrap();
        for share in [driver.first, driver.total] {
            let tolerance = 5.0 * share.standard_error + 0.002;
            assert!(
                (share.value - variance / whole).abs() < tolerance,
                "{id}: {share:?}"
            );
        }
    }
    let costs = received
        .drivers
        .iter()
        .filter(|driver| driver.id.starts_with("cost:"));
    assert!(costs.clone().count() == 10);
    for cost in costs {
        assert_eq!((cost.first.value, cost.total.value), (0.0, 0.0), "{}", cost.id);
    }
    assert!((received.alone.value - 1.0).abs() < 5.0 * received.alone.standard_error + 0.01);
}

#[test]
fn a_pledge_that_decides_alone_explains_everything() {
    let mut scenario = plan_8x10();
    for pledge in &mut scenario.pledges[1..] {
        pledge.reliability = Reliability::default();
    }
    for project in &mut scenario.projects {
        project.cost = CostEstimate::fixed(project.cost.likely_minor);
    }
    let found = indices(&scenario, &settings(16_384, 4, Sampler::Sobol), u64::MAX);
    assert_eq!(found.points, 16_384);
    assert_eq!(found.runs, 16_384 * 3);
    for figure in &found.figures {
        let driver = &figure.drivers[0];
        assert_eq!(driver.id, "pledge:province");
        for share in [driver.first, driver.total] {
            assert!(
                (share.value - 1.0).abs() < 5.0 * share.standard_error + 0.02,
                "{share:?}"
            );
        }
    }
}

#[test]
fn the_shock_of_a_sector_is_a_driver_of_its_own_and_acts_through_its_pledges() {
    // Two even pledges of one sector at ρ → 1: the shock decides nearly alone; at ρ = 0 there is none.
    let mut scenario = plan_8x10();
    for pledge in &mut scenario.pledges {
        let even = matches!(pledge.id.as_str(), "energy" | "telecom");
        pledge.reliability = Reliability {
            default_probability: Probability::new(if even { 0.5 } else { 0.0 }).unwrap(),
            ..Reliability::default()
        };
    }
    let with = |rho: f64| {
        let settings = FutureSettings {
            common_shock: Probability::new(rho).unwrap(),
            ..settings(65_536, 4, Sampler::Sobol)
        };
        indices(&scenario, &settings, u64::MAX).figures[1].clone()
    };
    let strong = with(0.98);
    assert_eq!(strong.drivers[0].id, "shock:business");
    assert!(strong.drivers[0].first.value > 0.85, "{:?}", strong.drivers[0]);
    let weak = with(0.3);
    let shock = weak
        .drivers
        .iter()
        .find(|driver| driver.id == "shock:business")
        .unwrap();
    // Closed form: both pledges are ½ ± ½ with correlation r = 2·asin(ρ)/π of the outcomes; with amounts a and b the
    // variance given F alone is that of (a + b)·Φ((…)F): E over F. First order of F is Cov of two futures sharing F:
    // [a² + b²]·c + 2ab·c over [a² + b²]/4 + 2ab·c with c = asin(ρ)/(2π).
    let (a, b) = (550.0_f64, 450.0_f64);
    let c = libm::asin(0.3) / (2.0 * std::f64::consts::PI);
    let exact = (a + b) * (a + b) * c / ((a * a + b * b) / 4.0 + 2.0 * a * b * c);
    assert!(
        (shock.first.value - exact).abs() < 5.0 * shock.first.standard_error + 0.005,
        "{shock:?} {exact}"
    );
    assert!(
        with(0.0)
            .drivers
            .iter()
            .all(|driver| !driver.id.starts_with("shock:"))
    );
}

#[test]
fn totals_are_at_least_first_orders_and_these_sum_to_at_most_one() {
    for seed in 0..8 {
        let found = indices(&plan_8x10(), &settings(32_768, seed, Sampler::Sobol), u64::MAX);
        for figure in &found.figures {
            assert!(figure.alone.value < 1.0 + 5.0 * figure.alone.standard_error + 0.01);
            for driver in &figure.drivers {
                let (first, total) = (driver.first, driver.total);
                let error = (first.standard_error * first.standard_error
                    + total.standard_error * total.standard_error)
                    .sqrt();
                assert!(total.value >= first.value - 5.0 * error, "{driver:?}");
                assert!(total.value >= 0.0);
            }
            let totals: Vec<f64> = figure.drivers.iter().map(|driver| driver.total.value).collect();
            assert!(totals.is_sorted_by(|a, b| a >= b));
        }
    }
}

#[test]
fn indices_do_not_depend_on_row_order_or_slices_and_say_what_they_cost() {
    let settings = settings(8192, 4, Sampler::Sobol);
    let scenario = plan_8x10();
    let found = indices(&scenario, &settings, u64::MAX);
    let mut turned = scenario.clone();
    turned.pledges.reverse();
    turned.organisations.reverse();
    let mut again = indices(&turned, &settings, u64::MAX);
    // Received and gap are sums, which do not see the order; greedy's payments split pro rata, which does not either.
    again.rule = found.rule;
    assert_eq!(again, found);
    for work in [1, 1_000_003] {
        assert_eq!(indices(&scenario, &settings, work), found);
    }
    let drivers = found.figures[0].drivers.len() as u64;
    assert_eq!(drivers, 3 + 8 + 10);
    assert_eq!(found.runs, u64::from(found.points) * (drivers + 2));
    assert!(found.runs <= 4 * 8192 && found.points.is_power_of_two());
}

#[test]
fn a_plan_without_doubt_has_no_drivers() {
    let mut scenario = plan_8x10();
    for pledge in &mut scenario.pledges {
        pledge.reliability = Reliability::default();
    }
    for project in &mut scenario.projects {
        project.cost.shape = CostShape::Fixed;
    }
    let found = indices(&scenario, &settings(64, 1, Sampler::Sobol), 1_000_000);
    for figure in &found.figures {
        assert!(figure.drivers.is_empty() && figure.variance == 0.0);
        assert_eq!(figure.alone.value, 0.0);
    }
}

/// A small random plan.
fn small() -> impl Strategy<Value = Scenario> {
    let pledge = (0_u64..2_000, 0.0..1.0_f64, any::<bool>(), 0..3_usize);
    let project = (1_u64..1_500, 0_u64..400, 0_u64..400, 0..4_usize);
    (
        proptest::collection::vec(pledge, 1..5),
        proptest::collection::vec(project, 1..5),
    )
        .prop_map(|(pledges, projects)| {
            let mut scenario = plan_8x10();
            scenario.organisations.clear();
            let (pledge_row, project_row) = (scenario.pledges[0].clone(), scenario.projects[0].clone());
            let ballot = scenario.ballots[0].clone();
            scenario.pledges.clear();
            scenario.projects.clear();
            scenario.ballots.clear();
            for (i, (amount, chance, haircut, sector)) in pledges.into_iter().enumerate() {
                let id = OrgId::new(&format!("f{i}")).unwrap();
                let sector = [Sector::Business, Sector::Government, Sector::Academia][sector];
                scenario
                    .organisations
                    .push(Organisation::new(id.clone(), "F".into(), sector));
                let mut row = pledge_row.clone();
                row.id = gotong::domain::PledgeId::new(&format!("f{i}")).unwrap();
                row.funder = id;
                row.amount = Money::new(amount, row.amount.currency()).unwrap();
                row.reliability.default_probability = Probability::new(chance).unwrap();
                row.reliability.haircut = haircut.then_some((2.0, 3.0));
                scenario.pledges.push(row);
            }
            for (i, (low, more, most, shape)) in projects.into_iter().enumerate() {
                let mut row = project_row.clone();
                row.id = gotong::domain::ProjectId::new(&format!("p{i}")).unwrap();
                row.cost = CostEstimate {
                    shape: [
                        CostShape::Fixed,
                        CostShape::Pert,
                        CostShape::Triangular,
                        CostShape::Lognormal,
                    ][shape],
                    low_minor: low,
                    likely_minor: low + more,
                    high_minor: low + more + most,
                };
                let mut votes = ballot.clone();
                votes.approves = vec![row.id.clone()];
                scenario.ballots.push(votes);
                scenario.projects.push(row);
            }
            scenario
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Against two ordinary runs and plain sums: no shared code for the means; every figure in range.
    #[test]
    fn any_plan_compared_with_itself_at_other_costs_adds_up(
        before in small(), percent in 0_u64..60, seed in 0_u64..50, random in any::<bool>(),
    ) {
        let sampler = if random { Sampler::Random } else { Sampler::Sobol };
        let settings = settings(64, seed, sampler);
        let after = costs_up(before.clone(), percent);
        let paired = compared(&before, &after, &settings, 40_000);
        let runs = [&before, &after].map(|plan| simulate(plan, &settings, &greedy()).unwrap());
        for (place, project) in paired.projects.iter().enumerate() {
            prop_assert!((project.funded.before - runs[0].projects[place].funded.probability).abs() < 1e-12);
            // A cost of 0 range may become one: then dimensions differ. Otherwise the same futures.
            prop_assert!((0.0..=1.0).contains(&project.funded.after));
        }
        let sum: f64 = paired.projects.iter().map(|project| project.funded.after).sum();
        prop_assert!((sum - paired.funded.after).abs() < 1e-9);
        prop_assert_eq!(paired.received_minor.difference, 0.0);
        prop_assert_eq!(paired.received_minor.standard_error, 0.0);
        prop_assert!(paired.gap_minor.difference >= -1e-9);
        for contrast in all(&paired) {
            prop_assert!((contrast.before + contrast.difference - contrast.after).abs() <= 1e-9 * contrast.after.abs().max(1.0));
            prop_assert!(contrast.standard_error >= 0.0 && contrast.standard_error.is_finite());
        }
    }

    /// Every index is finite and none is wild, whatever the plan.
    #[test]
    fn any_plan_has_finite_indices(scenario in small(), seed in 0_u64..50, random in any::<bool>()) {
        let sampler = if random { Sampler::Random } else { Sampler::Sobol };
        let mut run = IndicesRun::new(&scenario, &settings(256, seed, sampler), &PoolPlan::of(RuleId::Proportional)).unwrap();
        let mut last = 0;
        while run.step_for(50_000) {
            let (done, total) = run.progress();
            prop_assert!(done >= last && done <= total);
            last = done;
        }
        let found = run.snapshot();
        prop_assert_eq!(found.points_done, found.points);
        for figure in &found.figures {
            prop_assert!(figure.mean.is_finite() && figure.variance >= 0.0);
            for driver in &figure.drivers {
                prop_assert!(driver.total.value >= 0.0 && driver.total.value.is_finite());
                prop_assert!(driver.first.value.is_finite() && driver.first.standard_error.is_finite());
            }
        }
    }
}

#[test]
fn exchange_rates_and_delays_are_drivers_too_and_keep_their_luck() {
    // One pledge abroad, nothing else uncertain: the rate explains all, with the variance of a lognormal quantity.
    let usd = gotong::domain::Currency::new("USD").unwrap();
    let mut scenario = plan_8x10();
    for pledge in &mut scenario.pledges {
        pledge.reliability = Reliability::default();
    }
    for project in &mut scenario.projects {
        project.cost = CostEstimate::fixed(project.cost.likely_minor);
    }
    let sigma = 0.2_f64;
    scenario.conversions.push(gotong::domain::Conversion {
        from: usd,
        rate_numerator: 16_000,
        rate_denominator: 1,
        volatility: sigma,
    });
    scenario.pledges[0].amount = Money::new(4_000_000, usd).unwrap();
    let found = indices(&scenario, &settings(65_536, 4, Sampler::Sobol), u64::MAX);
    let received = &found.figures[1];
    assert_eq!(received.drivers[0].id, "rate:USD");
    let square = libm::exp(sigma * sigma);
    let exact = 6.4e8 * 6.4e8 * square * (square - 1.0);
    assert!(
        (received.variance / exact - 1.0).abs() < 0.05,
        "{} {exact}",
        received.variance
    );
    for share in [received.drivers[0].first, received.drivers[0].total] {
        assert!(
            (share.value - 1.0).abs() < 5.0 * share.standard_error + 0.01,
            "{share:?}"
        );
    }
    // And under a change the same rates come in the same futures: received falls by exactly the part taken away of this
    // pledge, so relative to the rate nothing is left to chance but the pledge itself.
    scenario.pledges[1].reliability.delay = Some((0.5, 2.0));
    let mut after = scenario.clone();
    after.pledges[2].amount = Money::new(100_000_000, after.pledges[2].amount.currency()).unwrap();
    let paired = compared(&scenario, &after, &settings(1024, 3, Sampler::Sobol), 1_000_000);
    assert_eq!(paired.received_minor.difference, -450_000_000.0);
    assert_eq!(paired.received_minor.standard_error, 0.0);
    assert!(paired.bridge_minor.is_some());
}
