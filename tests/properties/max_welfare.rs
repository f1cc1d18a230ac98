//! The set of most welfare against all sets, tried one by one.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use crate::sequential::{Raw, raw};
use gotong::domain::{PoolPlan, RuleId, UtilityMeasure};
use gotong::funding::{
    FundingGroup, FundingProject, Instance, Outcome, Participant, Pool, VoterGroup, exhaustiveness_witness,
    run_instance, violations,
};
use proptest::prelude::*;

const MEASURES: [UtilityMeasure; 2] = [UtilityMeasure::Cost, UtilityMeasure::Cardinality];

fn plan(utility: UtilityMeasure) -> PoolPlan {
    PoolPlan {
        utility: Some(utility),
        ..PoolPlan::of(RuleId::MaxWelfare)
    }
}

fn run(instance: &Instance, utility: UtilityMeasure) -> Outcome {
    let outcome = Pool::new(instance, &plan(utility)).unwrap().run_on_paper();
    assert!(outcome.welfare.unwrap().proven);
    let told = run_instance(instance, &plan(utility)).unwrap();
    assert_eq!(violations(instance, &plan(utility), &told.allocation), vec![]);
    assert_eq!(
        exhaustiveness_witness(instance, &plan(utility), &told.allocation),
        None
    );
    outcome
}

fn set_of(funded: &[bool]) -> u32 {
    funded
        .iter()
        .enumerate()
        .map(|(project, &is_in)| u32::from(is_in) << project)
        .sum()
}

/// The better of two sets: more welfare, then the one that holds the earlier project where they first differ.
fn better(a: (u128, u32), b: (u128, u32)) -> (u128, u32) {
    let key = |(welfare, set): (u128, u32)| (welfare, set.reverse_bits());
    if key(b) > key(a) { b } else { a }
}

/// The best of the sets `allowed` lets through.
fn best_set(instance: &Instance, utility: UtilityMeasure, allowed: impl Fn(u32) -> bool) -> (u128, u32) {
    let projects = instance.projects();
    let sets = (0_u32..1 << projects.len()).filter(|&set| {
        let members = |project: &usize| set >> project & 1 == 1;
        (0..projects.len())
            .filter(members)
            .all(|project| projects[project].votes() > 0)
            && allowed(set)
    });
    let welfare = |set: u32| -> u128 {
        let members = (0..projects.len()).filter(|project| set >> project & 1 == 1);
        members
            .map(|project| {
                let votes = u128::from(projects[project].votes());
                match utility {
                    UtilityMeasure::Cost => votes * u128::from(projects[project].cost_minor()),
                    UtilityMeasure::Cardinality => votes,
                }
            })
            .sum()
    };
    sets.map(|set| (welfare(set), set)).reduce(better).unwrap()
}

fn cost_of(instance: &Instance, set: u32) -> u128 {
    let projects = instance.projects().iter().enumerate();
    let members = projects.filter(|(project, _)| set >> project & 1 == 1);
    members.map(|(_, project)| u128::from(project.cost_minor())).sum()
}

/// Hall's condition: the projects of no subset cost more than those who may pay for any of them have.
fn payable(instance: &Instance, set: u32) -> bool {
    (0..=set).filter(|part| part & set == *part).all(|part| {
        let payers = instance.participants().iter().filter(|who| {
            (0..instance.projects().len()).any(|project| part >> project & 1 == 1 && who.may_pay(project))
        });
        cost_of(instance, part) <= payers.map(|who| u128::from(who.purse_minor())).sum()
    })
}

