//! Conditions of pledges against all subsets, limits against bisection, layers against their formula, schedules and
//! results against plain sums.
#![allow(clippy::unwrap_used, reason = "instances written here")]

use gotong::domain::{Layer, PoolPlan, ResultsTerms, RuleId};
use gotong::funding::{
    ConditionKind, FundingError, FundingProject, Hold, Instance, LayeredCapital, Participant, Pool,
    ResultsPayment, Terms, exhaustiveness_witness, run_instance, schedule, violations,
};
use proptest::prelude::*;

const PROJECTS: usize = 3;

/// purse, eligible bits, kind of condition, threshold, project, others only, in kind, ratio
type Raw = (u64, u8, u8, u64, Option<usize>, bool, u64, (u32, u32));

fn raw(largest: u64) -> impl Strategy<Value = Raw> {
    (
        0..=largest,
        any::<u8>(),
        0..5_u8,
        0..=largest.saturating_mul(3).min(1_000_000_000_000_000),
        proptest::option::of(0..PROJECTS),
        any::<bool>(),
        prop_oneof![Just(0), 0..=largest],
        (1..4_u32, 1..4_u32),
    )
}

fn hold(&(_, _, kind, threshold_minor, project, others_only, _, (give, per)): &Raw) -> Option<Hold> {
    match kind {
        0 | 1 => Some(Hold::AllOrNothing {
            threshold_minor,
            project,
            others_only,
        }),
        2 => Some(Hold::Challenge {
            target_minor: threshold_minor,
            project,
        }),
        3 => Some(Hold::Match { give, per, project }),
        _ => None,
    }
}

fn participant(position: usize, raw: &Raw) -> Participant {
    let eligible = (0..PROJECTS)
        .filter(|project| raw.1 >> project & 1 == 1)
        .collect();
    Participant::new(format!("i{position}"), raw.0, eligible).on_terms(Terms {
        hold: hold(raw),
        in_kind_minor: raw.6,
        ..Terms::default()
    })
}

fn instance(raw: &[Raw]) -> Instance {
    let projects = (0..PROJECTS).map(|position| FundingProject::new(format!("p{position}"), 0, 1));
    let participants = raw.iter().enumerate().map(|(at, raw)| participant(at, raw));
    Instance::new(projects.collect(), participants.collect()).unwrap()
}

/// What everybody gives if exactly the members of `set` hold, by the definition.
fn gives(raw: &[Raw], set: u32) -> Vec<u128> {
    let counts = |other: &Raw, project: Option<usize>| project.is_none_or(|at| other.1 >> at & 1 == 1);
    let is_in = |at: usize| set >> at & 1 == 1;
    (0..raw.len())
        .map(|at| match hold(&raw[at]) {
            _ if !is_in(at) => 0,
            Some(Hold::Match { give, per, project }) => {
                let others = (0..raw.len()).filter(|&other| {
                    is_in(other)
                        && counts(&raw[other], project)
                        && !matches!(hold(&raw[other]), Some(Hold::Match { .. }))
                });
                let others: u128 = others.map(|other| u128::from(raw[other].0)).sum();
                (others * u128::from(give) / u128::from(per)).min(u128::from(raw[at].0))
            }
            _ => u128::from(raw[at].0),
        })
        .collect()
}

/// Whether every member of `set` is content with it.
fn is_consistent(raw: &[Raw], set: u32) -> bool {
    let given = gives(raw, set);
    (0..raw.len()).filter(|at| set >> at & 1 == 1).all(|at| {
        let reached = |project: Option<usize>, itself: bool| -> u128 {
            let counted = (0..raw.len()).filter(|&other| {
                set >> other & 1 == 1
                    && (itself || other != at)
                    && project.is_none_or(|place| raw[other].1 >> place & 1 == 1)
            });
            counted.map(|other| given[other] + u128::from(raw[other].6)).sum()
        };
        match hold(&raw[at]) {
            Some(Hold::AllOrNothing {
                threshold_minor,
                project,
                others_only,
            }) => reached(project, !others_only) >= u128::from(threshold_minor),
            Some(Hold::Challenge {
                target_minor,
                project,
            }) => reached(project, false) >= u128::from(target_minor),
            _ => true,
        }
    })
}

