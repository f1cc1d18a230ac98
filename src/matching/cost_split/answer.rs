//! All splits of one cost side by side.

use super::{
    Blocking, Fraction, Game, MAX_NUCLEOLUS_PLAYERS, SplitError, blocking_group, least_core, nucleolus,
    shapley_value, verify_nucleolus, whole_shares,
};
use serde::{Deserialize, Serialize};

/// How a cost is split. The serialised name is the stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The same for everybody.
    Equal,
    /// In proportion to what each can afford.
    Means,
    /// In proportion to what each gains.
    Benefit,
    /// What each adds to the cost, on average over all orders of arrival.
    Shapley,
    /// The group that saves least saves as much as possible.
    Nucleolus,
}

/// Means and benefits by player; `None` = not said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Means<'a> {
    /// What each can afford, in any unit.
    pub means: &'a [Option<u64>],
    /// What each gains, in any unit.
    pub benefits: &'a [Option<u64>],
}

/// One way to split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// Which.
    pub method: Method,
    /// What each pays, exactly.
    pub exact: Vec<Fraction>,
    /// The same in whole units that still sum to the total.
    pub shares: Vec<i128>,
    /// The group that would save most by going alone, by the exact shares; `None` if the split is in the core, or if it
    /// is not [judged](Self::judged).
    pub blocking: Option<Blocking>,
    /// Whether every group was considered: only then does no `blocking` mean that the split is in the core.
    pub judged: bool,
    /// The standard error of each estimated share, in whole units, rounded up; empty where nothing was sampled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standard_errors: Vec<u64>,
}

/// How far a sample of orders has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampled {
    /// Pairs of orders drawn, an order and its reverse.
    pub pairs: u64,
    /// Pairs that are drawn at most.
    pub most_pairs: u64,
    /// The seed of the orders.
    pub seed: u64,
}

/// All splits that can be computed, in the order of [`Method`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitAnswer {
    /// What is shared.
    pub total: i64,
    /// The splits.
    pub splits: Vec<Split>,
    /// Methods left out because somebody's figure is missing, with who could answer (none: all figures are 0).
    pub unavailable: Vec<(Method, Vec<usize>)>,
    /// See [`least_core`].
    pub least_core: Option<Fraction>,
    /// No split at all keeps every group in.
    pub core_is_empty: bool,
    /// The nucleolus passed [`verify_nucleolus`]; `None` for more than [`MAX_NUCLEOLUS_PLAYERS`] players.
    pub nucleolus_verified: Option<bool>,
    /// Where the Shapley value is an estimate: from how many orders. It is there from the second pair on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampled: Option<Sampled>,
}

/// The same for everybody: c(N)/n.
///
/// # Errors
/// [`SplitError::Inexact`] never for costs within bounds.
pub fn equal_split(game: &Game) -> Result<Vec<Fraction>, SplitError> {
    equal_shares(game.players(), game.total())
}

/// The same for everybody, of any number.
pub(super) fn equal_shares(players: usize, total: i64) -> Result<Vec<Fraction>, SplitError> {
    let parts = i128::try_from(players).map_err(|_| SplitError::Inexact)?;
    let share = Fraction::new(i128::from(total), parts).ok_or(SplitError::Inexact)?;
    Ok(vec![share; players])
}

/// c(N) · w_i / Σw; `None` if all weights are 0.
///
/// # Errors
/// [`SplitError::WeightsCount`] unless there is one weight a player; [`SplitError::Inexact`] never for weights of up to
/// 64 bits.
pub fn proportional_split(game: &Game, weights: &[u64]) -> Result<Option<Vec<Fraction>>, SplitError> {
    if weights.len() != game.players() {
        return Err(SplitError::WeightsCount {
            players: game.players(),
            weights: weights.len(),
        });
    }
    shares_by(weights, game.total())
}

