//! The run itself: block after block of futures, in slices that can be stopped between.

use super::block::Block;
use super::model::{CostInput, Model, PledgeInput};
use super::plain::PlainPlan;
use super::points::Layout;
use super::tally::{Paper, Tally};
use super::{FunderFutures, Futures, ProjectFutures, Quantiles, RiskError};
use crate::domain::{FutureSettings, PoolPlan, Scenario};
use crate::funding::{BlockOutcome, Columns, Instance, Outcome, Pool};

/// The most futures in one run.
pub const MAX_TRIALS: u32 = 10_000_000;

/// Work in one step, in rough nanoseconds of native code: a browser takes two to three times as long, and must
/// answer within 8 ms.
const STEP_WORK: u64 = 2_000_000;

/// A run of futures: call [`step`](Self::step) until it says there is no more, look at
/// [`snapshot`](Self::snapshot) whenever you like, drop it to cancel.
///
/// Owns everything it needs and is `Send`. The result depends on plan, settings and nothing else: not on how the
/// work was sliced, nor on the platform.
#[derive(Debug)]
pub struct Simulation {
    settings: FutureSettings,
    layout: Layout,
    pool: Pool,
    model: Model,
    paper: Paper,
    project_ids: Vec<String>,
    participant_ids: Vec<String>,
    tally: Tally,
    block: Block,
    block_outcome: BlockOutcome,
    /// What each pledge spends on paper, where that is not what a future with the same figures says.
    rounded_otherwise: Option<Vec<u64>>,
    /// Futures of the current block that the mechanism has already seen; 0 = the block is not drawn yet.
    place: usize,
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
            pledges.push(PledgeInput {
                id: pledge.id.to_string(),
                amount_minor: participant.purse_minor(),
                reliability: pledge.reliability,
                sector: Some(funder.sector.code().to_owned()),
            });
        }
        let costs: Vec<CostInput> = scenario
            .projects
            .iter()
            .map(|project| CostInput {
                id: project.id.to_string(),
                estimate: project.cost,
            })
            .collect();
        Self::of(&instance, settings, pool, &pledges, &costs)
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
        )
    }

    fn of(
        instance: &Instance,
        settings: &FutureSettings,
        plan: &PoolPlan,
        pledges: &[PledgeInput],
        costs: &[CostInput],
    ) -> Result<Self, RiskError> {
        if !(1..=MAX_TRIALS).contains(&settings.trials) {
            return Err(RiskError::TrialsOutOfRange {
                trials: settings.trials,
            });
        }
        let layout = Layout::new(settings);
        let model = Model::new(&layout, settings.common_shock.get(), pledges, costs)?;
        let pool = Pool::new(instance, plan)?;
        let on_paper = pool.run_on_paper();
        let funded = on_paper.funded.iter().enumerate().filter(|(_, funded)| **funded);
        let paper = Paper {
            funded: funded.map(|(project, _)| project).collect(),
            spent_minor: on_paper.granted_minor.iter().sum(),
        };
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
            paper,
            project_ids: instance
                .projects()
                .iter()
                .map(|project| project.id().to_owned())
                .collect(),
            participant_ids: instance
                .participants()
                .iter()
                .map(|each| each.id().to_owned())
                .collect(),
            tally: Tally::new(
                settings.sampler,
                costs.len(),
                pledges.len(),
                model.drivers().len(),
            ),
            pool,
            block: model.block(),
            model,
            block_outcome,
            rounded_otherwise,
            place: 0,
        })
    }

    /// Does one bounded slice of work, a few milliseconds at most for ordinary sizes; whether there is more to do.
    pub fn step(&mut self) -> bool {
        self.step_for(STEP_WORK)
    }

    /// Does about `work` nanoseconds of work (by rough native reckoning; at least one future); whether there is more
    /// to do. The slicing never changes the result.
    pub fn step_for(&mut self, work: u64) -> bool {
        let per_future = self.model.work() + self.work_of_mechanism();
        let mut left = usize::try_from(work / per_future.max(1))
            .unwrap_or(usize::MAX)
            .max(1);
        while left > 0 && self.tally.done < self.layout.trials {
            let first = self.tally.done;
            let len = self.layout.block_len(first);
            if self.place == 0 {
                self.model.fill(first, len, &mut self.block);
                self.block_outcome.set_len(len);
            }
            let until = len.min(self.place.saturating_add(left));
            left -= until - self.place;
            let (purses_minor, costs_minor) = (&self.block.purses_minor, &self.block.costs_minor);
            let places = self.place..until;
            self.pool
                .run_block(purses_minor, costs_minor, places.clone(), &mut self.block_outcome);
            self.round_as_on_paper(places);
            self.place = until;
            if until == len {
                let inputs = (&self.model, &self.block);
                self.tally
                    .add(&self.layout, len, &self.paper, inputs, &self.block_outcome);
                self.place = 0;
            }
        }
        self.tally.done < self.layout.trials
    }

    /// Rule and counting.
    fn work_of_mechanism(&self) -> u64 {
        let (projects, pledges) = (self.project_ids.len() as u64, self.participant_ids.len() as u64);
        20 + 4 * (projects + pledges) + self.pool.future_nanoseconds()
    }

    /// A future in which everything is as on paper spends what the plan on paper does, to the unit.
    fn round_as_on_paper(&mut self, places: std::ops::Range<usize>) {
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

    /// Futures whose results are in the next [`snapshot`](Self::snapshot).
    pub fn trials_done(&self) -> u32 {
        self.tally.done
    }

    /// Futures in all.
    pub fn trials_total(&self) -> u32 {
        self.layout.trials
    }

    /// What the futures so far say; whole blocks only. Sensitivity only at the end.
    pub fn snapshot(&self) -> Futures {
        let projects = self.project_ids.iter().enumerate();
        let participants = self.participant_ids.iter().enumerate();
        let finished = self.tally.done == self.layout.trials;
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
