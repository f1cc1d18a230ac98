//! Cards drawn over a plan, and assumptions brought up to date: whatever the plan, the cards and the records.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use crate::risk_plan::{greedy, plan_8x10, settings};
use gotong::domain::{
    Conversion, CostRecord, CostShape, Currency, FutureSettings, Lever, Money, Probability, PromiseOutcome,
    PromiseRecord, RuleId, Sampler, Scenario,
};
use gotong::partnership::{Card, CardError, CardKind, ParameterId, Parameters, WhatIf, WhatIfRun, draw};
use gotong::risk::{Event, EventTarget, EventUnit, calibrate};
use proptest::prelude::*;

fn card(text: &str) -> Card {
    text.parse().unwrap()
}

fn cards(text: &str) -> Vec<Card> {
    text.split(',').map(card).collect()
}

fn drawn(scenario: &Scenario, list: &str) -> Scenario {
    draw(scenario, &cards(list), false).unwrap().scenario
}

#[test]
fn every_event_does_what_its_row_says() {
    let plan = plan_8x10();
    let amounts = |scenario: &Scenario| -> Vec<u64> {
        scenario
            .pledges
            .iter()
            .map(|pledge| pledge.amount.amount_minor())
            .collect()
    };
    let after = drawn(&plan, "donor-withdraws-30:bank");
    assert_eq!(amounts(&after)[4], 245_000_000);
    assert_eq!(amounts(&after)[..4], amounts(&plan)[..4]);
    // Without a target the largest: the province.
    assert_eq!(amounts(&drawn(&plan, "donor-withdraws"))[0], 455_000_000);
    assert_eq!(amounts(&drawn(&plan, "donor-raises-20"))[0], 780_000_000);
    let hard = drawn(&plan, "hard-times-100");
    let chances = |scenario: &Scenario| -> Vec<f64> {
        let chance = |pledge: &gotong::domain::Pledge| pledge.reliability.default_probability.get();
        scenario.pledges.iter().map(chance).collect()
    };
    for (before, after) in chances(&plan).iter().zip(chances(&hard)) {
        assert!((2.0 * before - after).abs() < 1e-15);
    }
    assert_eq!(drawn(&plan, "shared-trouble-70").futures.common_shock.get(), 0.7);
    let dear = drawn(&plan, "costs-up-20");
    for (before, after) in plan.projects.iter().zip(&dear.projects) {
        assert_eq!(after.cost.high_minor, before.cost.high_minor * 6 / 5);
        assert_eq!(after.cost.likely_minor, before.cost.likely_minor * 6 / 5);
    }
    // The dearest: the clinic.
    let one = drawn(&plan, "cost-up-50");
    assert_eq!(one.projects[1].cost.likely_minor, 900_000_000);
    assert_eq!(one.projects[0], plan.projects[0]);
    let firm = drawn(&plan, "costs-firm-100");
    for (before, after) in plan.projects.iter().zip(&firm.projects) {
        assert_eq!(
            (after.cost.low_minor, after.cost.high_minor),
            (before.cost.likely_minor, before.cost.likely_minor)
        );
    }
    let late = drawn(&plan, "permits-late-2");
    assert_eq!(late.futures.period_months, 3);
    assert_eq!(late.projects[0].tranches, [0, 0, 1]);
    assert_eq!(late.projects[0].cost.likely_minor, 312_000_000);
    let mut half_years = plan.clone();
    half_years.futures.period_months = 6;
    half_years.projects[0].duration_months = Some(12);
    assert_eq!(
        drawn(&half_years, "permits-late-3").projects[0].tranches,
        [0, 0, 1, 1]
    );
    assert_eq!(
        drawn(&plan, "donor-late-1:bank").pledges[4].terms.tranches,
        [0, 1]
    );
}

#[test]
fn foreign_money_is_worth_less_by_exactly_that_part() {
    let mut plan = plan_8x10();
    let usd = Currency::new("USD").unwrap();
    plan.conversions.push(Conversion {
        from: usd,
        rate_numerator: 16_000,
        rate_denominator: 1,
        volatility: 0.0,
    });
    plan.pledges[0].amount = Money::new(1_000_000, usd).unwrap();
    let after = drawn(&plan, "rate-falls-10");
    assert_eq!(plan.in_base(plan.pledges[0].amount), Some(160_000_000));
    assert_eq!(after.in_base(after.pledges[0].amount), Some(144_000_000));
}

