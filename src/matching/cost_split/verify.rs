//! Checks a nucleolus by Kohlberg's criterion, without the code that found it.

use super::game::Game;
use super::{Fraction, Nucleolus, NucleolusLevel};
use serde::{Deserialize, Serialize};

/// What is wrong with a nucleolus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NucleolusFault {
    /// The shares are not one for each player, or do not sum to the total.
    NotEfficient,
    /// Somebody pays more than alone although nobody would have to, or the flag is wrong.
    NotRational,
    /// A weight is not above 0, the weights do not sum to 1, or they name what they may not.
    Weights,
    /// The weights do not balance.
    NotBalanced,
    /// A group does not save what its level says, or less than the level's.
    Saving,
    /// The levels do not settle every share.
    NotUnique,
    /// 128 bits do not suffice.
    Inexact,
}

/// Whether `found` is the nucleolus of `game`, by its certificate.
///
/// Kohlberg: x is the nucleolus if and only if, for every level of saving, the groups that save at most this are balanced
/// (with the players at their cap as they are needed). The certificate states the balancing weights; here they are only
/// added up. Level by level: weights above 0 that sum to 1; their combination with caps and settled groups is 0; the groups named save
/// exactly the level's saving, players at the cap pay exactly what they pay alone, all groups not yet settled (outside the
/// span of those named before) save at least it; at the end the groups named have full rank, so that only one x remains.
///
/// Cost: O(n³ · 2ⁿ). Exact, in fractions; ranks by elimination in fractions.
///
/// # Errors
/// The first [`NucleolusFault`] met.
///
/// Source: Kohlberg, "On the nucleolus of a characteristic function game", SIAM J. Appl. Math. 1971.
pub fn verify_nucleolus(game: &Game, found: &Nucleolus) -> Result<(), NucleolusFault> {
    let players = game.players();
    let exact = |value: Option<Fraction>| value.ok_or(NucleolusFault::Inexact);
    let total = Fraction::whole(i128::from(game.total()));
    if found.shares.len() != players || paid(&found.shares, game.everybody())? != total {
        return Err(NucleolusFault::NotEfficient);
    }
    let alone = |player: usize| i128::from(game.cost(1 << player));
    let possible = (0..players).map(alone).sum::<i128>() >= i128::from(game.total());
    let capped = |(player, share): (usize, &Fraction)| *share <= Fraction::whole(alone(player));
    if possible != found.individually_rational || possible && !found.shares.iter().enumerate().all(capped) {
        return Err(NucleolusFault::NotRational);
    }
    let mut settled = vec![game.everybody()];
    for level in &found.levels {
        check_weights(game, found, level, &settled)?;
        let space = echelon(&settled, players)?;
        for group in game.proper_groups() {
            let cost = Fraction::whole(i128::from(game.cost(group)));
            let saves = exact(cost.minus(paid(&found.shares, group)?))?;
            let named = level.weights.iter().any(|&(other, _)| other == group);
            if named && saves != level.saves
                || saves < level.saves && !reduced(&space, group, players)?.iter().all(is_zero)
            {
                return Err(NucleolusFault::Saving);
            }
        }
        for &(player, _) in &level.at_cap {
            if found.shares.get(player) != Some(&Fraction::whole(alone(player))) {
                return Err(NucleolusFault::Saving);
            }
        }
        settled.extend(level.weights.iter().map(|&(group, _)| group));
        settled.extend(level.at_cap.iter().map(|&(player, _)| 1 << player));
    }
    if echelon(&settled, players)?.len() == players {
        Ok(())
    } else {
        Err(NucleolusFault::NotUnique)
    }
}

fn check_weights(
    game: &Game,
    found: &Nucleolus,
    level: &NucleolusLevel,
    settled: &[usize],
) -> Result<(), NucleolusFault> {
    let mut sum = Fraction::ZERO;
    let mut balance = vec![Fraction::ZERO; game.players()];
    let capped = level.at_cap.iter().map(|&(player, weight)| {
        let group = if player < game.players() { 1 << player } else { 0 };
        (group, weight)
    });
    for &(group, weight) in &level.weights {
        sum = sum.plus(weight).ok_or(NucleolusFault::Inexact)?;
        if !game.proper_groups().contains(&group) || weight <= Fraction::ZERO {
            return Err(NucleolusFault::Weights);
        }
    }
    let caps_allowed = found.individually_rational || level.at_cap.is_empty();
    let caps_fine = capped
        .clone()
        .all(|(group, weight)| group > 0 && weight > Fraction::ZERO);
    let known = level.balance.iter().all(|(group, _)| settled.contains(group));
    if sum != Fraction::whole(1) || !caps_allowed || !caps_fine || !known {
        return Err(NucleolusFault::Weights);
    }
    let terms = level.weights.iter().copied().chain(capped);
    for (group, weight) in terms.chain(level.balance.iter().copied()) {
        for (player, entry) in balance.iter_mut().enumerate() {
            if group >> player & 1 == 1 {
                *entry = entry.plus(weight).ok_or(NucleolusFault::Inexact)?;
            }
        }
    }
    if balance.iter().all(is_zero) {
        Ok(())
    } else {
        Err(NucleolusFault::NotBalanced)
    }
}

/// What a group pays together.
fn paid(shares: &[Fraction], group: usize) -> Result<Fraction, NucleolusFault> {
    let inside = shares.iter().enumerate();
    let mut inside = inside.filter(|(player, _)| group >> player & 1 == 1);
    let sum = inside.try_fold(Fraction::ZERO, |sum, (_, share)| sum.plus(*share));
    sum.ok_or(NucleolusFault::Inexact)
}

fn is_zero(value: &Fraction) -> bool {
    *value == Fraction::ZERO
}

/// Independent rows that span the groups, each with a leading 1.
fn echelon(groups: &[usize], players: usize) -> Result<Vec<Vec<Fraction>>, NucleolusFault> {
    let mut rows: Vec<Vec<Fraction>> = Vec::new();
    for &group in groups {
        let mut row = reduced(&rows, group, players)?;
        if let Some(lead) = row.iter().copied().find(|entry| !is_zero(entry)) {
            let inverse = Fraction::new(lead.denominator(), lead.numerator());
            for entry in &mut row {
                let scaled = inverse.and_then(|inverse| entry.times(inverse));
                *entry = scaled.ok_or(NucleolusFault::Inexact)?;
            }
            rows.push(row);
        }
    }
    Ok(rows)
}

/// What is left of a group without its part in the space of the rows.
fn reduced(rows: &[Vec<Fraction>], group: usize, players: usize) -> Result<Vec<Fraction>, NucleolusFault> {
    let mut rest: Vec<Fraction> = (0..players)
        .map(|player| Fraction::whole(i128::from(group >> player & 1 == 1)))
        .collect();
    for row in rows {
        let lead = row.iter().position(|entry| !is_zero(entry));
        let Some(factor) = lead.and_then(|lead| rest.get(lead).copied()) else {
            continue;
        };
        for (entry, other) in rest.iter_mut().zip(row) {
            let part = factor.times(*other).and_then(|part| entry.minus(part));
            *entry = part.ok_or(NucleolusFault::Inexact)?;
        }
    }
    Ok(rest)
}
