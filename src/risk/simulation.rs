//! The run itself: block after block of futures, in slices that can be stopped between.

use super::block::Block;
use super::extras::{Extras, TimeInput};
use super::gap::Plan;
use super::model::{CostInput, Model, PledgeInput};
use super::partial::{Partial, PartialError};
use super::plain::PlainPlan;
use super::points::{BLOCK, Dimension, Layout};
use super::tally::{Paper, Tally};
use super::{FunderFutures, Futures, ProjectFutures, Quantiles, RiskError, TrustUsed};
use crate::domain::{Conversion, FutureSettings, Pledge, PoolPlan, RuleId, Scenario, trust_lift};
use crate::funding::{BlockOutcome, Columns, Instance, Outcome, Pool};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The most futures in one run.
pub const MAX_TRIALS: u32 = 10_000_000;

/// Work in one step, in rough nanoseconds of native code: a browser takes two to three times as long, and must
/// answer within 8 ms.
const STEP_WORK: u64 = 2_000_000;

const BLOCK_U32: u32 = 1024;
const _: () = assert!(
    BLOCK_U32 as usize == BLOCK,
    "blocks are numbered by the same length"
);

/// A run of futures: call [`step`](Self::step) until it says there is no more, look at
/// [`snapshot`](Self::snapshot) whenever you like, drop it to cancel.
///
/// Owns everything it needs and is `Send`. The result depends on plan, settings and nothing else: not on how the
/// work was sliced, nor on the platform, nor on how many computed it: see [`aim`](Self::aim).
#[derive(Clone, Debug)]
pub struct Simulation {
    settings: FutureSettings,
    layout: Layout,
    pool: Pool,
    model: Model,
    paper: Paper,
    plan: Plan,
    project_ids: Vec<String>,
    participant_ids: Vec<String>,
    tally: Tally,
    block: Block,
    block_outcome: BlockOutcome,
    /// What each pledge spends on paper, where that is not what a future with the same figures says.
    rounded_otherwise: Option<Vec<u64>>,
    /// Futures of the current block that the mechanism has already seen; 0 = the block is not drawn yet.
    place: usize,
    /// Rates, delays, withdrawals and outcomes, where the scenario states any.
    extras: Option<Extras>,
    /// First future of the current block, and the end of the blocks to compute.
    next: u32,
    until: u32,
}

impl Simulation {
    /// The run of `settings` over a scenario under the rule of `pool`.
    ///
    /// A pledge's funder's sector is whom it shares bad luck with. Under Sobol, `settings.trials` is rounded up to a
    /// power of two, at least 16; the result's settings state the count used.
    ///
    /// Cost: a few milliseconds for quantile tables (one for each PERT or lognormal cost and each haircut).
    ///
    /// # Errors
    /// [`RiskError`] names the setting, pledge or project at fault; [`RiskError::Funding`] if the pool cannot be
    /// computed on paper either.
    pub fn new(scenario: &Scenario, settings: &FutureSettings, pool: &PoolPlan) -> Result<Self, RiskError> {
        let instance = Instance::from_scenario(scenario)?;
        let mut pledges = Vec::with_capacity(scenario.pledges.len());
        for (pledge, participant) in scenario.pledges.iter().zip(instance.participants()) {
            let funder = scenario
                .organisation(&pledge.funder)
                .ok_or_else(|| RiskError::UnknownFunder {
                    pledge: pledge.id.to_string(),
                })?;
            let id = pledge.id.to_string();
            let foreign = |conversion: &&Conversion| conversion.from == pledge.amount.currency();
            let rate = scenario.conversions.iter().find(foreign);
            let rate = rate.filter(|conversion| conversion.from != scenario.base_currency);
            pledges.push(PledgeInput {
                sector: Some(funder.sector.code().to_owned()),
                tranches: pledge.terms.tranches.clone(),
                rate: rate.map(|conversion| (conversion.from, conversion.volatility)),
                trust: stated_trust(scenario, pledge),
                results: pledge.terms.results.clone(),
                ..PledgeInput::new(id, participant.purse_minor(), pledge.reliability)
            });
        }
        let period_months = scenario.period_months(settings);
        let costs: Vec<CostInput> = scenario
            .projects
            .iter()
            .map(|project| CostInput {
                id: project.id.to_string(),
                estimate: project.cost,
                needs: project.needs_by_period(period_months).into_owned(),
            })
            .collect();
        let time = TimeInput {
            period_months,
            periods: match settings.periods {
                0 => FutureSettings::DEFAULT_PERIODS,
                periods => periods,
            },
            opening_minor: settings.opening_minor,
            trust: TrustUsed {
                lift: trust_lift(&scenario.partnership.levers),
                ..TrustUsed::PLAIN
            },
        };
        Self::of(&instance, settings, pool, &pledges, &costs, &time)
    }

