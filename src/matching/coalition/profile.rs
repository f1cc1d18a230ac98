//! How the answer changes as coordination gets dearer.

use serde::{Deserialize, Serialize};

/// From this α on, fewer members are worth it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlphaStep {
    /// The least whole α, in money per pair, at which this size is the best (of equals, the smaller).
    pub from_alpha: u64,
    /// K.
    pub size: usize,
    /// The least Σ c of a coalition of this size.
    pub participation_cost: u128,
    /// One such coalition.
    pub members: Vec<usize>,
    /// Whether the cost is proven least.
    pub optimal: bool,
}

/// The cheapest coalition found of one size.
#[derive(Clone, Debug)]
pub(super) struct OfSize {
    pub size: usize,
    pub cost: u128,
    pub members: Vec<usize>,
    pub optimal: bool,
}

/// The lower envelope of the lines cost + α·K(K−1)/2 over α ≥ 0, at whole α.
///
/// Each line belongs to a size, its slope rises with the size, so the best size falls as α grows. Exact, in integers.
pub(super) fn envelope(mut lines: Vec<OfSize>) -> Vec<AlphaStep> {
    let pairs = |size: usize| (size as u128) * (size as u128).saturating_sub(1) / 2;
    crate::order::sort_by_key(&mut lines, |line| (line.cost, line.size));
    let mut steps: Vec<AlphaStep> = Vec::new();
    let mut at = 0_usize;
    let mut from_alpha = 0_u128;
    while let Some(line) = lines.get(at) {
        // Two sizes that change at one whole α: only the last of them is ever best.
        steps.retain(|step| u128::from(step.from_alpha) < from_alpha);
        steps.push(AlphaStep {
            from_alpha: u64::try_from(from_alpha).unwrap_or(u64::MAX),
            size: line.size,
            participation_cost: line.cost,
            members: line.members.clone(),
            optimal: line.optimal,
        });
        let smaller = (0..lines.len()).filter(|&other| lines[other].size < line.size);
        let next = smaller
            .map(|other| {
                let (rise, run) = (
                    lines[other].cost.saturating_sub(line.cost),
                    pairs(line.size) - pairs(lines[other].size),
                );
                (rise, run.max(1), other)
            })
            // Least ratio rise / run; of equals the smallest size.
            .reduce(|best, one| {
                let (left, right) = (one.0.saturating_mul(best.1), best.0.saturating_mul(one.1));
                let smaller = lines[one.2].size < lines[best.2].size;
                if left < right || left == right && smaller {
                    one
                } else {
                    best
                }
            });
        let Some((rise, run, other)) = next else { break };
        from_alpha = rise.div_ceil(run).max(from_alpha);
        at = other;
    }
    steps
}

/// α is proposed as the median cost of taking part divided by this. Illustrative.
pub const PROPOSED_ALPHA_DIVISOR: u64 = 20;

/// α as the page proposes it: a twentieth of the median cost of taking part, cut to two significant digits; `None` if
/// nobody states one. Illustrative.
pub(super) fn proposed_alpha(stated: impl Iterator<Item = u64>) -> Option<u64> {
    let mut costs: Vec<u64> = stated.collect();
    crate::order::sort(&mut costs);
    let median = *costs.get(costs.len().checked_sub(1)? / 2)?;
    let share = median / PROPOSED_ALPHA_DIVISOR;
    let mut digit = 1_u64;
    while share / digit >= 100 {
        digit *= 10;
    }
    Some(share / digit * digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(size: usize, cost: u128) -> OfSize {
        OfSize {
            size,
            cost,
            members: Vec::new(),
            optimal: true,
        }
    }

    #[test]
    fn the_envelope_is_the_best_size_at_every_alpha() {
        let lines = vec![
            line(9, 100),
            line(8, 103),
            line(7, 140),
            line(6, 143),
            line(5, 400),
        ];
        let steps = envelope(lines.clone());
        for alpha in 0..200_u128 {
            let value = |line: &OfSize| line.cost + alpha * (line.size * (line.size - 1) / 2) as u128;
            let best = lines.iter().min_by_key(|line| (value(line), line.size)).unwrap();
            let said = steps
                .iter()
                .rev()
                .find(|step| u128::from(step.from_alpha) <= alpha)
                .unwrap();
            assert_eq!(said.size, best.size, "at {alpha}");
        }
    }

    #[test]
    fn the_proposal_is_a_twentieth_of_the_median() {
        assert_eq!(
            proposed_alpha([10_000_000, 45_678_900, 90_000_000].into_iter()),
            Some(2_200_000)
        );
        assert_eq!(proposed_alpha(std::iter::empty()), None);
        assert_eq!(proposed_alpha(std::iter::once(0)), Some(0));
    }
}
