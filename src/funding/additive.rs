//! The share of what is funded that may be summed over funders.

use super::effort::runs_allowed;
use super::{Instance, Outcome, Pool};
use crate::matching::cost_split::{
    Fraction, Game, MAX_SAMPLED_PLAYERS, SampledShapley, shapley_value, whole_shares,
};
use serde::{Deserialize, Serialize};

/// Up to so many pledges every order of arrival counts: 2¹² runs of the rule.
pub const MAX_EXACT_FUNDERS: usize = 12;
/// Pairs of orders drawn beyond that, if the rule is light enough.
const MOST_PAIRS: u64 = 256;
/// Below this an estimate says nothing.
const FEWEST_PAIRS: u64 = 8;
/// Which orders are drawn: the same everywhere.
const SEED: u64 = 2_026;

/// What each pledge adds to everything that is funded, on average over the orders in which pledges may come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdditiveShares {
    /// `shares_minor[participant]`: may be negative where a pledge makes others' money fit worse. They sum to what the
    /// rule spends, to the unit.
    pub shares_minor: Vec<i64>,
    /// `errors_minor[participant]`: standard error of a sampled share; empty where the shares are exact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors_minor: Vec<f64>,
    /// Pairs of orders drawn; 0 where all of them count.
    pub pairs: u64,
}

/// The Shapley value of the game v(S) = what the rule spends with the pledges of S alone: exact up to
/// [`MAX_EXACT_FUNDERS`] pledges above 0, else sampled with its standard error. `None` where even a sample would take
/// too long, or the amounts leave the exact range (10¹⁸).
///
/// It is the only division of the outcome over funders that treats equals equally, gives nothing to a pledge that
/// changes nothing, and sums to the outcome whatever the rule (Shapley 1953). Rounded to whole units by largest remainder.
///
/// Cost: 2ⁿ runs, or 2n a pair of orders. A pledge of 0 has the share 0 and costs nothing.
pub(super) fn additive_shares(instance: &Instance, pool: &Pool, spent_minor: u64) -> Option<AdditiveShares> {
    let purses = instance.purses_minor();
    let players: Vec<usize> = (0..purses.len())
        .filter(|&who| purses.get(who).is_some_and(|&purse| purse > 0))
        .collect();
    let count = players.len();
    let mut shares_minor = vec![0; purses.len()];
    if count == 0 {
        return Some(AdditiveShares {
            shares_minor,
            errors_minor: Vec::new(),
            pairs: 0,
        });
    }
    let allowed = runs_allowed(instance, pool);
    let mut outcome = Outcome::default();
    let mut present = vec![0; purses.len()];
    let mut value = |group: &[usize]| -> i64 {
        present.fill(0);
        for who in group.iter().filter_map(|&player| players.get(player)) {
            if let (Some(place), Some(&purse)) = (present.get_mut(*who), purses.get(*who)) {
                *place = purse;
            }
        }
        pool.run(&present, pool.costs_minor(), &mut outcome);
        i64::try_from(outcome.granted_minor.iter().sum::<u64>()).unwrap_or(i64::MAX)
    };
    let (exact, errors, pairs): (Vec<Fraction>, Vec<f64>, u64);
    if count <= MAX_EXACT_FUNDERS && 1 << count <= allowed {
        exact = shapley_value(&Game::new(count, value).ok()?).ok()?;
        (errors, pairs) = (Vec::new(), 0);
    } else {
        if count > MAX_SAMPLED_PLAYERS {
            return None;
        }
        pairs = (allowed / (2 * count as u64)).min(MOST_PAIRS);
        if pairs < FEWEST_PAIRS {
            return None;
        }
        let mut sampled = SampledShapley::new(count, SEED).ok()?;
        sampled.step(pairs, &mut value).ok()?;
        let estimates = sampled.estimates()?;
        exact = estimates.iter().map(|estimate| estimate.mean).collect();
        errors = estimates
            .iter()
            .map(|estimate| estimate.standard_error.unwrap_or(0.0))
            .collect();
    }
    let whole = whole_shares(&exact, i128::from(spent_minor))?;
    for (&who, share) in players.iter().zip(whole) {
        if let Some(place) = shares_minor.get_mut(who) {
            *place = i64::try_from(share).ok()?;
        }
    }
    let mut errors_minor = Vec::new();
    if !errors.is_empty() {
        errors_minor.resize(purses.len(), 0.0);
        for (&who, error) in players.iter().zip(errors) {
            if let Some(place) = errors_minor.get_mut(who) {
                *place = error;
            }
        }
    }
    Some(AdditiveShares {
        shares_minor,
        errors_minor,
        pairs,
    })
}