#[test]
fn levers_move_the_chances_by_the_models_own_parameters_and_are_paid_for() {
    let plan = plan_8x10();
    let levers = [Lever::Transparency, Lever::Communication, Lever::Monitoring];
    let result = draw(&plan, &cards("K1,K5,K7"), true).unwrap();
    let ratio = Parameters::default()
        .with_levers(&levers)
        .get(ParameterId::DefaultRatio);
    assert!((ratio - 0.95 * 0.85 * 0.9).abs() < 1e-12);
    assert!((result.default_ratio - ratio).abs() < 1e-12);
    for (before, after) in plan.pledges.iter().zip(&result.scenario.pledges) {
        let [before, now] = [before, after].map(|pledge| pledge.reliability.default_probability.get());
        assert!((now - before * ratio).abs() < 1e-12);
    }
    // 54 days at Rp 500 000 of Rp 3 billion promised: 0.9 %.
    assert_eq!(result.effort.days, 54.0);
    assert_eq!(result.overhead_basis_points, 90);
    assert!(
        result
            .scenario
            .pledges
            .iter()
            .all(|pledge| pledge.terms.overhead_basis_points == 90)
    );
    assert_eq!(
        draw(&plan, &cards("K1,K5,K7"), false)
            .unwrap()
            .overhead_basis_points,
        0
    );
    // What is pulled already costs and moves nothing again.
    let again = draw(&result.scenario, &cards("K5"), true).unwrap();
    assert_eq!((again.default_ratio, again.overhead_basis_points), (1.0, 0));
    assert_eq!(again.scenario, result.scenario);
}

#[test]
fn cards_that_make_no_sense_are_refused_by_name() {
    let plan = plan_8x10();
    for (list, code) in [
        ("donor-withdraws-101", "risk-event-out-of-range"),
        ("costs-up-0", "risk-event-out-of-range"),
        ("donor-withdraws-30:nobody", "risk-event-target"),
        ("cost-up-30:bank", "risk-event-target"),
        ("K5,K5", "card-twice"),
        ("costs-up-10,costs-up-20", "card-twice"),
        ("donor-withdraws-10,donor-withdraws-20:province", "card-twice"),
    ] {
        let error = draw(&plan, &cards(list), true).unwrap_err();
        assert_eq!(error.code(), code, "{list}");
        assert!(!error.detail().is_empty());
    }
    let empty = draw(&Scenario::default(), &cards("donor-withdraws"), true).unwrap_err();
    assert!(matches!(empty, CardError::Risk(_)), "{empty:?}");
    let many: Vec<Card> = (0..13).map(|i| card(&format!("donor-late-1:p{i}"))).collect();
    assert_eq!(draw(&plan, &many, true).unwrap_err().code(), "card-too-many");
}

fn what_if(scenario: &Scenario, list: &str, settings: FutureSettings) -> WhatIf {
    let mut run = WhatIfRun::new(scenario, (settings, greedy()), &cards(list), true).unwrap();
    while run.step_for(1_000_000) {}
    run.answer().unwrap()
}

#[test]
fn a_donor_that_withdraws_makes_the_plan_hold_less_often_and_clearly_so() {
    let settings = settings(16_384, 2026, Sampler::Sobol);
    let answer = what_if(&plan_8x10(), "donor-withdraws-30,costs-up-20", settings);
    assert_eq!(answer.trials_done, 16_384);
    assert_eq!(answer.alone.len(), 2);
    for line in answer.alone.iter().chain([&answer.together]) {
        let paired = &line.paired;
        assert!(paired.plan_holds.is_clear() && paired.plan_holds.difference < 0.0);
        assert!(paired.gap_minor.is_clear() && paired.gap_minor.difference > 0.0);
        assert_eq!(paired.projects.len(), 10);
    }
    // Costs alone leave the money received as it is, in every future.
    let costs = answer
        .alone
        .iter()
        .find(|line| line.cards == cards("costs-up-20"))
        .unwrap();
    assert_eq!(costs.paired.received_minor.difference, 0.0);
    assert!(!costs.paired.received_minor.is_clear());
    // Together they are worse than either.
    let worse = |line: &gotong::partnership::CardLine| line.paired.gap_minor.after;
    assert!(
        answer
            .alone
            .iter()
            .all(|line| worse(line) < worse(&answer.together))
    );
    // One card alone is the whole stack.
    assert!(what_if(&plan_8x10(), "costs-up-20", settings).alone.is_empty());
}

