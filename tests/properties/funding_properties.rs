//! The properties of a result against their definitions, by trying every group, every set and every payment.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::domain::{PoolPlan, RuleId, UtilityMeasure};
use gotong::funding::{
    Allocation, FundingProject, Instance, Participant, Property, PropertyVerdict, Purse, VoterGroup, Witness,
    properties, run_instance,
};
use proptest::prelude::*;

/// Costs; voters of each ballot with what it approves as bits; budget; what is bought, as bits.
type Election = (Vec<u64>, Vec<(u64, u8)>, u64, u8);

fn election() -> impl Strategy<Value = Election> {
    (
        proptest::collection::vec(1..9_u64, 1..5),
        proptest::collection::vec((0..4_u64, any::<u8>()), 0..6),
        0..24_u64,
        any::<u8>(),
    )
}

/// The election with its result: of the projects wanted, those that fit in order.
fn result((costs, ballots, budget, wanted): &Election) -> (Instance, Allocation) {
    let count = costs.len();
    let bits = |bits: u8| (0..count).filter(move |project| bits >> project & 1 == 1);
    let projects = costs
        .iter()
        .enumerate()
        .map(|(place, &cost)| FundingProject::new(format!("p{place}"), cost, 1));
    let voters = ballots
        .iter()
        .map(|&(voters, approved)| VoterGroup::approving("v", voters, bits(approved)));
    let pool = Participant::new("pool", *budget, (0..count).collect());
    let instance = Instance::new(projects.collect(), vec![pool])
        .unwrap()
        .with_voters(voters.collect())
        .unwrap();
    let mut left = *budget;
    let mut allocation = Allocation {
        granted_minor: vec![0; count],
        payments_minor: vec![Vec::new(); count],
        ..Allocation::default()
    };
    for project in bits(*wanted) {
        if costs[project] <= left {
            left -= costs[project];
            allocation.selected.push(project);
            allocation.granted_minor[project] = costs[project];
            allocation.payments_minor[project].push((0, costs[project]));
        }
    }
    allocation.unspent_minor = vec![left];
    (instance, allocation)
}

/// Costs, and funders with their purse and what they may pay for as bits.
type Pledges = (Vec<u64>, Vec<(u64, u8)>);

fn pledges() -> impl Strategy<Value = Pledges> {
    (
        proptest::collection::vec(1..7_u64, 1..4),
        proptest::collection::vec((0..5_u64, any::<u8>()), 1..4),
    )
}

fn pledged((costs, funders): &Pledges, rule: RuleId) -> (Instance, Allocation) {
    let bits = |bits: u8| (0..costs.len()).filter(move |project| bits >> project & 1 == 1);
    let projects = costs
        .iter()
        .enumerate()
        .map(|(place, &cost)| FundingProject::new(format!("p{place}"), cost, place as u64 % 2 + 1));
    let funders = funders
        .iter()
        .enumerate()
        .map(|(place, &(purse, may))| Participant::new(format!("f{place}"), purse, bits(may).collect()));
    let instance = Instance::new(projects.collect(), funders.collect()).unwrap();
    let allocation = run_instance(&instance, &PoolPlan::of(rule)).unwrap().allocation;
    (instance, allocation)
}

fn verdict(
    instance: &Instance,
    plan: &PoolPlan,
    allocation: &Allocation,
    property: Property,
) -> PropertyVerdict {
    let all = properties(instance, plan, allocation);
    assert_eq!(
        all.iter().map(|report| report.property).collect::<Vec<_>>(),
        Property::ALL
    );
    all.into_iter()
        .find(|report| report.property == property)
        .unwrap()
        .verdict
}

/// Everything the definitions speak of, for every group as bits.
struct Groups<'a> {
    instance: &'a Instance,
    allocation: &'a Allocation,
    cardinality: bool,
}

