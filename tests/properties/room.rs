//! The whole room against brute force, against published totals and against its own definitions.
#![allow(missing_docs, clippy::unwrap_used, clippy::cast_possible_truncation)]

use gotong::domain::{Conflict, OrgId, Organisation, Scenario, Sector, Text};
use gotong::matching::Mode;
use gotong::matching::room::{
    Blossom, MatchingSearch, Obstacle, ObstacleCode, Odd, PlainNumber, PlainRoom, RoomAnswer, RoomError,
    RoomOptions, RoomOutcome, RoomProof, RoomSearch, RoomTask, Round, SeatingSearch, Stability, StableAnswer,
    Views, Violation, Weights, blocking_pairs, egalitarian_matching, exposure, maximum_weight_matching,
    plain_pairs, stable_matching, verify, weakest,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The best matching by dynamic programming over sets of vertices: (pairs, weight) if `cardinality_first`, else
/// (0, weight).
fn best_by_sets(weights: &Weights, cardinality_first: bool) -> (i64, i64) {
    let n = weights.len();
    let mut best = vec![(0_i64, 0_i64); 1 << n];
    for set in 1_usize..1 << n {
        let i = set.trailing_zeros() as usize;
        let rest = set & !(1 << i);
        let mut value = best[rest];
        for (j, weight) in weights.at(i).filter(|&(j, _)| rest >> j & 1 == 1) {
            let (pairs, sum) = best[rest & !(1 << j)];
            let more = (pairs + i64::from(cardinality_first), sum + weight);
            value = value.max(more);
        }
        best[set] = value;
    }
    best[(1 << n) - 1]
}

/// Small graphs of every density, with few distinct weights (ties, many blossoms) or many, negative ones too.
fn graph(most: usize) -> impl Strategy<Value = Weights> {
    let weight = prop_oneof![-3_i64..8, 1_i64..4, -50_i64..1000];
    (0..=most, 0_u32..=100).prop_flat_map(move |(n, density)| {
        let edge = (0_u32..100, weight.clone());
        prop::collection::vec(edge, n * n.saturating_sub(1) / 2).prop_map(move |cells| {
            let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
            let edges: Vec<_> = pairs
                .zip(cells)
                .filter(|(_, (draw, _))| *draw < density)
                .map(|((i, j), (_, weight))| (i, j, weight))
                .collect();
            Weights::from_edges(n, &edges).unwrap()
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_matching_weighs_what_the_best_of_all_sets_weighs(weights in graph(12)) {
        for first in [false, true] {
            let found = maximum_weight_matching(&weights, first).unwrap();
            prop_assert_eq!(verify(&weights, &found), Ok(()));
            let pairs = if first { found.pairs.len() as i64 } else { 0 };
            prop_assert_eq!((pairs, found.weight), best_by_sets(&weights, first));
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// Random graph number `seed`: 2 to 60 vertices, any density, weights from few to a million, an eighth below 0.
fn fixed_graph(seed: u64) -> Weights {
    let mut draws = Draws(seed);
    let n = 2 + draws.below(59);
    let density = 5 + draws.below(96);
    let most = [3, 20, 1000, 1_000_000][draws.below(4) as usize];
    let mut edges = Vec::new();
    for i in 0..n {
        for j in i + 1..n {
            if draws.below(100) < density {
                let weight = draws.below(most) as i64 - (most / 8) as i64;
                edges.push((i as usize, j as usize, weight));
            }
        }
    }
    Weights::from_edges(n as usize, &edges).unwrap()
}

/// Of `fixed_graph(0)` to `fixed_graph(199)`: the greatest weight; the most pairs; the greatest weight among matchings of
/// most pairs. Computed by `max_weight_matching` of NetworkX 3.6.1 (python), with and without `maxcardinality`, on the same
/// graphs made by the same generator written in python.
#[rustfmt::skip]
const TOTALS: [(i64, usize, i64); 200] = [
    (14_707_101, 18, 14_707_101), (13_518, 22, 12_345), (7_958_588, 18, 6_772_946), (287, 24, 280),
    (14_536_479, 20, 14_536_479), (24_639_875, 29, 24_639_875), (8_571, 11, 8_571), (18_475, 23, 18_475),
    (206, 13, 206), (3_417, 6, 3_158), (103, 8, 103), (147, 12, 134),
    (15_994, 19, 15_994), (3, 2, 3), (114, 1, 114), (16_843_555, 24, 16_843_555),
    (46, 23, 46), (20, 10, 20), (22_287, 28, 22_287), (211, 15, 211),
    (12_655_665, 22, 12_655_665), (15_892_173, 19, 15_892_173), (1_587_238, 3, 1_492_173), (23_077, 28, 23_077),
    (8_263, 12, 8_263), (11_762_502, 20, 10_988_256), (58, 29, 58), (825_955, 2, 825_955),
    (210, 13, 210), (18_362_070, 22, 18_362_070), (7, 4, 7), (492, 29, 492),
    (223, 14, 223), (37, 5, 37), (489, 30, 489), (20_133_402, 24, 20_133_402),
    (65, 7, 58), (0, 1, -113), (12_919_991, 16, 12_919_991), (19_110, 23, 19_110),
    (60, 30, 60), (191, 12, 191), (5_171, 7, 5_171), (3_276_191, 6, 2_944_206),
    (39, 3, 39), (177, 11, 177), (20_906_220, 25, 20_906_220), (43, 23, 43),
    (18, 9, 18), (92, 6, 92), (16_607_644, 23, 16_607_644), (63, 5, 63),
    (14_789, 22, 14_789), (748, 1, 748), (13_490_021, 17, 13_490_021), (3_624, 7, 3_624),
    (5_074_996, 8, 5_074_996), (4, 2, 4), (56, 29, 56), (331, 20, 331),
    (18_959_234, 23, 18_959_234), (21_910_161, 26, 21_910_161), (40, 20, 40), (1_618_561, 3, 1_618_561),
    (23_013, 27, 23_013), (10_424, 18, 9_474), (199, 12, 199), (10_731_582, 13, 10_731_582),
    (426, 26, 426), (308, 19, 308), (90_310, 1, 90_310), (7_107_823, 9, 7_107_823),
    (17_425, 21, 17_425), (32, 16, 32), (3_242, 6, 3_242), (362, 22, 362),
    (20_029, 27, 20_029), (26, 13, 26), (20_485_189, 29, 20_485_189), (404_212, 1, 404_212),
    (42, 3, 42), (346, 21, 346), (2_347, 6, 2_149), (7_289_171, 9, 7_289_171),
    (23_742, 28, 23_742), (308, 19, 308), (20_616_283, 25, 20_616_283), (582_818, 1, 582_818),
    (50, 25, 50), (16_914, 23, 16_914), (339, 20, 339), (4_379_637, 8, 3_944_540),
    (6_768_674, 14, 6_269_007), (673, 1, 673), (23_540, 28, 23_540), (3_608, 5, 3_608),
    (61, 4, 61), (54, 27, 54), (134, 10, 131), (1_382_981, 2, 1_382_981),
    (312, 20, 312), (23_586, 29, 23_586), (23_590_854, 30, 23_590_854), (16_070, 19, 16_070),
    (10_484, 14, 10_484), (50, 28, 47), (8_221, 10, 8_221), (46, 23, 46),
    (13_620_881, 18, 13_620_881), (15_528_632, 21, 15_528_632), (16_533, 21, 16_533), (2_656, 4, 2_656),
    (1_785_280, 4, 1_785_280), (58, 29, 58), (21_025, 26, 21_025), (331, 21, 331),
    (14, 7, 14), (1_318_721, 2, 1_318_721), (16_601_300, 20, 16_601_300), (160, 10, 160),
    (40, 20, 40), (30, 15, 30), (28, 14, 28), (28, 14, 28),
    (13_253_728, 17, 13_253_728), (5_766_483, 7, 5_766_483), (105, 8, 105), (315, 19, 315),
    (22, 11, 22), (12, 7, 12), (15_459_718, 20, 15_459_718), (9_467, 16, 9_103),
    (1_969, 3, 1_969), (16_347_455, 20, 16_347_455), (540, 2, 540), (3_512, 5, 3_512),
    (40, 3, 40), (7_186, 10, 7_186), (2_317, 5, 2_317), (2_796, 7, 2_682),
    (22_500_069, 27, 22_500_069), (18_723, 23, 18_723), (24_519, 29, 24_519), (287, 25, 249),
    (21_203, 25, 21_203), (42, 21, 42), (44, 26, 43), (232, 19, 227),
    (343, 22, 343), (36, 4, 36), (32, 16, 32), (38, 19, 38),
    (5, 3, 5), (16_795_942, 20, 16_795_942), (24, 12, 24), (13_129, 16, 13_129),
    (6_581, 9, 6_581), (303, 19, 303), (123, 8, 123), (40, 20, 40),
    (9, 6, 9), (17, 10, 17), (16_777, 26, 16_698), (20_313_049, 25, 20_313_049),
    (2_361_557, 9, 2_361_557), (30, 15, 30), (3_921_001, 6, 3_921_001), (50, 25, 50),
    (868_787, 1, 868_787), (2, 2, 2), (4, 4, 4), (12, 6, 12),
    (18, 10, 18), (1_769_934, 3, 1_769_934), (22_453_235, 28, 22_453_235), (15_935_062, 20, 15_935_062),
    (213, 14, 213), (6_207, 9, 6_207), (4_267_288, 9, 4_042_785), (12_447_613, 17, 12_447_613),
    (3_630_344, 5, 3_630_344), (11_427_060, 14, 11_427_060), (51, 28, 51), (19_719_099, 27, 19_719_099),
    (16, 8, 16), (500, 30, 500), (485, 29, 485), (22_747, 27, 22_747),
    (54, 27, 54), (26, 13, 26), (279, 21, 274), (87, 9, 74),
    (1_364, 3, 1_364), (48, 24, 48), (465, 28, 465), (26, 14, 26),
    (22_632_365, 27, 22_632_365), (22_912, 30, 22_912), (16_954, 21, 16_954), (5_450_292, 7, 5_450_292),
];

#[test]
fn two_hundred_random_graphs_weigh_what_networkx_found() {
    for (seed, (weight, pairs, first)) in (0..).zip(TOTALS) {
        let graph = fixed_graph(seed);
        assert_eq!(
            maximum_weight_matching(&graph, false).unwrap().weight,
            weight,
            "{seed}"
        );
        let found = maximum_weight_matching(&graph, true).unwrap();
        assert_eq!((found.pairs.len(), found.weight), (pairs, first), "{seed}");
    }
}

fn complete(n: usize, most: u64) -> Weights {
    let mut draws = Draws(n as u64);
    let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    let edges: Vec<_> = pairs.map(|(i, j)| (i, j, 1 + draws.below(most) as i64)).collect();
    Weights::from_edges(n, &edges).unwrap()
}

#[test]
fn a_room_of_five_hundred_has_a_certificate_that_holds() {
    for (n, most) in [(500, 1_000_000), (501, 10), (499, 1_000_000_000_000_000)] {
        let graph = complete(n, most);
        let found = maximum_weight_matching(&graph, true).unwrap();
        assert_eq!(verify(&graph, &found), Ok(()));
        assert_eq!(found.pairs.len(), n / 2);
        let doubled: i128 = found
            .certificate
            .vertex_doubled
            .iter()
            .map(|&value| i128::from(value))
            .sum();
        // An odd room leaves one vertex out, whose value is the least of all.
        let least = found.certificate.vertex_doubled.iter().min().copied().unwrap();
        let spare = if n % 2 == 1 { i128::from(least) } else { 0 };
        let odd: i128 = found
            .certificate
            .blossoms
            .iter()
            .map(|one| i128::from(one.value) * (one.members.len() as i128 / 2))
            .sum();
        assert_eq!(2 * i128::from(found.weight), doubled - spare + 2 * odd);
    }
}

#[test]
fn a_spoilt_certificate_is_found() {
    let graph = complete(9, 10);
    let good = maximum_weight_matching(&graph, false).unwrap();
    let check = |change: &dyn Fn(&mut gotong::matching::room::Matching)| {
        let mut spoilt = good.clone();
        change(&mut spoilt);
        verify(&graph, &spoilt).unwrap_err().code()
    };
    let (i, j) = good.pairs[0];
    assert_eq!(check(&|m| m.weight += 1), "weight-differs");
    assert_eq!(check(&|m| m.certificate.vertex_doubled[i] += 2), "pair-not-tight");
    assert_eq!(check(&|m| m.certificate.vertex_doubled[i] -= 2), "edge-uncovered");
    assert_eq!(check(&|m| m.certificate.vertex_doubled.truncate(3)), "wrong-size");
    assert_eq!(check(&|m| m.pairs.push((i, j))), "matched-twice");
    assert_eq!(check(&|m| m.pairs.push((i, i))), "not-an-edge");
    let blossom = |members: Vec<usize>, value| Blossom { members, value };
    assert_eq!(
        check(&|m| m.certificate.blossoms.push(blossom(vec![0, 1], 1))),
        "blossom-invalid"
    );
    assert_eq!(
        check(&|m| m.certificate.blossoms.push(blossom(vec![0, 1, 1], 1))),
        "blossom-invalid"
    );
    assert_eq!(
        check(&|m| m.certificate.blossoms.push(blossom(vec![0, 1, 2], 0))),
        "blossom-invalid"
    );
    // Another matching with the same duals cannot be tight.
    let other = (0..9).find(|&k| k != i && k != j && !good.pairs.iter().any(|&(a, b)| a == k || b == k));
    let alone = other.unwrap();
    let mut worse = good.clone();
    worse.pairs.retain(|&pair| pair != (i, j));
    worse.weight -= graph.get(i, j).unwrap();
    assert!(matches!(
        verify(&graph, &worse),
        Err(Violation::AloneButValued { .. } | Violation::BlossomNotFull { .. })
    ));
    assert_eq!(good.mates(9)[alone], None);
    // One heavy edge against two light ones: right by weight, wrong if cardinality is claimed to come first.
    let path = Weights::from_edges(4, &[(0, 1, 1), (1, 2, 9), (2, 3, 1)]).unwrap();
    let mut heavy = maximum_weight_matching(&path, false).unwrap();
    assert_eq!(heavy.pairs, vec![(1, 2)]);
    heavy.max_cardinality = true;
    assert_eq!(verify(&path, &heavy), Err(Violation::CardinalityUnproven));
    assert_eq!(
        maximum_weight_matching(&path, true).unwrap().pairs,
        vec![(0, 1), (2, 3)]
    );
}

#[test]
fn weights_at_the_limit_do_not_overflow() {
    let top = gotong::matching::room::MAX_WEIGHT;
    let graph = Weights::from_edges(
        5,
        &[(0, 1, top), (1, 2, top), (2, 0, top), (2, 3, -top), (3, 4, top)],
    )
    .unwrap();
    assert_eq!(maximum_weight_matching(&graph, false).unwrap().weight, 2 * top);
    assert_eq!(maximum_weight_matching(&graph, true).unwrap().weight, 2 * top);
    assert_eq!(
        Weights::from_edges(2, &[(0, 1, top + 1)]),
        Err(RoomError::WeightTooLarge { row: 0 })
    );
    let path: Vec<_> = (0..1999)
        .map(|i| (i, i + 1, if i % 2 == 0 { top } else { -top }))
        .collect();
    let long = Weights::from_edges(2000, &path).unwrap();
    assert!(matches!(
        maximum_weight_matching(&long, true),
        Err(RoomError::OutOfRange { .. })
    ));
    assert_eq!(Weights::new(2001), Err(RoomError::TooManyVertices { n: 2001 }));
}

/// All matchings of the edges of `weights`, as pairs.
fn all_matchings(weights: &Weights) -> Vec<Vec<(usize, usize)>> {
    fn extend(
        weights: &Weights,
        i: usize,
        used: u32,
        now: &mut Vec<(usize, usize)>,
        all: &mut Vec<Vec<(usize, usize)>>,
    ) {
        if i == weights.len() {
            all.push(now.clone());
            return;
        }
        extend(weights, i + 1, used, now, all);
        if used >> i & 1 == 0 {
            for (j, _) in weights.at(i).filter(|&(j, _)| j > i && used >> j & 1 == 0) {
                now.push((i, j));
                extend(weights, i + 1, used | 1 << j | 1 << i, now, all);
                now.pop();
            }
        }
    }
    let mut all = Vec::new();
    extend(weights, 0, 0, &mut Vec::new(), &mut all);
    all
}

fn tables(pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
    pairs.iter().map(|&(i, j)| vec![i, j]).collect()
}

/// Views of few or many levels, not symmetric, some pairs unacceptable; and the graph of the acceptable ones.
fn views(most: usize) -> impl Strategy<Value = (Views, Weights, bool)> {
    (0..=most, prop_oneof![Just(3_i64), Just(1000)], 40_u32..=100).prop_flat_map(|(n, levels, density)| {
        prop::collection::vec((0..levels, 0..levels, 0_u32..100), n * n).prop_map(move |cells| {
            let (mut views, mut graph) = (Views::new(n).unwrap(), Weights::new(n).unwrap());
            for i in 0..n {
                for j in i + 1..n {
                    let (a, b, draw) = cells[i * n + j];
                    if draw < density {
                        views.set(i, j, a).unwrap();
                        views.set(j, i, b).unwrap();
                        graph.set(i, j, a.min(b)).unwrap();
                    }
                }
            }
            (views, graph, levels == 3)
        })
    })
}

/// The least total of pairs at tables of these sizes over all seatings, by trying them all: `None` without one.
fn best_seating(weights: &Weights, sizes: &mut Vec<usize>, used: u32) -> Option<i64> {
    let n = weights.len();
    let Some(first) = (0..n).find(|&i| used >> i & 1 == 0) else {
        return Some(0);
    };
    let mut best = None;
    let mut tried = Vec::new();
    for at in 0..sizes.len() {
        if tried.contains(&sizes[at]) {
            continue;
        }
        tried.push(sizes[at]);
        let size = sizes.swap_remove(at);
        for set in 0_u32..1 << n {
            let fits = set & used == 0 && set >> first & 1 == 1 && set.count_ones() as usize == size;
            if !fits {
                continue;
            }
            let people: Vec<usize> = (0..n).filter(|&i| set >> i & 1 == 1).collect();
            let pairs = people.iter().flat_map(|&i| people.iter().map(move |&j| (i, j)));
            let worth: Option<i64> = pairs.filter(|(i, j)| i < j).map(|(i, j)| weights.get(i, j)).sum();
            if let Some(rest) =
                worth.and_then(|worth| Some(worth + best_seating(weights, sizes, used | set)?))
            {
                best = best.max(Some(rest));
            }
        }
        sizes.push(size);
        let last = sizes.len() - 1;
        sizes.swap(at, last);
    }
    best
}

fn room(weights: Weights, size: usize, rounds: usize) -> RoomTask {
    RoomTask {
        weights,
        together: Vec::new(),
        sectors: Vec::new(),
        size,
        rounds,
        odd: Odd::Trio,
        everybody: true,
        seed: 7,
    }
}

fn seat(task: &RoomTask, work: u64) -> (Vec<Round>, Option<Obstacle>) {
    let mut search = SeatingSearch::new(task.clone()).unwrap();
    while search.step(work).unwrap() {}
    let (rounds, obstacle) = search.found();
    (rounds.to_vec(), obstacle.cloned())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn stable_pairs_are_stable_and_none_is_said_only_if_there_are_none((views, graph, _) in views(7)) {
        let blocks = |pairs: &[(usize, usize)]| blocking_pairs(&views, &tables(pairs));
        match stable_matching(&views) {
            Stability::Stable(pairs) => prop_assert_eq!(blocks(&pairs), vec![]),
            Stability::NoneExists { ties: false, .. } => {
                prop_assert!(all_matchings(&graph).iter().all(|pairs| !blocks(pairs).is_empty()));
            }
            Stability::NoneExists { ties, .. } => prop_assert!(ties),
        }
    }

    #[test]
    fn where_both_see_the_same_nobody_has_to_leave(weights in graph(10)) {
        let views = Views::mutual(&weights);
        match stable_matching(&views) {
            Stability::Stable(pairs) => prop_assert_eq!(blocking_pairs(&views, &tables(&pairs)), vec![]),
            none => prop_assert!(false, "{none:?}"),
        }
    }

    #[test]
    fn the_egalitarian_pairing_is_the_best_of_all_matchings(weights in graph(7)) {
        let value = |pairs: &Vec<(usize, usize)>| {
            let own = || pairs.iter().map(|&(i, j)| weights.get(i, j).unwrap());
            (pairs.len(), own().min(), own().sum::<i64>())
        };
        let best = all_matchings(&weights).iter().map(value).max().unwrap();
        let fair = egalitarian_matching(&weights).unwrap();
        prop_assert_eq!(value(&fair.matching.pairs), best);
        prop_assert_eq!(fair.threshold, best.1);
    }

    #[test]
    fn the_answer_does_not_depend_on_how_the_work_is_cut(weights in graph(12), work in 1_u64..500) {
        let whole = maximum_weight_matching(&weights, true).unwrap();
        let mut search = MatchingSearch::new(&weights, true).unwrap();
        while search.step(work) {}
        prop_assert_eq!(search.matching(&weights).unwrap(), whole);
    }

    #[test]
    fn the_total_does_not_depend_on_the_order_of_vertices(weights in graph(12), seed: u64) {
        let n = weights.len();
        let mut order: Vec<usize> = (0..n).collect();
        let mut draws = Draws(seed);
        for at in (1..n).rev() {
            order.swap(at, draws.below(at as u64 + 1) as usize);
        }
        let edges: Vec<_> = weights.edges().map(|(i, j, w)| (order[i], order[j], w)).collect();
        let other = Weights::from_edges(n, &edges).unwrap();
        for first in [false, true] {
            let weigh = |weights| maximum_weight_matching(weights, first).unwrap().weight;
            prop_assert_eq!(weigh(&weights), weigh(&other));
        }
    }
}

proptest! {
    // The search for tables is not exact: the same cases every time, on all of which it finds the best.
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::with_cases(500) })]

    #[test]
    fn tables_lie_between_what_is_found_and_the_bound(weights in graph(9), size in 2_usize..5) {
        prop_assume!(weights.len() >= 2);
        let tables = (weights.len() / size).max(1);
        let mut sizes: Vec<usize> = (0..tables).map(|t| (weights.len() + t) / tables).collect();
        let best = best_seating(&weights, &mut sizes, 0);
        let (rounds, obstacle) = seat(&room(weights.clone(), size, 1), u64::MAX);
        let seated = rounds.first().filter(|round| round.sitting_out.is_empty());
        match (best, seated) {
            (Some(best), Some(round)) => {
                // For so few the search finds the best; what is promised is the bound.
                prop_assert!(round.total == best && best <= round.upper_bound, "{} {best} {}", round.total, round.upper_bound);
            }
            (None, Some(round)) => prop_assert!(false, "{round:?}"),
            (None, None) => prop_assert!(obstacle.is_some() || size == 2),
            (Some(_), None) => prop_assert!(false, "not found: {obstacle:?}"),
        }
    }

    #[test]
    fn in_rounds_nobody_is_alone_and_nobody_meets_twice(
        n in 2_usize..14, size in 2_usize..5, rounds in 1_usize..6, work in 500_u64..100_000, most in 1_u64..50,
    ) {
        let task = room(complete(n, most), size, rounds);
        let (found, obstacle) = seat(&task, work);
        prop_assert_eq!(seat(&task, u64::MAX), (found.clone(), obstacle.clone()));
        prop_assert_eq!(found.len() == rounds, obstacle.is_none());
        prop_assert!(!found.is_empty());
        let mut met = std::collections::BTreeSet::new();
        for round in &found {
            let mut people: Vec<usize> = round.tables.concat();
            people.sort_unstable();
            prop_assert_eq!(people, (0..n).collect::<Vec<_>>());
            for table in &round.tables {
                prop_assert!(table.len() >= 2);
                for &i in table {
                    for &j in table.iter().filter(|&&j| j > i) {
                        prop_assert!(met.insert((i, j)), "{i} and {j} met twice");
                    }
                }
            }
        }
    }
}

#[test]
fn rules_that_contradict_each_other_are_named() {
    let mut task = room(complete(6, 10), 2, 1);
    task.together = vec![(0, 1), (1, 2)];
    let (_, obstacle) = seat(&task, u64::MAX);
    assert_eq!(
        obstacle,
        Some(Obstacle {
            code: ObstacleCode::TogetherTooLarge,
            who: vec![0, 1, 2],
            round: 0
        })
    );
    task.size = 3;
    assert_eq!(seat(&task, u64::MAX).0[0].tables[0], vec![0, 1, 2]);
    task.weights.remove(0, 2);
    let (_, obstacle) = seat(&task, u64::MAX);
    assert_eq!(
        obstacle,
        Some(Obstacle {
            code: ObstacleCode::TogetherAgainstApart,
            who: vec![0, 2],
            round: 0
        })
    );
    let (_, obstacle) = seat(&room(complete(1, 10), 2, 1), u64::MAX);
    assert_eq!(obstacle.unwrap().code, ObstacleCode::TooFew);
}

#[test]
fn four_people_have_three_rounds() {
    let (rounds, obstacle) = seat(&room(complete(4, 10), 2, 5), u64::MAX);
    assert_eq!(
        (rounds.len(), obstacle.unwrap().code),
        (3, ObstacleCode::RoundsExhausted)
    );
}

#[test]
fn who_sits_out_changes_from_round_to_round() {
    let mut task = room(complete(7, 100), 2, 5);
    task.odd = Odd::SitOut;
    let (rounds, _) = seat(&task, u64::MAX);
    let mut out: Vec<usize> = rounds
        .iter()
        .flat_map(|round| &round.sitting_out)
        .map(|one| one.0)
        .collect();
    assert_eq!(out.len(), 5);
    out.sort_unstable();
    out.dedup();
    assert_eq!(out.len(), 5);
}

#[test]
fn tables_have_two_sectors_where_they_can() {
    for (n, size) in [(8, 2), (12, 3), (9, 2), (16, 4)] {
        let mut task = room(complete(n, 100), size, 1);
        task.sectors = (0..n).map(|i| usize::from(i >= n / 2)).collect();
        let (rounds, _) = seat(&task, u64::MAX);
        for table in &rounds[0].tables {
            assert!(
                table.iter().any(|&i| task.sectors[i] != task.sectors[table[0]]),
                "{n} {size} {table:?}"
            );
        }
    }
}

#[test]
fn the_trio_is_the_one_that_loses_least() {
    // 0–1 and 2–3 fit; 4 fits 2 and 3, so it joins them.
    let edges = [
        (0, 1, 90),
        (2, 3, 80),
        (4, 2, 50),
        (4, 3, 60),
        (4, 0, 10),
        (4, 1, 70),
        (0, 2, 1),
        (0, 3, 1),
        (1, 2, 1),
        (1, 3, 1),
    ];
    let (rounds, _) = seat(&room(Weights::from_edges(5, &edges).unwrap(), 2, 1), u64::MAX);
    assert_eq!(
        (rounds[0].tables.clone(), rounds[0].total),
        (vec![vec![0, 1], vec![2, 3, 4]], 280)
    );
}

#[test]
fn chances_are_counted() {
    let weights = Weights::from_edges(4, &[(0, 1, 5), (0, 2, 4), (1, 2, 3), (2, 3, 1)]).unwrap();
    let chances = exposure(&Views::mutual(&weights), 1);
    let listed: Vec<_> = chances.iter().map(|one| (one.listed_by, one.best)).collect();
    assert_eq!(listed, [(2, Some(5)), (1, Some(5)), (1, Some(4)), (0, Some(1))]);
    assert_eq!(weakest(&chances, 2), [3, 2]);
}

#[test]
fn a_plain_room_is_read_exactly() {
    let read = |text: &str, first| plain_pairs(&serde_json::from_str::<PlainRoom>(text).unwrap(), first);
    let found = read(
        r#"{"n": 3, "weights": [[0, 1, 0.1], [1, 0, 0.25], [1, 2, 0.3], [0, 2, -1]]}"#,
        false,
    )
    .unwrap();
    assert_eq!(
        (found.pairs, found.weight),
        (vec![[1, 2]], PlainNumber::Decimal(0.3))
    );
    // Only 0–1 is best; 2 is alone at 0, and the odd set of all three makes up for u(0) + u(2) < 2.
    let found = read(r#"{"n": 3, "weights": [[0, 1, 3], [1, 2, 2], [0, 2, 2]]}"#, false).unwrap();
    assert_eq!(
        serde_json::to_string(&found).unwrap(),
        r#"{"pairs":[[0,1]],"weight":3,"certificate":{"vertex":[1,1,0],"blossoms":[{"members":[0,1,2],"value":1}]}}"#
    );
    // Halves are said as they are: 0 gives, 1 takes.
    let found = read(r#"{"n": 2, "weights": [[0, 1, 1]]}"#, true).unwrap();
    let value = |number: &PlainNumber| match *number {
        PlainNumber::Whole(whole) => whole as f64,
        PlainNumber::Decimal(decimal) => decimal,
    };
    assert_eq!(found.certificate.vertex.iter().map(value).sum::<f64>(), 1.0);
    let only_negative = r#"{"n": 2, "weights": [[0, 1, -3]]}"#;
    assert!(read(only_negative, false).unwrap().pairs.is_empty());
    assert_eq!(read(only_negative, true).unwrap().weight, PlainNumber::Whole(-3));
    for (text, error) in [
        (
            r#"{"n": 2, "weights": [[0, 1, 1], [0, 2, 1]]}"#,
            RoomError::BadIndex {
                row: 1,
                i: 0,
                j: 2,
                n: 2,
            },
        ),
        (
            r#"{"n": 2, "weights": [[0, 0, 1]]}"#,
            RoomError::BadIndex {
                row: 0,
                i: 0,
                j: 0,
                n: 2,
            },
        ),
        (
            r#"{"n": 2, "weights": [[-1, 0, 1]]}"#,
            RoomError::BadIndex {
                row: 0,
                i: usize::MAX,
                j: 0,
                n: 2,
            },
        ),
        (
            r#"{"n": 2, "weights": [[0, 1, 0.1234567]]}"#,
            RoomError::TooManyDecimals { row: 0 },
        ),
        (
            r#"{"n": 2, "weights": [[0, 1, 1e300]]}"#,
            RoomError::WeightTooLarge { row: 0 },
        ),
        (
            r#"{"n": 2, "weights": [[0, 1, 9223372036854775807]]}"#,
            RoomError::WeightTooLarge { row: 0 },
        ),
        (
            r#"{"n": 3, "weights": [[0, 1, 0.000001], [0, 2, 1e15]]}"#,
            RoomError::WeightTooLarge { row: 1 },
        ),
        (
            r#"{"n": 10000, "weights": []}"#,
            RoomError::TooManyVertices { n: 10_000 },
        ),
    ] {
        assert_eq!(read(text, false), Err(error), "{text}");
    }
    assert!(read(r#"{"n": 0, "weights": []}"#, true).unwrap().pairs.is_empty());
}

fn ask(scenario: &Scenario, options: &RoomOptions, work: u64) -> RoomAnswer {
    let mut search = RoomSearch::new(scenario, options.clone()).unwrap();
    while search.step(work).unwrap() {}
    search.answer().unwrap().clone()
}

#[test]
fn the_case_studies_are_seated() {
    for study in gotong::cases::ALL {
        let (row, scenario) = (study.row, study.load().unwrap());
        for (size, mode) in [(2, Mode::Mutual), (2, Mode::Gift), (3, Mode::Mutual)] {
            let options = RoomOptions {
                size,
                mode,
                rounds: 2,
                ..RoomOptions::default()
            };
            let room = ask(&scenario, &options, u64::MAX);
            assert_eq!(ask(&scenario, &options, 20_000), room);
            assert_eq!(room.outcome, RoomOutcome::Seated, "{row} {size}");
            for table in room.rounds.iter().flat_map(|round| &round.tables) {
                for (at, a) in table.members.iter().enumerate() {
                    assert!(
                        table.members[at + 1..]
                            .iter()
                            .all(|b| scenario.conflict_between(a, b).is_none())
                    );
                }
            }
            let pairs = size == 2 && scenario.organisations.len().is_multiple_of(2);
            assert_eq!(
                pairs,
                matches!(room.rounds[0].proof, RoomProof::Certificate { .. })
            );
            if let (Some(sides), Mode::Mutual) = (&room.comparison, mode) {
                let StableAnswer::Stable(stable) = &sides.stable else {
                    panic!("symmetric scores are stable")
                };
                assert_eq!(stable.blocking, 0);
                assert!(!pairs || sides.egalitarian.weakest >= sides.best_total.weakest);
                assert!(!pairs || sides.best_total.total >= sides.egalitarian.total);
            }
            let text = serde_json::to_string(&room).unwrap();
            assert_eq!(serde_json::from_str::<RoomAnswer>(&text).unwrap(), room);
        }
    }
}

#[test]
fn rules_of_a_scenario_bind() {
    let id = |i: usize| OrgId::new(&format!("o{i}")).unwrap();
    let mut scenario = Scenario::default();
    for i in 0..6 {
        scenario
            .organisations
            .push(Organisation::new(id(i), "x".into(), Sector::Community));
    }
    let conflict = |a, b| Conflict {
        between: (id(a), id(b)),
        reason: Text::default(),
    };
    scenario.conflicts = vec![conflict(0, 1), conflict(2, 3)];
    let options = RoomOptions {
        together: vec![(id(4), id(0))],
        apart: vec![(id(1), id(2))],
        ..RoomOptions::default()
    };
    let room = ask(&scenario, &options, u64::MAX);
    let members: Vec<_> = room.rounds[0]
        .tables
        .iter()
        .map(|table| table.members.clone())
        .collect();
    assert_eq!(
        members,
        [vec![id(0), id(4)], vec![id(1), id(3)], vec![id(2), id(5)]]
    );
    // Together and in conflict: the rule and both are named.
    let options = RoomOptions {
        together: vec![(id(1), id(0))],
        ..RoomOptions::default()
    };
    let obstacle = ask(&scenario, &options, u64::MAX).obstacle.unwrap();
    assert_eq!(
        (obstacle.code, obstacle.who),
        (ObstacleCode::TogetherAgainstApart, vec![id(0), id(1)])
    );
    let options = RoomOptions {
        apart: vec![(id(1), id(9))],
        ..RoomOptions::default()
    };
    let error = RoomSearch::new(&scenario, options).err().unwrap();
    assert_eq!(error, RoomError::UnknownOrganisation { id: "o9".into() });
    for i in 6..2001 {
        scenario
            .organisations
            .push(Organisation::new(id(i), "x".into(), Sector::Community));
    }
    let room = ask(&scenario, &RoomOptions::default(), 1);
    let obstacle = room.obstacle.unwrap();
    assert_eq!(
        (room.outcome, obstacle.code, obstacle.limit),
        (RoomOutcome::Infeasible, ObstacleCode::TooMany, Some(2000))
    );
}
