//! The uncertain quantities of a plan, and their values in a block of futures.

use super::RiskError;
use super::beta::Beta;
use super::block::{Block, Drawn};
use super::cost::Cost;
use super::delay::Delay;
use super::normal::{normal_density, normal_quantile};
use super::pledge::{Coupling, Risk};
use super::points::{Dimension, Layout};
use super::table::QuantileTable;
use crate::domain::{CostEstimate, Currency, Reliability, ResultsTerms};
use crate::funding::Columns;
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
    /// Parts by period; none: all in the first.
    pub tranches: Vec<u32>,
    /// The currency it is promised in and how much its rate varies, where it does.
    pub rate: Option<(Currency, f64)>,
    /// The funder's trust before the first period, in [0, 1].
    pub trust: f64,
    /// What is paid for outcomes.
    pub results: Option<ResultsTerms>,
}

impl PledgeInput {
    /// A pledge with nothing more said about it.
    pub(super) fn new(id: String, amount_minor: u64, reliability: Reliability) -> Self {
        Self {
            id,
            amount_minor,
            reliability,
            sector: None,
            tranches: Vec::new(),
            rate: None,
            trust: 0.0,
            results: None,
        }
    }
}

/// A project's cost as the simulation sees it.
#[derive(Clone, Debug)]
pub(super) struct CostInput {
    pub id: String,
    pub estimate: CostEstimate,
    /// Parts of its money by period; none: all in the first.
    pub needs: Vec<u32>,
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
    /// What it brings is changed after the draw, by an exchange rate or a withdrawal.
    moves: bool,
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
    /// Drivers from here on are not pledges or costs: their classes are in [`Block::further_classes`].
    further_from: usize,
    /// How many dimensions are given out.
    given: usize,
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
                    moves: false,
                })
                .collect(),
            costs: Vec::with_capacity(costs.len()),
            drivers: Vec::new(),
            further_from: 0,
            given: 0,
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
        model.further_from = model.drivers.len();
        model.given = dimensions.given;
        Ok(model)
    }

    /// The dimension of a further quantity: the next one.
    pub(super) fn add_dimension(&mut self, layout: &Layout, id: &str) -> Dimension {
        let number = self.given;
        self.given += 1;
        Dimension::new(layout, number, id)
    }

    /// Counts a further quantity among what moves the result. Its classes go to the column of
    /// [`Block::further_classes`] of this number.
    pub(super) fn add_driver(&mut self, id: String) -> usize {
        self.drivers.push(id);
        self.drivers.len() - 1 - self.further_from
    }

    /// What this pledge brings is changed after the draw.
    pub(super) fn set_moving(&mut self, pledge: usize) {
        if let Some(pledge) = self.pledges.get_mut(pledge) {
            pledge.moves = true;
        }
    }

    /// The shock of a sector, if it has one that anybody looks at.
    pub(super) fn shock_of(&self, sector: Option<&String>) -> Option<usize> {
        let found = self.shocks.iter().position(|shock| Some(&shock.sector) == sector);
        found.filter(|_| self.coupling.shared > 0.0)
    }

    /// How shocks act.
    pub(super) fn coupling(&self) -> &Coupling {
        &self.coupling
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

    /// Ids of what varies: `pledge:ID`, `cost:ID`, and further ones.
    pub(super) fn drivers(&self) -> &[String] {
        &self.drivers
    }

    /// The distribution of the cost at this position.
    pub(super) fn cost(&self, project: usize) -> Option<&Cost> {
        self.costs.get(project).map(|cost| &cost.cost)
    }

    /// What each pledge brings when it is paid in full, and whether that is changed after the draw.
    pub(super) fn amounts_minor(&self) -> impl Iterator<Item = (u64, bool)> {
        self.pledges
            .iter()
            .map(|pledge| (pledge.amount_minor, pledge.moves))
    }

    /// The draws of every quantity that any figure depends on, each once.
    pub(super) fn dimensions_mut(&mut self) -> Vec<&mut Dimension> {
        let shared = self.coupling.shared > 0.0;
        let shocks = self.shocks.iter_mut().map(|shock| &mut shock.dimension);
        let pledges = self.pledges.iter_mut().filter_map(|pledge| pledge.risk.as_mut());
        let costs = self.costs.iter_mut().filter_map(|cost| cost.draws.as_mut());
        shocks
            .filter(|_| shared)
            .chain(pledges.map(|risk| &mut risk.dimension))
            .chain(costs.map(|(dimension, _)| dimension))
            .collect()
    }

    /// Roughly how many nanoseconds a future's values take: to slice work, never to decide a result.
    pub(super) fn work(&self) -> u64 {
        (6 * (self.shocks.len() + self.pledges.len() + self.costs.len())) as u64
    }

    /// Room for a block of futures of this model.
    pub(super) fn block(&self) -> Block {
        let mut block = Block::new(self.pledges.len(), self.costs.len(), self.shocks.len());
        block.further_classes = Columns::new(self.drivers.len() - self.further_from);
        block
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
        let costs = costs.filter_map(|(cost, classes)| {
            let (_, driver) = cost.draws.as_ref()?;
            Some((*driver, Drawn::Each(classes)))
        });
        let further = (self.further_from..self.drivers.len()).zip(block.further_classes.iter());
        let further = further.map(|(driver, classes)| (driver, Drawn::Each(classes)));
        pledges.chain(costs).chain(further)
    }
}

/// A shock for every sector in which at least two things may go wrong: defaults and delays. With one alone, √ρ·F + √(1−ρ)·ε is a
/// standard normal quantity like ε itself.
fn shocks(pledges: &[PledgeInput], dimensions: &mut Dimensions<'_>) -> Vec<Shock> {
    let mut sectors: Vec<&String> = Vec::new();
    for pledge in pledges.iter().filter(|pledge| pledge.amount_minor > 0) {
        let p = pledge.reliability.default_probability.get();
        let delay = pledge
            .reliability
            .delay
            .filter(|delay| !Delay::new(*delay, 2).is_certain());
        let latent = usize::from(p > 0.0 && p < 1.0) + usize::from(delay.is_some());
        sectors.extend(
            pledge
                .sector
                .iter()
                .cycle()
                .take(latent * usize::from(pledge.sector.is_some())),
        );
    }
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
