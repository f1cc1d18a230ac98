//! Prices: bounds in floating point, and the price itself in whole numbers.

use super::super::electorate::{Electorate, Supporter};
use super::{HALF_ULP, PRICE_ERROR, Run, Terms};
use crate::funding::natural::{Natural, RATIO_ERROR};
use std::cmp::Ordering;

/// A price in whole numbers.
#[derive(Clone, Debug)]
pub(super) struct Quote {
    pub project: usize,
    pub cost: u64,
    pub above: Natural,
    pub weight: u64,
    pub poor: Vec<u32>,
    pub most: f64,
}

/// What floating point knows of a price per point.
pub(super) enum Estimate {
    /// The supporters' money surely does not reach.
    Short,
    /// α is at least the first, and near the second.
    AtLeast(f64, f64),
}

impl Run {
    /// A lower bound of α, sharp unless it is above `enough`.
    pub(super) fn estimate(
        &self,
        electorate: &Electorate,
        terms: &Terms<'_>,
        project: usize,
        enough: f64,
    ) -> Estimate {
        let supporters = electorate.supporters(project);
        let cost = terms.cost(project) as f64;
        let steps = (supporters.len() + 4) as f64 * HALF_ULP;
        let mut bound = self.price.get(project).copied().unwrap_or(0.0);
        let mut alpha = bound;
        let heads = electorate.backers(project) as f64 * self.error;
        let total = electorate.total_weight(project) as f64;
        loop {
            let (mut money, mut poor_money, mut poor_weight) = (0.0, 0.0, 0.0);
            for supporter in supporters {
                let left = self.left[supporter.voice as usize];
                let has = left * supporter.heads_f;
                money += has;
                // Who is poor follows no pattern a processor could guess: a mask, no branch.
                let mask = 0_u64.wrapping_sub(u64::from(left < alpha * supporter.points_f));
                poor_money += masked(has, mask);
                poor_weight += masked(supporter.heads_f * supporter.points_f, mask);
            }
            let weight = total - poor_weight;
            let money_error = 2.0 * (heads + steps * (money + cost));
            if money + money_error < cost {
                return Estimate::Short;
            }
            if weight == 0.0 {
                // All of it is needed to the last, or it does not quite reach: whole numbers tell.
                return Estimate::AtLeast(bound, alpha);
            }
            let next = (cost - poor_money) / weight;
            let error = 2.0 * (heads + steps * (poor_money + cost)) / weight;
            let at_least = next - error - PRICE_ERROR * next;
            bound = bound.max(at_least);
            if at_least <= alpha || bound > enough {
                return Estimate::AtLeast(bound, next);
            }
            alpha = next;
        }
    }

    /// The price in whole numbers; `None` if the supporters' money does not reach.
    pub(super) fn quote(
        &mut self,
        electorate: &Electorate,
        terms: &Terms<'_>,
        project: usize,
    ) -> Option<Quote> {
        let cost = terms.cost(project);
        let supporters = electorate.supporters(project);
        let mut poor: Vec<u32> = Vec::new();
        // Purses of the poor, in units of 1/d.
        let mut purses = 0_u128;
        let mut weight = electorate.total_weight(project);
        let mut multiples = std::mem::take(&mut self.multiples);
        multiples.clear();
        multiples.resize(self.choices.len(), 0);
        let mut floor = self.price.get(project).copied().unwrap_or(0.0);
        let mut found = Vec::with_capacity(supporters.len());
        let mut first = true;
        let quote = loop {
            // The least price at which one of the rich would be poor.
            let mut nearest = f64::INFINITY;
            found.clear();
            for (position, supporter) in supporters.iter().enumerate() {
                let voice = supporter.voice;
                let left = self.left(voice);
                let share = floor * supporter.points_f;
                // `floor` may be some 3 errors below the price it stands for.
                let doubt = self.error + share * (8.0 * RATIO_ERROR);
                let surely_rich = if first {
                    left + doubt >= share
                } else {
                    left > share + doubt
                };
                let is_emptied = left == 0.0 && self.is_emptied(voice);
                if surely_rich && !is_emptied {
                    nearest = nearest.min(left / supporter.points_f);
                    continue;
                }
                if poor.binary_search(&voice).is_ok() {
                    continue;
                }
                let is_poor = if is_emptied {
                    // 0 is less than any price above 0; at the price 0 nobody is poor, and the cost is 0.
                    cost > 0
                } else {
                    left + doubt < share
                        || self.cannot_pay(electorate, terms, *supporter, purses, &multiples, (cost, weight))
                };
                if is_poor {
                    found.push(position);
                }
            }
            for supporter in found.iter().filter_map(|&position| supporters.get(position)) {
                let (voice, heads) = (supporter.voice, electorate.heads(supporter.voice));
                poor.push(voice);
                weight -= heads * supporter.points;
                if !self.is_emptied(voice) {
                    purses += u128::from(heads) * u128::from(terms.purse(voice as usize));
                    self.add_history(electorate, voice, heads, &mut multiples);
                }
            }
            if weight == 0 && cost > 0 {
                break None;
            }
            if found.is_empty() && !first {
                let above = self.above(terms, cost, purses, &multiples);
                break Some((above, weight));
            }
            if !first {
                poor.sort_unstable();
            }
            let above = self.above(terms, cost, purses, &multiples);
            floor = floor.max(self.alpha(terms, &above, weight) * (1.0 - 2.0 * RATIO_ERROR));
            if first && nearest * (1.0 - PRICE_ERROR) - self.error > floor * (1.0 + 8.0 * RATIO_ERROR) {
                // Nobody is in doubt: the rich are all above the price, and the poor below a lower bound of it.
                break Some((above, weight));
            }
            first = false;
        };
        self.multiples = multiples;
        let (above, weight) = quote?;
        let alpha = self.alpha(terms, &above, weight);
        let benefit = electorate.benefit(cost);
        let most = if cost == 0 {
            0.0
        } else {
            alpha / benefit as f64 * (1.0 + 2.0 * RATIO_ERROR)
        };
        Some(Quote {
            project,
            cost,
            above,
            weight,
            poor,
            most,
        })
    }

