//! Splitting an amount by weights to the last minor unit: largest remainder, exact, without 128-bit division
//! in the usual case.

use std::cmp::Reverse;

/// Below this, the floating-point guess of a quotient is at most two units off, and corrected exactly.
const GUESS_LIMIT: u64 = 1 << 53;

/// Up to so many parts, comparing all pairs beats selecting.
const FEW: usize = 16;

/// Room for [`Splitter::split`], reused so that a simulated future allocates nothing.
#[derive(Clone, Debug, Default)]
pub struct Splitter {
    /// `remainders[k]`: amount·weight mod total.
    remainders: Vec<u64>,
    ranked: Vec<usize>,
}

impl Splitter {
    /// Splits `amount` in proportion to `weights`: the parts in `shares` sum to `amount` exactly.
    ///
    /// Each part is amount·weight/total rounded down, and the units left go one each to the largest
    /// remainders, ties to the earlier position. `total` must be the sum of `weights`, above 0. Where
    /// `amount` ≤ `total` no part exceeds its weight: a part that is rounded up was not whole, so its ceiling
    /// is at most its weight.
    ///
    /// Cost: O(k) multiplications for k weights, and one selection. Source: Hamilton's method (Hamilton 1792;
    /// Balinski and Young, *Fair Representation*, 1982).
    pub fn split(&mut self, amount: u64, weights: &[u64], total: u64, shares: &mut Vec<u64>) {
        shares.clear();
        if total == 0 || amount == 0 {
            shares.resize(weights.len(), 0);
            return;
        }
        self.remainders.clear();
        self.remainders.resize(weights.len(), 0);
        shares.resize(weights.len(), 0);
        let parts = weights.iter().zip(shares.iter_mut().zip(&mut self.remainders));
        let mut left = amount;
        if amount < GUESS_LIMIT && total < GUESS_LIMIT {
            let ratio = amount as f64 / total as f64;
            for (&weight, (share, remainder)) in parts {
                (*share, *remainder) = guessed_quotient(amount, weight, total, ratio);
                left -= *share;
            }
        } else {
            for (&weight, (share, remainder)) in parts {
                (*share, *remainder) = wide_quotient(amount, weight, total);
                left -= *share;
            }
        }
        if left > 0 {
            self.round_up(left, shares);
        }
    }

    /// One more unit for each of the `units` largest remainders, ties to the earlier position.
    ///
    /// Σ remainders = units·total and each is below total, so more than `units` are above 0.
    fn round_up(&mut self, units: u64, shares: &mut [u64]) {
        if self.remainders.len() <= FEW {
            // Everybody's rank by comparing all pairs: no branch to mispredict, no chain to wait for.
            let mut ranks = [0_u64; FEW];
            for (position, &remainder) in self.remainders.iter().enumerate() {
                let (earlier, rest) = ranks.split_at_mut(position);
                let mut overtaken = 0;
                for (rank, &other) in earlier.iter_mut().zip(&self.remainders) {
                    let overtakes = u64::from(remainder > other);
                    *rank += overtakes;
                    overtaken += overtakes;
                }
                if let Some(rank) = rest.first_mut() {
                    *rank = position as u64 - overtaken;
                }
            }
            for (share, &rank) in shares.iter_mut().zip(&ranks) {
                *share += u64::from(rank < units);
            }
            return;
        }
        let Ok(units) = usize::try_from(units) else { return };
        let remainders = &self.remainders;
        let above_zero = |position: &usize| remainders.get(*position).is_some_and(|&remainder| remainder > 0);
        self.ranked.clear();
        self.ranked.extend((0..remainders.len()).filter(above_zero));
        if units <= self.ranked.len() {
            let rank = |position: &usize| (Reverse(remainders.get(*position).copied()), *position);
            self.ranked.select_nth_unstable_by_key(units - 1, rank);
        }
        for &position in self.ranked.iter().take(units) {
            if let Some(share) = shares.get_mut(position) {
                *share += 1;
            }
        }
    }
}

/// ⌊amount·weight/total⌋ and the remainder, all below 2⁵³: a guess in floating point, made exact by looking at
/// its remainder. The result does not depend on how the guess was rounded.
#[allow(clippy::cast_possible_truncation, reason = "a guess; corrected below")]
#[inline]
fn guessed_quotient(amount: u64, weight: u64, total: u64, ratio: f64) -> (u64, u64) {
    let mut quotient = (weight as i64 as f64 * ratio) as i64 as u64;
    // The true remainder of a guess two units off lies within ±3·2⁵³, so 64 wrapping bits tell it exactly.
    let product = amount.wrapping_mul(weight);
    let mut remainder = product.wrapping_sub(quotient.wrapping_mul(total)) as i64;
    while remainder < 0 {
        quotient -= 1;
        remainder += total as i64;
    }
    while remainder >= total as i64 {
        quotient += 1;
        remainder -= total as i64;
    }
    (quotient, remainder as u64)
}

