//! How good a seating could be at most.

use super::weights::Weights;

/// How often the multipliers are moved.
const MOVES: i64 = 60;

/// An upper bound on the total weight of any seating of everybody at `tables` tables whose sizes differ by at most one,
/// no pair without a weight at one table.
///
/// Whoever sits at a table of g has g − 1 pairs there. With a multiplier λ ≥ 0 for every person, any seating weighs at most
/// Σ max(0, w(i, j) − λ(i) − λ(j)) over all pairs + Σ (g(i) − 1) λ(i), where the larger tables go to the largest λ: the
/// Lagrangian relaxation of the degree constraints. λ starts at half the (g − 1)-th best weight of each and is moved by
/// subgradient steps; the least bound counts. If `pairs_total`, the weight of a best matching, is known, a second bound is that
/// the pairs at a table of g fall into g − 1 (g even) or g (g odd) rounds in which nobody is in two pairs.
///
/// Units: as the weights. Integers. Cost: O(n²) a move, 60 moves at most.
///
/// Source: M. Held, R. M. Karp, "The traveling-salesman problem and minimum spanning trees: part II", 1971 (the subgradient
/// method); T. P. Kirkman, 1847 (the rounds).
pub(super) fn upper_bound(weights: &Weights, tables: usize, pairs_total: Option<i64>) -> i64 {
    let n = weights.len();
    let tables = tables.max(1);
    let (base, larger) = (n / tables, n % tables);
    let size = if larger > 0 { base + 1 } else { base };
    if size < 2 {
        return 0;
    }
    let mut least = i64::MAX;
    if let Some(total) = pairs_total {
        let rounds = |g: usize| if g.is_multiple_of(2) { g - 1 } else { g };
        let rounds = if larger > 0 {
            rounds(base).max(rounds(base + 1))
        } else {
            rounds(base)
        };
        least = total
            .max(0)
            .saturating_mul(i64::try_from(rounds).unwrap_or(i64::MAX));
    }
    let degree = base.saturating_sub(1);
    // Doubled multipliers, so that halves are whole.
    let mut multiplier: Vec<i64> = (0..n)
        .map(|i| {
            let mut row: Vec<i64> = weights.at(i).map(|(_, weight)| weight).collect();
            row.sort_unstable_by(|a, b| b.cmp(a));
            row.get(size - 2).copied().unwrap_or(0).max(0)
        })
        .collect();
    let highest = weights.edges().map(|edge| edge.2).max().unwrap_or(0).max(0);
    for turn in 0..MOVES {
        let mut bound = 0_i128;
        let mut have = vec![0_i64; n];
        for (i, j, weight) in weights.edges() {
            let over = 2 * i128::from(weight) - i128::from(multiplier[i]) - i128::from(multiplier[j]);
            if over > 0 {
                bound += over;
                have[i] += 1;
                have[j] += 1;
            }
        }
        let mut by_size: Vec<i64> = multiplier.clone();
        by_size.sort_unstable_by(|a, b| b.cmp(a));
        for (place, &value) in by_size.iter().enumerate() {
            let pairs = degree + usize::from(place < larger * size);
            bound += i128::from(value) * pairs as i128;
        }
        // The bound is doubled; weights are whole.
        least = least.min(i64::try_from(bound.div_euclid(2)).unwrap_or(i64::MAX));
        let want = i64::try_from(degree).unwrap_or(i64::MAX);
        let step = highest / (8 * (turn + 2)) + 1;
        for (value, have) in multiplier.iter_mut().zip(have) {
            let off = (have - want).clamp(-8, 8);
            *value = value.saturating_add(step.saturating_mul(off) / 4).max(0);
        }
    }
    least
}
