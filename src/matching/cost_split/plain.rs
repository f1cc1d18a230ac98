//! The plain form of a cost split: a cost for every group in, shares out.

use super::{
    Fraction, Game, MAX_COST, MAX_NUCLEOLUS_PLAYERS, MAX_PLAYERS, SplitError, blocking_group, key,
    least_core, nucleolus, shapley_value, verify_nucleolus,
};
use crate::matching::Figure;
use crate::matching::decimal::{scaled, unscaled};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `{"players": 2, "cost_of": {"0": 5, "1": 4.5, "0,1": 8}}`: the cost of every non-empty group. Players of a group may
/// stand in any order; costs may have up to [`MAX_DECIMALS`](crate::matching::MAX_DECIMALS) decimals, taken exactly.
///
/// ```
/// use gotong::matching::cost_split::PlainSplit;
///
/// let plain = r#"{"players": 2, "cost_of": {"0": 5, "1": 4.5, "1,0": 8}}"#;
/// let answer = serde_json::from_str::<PlainSplit>(plain).unwrap().answer().unwrap();
/// assert_eq!((answer.shapley, answer.shapley_in_core), (vec![4.25, 3.75], true));
/// assert_eq!(answer.nucleolus, Some(vec![4.25, 3.75]));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainSplit {
    /// How many players, 0 to n − 1.
    pub players: usize,
    /// By group.
    pub cost_of: BTreeMap<String, Figure>,
}

/// The answer in the figures of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainSplitAnswer {
    /// By player.
    pub shapley: Vec<f64>,
    /// By player; absent for more than [`MAX_NUCLEOLUS_PLAYERS`] players.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nucleolus: Option<Vec<f64>>,
    /// Whether no group would do better alone than with the Shapley value.
    pub shapley_in_core: bool,
    /// The group that would save most by leaving it, and how much; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shapley_blocked_by: Option<(Vec<usize>, f64)>,
    /// What every group can save at least, see [`least_core`]; absent for one player.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_core: Option<f64>,
    /// No split keeps every group in.
    pub core_is_empty: bool,
    /// Nobody pays more than alone in the nucleolus; false if that is impossible (prenucleolus).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nucleolus_individually_rational: Option<bool>,
    /// The nucleolus passed [`verify_nucleolus`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nucleolus_verified: Option<bool>,
}

impl PlainSplit {
    /// The game, and its decimals: costs of the game are figures of the file times 10^decimals.
    ///
    /// # Errors
    /// [`SplitError`], naming the first group in order of bit sets, or the first key in order of text, that is wrong.
    pub fn game(&self) -> Result<(Game, u32), SplitError> {
        let players = self.players;
        if players == 0 || players > MAX_PLAYERS {
            return Err(SplitError::PlayersOutOfRange {
                players,
                most: MAX_PLAYERS,
            });
        }
        let mut stated: BTreeMap<usize, Figure> = BTreeMap::new();
        for (name, &cost) in &self.cost_of {
            let group =
                group_of(name, players).ok_or_else(|| SplitError::KeyInvalid { key: name.clone() })?;
            if stated.insert(group, cost).is_some() {
                return Err(SplitError::KeyTwice { key: name.clone() });
            }
        }
        let everybody = (1_usize << players) - 1;
        if let Some(missing) = (1..=everybody).find(|group| !stated.contains_key(group)) {
            return Err(SplitError::Missing {
                group: key(missing, players),
            });
        }
        let figures: Vec<Figure> = stated.into_values().collect();
        let (costs, decimals) = scaled(&figures, MAX_COST).map_err(|index| SplitError::CostOutOfRange {
            group: key(index + 1, players),
        })?;
        // The groups are all there, in ascending order.
        let mut costs = costs.into_iter();
        Ok((Game::new(players, |_| costs.next().unwrap_or(0))?, decimals))
    }

    /// The Shapley value, the nucleolus and the core of the game of this file.
    ///
    /// # Errors
    /// As [`PlainSplit::game`]; [`SplitError::Inexact`].
    pub fn answer(&self) -> Result<PlainSplitAnswer, SplitError> {
        let (game, decimals) = self.game()?;
        let figure = |value: Fraction| match unscaled(1, decimals) {
            Figure::Whole(_) => value.to_f64(),
            // One rounding of the quotient as far as floats allow: 10^decimals is exact.
            Figure::Decimal(_) => Fraction::new(1, 10_i128.pow(decimals))
                .and_then(|unit| value.times(unit))
                .unwrap_or(value)
                .to_f64(),
        };
        let shapley = shapley_value(&game)?;
        let blocking = blocking_group(&game, &shapley)?;
        let least = least_core(&game)?;
        let found = match game.players() {
            0..=MAX_NUCLEOLUS_PLAYERS => Some(nucleolus(&game)?),
            _ => None,
        };
        Ok(PlainSplitAnswer {
            shapley: shapley.iter().map(|&share| figure(share)).collect(),
            shapley_in_core: blocking.is_none(),
            shapley_blocked_by: blocking.map(|one| (one.group, figure(one.saves))),
            least_core: least.map(figure),
            core_is_empty: least.is_some_and(|least| least < Fraction::ZERO),
            nucleolus_individually_rational: found.as_ref().map(|found| found.individually_rational),
            nucleolus_verified: found.as_ref().map(|found| verify_nucleolus(&game, found).is_ok()),
            nucleolus: found.map(|found| found.shares.iter().map(|&share| figure(share)).collect()),
        })
    }
}

/// The bit set of `0,2`; `None` if it is no list of different players.
fn group_of(name: &str, players: usize) -> Option<usize> {
    let mut group = 0;
    for part in name.split(',') {
        let part = part.trim();
        let plain = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let player: usize = part.parse().ok().filter(|&player| plain && player < players)?;
        if group >> player & 1 == 1 {
            return None;
        }
        group |= 1 << player;
    }
    Some(group)
}
