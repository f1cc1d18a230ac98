//! What is asked of a room, and whether a seating does it: checks that share nothing with the search.

use super::RoomError;
use super::task::{Obstacle, ObstacleCode, RoomTask, Round};

/// Rules that contradict each other, before any search.
pub(super) fn check_rules(task: &RoomTask) -> Option<Obstacle> {
    let n = task.weights.len();
    let obstacle = |code, who| Some(Obstacle { code, who, round: 0 });
    if n < 2 {
        return obstacle(ObstacleCode::TooFew, (0..n).collect());
    }
    // The least of everybody who must sit together, by chains of rules.
    let mut unit: Vec<usize> = (0..n).collect();
    for &(i, j) in &task.together {
        let (from, to) = (unit[i].max(unit[j]), unit[i].min(unit[j]));
        for one in unit.iter_mut().filter(|one| **one == from) {
            *one = to;
        }
    }
    for i in 0..n {
        let apart = |&j: &usize| unit[i] == unit[j] && task.weights.get(i, j).is_none();
        if let Some(j) = (i + 1..n).find(apart) {
            return obstacle(ObstacleCode::TogetherAgainstApart, vec![i, j]);
        }
    }
    let tables = (n / task.size).max(1);
    let seats = if task.size == 2 { 2 } else { n.div_ceil(tables) };
    for first in 0..n {
        let members: Vec<usize> = (0..n).filter(|&i| unit[i] == first).collect();
        if members.len() > seats {
            return obstacle(ObstacleCode::TogetherTooLarge, members);
        }
    }
    None
}

/// Whether the rounds are what was asked for: everybody at one table or sitting out, nobody alone at a table, nobody kept
/// apart at one, nobody met twice, who must sit together does so in the first round, and the totals add up.
pub(super) fn check_seating(task: &RoomTask, rounds: &[Round]) -> Result<(), RoomError> {
    let n = task.weights.len();
    let invalid = |round: usize, what: &'static str| Err(RoomError::SeatingInvalid { round, what });
    let mut met = vec![false; n * n];
    for (number, round) in rounds.iter().enumerate() {
        let mut place = vec![usize::MAX; n];
        let alone = round.sitting_out.iter().map(|(i, _)| vec![*i]);
        for (table, people) in alone.chain(round.tables.iter().cloned()).enumerate() {
            for &i in &people {
                if place.get(i) != Some(&usize::MAX) {
                    return invalid(number, "seated-twice");
                }
                place[i] = table;
            }
        }
        if place.contains(&usize::MAX) {
            return invalid(number, "not-seated");
        }
        let mut total = 0_i64;
        for table in &round.tables {
            if table.len() < 2 {
                return invalid(number, "alone");
            }
            for &i in table {
                for &j in table.iter().filter(|&&j| j > i) {
                    let Some(weight) = task.weights.get(i, j) else {
                        return invalid(number, "kept-apart");
                    };
                    if std::mem::replace(&mut met[i * n + j], true) {
                        return invalid(number, "met-twice");
                    }
                    total = total.saturating_add(weight);
                }
            }
        }
        if total != round.total || total > round.upper_bound {
            return invalid(number, "total");
        }
        let split = |&&(i, j): &&(usize, usize)| place[i] != place[j];
        if number == 0 && task.together.iter().any(|pair| split(&pair)) {
            return invalid(number, "not-together");
        }
    }
    Ok(())
}
