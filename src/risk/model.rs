//! The uncertain quantities of a plan, and their values in a block of futures.

use super::RiskError;
use super::beta::Beta;
use super::cost::Cost;
use super::money::{round_half_even, whole_minor};
use super::normal::{normal_cdf, normal_density, normal_quantile};
use super::points::{BLOCK, Dimension, Layout};
use super::table::{QuantileTable, unit};
use crate::domain::{CostEstimate, Reliability};

/// The most quantities (pledges and projects) simulated at once.
pub const MAX_QUANTITIES: usize = 2048;

/// Classes a driver is sorted into for its rank correlation, from what is worst for a pledge to what is best;
/// a pledge paid in full has a class of its own.
pub(super) const CLASSES: usize = 33;
const CLASS_SHIFT: u32 = 27;
const IN_FULL: u8 = 32;

/// A pledge as the simulation sees it.
#[derive(Clone, Debug)]
pub(super) struct PledgeInput {
    pub id: String,
    pub amount_minor: u64,
    pub reliability: Reliability,
    /// Whom it shares bad luck with: pledges of equal label. `None` shares with nobody.
    pub sector: Option<String>,
}

/// A project's cost as the simulation sees it.
#[derive(Clone, Debug)]
pub(super) struct CostInput {
    pub id: String,
    pub estimate: CostEstimate,
}

/// A common shock F of one sector.
#[derive(Clone, Debug)]
struct Shock {
    sector: String,
    dimension: Dimension,
}

/// What decides whether a pledge is paid in full, and else how much of it.
///
/// One uniform u decides both. It defaults where √ρ·F + √(1−ρ)·Φ⁻¹(u) < Φ⁻¹(p); given F, that is u below some q, and
/// given both, u/q is uniform again: the haircut is Q(1 − u/q). So what is paid rises with u without a jump beyond
/// the haircut's own, which is what makes evenly spread points pay off.
#[derive(Clone, Debug)]
struct Risk {
    dimension: Dimension,
    driver: usize,
    /// The shock it shares, if any.
    shock: Option<usize>,
    probability: f64,
    /// Φ⁻¹(p).
    threshold: f64,
    /// Quantiles of the share lost; without one, all of it.
    haircut: Option<QuantileTable>,
}

#[derive(Clone, Debug)]
struct UncertainPledge {
    amount_minor: u64,
    /// `None`: certain.
    risk: Option<Risk>,
}

#[derive(Clone, Debug)]
struct UncertainCost {
    cost: Cost,
    /// Its draws and its driver; `None`: known.
    draws: Option<(Dimension, usize)>,
}

/// All uncertain quantities of a plan, each with one uniform keyed by its stable id.
///
/// Dimensions are given in this order, each group sorted by id: shocks of sectors in which two or more uncertain
/// pledges share bad luck (`shock:SECTOR`), pledges (`pledge:ID`), costs (`cost:ID`).
#[derive(Clone, Debug)]
pub(super) struct Model {
    shocks: Vec<Shock>,
    pledges: Vec<UncertainPledge>,
    costs: Vec<UncertainCost>,
    drivers: Vec<String>,
    normal: QuantileTable,
    shared: f64,
    own: f64,
}

/// Values of all quantities in a block of futures.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// `purses_minor[place · pledges + pledge]`.
    pub purses_minor: Vec<u64>,
    /// `costs_minor[place · projects + project]`.
    pub costs_minor: Vec<u64>,
    /// `classes[driver · BLOCK + place]`.
    pub classes: Vec<u8>,
    draws: Vec<u32>,
    shocks: Vec<f64>,
}

/// Positions of `ids` in ascending order of id.
fn sorted_positions<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut order: Vec<(&str, usize)> = ids.zip(0..).collect();
    crate::order::sort(&mut order);
    order.into_iter().map(|(_, position)| position).collect()
}

/// Gives out dimensions one after another.
struct Dimensions<'a> {
    layout: &'a Layout,
    given: usize,
}

impl Dimensions<'_> {
    fn next(&mut self, id: &str) -> Dimension {
        let number = self.given;
        self.given += 1;
        Dimension::new(self.layout, number, id)
    }
}