    pub(super) fn is_emptied(&self, voice: u32) -> bool {
        self.emptied.get(voice as usize).copied().unwrap_or(false)
    }

    /// `multiples[j]` += `heads`·points for each choice j the voice has paid for.
    fn add_history(&self, electorate: &Electorate, voice: u32, heads: u64, multiples: &mut [u64]) {
        for &(project, points) in electorate.ballot(voice as usize) {
            let place = self.bought_in.get(project as usize).copied().unwrap_or(0);
            if let Some(multiple) = (place as usize)
                .checked_sub(1)
                .and_then(|place| multiples.get_mut(place))
            {
                *multiple += heads * points;
            }
        }
    }

    /// Σ Mⱼ αⱼ in units of 1/(d·Eₜ), by Horner's scheme.
    fn paid(&self, multiples: &[u64]) -> Natural {
        let mut sum = Natural::default();
        for (choice, &multiple) in self
            .choices
            .iter()
            .zip(multiples)
            .filter(|(choice, _)| choice.bought)
        {
            if !sum.is_zero() {
                sum.scale(choice.weight);
            }
            if multiple > 0 {
                sum.add_scaled(&choice.above, multiple);
            }
        }
        sum
    }

    /// c − Σ_poor b in units of 1/(d·Eₜ); 0 if that is below 0.
    fn above(&self, terms: &Terms<'_>, cost: u64, purses: u128, multiples: &[u64]) -> Natural {
        let mut above = self.paid(multiples);
        let cost = u128::from(cost) * u128::from(terms.divisor);
        if let Some(more) = cost.checked_sub(purses) {
            above.add_scaled(&self.product.times(&Natural::from(more)), 1);
        } else {
            above.subtract(&self.product.times(&Natural::from(purses - cost)));
        }
        above
    }

    /// Whether b < α w, exactly, for the α at which `purses` and `multiples` are those of the poor.
    fn cannot_pay(
        &self,
        electorate: &Electorate,
        terms: &Terms<'_>,
        supporter: Supporter,
        purses: u128,
        multiples: &[u64],
        (cost, weight): (u64, u64),
    ) -> bool {
        let above = self.above(terms, cost, purses, multiples);
        let mut owed = above;
        owed.scale(supporter.points);
        let mut left = self.exactly_left(electorate, terms, supporter.voice);
        left.scale(weight);
        left < owed
    }

    /// What a person of a voice has left, in units of 1/(d·Eₜ).
    fn exactly_left(&self, electorate: &Electorate, terms: &Terms<'_>, voice: u32) -> Natural {
        if self.is_emptied(voice) {
            return Natural::default();
        }
        let mut multiples = vec![0; self.choices.len()];
        self.add_history(electorate, voice, 1, &mut multiples);
        let purse = Natural::from(u128::from(terms.purse(voice as usize)));
        let mut left = self.product.times(&purse);
        left.subtract(&self.paid(&multiples));
        left
    }

    /// What a project's supporters lack for it, in units of 1/(d·Eₜ); 0 if they lack nothing.
    pub(in super::super) fn lacking(
        &self,
        electorate: &Electorate,
        terms: &Terms<'_>,
        project: usize,
    ) -> Natural {
        let mut purses = 0_u128;
        let mut multiples = vec![0; self.choices.len()];
        for supporter in electorate.supporters(project) {
            if !self.is_emptied(supporter.voice) {
                let heads = electorate.heads(supporter.voice);
                purses += u128::from(heads) * u128::from(terms.purse(supporter.voice as usize));
                self.add_history(electorate, supporter.voice, heads, &mut multiples);
            }
        }
        self.above(terms, terms.cost(project), purses, &multiples)
    }
}

/// `value` where all bits of `mask` are set, 0 where none is.
fn masked(value: f64, mask: u64) -> f64 {
    f64::from_bits(value.to_bits() & mask)
}

/// A lower bound of ρ = α/s from one of α. Free projects have ρ = 0.
pub(super) fn lower_rho(alpha: f64, benefit: u64) -> f64 {
    if benefit == 0 || alpha <= 0.0 {
        return 0.0;
    }
    alpha / benefit as f64 * (1.0 - PRICE_ERROR)
}

/// ρ of one against ρ of another, both at the same time: α/s, by cross-multiplication.
pub(super) fn compare(electorate: &Electorate, one: &Quote, other: &Quote) -> Ordering {
    // A free project benefits for nothing, whatever its benefit is counted in.
    match (one.cost == 0, other.cost == 0) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Less,
        (false, true) => return Ordering::Greater,
        (false, false) => {}
    }
    let side = |quote: &Quote, against: &Quote| {
        let mut side = quote.above.clone();
        side.scale(against.weight);
        side.scale(electorate.benefit(against.cost));
        side
    };
    side(one, other).cmp(&side(other, one))
}
