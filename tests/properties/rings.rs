//! Rings against every packing there is, for small instances.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use gotong::matching::rings::{
    Instance, MAX_NEAR, NearSearch, Packing, RingOptions, RingsAnswer, ScenarioRings, Search, Violation,
    find_rings, solve, verify,
};
use proptest::prelude::*;

type Arc = (usize, usize, i64);

/// Every ring and chain as (members as a bit set, value), by walking blindly.
fn all_columns(n: usize, arcs: &[Arc], gifts: &[usize], length: usize) -> Vec<(u32, i64)> {
    fn walk(
        path: &mut Vec<usize>,
        value: i64,
        best: &[Vec<Option<i64>>],
        length: usize,
        gift: bool,
        found: &mut Vec<(u32, i64)>,
    ) {
        let set = path.iter().map(|&member| 1 << member).sum();
        let (first, last) = (path[0], path[path.len() - 1]);
        if gift && path.len() > 1 {
            found.push((set, value));
        }
        if let Some(back) = best[last][first].filter(|_| path.len() > 1 && path.len() <= length) {
            found.push((set, value + back));
        }
        if path.len() > length {
            return;
        }
        for next in 0..best.len() {
            if let Some(more) = best[last][next].filter(|_| !path.contains(&next)) {
                path.push(next);
                walk(path, value + more, best, length, gift, found);
                path.pop();
            }
        }
    }
    let mut best = vec![vec![None; n]; n];
    for &(from, to, value) in arcs {
        let entry: &mut Option<i64> = &mut best[from][to];
        *entry = (*entry).max(Some(value));
    }
    let mut found = Vec::new();
    for start in 0..n {
        walk(
            &mut vec![start],
            0,
            &best,
            length,
            gifts.contains(&start),
            &mut found,
        );
    }
    found
}

/// The best sum over all sets of disjoint columns.
fn best_packing(columns: &[(u32, i64)], used: u32) -> i64 {
    let Some((&(set, value), rest)) = columns.split_first() else {
        return 0;
    };
    let without = best_packing(rest, used);
    if used & set == 0 {
        without.max(value + best_packing(rest, used | set))
    } else {
        without
    }
}

/// The same by dynamic programming over sets of members, for more columns.
fn best_by_sets(n: usize, columns: &[(u32, i64)]) -> i64 {
    let mut best = vec![0; 1 << n];
    for set in 1..1_u32 << n {
        let lowest = set & set.wrapping_neg();
        let mut most: i64 = best[(set & !lowest) as usize];
        for &(members, value) in columns
            .iter()
            .filter(|&&(members, _)| members & !set == 0 && members & lowest != 0)
        {
            most = most.max(value + best[(set & !members) as usize]);
        }
        best[set as usize] = most;
    }
    best[(1 << n) - 1]
}

fn instances(
    most: usize,
    values: std::ops::Range<i64>,
) -> impl Strategy<Value = (usize, Vec<Arc>, Vec<usize>, usize)> {
    (2..=most, 0_usize..=100, 2_usize..=5).prop_flat_map(move |(n, density, length)| {
        let arc = (0..n, 0..n, values.clone()).prop_filter("no loops", |(from, to, _)| from != to);
        let arcs = prop::collection::vec(arc, 0..=(n * (n - 1) * density / 100).max(1));
        (Just(n), arcs, prop::collection::vec(0..n, 0..3), Just(length))
    })
}

