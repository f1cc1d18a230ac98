//! What every group of players would have to pay alone.

use super::SplitError;

/// The most players of a [`Game`]: 2¹⁵ groups.
pub const MAX_PLAYERS: usize = 15;
/// The largest magnitude of a cost. 10³ above the largest amount of money, so that amounts with decimals fit.
pub const MAX_COST: i64 = 1_000_000_000_000_000_000;

/// A cost game: the cost c(S) of every group S of players, c(∅) = 0.
///
/// Shape: a group is a bit set, player i is bit i, so `cost(0b101)` is the cost of players 0 and 2. Units: whole, minor
/// units of money where they are money. A game of gains is a cost game of negative costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Game {
    players: usize,
    /// By bit set, 2ⁿ entries.
    costs: Vec<i64>,
}

impl Game {
    /// The game in which every group of `players` pays what `cost_of` says; it is asked once for every group but the
    /// empty one, in ascending order of bit sets, with the players in ascending order.
    ///
    /// Cost: 2ⁿ calls.
    ///
    /// # Errors
    /// [`SplitError::PlayersOutOfRange`] for no or more than [`MAX_PLAYERS`] players, [`SplitError::CostOutOfRange`].
    pub fn new(players: usize, mut cost_of: impl FnMut(&[usize]) -> i64) -> Result<Self, SplitError> {
        if players == 0 || players > MAX_PLAYERS {
            return Err(SplitError::PlayersOutOfRange {
                players,
                most: MAX_PLAYERS,
            });
        }
        let mut costs = vec![0];
        for group in 1..1_usize << players {
            let members = members(group, players);
            let cost = cost_of(&members);
            if cost.unsigned_abs() > MAX_COST.unsigned_abs() {
                return Err(SplitError::CostOutOfRange {
                    group: key(group, players),
                });
            }
            costs.push(cost);
        }
        Ok(Self { players, costs })
    }

    /// How many players.
    pub fn players(&self) -> usize {
        self.players
    }

    /// The cost of a group; 0 beyond the last.
    pub fn cost(&self, group: usize) -> i64 {
        self.costs.get(group).copied().unwrap_or(0)
    }

    /// The cost of everybody together: what is to be shared.
    pub fn total(&self) -> i64 {
        self.cost(self.everybody())
    }

    /// The group of all players.
    pub fn everybody(&self) -> usize {
        (1 << self.players) - 1
    }

    /// All groups but the empty one and everybody, ascending.
    pub fn proper_groups(&self) -> std::ops::Range<usize> {
        1..self.everybody()
    }
}

/// The players of a group in ascending order.
pub fn members(group: usize, players: usize) -> Vec<usize> {
    (0..players).filter(|player| group >> player & 1 == 1).collect()
}

/// A group as the plain form writes it: `0,2`.
pub fn key(group: usize, players: usize) -> String {
    let names: Vec<String> = members(group, players).iter().map(ToString::to_string).collect();
    names.join(",")
}
