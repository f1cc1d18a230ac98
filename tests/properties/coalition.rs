//! The coalition for a project against brute force, on random small instances.
#![allow(missing_docs, clippy::unwrap_used)]

use gotong::matching::coalition::{
    Block, Candidate, Input, Instance, Limits, Outcome, Report, Search, Study, verify,
};
use proptest::prelude::*;

/// Up to `most` candidates with 1 to 4 requirements, quotas, conflicts, anchors, sizes, α; ties are frequent.
fn input(most: usize) -> impl Strategy<Value = Input> {
    (1..=most, 1_usize..=4).prop_flat_map(|(n, rows)| {
        let offers = prop::collection::vec(prop_oneof![2 => Just(0_u64), 3 => 0_u64..8], rows);
        let candidate = (0_u64..12, 0_usize..3, offers).prop_map(|(cost, sector, offers)| Candidate {
            cost,
            sector,
            offers,
        });
        let few = |bound: usize, len| prop::collection::vec(0..bound, len);
        let quotas = (
            few(2, 0..=3),
            prop::option::weighted(0.3, few(5, 0..=3)),
            0_usize..3,
        );
        let who = (few(n, 0..=1), prop::collection::vec((0..n, 0..n), 0..=5));
        let sizes = (0_usize..3, prop::option::weighted(0.4, 0_usize..7), 0_u64..5);
        (
            prop::collection::vec(candidate, n),
            prop::collection::vec(0_u64..14, rows),
            prop::collection::vec(prop::bool::weighted(0.2), 0..=rows),
            quotas,
            who,
            sizes,
        )
            .prop_map(|(candidates, demand, overlapping, quotas, who, sizes)| Input {
                candidates,
                demand,
                overlapping,
                sector_min: quotas.0,
                sector_max: quotas.1,
                least_sectors: quotas.2,
                anchors: who.0,
                conflicts: who.1.into_iter().filter(|(a, b)| a != b).collect(),
                min_size: sizes.0,
                max_size: sizes.1,
                alpha: sizes.2,
            })
    })
}

/// Every coalition, by objective, then members: a second definition, written with sets of bits.
fn all(input: &Input) -> Vec<(u128, Vec<usize>)> {
    let n = input.candidates.len();
    let mut found = Vec::new();
    'sets: for mask in 0_u32..1 << n {
        let is_in = |at: usize| mask >> at & 1 == 1;
        let members: Vec<usize> = (0..n).filter(|&at| is_in(at)).collect();
        for (row, &demand) in input.demand.iter().enumerate() {
            let offers = members.iter().map(|&at| input.candidates[at].offers[row]);
            let overlaps = input.overlapping.get(row) == Some(&true);
            let covered = if overlaps {
                offers.max().unwrap_or(0)
            } else {
                offers.sum()
            };
            if covered < demand {
                continue 'sets;
            }
        }
        let count = |sector: usize| {
            members
                .iter()
                .filter(|&&at| input.candidates[at].sector == sector)
                .count()
        };
        let least = input
            .sector_min
            .iter()
            .enumerate()
            .all(|(s, &least)| count(s) >= least);
        let most = input
            .sector_max
            .iter()
            .flatten()
            .enumerate()
            .all(|(s, &most)| count(s) <= most);
        let sectors = (0..3).filter(|&s| count(s) > 0).count() >= input.least_sectors;
        let pairs = input.conflicts.iter().all(|&(a, b)| !(is_in(a) && is_in(b)));
        let anchors = input.anchors.iter().all(|&at| is_in(at));
        let k = members.len();
        let size = k >= input.min_size && input.max_size.is_none_or(|most| k <= most);
        if least && most && sectors && pairs && anchors && size {
            let costs: u64 = members.iter().map(|&at| input.candidates[at].cost).sum();
            let pairs = (0..k).sum::<usize>() as u64;
            found.push((u128::from(costs + input.alpha * pairs), members));
        }
    }
    found.sort_by_key(|(objective, members)| (*objective, members.len(), members.clone()));
    found
}

fn search(instance: &Instance, k_best: usize) -> Search {
    let mut search = Search::new(
        instance,
        Limits {
            k_best,
            ..Limits::default()
        },
    );
    search.step(u64::MAX);
    search
}

