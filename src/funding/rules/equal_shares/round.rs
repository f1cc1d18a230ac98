//! The rounds of the method, exact: floating point finds who is nearly cheapest, whole numbers decide.
//!
//! **Money.** A voice starts with pᵢ/d (d = 1 for whole purses, d = n for the budget split over n people). In round j a
//! project is bought at αⱼ = Aⱼ/(d·Eⱼ) a point, Eⱼ = W₁⋯Wⱼ, where Wⱼ are the points of those who can pay in full. So
//! what a voice has left is pᵢ/d − Σ wᵢⱼ αⱼ over what it has bought, and exactly 0 once it has paid its last. The sum
//! over any voices is (Σ pᵢ)/d − Σ Mⱼ αⱼ with whole Mⱼ: Horner's scheme brings it over d·Eₜ with no division.
//!
//! **Prices.** f(α) = Σ min(bᵢ, α wᵢ) is concave; Newton's method from below finds f(α) = c in finitely many steps. For
//! any split into poor and rich, (c − Σ_poor bᵢ)/Σ_rich wᵢ ≤ α, because f(α) ≤ Σ_poor bᵢ + α Σ_rich wᵢ: each step is a
//! lower bound even where floating point put somebody on the wrong side.
//!
//! **Errors.** A purse in floating point is off by at most `error`: each payment adds at most 2⁻⁵⁰ + 2·2⁻⁵² of the
//! largest purse, since αⱼ comes from the whole numbers to 2⁻⁵⁰ and nobody pays more than its purse. k sums of terms
//! ≥ 0 are off by at most (k + 2)·2⁻⁵³ of their sum. Lower bounds are taken down by twice of that.
//!
//! **Order.** Prices never fall while purses only shrink, so a price of an earlier round is a lower bound: a queue by
//! lower bounds leaves all but a few alone. Those that could be cheapest are computed in whole numbers and compared by
//! cross-multiplication.

mod price;

use super::electorate::Electorate;
use crate::funding::natural::{Natural, RATIO_ERROR, TINY, ratio};
use price::{Estimate, Quote, compare, lower_rho};
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// Half a unit in the last place.
const HALF_ULP: f64 = f64::EPSILON / 2.0;
/// More than a few roundings of a price.
const PRICE_ERROR: f64 = 4.0 * f64::EPSILON;
/// What a payment adds to the error of a purse, as a part of the largest purse: with room to spare.
const PAYMENT_ERROR: f64 = 2.0 * RATIO_ERROR;

/// A price below [`TINY`] is told as that: what so many points of it can come to, and more.
const DUST: f64 = TINY * 1e20;

/// What the voices hold, and what projects cost.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms<'a> {
    /// `costs[project]`.
    pub costs: &'a [u64],
    /// `purses[voice]`; empty: each holds `equal`.
    pub purses: &'a [u64],
    /// For all the same, where `purses` is empty.
    pub equal: u64,
    /// Purses are in units of 1/`divisor`; at least 1.
    pub divisor: u64,
}

impl Terms<'_> {
    pub fn purse(&self, voice: usize) -> u64 {
        if self.purses.is_empty() {
            self.equal
        } else {
            self.purses.get(voice).copied().unwrap_or(0)
        }
    }

    pub fn cost(&self, project: usize) -> u64 {
        self.costs.get(project).copied().unwrap_or(u64::MAX)
    }
}

/// A choice made in a run: bought, or passed over because real money could not follow.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub project: usize,
    pub bought: bool,
    /// An upper bound of ρ in floating point.
    pub most: f64,
    /// Whether every supporter could pay in full.
    pub all_rich: bool,
    /// Who could not (or paid its last), ascending.
    pub poor: Vec<u32>,
    /// α = `above`/(d·Eₜ·`weight`) at the time of the choice.
    pub above: Natural,
    /// Points of those who pay in full.
    pub weight: u64,
    /// Whether another had the same ρ and the order of ties decided.
    pub tie: bool,
}

