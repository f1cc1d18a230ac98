//! The uncertain quantities of a plan, and their values in a block of futures.

use super::RiskError;
use super::beta::Beta;
use super::block::{Block, Drawn};
use super::cost::Cost;
use super::normal::{normal_density, normal_quantile};
use super::pledge::{Coupling, Risk};
use super::points::{Dimension, Layout};
use super::table::QuantileTable;
use crate::domain::{CostEstimate, Reliability};
use gotong_kernel::tables::fill_classes;

/// The most quantities (pledges and projects) simulated at once.
pub const MAX_QUANTITIES: usize = 2048;

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
    coupling: Coupling,
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
            coupling: Coupling {
                normal: QuantileTable::new(
                    |v| (normal_quantile(v), 1.0 / normal_density(normal_quantile(v))),
                    |v| (-normal_quantile(v), -1.0 / normal_density(normal_quantile(v))),
                ),
                shared: rho.sqrt(),
                own: (1.0 - rho).sqrt(),
            },
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
        let shock = self.shocks.iter().position(of_sector);
        // Without a common shock nobody looks at it.
        let shock = shock.filter(|_| probability < 1.0 && self.coupling.shared > 0.0);
        pledge.risk = Some(Risk::new(
            (dimensions.next(&id), self.drivers.len()),
            (probability, normal_quantile(probability)),
            haircut.map(|beta| beta.table(0.0, 1.0)),
            (shock, &self.coupling),
        ));
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

    /// What each pledge brings when it is paid in full.
    pub(super) fn amounts_minor(&self) -> impl Iterator<Item = u64> {
        self.pledges.iter().map(|pledge| pledge.amount_minor)
    }

    /// Roughly how many nanoseconds a future's values take: to slice work, never to decide a result.
    pub(super) fn work(&self) -> u64 {
        (6 * (self.shocks.len() + self.pledges.len() + self.costs.len())) as u64
    }

    /// Room for a block of futures of this model.
    pub(super) fn block(&self) -> Block {
        Block::new(self.pledges.len(), self.costs.len(), self.shocks.len())
    }

    /// Fills `block` with the `len` futures from `first` on.
    pub(super) fn fill(&self, first: u32, len: usize, block: &mut Block) {
        block.set_len(len);
        if self.coupling.shared > 0.0 {
            for (position, shock) in self.shocks.iter().enumerate() {
                shock.dimension.fill(first, block.shocks.column_mut(position));
            }
        }
        for (position, pledge) in self.pledges.iter().enumerate() {
            let paid = block.purses_minor.column_mut(position);
            let (Some(risk), Some(slips)) = (&pledge.risk, block.slips.get_mut(position)) else {
                paid.fill(pledge.amount_minor);
                continue;
            };
            risk.dimension.fill(first, &mut block.draws);
            let shocks = risk.shock.map(|shock| block.shocks.column(shock));
            let draws = (block.draws.as_slice(), shocks);
            risk.fill(pledge.amount_minor, draws, &self.coupling, paid, slips);
        }
        for (position, cost) in self.costs.iter().enumerate() {
            if let Some((dimension, _)) = &cost.draws {
                dimension.fill(first, &mut block.draws);
                let classes = block.cost_classes.column_mut(position);
                fill_classes(&block.draws, classes);
            }
            cost.cost
                .fill(&block.draws, block.costs_minor.column_mut(position));
        }
    }

    /// Every driver's classes in a filled block, in the order of [`Model::drivers`] within pledges and costs.
    pub(super) fn drawn<'a>(&'a self, block: &'a Block) -> impl Iterator<Item = (usize, Drawn<'a>)> {
        let pledges = self.pledges.iter().zip(&block.slips);
        let pledges = pledges.filter_map(|(pledge, slips)| {
            let risk = pledge.risk.as_ref()?;
            Some((risk.driver, Drawn::Some(slips)))
        });
        let costs = self.costs.iter().zip(block.cost_classes.iter());
        pledges.chain(costs.filter_map(|(cost, classes)| {
            let (_, driver) = cost.draws.as_ref()?;
            Some((*driver, Drawn::Each(classes)))
        }))
    }
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