fn restricted(raw: &Raw, purses: &[(u64, u16)]) -> Instance {
    let count = raw.costs.len();
    let voters = raw.instance().voters().to_vec();
    let purses = purses.iter().enumerate().map(|(who, &(purse, bits))| {
        let eligible = (0..count).filter(|project| bits >> project & 1 == 1).collect();
        Participant::new(format!("i{who}"), purse, eligible)
    });
    Instance::new(raw.instance().projects().to_vec(), purses.collect())
        .unwrap()
        .with_voters(voters)
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn it_is_the_best_of_all_sets(raw in prop_oneof![raw(9, 6), raw(10, 40), raw(9, 250_000_000_000_000)]) {
        let instance = raw.instance();
        for utility in MEASURES {
            let outcome = run(&instance, utility);
            let best = best_set(&instance, utility, |set| cost_of(&instance, set) <= raw.budget.into());
            prop_assert_eq!(set_of(&outcome.funded), best.1);
            let reached = outcome.welfare.unwrap().reached;
            prop_assert!((reached - best.0 as f64).abs() <= 1e-9 * best.0 as f64);
        }
    }

    #[test]
    fn restrictions_and_groups_are_kept_and_cost_no_welfare(
        raw in prop_oneof![raw(7, 6), raw(8, 1_000_000)],
        shares in proptest::collection::vec((0..12_u64, any::<u16>()), 1..5),
        groups in proptest::collection::vec((any::<u16>(), proptest::option::of(1..3_u64), proptest::option::of(0..8_u64)), 0..3),
    ) {
        let count = raw.costs.len();
        let unit = raw.budget / 20 + 1;
        let purses: Vec<(u64, u16)> = shares.iter().map(|&(share, bits)| (share * unit, bits)).collect();
        let members = |bits: u16| (0..count).filter(move |project| bits >> project & 1 == 1);
        let limited = groups.iter().map(|&(bits, most, ceiling)| {
            let mut group = FundingGroup::new(members(bits));
            if let Some(most) = most { group = group.at_most(most); }
            if let Some(ceiling) = ceiling { group = group.ceiling(ceiling * unit); }
            group
        }).collect();
        let instance = restricted(&raw, &purses).with_groups(limited).unwrap();
        for utility in MEASURES {
            let outcome = run(&instance, utility);
            let best = best_set(&instance, utility, |set| {
                let in_group = |bits: u16| set & u32::from(bits);
                payable(&instance, set) && groups.iter().all(|&(bits, most, ceiling)| {
                    most.is_none_or(|most| u64::from(in_group(bits).count_ones()) <= most)
                        && ceiling.is_none_or(|ceiling| cost_of(&instance, in_group(bits)) <= u128::from(ceiling * unit))
                })
            });
            prop_assert_eq!(set_of(&outcome.funded), best.1, "{:?}", utility);
        }
    }

    #[test]
    fn divisible_projects_are_raised_where_a_unit_is_worth_most(
        raw in raw(5, 5), minimums in proptest::collection::vec(proptest::option::of(0..5_u64), 5),
    ) {
        // Small enough to try every amount for every project.
        let projects = raw.costs.iter().zip(&minimums).enumerate().map(|(project, (&cost, minimum))| {
            let plain = raw.instance().projects()[project].clone();
            match minimum { Some(minimum) => plain.divisible_from(*minimum.min(&cost)), None => plain }
        });
        let pool = Participant::new("pool", raw.budget, (0..raw.costs.len()).collect());
        let instance = Instance::new(projects.collect(), vec![pool]).unwrap().with_voters(raw.instance().voters().to_vec()).unwrap();
        for utility in MEASURES {
            let outcome = Pool::new(&instance, &plan(utility)).unwrap().run_on_paper();
            let welfare = |granted: &[Option<u64>]| -> f64 {
                granted.iter().zip(instance.projects()).map(|(granted, project)| match (granted, utility) {
                    (None, _) => 0.0,
                    (Some(minor), UtilityMeasure::Cost) => project.votes() as f64 * *minor as f64,
                    (Some(minor), UtilityMeasure::Cardinality) =>
                        project.votes() as f64 * if project.cost_minor() == 0 { 1.0 } else { *minor as f64 / project.cost_minor() as f64 },
                }).sum()
            };
            let mut most = 0.0_f64;
            let mut granted: Vec<Option<u64>> = vec![None; raw.costs.len()];
            'all: loop {
                if granted.iter().flatten().sum::<u64>() <= raw.budget {
                    most = most.max(welfare(&granted));
                }
                for (place, project) in instance.projects().iter().enumerate() {
                    let least = project.least_grant_minor(project.cost_minor());
                    granted[place] = match granted[place] {
                        None => Some(least),
                        Some(minor) if minor < project.cost_minor() => Some(minor + 1),
                        Some(_) => None,
                    };
                    if granted[place].is_some() {
                        continue 'all;
                    }
                }
                break;
            }
            let got: Vec<Option<u64>> = outcome.funded.iter().zip(&outcome.granted_minor).map(|(&funded, &minor)| funded.then_some(minor)).collect();
            prop_assert!((welfare(&got) - most).abs() < 1e-4, "{:?}: {:?} has {}, best {}", utility, got, welfare(&got), most);
        }
    }

    #[test]
    fn points_are_the_welfare_where_there_are_any(raw in raw(8, 30), points in proptest::collection::vec(0..9_u64, 8)) {
        let count = raw.costs.len();
        let ballots = (0..raw.voters.len()).map(|voter| {
            let given = (0..count).filter(|&project| raw.supports(voter, project)).map(|project| (project, points[(project + voter) % 8]));
            VoterGroup::new("v", raw.voters[voter].0, given.collect())
        }).collect::<Vec<_>>();
        let sums: Vec<u64> = (0..count).map(|project| ballots.iter().map(|ballot| {
            ballot.points().iter().filter(|&&(one, _)| one == project).map(|&(_, given)| given * ballot.voters()).sum::<u64>()
        }).sum()).collect();
        prop_assume!(ballots.iter().flat_map(VoterGroup::points).any(|&(_, given)| given > 1));
        let as_votes = raw.costs.iter().zip(&sums).enumerate().map(|(project, (&cost, &sum))| FundingProject::new(format!("p{project}"), cost, sum));
        let pool = Participant::new("pool", raw.budget, (0..count).collect());
        let by_points = Instance::new(raw.instance().projects().to_vec(), vec![pool.clone()]).unwrap().with_voters(ballots).unwrap();
        let by_votes = Instance::new(as_votes.collect(), vec![pool]).unwrap();
        let best = best_set(&by_votes, UtilityMeasure::Cardinality, |set| cost_of(&by_votes, set) <= raw.budget.into());
        for utility in MEASURES {
            let outcome = Pool::new(&by_points, &plan(utility)).unwrap().run_on_paper();
            prop_assert_eq!(set_of(&outcome.funded), best.1);
        }
    }
}

