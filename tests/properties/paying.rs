//! Who pays what, against slow and plain code: pledges that may pay for the same projects are one purse while the rule
//! runs, and the exact share of each is rounded once, at the end.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::domain::{PoolPlan, RuleId};
use gotong::funding::{
    BlockOutcome, Columns, FundingGroup, FundingProject, Instance, Outcome, Participant, Pool, violations,
};
use proptest::prelude::*;

/// What the greedy family does, by hand.
pub struct ByHand {
    /// What each project gets.
    pub granted: Vec<u64>,
    /// Participants that are one purse, in the order of their first members.
    pub classes: Vec<Vec<usize>>,
    /// (project, class, what it pays), in order.
    pub paid: Vec<(usize, usize, u128)>,
}

/// Whether the rule looks at this project at all.
fn is_admitted(project: &FundingProject, plan: &PoolPlan) -> bool {
    let below = plan.rule == RuleId::GreedyThreshold && project.votes() < plan.threshold_votes.unwrap_or(0);
    !project.is_withdrawn() && project.votes() > 0 && !below
}

/// The greedy family as one would write it on a board, with 128-bit division throughout.
pub fn by_hand(instance: &Instance, plan: &PoolPlan) -> ByHand {
    let projects = instance.projects();
    let mut order: Vec<usize> = (0..projects.len()).collect();
    order.retain(|&p| is_admitted(&projects[p], plan));
    let votes = |p: usize| u128::from(projects[p].votes());
    let cost = |p: usize| u128::from(projects[p].cost_minor());
    let may_pay = |i: usize, p: usize| instance.participants()[i].may_pay(p);
    let mut classes: Vec<Vec<usize>> = Vec::new();
    for i in 0..instance.participants().len() {
        let same = |class: &&mut Vec<usize>| order.iter().all(|&p| may_pay(class[0], p) == may_pay(i, p));
        match classes.iter_mut().find(same) {
            Some(class) => class.push(i),
            None => classes.push(vec![i]),
        }
    }
    match plan.rule {
        RuleId::InOrder => {}
        RuleId::GreedyPerCost => order.sort_by(|&a, &b| (votes(b) * cost(a)).cmp(&(votes(a) * cost(b)))),
        _ => order.sort_by_key(|&p| std::cmp::Reverse(votes(p))),
    }
    let purse = |&i: &usize| u128::from(instance.participants()[i].purse_minor());
    let mut left: Vec<u128> = classes
        .iter()
        .map(|class| class.iter().map(purse).sum())
        .collect();
    let mut granted = vec![0; projects.len()];
    let mut paid = Vec::new();
    for p in order {
        let payers: Vec<usize> = (0..left.len()).filter(|&c| may_pay(classes[c][0], p)).collect();
        let reach: u128 = payers.iter().map(|&c| left[c]).sum();
        let price = reach.min(cost(p));
        if reach < u128::from(projects[p].least_grant_minor(projects[p].cost_minor())) {
            if matches!(plan.rule, RuleId::GreedyNoSkip | RuleId::InOrder) {
                break;
            }
            continue;
        }
        granted[p] = u64::try_from(price).unwrap();
        if price == 0 {
            continue;
        }
        let mut owed: Vec<(u128, usize)> = payers.iter().map(|&c| (price * left[c] % reach, c)).collect();
        owed.sort_by_key(|&(remainder, c)| (std::cmp::Reverse(remainder), c));
        let floors: u128 = payers.iter().map(|&c| price * left[c] / reach).sum();
        let up = owed.iter().take(usize::try_from(price - floors).unwrap());
        let up: Vec<usize> = up.map(|&(_, c)| c).collect();
        for c in payers {
            let share = price * left[c] / reach + u128::from(up.contains(&c));
            left[c] -= share;
            paid.push((p, c, share));
        }
    }
    ByHand {
        granted,
        classes,
        paid,
    }
}

/// Purses, costs, votes, minimums, and which of a few restrictions each purse has.
type Raw = (Vec<(u64, u64, Option<u64>)>, Vec<(u64, usize)>, [u16; 3]);

fn raw(largest: u64) -> impl Strategy<Value = Raw> {
    let project = (
        0..=largest,
        0..6_u64,
        proptest::option::weighted(0.2, 0..=largest),
    );
    (
        proptest::collection::vec(project, 1..8),
        // As many purses in a class as make rounding matter; money for about half of what is wanted.
        proptest::collection::vec((0..=largest, 0..3_usize), 1..14),
        any::<[u16; 2]>(),
    )
        .prop_map(|(projects, mut purses, [one, other])| {
            for (purse, _) in &mut purses {
                *purse /= 3;
            }
            (projects, purses, [u16::MAX, one, other])
        })
}