/// ⌊amount·weight/total⌋ for one amount and total and many weights.
#[derive(Clone, Copy, Debug)]
pub struct MultipleOf {
    amount: u64,
    total: u64,
    /// amount / total; `None` where that is no good guess.
    ratio: Option<f64>,
}

impl MultipleOf {
    /// `amount` ≤ `total`; a total of 0 counts as 1.
    pub fn new(amount: u64, total: u64) -> Self {
        let total = total.max(1);
        let is_small = amount < GUESS_LIMIT && total < GUESS_LIMIT;
        Self {
            amount,
            total,
            ratio: is_small.then(|| amount as f64 / total as f64),
        }
    }

    /// Of a weight of at most the total.
    #[inline]
    pub fn of(self, weight: u64) -> u64 {
        match self.ratio {
            Some(ratio) => guessed_quotient(self.amount, weight, self.total, ratio).0,
            None => wide_quotient(self.amount, weight, self.total).0,
        }
    }
}

fn wide_quotient(amount: u64, weight: u64, total: u64) -> (u64, u64) {
    let product = u128::from(amount) * u128::from(weight);
    let total = u128::from(total);
    let narrow = |value: u128| u64::try_from(value).unwrap_or(u64::MAX);
    (narrow(product / total), narrow(product % total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(amount: u64, weights: &[u64]) -> Vec<u64> {
        let mut shares = Vec::new();
        Splitter::default().split(amount, weights, weights.iter().sum(), &mut shares);
        shares
    }

    #[test]
    fn the_odd_rupiah_goes_to_the_largest_remainder_then_to_the_first() {
        assert_eq!(split(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(split(10, &[5, 3, 2]), [5, 3, 2]);
        assert_eq!(split(7, &[10, 20, 1]), [2, 5, 0]);
        assert_eq!(split(0, &[10, 20]), [0, 0]);
        assert_eq!(split(5, &[]), Vec::<u64>::new());
    }

    #[allow(clippy::cast_possible_truncation, reason = "test data")]
    mod random {
        use super::*;
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(2000))]
            #[test]
            fn guessed_and_wide_quotients_agree(
                amount in 0..GUESS_LIMIT, total in 1..GUESS_LIMIT, weight_share in 0.0..1.0_f64,
            ) {
                let weight = ((total as f64 * weight_share) as u64).min(total);
                let ratio = amount as f64 / total as f64;
                prop_assert_eq!(guessed_quotient(amount, weight, total, ratio), wide_quotient(amount, weight, total));
            }

            #[test]
            fn short_and_wide_quotients_agree(
                total in prop_oneof![1..1_u64 << 50, 1..1000_u64], amount_share in 0.0..=1.0_f64, weight_share in 0.0..=1.0_f64,
            ) {
                let part = |share: f64| ((total as f64 * share) as u64).min(total);
                let (amount, weight) = (part(amount_share), part(weight_share));
                let ratio = amount as f64 / total as f64;
                prop_assert_eq!(gotong_kernel::rule::quotient_below_2_50(amount, weight, total, ratio), wide_quotient(amount, weight, total).0);
                prop_assert_eq!(MultipleOf::new(amount, total).of(weight), wide_quotient(amount, weight, total).0);
            }

            #[test]
            fn parts_sum_and_lie_within_one_unit_of_the_exact_share(
                weights in proptest::collection::vec(0..1_000_000_000_000_000_u64, 1..40), share in 0.0..1.0_f64,
            ) {
                let total: u64 = weights.iter().sum();
                let amount = ((total as f64 * share) as u64).min(total);
                let shares = split(amount, &weights);
                prop_assert_eq!(shares.iter().sum::<u64>(), if total == 0 { 0 } else { amount });
                for (&share, &weight) in shares.iter().zip(&weights) {
                    prop_assert!(share <= weight);
                    let exact = u128::from(amount) * u128::from(weight);
                    let scaled = u128::from(share) * u128::from(total);
                    prop_assert!(scaled.abs_diff(exact) < u128::from(total.max(1)));
                }
            }
        }
    }
}