/// total · w_i / Σw, of any number; `None` if all weights are 0.
fn shares_by(weights: &[u64], total: i64) -> Result<Option<Vec<Fraction>>, SplitError> {
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    if sum == 0 {
        return Ok(None);
    }
    let total = Fraction::whole(i128::from(total));
    let share = |&weight: &u64| {
        Fraction::new(i128::from(weight), sum)
            .and_then(|part| part.times(total))
            .ok_or(SplitError::Inexact)
    };
    weights.iter().map(share).collect::<Result<_, _>>().map(Some)
}

/// Every split of the cost of `game`, each with who would rather go alone, and whether any split keeps everybody.
///
/// Units: the game's. Order: as [`Method`]. Empty `means` or `benefits` leave their method out without a word; an entry
/// that is missing leaves it out and names whom to ask: unknown is not zero. Shares in whole units are rounded by largest
/// remainder, so the core may be left by less than one unit a player; `blocking` speaks of the exact shares.
///
/// Cost: O(n · 2ⁿ) and at most n + 1 linear programs.
///
/// # Errors
/// [`SplitError::WeightsCount`], [`SplitError::Inexact`].
///
/// ```
/// use gotong::matching::cost_split::{Game, Means, Method, split_costs};
///
/// // Two villages and a clinic lay one water pipe: 60 together, less than any other arrangement.
/// let game = Game::new(3, |group| match group { [_] => 40, [0, 1] => 45, [_, _] => 50, _ => 60 }).unwrap();
/// let answer = split_costs(&game, Means { means: &[Some(1), Some(1), Some(2)], benefits: &[] }).unwrap();
/// let means = answer.splits.iter().find(|split| split.method == Method::Means).unwrap();
/// assert_eq!((means.shares.as_slice(), means.blocking.is_none()), ([15, 15, 30].as_slice(), true));
/// assert!(!answer.core_is_empty);
/// ```
pub fn split_costs(game: &Game, means: Means<'_>) -> Result<SplitAnswer, SplitError> {
    let mut answer = SplitAnswer {
        total: game.total(),
        splits: Vec::new(),
        unavailable: Vec::new(),
        least_core: least_core(game)?,
        core_is_empty: false,
        nucleolus_verified: None,
        sampled: None,
    };
    answer.core_is_empty = answer.least_core.is_some_and(|least| least < Fraction::ZERO);
    let mut exact = plain_splits(game.players(), game.total(), means, &mut answer.unavailable)?;
    exact.push((Method::Shapley, shapley_value(game)?));
    if game.players() <= MAX_NUCLEOLUS_PLAYERS {
        let found = nucleolus(game)?;
        answer.nucleolus_verified = Some(verify_nucleolus(game, &found).is_ok());
        exact.push((Method::Nucleolus, found.shares));
    }
    for (method, exact) in exact {
        let total = i128::from(game.total());
        answer.splits.push(Split {
            method,
            shares: whole_shares(&exact, total).ok_or(SplitError::Inexact)?,
            blocking: blocking_group(game, &exact)?,
            judged: true,
            standard_errors: Vec::new(),
            exact,
        });
    }
    Ok(answer)
}

/// The splits that need no group's cost but everybody's; what is left out goes to `unavailable`.
pub(super) fn plain_splits(
    players: usize,
    total: i64,
    means: Means<'_>,
    unavailable: &mut Vec<(Method, Vec<usize>)>,
) -> Result<Vec<(Method, Vec<Fraction>)>, SplitError> {
    let mut exact = vec![(Method::Equal, equal_shares(players, total)?)];
    for (method, figures) in [(Method::Means, means.means), (Method::Benefit, means.benefits)] {
        if figures.is_empty() {
            continue;
        }
        if figures.len() != players {
            return Err(SplitError::WeightsCount {
                players,
                weights: figures.len(),
            });
        }
        let missing: Vec<usize> = (0..players)
            .filter(|&player| figures.get(player) == Some(&None))
            .collect();
        let weights: Vec<u64> = figures.iter().map(|figure| figure.unwrap_or(0)).collect();
        match shares_by(&weights, total)? {
            Some(shares) if missing.is_empty() => exact.push((method, shares)),
            _ => unavailable.push((method, missing)),
        }
    }
    Ok(exact)
}
