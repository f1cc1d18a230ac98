use super::super::work::Lack;
use super::super::{Game, blocking_group, shapley_value};
use super::*;
use crate::matching::cost_split::work::Work;
use proptest::prelude::*;

fn works(most: usize) -> impl Strategy<Value = Work> {
    let lack = move |members: usize| {
        (
            1_u64..40,
            0_u64..6,
            any::<bool>(),
            prop::collection::vec(0_u64..25, members),
        )
            .prop_map(|(need, price, overlaps, brings)| Lack {
                need,
                price,
                overlaps,
                // Half of them bring nothing of it.
                brings: brings
                    .into_iter()
                    .map(|brings| brings.saturating_sub(12))
                    .collect(),
            })
    };
    (1..=most).prop_flat_map(move |members| {
        (
            prop::collection::vec(0_u64..30, members),
            prop_oneof![Just(0_u64), 0_u64..8],
            prop::collection::vec(lack(members), 0..5),
        )
            .prop_map(|(taking_part, alpha, needs)| Work {
                taking_part,
                alpha,
                needs,
                unpriced: Vec::new(),
            })
    })
}

fn team(work: Work) -> Team {
    let members = work.taking_part.len();
    Team {
        members: Vec::new(),
        project: None,
        unknown_costs: Vec::new(),
        means: vec![None; members],
        work,
    }
}

/// Runs to the end in steps of `nodes`.
fn run(work: &Work, pairs: u64, nodes: u64) -> Many {
    let work = Work {
        taking_part: work.taking_part.clone(),
        alpha: work.alpha,
        needs: work
            .needs
            .iter()
            .map(|lack| Lack {
                brings: lack.brings.clone(),
                ..*lack
            })
            .collect(),
        unpriced: Vec::new(),
    };
    let limits = SplitLimits {
        pairs,
        ..SplitLimits::default()
    };
    let mut many = Many::new(&team(work), limits).unwrap();
    while !many.step(nodes).unwrap() {}
    many
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every group's cost, by the search and by the table of all groups, warm and cold.
    #[test]
    fn every_groups_cost_is_that_of_the_table(work in works(12), seed: u64) {
        let table = work.costs().unwrap();
        let game = Cheapest::of(&work).unwrap();
        let members = work.taking_part.len();
        let mut sampler = SampledShapley::new(members, seed).unwrap();
        let cost_of = |group: &[usize]| table[group.iter().fold(0, |bits, &player| bits | 1 << player)].total;
        sampler.step(3, cost_of).unwrap();
        // Cold: nothing known but who is cheapest alone.
        let mut draws = seed;
        for _ in 0..20 {
            draws = draws.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let group = usize::try_from(draws >> 40).unwrap() % (1 << members);
            if group == 0 { continue; }
            let bits = group as u64;
            let (best, first) = players(bits).map(|player| (game.value(1 << player), 1 << player)).min().unwrap();
            let mut hunt = Hunt::new(0, bits, best, first);
            let mut budget = 7;
            while !hunt.run(&game, &mut budget) { budget = 7; }
            prop_assert_eq!(hunt.best, i128::from(table[group].total));
            prop_assert_eq!(game.value(hunt.team), hunt.best);
            prop_assert_eq!(hunt.team & !bits, 0);
        }
        // Warm: as the sampler asks for them.
        let many = run(&work, 3, 5);
        let mut plain = SampledShapley::new(members, many.limits.seed).unwrap();
        plain.step(3, cost_of).unwrap();
        prop_assert_eq!(plain.estimates().unwrap(), many.sampler.estimates().unwrap());
        prop_assert_eq!(many.whole.unwrap().0, i128::from(table.last().unwrap().total));
        // However it is cut into steps.
        let other = run(&work, 3, 1_000_000);
        prop_assert_eq!(many.sampler.estimates().unwrap(), other.sampler.estimates().unwrap());
        prop_assert_eq!(&many.verdict, &other.verdict);
    }

    /// The group that saves most, by one search and by all groups.
    #[test]
    fn the_judgement_is_that_of_all_groups(work in works(9), moves in prop::collection::vec(-30_i128..30, 9)) {
        let table = work.costs().unwrap();
        let members = work.taking_part.len();
        let game = Game::new(members, |group| table[group.iter().fold(0, |bits, &player| bits | 1 << player)].total).unwrap();
        let many = run(&work, 2, 1_000);
        // The exact value, moved about at random so that many are paid.
        let mut shares = shapley_value(&game).unwrap();
        for (player, amount) in moves.iter().enumerate().take(members) {
            let (from, to) = (player, (player + 1) % members);
            let amount = Fraction::new(*amount, 3).unwrap();
            shares[from] = shares[from].minus(amount).unwrap();
            shares[to] = shares[to].plus(amount).unwrap();
        }
        let slow = blocking_group(&game, &shares).unwrap();
        let found = match many.judging_of(&shares).unwrap() {
            None => None,
            Some(mut judging) => {
                prop_assert!(judging.hunt.run(&judging.game, &mut 1_000_000));
                judging.blocking(&many.game).unwrap()
            }
        };
        prop_assert_eq!(found.as_ref().map(|one| one.saves), slow.map(|one| one.saves));
        if let Some(found) = found {
            let bits = found.group.iter().fold(0, |bits, &player| bits | 1 << player);
            prop_assert_eq!(found.alone, game.cost(bits));
            let pays = found.group.iter().fold(Fraction::ZERO, |sum, &player| sum.plus(shares[player]).unwrap());
            prop_assert_eq!(pays, found.pays);
            prop_assert_eq!(pays.minus(Fraction::whole(i128::from(found.alone))), Some(found.saves));
        }
    }
}

