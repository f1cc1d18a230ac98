//! Who pays: the exact shares of a run, rounded at the very end.

use super::electorate::Electorate;
use super::round::{Choice, Run, Terms};
use crate::funding::integral::{Share, round};
use crate::funding::natural::{Natural, ratio};
use crate::funding::{Outcome, Payment, Pool, Verdict};
use std::collections::BTreeMap;

/// A run's money in minor units.
pub(super) struct Table<'a> {
    pub electorate: &'a Electorate,
    pub terms: &'a Terms<'a>,
    pub costs_minor: &'a [u64],
    /// Minor units in what the run counts in. Where a cost is not whole in it, the shares of what is counted carry the
    /// rest in proportion.
    pub unit: u64,
}

impl Table<'_> {
    /// Voices pay with their own purses.
    pub fn pay_own(&self, pool: &Pool, run: &Run, outcome: &mut Outcome) {
        let bought: Vec<&Choice> = run.choices.iter().filter(|choice| choice.bought).collect();
        let caps: Vec<u64> = (0..self.electorate.heads.len())
            .map(|voice| self.terms.purse(voice))
            .collect();
        let (shares, amounts) = self.round(&bought, &caps);
        let mut paid = shares.iter().zip(amounts).peekable();
        for (row, choice) in bought.iter().enumerate() {
            let mut granted = 0;
            while let Some((share, amount_minor)) = paid.next_if(|(share, _)| share.row == row) {
                let owner = self.electorate.owner.get(share.column).copied();
                if let (Some(participant), true) = (owner, amount_minor > 0) {
                    granted += amount_minor;
                    outcome.pay(Payment {
                        project: choice.project,
                        participant,
                        amount_minor,
                    });
                }
            }
            outcome.pool_left_minor -= granted;
            outcome.record(pool, choice.project, Verdict::Bought, granted);
        }
    }

    /// What virtual purses pay, told in `outcome`.
    pub fn pay_virtual(&self, run: &Run, outcome: &mut Outcome) {
        let bought: Vec<&Choice> = run.choices.iter().filter(|choice| choice.bought).collect();
        let is_whole = |choice: &&Choice| self.cost_minor(choice.project).is_multiple_of(self.unit);
        let caps: Vec<u64> = if bought.iter().all(is_whole) {
            let cap = |(voice, &heads): (usize, &u64)| {
                let purse = u128::from(self.terms.purse(voice)) * u128::from(heads) * u128::from(self.unit);
                u64::try_from(purse.div_ceil(u128::from(self.terms.divisor))).unwrap_or(u64::MAX)
            };
            self.electorate.heads.iter().enumerate().map(cap).collect()
        } else {
            Vec::new()
        };
        let (shares, amounts) = self.round(&bought, &caps);
        for (share, amount_minor) in shares.iter().zip(amounts).filter(|(_, amount)| *amount > 0) {
            outcome.voice_payments.push(Payment {
                project: bought[share.row].project,
                participant: share.column,
                amount_minor,
            });
        }
    }

    /// What a project's supporters lack for it, rounded up.
    pub fn short_minor(&self, run: &Run, project: usize) -> u64 {
        let divisor = run.divisor(self.terms);
        let mut short = run.lacking(self.electorate, self.terms, project);
        short.scale(self.unit);
        let (short, rest) = short.divide(&divisor);
        let uncounted = self.cost_minor(project) % self.unit;
        short
            .saturating_add(u64::from(!rest.is_zero()))
            .saturating_add(uncounted)
    }

    fn cost_minor(&self, project: usize) -> u64 {
        self.costs_minor.get(project).copied().unwrap_or(0)
    }

    fn round(&self, bought: &[&Choice], caps: &[u64]) -> (Vec<Share>, Vec<u64>) {
        let totals: Vec<u64> = bought
            .iter()
            .map(|choice| self.cost_minor(choice.project))
            .collect();
        let shares = self.shares(bought);
        let amounts = round(&totals, caps, &shares);
        (shares, amounts)
    }

    /// The exact shares, by choice and voice; `row` is the place of the choice in `bought`.
    fn shares(&self, bought: &[&Choice]) -> Vec<Share> {
        let mut shares = Vec::new();
        let mut emptied = vec![false; self.electorate.heads.len()];
        // d·Eⱼ₋₁, the divisor of purses before choice j.
        let mut divisor = Natural::from(u128::from(self.terms.divisor));
        for (row, choice) in bought.iter().enumerate() {
            let project = choice.project;
            let (cost, counted) = (self.cost_minor(project), self.terms.cost(project));
            let supporters = self.electorate.supporters(project);
            if counted == 0 {
                let total = u128::from(self.electorate.total_weight(project));
                shares.extend(supporters.iter().filter(|_| cost > 0).map(|supporter| {
                    let weight = u128::from(self.electorate.weight(supporter));
                    Share::of_fraction(row, supporter.voice as usize, u128::from(cost) * weight, total)
                }));
            } else {
                let mut rich = divisor.clone();
                rich.scale(choice.weight);
                rich.scale(counted);
                let mut poor = divisor.clone();
                poor.scale(counted);
                let mut by_weight = BTreeMap::new();
                for supporter in supporters {
                    let voice = supporter.voice as usize;
                    let is_poor = choice.poor.binary_search(&supporter.voice).is_ok();
                    let heads = self.electorate.heads(supporter.voice);
                    let (whole, part) = if is_poor && std::mem::replace(&mut emptied[voice], true) {
                        continue;
                    } else if is_poor {
                        let mut above = self.left_before(bought, row, voice);
                        above.scale(heads);
                        above.scale(cost);
                        split(above, &poor)
                    } else {
                        let weight = self.electorate.weight(supporter);
                        *by_weight.entry(weight).or_insert_with(|| {
                            let mut above = choice.above.clone();
                            above.scale(weight);
                            above.scale(cost);
                            split(above, &rich)
                        })
                    };
                    shares.push(Share {
                        row,
                        column: voice,
                        whole,
                        part,
                    });
                }
            }
            divisor.scale(choice.weight);
        }
        shares
    }

    /// What a person of a voice had left before choice `row`, in units of 1/(d·Eⱼ).
    fn left_before(&self, bought: &[&Choice], row: usize, voice: usize) -> Natural {
        let ballot = self.electorate.ballot(voice);
        let mut paid = Natural::default();
        for choice in bought.iter().take(row) {
            if !paid.is_zero() {
                paid.scale(choice.weight);
            }
            let place = ballot.binary_search_by_key(&choice.project, |&(project, _)| project as usize);
            if let Ok(place) = place {
                paid.add_scaled(&choice.above, ballot[place].1);
            }
        }
        let mut left = Natural::from(u128::from(self.terms.purse(voice)));
        for choice in bought.iter().take(row) {
            left.scale(choice.weight);
        }
        left.subtract(&paid);
        left
    }
}

/// ⌊above/below⌋ and what is after the point in units of 2⁻³², never 0 unless it is whole.
fn split(above: Natural, below: &Natural) -> (u64, u32) {
    let (whole, rest) = above.divide(below);
    if rest.is_zero() {
        return (whole, 0);
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts of floats stop at the ends"
    )]
    let part = (ratio(&rest, below) * 4_294_967_296.0) as u32;
    (whole, part.max(1))
}
