//! What is said about a result against trying everything: smallest changes, shares of funders, who would leave.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::domain::{PoolPlan, RuleId};
use gotong::funding::{
    Certainty, Explanation, Found, FundingProject, Instance, LeaveVerdict, Outcome, Participant, Pool,
    VoterGroup, explain, report_instance,
};
use proptest::prelude::*;

/// Cost, votes, minimum.
type RawProject = (u64, u64, Option<u64>);
/// Purse, eligible as bits, wishes.
type RawFunder = (u64, u8, Vec<(usize, u32)>);
/// Ballots: voters, approvals as bits.
type Raw = (Vec<RawProject>, Vec<RawFunder>, Vec<(u64, u8)>);

fn raw() -> impl Strategy<Value = Raw> {
    let project = (1..12_u64, 0..5_u64, proptest::option::weighted(0.3, 0..12_u64));
    proptest::collection::vec(project, 1..6).prop_flat_map(|projects| {
        let count = projects.len();
        let wishes = proptest::collection::vec((0..count, 1..4_u32), 0..3);
        let bits = prop_oneof![Just(u8::MAX), any::<u8>()];
        let funders = proptest::collection::vec((0..12_u64, bits, wishes), 0..5);
        let ballots = prop_oneof![
            Just(Vec::new()),
            proptest::collection::vec((0..4_u64, any::<u8>()), 1..4)
        ];
        (Just(projects), funders, ballots)
    })
}

fn instance((projects, funders, ballots): &Raw) -> Instance {
    let count = projects.len();
    let bits = |bits: u8| (0..count).filter(move |project| bits >> project & 1 == 1);
    let project = |(place, &(cost, votes, minimum)): (usize, &RawProject)| {
        let plain = FundingProject::new(format!("p{place}"), cost, votes);
        match minimum {
            Some(minimum) => plain.divisible_from(minimum.min(cost)),
            None => plain,
        }
    };
    let funder = |(place, (purse, may, wishes)): (usize, &RawFunder)| {
        Participant::new(format!("f{place}"), *purse, bits(*may).collect()).wishing(wishes.clone())
    };
    Instance::new(
        projects.iter().enumerate().map(project).collect(),
        funders.iter().enumerate().map(funder).collect(),
    )
    .unwrap()
    .with_voters(
        ballots
            .iter()
            .map(|&(voters, approved)| VoterGroup::approving("v", voters, bits(approved)))
            .collect(),
    )
    .unwrap()
}

fn plan() -> impl Strategy<Value = PoolPlan> {
    let rules = proptest::sample::select(RuleId::ALL.to_vec());
    (rules, proptest::option::of(0..5_u64)).prop_map(|(rule, threshold_votes)| PoolPlan {
        rule,
        threshold_votes,
        ..PoolPlan::default()
    })
}

fn is_ordered(rule: RuleId) -> bool {
    matches!(
        rule,
        RuleId::Greedy
            | RuleId::GreedyPerCost
            | RuleId::GreedyNoSkip
            | RuleId::GreedyThreshold
            | RuleId::InOrder
    )
}

fn run_with(pool: &Pool, purses_minor: &[u64]) -> Outcome {
    let mut outcome = Outcome::default();
    pool.run(purses_minor, pool.costs_minor(), &mut outcome);
    outcome
}

fn explained(instance: &Instance, plan: &PoolPlan) -> Option<(Outcome, Explanation)> {
    // A rule may refuse an instance; then there is nothing to explain.
    let report = report_instance(instance, plan).ok()?;
    let now = Pool::new(instance, plan).unwrap().run_on_paper();
    Some((now, explain(instance, plan, &report).unwrap()))
}

