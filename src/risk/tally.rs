//! What is kept of the futures: integer counts and sums, so that the order of adding up does not matter.

use super::block::Block;
use super::extras::ExtrasTally;
use super::histogram::Histogram;
use super::model::Model;
use super::partial::{Counts, Input};
use super::points::{Layout, REPLICATES};
use super::sensitivity::{Cell, Contingency, standard_error_of_mean};
use super::{Estimate, Quantiles};
use crate::domain::Sampler;
use crate::funding::{BlockOutcome, Columns};
use gotong_kernel::counts::{add, add_flags, shortfalls};

/// How often something happened, replicate by replicate.
pub(super) type Hits = [u32; REPLICATES];

/// What the plan on paper does.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    /// Projects it funds.
    pub funded: Vec<usize>,
    /// What it spends in all.
    pub spent_minor: u64,
}

/// Everything that is kept.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub done: u32,
    per_replicate: Hits,
    funded: Vec<Hits>,
    plan_holds: Hits,
    shortfall_minor: u128,
    cost_minor: u128,
    mobilised: Histogram,
    granted: Vec<Histogram>,
    paid_in: Vec<Histogram>,
    spent: Vec<Histogram>,
    pub contingency: Contingency,
    /// What is kept of time, results and the like; nothing where the scenario states none.
    pub extras: ExtrasTally,
    /// Room for one column of a block.
    cells: Vec<Cell>,
    values_minor: Vec<u64>,
    funded_count: Vec<u16>,
    holds: Vec<bool>,
    /// Whether results are drawn from scrambles (their spread tells the error) or independently (binomial).
    sampler: Sampler,
}

impl Tally {
    /// No futures yet.
    pub(super) fn new(sampler: Sampler, projects: usize, pledges: usize, drivers: usize) -> Self {
        Self {
            done: 0,
            per_replicate: [0; REPLICATES],
            funded: vec![[0; REPLICATES]; projects],
            plan_holds: [0; REPLICATES],
            shortfall_minor: 0,
            cost_minor: 0,
            mobilised: Histogram::default(),
            granted: vec![Histogram::default(); projects],
            paid_in: vec![Histogram::default(); pledges],
            spent: vec![Histogram::default(); pledges],
            contingency: Contingency::new(drivers, projects),
            extras: ExtrasTally::default(),
            cells: Vec::new(),
            values_minor: Vec::new(),
            funded_count: Vec::new(),
            holds: Vec::new(),
            sampler,
        }
    }

    /// Adds a block of `len` futures.
    pub(super) fn add(
        &mut self,
        layout: &Layout,
        len: usize,
        paper: &Paper,
        (model, block): (&Model, &Block),
        outcome: &BlockOutcome,
    ) {
        self.add_funded(layout, len, paper, &outcome.funded);
        self.add_received(len, paper, &block.purses_minor);
        self.add_paid_in(model, block);
        for costs in block.costs_minor.iter() {
            // A block of the largest amounts sums to 10¹⁸.
            self.cost_minor += u128::from(costs.iter().sum::<u64>());
        }
        for (granted, column) in self.granted.iter_mut().zip(outcome.granted_minor.iter()) {
            granted.add_column(column);
        }
        for (spent, column) in self.spent.iter_mut().zip(outcome.spent_minor.iter()) {
            spent.add_column(column);
        }
        for (driver, drawn) in model.drawn(block) {
            self.contingency.add_driver(driver, drawn, &self.cells);
        }
        self.done += u32::try_from(len).unwrap_or(0);
    }

    /// How often each project is funded, all those of the plan on paper are, and how many are.
    fn add_funded(&mut self, layout: &Layout, len: usize, paper: &Paper, funded: &Columns<bool>) {
        self.funded_count.clear();
        self.funded_count.resize(len, 0);
        for (hits, flags) in self.funded.iter_mut().zip(funded.iter()) {
            layout.count(flags, hits);
            add_flags(&mut self.funded_count, flags);
        }
        self.holds.clear();
        self.holds.resize(len, true);
        layout.count(&self.holds, &mut self.per_replicate);
        for &project in &paper.funded {
            for (holds, flag) in self.holds.iter_mut().zip(funded.column(project)) {
                *holds &= flag;
            }
        }
        layout.count(&self.holds, &mut self.plan_holds);
        self.cells.clear();
        for (&funded, replicate) in self.funded_count.iter().zip(layout.replicates()) {
            let cell = self.contingency.add_future(replicate, usize::from(funded));
            self.cells.push(cell);
        }
    }