impl Groups<'_> {
    fn count(&self) -> usize {
        self.instance.voices().len()
    }

    fn members(&self, group: usize) -> Vec<usize> {
        (0..self.count())
            .filter(|voice| group >> voice & 1 == 1)
            .collect()
    }

    fn supports(&self, voice: usize, project: usize) -> bool {
        self.instance.voices()[voice]
            .points
            .iter()
            .any(|&(supported, _)| supported == project)
    }

    fn cost(&self, project: usize) -> u64 {
        self.instance.projects()[project].cost_minor()
    }

    fn sees(&self, voice: usize) -> u64 {
        let supported = |&project: &usize| self.supports(voice, project);
        let projects = 0..self.instance.projects().len();
        if self.cardinality {
            self.allocation
                .selected
                .iter()
                .filter(|project| supported(project))
                .count() as u64
        } else {
            projects
                .filter(supported)
                .map(|project| self.allocation.granted_minor[project])
                .sum()
        }
    }

    /// Part of the money times the number of people, and that number (1 where purses are their own).
    fn part(&self, group: usize) -> (u64, u64) {
        let voices = self.instance.voices();
        let own = matches!(voices[0].purse, Purse::Own(_));
        let members = self.members(group);
        if own {
            return (
                members
                    .iter()
                    .map(|&voice| self.instance.participants()[voice].purse_minor())
                    .sum(),
                1,
            );
        }
        let people: u64 = members.iter().map(|&voice| voices[voice].voters).sum();
        let all: u64 = voices.iter().map(|voice| voice.voters).sum();
        (people * self.instance.budget_minor(), all)
    }

    fn some_money(&self) -> bool {
        let voices = self.instance.voices();
        self.instance.budget_minor() > 0 && voices.iter().any(|voice| voice.voters > 0)
    }

    /// Whether a group that all support one unfunded project sees too little.
    fn short(&self) -> bool {
        (1..1 << self.count()).any(|group: usize| {
            let (part, unit) = self.part(group);
            let members = self.members(group);
            part > 0
                && (0..self.instance.projects().len()).any(|project| {
                    let missed = !self.allocation.selected.contains(&project);
                    missed
                        && members.iter().all(|&voice| {
                            let (sees, cost) = (self.sees(voice), self.cost(project));
                            let claim = if self.cardinality {
                                (sees + 1) * cost
                            } else {
                                sees + cost
                            };
                            self.supports(voice, project) && claim * unit <= part
                        })
                })
        })
    }

    /// Whether a group could buy a set that each of it prefers, with its own part of the money.
    fn blocks(&self) -> bool {
        let projects = self.instance.projects().len();
        (1..1_usize << projects).any(|set| {
            let chosen: Vec<usize> = (0..projects).filter(|project| set >> project & 1 == 1).collect();
            (1..1 << self.count()).any(|group: usize| {
                let (part, unit) = self.part(group);
                let members = self.members(group);
                let all_better = members.iter().all(|&voice| {
                    let worth = |&&project: &&usize| self.supports(voice, project);
                    let chosen = chosen.iter().filter(worth);
                    let then: u64 = if self.cardinality {
                        chosen.count() as u64
                    } else {
                        chosen.map(|&project| self.cost(project)).sum()
                    };
                    then > self.sees(voice)
                });
                let cost: u64 = chosen.iter().map(|&project| self.cost(project)).sum();
                all_better && part > 0 && cost * unit <= part && self.can_pay(&members, &chosen)
            })
        })
    }

    /// Hall's condition for every part of the set.
    fn can_pay(&self, members: &[usize], chosen: &[usize]) -> bool {
        if !self.instance.voters().is_empty() {
            return true;
        }
        (1..1_usize << chosen.len()).all(|part| {
            let part: Vec<usize> = (0..chosen.len())
                .filter(|bit| part >> bit & 1 == 1)
                .map(|bit| chosen[bit])
                .collect();
            let who = |&&voice: &&usize| {
                part.iter()
                    .any(|&project| self.instance.participants()[voice].may_pay(project))
            };
            let money: u64 = members
                .iter()
                .filter(who)
                .map(|&voice| self.instance.participants()[voice].purse_minor())
                .sum();
            part.iter().map(|&project| self.cost(project)).sum::<u64>() <= money
        })
    }

    /// Whether whole payments of these purses explain the result, by trying all.
    fn priced(&self, purses: &[u64]) -> bool {
        let mut rest = purses.to_vec();
        let funded: Vec<(usize, u64)> = self
            .allocation
            .selected
            .iter()
            .map(|&project| (project, self.allocation.granted_minor[project]))
            .collect();
        self.pay(&funded, 0, &mut rest)
    }

    fn pay(&self, due: &[(usize, u64)], voice: usize, rest: &mut Vec<u64>) -> bool {
        let Some(&(project, left)) = due.first() else {
            return (0..self.instance.projects().len()).all(|project| {
                let supporters = (0..rest.len()).filter(|&voice| self.supports(voice, project));
                self.allocation.selected.contains(&project)
                    || supporters.map(|voice| rest[voice]).sum::<u64>() <= self.cost(project)
            });
        };
        if left == 0 {
            return self.pay(&due[1..], 0, rest);
        }
        if voice == rest.len() {
            return false;
        }
        let most = if self.supports(voice, project) {
            left.min(rest[voice])
        } else {
            0
        };
        (0..=most).any(|paid| {
            let mut due = due.to_vec();
            due[0].1 -= paid;
            rest[voice] -= paid;
            let found = self.pay(&due, voice + 1, rest);
            rest[voice] += paid;
            found
        })
    }
}