    /// The run of `settings` over the plain form of the command line.
    ///
    /// `settings.common_shock` is overruled by the plan's own where it states one. Amounts in the result are in the
    /// plan's internal units: [`PlainPlan::futures`] brings them back.
    ///
    /// # Errors
    /// As [`Simulation::new`], and what the plain form itself may get wrong.
    pub fn from_plain(plain: &PlainPlan, settings: &FutureSettings) -> Result<Self, RiskError> {
        let compiled = plain.compile()?;
        let mut settings = *settings;
        if let Some(rho) = compiled.common_shock {
            settings.common_shock = rho;
        }
        let plan = PoolPlan::of(compiled.rule);
        Self::of(
            &compiled.instance,
            &settings,
            &plan,
            &compiled.pledges,
            &compiled.costs,
            &compiled.time,
        )
    }

    fn of(
        instance: &Instance,
        settings: &FutureSettings,
        plan: &PoolPlan,
        pledges: &[PledgeInput],
        costs: &[CostInput],
        time: &TimeInput,
    ) -> Result<Self, RiskError> {
        if !(1..=MAX_TRIALS).contains(&settings.trials) {
            return Err(RiskError::TrialsOutOfRange {
                trials: settings.trials,
            });
        }
        let layout = Layout::new(settings);
        let mut model = Model::new(&layout, settings.common_shock.get(), pledges, costs)?;
        let pool = Pool::new(instance, plan)?;
        let on_paper = pool.run_on_paper();
        let extras = Extras::new(&layout, time, (pledges, costs), &on_paper.spent_minor, &mut model)?;
        let funded = on_paper.funded.iter().enumerate().filter(|(_, funded)| **funded);
        let paper = Paper {
            funded: funded.map(|(project, _)| project).collect(),
            spent_minor: on_paper.granted_minor.iter().sum(),
        };
        let on_plan = Plan::new(&on_paper, pool.costs_minor());
        let mut future = Outcome::default();
        pool.run(pool.purses_minor(), pool.costs_minor(), &mut future);
        let rounded_otherwise = (future.spent_minor != on_paper.spent_minor).then_some(on_paper.spent_minor);
        let block_outcome = BlockOutcome::new(&pool);
        Ok(Self {
            settings: FutureSettings {
                trials: layout.trials,
                ..*settings
            },
            layout,
            plan: on_plan,
            paper,
            project_ids: instance.project_ids(),
            participant_ids: instance.participant_ids(),
            tally: empty_tally(settings, (costs.len(), pledges.len()), &model, extras.as_ref()),
            pool,
            block: model.block(),
            model,
            block_outcome,
            rounded_otherwise,
            place: 0,
            extras,
            next: 0,
            until: layout.trials,
        })
    }

    /// Does one bounded slice of work, a few milliseconds at most for ordinary sizes; whether there is more to do.
    pub fn step(&mut self) -> bool {
        self.step_for(STEP_WORK)
    }