impl Model {
    /// The model of these pledges and costs under a common shock of size `rho`.
    ///
    /// # Errors
    /// A haircut or cost out of range; more than [`MAX_QUANTITIES`] quantities.
    pub(super) fn new(
        layout: &Layout,
        rho: f64,
        pledges: &[PledgeInput],
        costs: &[CostInput],
    ) -> Result<Self, RiskError> {
        let count = pledges.len() + costs.len();
        if count > MAX_QUANTITIES {
            return Err(RiskError::TooManyQuantities {
                count,
                most: MAX_QUANTITIES,
            });
        }
        let mut dimensions = Dimensions { layout, given: 0 };
        let mut model = Self {
            shocks: shocks(pledges, &mut dimensions),
            pledges: pledges
                .iter()
                .map(|pledge| UncertainPledge {
                    amount_minor: pledge.amount_minor,
                    risk: None,
                })
                .collect(),
            costs: Vec::with_capacity(costs.len()),
            drivers: Vec::new(),
            normal: QuantileTable::new(
                |v| (normal_quantile(v), 1.0 / normal_density(normal_quantile(v))),
                |v| (-normal_quantile(v), -1.0 / normal_density(normal_quantile(v))),
            ),
            shared: rho.sqrt(),
            own: (1.0 - rho).sqrt(),
        };
        for position in sorted_positions(pledges.iter().map(|pledge| pledge.id.as_str())) {
            model.add_pledge(position, pledges, &mut dimensions)?;
        }
        for input in costs {
            let cost = Cost::new(&input.id, &input.estimate)?;
            model.costs.push(UncertainCost { cost, draws: None });
        }
        for position in sorted_positions(costs.iter().map(|cost| cost.id.as_str())) {
            if let (Some(input), Some(cost)) = (costs.get(position), model.costs.get_mut(position))
                && !cost.cost.is_fixed()
            {
                let id = format!("cost:{}", input.id);
                cost.draws = Some((dimensions.next(&id), model.drivers.len()));
                model.drivers.push(id);
            }
        }
        Ok(model)
    }

    fn add_pledge(
        &mut self,
        position: usize,
        pledges: &[PledgeInput],
        dimensions: &mut Dimensions<'_>,
    ) -> Result<(), RiskError> {
        let (Some(input), Some(pledge)) = (pledges.get(position), self.pledges.get_mut(position)) else {
            return Ok(());
        };
        let haircut = match input.reliability.haircut {
            None => None,
            Some((a, b)) => Some(Beta::new(a, b).ok_or_else(|| RiskError::HaircutOutOfRange {
                pledge: input.id.clone(),
                shapes: (a, b),
            })?),
        };
        let probability = input.reliability.default_probability.get();
        if probability <= 0.0 || input.amount_minor == 0 {
            return Ok(());
        }
        if probability >= 1.0 && haircut.is_none() {
            // Surely nothing.
            pledge.amount_minor = 0;
            return Ok(());
        }
        let of_sector = |shock: &Shock| Some(&shock.sector) == input.sector.as_ref();
        let id = format!("pledge:{}", input.id);
        pledge.risk = Some(Risk {
            dimension: dimensions.next(&id),
            driver: self.drivers.len(),
            shock: self
                .shocks
                .iter()
                .position(of_sector)
                .filter(|_| probability < 1.0),
            probability,
            threshold: normal_quantile(probability),
            haircut: haircut.map(|beta| beta.table(0.0, 1.0)),
        });
        self.drivers.push(id);
        Ok(())
    }

    /// Ids of what varies: `pledge:ID` and `cost:ID`.
    pub(super) fn drivers(&self) -> &[String] {
        &self.drivers
    }

    /// The distribution of the cost at this position.
    pub(super) fn cost(&self, project: usize) -> Option<&Cost> {
        self.costs.get(project).map(|cost| &cost.cost)
    }

    /// Roughly how many nanoseconds a future's values take: to slice work, never to decide a result.
    pub(super) fn work(&self) -> u64 {
        (6 * (self.shocks.len() + self.pledges.len() + self.costs.len())) as u64
    }

    /// Fills `block` with the `len` futures from `first` on.
    pub(super) fn fill(&self, first: u32, len: usize, block: &mut Block) {
        block.draws.resize(len, 0);
        block.purses_minor.resize(len * self.pledges.len(), 0);
        block.costs_minor.resize(len * self.costs.len(), 0);
        block.classes.resize(self.drivers.len() * BLOCK, 0);
        block.shocks.resize(self.shocks.len() * BLOCK, 0.0);
        // Without a common shock nobody looks at it.
        if self.shared > 0.0 {
            for (shock, values) in self.shocks.iter().zip(block.shocks.chunks_mut(BLOCK)) {
                shock.dimension.fill(first, &mut block.draws);
                for (value, draw) in values.iter_mut().zip(&block.draws) {
                    *value = self.shared * self.normal.at(*draw);
                }
            }
        }
        for (position, pledge) in self.pledges.iter().enumerate() {
            self.fill_pledge(first, position, pledge, block);
        }
        for (position, cost) in self.costs.iter().enumerate() {
            self.fill_cost(first, position, cost, block);
        }
    }

