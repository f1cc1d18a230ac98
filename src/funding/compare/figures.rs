//! The figures of one rule, and how alike two are.

use crate::funding::{Allocation, Instance, Participant};
use serde::{Deserialize, Serialize};

/// What one rule does, in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnFigures {
    /// `granted_minor[project]`.
    pub granted_minor: Vec<u64>,
    /// Projects bought, in order of purchase.
    pub selected: Vec<usize>,
    /// `pays_minor[participant]`.
    pub pays_minor: Vec<u64>,
    /// Spent.
    pub spent_minor: u64,
    /// People (pledges, where the funders are the voices) who support no funded project.
    pub with_nothing: u64,
    /// The funder who pays most, all its pledges together, as its id, and its share of what is spent; none if nothing is.
    pub largest_funder: Option<(String, f64)>,
    /// Gini coefficient of the benefits of all people, in [0, 1): 0 if all are equal, also if all are 0; none without people.
    pub gini: Option<f64>,
    /// Σ of people reached by the funded projects that state it; who is reached by two counts twice.
    pub reached: u64,
    /// Funded projects that do not state it.
    pub reached_unknown: usize,
    /// Money conserved, pledges and restrictions kept: checked by code that did not find it.
    pub verified: bool,
}

/// How alike two rules' results are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The two columns.
    pub columns: [usize; 2],
    /// |A ∩ B| / |A ∪ B| of the funded sets (Jaccard); 1 if both are empty.
    pub projects: f64,
    /// Σ_p min(a_p, b_p) / Σ_p max(a_p, b_p) of the grants (Ružička): the share of money placed alike; 1 if both spend nothing.
    pub money: f64,
}

impl Agreement {
    pub(super) fn of(columns: [usize; 2], one: &ColumnFigures, other: &ColumnFigures) -> Self {
        let both = one
            .selected
            .iter()
            .filter(|project| other.selected.contains(project))
            .count();
        let either = one.selected.len() + other.selected.len() - both;
        let pairs = || one.granted_minor.iter().zip(&other.granted_minor);
        let least: u128 = pairs().map(|(a, b)| u128::from(*a.min(b))).sum();
        let most: u128 = pairs().map(|(a, b)| u128::from(*a.max(b))).sum();
        Self {
            columns,
            projects: if either == 0 {
                1.0
            } else {
                both as f64 / either as f64
            },
            money: if most == 0 {
                1.0
            } else {
                least as f64 / most as f64
            },
        }
    }
}

/// The figures of `allocation`, and the benefit of each voice: Σ grants of the projects it supports.
pub(super) fn figures(
    instance: &Instance,
    allocation: &Allocation,
    people: &[Option<u64>],
    verified: bool,
) -> (ColumnFigures, Vec<u64>) {
    let granted = |project: usize| allocation.granted_minor.get(project).copied().unwrap_or(0);
    let voices = instance.voices();
    let benefit: Vec<u64> = voices
        .iter()
        .map(|voice| voice.points.iter().map(|&(project, _)| granted(project)).sum())
        .collect();
    let sees_any = |points: &[(usize, u64)]| {
        points
            .iter()
            .any(|(project, _)| allocation.selected.contains(project))
    };
    let without = voices.iter().filter(|voice| !sees_any(voice.points));
    let weighted: Vec<(u64, u64)> = benefit
        .iter()
        .zip(&voices)
        .map(|(&benefit, voice)| (benefit, voice.voters))
        .collect();
    let purses = instance.participants().iter().map(Participant::purse_minor);
    let pays_minor: Vec<u64> = purses
        .zip(&allocation.unspent_minor)
        .map(|(purse, &unspent)| purse - unspent.min(purse))
        .collect();
    let spent_minor = allocation.granted_minor.iter().sum();
    let stated = allocation
        .selected
        .iter()
        .map(|&project| people.get(project).copied().flatten());
    let figures = ColumnFigures {
        granted_minor: allocation.granted_minor.clone(),
        selected: allocation.selected.clone(),
        with_nothing: without.fold(0, |sum: u64, voice| sum.saturating_add(voice.voters)),
        largest_funder: largest_funder(instance, &pays_minor, spent_minor),
        gini: gini(weighted),
        reached: stated.clone().flatten().fold(0, u64::saturating_add),
        reached_unknown: stated.filter(Option::is_none).count(),
        pays_minor,
        spent_minor,
        verified,
    };
    (figures, benefit)
}

/// Ties: the funder whose pledge comes first.
fn largest_funder(instance: &Instance, pays_minor: &[u64], spent_minor: u64) -> Option<(String, f64)> {
    if spent_minor == 0 {
        return None;
    }
    let mut paid = std::collections::BTreeMap::new();
    let mut order = Vec::new();
    for (who, &pays) in instance.participants().iter().zip(pays_minor) {
        let sum = paid.entry(who.funder()).or_insert_with(|| {
            order.push(who.funder());
            0_u64
        });
        *sum += pays;
    }
    let sum = |funder: &str| paid.get(funder).copied().unwrap_or(0);
    let largest = order
        .into_iter()
        .reduce(|best, next| if sum(next) > sum(best) { next } else { best })?;
    Some((largest.to_owned(), sum(largest) as f64 / spent_minor as f64))
}

/// The Gini coefficient of (value, how many have it): 1 − Σ_k w_k (S_{k−1} + S_k) / (W·S), values ascending, S the
/// running sums of value × weight (the area under the Lorenz curve by trapezoids).
///
/// Source: Gini 1912; in this form Brown 1994.
fn gini(mut values: Vec<(u64, u64)>) -> Option<f64> {
    values.retain(|&(_, weight)| weight > 0);
    if values.is_empty() {
        return None;
    }
    values.sort_unstable();
    let (mut weights, mut sum, mut area) = (0.0, 0.0, 0.0);
    for (value, weight) in values {
        let before = sum;
        sum += value as f64 * weight as f64;
        weights += weight as f64;
        area += weight as f64 * (before + sum);
    }
    Some(if sum == 0.0 {
        0.0
    } else {
        (1.0 - area / (weights * sum)).max(0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::gini;

    #[test]
    fn gini_of_known_shares() {
        assert_eq!(gini(vec![]), None);
        assert_eq!(gini(vec![(0, 3)]), Some(0.0));
        assert_eq!(gini(vec![(5, 1), (5, 2)]), Some(0.0));
        // One of four has everything: 1 − 1/4.
        assert_eq!(gini(vec![(8, 1), (0, 3)]), Some(0.75));
        // 1, 2, 3, 4: 1/4.
        assert!((gini(vec![(4, 1), (2, 1), (3, 1), (1, 1)]).unwrap() - 0.25).abs() < 1e-12);
    }
}