/// The best near rings by trying every order of every few members: (gain, size, members, value).
fn near_by_trying(
    instance: &Instance,
    packing: &Packing,
    closing: &[Vec<i64>],
) -> Vec<(i64, usize, Vec<usize>, i64)> {
    fn orders(n: usize, most: usize, path: &mut Vec<usize>, each: &mut dyn FnMut(&[usize])) {
        if path.len() >= 2 {
            each(path);
        }
        if path.len() < most {
            for next in 0..n {
                if path.contains(&next) {
                    continue;
                }
                path.push(next);
                orders(n, most, path, each);
                path.pop();
            }
        }
    }
    let of = |from: usize, to: usize| instance.value(from, to);
    let rings = packing.rings.iter().map(|ring| {
        let pairs = (0..ring.len()).map(|at| of(ring[at], ring[(at + 1) % ring.len()]).unwrap());
        (ring.clone(), pairs.sum::<i64>())
    });
    let chains = packing.chains.iter().map(|chain| {
        let pairs = chain.windows(2).map(|pair| of(pair[0], pair[1]).unwrap());
        (chain.clone(), pairs.sum::<i64>())
    });
    let taken: Vec<(Vec<usize>, i64)> = rings.chain(chains).collect();
    let mut all: Vec<(i64, usize, Vec<usize>, i64)> = Vec::new();
    orders(
        instance.members(),
        instance.max_length(),
        &mut Vec::new(),
        &mut |path| {
            let (first, last) = (path[0], path[path.len() - 1]);
            let arcs: Option<Vec<i64>> = path.windows(2).map(|pair| of(pair[0], pair[1])).collect();
            let (Some(arcs), None) = (arcs, of(last, first)) else {
                return;
            };
            if closing[last][first] <= 0 {
                return;
            }
            let value = arcs.iter().sum::<i64>() + closing[last][first];
            let lost: i64 = taken
                .iter()
                .filter(|(members, _)| members.iter().any(|member| path.contains(member)))
                .map(|(_, worth)| worth)
                .sum();
            if value > lost {
                all.push((value - lost, path.len(), path.to_vec(), value));
            }
        },
    );
    all.sort_by(|a, b| (b.0, a.1, &a.2).cmp(&(a.0, b.1, &b.2)));
    let mut best: Vec<(i64, usize, Vec<usize>, i64)> = Vec::new();
    for one in all {
        let ends = |path: &[usize]| (path[0], path[path.len() - 1]);
        if !best.iter().any(|other| ends(&other.2) == ends(&one.2)) {
            best.push(one);
        }
    }
    best.truncate(MAX_NEAR);
    best
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn near_rings_are_the_best_of_all_there_are(
        (n, arcs, gifts, length) in instances(7, -3..20),
        closing in prop::collection::vec(prop::collection::vec(0_i64..12, 7), 7),
        packed: bool, paths in 1_u64..50,
    ) {
        let instance = Instance::new(n, &arcs, &gifts, length).unwrap();
        // Beside the best packing, and beside none.
        let shown = if packed { instance.clone() } else { instance.restricted(|_| false) };
        let packing = solve(shown, None);
        let mut search = NearSearch::new(&instance, &packing, u64::MAX);
        while !search.step(&instance, paths, |from, to| Some(closing[from][to])) {}
        let found: Vec<_> = search.found().iter().map(|one| (one.gain, one.members.len(), one.members.clone(), one.value)).collect();
        prop_assert_eq!(&found, &near_by_trying(&instance, &packing, &closing));
        prop_assert!(search.complete());
        // What a near ring gains is there once its arc is.
        if let (Some(best), true) = (search.found().first(), packed) {
            let (from, to) = (best.members[best.members.len() - 1], best.members[0]);
            let closed: Vec<Arc> = arcs.iter().copied().chain([(from, to, closing[from][to])]).collect();
            let after = solve(Instance::new(n, &closed, &gifts, length).unwrap(), None);
            prop_assert!(after.value >= packing.value + i128::from(best.gain));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rings_equal_the_best_of_all_packings((n, arcs, _, length) in instances(7, -3..20)) {
        let packing = solve(Instance::new(n, &arcs, &[], length).unwrap(), None);
        let columns = all_columns(n, &arcs, &[], length);
        prop_assert_eq!(packing.value, i128::from(best_by_sets(n, &columns)));
        prop_assert!(packing.optimal && packing.verified && packing.chains.is_empty());
        prop_assert_eq!(packing.upper_bound, packing.value);
    }

    #[test]
    fn rings_and_chains_equal_the_best_of_all_packings((n, arcs, gifts, length) in instances(7, -3..20)) {
        let packing = solve(Instance::new(n, &arcs, &gifts, length).unwrap(), None);
        let columns = all_columns(n, &arcs, &gifts, length);
        prop_assert_eq!(packing.value, i128::from(best_by_sets(n, &columns)));
        prop_assert!(packing.optimal && packing.verified);
    }

    #[test]
    fn rings_of_equal_worth_are_packed_exactly_too((n, arcs, gifts, length) in instances(9, 1..2)) {
        let packing = solve(Instance::new(n, &arcs, &gifts, length).unwrap(), None);
        prop_assert_eq!(packing.value, i128::from(best_by_sets(n, &all_columns(n, &arcs, &gifts, length))));
        prop_assert!(packing.optimal && packing.verified);
    }

    #[test]
    fn both_ways_to_try_everything_agree((n, arcs, gifts, _) in instances(5, -3..20)) {
        // Two or three arcs keep the columns few enough for every set of them.
        let columns = all_columns(n, &arcs, &gifts, 2);
        prop_assume!(columns.len() <= 24);
        prop_assert_eq!(best_packing(&columns, 0), best_by_sets(n, &columns));
    }

    #[test]
    fn the_order_of_the_file_and_the_size_of_the_steps_do_not_matter(
        (n, arcs, gifts, length) in instances(9, 0..9), step in 1_u64..40, limit in 0_u64..400,
    ) {
        let instance = || Instance::new(n, &arcs, &gifts, length).unwrap();
        let mut backwards = arcs.clone();
        backwards.reverse();
        let whole = solve(instance(), None);
        prop_assert_eq!(&solve(Instance::new(n, &backwards, &gifts, length).unwrap(), None), &whole);
        let mut search = Search::new(instance());
        let mut bounds = vec![search.progress().upper_bound];
        while !search.step(step) {
            bounds.push(search.progress().upper_bound);
            let packing = search.packing();
            prop_assert!(packing.verified && packing.value <= whole.value && whole.value <= packing.upper_bound);
        }
        prop_assert!(bounds.windows(2).all(|pair| pair[1] <= pair[0]));
        prop_assert_eq!(&search.packing(), &whole);
        // A limit stops at the same place however often the search was interrupted before.
        let mut pieces = Search::new(instance());
        let mut at = 0;
        while at < limit {
            at = (at + step).min(limit);
            pieces.run_until(at);
        }
        prop_assert_eq!(pieces.packing(), solve(instance(), Some(limit)));
    }

    #[test]
    fn the_check_finds_what_is_broken((n, arcs, gifts, length) in instances(7, 1..9), which in 0_usize..4) {
        // A swap so good that it is always taken.
        let mut arcs = arcs;
        arcs.extend([(0, 1, 1000), (1, 0, 1000)]);
        let instance = Instance::new(n, &arcs, &gifts, length).unwrap();
        let good = solve(instance.clone(), None);
        prop_assert!(!good.rings.is_empty());
        let mut bad: Packing = good.clone();
        match which {
            0 => bad.value += 1,
            1 => bad.rings.push(good.rings[0].clone()),
            2 => bad.rings[0].rotate_left(1),
            _ => bad.upper_bound -= 1,
        }
        let violations = verify(&instance, &bad);
        let expected = match which {
            0 => violations.iter().any(|one| matches!(one, Violation::Value { .. })),
            1 => violations.iter().any(|one| matches!(one, Violation::Twice { .. })),
            2 => violations.iter().any(|one| matches!(one, Violation::Start { .. })),
            _ => violations.contains(&Violation::Bound),
        };
        prop_assert!(expected, "{:?}", violations);
    }
}

#[test]
fn every_case_study_is_solved_and_steps_do_not_change_it() {
    for study in gotong::cases::ALL {
        let (row, scenario) = (study.row, study.load().unwrap());
        let options = RingOptions::default();
        let whole = find_rings(&scenario, &options).unwrap();
        assert!(whole.optimal && whole.verified, "{row}");
        let mut steps = ScenarioRings::new(&scenario, &options).unwrap();
        while !steps.step(50) {}
        assert_eq!(steps.answer(), whole, "{row}");
        let (done, all) = steps.withdrawals();
        assert_eq!(done, all);
        assert_eq!(
            all,
            whole.exchanges.iter().map(|one| one.members.len()).sum::<usize>()
        );
        let text = serde_json::to_string(&whole).unwrap();
        assert_eq!(serde_json::from_str::<RingsAnswer>(&text).unwrap(), whole);
    }
}