fn instance((projects, purses, masks): &Raw) -> Instance {
    let project = |(position, &(cost, votes, minimum)): (usize, &(u64, u64, Option<u64>))| {
        let plain = FundingProject::new(format!("p{position}"), cost, votes);
        match minimum {
            Some(minimum) => plain.divisible_from(minimum.min(cost)),
            None => plain,
        }
    };
    let participant = |(position, &(purse, mask)): (usize, &(u64, usize))| {
        let eligible = (0..projects.len()).filter(|project| masks[mask] >> project & 1 == 1);
        Participant::new(format!("i{position}"), purse, eligible.collect())
    };
    Instance::new(
        projects.iter().enumerate().map(project).collect(),
        purses.iter().enumerate().map(participant).collect(),
    )
    .unwrap()
}

fn family() -> impl Strategy<Value = PoolPlan> {
    let rules = [
        RuleId::Greedy,
        RuleId::GreedyPerCost,
        RuleId::GreedyNoSkip,
        RuleId::GreedyThreshold,
        RuleId::InOrder,
    ];
    proptest::sample::select(rules.to_vec()).prop_map(PoolPlan::of)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    /// Every entry is P·w/W rounded down or up, sums of projects are exact, nobody is above its pledge, and a sum of a
    /// participant is S·w/W rounded down or up. In a future, where nobody asks for the table, its sums are the same.
    #[test]
    fn exact_shares_are_rounded_once(raw in prop_oneof![raw(15), raw(1_000), raw(1_000_000_000_000_000)], plan in family()) {
        let instance = instance(&raw);
        let pool = Pool::new(&instance, &plan).unwrap();
        let paper = pool.run_on_paper();
        let hand = by_hand(&instance, &plan);
        prop_assert_eq!(&paper.granted_minor, &hand.granted);
        prop_assert_eq!(paper.spent_minor.iter().sum::<u64>(), hand.granted.iter().sum::<u64>());
        let purse = |i: usize| u128::from(instance.participants()[i].purse_minor());
        let mut future = Outcome::default();
        pool.run(&instance.purses_minor(), &instance.costs_minor(), &mut future);
        prop_assert_eq!(&future.granted_minor, &paper.granted_minor);
        for (c, class) in hand.classes.iter().enumerate() {
            let held: u128 = class.iter().map(|&i| purse(i)).sum();
            let rows: Vec<(usize, u128)> = hand.paid.iter().filter(|row| row.1 == c).map(|row| (row.0, row.2)).collect();
            let all: u128 = rows.iter().map(|row| row.1).sum();
            for &i in class {
                let mut sum = 0;
                for &(project, price) in &rows {
                    let found = paper.payments.iter().filter(|payment| (payment.project, payment.participant) == (project, i));
                    let found: Vec<u128> = found.map(|payment| u128::from(payment.amount_minor)).collect();
                    prop_assert!(found.len() <= 1 && !found.contains(&0));
                    let found: u128 = found.iter().sum();
                    let exact = price * purse(i);
                    prop_assert!(found * held <= exact + held.saturating_sub(1), "{found} above {exact}/{held}");
                    prop_assert!(found * held + held.saturating_sub(1) >= exact, "{found} below {exact}/{held}");
                    sum += found;
                }
                prop_assert_eq!(sum, u128::from(paper.spent_minor[i]));
                prop_assert!(sum <= purse(i));
                for spent in [sum, u128::from(future.spent_minor[i])] {
                    prop_assert!((spent * held).abs_diff(all * purse(i)) < held.max(1));
                }
            }
            for &(project, price) in &rows {
                let found = paper.payments.iter().filter(|payment| payment.project == project && class.contains(&payment.participant));
                prop_assert_eq!(found.map(|payment| u128::from(payment.amount_minor)).sum::<u128>(), price);
            }
            prop_assert_eq!(class.iter().map(|&i| u128::from(future.spent_minor[i])).sum::<u128>(), all);
        }
        let run = gotong::funding::run_instance(&instance, &plan).unwrap();
        prop_assert_eq!(violations(&instance, &plan, &run.allocation), vec![]);
    }

    /// The sums of a future are the cumulative rounding of exact shares, participant by participant.
    #[test]
    fn sums_of_a_future_are_rounded_cumulatively(raw in prop_oneof![raw(15), raw(1_000_000_000_000_000)], plan in family()) {
        let instance = instance(&raw);
        let pool = Pool::new(&instance, &plan).unwrap();
        let mut future = Outcome::default();
        pool.run(&instance.purses_minor(), &instance.costs_minor(), &mut future);
        let hand = by_hand(&instance, &plan);
        let purse = |i: usize| u128::from(instance.participants()[i].purse_minor());
        for (c, class) in hand.classes.iter().enumerate() {
            let held: u128 = class.iter().map(|&i| purse(i)).sum();
            let all: u128 = hand.paid.iter().filter(|row| row.1 == c).map(|row| row.2).sum();
            let mut until = 0;
            for &i in class {
                let before = all * until / held.max(1);
                until += purse(i);
                prop_assert_eq!(u128::from(future.spent_minor[i]), all * until / held.max(1) - before);
            }
        }
    }
}

