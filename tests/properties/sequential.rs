//! Sequential Phragmén and maximin support against the definitions, written as slowly as they read.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::domain::{PoolPlan, RuleId};
use gotong::funding::{
    FundingProject, Instance, Participant, Pool, Verdict, VoterGroup, run_instance, violations,
};
use proptest::prelude::*;

/// A fraction of 128-bit numbers, reduced; small elections only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain(pub u128, pub u128);

impl Plain {
    fn of(top: u128, bottom: u128) -> Self {
        let (mut a, mut b) = (top, bottom);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        Self(top / a.max(1), bottom / a.max(1))
    }

    fn plus(self, other: Self) -> Self {
        Self::of(self.0 * other.1 + other.0 * self.1, self.1 * other.1)
    }
}

impl PartialOrd for Plain {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        (self.0 * other.1).partial_cmp(&(other.0 * self.1))
    }
}

/// An election: costs, (people, approved projects as bits), budget.
#[derive(Clone, Debug)]
pub struct Raw {
    pub costs: Vec<u64>,
    pub voters: Vec<(u64, u16)>,
    pub budget: u64,
}

pub fn raw(projects: usize, largest: u64) -> impl Strategy<Value = Raw> {
    (
        proptest::collection::vec(0..=largest, 1..projects),
        proptest::collection::vec((0..5_u64, any::<u16>()), 1..7),
        0..=largest * 4,
    )
        .prop_map(|(costs, voters, budget)| Raw {
            costs,
            voters,
            budget,
        })
}

impl Raw {
    pub fn supports(&self, voter: usize, project: usize) -> bool {
        self.voters[voter].1 >> project & 1 == 1
    }

    fn people(&self, project: usize) -> u128 {
        let voters = (0..self.voters.len()).filter(|&voter| self.supports(voter, project));
        voters.map(|voter| u128::from(self.voters[voter].0)).sum()
    }

    pub fn instance(&self) -> Instance {
        let count = self.costs.len();
        let projects = self.costs.iter().enumerate();
        let projects = projects.map(|(project, &cost)| {
            FundingProject::new(
                format!("p{project}"),
                cost,
                u64::try_from(self.people(project)).unwrap(),
            )
        });
        let voters = self.voters.iter().enumerate().map(|(voter, &(people, bits))| {
            let approved = (0..count).filter(move |project| bits >> project & 1 == 1);
            VoterGroup::approving(format!("v{voter}"), people, approved)
        });
        let pool = Participant::new("pool", self.budget, (0..count).collect());
        Instance::new(projects.collect(), vec![pool])
            .unwrap()
            .with_voters(voters.collect())
            .unwrap()
    }
}

/// The textbook: loads of single voters, every project looked at in every round.
fn phragmen_by_hand(raw: &Raw) -> Vec<usize> {
    let mut open: Vec<usize> = (0..raw.costs.len())
        .filter(|&project| raw.people(project) > 0 && raw.costs[project] <= raw.budget)
        .collect();
    let mut loads = vec![Plain(0, 1); raw.voters.len()];
    let (mut left, mut bought) = (raw.budget, Vec::new());
    while !open.is_empty() {
        let new_load = |project: usize| {
            let mut sum = Plain(raw.costs[project].into(), 1);
            for (voter, load) in loads
                .iter()
                .enumerate()
                .filter(|(voter, _)| raw.supports(*voter, project))
            {
                sum = sum.plus(Plain::of(load.0 * u128::from(raw.voters[voter].0), load.1));
            }
            Plain::of(sum.0, sum.1 * raw.people(project))
        };
        let new: Vec<Plain> = open.iter().map(|&project| new_load(project)).collect();
        let least = new
            .iter()
            .copied()
            .reduce(|a, b| if b < a { b } else { a })
            .unwrap();
        let tied: Vec<usize> = (0..open.len()).filter(|&place| new[place] == least).collect();
        if tied.iter().any(|&place| raw.costs[open[place]] > left) {
            break;
        }
        let project = open.remove(tied[0]);
        for (voter, load) in loads.iter_mut().enumerate() {
            if raw.supports(voter, project) {
                *load = least;
            }
        }
        left -= raw.costs[project];
        bought.push(project);
    }
    bought
}

/// The densest set of projects, by trying all: the dual of the linear programme.
fn heaviest_load(raw: &Raw, projects: &[usize]) -> Plain {
    let mut most = Plain(0, 1);
    for set in 1_u32..1 << projects.len() {
        let set: Vec<usize> = (0..projects.len())
            .filter(|place| set >> place & 1 == 1)
            .collect();
        let cost: u128 = set
            .iter()
            .map(|&place| u128::from(raw.costs[projects[place]]))
            .sum();
        let supporting = |voter: &usize| set.iter().any(|&place| raw.supports(*voter, projects[place]));
        let voters = (0..raw.voters.len()).filter(supporting);
        let density = Plain::of(cost, voters.map(|voter| u128::from(raw.voters[voter].0)).sum());
        if density > most {
            most = density;
        }
    }
    most
}

fn maximin_by_hand(raw: &Raw) -> Vec<usize> {
    let (mut left, mut bought) = (raw.budget, Vec::<usize>::new());
    loop {
        let open = (0..raw.costs.len()).filter(|&project| {
            raw.people(project) > 0 && raw.costs[project] <= left && !bought.contains(&project)
        });
        let with = |project: usize| {
            let mut all = bought.clone();
            all.push(project);
            (heaviest_load(raw, &all), project)
        };
        let best = open.map(with).reduce(|a, b| if b.0 < a.0 { b } else { a });
        let Some((_, project)) = best else { return bought };
        left -= raw.costs[project];
        bought.push(project);
    }
}

