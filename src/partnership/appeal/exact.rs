//! Expected gifts of a donor whom several ask: closed forms over how many hear yes.

/// P(X = 0), …, P(X = n) for X ~ Binomial(n, q).
///
/// By the ratio of neighbours, from the end that is likelier to be empty: (1 − q)ⁿ is then at least 2⁻ⁿ and does not
/// vanish for the n there can be.
fn binomial(n: usize, q: f64) -> Vec<f64> {
    let flipped = q > 0.5;
    let p = if flipped { 1.0 - q } else { q };
    let mut first = 1.0;
    for _ in 0..n {
        first *= 1.0 - p;
    }
    let mut probabilities = Vec::with_capacity(n + 1);
    let mut current = first;
    for successes in 0..=n {
        probabilities.push(current);
        current *= (n - successes) as f64 / (successes + 1) as f64 * (p / (1.0 - p));
    }
    if flipped {
        probabilities.reverse();
    }
    probabilities
}

/// What a donor gives who hears `asks` asks, says yes to each with probability `q`, each yes a gift, all together at most
/// the budget: E[min(J·gift, budget)], J ~ Binomial(asks, q).
///
/// In minor units. Cost: O(asks).
pub fn expected_total(asks: usize, q: f64, gift_minor: u64, budget_minor: u64) -> f64 {
    let terms = binomial(asks, q).into_iter().enumerate();
    terms
        .map(|(yes, probability)| probability * given(yes, gift_minor, budget_minor))
        .sum()
}

/// What one of those who ask is expected to get: a yes for itself, then an equal part of what the donor gives all who
/// heard yes. q·E\[min((1 + X)·gift, budget) ÷ (1 + X)\], X ~ Binomial(asks − 1, q); 0 without asks.
///
/// `asks` times this is [`expected_total`]. In minor units. Cost: O(asks).
pub fn expected_with_yes(asks: usize, q: f64, gift_minor: u64, budget_minor: u64) -> f64 {
    let Some(others) = asks.checked_sub(1) else {
        return 0.0;
    };
    let terms = binomial(others, q).into_iter().enumerate();
    let mean: f64 = terms
        .map(|(yes, probability)| probability * given(yes + 1, gift_minor, budget_minor) / (yes + 1) as f64)
        .sum();
    q * mean
}

#[expect(clippy::cast_precision_loss, reason = "amounts are at most 10^15")]
fn given(yes: usize, gift_minor: u64, budget_minor: u64) -> f64 {
    gift_minor.saturating_mul(yes as u64).min(budget_minor) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binomials_sum_to_one_also_at_the_ends_and_for_many() {
        for n in [0, 1, 5, 64, 200] {
            for q in [0.0, 1e-9, 0.3, 0.5, 0.51, 0.999_999, 1.0] {
                let sum: f64 = binomial(n, q).iter().sum();
                assert!((sum - 1.0).abs() < 1e-9, "{n} {q}: {sum}");
            }
        }
        assert_eq!(binomial(3, 1.0), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(binomial(2, 0.5), [0.25, 0.5, 0.25]);
    }

    #[test]
    fn a_cap_binds_only_what_is_above_it() {
        // Two asks, each heard half of the time, a gift of 10: nothing, one, two gifts in 1 : 2 : 1.
        assert_eq!(expected_total(2, 0.5, 10, u64::MAX), 10.0);
        assert_eq!(expected_total(2, 0.5, 10, 14), 8.5);
        assert_eq!(expected_with_yes(2, 0.5, 10, 14), 4.25);
        assert_eq!(expected_with_yes(0, 0.5, 10, 14), 0.0);
    }
}