/// Sixty members who offer up to three of `kinds` kinds; the same on every machine.
fn sixty(kinds: u64, need: u64) -> Work {
    let mut draws = 7_u64;
    let mut draw = |below: u64| {
        draws = draws
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (draws >> 33) % below
    };
    let mut needs: Vec<Lack> = (0..kinds)
        .map(|kind| Lack {
            need: need + draw(need),
            price: 1_000_000 + draw(3_000_000),
            overlaps: kind % 5 == 4,
            brings: vec![0; 60],
        })
        .collect();
    for player in 0..60 {
        for _ in 0..3 {
            let (kind, brings) = (draw(kinds), 1 + draw(20));
            if let Some(lack) = needs.get_mut(usize::try_from(kind).unwrap()) {
                lack.brings[player] = brings;
            }
        }
    }
    Work {
        taking_part: (0..60).map(|_| 2_000_000 + draw(20_000_000)).collect(),
        alpha: 500_000,
        needs,
        unpriced: Vec::new(),
    }
}

#[test]
fn sixty_members_get_an_estimate_that_sharpens() {
    let mut many = Many::new(
        &team(sixty(5, 10)),
        SplitLimits {
            pairs: 12,
            ..SplitLimits::default()
        },
    )
    .unwrap();
    let mut errors = Vec::new();
    while !many.step(2_000).unwrap() {
        if let Some(answer) = many.answer(&team(sixty(5, 10))) {
            for split in &answer.answer.splits {
                assert_eq!(split.shares.iter().sum::<i128>(), i128::from(answer.answer.total));
            }
            let shapley = answer
                .answer
                .splits
                .last()
                .filter(|split| split.method == Method::Shapley);
            errors.extend(shapley.map(|split| split.standard_errors.iter().sum::<u64>()));
        }
    }
    assert!(many.verdict.is_some());
    assert!(errors.first() > errors.last(), "{errors:?}");
}

#[test]
fn a_limit_ends_the_search_and_is_told() {
    let limits = SplitLimits {
        nodes: 1,
        ..SplitLimits::default()
    };
    let mut many = Many::new(&team(sixty(8, 15)), limits).unwrap();
    let refused = loop {
        match many.step(10) {
            Ok(false) => {}
            other => break other,
        }
    };
    assert_eq!(refused, Err(SplitError::TooHard));
    // Enough for everybody's cost, not for two pairs of orders: the plain splits are there, the Shapley value is not.
    let limits = SplitLimits {
        nodes: 700,
        ..SplitLimits::default()
    };
    let mut many = Many::new(&team(sixty(8, 15)), limits).unwrap();
    while !many.step(10).unwrap() {}
    let answer = many.answer(&team(sixty(8, 15))).unwrap().answer;
    assert!(answer.sampled.unwrap().pairs < 2);
    assert!(answer.splits.iter().all(|split| split.shares.len() == 60));
}