    fn fill_pledge(&self, first: u32, position: usize, pledge: &UncertainPledge, block: &mut Block) {
        let paid = block
            .purses_minor
            .iter_mut()
            .skip(position)
            .step_by(self.pledges.len().max(1));
        let Some(risk) = &pledge.risk else {
            paid.for_each(|paid| *paid = pledge.amount_minor);
            return;
        };
        risk.dimension.fill(first, &mut block.draws);
        let shock = risk.shock.filter(|_| self.shared > 0.0);
        let shocks = shock.and_then(|shock| block.shocks.get(shock * BLOCK..(shock + 1) * BLOCK));
        let classes = block
            .classes
            .get_mut(risk.driver * BLOCK..(risk.driver + 1) * BLOCK);
        let places = classes
            .unwrap_or_default()
            .iter_mut()
            .zip(&block.draws)
            .enumerate();
        for (paid, (place, (class, &draw))) in paid.zip(places) {
            let u = unit(draw);
            let below = match shocks.and_then(|shocks| shocks.get(place)) {
                None => (u < risk.probability).then_some(risk.probability),
                Some(shock) => {
                    let margin = risk.threshold - shock;
                    let defaults = self.own * self.normal.at(draw) < margin;
                    defaults.then(|| normal_cdf(margin / self.own).max(u))
                }
            };
            (*paid, *class) = match below {
                None => (pledge.amount_minor, IN_FULL),
                Some(below) => risk.after_default(pledge.amount_minor, u / below),
            };
        }
    }

    fn fill_cost(&self, first: u32, position: usize, cost: &UncertainCost, block: &mut Block) {
        let slots = block
            .costs_minor
            .iter_mut()
            .skip(position)
            .step_by(self.costs.len().max(1));
        let Some((dimension, driver)) = &cost.draws else {
            let known = cost.cost.at(0);
            slots.for_each(|slot| *slot = known);
            return;
        };
        dimension.fill(first, &mut block.draws);
        for (slot, draw) in slots.zip(&block.draws) {
            *slot = cost.cost.at(*draw);
        }
        let classes = block.classes.get_mut(driver * BLOCK..(driver + 1) * BLOCK);
        for (class, draw) in classes.unwrap_or_default().iter_mut().zip(&block.draws) {
            *class = class_of(*draw);
        }
    }
}

impl Risk {
    /// What is paid after a default at which the pledge's uniform is the share `rank` of those that default, and
    /// its class.
    #[inline]
    fn after_default(&self, amount_minor: u64, rank: f64) -> (u64, u8) {
        let Some(table) = &self.haircut else {
            return (0, 0);
        };
        let rank = (rank * 4_294_967_296.0).clamp(0.0, 4_294_967_295.0);
        let draw = u32::try_from(whole_minor(rank)).unwrap_or(u32::MAX);
        let paid = amount_minor as f64 * (1.0 - table.at(!draw));
        (round_half_even(paid).min(amount_minor), class_of(draw))
    }
}

/// One of 32 equally likely classes of a draw, ascending.
#[inline]
fn class_of(draw: u32) -> u8 {
    u8::try_from(draw >> CLASS_SHIFT).unwrap_or(0)
}

/// A shock for every sector in which at least two pledges may default. With one alone, √ρ·F + √(1−ρ)·ε is a
/// standard normal quantity like ε itself.
fn shocks(pledges: &[PledgeInput], dimensions: &mut Dimensions<'_>) -> Vec<Shock> {
    let latent = |pledge: &&PledgeInput| {
        let p = pledge.reliability.default_probability.get();
        pledge.amount_minor > 0 && p > 0.0 && p < 1.0
    };
    let mut sectors: Vec<&String> = pledges
        .iter()
        .filter(latent)
        .filter_map(|p| p.sector.as_ref())
        .collect();
    crate::order::sort(&mut sectors);
    sectors
        .chunk_by(|a, b| a == b)
        .filter(|members| members.len() > 1)
        .filter_map(|members| members.first())
        .map(|sector| Shock {
            dimension: dimensions.next(&format!("shock:{sector}")),
            sector: (*sector).clone(),
        })
        .collect()
}