    /// Does about `work` nanoseconds of work (by rough native reckoning; at least one future); whether there is more
    /// to do. The slicing never changes the result.
    pub fn step_for(&mut self, work: u64) -> bool {
        let mut left = self.futures_in(work);
        while left > 0 && self.next < self.until {
            let first = self.next;
            if self.run_block(first, &mut left) {
                let len = self.layout.block_len(first);
                let inputs = (&self.model, &self.block);
                self.tally
                    .add(&self.layout, len, &self.paper, inputs, &self.block_outcome);
                if let Some(extras) = &mut self.extras {
                    let kept = &mut self.tally.extras;
                    extras.add(&self.layout, len, &self.block, &self.block_outcome, kept);
                }
                self.next = first.saturating_add(BLOCK_U32).min(self.until);
            }
        }
        self.next < self.until
    }

    /// Rough nanoseconds of native code that a future takes.
    fn work_of_future(&self) -> u64 {
        let beside = self.extras.as_ref().map_or(0, Extras::work);
        self.model.work() + self.work_of_mechanism() + beside
    }

    /// How many futures are about `work` nanoseconds of work, at least one.
    pub(super) fn futures_in(&self, work: u64) -> usize {
        usize::try_from(work / self.work_of_future().max(1))
            .unwrap_or(usize::MAX)
            .max(1)
    }

    /// Draws the block from `first` on and re-runs the rule in at most `left` more of its futures; whether all are done.
    pub(super) fn run_block(&mut self, first: u32, left: &mut usize) -> bool {
        let len = self.layout.block_len(first);
        if self.place == 0 {
            self.model.fill(first, len, &mut self.block);
            self.block_outcome.set_len(len);
            if let Some(extras) = &mut self.extras {
                extras.fill(first, len, &self.model, &mut self.block);
            }
        }
        let until = len.min(self.place.saturating_add(*left));
        *left -= until - self.place;
        let (purses_minor, costs_minor) = (&self.block.purses_minor, &self.block.costs_minor);
        let places = self.place..until;
        self.pool
            .run_block(purses_minor, costs_minor, places.clone(), &mut self.block_outcome);
        self.round_as_on_paper(places);
        self.place = if until == len { 0 } else { until };
        until == len
    }

    /// Rule and counting.
    fn work_of_mechanism(&self) -> u64 {
        let (projects, pledges) = (self.project_ids.len() as u64, self.participant_ids.len() as u64);
        20 + 4 * (projects + pledges) + self.pool.future_nanoseconds()
    }

    /// Values of the block last run.
    pub(super) fn block(&self) -> (&Block, &BlockOutcome) {
        (&self.block, &self.block_outcome)
    }

    pub(super) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The draws of every quantity that any figure depends on, each once.
    pub(super) fn dimensions_mut(&mut self) -> Vec<&mut Dimension> {
        let extras = self.extras.iter_mut().flat_map(Extras::dimensions_mut);
        let mut all = self.model.dimensions_mut();
        all.extend(extras);
        all
    }

    /// What must be bridged in each future of the block last run, which began at `first`; `None` where nobody looks at
    /// time.
    pub(super) fn bridges_minor(&mut self, first: u32) -> Option<&[u64]> {
        let len = self.layout.block_len(first);
        let extras = self.extras.as_mut()?;
        extras.add(
            &self.layout,
            len,
            &self.block,
            &self.block_outcome,
            &mut self.tally.extras,
        );
        extras.bridges_minor()
    }

    /// Every quantity that `other` has too draws the same numbers here as there, future by future; the others draw numbers
    /// of their own.
    pub(super) fn share_luck_of(&mut self, other: &mut Self) {
        let known: BTreeMap<String, usize> = other
            .dimensions_mut()
            .into_iter()
            .map(|dimension| (dimension.id().to_owned(), dimension.number()))
            .collect();
        let mut next = known.values().max().map_or(0, |number| number + 1);
        let mut own = self.dimensions_mut();
        crate::order::sort_by(&mut own, |a, b| a.number().cmp(&b.number()));
        for dimension in own {
            let number = known.get(dimension.id()).copied().unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            *dimension = dimension.numbered(number);
        }
    }

    /// The settings, with the count of futures used.
    pub(super) fn settings(&self) -> FutureSettings {
        self.settings
    }

    pub(super) fn rule(&self) -> RuleId {
        self.pool.rule()
    }