/// What was found is what trying every amount says, or under rules without order at least works.
fn check(
    found: Option<&Found>,
    most: u64,
    ordered: bool,
    now: &Outcome,
    project: usize,
    run: impl Fn(u64) -> Outcome,
) -> Result<(), TestCaseError> {
    let tried = (1..=most).find(|&amount| run(amount).funded[project]);
    let Some(found) = found else {
        prop_assert!(!ordered || tried.is_none(), "missed {:?}", tried);
        return Ok(());
    };
    let then = run(found.amount);
    prop_assert!(then.funded[project]);
    let falls: Vec<usize> = (0..now.funded.len())
        .filter(|&other| now.funded[other] && !then.funded[other])
        .collect();
    prop_assert_eq!(&found.falls, &falls);
    prop_assert!(!ordered || found.certainty == Certainty::Smallest);
    if found.certainty == Certainty::Smallest {
        prop_assert_eq!(Some(found.amount), tried);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn the_smallest_changes_are_those_found_by_trying_every_amount(raw in raw(), plan in plan()) {
        let paper = instance(&raw);
        let count = paper.projects().len();
        let Some((now, explanation)) = explained(&paper, &plan) else { return Ok(()) };
        let run = |instance: &Instance| Pool::new(instance, &plan).unwrap().run_on_paper();
        let unfunded = now.funded.iter().filter(|funded| !**funded).count();
        prop_assert_eq!(explanation.why_not.len(), unfunded);
        let ordered = is_ordered(plan.rule);
        for why in &explanation.why_not {
            prop_assert!(!why.cut_short);
            let project = why.project;
            let costs: u64 = paper.costs_minor().iter().sum();
            check(why.extra_pledge.as_ref(), costs, ordered, &now, project, |extra| {
                // It comes into a pool that is already set up: who matches whose gifts stays.
                let mut participants = paper.participants().to_vec();
                participants.push(Participant::new("extra", 0, (0..count).collect()).without_voice());
                let more = Instance::new(paper.projects().to_vec(), participants).unwrap();
                let more = more.with_voters(paper.voters().to_vec()).unwrap();
                let mut purses = more.purses_minor();
                *purses.last_mut().unwrap() = extra;
                run_with(&Pool::new(&more, &plan).unwrap(), &purses)
            })?;
            let cost = raw.0[project].0;
            check(why.cost_cut.as_ref(), cost - 1, ordered, &now, project, |cut| {
                let mut cheaper = raw.clone();
                cheaper.0[project].0 -= cut;
                run(&instance(&cheaper))
            })?;
            // Votes by cost: more than 12 × 5 times the votes of another are never needed.
            check(why.extra_support.as_ref(), 80, ordered, &now, project, |people| {
                let mut louder = raw.clone();
                louder.0[project].1 += people;
                if !louder.2.is_empty() {
                    louder.2.push((people, 1 << project));
                }
                run(&instance(&louder))
            })?;
        }
    }

    #[test]
    fn shares_are_the_mean_over_all_orders_of_arrival(raw in raw(), plan in plan()) {
        let paper = instance(&raw);
        let Some((now, explanation)) = explained(&paper, &plan) else { return Ok(()) };
        let pool = Pool::new(&paper, &plan).unwrap();
        let outlay = |present: &[usize]| -> i64 {
            let purses = paper.purses_minor();
            let purses: Vec<u64> = (0..purses.len()).map(|who| if present.contains(&who) { purses[who] } else { 0 }).collect();
            let mut outcome = Outcome::default();
            pool.run(&purses, pool.costs_minor(), &mut outcome);
            i64::try_from(outcome.granted_minor.iter().sum::<u64>()).unwrap()
        };
        let count = paper.participants().len();
        let mut added = vec![0_i64; count];
        let mut orders = 0;
        permutations(&mut (0..count).collect(), 0, &mut |order| {
            orders += 1;
            for (place, &who) in order.iter().enumerate() {
                added[who] += outlay(&order[..=place]) - outlay(&order[..place]);
            }
        });
        let shares = explanation.additive.unwrap();
        prop_assert_eq!(shares.pairs, 0);
        let spent: u64 = now.granted_minor.iter().sum();
        prop_assert_eq!(shares.shares_minor.iter().sum::<i64>(), i64::try_from(spent).unwrap());
        for (share, added) in shares.shares_minor.iter().zip(added) {
            // Rounded by largest remainder: off by less than one unit.
            prop_assert!((share * orders - added).abs() < orders, "{} against {}/{}", share, added, orders);
        }
    }

    #[test]
    fn who_would_leave_follows_from_trying_every_use_of_its_pledge(raw in raw(), plan in plan()) {
        let paper = instance(&raw);
        let Some((now, explanation)) = explained(&paper, &plan) else { return Ok(()) };
        for (who, choice) in explanation.leaving.iter().enumerate() {
            let (purse, may, wishes) = &raw.1[who];
            let supports = |project: usize| {
                let wished = wishes.is_empty() || wishes.iter().any(|&(wish, _)| wish == project);
                may >> project & 1 == 1 && wished
            };
            let mut purses = paper.purses_minor();
            purses[who] = 0;
            let without = run_with(&Pool::new(&paper, &plan).unwrap(), &purses);
            let supported: Vec<usize> = (0..raw.0.len()).filter(|&project| supports(project)).collect();
            let sum = |outcome: &Outcome| supported.iter().map(|&project| outcome.granted_minor[project]).sum::<u64>();
            let best = best_use(&raw.0, &supported, &without.granted_minor, *purse);
            prop_assert_eq!(choice.inside_minor, sum(&now));
            prop_assert_eq!(choice.outside_minor, sum(&without) + best);
            let leaves = choice.outside_minor > choice.inside_minor;
            prop_assert_eq!(choice.verdict, if leaves { LeaveVerdict::Leaves } else { LeaveVerdict::Stays });
            prop_assert_eq!(choice.best_use.iter().map(|(_, amount)| amount).sum::<u64>(), best);
            for &(project, amount) in &choice.best_use {
                let total = without.granted_minor[project] + amount;
                let (cost, _, minimum) = raw.0[project];
                let least = minimum.map_or(cost, |minimum| minimum.min(cost).max(1));
                prop_assert!(supports(project) && (least..=cost).contains(&total));
            }
        }
    }
}

/// The most of `purse` that can be spent on these projects, trying every amount for each.
fn best_use(projects: &[RawProject], open: &[usize], granted: &[u64], purse: u64) -> u64 {
    let Some((&project, rest)) = open.split_first() else {
        return 0;
    };
    let (cost, _, minimum) = projects[project];
    let least = minimum.map_or(cost, |minimum| minimum.min(cost).max(1));
    (0..=purse)
        .filter(|&amount| amount == 0 || (least..=cost).contains(&(granted[project] + amount)))
        .map(|amount| amount + best_use(projects, rest, granted, purse - amount))
        .max()
        .unwrap()
}

fn permutations(order: &mut Vec<usize>, from: usize, visit: &mut impl FnMut(&[usize])) {
    if from >= order.len() {
        return visit(order);
    }
    for other in from..order.len() {
        order.swap(from, other);
        permutations(order, from + 1, visit);
        order.swap(from, other);
    }
}
