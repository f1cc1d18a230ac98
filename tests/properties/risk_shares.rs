//! A run divided among several, whoever is faster and whoever dies, is the run of one: to the byte, at the end and on the
//! way.

#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use crate::risk_plan::{greedy, plan, plan_8x10, pledge, project, settings};
use gotong::domain::{CostShape, RuleId, Sampler};
use gotong::risk::{Partial, PartialError, PlainPlan, PlainPledge, Shares, Simulation, run_on_threads};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn bytes(simulation: &Simulation) -> String {
    serde_json::to_string(&simulation.snapshot()).unwrap()
}

/// What one alone says after each block.
fn alone(mut simulation: Simulation) -> BTreeMap<u32, String> {
    let mut said = BTreeMap::new();
    let mut before = 0;
    while simulation.step_for(1) {
        if simulation.trials_done() > before {
            before = simulation.trials_done();
            said.insert(before, bytes(&simulation));
        }
    }
    said.insert(simulation.trials_done(), bytes(&simulation));
    said
}

/// Cases of the property: plain plans of a few pledges and projects.
fn plans() -> impl Strategy<Value = PlainPlan> {
    let pledges = prop::collection::vec((1.0..1e6_f64, 0.0..1.0_f64, any::<bool>(), 0..3_usize), 1..5);
    let shapes = [
        CostShape::Fixed,
        CostShape::Triangular,
        CostShape::Pert,
        CostShape::Lognormal,
    ];
    let projects = prop::collection::vec((0..4_usize, 1.0..5e5_f64, 1.0..1.5_f64, 1.0..2.0_f64), 1..5);
    (pledges, projects, 0.0..1.0_f64).prop_map(move |(pledges, projects, rho)| {
        let pledges = pledges.into_iter().map(|(amount, p, cut, sector)| {
            let sector = ["a", "b"].get(sector).copied();
            PlainPledge {
                // Time too, for those that may lose a part: what is kept of it must add up like the rest.
                tranches: if cut { vec![2, 1] } else { Vec::new() },
                delay: cut.then_some((0.3, 2.0)),
                withdrawal: if cut { 0.05 } else { 0.0 },
                ..pledge(amount, p, cut.then_some((2.0, 3.0)), sector)
            }
        });
        let projects = projects.into_iter().enumerate();
        let projects = projects.map(|(number, (shape, low, more, most))| {
            let likely = low * more;
            project(&format!("p{number}"), shapes[shape], [low, likely, likely * most])
        });
        plan(pledges.collect(), projects.collect(), rho)
    })
}

/// Who acts next, and what happens to it: 0 dies, others bring what they have.
type Turn = (usize, u8);

/// Runs `simulation` as a crew of `hands` whose members take turns as `turns` says (again and again), dying now and
/// then, the first hand never, and ten times at most. Every prefix shown is compared with `alone`.
fn in_turns(
    simulation: &Simulation,
    hands: usize,
    longest: u32,
    turns: &[Turn],
    alone: &BTreeMap<u32, String>,
) {
    let mut shares = Shares::new(simulation.blocks(), longest);
    let (mut sum, mut own) = (simulation.clone(), simulation.clone());
    let mut held: Vec<Vec<Partial>> = vec![Vec::new(); hands];
    let mut turns = turns.iter().cycle();
    let (mut steps, mut deaths) = (0, 0);
    while !shares.is_complete() {
        steps += 1;
        assert!(steps < 10_000, "it never ends");
        let &(who, fate) = turns.next().unwrap();
        let who = who % hands;
        if let Some(partial) = held[who].pop() {
            if fate == 0 && who > 0 && deaths < 10 {
                deaths += 1;
                assert_eq!(shares.lose(who), 1);
            } else {
                assert!(shares.bring(partial.clone()));
                assert!(!shares.bring(partial), "a second time nobody wants it");
            }
        } else if let Some(blocks) = shares.give(who, hands) {
            assert!(!blocks.is_empty() && blocks.len() <= longest as usize);
            own.aim(&blocks);
            while own.step_for(1_000_000) {}
            let partial = own.take_partial().unwrap();
            assert_eq!(partial.blocks(), blocks);
            held[who].push(Partial::from_bytes(partial.into_bytes()).unwrap());
        } else if let Some(blocks) = shares.again(who) {
            // Nothing is left: computed once more rather than waited for.
            own.aim(&blocks);
            while own.step() {}
            assert!(shares.bring(own.take_partial().unwrap()));
            assert!(!shares.wants(&blocks));
            for list in &mut held {
                list.retain(|partial| partial.blocks() != blocks);
            }
        }
        while let Some(due) = shares.next_due() {
            sum.absorb(&due).unwrap();
            assert_eq!(Some(&bytes(&sum)), alone.get(&sum.trials_done()));
        }
        assert!(shares.done() <= simulation.blocks());
    }
    assert_eq!(sum.trials_done(), sum.trials_total());
    assert_eq!(Some(&bytes(&sum)), alone.last_key_value().map(|(_, said)| said));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_divided_run_is_the_run_of_one(
        plan in plans(),
        trials in 1..6_000_u32,
        random in any::<bool>(),
        hands in 1..8_usize,
        longest in 1..5_u32,
        turns in prop::collection::vec((0..8_usize, 0..6_u8), 1..40),
    ) {
        let sampler = if random { Sampler::Random } else { Sampler::Sobol };
        let simulation = Simulation::from_plain(&plan, &settings(trials, 5, sampler)).unwrap();
        in_turns(&simulation, hands, longest, &turns, &alone(simulation.clone()));
    }
}

