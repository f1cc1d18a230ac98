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
    /// The group that would save most by going alone, by the exact shares; `None` if the split is in the core.
    pub blocking: Option<Blocking>,
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
}

/// The same for everybody: c(N)/n.
///
/// # Errors
/// [`SplitError::Inexact`] never for costs within bounds.
pub fn equal_split(game: &Game) -> Result<Vec<Fraction>, SplitError> {
    let players = i128::try_from(game.players()).map_err(|_| SplitError::Inexact)?;
    let share = Fraction::new(i128::from(game.total()), players).ok_or(SplitError::Inexact)?;
    Ok(vec![share; game.players()])
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
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    if sum == 0 {
        return Ok(None);
    }
    let total = Fraction::whole(i128::from(game.total()));
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
    };
    answer.core_is_empty = answer.least_core.is_some_and(|least| least < Fraction::ZERO);
    let mut exact = vec![(Method::Equal, equal_split(game)?)];
    for (method, figures) in [(Method::Means, means.means), (Method::Benefit, means.benefits)] {
        if figures.is_empty() {
            continue;
        }
        let missing: Vec<usize> = (0..figures.len())
            .filter(|&player| figures.get(player) == Some(&None))
            .collect();
        let weights: Vec<u64> = figures.iter().map(|figure| figure.unwrap_or(0)).collect();
        match proportional_split(game, &weights)? {
            Some(shares) if missing.is_empty() => exact.push((method, shares)),
            _ => answer.unavailable.push((method, missing)),
        }
    }
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
            exact,
        });
    }
    Ok(answer)
}