fn plans() -> impl Strategy<Value = PoolPlan> {
    proptest::bool::ANY.prop_map(|cardinality| PoolPlan {
        utility: cardinality.then_some(UtilityMeasure::Cardinality),
        ..PoolPlan::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn ejr_plus_and_core_of_elections_are_as_defined(raw in election(), plan in plans()) {
        let (instance, allocation) = result(&raw);
        let groups = Groups { instance: &instance, allocation: &allocation, cardinality: plan.utility.is_some() };
        let voiced = !instance.voters().is_empty();
        prop_assume!(voiced);
        for (property, fails) in [(Property::EjrPlus, groups.short()), (Property::Core, groups.blocks())] {
            let found = verdict(&instance, &plan, &allocation, property);
            if groups.some_money() {
                prop_assert_eq!(matches!(found, PropertyVerdict::Fails(_)), fails, "{:?}: {:?}", property, &found);
                prop_assert_eq!(matches!(found, PropertyVerdict::Holds), !fails);
            } else {
                prop_assert_eq!(found, PropertyVerdict::NotApplicable);
            }
        }
    }

    #[test]
    fn ejr_plus_and_core_of_pledges_are_as_defined(raw in pledges(), plan in plans()) {
        let (instance, allocation) = pledged(&raw, RuleId::Greedy);
        let groups = Groups { instance: &instance, allocation: &allocation, cardinality: plan.utility.is_some() };
        prop_assume!(groups.some_money());
        for (property, fails) in [(Property::EjrPlus, groups.short()), (Property::Core, groups.blocks())] {
            let found = verdict(&instance, &plan, &allocation, property);
            prop_assert_eq!(matches!(found, PropertyVerdict::Fails(_)), fails, "{:?}: {:?}", property, &found);
        }
    }

    #[test]
    fn witnesses_of_groups_are_counterexamples_themselves(raw in election()) {
        let (instance, allocation) = result(&raw);
        let plan = PoolPlan::default();
        prop_assume!(!instance.voters().is_empty());
        let groups = Groups { instance: &instance, allocation: &allocation, cardinality: false };
        let mask = |voices: &[usize]| voices.iter().fold(0_usize, |mask, voice| mask | 1 << voice);
        if let PropertyVerdict::Fails(Witness::Short { group, project, part_minor, sees }) =
            verdict(&instance, &plan, &allocation, Property::EjrPlus)
        {
            let (part, unit) = groups.part(mask(&group.voices));
            prop_assert_eq!(part_minor, part / unit);
            prop_assert!(group.voices.iter().all(|&voice| groups.supports(voice, project) && groups.sees(voice) <= sees));
            prop_assert!((sees + groups.cost(project)) * unit <= part);
        }
        if let PropertyVerdict::Fails(Witness::Blocking { group, projects, cost_minor, part_minor }) =
            verdict(&instance, &plan, &allocation, Property::Core)
        {
            let (part, unit) = groups.part(mask(&group.voices));
            prop_assert_eq!((part_minor, cost_minor), (part / unit, projects.iter().map(|&project| groups.cost(project)).sum()));
            prop_assert!(cost_minor * unit <= part);
        }
    }

    #[test]
    fn priceable_by_own_purses_is_what_trying_all_payments_says(raw in pledges(), rule in proptest::sample::select(vec![RuleId::Greedy, RuleId::GreedyPerCost, RuleId::Proportional])) {
        let (instance, allocation) = pledged(&raw, rule);
        let groups = Groups { instance: &instance, allocation: &allocation, cardinality: false };
        prop_assume!(groups.some_money());
        let tried = groups.priced(&instance.purses_minor());
        match verdict(&instance, &PoolPlan::of(rule), &allocation, Property::Priceable) {
            PropertyVerdict::Holds => prop_assert!(tried),
            PropertyVerdict::Fails(_) => prop_assert!(!tried),
            other => prop_assert!(matches!(other, PropertyVerdict::CannotCheck(_)), "{:?}", other),
        }
    }

    /// Equal purses of any whole size, with everybody alone: what some of them explain must not be called unpriceable.
    #[test]
    fn what_equal_purses_explain_is_not_called_unpriceable(raw in election()) {
        let raw = (raw.0, raw.1.into_iter().map(|(_, approved)| (1, approved)).take(3).collect::<Vec<_>>(), raw.2, raw.3);
        let (instance, allocation) = result(&raw);
        let groups = Groups { instance: &instance, allocation: &allocation, cardinality: false };
        prop_assume!(!instance.voters().is_empty() && groups.some_money());
        let spent: u64 = allocation.granted_minor.iter().sum();
        let tried = (0..=spent).any(|purse| groups.priced(&vec![purse; groups.count()]));
        let found = verdict(&instance, &PoolPlan::default(), &allocation, Property::Priceable);
        prop_assert!(!(tried && matches!(found, PropertyVerdict::Fails(_))), "{:?}", found);
    }
}

#[test]
fn the_textbook_failure_of_greedy_is_named() {
    // 60 in the north want three roads, 40 in the south a clinic; the money is for three things, and by votes the
    // north gets all of it (Peters and Skowron 2020 tell it of committees).
    let projects = ["road", "bridge", "market", "clinic"]
        .map(|id| FundingProject::new(id, 100, if id == "clinic" { 40 } else { 60 }));
    let instance = Instance::new(
        projects.to_vec(),
        vec![Participant::new("pool", 300, vec![0, 1, 2, 3])],
    )
    .unwrap()
    .with_voters(vec![
        VoterGroup::approving("north", 60, [0, 1, 2]),
        VoterGroup::approving("south", 40, [3]),
    ])
    .unwrap();
    let plan = PoolPlan::of(RuleId::Greedy);
    let allocation = run_instance(&instance, &plan).unwrap().allocation;
    let fails = |property| match verdict(&instance, &plan, &allocation, property) {
        PropertyVerdict::Fails(witness) => witness,
        other => panic!("{other:?}"),
    };
    let Witness::Short {
        group,
        project,
        part_minor,
        sees,
    } = fails(Property::EjrPlus)
    else {
        panic!()
    };
    assert_eq!(
        (group.people, group.voices, project, part_minor, sees),
        (40, vec![1], 3, 120, 0)
    );
    let Witness::Blocking { projects, .. } = fails(Property::Core) else {
        panic!()
    };
    assert_eq!(projects, [3]);
    // 60 people pay 300: 5 each. Then 40 people hold 200 for a clinic of 100.
    let Witness::TooMuchLeft {
        project, left_minor, ..
    } = fails(Property::Priceable)
    else {
        panic!()
    };
    assert_eq!((project, left_minor), (3, 200));
}