fn study(instance: &Instance) -> Report {
    let mut study = Study::new(instance, Limits::default());
    while !study.step(64) {}
    study.report()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_optimum_is_brute_forces(input in input(9)) {
        let instance = Instance::new(input.clone()).unwrap();
        let expected = all(&input);
        let search = search(&instance, 1);
        prop_assert!(search.is_exhausted());
        let found = search.solutions();
        prop_assert_eq!(found.first().map(|best| best.objective), expected.first().map(|best| best.0));
        prop_assert_eq!(search.lower_bound(), expected.first().map(|best| best.0));
        if let Some(best) = found.first() {
            prop_assert!(best.optimal && best.gap == 0.0);
            prop_assert!(expected.contains(&(best.objective, best.members.clone())));
            // Of equally cheap ones, one of the fewest members.
            prop_assert_eq!(best.members.len(), expected[0].1.len());
        }
    }

    #[test]
    fn the_k_best_are_brute_forces_in_its_order(input in input(8), k in 2_usize..6) {
        let instance = Instance::new(input.clone()).unwrap();
        let mut expected = all(&input);
        expected.truncate(k);
        let found: Vec<_> = search(&instance, k)
            .solutions()
            .into_iter()
            .map(|one| (one.objective, one.members))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn every_stop_is_honest_and_steps_do_not_matter(input in input(10), stop in 1_u64..8) {
        let instance = Instance::new(input.clone()).unwrap();
        let expected = all(&input).first().map(|best| best.0);
        let limits = Limits { node_limit: stop, ..Limits::default() };
        let mut whole = Search::new(&instance, limits);
        whole.step(u64::MAX);
        let mut pieces = Search::new(&instance, limits);
        while !pieces.step(1).done {}
        prop_assert_eq!(whole.progress(), pieces.progress());
        prop_assert_eq!(whole.solutions(), pieces.solutions());
        if let Some(best) = expected {
            prop_assert!(whole.lower_bound().is_some_and(|bound| bound <= best));
        }
        for solution in whole.solutions() {
            prop_assert_eq!(verify(&instance, &solution.members), Ok(solution.objective));
            prop_assert!(Some(solution.objective) >= expected);
            prop_assert!(!solution.optimal || Some(solution.objective) == expected);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    /// Quantities near 10¹⁵ without a common divisor: neither sums nor bounds lose a unit.
    #[test]
    fn large_quantities_lose_no_unit(input in input(8)) {
        let mut input = input;
        let large = |value: u64, more: usize| value * 70_000_000_000_000 + more as u64;
        for (at, one) in input.candidates.iter_mut().enumerate() {
            one.cost = large(one.cost, at * at);
            one.offers.iter_mut().for_each(|offer| *offer = large(*offer, at));
        }
        input.demand.iter_mut().for_each(|demand| *demand = large(*demand, 3));
        input.alpha = large(input.alpha, 1);
        let instance = Instance::new(input.clone()).unwrap();
        let search = search(&instance, 1);
        let expected = all(&input).first().map(|best| best.0);
        prop_assert_eq!(search.solutions().first().map(|best| best.objective), expected);
        prop_assert_eq!(search.lower_bound(), expected);
    }

    #[test]
    fn the_front_is_brute_forces(input in input(7)) {
        let report = study(&Instance::new(input.clone()).unwrap());
        for point in report.front {
            let mut scaled = input.clone();
            for demand in &mut scaled.demand {
                *demand = (*demand * u64::from(point.coverage_percent)).div_ceil(100);
            }
            let expected = all(&scaled).first().map(|best| best.0);
            prop_assert_eq!(point.solution.as_ref().map(|one| one.objective), expected);
            prop_assert!(point.solution.is_none_or(|one| one.optimal));
        }
    }

    #[test]
    fn the_alpha_profile_is_the_best_size_at_every_alpha(input in input(7), alpha in 0_u64..30) {
        let report = study(&Instance::new(input.clone()).unwrap());
        let expected = all(&Input { alpha, ..input });
        let said = report.alpha_profile.iter().rev().find(|step| step.from_alpha <= alpha);
        // Of equally good sizes the smaller.
        let least = expected.first().map(|best| best.0);
        let size = expected.iter().filter(|one| Some(one.0) == least).map(|one| one.1.len()).min();
        prop_assert_eq!(said.map(|step| step.size), size);
    }

    #[test]
    fn what_blocks_alone_blocks_and_closing_it_suffices(input in input(7)) {
        let report = study(&Instance::new(input.clone()).unwrap());
        prop_assert_eq!(report.outcome == Outcome::Infeasible, all(&input).is_empty());
        prop_assert_eq!(report.blocked.is_empty(), report.outcome != Outcome::Infeasible);
        let works = |change: &dyn Fn(&mut Input)| {
            let mut changed = input.clone();
            change(&mut changed);
            !all(&changed).is_empty()
        };
        // Where several things are impossible by themselves, closing one of them does not suffice.
        if report.blocked.len() == 1 {
            match report.blocked[0].clone() {
                Block::Requirement { index, short } => {
                    let lacking = |by: u64| works(&|input: &mut Input| input.demand[index] -= by);
                    prop_assert!(!lacking(short - 1));
                    let alone = works(&|input: &mut Input| input.demand[index] = 0);
                    prop_assert_eq!(lacking(short), alone);
                }
                Block::Conflicts { pairs } => {
                    prop_assert!(works(&|input: &mut Input| input.conflicts.clear()));
                    for (a, b) in pairs {
                        let lifted = works(&|input: &mut Input| {
                            input.conflicts.retain(|pair| *pair != (a, b) && *pair != (b, a));
                        });
                        prop_assert!(lifted);
                    }
                }
                Block::Together => {
                    for row in 0..input.demand.len() {
                        prop_assert!(!works(&|input: &mut Input| input.demand[row] = 0));
                    }
                    prop_assert!(!works(&|input: &mut Input| input.conflicts.clear()));
                    prop_assert!(!works(&|input: &mut Input| input.max_size = None));
                }
                _ => {}
            }
        }
    }
}
