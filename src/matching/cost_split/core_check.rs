//! Whether a split is in the core, and who would rather go alone.

use super::fraction::common_unit;
use super::game::{Game, members};
use super::{Fraction, SplitError};
use serde::{Deserialize, Serialize};

/// A group that would do better alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blocking {
    /// Its players, ascending.
    pub group: Vec<usize>,
    /// What it pays in the split.
    pub pays: Fraction,
    /// What it would pay alone.
    pub alone: i64,
    /// The difference, above 0.
    pub saves: Fraction,
}

/// The group that would save most by going alone; `None` if the split is in the core.
///
/// The core: x(S) ≤ c(S) for every group S (and Σx = c(N), which is for the split to hold). `shares[i]` is what player i
/// pays. Ties: the smaller group, then the smaller players first. Exact. Cost: O(2ⁿ).
///
/// # Errors
/// [`SplitError::WeightsCount`] unless there is one share a player; [`SplitError::Inexact`] if 128 bits do not suffice.
///
/// ```
/// use gotong::matching::cost_split::{Fraction, Game, blocking_group};
///
/// // Two neighbours could share a well for 5; with the third, far off, it is 12. Split evenly they pay 8.
/// let game = Game::new(3, |group| match group { [0, 1] => 5, [0, 1, 2] => 12, [_] => 5, _ => 10 }).unwrap();
/// let blocking = blocking_group(&game, &[Fraction::whole(4); 3]).unwrap().unwrap();
/// assert_eq!((blocking.group, blocking.saves), (vec![0, 1], Fraction::whole(3)));
/// ```
///
/// Source: Gillies, "Solutions to general non-zero-sum games", Contributions to the Theory of Games IV, 1959.
pub fn blocking_group(game: &Game, shares: &[Fraction]) -> Result<Option<Blocking>, SplitError> {
    let players = game.players();
    if shares.len() != players {
        return Err(SplitError::WeightsCount {
            players,
            weights: shares.len(),
        });
    }
    let (unit, whole) = common_unit(shares).ok_or(SplitError::Inexact)?;
    // Each group from the one without its first player.
    let mut pays = vec![0_i128];
    let mut best: Option<(i128, usize)> = None;
    for group in 1..=game.everybody() {
        let first = usize::try_from(group.trailing_zeros()).unwrap_or(0);
        let sum = pays[group & (group - 1)]
            .checked_add(whole[first])
            .ok_or(SplitError::Inexact)?;
        pays.push(sum);
        let alone = i128::from(game.cost(group)).checked_mul(unit);
        let saves = alone
            .and_then(|alone| sum.checked_sub(alone))
            .ok_or(SplitError::Inexact)?;
        let better = best.is_none_or(|(most, other)| {
            (saves, other.count_ones()) > (most, group.count_ones())
                || (saves, other.count_ones()) == (most, group.count_ones())
                    && members(group, players) < members(other, players)
        });
        if saves > 0 && group != game.everybody() && better {
            best = Some((saves, group));
        }
    }
    let Some((saves, group)) = best else {
        return Ok(None);
    };
    let fraction = |value| Fraction::new(value, unit).ok_or(SplitError::Inexact);
    Ok(Some(Blocking {
        group: members(group, players),
        pays: fraction(pays[group])?,
        alone: game.cost(group),
        saves: fraction(saves)?,
    }))
}