fn settled(instance: &Instance) -> (Vec<u128>, Vec<usize>) {
    let outcome = Pool::new(instance, &PoolPlan::default()).unwrap().run_on_paper();
    let dropped = outcome.conditions.iter().filter(|step| step.dropped_in.is_some());
    let dropped = dropped.map(|step| step.participant).collect();
    let mut given: Vec<u128> = instance.purses_minor().into_iter().map(u128::from).collect();
    for step in &outcome.conditions {
        given[step.participant] = u128::from(step.gives_minor);
        assert_eq!(
            step.gives_minor + step.refunded_minor,
            instance.purses_minor()[step.participant]
        );
    }
    (given, dropped)
}

fn small_or_large() -> impl Strategy<Value = Vec<Raw>> {
    prop_oneof![
        proptest::collection::vec(raw(10), 0..9),
        proptest::collection::vec(raw(1_000_000_000_000_000), 0..9)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn what_holds_is_the_union_of_all_consistent_sets_and_consistent_itself(raw in small_or_large()) {
        let (given, dropped) = settled(&instance(&raw));
        let all = 1_u32 << raw.len();
        let union = (0..all).filter(|&set| is_consistent(&raw, set)).fold(0, |union, set| union | set);
        prop_assert!(is_consistent(&raw, union));
        let holds = (0..raw.len()).filter(|at| !dropped.contains(at)).fold(0, |set, at| set | 1 << at);
        prop_assert_eq!(holds, union);
        prop_assert_eq!(given, gives(&raw, union));
    }

    #[test]
    fn more_from_one_never_lowers_what_another_gives(
        raw in small_or_large(), who in any::<prop::sample::Index>(), more in 0..20_u64,
    ) {
        prop_assume!(!raw.is_empty());
        let (before, _) = settled(&instance(&raw));
        let mut raised = raw.clone();
        let at = who.index(raw.len());
        raised[at].0 = (raised[at].0 + more).min(1_000_000_000_000_000);
        let (after, _) = settled(&instance(&raised));
        for (before, after) in before.iter().zip(&after) {
            prop_assert!(before <= after);
        }
    }

    #[test]
    fn whoever_drops_was_short_of_what_it_asked_for_and_whoever_holds_is_not(raw in small_or_large()) {
        let outcome = Pool::new(&instance(&raw), &PoolPlan::default()).unwrap().run_on_paper();
        let mut round = 0;
        for step in &outcome.conditions {
            match step.dropped_in {
                Some(dropped_in) => {
                    prop_assert!(step.reached_minor < step.needed_minor && step.gives_minor == 0);
                    prop_assert!(dropped_in >= round.max(1));
                    round = dropped_in;
                }
                None => {
                    let met = step.reached_minor >= step.needed_minor;
                    prop_assert!(met || step.kind == ConditionKind::Match);
                }
            }
        }
    }

    #[test]
    fn every_rule_keeps_conditions_shares_tickets_and_administration(
        raw in small_or_large(),
        limits in proptest::collection::vec((proptest::option::of(1..=10_000_u32), 0..=10_u64, 0..=10_000_u32), 9),
        costs in proptest::collection::vec((0..=30_u64, proptest::option::of(0..=30_u64)), PROJECTS),
        scale in prop_oneof![Just(1_u64), Just(30_000_000_000_000)],
        rule in proptest::sample::select(RuleId::ALL.to_vec()),
    ) {
        let projects = costs.iter().enumerate().map(|(at, &(cost, minimum))| {
            let project = FundingProject::new(format!("p{at}"), cost * scale, 1 + at as u64);
            match minimum {
                Some(minimum) => project.divisible_from(minimum.min(cost) * scale),
                None => project,
            }
        });
        let participants = raw.iter().zip(&limits).enumerate().map(|(at, (raw, &(share, ticket, overhead)))| {
            let plain = participant(at, raw);
            let terms = Terms {
                largest_share_basis_points: share,
                minimum_ticket_minor: ticket * scale,
                overhead_basis_points: overhead,
                stands_by: overhead == 7,
                ..plain.terms().clone()
            };
            plain.on_terms(terms)
        });
        let instance = Instance::new(projects.collect(), participants.collect()).unwrap();
        let plan = PoolPlan::of(rule);
        let run = match run_instance(&instance, &plan) {
            // What a rule cannot keep it refuses.
            Err(FundingError::LimitsNotKept) => return Ok(()),
            run => run.unwrap(),
        };
        prop_assert_eq!(violations(&instance, &plan, &run.allocation), vec![], "{:?}", rule);
        if RuleId::ALL[..6].contains(&rule) && !matches!(rule, RuleId::GreedyNoSkip | RuleId::InOrder) {
            prop_assert_eq!(exhaustiveness_witness(&instance, &plan, &run.allocation), None);
        }
    }

    #[test]
    fn a_price_within_limits_is_shared_in_proportion(
        payers in proptest::collection::vec((1..=1_000_u64, 1..=10_000_u32, 0..=300_u64), 1..7), cost in 1..=2_000_u64,
    ) {
        let participants = payers.iter().enumerate().map(|(at, &(purse, share, ticket))| {
            Participant::new(format!("i{at}"), purse, vec![0]).on_terms(Terms {
                largest_share_basis_points: Some(share),
                minimum_ticket_minor: ticket,
                ..Terms::default()
            })
        });
        let instance = Instance::new(vec![FundingProject::new("p", cost, 1)], participants.collect()).unwrap();
        let run = run_instance(&instance, &PoolPlan::default()).unwrap();
        let most = |&(purse, share, _): &(u64, u32, u64)| purse.min(cost * u64::from(share) / 10_000);
        let able: Vec<usize> = (0..payers.len()).filter(|&at| most(&payers[at]) >= payers[at].2.max(1)).collect();
        let reach: u64 = able.iter().map(|&at| most(&payers[at])).sum();
        let tickets: u64 = able.iter().map(|&at| payers[at].2).sum();
        let mut paid = vec![0_u64; payers.len()];
        for &(at, minor) in &run.allocation.payments_minor[0] {
            paid[at] = minor;
        }
        if reach < cost {
            prop_assert_eq!(run.allocation.granted_minor[0], 0);
        } else if tickets <= cost {
            // Everybody able is in: λ with Σ clamp(λ·purse, ticket, most) = cost, by bisection.
            let clamp = |lambda: f64, at: usize| {
                (lambda * payers[at].0 as f64).clamp(payers[at].2 as f64, most(&payers[at]) as f64)
            };
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..100 {
                let middle = (low + high) / 2.0;
                let sum: f64 = able.iter().map(|&at| clamp(middle, at)).sum();
                if sum < cost as f64 { low = middle } else { high = middle }
            }
            prop_assert_eq!(run.allocation.granted_minor[0], cost);
            for &at in &able {
                prop_assert!((paid[at] as f64 - clamp(high, at)).abs() <= 1.0 + payers.len() as f64, "{paid:?}");
            }
        }
        for (at, &paid) in paid.iter().enumerate() {
            prop_assert!(paid == 0 || (payers[at].2..=most(&payers[at])).contains(&paid));
        }
    }

    #[test]
    fn a_pool_settles_other_money_as_a_new_instance_would(raw in proptest::collection::vec(raw(10), 1..8), other in proptest::collection::vec(1..=12_u64, 8)) {
        let paper = instance(&raw);
        let pool = Pool::new(&paper, &PoolPlan::default()).unwrap();
        let mut outcome = pool.run_on_paper();
        let mut changed = raw;
        for (raw, &purse) in changed.iter_mut().zip(&other) {
            raw.0 = purse;
        }
        let fresh = instance(&changed);
        pool.run(&fresh.purses_minor(), &fresh.costs_minor(), &mut outcome);
        let again = Pool::new(&fresh, &PoolPlan::default()).unwrap().run_on_paper();
        prop_assert_eq!(&outcome.steps, &again.steps);
        prop_assert_eq!(&outcome.spent_minor, &again.spent_minor);
    }

    #[test]
    fn layers_lose_by_the_formula_and_losses_sum_to_the_loss(
        capital in proptest::collection::vec((0..5_usize, 0..=1_000_000_000_000_000_u64), 0..12), share in 0.0..=1.2_f64,
    ) {
        let stated: Vec<(usize, Layer, u64)> = capital.iter().enumerate().map(|(at, &(layer, minor))| (at, Layer::ALL[layer], minor)).collect();
        let layered = LayeredCapital::new(&stated);
        #[allow(clippy::cast_possible_truncation, reason = "any amount will do")]
        let lost = (layered.at_risk_minor as f64 * share) as u64;
        let total = |layer: Layer| -> u128 { stated.iter().filter(|entry| entry.1 == layer).map(|entry| u128::from(entry.2)).sum() };
        let lost = lost.min(layered.at_risk_minor);
        let losses = layered.losses(lost);
        for loss in &losses {
            let junior: u128 = Layer::ALL.into_iter().take_while(|&layer| layer != loss.layer).map(total).sum();
            let formula = u128::from(lost).saturating_sub(junior).min(total(loss.layer));
            prop_assert_eq!(u128::from(loss.loss_minor), formula);
            prop_assert_eq!(loss.members.iter().map(|member| member.1).sum::<u64>(), loss.loss_minor);
            for &(member, minor) in &loss.members {
                prop_assert!(minor <= stated[member].2);
                let exact = u128::from(loss.loss_minor) * u128::from(stated[member].2);
                prop_assert!((u128::from(minor) * total(loss.layer)).abs_diff(exact) < total(loss.layer));
            }
        }
        prop_assert_eq!(losses.iter().map(|loss| loss.loss_minor).sum::<u64>(), lost);
    }

    #[test]
    fn a_schedule_spreads_every_unit_and_names_the_worst_period(
        amounts in proptest::collection::vec((0..=1_000_000_000_000_000_u64, proptest::collection::vec(0..=100_u32, 0..6), any::<bool>()), 0..8),
    ) {
        let side = |incoming: bool| -> Vec<(u64, &[u32])> {
            amounts.iter().filter(|amount| amount.2 == incoming).map(|amount| (amount.0, amount.1.as_slice())).collect()
        };
        let (payments, grants) = (side(true), side(false));
        match schedule(&payments, &grants) {
            None => prop_assert!(amounts.iter().all(|amount| amount.1.iter().all(|&part| part == 0))),
            Some(found) => {
                let sum = |list: &[(u64, &[u32])]| list.iter().map(|entry| i128::from(entry.0)).sum::<i128>();
                let mut balance = 0_i128;
                let mut lowest = (0, i128::MAX);
                for (place, period) in found.periods.iter().enumerate() {
                    balance += i128::from(period.inflow_minor) - i128::from(period.outflow_minor);
                    prop_assert_eq!(i128::from(period.balance_minor), balance);
                    if balance < lowest.1 {
                        lowest = (place + 1, balance);
                    }
                    let exact = |list: &[(u64, &[u32])]| list.iter().map(|&(amount, parts)| {
                        let total: u32 = parts.iter().sum();
                        match (total, place) {
                            (0, 0) => amount as f64,
                            (0, _) => 0.0,
                            _ => amount as f64 * f64::from(parts.get(place).copied().unwrap_or(0)) / f64::from(total),
                        }
                    }).sum::<f64>();
                    prop_assert!((period.inflow_minor as f64 - exact(&payments)).abs() <= 1.0 + 8.0 * amounts.len() as f64);
                    prop_assert!((period.outflow_minor as f64 - exact(&grants)).abs() <= 1.0 + 8.0 * amounts.len() as f64);
                }
                prop_assert_eq!(balance, sum(&payments) - sum(&grants));
                prop_assert_eq!(found.worst_period, lowest.0);
                prop_assert_eq!(i128::from(found.bridge_minor), (-lowest.1).max(0));
            }
        }
    }

    #[test]
    fn break_even_is_the_least_number_of_outcomes_that_pays_the_advance_back(
        price in 1..=50_u64, cap in proptest::option::of(0..=400_u64), pledged in 0..=500_u64, advance in 0..=500_u64, expected in 0..=30_u64,
    ) {
        let terms = ResultsTerms { outcome: "o".into(), price_minor: price, cap_minor: cap, expected, prefinanced_by: None, verified: None };
        let payment = ResultsPayment::new(0, &terms, pledged, advance);
        let paid = |outcomes: u64| (price * outcomes).min(cap.unwrap_or(pledged)).min(pledged);
        prop_assert_eq!(payment.break_even, (0..=600).find(|&outcomes| paid(outcomes) >= advance));
        for point in payment.points {
            prop_assert_eq!(point.paid_minor, paid(point.outcomes));
            prop_assert_eq!(point.carried_minor, advance.saturating_sub(paid(point.outcomes)));
        }
        prop_assert_eq!(payment.points[2].paid_minor, payment.cap_minor);
    }
}
