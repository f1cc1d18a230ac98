//! Limits that hold for several projects together, under every rule.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::domain::{PoolPlan, RuleId};
use gotong::funding::{
    Allocation, FundingGroup, FundingProject, Instance, Participant, Verdict, Violation, VoterGroup,
    exhaustiveness_witness, run_instance, violations,
};
use proptest::prelude::*;

/// (cost, votes, minimum).
type RawProject = (u64, u64, Option<u64>);
/// (purse, eligible projects as bits, wishes).
type RawPurse = (u64, u8, Vec<(usize, u32)>);
/// (members as bits, how many, ceiling).
type RawGroup = (u8, Option<u64>, Option<u64>);

fn instance() -> impl Strategy<Value = Instance> {
    let project = (0..=12_u64, 0..5_u64, proptest::option::weighted(0.3, 0..=12_u64));
    let purse = (
        0..=20_u64,
        any::<u8>(),
        proptest::collection::vec((0..6_usize, 1..4_u32), 0..3),
    );
    let group = (
        any::<u8>(),
        proptest::option::of(1..3_u64),
        proptest::option::of(0..25_u64),
    );
    (
        proptest::collection::vec(project, 6),
        proptest::collection::vec(purse, 1..5),
        proptest::collection::vec((0..4_u64, any::<u8>()), 0..4),
        proptest::collection::vec(group, 1..4),
    )
        .prop_map(|(projects, purses, ballots, groups)| build(&projects, &purses, &ballots, &groups))
}

fn members(bits: u8) -> Vec<usize> {
    (0..6).filter(|project| bits >> project & 1 == 1).collect()
}

fn build(
    projects: &[RawProject],
    purses: &[RawPurse],
    ballots: &[(u64, u8)],
    groups: &[RawGroup],
) -> Instance {
    let projects = projects
        .iter()
        .enumerate()
        .map(|(place, &(cost, votes, minimum))| {
            let plain = FundingProject::new(format!("p{place}"), cost, votes);
            match minimum {
                Some(minimum) => plain.divisible_from(minimum.min(cost)),
                None => plain,
            }
        });
    let purses = purses.iter().enumerate().map(|(place, (purse, bits, wishes))| {
        Participant::new(format!("i{place}"), *purse, members(*bits)).wishing(wishes.clone())
    });
    let ballots = ballots
        .iter()
        .map(|&(people, bits)| VoterGroup::approving("v", people, members(bits)));
    let groups = groups.iter().map(|&(bits, most, ceiling)| {
        let mut group = FundingGroup::new(members(bits));
        if let Some(most) = most {
            group = group.at_most(most);
        }
        match ceiling {
            Some(ceiling) => group.ceiling(ceiling),
            None => group,
        }
    });
    Instance::new(projects.collect(), purses.collect())
        .unwrap()
        .with_voters(ballots.collect())
        .unwrap()
        .with_groups(groups.collect())
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn every_rule_keeps_the_limits_of_groups(instance in instance()) {
        for rule in RuleId::ALL {
            let plan = PoolPlan::of(rule);
            let run = run_instance(&instance, &plan).unwrap();
            prop_assert_eq!(violations(&instance, &plan, &run.allocation), vec![], "{:?}", rule);
            let mut told: Vec<usize> = run.trace.iter().map(|step| step.project).collect();
            told.sort_unstable();
            prop_assert_eq!(told, (0..6).collect::<Vec<_>>(), "{:?}", rule);
            let may_stop = [RuleId::GreedyNoSkip, RuleId::InOrder, RuleId::Phragmen, RuleId::EqualShares, RuleId::Quadratic, RuleId::Pairwise].contains(&rule);
            if !may_stop {
                prop_assert_eq!(exhaustiveness_witness(&instance, &plan, &run.allocation), None, "{:?}", rule);
            }
            for step in &run.trace {
                let limited = |group: usize| instance.groups()[group].projects().contains(&step.project);
                match step.verdict {
                    Verdict::Excluded { group, by } => {
                        prop_assert!(limited(group) && instance.groups()[group].projects().contains(&by));
                        prop_assert!(run.allocation.selected.contains(&by) && instance.groups()[group].most().is_some());
                    }
                    Verdict::OverCeiling { group, short_minor } => {
                        prop_assert!(limited(group) && short_minor > 0);
                        prop_assert!(instance.groups()[group].ceiling_minor().is_some());
                    }
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn the_check_sees_a_limit_broken(instance in instance()) {
        // What the rules do without the groups breaks them exactly where one counts so.
        let free = instance.clone().with_groups(Vec::new()).unwrap();
        for rule in RuleId::ALL {
            let plan = PoolPlan::of(rule);
            let allocation: Allocation = run_instance(&free, &plan).unwrap().allocation;
            let found = violations(&instance, &plan, &allocation);
            for (group, limit) in instance.groups().iter().enumerate() {
                let mut bought = allocation.selected.clone();
                bought.retain(|project| limit.projects().contains(project));
                let minor: u64 = bought.iter().map(|&project| allocation.granted_minor[project]).sum();
                let broken = limit.most().is_some_and(|most| bought.len() as u64 > most)
                    || limit.ceiling_minor().is_some_and(|ceiling| minor > ceiling);
                prop_assert_eq!(found.contains(&Violation::GroupLimitBroken { group }), broken);
            }
        }
    }

    #[test]
    fn groups_that_limit_nothing_change_nothing(instance in instance()) {
        let loose = instance.groups().iter().map(|group| {
            FundingGroup::new(group.projects().to_vec()).at_most(6).ceiling(1_000)
        });
        let loose = instance.clone().with_groups(loose.collect()).unwrap();
        let free = instance.with_groups(Vec::new()).unwrap();
        for rule in RuleId::ALL {
            let plan = PoolPlan::of(rule);
            prop_assert_eq!(run_instance(&loose, &plan).unwrap(), run_instance(&free, &plan).unwrap());
        }
    }
}