fn bought(instance: &Instance, rule: RuleId) -> Vec<usize> {
    let plan = PoolPlan::of(rule);
    let run = run_instance(instance, &plan).unwrap();
    assert_eq!(violations(instance, &plan, &run.allocation), vec![]);
    run.allocation.selected
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn phragmen_buys_what_one_buys_by_hand(raw in prop_oneof![raw(6, 4), raw(8, 30), raw(5, 1_000_000)]) {
        prop_assert_eq!(bought(&raw.instance(), RuleId::Phragmen), phragmen_by_hand(&raw));
    }

    #[test]
    fn maximin_support_buys_what_one_buys_by_hand(raw in prop_oneof![raw(6, 4), raw(7, 30), raw(6, 250_000_000_000_000)]) {
        prop_assert_eq!(bought(&raw.instance(), RuleId::MaximinSupport), maximin_by_hand(&raw));
    }

    #[test]
    fn without_ties_neither_order_matters(raw in raw(7, 1_000_000_000), turn in 1..7_usize) {
        for rule in [RuleId::Phragmen, RuleId::MaximinSupport] {
            let instance = raw.instance();
            let outcome = Pool::new(&instance, &PoolPlan::of(rule)).unwrap().run_on_paper();
            prop_assume!(!outcome.rounds.iter().any(|round| round.tie));
            let by = turn % raw.costs.len();
            let mut turned = raw.clone();
            turned.costs.rotate_left(by);
            turned.voters.reverse();
            let count = raw.costs.len();
            for (_, bits) in &mut turned.voters {
                let set: Vec<bool> = (0..count).map(|project| *bits >> project & 1 == 1).collect();
                *bits = (0..count).map(|project| u16::from(set[(project + by) % count]) << project).sum();
            }
            let before: Vec<usize> = bought(&instance, rule).iter().map(|project| (project + count - by) % count).collect();
            prop_assert_eq!(bought(&turned.instance(), rule), before);
        }
    }

    #[test]
    fn people_and_money_have_no_unit(raw in raw(7, 20), factor in 1..1_000_000_u64) {
        // Everybody twice, or every amount in a smaller coin: the same projects.
        for rule in [RuleId::Phragmen, RuleId::MaximinSupport] {
            let before = bought(&raw.instance(), rule);
            let mut more = raw.clone();
            more.voters.iter_mut().for_each(|(people, _)| *people *= factor);
            prop_assert_eq!(&bought(&more.instance(), rule), &before);
            let mut coins = raw.clone();
            coins.costs.iter_mut().for_each(|cost| *cost *= factor);
            coins.budget *= factor;
            prop_assert_eq!(&bought(&coins.instance(), rule), &before);
        }
    }

    #[test]
    fn rounds_tell_what_was_bought_and_loads_never_fall(raw in raw(8, 30)) {
        for rule in [RuleId::Phragmen, RuleId::MaximinSupport] {
            let outcome = Pool::new(&raw.instance(), &PoolPlan::of(rule)).unwrap().run_on_paper();
            let told: Vec<usize> = outcome.rounds.iter().filter_map(|round| round.bought).collect();
            prop_assert_eq!(told, bought(&raw.instance(), rule));
            let best: Vec<f64> = outcome.rounds.iter().filter_map(|round| round.contenders.first()?.value).collect();
            prop_assert!(best.windows(2).all(|two| two[0] <= two[1] * (1.0 + 1e-12)), "{:?}", best);
            for round in &outcome.rounds {
                prop_assert!(round.open >= round.contenders.len());
                let values: Vec<f64> = round.contenders.iter().filter_map(|one| one.value).collect();
                prop_assert!(values.windows(2).all(|two| two[0] <= two[1] * (1.0 + 1e-12)), "{:?}", values);
            }
            let stopped = outcome.steps.iter().any(|step| step.verdict == Verdict::AfterStop);
            prop_assert!(rule == RuleId::Phragmen || !stopped);
        }
    }
}

/// A long election with many different loads: what a floating-point number cannot tell apart is compared exactly.
#[test]
fn many_rounds_stay_exact() {
    let projects = 40_usize;
    let voters: Vec<(u64, Vec<usize>)> = (0..97_u64)
        .map(|voter| {
            let mut state = voter.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
            let mut next = || {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state
            };
            let approved = (0..projects).filter(|_| next() % 4 == 0).collect();
            (voter % 7 + 1, approved)
        })
        .collect();
    let instance = |copies: usize| {
        // Each project `copies` times, cost and support the same: all ties, in file order.
        let list = (0..projects * copies).map(|place| {
            FundingProject::new(format!("p{place}"), 1_000_003 + (place / copies) as u64 % 5, 1)
        });
        let groups = voters.iter().map(|(people, approved)| {
            let all = approved
                .iter()
                .flat_map(|project| project * copies..(project + 1) * copies);
            VoterGroup::approving("v", *people, all)
        });
        let pool = Participant::new("pool", 1_000_000_000, (0..projects * copies).collect());
        Instance::new(list.collect(), vec![pool])
            .unwrap()
            .with_voters(groups.collect())
            .unwrap()
    };
    for copies in [2, 3] {
        let order = bought(&instance(copies), RuleId::Phragmen);
        assert_eq!(order.len(), projects * copies);
        // Copies are bought in file order, whatever lies between.
        for project in 0..projects {
            let of_it: Vec<usize> = order
                .iter()
                .copied()
                .filter(|place| place / copies == project)
                .collect();
            assert!(of_it.windows(2).all(|two| two[0] < two[1]), "{of_it:?}");
        }
    }
}