/// Equal votes and costs that never fill the budget exactly: the search ends at its limit and says what it knows.
#[test]
fn a_search_that_ends_at_its_limit_says_so() {
    let costs = (0..60_u64).map(|project| 2_000_000 + 2 * (project * project * 7919 % 100_003));
    let projects = costs
        .enumerate()
        .map(|(project, cost)| FundingProject::new(format!("p{project}"), cost, 1));
    let pool = Participant::new("pool", 61_000_001, (0..60).collect());
    let instance = Instance::new(projects.collect(), vec![pool]).unwrap();
    let outcome = Pool::new(&instance, &plan(UtilityMeasure::Cost))
        .unwrap()
        .run_on_paper();
    let welfare = outcome.welfare.unwrap();
    assert!(welfare.reached <= welfare.at_most && welfare.at_most <= 61_000_001.0);
    assert!(
        !welfare.proven && welfare.reached > 0.99 * welfare.at_most,
        "{welfare:?}"
    );
    let told = run_instance(&instance, &plan(UtilityMeasure::Cost)).unwrap();
    assert_eq!(
        violations(&instance, &plan(UtilityMeasure::Cost), &told.allocation),
        vec![]
    );
    assert_eq!(
        exhaustiveness_witness(&instance, &plan(UtilityMeasure::Cost), &told.allocation),
        None
    );
}