    /// What the plan on paper spends.
    pub(super) fn spent_on_paper_minor(&self) -> u64 {
        self.paper.spent_minor
    }

    /// What the plan on paper pays for.
    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Ids of the projects, by position.
    pub fn project_ids(&self) -> &[String] {
        &self.project_ids
    }

    /// A future in which everything is as on paper spends what the plan on paper does, to the unit.
    fn round_as_on_paper(&mut self, places: Range<usize>) {
        let Some(spent_minor) = &self.rounded_otherwise else {
            return;
        };
        for place in places {
            let is_paper = |columns: &Columns<u64>, paper: &[u64]| {
                let mut values = columns.iter().zip(paper);
                values.all(|(column, value)| column.get(place) == Some(value))
            };
            if is_paper(&self.block.purses_minor, self.pool.purses_minor())
                && is_paper(&self.block.costs_minor, self.pool.costs_minor())
            {
                self.block_outcome.spent_minor.set_row(place, spent_minor);
            }
        }
    }

    /// Blocks in all: every 1 024 futures, and what is left.
    pub fn blocks(&self) -> u32 {
        self.layout.trials.div_ceil(BLOCK_U32)
    }

    /// Rough nanoseconds of native code that a block takes.
    pub fn block_work(&self) -> u64 {
        u64::from(BLOCK_U32) * self.work_of_future()
    }

    /// From here on computes these blocks only, and forgets what it counted. Any number of simulations of the same plan,
    /// on any machines, can compute disjoint blocks; one that was not stepped adds up what they count.
    ///
    /// Call [`step`](Self::step) until it says there is no more, then [`take_partial`](Self::take_partial).
    pub fn aim(&mut self, blocks: &Range<u32>) {
        let first_of = |block: u32| block.saturating_mul(BLOCK_U32).min(self.layout.trials);
        (self.next, self.until) = (first_of(blocks.start), first_of(blocks.end));
        self.place = 0;
        self.forget();
    }

    /// What the blocks it was aimed at count up to; `None` while they are not complete.
    pub fn take_partial(&mut self) -> Option<Partial> {
        let first = self.next.checked_sub(self.tally.done)?;
        if self.next < self.until || self.tally.done == 0 {
            return None;
        }
        let blocks = first / BLOCK_U32..self.until.div_ceil(BLOCK_U32);
        let partial = Partial::of(blocks, self.key(), &self.tally);
        self.forget();
        Some(partial)
    }

    /// Adds what another simulation of the same plan and settings counted in the next blocks.
    ///
    /// In order only, so that every [`snapshot`](Self::snapshot) is of the first futures of the run.
    ///
    /// # Errors
    /// [`PartialError::OutOfTurn`] changes nothing. After [`PartialError::Damaged`] (another plan, another build, bytes
    /// cut short) what was counted is void.
    pub fn absorb(&mut self, partial: &Partial) -> Result<(), PartialError> {
        let (found, wanted) = (partial.blocks().start, self.next / BLOCK_U32);
        if found != wanted || self.place > 0 || self.tally.done != self.next {
            return Err(PartialError::OutOfTurn { wanted, found });
        }
        let key = self.key();
        let end = partial.blocks().end.saturating_mul(BLOCK_U32).min(self.until);
        partial
            .add_to(key, &mut self.tally)
            .ok_or(PartialError::Damaged)?;
        if self.tally.done != end {
            return Err(PartialError::Damaged);
        }
        self.next = end;
        Ok(())
    }

    fn forget(&mut self) {
        let (projects, pledges) = (self.project_ids.len(), self.participant_ids.len());
        let extras = self.extras.as_ref();
        self.tally = empty_tally(&self.settings, (projects, pledges), &self.model, extras);
    }

    /// What tells the parts of this run from those of one with another count or seed.
    fn key(&self) -> u64 {
        self.settings.seed ^ (u64::from(self.layout.trials) << 32)
    }

    /// Futures whose results are in the next [`snapshot`](Self::snapshot).
    pub fn trials_done(&self) -> u32 {
        self.tally.done
    }

