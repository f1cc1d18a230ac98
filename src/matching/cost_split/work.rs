//! What a team's work takes, and what that costs each group of its members.

use super::{MARKET_PRICES_RUPIAH, MAX_COST, SplitError};
use crate::domain::{Currency, KindId, Organisation, Project, Scenario};

/// What is to be done and what each member brings to it.
#[derive(Debug)]
pub(super) struct Work {
    /// `taking_part[player]`.
    pub taking_part: Vec<u64>,
    pub alpha: u64,
    pub needs: Vec<Lack>,
    pub unpriced: Vec<KindId>,
}

/// One requirement: how much, at which price, who brings how much of it.
#[derive(Debug)]
pub(super) struct Lack {
    pub need: u64,
    pub price: u64,
    pub overlaps: bool,
    /// `brings[player]`.
    pub brings: Vec<u64>,
}

/// Of the cheapest way for a group.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    pub total: i64,
    pub bought: i64,
    pub coordination: i64,
}

impl Work {
    pub fn of(scenario: &Scenario, team: &[&Organisation], project: Option<&Project>) -> Self {
        let stated = || {
            scenario
                .organisations
                .iter()
                .filter_map(|one| one.participation_cost_minor)
        };
        let assumed = stated().max().unwrap_or(0);
        let kinds = scenario.all_kinds();
        let mut unpriced = Vec::new();
        let mut needs: Vec<(&KindId, u64)> = Vec::new();
        for requirement in project.into_iter().flat_map(|project| &project.requirements) {
            match needs.iter_mut().find(|(kind, _)| *kind == &requirement.kind) {
                Some((_, need)) => *need = need.saturating_add(requirement.quantity),
                None => needs.push((&requirement.kind, requirement.quantity)),
            }
        }
        let lack = |(kind, need): (&KindId, u64)| {
            let price = market_price(scenario, kind);
            if price.is_none() {
                unpriced.push(kind.clone());
            }
            let offer = |one: &&Organisation| {
                let offers = one.offers.iter().filter(|offer| &offer.kind == kind);
                offers
                    .filter_map(|offer| offer.quantity)
                    .fold(0, u64::saturating_add)
            };
            Lack {
                need,
                price: price.unwrap_or(0),
                overlaps: kinds.iter().any(|known| &known.id == kind && known.may_overlap),
                brings: team.iter().map(offer).collect(),
            }
        };
        Self {
            taking_part: team
                .iter()
                .map(|one| one.participation_cost_minor.unwrap_or(assumed))
                .collect(),
            alpha: scenario.partnership.coalition.alpha_minor,
            needs: needs
                .into_iter()
                .filter(|(_, need)| *need > 0)
                .map(lack)
                .collect(),
            unpriced,
        }
    }

    /// The cheapest way of every group, by its bits; the empty group first.
    pub fn costs(&self) -> Result<Vec<Cost>, SplitError> {
        let players = self.taking_part.len();
        let mut best: Vec<Cost> = Vec::with_capacity(1 << players);
        for group in 0..1_usize << players {
            // The empty group pays nothing: nobody asked it for anything.
            let mut cheapest = if group == 0 {
                Some(Cost::default())
            } else {
                self.all_of(group)
            };
            for player in (0..players).filter(|player| group >> player & 1 == 1) {
                let without = group & !(1 << player);
                // Somebody has to see to it, so the empty group is no way out for anybody.
                let other = best.get(without).copied().filter(|_| without != 0);
                cheapest = match (cheapest, other) {
                    (Some(here), Some(other)) if other.total < here.total => Some(other),
                    (None, other) => other,
                    (here, _) => here,
                };
            }
            let cost = cheapest.ok_or_else(|| SplitError::CostOutOfRange {
                group: super::key(group, players),
            })?;
            best.push(cost);
        }
        Ok(best)
    }

    /// What it costs if all of the group take part; `None` beyond [`MAX_COST`].
    pub fn all_of(&self, group: usize) -> Option<Cost> {
        let inside = |figures: &[u64]| -> Vec<u64> {
            let members = figures.iter().enumerate();
            members
                .filter(|(player, _)| group >> player & 1 == 1)
                .map(|(_, &figure)| figure)
                .collect()
        };
        let taking_part = inside(&self.taking_part);
        let size = taking_part.len() as u128;
        let coordination = u128::from(self.alpha) * (size * size.saturating_sub(1) / 2);
        let bought: u128 = self
            .needs
            .iter()
            .map(|lack| {
                let brought = inside(&lack.brings);
                let brought = if lack.overlaps {
                    brought.into_iter().max().unwrap_or(0)
                } else {
                    brought.into_iter().fold(0, u64::saturating_add)
                };
                u128::from(lack.need.saturating_sub(brought)) * u128::from(lack.price)
            })
            .sum();
        let total = taking_part.into_iter().map(u128::from).sum::<u128>() + coordination + bought;
        let minor = |figure: u128| i64::try_from(figure).ok().filter(|&figure| figure <= MAX_COST);
        Some(Cost {
            total: minor(total)?,
            bought: minor(bought)?,
            coordination: minor(coordination)?,
        })
    }
}

/// The price of a unit in minor units of the base currency, rounded down but never to nothing.
fn market_price(scenario: &Scenario, kind: &KindId) -> Option<u64> {
    if kind.as_str() == "funds" {
        return Some(1);
    }
    let (_, rupiah) = MARKET_PRICES_RUPIAH
        .into_iter()
        .find(|(known, _)| *known == kind.as_str())?;
    let base = scenario.base_currency;
    if base == Currency::IDR {
        return Some(rupiah);
    }
    let rate = scenario
        .conversions
        .iter()
        .find(|rate| rate.from == Currency::IDR)?;
    rate.apply(rupiah, base).map(|price| price.max(1))
}