/// A run, and the room for the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    /// Every choice, in order.
    pub choices: Vec<Choice>,
    /// What each person of a voice has left, within `error`.
    left: Vec<f64>,
    /// Who has paid its last: it has exactly 0.
    emptied: Vec<bool>,
    /// `bought_in[project]`: place among the choices + 1; 0 = not bought.
    bought_in: Vec<u32>,
    /// Σ of a purse's errors.
    error: f64,
    largest: f64,
    /// Eₜ, the product of the weights of what was bought.
    product: Natural,
    /// Lower bounds: of α by project, and of ρ in the queue (bits of a number ≥ 0 order like the number).
    price: Vec<f64>,
    queue: BinaryHeap<Reverse<(u64, u32)>>,
    /// `looked_at[project]`: in which round its bound was last made sharp.
    looked_at: Vec<u32>,
    aside: Vec<(u64, u32)>,
    /// Mⱼ by place among the choices, and back to zeros.
    multiples: Vec<u64>,
}

/// Order of ties: lower cost, more votes, file order.
pub(super) struct Ties<'a> {
    /// `votes[project]`.
    pub votes: &'a [u64],
}

impl Ties<'_> {
    pub fn order(&self, terms: &Terms<'_>, one: usize, other: usize) -> Ordering {
        let votes = |project: usize| self.votes.get(project).copied().unwrap_or(0);
        let by_cost = terms.cost(one).cmp(&terms.cost(other));
        by_cost
            .then_with(|| votes(other).cmp(&votes(one)))
            .then(one.cmp(&other))
    }
}

impl Run {
    /// All purses full, nothing bought.
    pub fn start(&mut self, electorate: &Electorate, terms: &Terms<'_>, candidates: &[u32]) {
        let voices = electorate.heads.len();
        self.choices.clear();
        let scale = terms.divisor as f64;
        self.left.clear();
        self.left
            .extend((0..voices).map(|voice| terms.purse(voice) as f64 / scale));
        self.largest = self.left.iter().copied().fold(0.0, f64::max);
        self.error = DUST + PAYMENT_ERROR * self.largest;
        self.emptied.clear();
        self.emptied.resize(voices, false);
        let projects = terms.costs.len();
        self.bought_in.clear();
        self.bought_in.resize(projects, 0);
        self.looked_at.clear();
        self.looked_at.resize(projects, 0);
        self.price.clear();
        self.price.resize(projects, 0.0);
        self.product = Natural::one();
        self.queue.clear();
        for &index in candidates {
            let project = index as usize;
            let weight = electorate.total_weight(project);
            if weight == 0 {
                continue;
            }
            // If all could pay in full: the lowest price there can be.
            let alpha = terms.cost(project) as f64 / weight as f64 * (1.0 - PRICE_ERROR);
            self.enqueue(electorate, terms, project, alpha);
        }
    }

    fn enqueue(&mut self, electorate: &Electorate, terms: &Terms<'_>, project: usize, alpha: f64) {
        if let Some(price) = self.price.get_mut(project) {
            *price = alpha;
        }
        let key = lower_rho(alpha, electorate.benefit(terms.cost(project))).to_bits();
        if let Ok(index) = u32::try_from(project) {
            self.queue.push(Reverse((key, index)));
        }
    }

    /// What a person of a voice has left, in floating point; exactly 0 for one that has paid its last.
    pub fn left(&self, voice: u32) -> f64 {
        self.left.get(voice as usize).copied().unwrap_or(0.0)
    }

    /// Whether a voice surely has something left.
    pub fn has_money(&self, voice: u32) -> bool {
        self.left(voice) > self.error
    }

    pub fn is_bought(&self, project: usize) -> bool {
        self.bought_in.get(project).is_some_and(|&place| place > 0)
    }