    /// Futures in all.
    pub fn trials_total(&self) -> u32 {
        self.layout.trials
    }

    /// Mean of what all projects together would cost, in minor units, over the futures so far: the figure that shows best
    /// how much evener scrambled points are.
    pub fn expected_cost_minor(&self) -> f64 {
        self.tally.expected_cost_minor()
    }

    /// What the futures so far say; whole blocks only. Sensitivity only at the end.
    pub fn snapshot(&self) -> Futures {
        let projects = self.project_ids.iter().enumerate();
        let participants = self.participant_ids.iter().enumerate();
        let finished = self.tally.done == self.layout.trials;
        let extras = self.extras.as_ref();
        Futures {
            settings: self.settings,
            rule: self.pool.rule(),
            trials_done: self.tally.done,
            projects: projects
                .map(|(position, id)| self.project(position, id))
                .collect(),
            funders: participants
                .map(|(position, id)| {
                    let (paid_in_minor, spent_minor) = self.tally.pledge(position);
                    FunderFutures {
                        id: id.clone(),
                        paid_in_minor,
                        spent_minor,
                    }
                })
                .collect(),
            plan_holds: self.tally.plan_holds(),
            mobilised: self.tally.mobilised(),
            expected_shortfall_minor: self.tally.expected_shortfall_minor(),
            sensitivity: if finished {
                self.tally.contingency.drivers(self.model.drivers())
            } else {
                Vec::new()
            },
            cash: extras.and_then(|extras| {
                let ids = (self.project_ids.as_slice(), self.participant_ids.as_slice());
                extras.cash(&self.tally, ids)
            }),
            rates: extras.map(Extras::rates).unwrap_or_default(),
            results: extras
                .map(|extras| extras.results(&self.tally, &self.participant_ids))
                .unwrap_or_default(),
        }
    }

    fn project(&self, position: usize, id: &str) -> ProjectFutures {
        let (funded, granted_minor) = self.tally.project(position);
        let quantile = |p| self.model.cost(position).map_or(0.0, |cost| cost.quantile(p));
        ProjectFutures {
            id: id.to_owned(),
            funded,
            granted_minor,
            // The distribution itself tells: no reason to estimate it from its own samples.
            cost_minor: Quantiles {
                p10: quantile(0.1),
                p50: quantile(0.5),
                p90: quantile(0.9),
            },
        }
    }
}

/// The trust of a pledge's funder before the first period: the mean of the stated levels between it and the other funders
/// and the organisations that carry projects; 0 where none is stated.
fn stated_trust(scenario: &Scenario, pledge: &Pledge) -> f64 {
    let funders = scenario.pledges.iter().map(|other| &other.funder);
    let leads = scenario
        .projects
        .iter()
        .filter_map(|project| project.lead.as_ref());
    let others: BTreeSet<_> = funders.chain(leads).collect();
    let levels = scenario.trust.iter().filter_map(|record| {
        let (a, b) = &record.between;
        let other = match (*a == pledge.funder, *b == pledge.funder) {
            (true, false) => b,
            (false, true) => a,
            _ => return None,
        };
        others.contains(other).then_some(record.level.get())
    });
    let (sum, count) = levels.fold((0.0, 0.0), |(sum, count), level| (sum + level, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

fn empty_tally(
    settings: &FutureSettings,
    (projects, pledges): (usize, usize),
    model: &Model,
    extras: Option<&Extras>,
) -> Tally {
    let mut tally = Tally::new(settings.sampler, projects, pledges, model.drivers().len());
    if let Some(extras) = extras {
        tally.extras = extras.tally();
    }
    tally
}

/// Runs all futures of a scenario at once.
///
/// # Errors
/// As [`Simulation::new`].
pub fn simulate(
    scenario: &Scenario,
    settings: &FutureSettings,
    pool: &PoolPlan,
) -> Result<Futures, RiskError> {
    let mut simulation = Simulation::new(scenario, settings, pool)?;
    while simulation.step() {}
    Ok(simulation.snapshot())
}