/// How seldom the table on paper needs other sums than those of a future.
#[test]
fn sums_on_paper_and_in_a_future_are_nearly_always_the_same() {
    let mut state = 1_u64;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 20) % below
    };
    let mut moved = 0;
    let mut future = Outcome::default();
    for _ in 0..4000 {
        let projects = (0..6)
            .map(|p| FundingProject::new(format!("p{p}"), 1 + draw(900_000_000), 1))
            .collect();
        let participants =
            (0..8).map(|i| Participant::new(format!("i{i}"), draw(500_000_000), (0..6).collect()));
        let instance = Instance::new(projects, participants.collect()).unwrap();
        let pool = Pool::new(&instance, &PoolPlan::default()).unwrap();
        pool.run(&instance.purses_minor(), &instance.costs_minor(), &mut future);
        moved += usize::from(pool.run_on_paper().spent_minor != future.spent_minor);
    }
    assert!(moved <= 4, "{moved} of 4000");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    /// Column by column or run by run, every rule does the same.
    #[test]
    fn a_block_of_runs_is_the_runs_one_by_one(
        raw in prop_oneof![raw(15), raw(1_000_000_000), raw(1_000_000_000_000_000)],
        rule in prop_oneof![family(), proptest::sample::select(RuleId::ALL.to_vec()).prop_map(PoolPlan::of)],
        (len, cut) in (1..8_usize, 0..8_usize), limit in proptest::option::weighted(0.2, 1..3_u64), seed: u64,
    ) {
        let mut instance = instance(&raw);
        if let Some(limit) = limit {
            instance = instance.with_groups(vec![FundingGroup::new([0, raw.0.len() - 1]).at_most(limit)]).unwrap();
        }
        let pool = Pool::new(&instance, &rule).unwrap();
        let (mut purses, mut costs) = (Columns::new(pool.participants()), Columns::new(pool.projects()));
        purses.set_len(len);
        costs.set_len(len);
        let mut results = BlockOutcome::new(&pool);
        results.set_len(len);
        let mut state = seed | 1;
        let mut part_of = |amount: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // All of it, nothing, or a part.
            match state >> 61 {
                0..=2 => amount,
                3 => 0,
                _ => amount.min(amount / 1000 * ((state >> 30) % 1000) + 1),
            }
        };
        for place in 0..len {
            let row: Vec<u64> = instance.purses_minor().into_iter().map(&mut part_of).collect();
            purses.set_row(place, &row);
            let row: Vec<u64> = instance.costs_minor().into_iter().map(&mut part_of).collect();
            costs.set_row(place, &row);
        }
        let cut = cut.min(len);
        pool.run_block(&purses, &costs, 0..cut, &mut results);
        pool.run_block(&purses, &costs, cut..len, &mut results);
        let mut outcome = Outcome::default();
        let (mut purses_row, mut costs_row) = (vec![0; pool.participants()], vec![0; pool.projects()]);
        for place in 0..len {
            purses.row(place, &mut purses_row);
            costs.row(place, &mut costs_row);
            pool.run(&purses_row, &costs_row, &mut outcome);
            let (mut granted, mut spent) = (vec![0; pool.projects()], vec![0; pool.participants()]);
            let mut funded = vec![false; pool.projects()];
            results.granted_minor.row(place, &mut granted);
            results.spent_minor.row(place, &mut spent);
            results.funded.row(place, &mut funded);
            prop_assert_eq!(&granted, &outcome.granted_minor);
            prop_assert_eq!(&funded, &outcome.funded);
            prop_assert_eq!(&spent, &outcome.spent_minor);
        }
    }
}

/// Thousands of pledges to dozens of projects, and one account: the table is found in reasonable time.
#[test]
fn a_crowd_is_told_apart() {
    let projects = (0..40_u64).map(|p| FundingProject::new(format!("p{p}"), 1_000_003 + 7919 * p, 1));
    let participants =
        (0..5_000_u64).map(|i| Participant::new(format!("i{i}"), 9_001 + 31 * (i % 97), (0..40).collect()));
    let instance = Instance::new(projects.collect(), participants.collect()).unwrap();
    let run = gotong::funding::run_instance(&instance, &PoolPlan::default()).unwrap();
    assert!(run.allocation.selected.len() > 30);
    assert_eq!(
        violations(&instance, &PoolPlan::default(), &run.allocation),
        vec![]
    );
}
