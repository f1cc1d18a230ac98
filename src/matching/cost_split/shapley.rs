//! The Shapley value, exactly.

use super::{Fraction, Game, SplitError};

/// What each player pays by the Shapley value, exactly.
///
/// φ_i = Σ_{S∌i} |S|! (n−|S|−1)! / n! · (c(S∪i) − c(S)): the mean of what a player adds to the cost when all come one
/// after the other, over all orders. Units: the game's. Order: by player. Efficient (sums to the total), symmetric, 0 for
/// who never adds anything, additive; not always in the core.
///
/// Cost: O(n · 2ⁿ).
///
/// # Errors
/// [`SplitError::Inexact`] never for costs within [`MAX_COST`](super::MAX_COST): n! · 2 · 10¹⁸ < 2¹²⁷ for n ≤ 15.
///
/// ```
/// use gotong::matching::cost_split::{Game, shapley_value};
///
/// // Three villages share a road; the nearest needs 6 km of it, the others 9 and 12 km.
/// let game = Game::new(3, |group| group.iter().map(|&village| [6, 9, 12][village]).max().unwrap_or(0)).unwrap();
/// let shares: Vec<String> = shapley_value(&game).unwrap().iter().map(ToString::to_string).collect();
/// assert_eq!(shares, ["2", "7/2", "13/2"]);
/// ```
///
/// Source: Shapley, "A value for n-person games", Contributions to the Theory of Games II, 1953.
pub fn shapley_value(game: &Game) -> Result<Vec<Fraction>, SplitError> {
    let players = game.players();
    let factorial = |n: usize| {
        (1..=n).try_fold(1_i128, |product, factor| {
            product.checked_mul(i128::try_from(factor).ok()?)
        })
    };
    let mut weights = Vec::with_capacity(players);
    for size in 0..players {
        let weight = factorial(size).zip(factorial(players - size - 1));
        weights.push(
            weight
                .and_then(|(a, b)| a.checked_mul(b))
                .ok_or(SplitError::Inexact)?,
        );
    }
    let orders = factorial(players).ok_or(SplitError::Inexact)?;
    let mut sums = vec![0_i128; players];
    for group in 0..game.everybody() {
        let size = usize::try_from(group.count_ones()).unwrap_or(0);
        let (cost, weight) = (i128::from(game.cost(group)), weights[size]);
        for (player, sum) in sums.iter_mut().enumerate() {
            if group >> player & 1 == 0 {
                let added = i128::from(game.cost(group | 1 << player)) - cost;
                *sum = weight
                    .checked_mul(added)
                    .and_then(|part| sum.checked_add(part))
                    .ok_or(SplitError::Inexact)?;
            }
        }
    }
    sums.into_iter()
        .map(|sum| Fraction::new(sum, orders).ok_or(SplitError::Inexact))
        .collect()
}
