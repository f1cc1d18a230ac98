//! Cost splits: definitions tried out in full, axioms, edges. Published examples: `tests/published/split.rs`.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::matching::cost_split::{
    Fraction, Game, Means, Method, Nucleolus, NucleolusFault, PlainSplit, SampledShapley, SplitAnswer,
    SplitError, SplitLimits, TeamSplitSearch, blocking_group, least_core, nucleolus, shapley_value,
    split_costs, team_split, verify_nucleolus, whole_shares,
};
use proptest::prelude::*;

fn whole(value: i128) -> Fraction {
    Fraction::whole(value)
}

/// The game of a table, by bit set without the empty one.
fn game(players: usize, costs: &[i64]) -> Game {
    let set = |group: &[usize]| group.iter().map(|player| 1 << player).sum::<usize>();
    Game::new(players, |group| costs[set(group) - 1]).unwrap()
}

#[test]
fn three_who_each_pair_off_have_no_core() {
    // Any two share a well for 6, all three need two: 12; alone 5.
    let game = Game::new(3, |group| [5, 6, 12][group.len() - 1]).unwrap();
    let answer = split_costs(&game, Means::default()).unwrap();
    assert!(answer.core_is_empty);
    assert_eq!(answer.least_core, Some(whole(-2)));
    assert_eq!(answer.nucleolus_verified, Some(true));
    assert!(
        answer
            .splits
            .iter()
            .all(|split| split.exact == [whole(4); 3] && split.blocking.is_some())
    );
    // More together than all alone: no split asks nobody for more than alone.
    let worse = Game::new(2, |group| if group.len() == 2 { 3 } else { 1 }).unwrap();
    assert!(!nucleolus(&worse).unwrap().individually_rational);
}

#[test]
fn a_missing_figure_is_asked_for() {
    let game = game(2, &[5, 5, 7]);
    let means = Means {
        means: &[Some(3), None],
        benefits: &[Some(0), Some(0)],
    };
    let answer = split_costs(&game, means).unwrap();
    assert_eq!(
        answer.unavailable,
        [(Method::Means, vec![1]), (Method::Benefit, vec![])]
    );
    assert_eq!(answer.splits[0].shares, [4, 3]);
    let few = Means {
        means: &[Some(3)],
        benefits: &[],
    };
    assert_eq!(
        split_costs(&game, few),
        Err(SplitError::WeightsCount {
            players: 2,
            weights: 1
        })
    );
}