#[test]
fn levers_that_nobody_pays_for_never_bring_less_money() {
    let settings = settings(4096, 7, Sampler::Sobol);
    let mut run = WhatIfRun::new(
        &plan_8x10(),
        (settings, greedy()),
        &cards("K1,K2,K5,K7,K10"),
        false,
    )
    .unwrap();
    while run.step_for(1_000_000) {}
    let answer = run.answer().unwrap();
    let received = answer.together.paired.received_minor;
    assert!(received.is_clear() && received.difference > 0.0, "{received:?}");
    for line in &answer.alone {
        assert!(line.paired.received_minor.difference >= 0.0, "{:?}", line.cards);
    }
}

/// Any card that fits its row, about the plan of 8 by 10.
fn any_card() -> impl Strategy<Value = Card> {
    let kinds: Vec<CardKind> = CardKind::all().collect();
    (0..kinds.len(), any::<u32>(), 0..10_usize, any::<bool>()).prop_map(move |(kind, by, target, stated)| {
        let plan = plan_8x10();
        match kinds[kind] {
            CardKind::Lever(lever) => Card::usual(CardKind::Lever(lever)),
            CardKind::Event(event) => {
                let row = event.row();
                let target = match row.target {
                    EventTarget::Plan => None,
                    EventTarget::Pledge => Some(plan.pledges[target % 8].id.to_string()),
                    EventTarget::Project => Some(plan.projects[target].id.to_string()),
                };
                Card {
                    kind: CardKind::Event(event),
                    by: stated.then_some(row.least + by % (row.most - row.least + 1)),
                    target,
                }
            }
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// A stack is a set: any order gives the same plan, which is sound, and the plan below is untouched.
    #[test]
    fn stacks_are_sets_and_keep_the_plan_sound(list in proptest::collection::vec(any_card(), 0..6), pays in any::<bool>(), turn in 0..6_usize) {
        let plan = plan_8x10();
        let kept = plan.clone();
        match draw(&plan, &list, pays) {
            Ok(result) => {
                prop_assert_eq!(result.scenario.problems(), Vec::new());
                let mut turned = list.clone();
                turned.rotate_left(turn % list.len().max(1));
                turned.reverse();
                prop_assert_eq!(draw(&plan, &turned, pays).unwrap(), result);
            }
            Err(error) => prop_assert_eq!(error.code(), "card-twice"),
        }
        prop_assert_eq!(plan, kept);
    }

    /// Amounts against plain 128-bit arithmetic, also at the largest amounts.
    #[test]
    fn parts_are_taken_to_the_unit(minor in 0_u64..=1_000_000_000_000_000, by in 1_u32..=100) {
        let mut plan = plan_8x10();
        plan.pledges[3].amount = Money::new(minor, Currency::IDR).unwrap();
        let after = draw(&plan, &[card(&format!("donor-withdraws-{by}:telecom"))], false).unwrap().scenario;
        let left = u128::from(minor) - u128::from(minor) * u128::from(by) / 100;
        prop_assert_eq!(u128::from(after.pledges[3].amount.amount_minor()), left);
        let more = draw(&plan, &[card(&format!("donor-raises-{by}:telecom"))], false).unwrap().scenario;
        let most = (u128::from(minor) + u128::from(minor) * u128::from(by) / 100).min(1_000_000_000_000_000);
        prop_assert_eq!(u128::from(more.pledges[3].amount.amount_minor()), most);
    }

    /// Learning in two steps is learning in one: the posterior of the first records is the prior of the rest. And against
    /// plain counting.
    #[test]
    fn chances_are_learnt_alike_in_any_order_and_any_steps(
        stated in 0.0..=1.0_f64, strength in 0.5..100.0_f64, seen in proptest::collection::vec(any::<bool>(), 0..40), cut in 0..40_usize,
    ) {
        use gotong::risk::ChanceUpdate;
        let count = |list: &[bool]| u32::try_from(list.iter().filter(|x| **x).count()).unwrap();
        let len = |list: &[bool]| u32::try_from(list.len()).unwrap();
        let once = ChanceUpdate::new(stated, strength, count(&seen), len(&seen));
        let (first, rest) = seen.split_at(cut.min(seen.len()));
        let half = ChanceUpdate::new(stated, strength, count(first), len(first));
        let twice = ChanceUpdate::new(half.mean, strength + f64::from(len(first)), count(rest), len(rest));
        prop_assert!((once.mean - twice.mean).abs() < 1e-9);
        let plain = (strength * stated + f64::from(count(&seen))) / (strength + f64::from(len(&seen)));
        prop_assert!((once.mean - plain).abs() < 1e-12);
        if let Some((low, high)) = once.interval {
            prop_assert!((0.0..=1.0).contains(&low) && low <= high && high <= 1.0);
        }
    }

    /// Whatever is recorded: suggestions are sound, do not depend on the order of records, move towards what was seen, and
    /// taking them over any number of times counts every record once.
    #[test]
    fn records_calibrate_once(
        promises in proptest::collection::vec((0..8_usize, 0..3_usize, 0_u32..10_000, 1_u16..20), 0..12),
        costs in proptest::collection::vec((0..10_usize, 1_u64..2_000_000_000, 1_u64..2_000_000_000), 0..6),
        strength in proptest::option::of(0.5..50.0_f64),
    ) {
        let mut plan = plan_8x10();
        plan.records.strength = strength;
        plan.records.promises = promises.iter().map(|&(pledge, outcome, paid, late)| {
            let outcome = PromiseOutcome::ALL[outcome];
            PromiseRecord {
                pledge: plan.pledges[pledge].id.clone(),
                outcome,
                paid_basis_points: if outcome == PromiseOutcome::Missed { paid } else { 0 },
                periods_late: if outcome == PromiseOutcome::Late { late } else { 0 },
                date: None,
            }
        }).collect();
        plan.records.costs = costs.iter().map(|&(project, estimated_minor, actual_minor)| CostRecord {
            project: plan.projects[project].id.clone(),
            estimated_minor,
            actual_minor,
            date: None,
        }).collect();
        prop_assert_eq!(plan.problems(), Vec::new());
        let found = calibrate(&plan);
        let mut turned = plan.clone();
        turned.records.promises.reverse();
        prop_assert_eq!(&calibrate(&turned).pledges, &found.pledges);
        let mut adopted = plan.clone();
        for pledge in &found.pledges {
            let id = gotong::domain::PledgeId::new(&pledge.pledge).unwrap();
            adopted.adopt_reliability(&id, pledge.suggested);
            let rate = f64::from(pledge.default.happened) / f64::from(pledge.default.of);
            let (low, high) = if rate < pledge.default.stated { (rate, pledge.default.stated) } else { (pledge.default.stated, rate) };
            prop_assert!((low - 1e-12..=high + 1e-12).contains(&pledge.default.mean));
        }
        for update in found.costs.iter().flat_map(|costs| &costs.projects) {
            let id = gotong::domain::ProjectId::new(&update.project).unwrap();
            adopted.adopt_cost(&id, update.suggested);
            let cost = update.suggested;
            prop_assert!(cost.low_minor <= cost.likely_minor && cost.likely_minor <= cost.high_minor);
            prop_assert!(cost.shape == CostShape::Lognormal || update.completed);
        }
        prop_assert_eq!(adopted.problems(), Vec::new());
        let again = calibrate(&adopted);
        for (before, after) in found.pledges.iter().zip(&again.pledges) {
            prop_assert_eq!(before.suggested, after.suggested);
            prop_assert!(after.in_use);
        }
        for (before, after) in found.costs.iter().flat_map(|c| &c.projects).zip(again.costs.iter().flat_map(|c| &c.projects)) {
            prop_assert_eq!(before.suggested, after.suggested);
            prop_assert!(after.in_use);
        }
        // And what was stated can be put back.
        for pledge in &again.pledges {
            let id = gotong::domain::PledgeId::new(&pledge.pledge).unwrap();
            adopted.adopt_reliability(&id, pledge.stated);
        }
        for update in again.costs.iter().flat_map(|costs| &costs.projects) {
            let id = gotong::domain::ProjectId::new(&update.project).unwrap();
            adopted.adopt_cost(&id, update.stated);
        }
        prop_assert_eq!(adopted, plan);
    }
}

#[test]
fn events_are_about_what_they_say() {
    for event in Event::ALL {
        assert_eq!(event.is_about_time(), event.row().unit == EventUnit::Quarters);
        assert_eq!(Event::from_code(event.row().code), Some(*event));
    }
    assert_eq!(Event::from_code("nothing"), None);
    let _ = (RuleId::Greedy, Probability::ZERO);
}

#[test]
fn a_cost_update_is_the_textbooks() {
    // Normal–inverse-gamma by hand: stated lognormal [80, 100, 125]: μ₀ = 0, σ₀ = ln(125/80)/(2·1.28155).
    let mut plan = plan_8x10();
    plan.records.strength = Some(4.0);
    plan.projects.truncate(2);
    plan.ballots.truncate(2);
    plan.projects[0].cost.shape = CostShape::Lognormal;
    let cost = &mut plan.projects[0].cost;
    (cost.low_minor, cost.likely_minor, cost.high_minor) = (80_000_000, 100_000_000, 125_000_000);
    for (estimated_minor, actual_minor) in [(100, 120), (200, 220)] {
        plan.records.costs.push(CostRecord {
            project: plan.projects[1].id.clone(),
            estimated_minor,
            actual_minor,
            date: None,
        });
    }
    let found = calibrate(&plan).costs.unwrap();
    let (x, y) = (libm::log(1.2), libm::log(1.1));
    let mean = (x + y) / 2.0;
    assert!((found.mean - mean).abs() < 1e-15 && found.of == 2);
    let spread = libm::log(125.0 / 80.0) / (2.0 * 1.281_551_565_544_600_4);
    let (kappa, mu, alpha, beta) = found.projects[0].posterior;
    assert!((found.projects[0].stated_spread - spread).abs() < 1e-6);
    assert_eq!((kappa, alpha), (6.0, 4.0));
    assert!((mu - 2.0 * mean / 6.0).abs() < 1e-6);
    let squares = (x - mean) * (x - mean) + (y - mean) * (y - mean);
    let by_hand = spread * spread * 2.0 + squares / 2.0 + 8.0 * mean * mean / 12.0;
    assert!((beta - by_hand).abs() < 1e-6, "{beta} {by_hand}");
    // t at 0.90 with 8 degrees of freedom is 1.397 (Abramowitz, Stegun, table 26.10).
    let reach = 1.397 * (by_hand * 7.0 / (4.0 * 6.0)).sqrt();
    let [low, _, high] = found.projects[0].ratios;
    assert!((libm::log(high / low) / 2.0 - reach).abs() < 1e-4);
    // The completed project costs what it cost.
    assert!(found.projects[1].completed);
    assert_eq!(
        (
            found.projects[1].suggested.shape,
            found.projects[1].suggested.likely_minor
        ),
        (CostShape::Fixed, 220)
    );
}

#[test]
fn a_late_donor_makes_a_bridge_longer_and_leaves_the_money_as_it_is() {
    let mut plan = plan_8x10();
    for pledge in &mut plan.pledges {
        pledge.reliability.default_probability = Probability::ZERO;
    }
    let settings = settings(1024, 7, Sampler::Sobol);
    let answer = what_if(&plan, "donor-late-2:province,donor-late-2:energy", settings);
    let paired = &answer.together.paired;
    assert_eq!(paired.received_minor.difference, 0.0);
    let (short, bridge) = (paired.short.unwrap(), paired.bridge_minor.unwrap());
    assert_eq!((short.before, short.after), (0.0, 1.0));
    assert!(bridge.is_clear() && bridge.before == 0.0 && bridge.difference > 0.0);
    // Who looks at no time sees none.
    assert!(
        what_if(&plan, "costs-up-20", settings)
            .together
            .paired
            .bridge_minor
            .is_none()
    );
}
