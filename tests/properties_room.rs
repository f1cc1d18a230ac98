//! The whole room against brute force, against published totals and against its own definitions.
#![allow(missing_docs, clippy::unwrap_used)]

use gotong::matching::room::{Weights, maximum_weight_matching, verify};
use proptest::prelude::*;

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