#[test]
fn plain_files_name_the_group_that_is_wrong() {
    let error = |text: &str| {
        serde_json::from_str::<PlainSplit>(text)
            .unwrap()
            .answer()
            .unwrap_err()
    };
    let of = |text: &str| format!(r#"{{"players": 2, "cost_of": {{{text}}}}}"#);
    assert_eq!(
        error(&of(r#""0": 1, "1": 2"#)),
        SplitError::Missing { group: "0,1".into() }
    );
    assert_eq!(
        error(&of(r#""0,2": 1"#)),
        SplitError::KeyInvalid { key: "0,2".into() }
    );
    assert_eq!(
        error(&of(r#""": 1"#)),
        SplitError::KeyInvalid { key: String::new() }
    );
    assert_eq!(
        error(&of(r#""0,1": 1, "1,0": 1"#)),
        SplitError::KeyTwice { key: "1,0".into() }
    );
    assert_eq!(
        error(&of(r#""0": 1, "1": 1e18, "0,1": 0.5"#)),
        SplitError::CostOutOfRange { group: "1".into() }
    );
    let none = r#"{"players": 0, "cost_of": {}}"#;
    assert_eq!(error(none).code(), "split-players-out-of-range");
}

#[test]
fn one_player_pays_all() {
    let game = game(1, &[7]);
    let answer = split_costs(&game, Means::default()).unwrap();
    assert!(
        answer
            .splits
            .iter()
            .all(|split| split.exact == [whole(7)] && split.blocking.is_none())
    );
    assert_eq!((answer.least_core, answer.nucleolus_verified), (None, Some(true)));
}

#[test]
fn ten_players_with_large_costs_stay_exact() {
    let mut state = 1_u64;
    let mut costs = Vec::new();
    for _ in 1..1 << 10 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        costs.push(i64::try_from(state >> 14).unwrap().min(1_000_000_000_000_000));
    }
    let game = game(10, &costs);
    let found = nucleolus(&game).unwrap();
    assert_eq!(verify_nucleolus(&game, &found), Ok(()));
}

/// Savings of all proper groups in ascending order.
fn savings(game: &Game, shares: &[Fraction]) -> Vec<Fraction> {
    let mut savings: Vec<_> = game
        .proper_groups()
        .map(|group| {
            let inside = shares
                .iter()
                .enumerate()
                .filter(|(player, _)| group >> player & 1 == 1);
            let pays = inside.fold(Fraction::ZERO, |sum, (_, share)| sum.plus(*share).unwrap());
            whole(i128::from(game.cost(group))).minus(pays).unwrap()
        })
        .collect();
    savings.sort();
    savings
}

/// The mean over all orders, one by one.
fn shapley_by_orders(game: &Game) -> Vec<Fraction> {
    fn orders(rest: &mut Vec<usize>, group: usize, game: &Game, sums: &mut [i128], count: &mut i128) {
        // Every order of the rest, counted once for each completion.
        for at in 0..rest.len() {
            let player = rest.remove(at);
            let next = group | 1 << player;
            let before = *count;
            orders(rest, next, game, sums, count);
            if rest.is_empty() {
                *count += 1;
            }
            sums[player] += (*count - before) * i128::from(game.cost(next) - game.cost(group));
            rest.insert(at, player);
        }
    }
    let (mut sums, mut count) = (vec![0; game.players()], 0);
    orders(&mut (0..game.players()).collect(), 0, game, &mut sums, &mut count);
    sums.into_iter()
        .map(|sum| Fraction::new(sum, count).unwrap())
        .collect()
}

fn games(most: usize) -> impl Strategy<Value = Game> {
    (1..=most, 1_i64..60).prop_flat_map(|(players, range)| {
        prop::collection::vec(-range / 4..=range, (1 << players) - 1)
            .prop_map(move |costs| game(players, &costs))
    })
}

/// Games in which larger groups cost more, but less than their parts: closer to what people share.
fn sharing_games(most: usize) -> impl Strategy<Value = Game> {
    (2..=most).prop_flat_map(|players| {
        (
            prop::collection::vec(1_i64..50, players),
            0_i64..60,
            prop::collection::vec(0_i64..12, 1 << players),
        )
            .prop_map(move |(own, fixed, noise)| {
                Game::new(players, |group| {
                    let set: usize = group.iter().map(|player| 1 << player).sum();
                    fixed + group.iter().map(|&player| own[player]).sum::<i64>() + noise[set]
                })
                .unwrap()
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shapley_is_the_mean_over_all_orders(game in games(5)) {
        prop_assert_eq!(shapley_value(&game).unwrap(), shapley_by_orders(&game));
    }

    #[test]
    fn splits_are_efficient_and_round_to_the_total(game in games(6), means in prop::collection::vec(1_u64..9, 6)) {
        let means: Vec<_> = means.into_iter().take(game.players()).map(Some).collect();
        let answer = split_costs(&game, Means { means: &means, benefits: &means }).unwrap();
        prop_assert_eq!(answer.splits.len(), 5);
        prop_assert_eq!(answer.nucleolus_verified, Some(true));
        for split in &answer.splits {
            let sum = split.exact.iter().fold(Fraction::ZERO, |sum, share| sum.plus(*share).unwrap());
            prop_assert_eq!(sum, whole(i128::from(game.total())));
            prop_assert_eq!(split.shares.iter().sum::<i128>(), i128::from(game.total()));
            for (&share, exact) in split.shares.iter().zip(&split.exact) {
                prop_assert!(share - exact.floor() == 0 || share - exact.floor() == 1);
            }
            prop_assert_eq!(split.blocking.is_none(), savings(&game, &split.exact).first().is_none_or(|least| *least >= Fraction::ZERO));
            if let Some(blocking) = &split.blocking {
                prop_assert_eq!(blocking.saves.negated(), savings(&game, &split.exact).first().copied());
            }
        }
    }

    #[test]
    fn alike_players_pay_alike_and_who_adds_nothing_pays_nothing(game in games(4), twin: bool) {
        // A last player who stands in for the first, or who adds nothing.
        let players = game.players();
        let larger = Game::new(players + 1, |group| {
            let mut set = 0;
            let mut firsts = 0;
            for &player in group {
                if player == players {
                    firsts += 1;
                } else {
                    firsts += i64::from(player == 0);
                    set |= 1 << player;
                }
            }
            if twin { game.cost(set & !1) + firsts * firsts } else { game.cost(set) }
        }).unwrap();
        let shapley = shapley_value(&larger).unwrap();
        let found = nucleolus(&larger).unwrap();
        if twin {
            prop_assert_eq!(shapley[0], shapley[players]);
            prop_assert_eq!(found.shares[0], found.shares[players]);
        } else {
            prop_assert_eq!(shapley[players], Fraction::ZERO);
            if found.individually_rational && least_core(&larger).unwrap() >= Some(Fraction::ZERO) {
                prop_assert_eq!(found.shares[players], Fraction::ZERO);
            }
        }
    }

    #[test]
    fn nobody_saves_more_evenly_than_in_the_nucleolus(
        game in prop_oneof![games(5), sharing_games(5)], moves in prop::collection::vec((0_usize..5, 0_usize..5, 1_i128..40), 1..12),
    ) {
        let found = nucleolus(&game).unwrap();
        prop_assert_eq!(verify_nucleolus(&game, &found), Ok(()));
        let best = savings(&game, &found.shares);
        let players = game.players();
        if let Some(least) = least_core(&game).unwrap() {
            // In the core if there is one.
            prop_assert_eq!(least >= Fraction::ZERO, blocking_group(&game, &found.shares).unwrap().is_none());
            prop_assert!(best[0] <= least);
            if !found.individually_rational || least >= Fraction::ZERO {
                prop_assert_eq!(best[0], least);
            }
        }
        // Every other imputation on a walk away from it is lexicographically worse.
        let mut shares = found.shares.clone();
        for (from, to, amount) in moves {
            let (from, to) = (from % players, to % players);
            let amount = Fraction::new(amount, 7).unwrap();
            let mut next = shares.clone();
            next[from] = next[from].minus(amount).unwrap();
            next[to] = next[to].plus(amount).unwrap();
            let rational = next.iter().enumerate().all(|(player, share)| *share <= whole(i128::from(game.cost(1 << player))));
            if rational || !found.individually_rational {
                shares = next;
                prop_assert!(shares == found.shares || savings(&game, &shares) < best);
            }
        }
    }

    #[test]
    fn the_check_refuses_other_shares(game in sharing_games(5), from in 0_usize..5, to in 0_usize..5, amount in 1_i128..9) {
        let mut found: Nucleolus = nucleolus(&game).unwrap();
        let (from, to) = (from % game.players(), to % game.players());
        prop_assume!(from != to);
        let amount = Fraction::new(amount, 5).unwrap();
        found.shares[from] = found.shares[from].minus(amount).unwrap();
        prop_assert_eq!(verify_nucleolus(&game, &found), Err(NucleolusFault::NotEfficient));
        found.shares[to] = found.shares[to].plus(amount).unwrap();
        prop_assert!(verify_nucleolus(&game, &found).is_err());
    }

    #[test]
    fn the_order_of_fractions_is_that_of_their_values(a in -50_i128..50, b in 1_i128..20, c in -50_i128..50, d in 1_i128..20) {
        let (left, right) = (Fraction::new(a, b).unwrap(), Fraction::new(c, d).unwrap());
        prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
        let text = serde_json::to_string(&left).unwrap();
        prop_assert_eq!(serde_json::from_str::<Fraction>(&text).unwrap(), left);
    }

    #[test]
    fn sampled_values_sum_and_do_not_depend_on_the_steps(game in games(5), seed: u64, cut in 0_u64..20) {
        let cost = |group: &[usize]| game.cost(group.iter().map(|player| 1 << player).sum());
        let mut whole_run = SampledShapley::new(game.players(), seed).unwrap();
        whole_run.step(20, cost).unwrap();
        let mut pieces = SampledShapley::new(game.players(), seed).unwrap();
        pieces.step(cut, cost).unwrap();
        pieces.step(20 - cut, cost).unwrap();
        let estimates = whole_run.estimates().unwrap();
        prop_assert_eq!(&estimates, &pieces.estimates().unwrap());
        let sum = estimates.iter().fold(Fraction::ZERO, |sum, one| sum.plus(one.mean).unwrap());
        prop_assert_eq!(sum, whole(i128::from(game.total())));
        prop_assert_eq!(whole_shares(&estimates.iter().map(|one| one.mean).collect::<Vec<_>>(), i128::from(game.total())).unwrap().iter().sum::<i128>(), i128::from(game.total()));
    }
}

/// The standard error is honest: over many seeds the estimate lies within two of them about as often as it should.
#[test]
fn standard_errors_cover_the_exact_value() {
    let runway = [3, 8, 8, 20, 31, 50, 77];
    let cost = |group: &[usize]| group.iter().map(|&one| runway[one]).max().unwrap();
    let exact = shapley_value(&Game::new(7, cost).unwrap()).unwrap();
    let (mut inside, mut all) = (0, 0);
    for seed in 0..100 {
        let mut sampled = SampledShapley::new(7, seed).unwrap();
        sampled.step(200, cost).unwrap();
        for (estimate, exact) in sampled.estimates().unwrap().iter().zip(&exact) {
            let off = (estimate.mean.to_f64() - exact.to_f64()).abs();
            inside += usize::from(off <= 2.0 * estimate.standard_error.unwrap());
            all += 1;
        }
    }
    let covered = inside as f64 / all as f64;
    assert!((0.91..0.99).contains(&covered), "{covered}");
}

#[test]
fn a_case_study_by_samples_is_near_its_exact_value() {
    let mut scenario = gotong::cases::CaseStudy::by_row("E2").unwrap().load().unwrap();
    scenario.partnership.members = scenario
        .organisations
        .iter()
        .skip(1)
        .take(11)
        .map(|one| one.id.clone())
        .collect();
    scenario.partnership.coalition.alpha_minor = 1_000_000;
    let exact = team_split(&scenario).unwrap();
    let mut search = TeamSplitSearch::sampled(&scenario, SplitLimits::default()).unwrap();
    while !search.step(500).unwrap() {}
    let sampled = search.answer().unwrap();
    assert_eq!(
        (sampled.answer.total, &sampled.alone_minor),
        (exact.answer.total, &exact.alone_minor)
    );
    assert_eq!(
        sampled.bought_minor + sampled.coordination_minor,
        exact.bought_minor + exact.coordination_minor
    );
    let of = |answer: &SplitAnswer| {
        answer
            .splits
            .iter()
            .find(|split| split.method == Method::Shapley)
            .cloned()
            .unwrap()
    };
    let (sampled, exact) = (of(&sampled.answer), of(&exact.answer));
    assert_eq!(sampled.blocking.is_none(), exact.blocking.is_none());
    for ((estimate, share), error) in sampled
        .shares
        .iter()
        .zip(&exact.shares)
        .zip(&sampled.standard_errors)
    {
        assert!((estimate - share).unsigned_abs() <= u128::from(*error) * 5 + 1);
    }
}