#[test]
fn threads_change_nothing_under_any_rule() {
    for (sampler, trials) in [(Sampler::Sobol, 16_384), (Sampler::Random, 20_001)] {
        for rule in [RuleId::Greedy, RuleId::EqualShares, RuleId::Proportional] {
            let mut plan = greedy();
            plan.rule = rule;
            let fresh = || Simulation::new(&plan_8x10(), &settings(trials, 2026, sampler), &plan).unwrap();
            let mut one = fresh();
            while one.step() {}
            for threads in [0, 1, 2, 3, 4, 7] {
                let many = run_on_threads(fresh(), threads).unwrap();
                assert!(
                    bytes(&many) == bytes(&one),
                    "{rule:?}, {sampler:?}, {threads} threads"
                );
            }
        }
    }
}

#[test]
fn what_does_not_belong_is_refused_before_or_said_after() {
    let fresh =
        |seed| Simulation::new(&plan_8x10(), &settings(4096, seed, Sampler::Sobol), &greedy()).unwrap();
    let part = |seed, blocks| {
        let mut simulation = fresh(seed);
        simulation.aim(&blocks);
        assert_eq!(simulation.take_partial(), None, "nothing is computed yet");
        while simulation.step() {}
        simulation.take_partial().unwrap()
    };
    let mut sum = fresh(1);
    let out_of_turn = PartialError::OutOfTurn { wanted: 0, found: 2 };
    assert_eq!(sum.absorb(&part(1, 2..4)), Err(out_of_turn));
    assert_eq!(sum.absorb(&part(1, 0..2)), Ok(()));
    assert_eq!(sum.trials_done(), 2048);
    let again = PartialError::OutOfTurn { wanted: 2, found: 0 };
    assert_eq!(sum.absorb(&part(1, 0..2)), Err(again));
    assert_eq!(
        sum.clone().absorb(&part(2, 2..4)),
        Err(PartialError::Damaged),
        "another seed"
    );
    let mut cut = part(1, 2..4).into_bytes();
    cut.pop();
    let cut = Partial::from_bytes(cut).unwrap();
    assert_eq!(sum.clone().absorb(&cut), Err(PartialError::Damaged));
    assert_eq!(sum.absorb(&part(1, 2..4)), Ok(()));
    assert_eq!(
        sum.absorb(&part(1, 2..4)),
        Err(PartialError::OutOfTurn { wanted: 4, found: 2 })
    );
    let small = Simulation::new(&plan_8x10(), &settings(16, 1, Sampler::Sobol), &greedy()).unwrap();
    assert_eq!(small.blocks(), 1);
    assert_eq!(small.clone().absorb(&part(1, 0..2)), Err(PartialError::Damaged));
}