    /// The next choice: the project of least ρ among those whose supporters can pay for it, ties by `ties`; `None` if
    /// there is none. `close` is filled with all others whose ρ may be at most `watch`.
    pub fn choose(
        &mut self,
        electorate: &Electorate,
        terms: &Terms<'_>,
        ties: &Ties<'_>,
        watch: f64,
        close: &mut Vec<usize>,
    ) -> Option<Choice> {
        let round = u32::try_from(self.choices.len() + 1).unwrap_or(u32::MAX);
        let mut best: Option<Quote> = None;
        let mut tie = false;
        close.clear();
        self.aside.clear();
        while let Some(&Reverse((key, index))) = self.queue.peek() {
            let bound = f64::from_bits(key);
            let cheapest = best.as_ref().map_or(f64::INFINITY, |quote| quote.most);
            if bound > cheapest.max(watch) {
                break;
            }
            self.queue.pop();
            let project = index as usize;
            if self.looked_at.get(project).is_some_and(|&at| at < round) {
                self.looked_at[project] = round;
                let benefit = electorate.benefit(terms.cost(project));
                let enough = cheapest.max(watch) * benefit as f64;
                match self.estimate(electorate, terms, project, enough) {
                    Estimate::Short => {}
                    Estimate::AtLeast(alpha, _) => self.enqueue(electorate, terms, project, alpha),
                }
                continue;
            }
            if bound > cheapest {
                self.aside.push((key, index));
                close.push(project);
                continue;
            }
            let Some(quote) = self.quote(electorate, terms, project) else {
                continue;
            };
            let Some(holder) = best.take() else {
                best = Some(quote);
                continue;
            };
            let by_price = compare(electorate, &quote, &holder);
            let order = by_price.then_with(|| ties.order(terms, quote.project, holder.project));
            let (winner, other) = if order == Ordering::Less {
                (quote, holder)
            } else {
                (holder, quote)
            };
            tie = by_price == Ordering::Equal || tie && order == Ordering::Greater;
            close.push(other.project);
            let alpha = self.price.get(other.project).copied().unwrap_or(0.0);
            let key = lower_rho(alpha, electorate.benefit(other.cost)).to_bits();
            if let Ok(index) = u32::try_from(other.project) {
                self.aside.push((key, index));
            }
            best = Some(winner);
        }
        for pair in self.aside.drain(..) {
            self.queue.push(Reverse(pair));
        }
        let quote = best?;
        Some(Choice {
            project: quote.project,
            bought: false,
            most: quote.most,
            all_rich: quote.poor.is_empty(),
            above: quote.above,
            weight: quote.weight,
            poor: quote.poor,
            tie,
        })
    }

    /// Takes the choice: its supporters pay.
    pub fn buy(&mut self, electorate: &Electorate, terms: &Terms<'_>, mut choice: Choice) {
        choice.bought = true;
        let alpha = self.alpha(terms, &choice.above, choice.weight);
        for supporter in electorate.supporters(choice.project) {
            if let Some(left) = self.left.get_mut(supporter.voice as usize) {
                *left = (*left - alpha * supporter.points_f).max(0.0);
            }
        }
        for &voice in &choice.poor {
            if let (Some(left), Some(emptied)) = (
                self.left.get_mut(voice as usize),
                self.emptied.get_mut(voice as usize),
            ) {
                *left = 0.0;
                *emptied = true;
            }
        }
        self.error += DUST + PAYMENT_ERROR * self.largest;
        self.product.scale(choice.weight);
        let place = u32::try_from(self.choices.len() + 1).unwrap_or(u32::MAX);
        if let Some(at) = self.bought_in.get_mut(choice.project) {
            *at = place;
        }
        self.choices.push(choice);
    }

    /// Passes the choice over: nobody pays, and it does not come again.
    pub fn pass_over(&mut self, choice: Choice) {
        self.choices.push(choice);
    }

    fn alpha(&self, terms: &Terms<'_>, above: &Natural, weight: u64) -> f64 {
        let mut below = self.product.clone();
        below.scale(terms.divisor);
        below.scale(weight);
        ratio(above, &below)
    }

    /// d·Eₜ.
    pub fn divisor(&self, terms: &Terms<'_>) -> Natural {
        let mut divisor = self.product.clone();
        divisor.scale(terms.divisor);
        divisor
    }

    /// ρ for readers, people with money, and the money they have together; ρ is `None` where it does not reach.
    pub fn shown(
        &self,
        electorate: &Electorate,
        terms: &Terms<'_>,
        project: usize,
    ) -> (Option<f64>, u64, f64) {
        let supporters = electorate.supporters(project);
        let with_money = supporters
            .iter()
            .filter(|supporter| self.has_money(supporter.voice));
        let (people, money) = with_money.fold((0, 0.0), |(people, money), supporter| {
            let heads = electorate.heads(supporter.voice);
            (people + heads, money + self.left(supporter.voice) * heads as f64)
        });
        let rho = match self.estimate(electorate, terms, project, f64::INFINITY) {
            Estimate::Short => None,
            Estimate::AtLeast(_, near) => match electorate.benefit(terms.cost(project)) {
                0 => Some(0.0),
                benefit => Some(near / benefit as f64),
            },
        };
        (rho, people, money)
    }

    /// Who of a project's supporters could not pay in full now; `None` if their money does not reach.
    pub fn poor_of(
        &mut self,
        electorate: &Electorate,
        terms: &Terms<'_>,
        project: usize,
    ) -> Option<Vec<u32>> {
        self.quote(electorate, terms, project).map(|quote| quote.poor)
    }
}