    /// What all pledges together bring.
    fn add_received(&mut self, len: usize, paper: &Paper, purses_minor: &Columns<u64>) {
        self.values_minor.clear();
        self.values_minor.resize(len, 0);
        for purses in purses_minor.iter() {
            add(&mut self.values_minor, purses);
        }
        self.mobilised.add_column(&self.values_minor);
        self.shortfall_minor += if paper.spent_minor >> 53 == 0 {
            u128::from(shortfalls(&self.values_minor, paper.spent_minor))
        } else {
            let short = |received: &u64| u128::from(paper.spent_minor.saturating_sub(*received));
            self.values_minor.iter().map(short).sum()
        };
    }

    /// What each pledge brings: one value in all futures but those in which it defaults.
    fn add_paid_in(&mut self, model: &Model, block: &Block) {
        let pledges = block.purses_minor.iter().zip(&block.slips).zip(&mut self.paid_in);
        for (((column, slips), paid_in), (in_full, moves)) in pledges.zip(model.amounts_minor()) {
            if moves {
                paid_in.add_column(column);
                continue;
            }
            paid_in.add_many(in_full, (column.len() - slips.len()) as u64);
            let paid = slips
                .iter()
                .map(|slip| column.get(usize::from(slip.place)).copied());
            self.values_minor.clear();
            self.values_minor.extend(paid.flatten());
            paid_in.add_column(&self.values_minor);
        }
    }

    /// Share of futures with its standard error: √(p(1−p)/n) where futures are independent; under Sobol the spread
    /// of the 16 scrambles, s/√16.
    pub(super) fn estimate(&self, hits: &Hits) -> Estimate {
        let total: u64 = hits.iter().map(|&n| u64::from(n)).sum();
        let n = f64::from(self.done.max(1));
        let probability = total as f64 / n;
        let standard_error = match self.sampler {
            Sampler::Random => (probability * (1.0 - probability) / n).sqrt(),
            Sampler::Sobol => {
                let shares = hits.iter().zip(&self.per_replicate);
                let shares: Vec<f64> = shares
                    .filter(|(_, n)| **n > 0)
                    .map(|(&hits, &n)| f64::from(hits) / f64::from(n))
                    .collect();
                standard_error_of_mean(&shares)
            }
        };
        Estimate {
            probability,
            standard_error,
        }
    }

    /// How often the project at this position is funded, and what it gets.
    pub(super) fn project(&self, position: usize) -> (Estimate, Quantiles) {
        let funded = self.funded.get(position).map(|hits| self.estimate(hits));
        let granted = self.granted.get(position).map(Histogram::quantiles);
        (funded.unwrap_or_default(), granted.unwrap_or_default())
    }

    /// What the participant at this position pays in, and what is spent of it.
    pub(super) fn pledge(&self, position: usize) -> (Quantiles, Quantiles) {
        let of = |list: &[Histogram]| list.get(position).map(Histogram::quantiles).unwrap_or_default();
        (of(&self.paid_in), of(&self.spent))
    }

    /// How often everything the plan on paper funds is funded.
    pub(super) fn plan_holds(&self) -> Estimate {
        self.estimate(&self.plan_holds)
    }

    /// Money received.
    pub(super) fn mobilised(&self) -> Quantiles {
        self.mobilised.quantiles()
    }

    /// Mean of what all projects together cost, in minor units.
    pub(super) fn expected_cost_minor(&self) -> f64 {
        self.cost_minor as f64 / f64::from(self.done.max(1))
    }

    /// Mean shortfall, in minor units.
    pub(super) fn expected_shortfall_minor(&self) -> f64 {
        self.shortfall_minor as f64 / f64::from(self.done.max(1))
    }
}

/// What is added up, in one order; room to work in is not.
macro_rules! counted {
    ($tally:expr, $each:ident => $do:expr) => {{
        let Tally {
            done,
            per_replicate,
            funded,
            plan_holds,
            shortfall_minor,
            cost_minor,
            mobilised,
            granted,
            paid_in,
            spent,
            contingency,
            extras,
            cells: _,
            values_minor: _,
            funded_count: _,
            holds: _,
            sampler: _,
        } = $tally;
        counted!(@each $each => $do; done per_replicate funded plan_holds shortfall_minor cost_minor mobilised granted paid_in spent
            contingency extras);
    }};
    (@each $each:ident => $do:expr; $($field:ident)*) => { $({ let $each = $field; $do; })* };
}

impl Counts for Tally {
    fn write(&self, out: &mut Vec<u8>) {
        counted!(self, each => each.write(out));
    }

    fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
        counted!(self, each => each.add_from(input)?);
        Some(())
    }
}
