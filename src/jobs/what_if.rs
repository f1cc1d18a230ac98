//! Plans compared with themselves: cards, and how much of the doubt each uncertain quantity causes. Prepared in the first
//! step, since that takes milliseconds for each plan.

use super::anytime::Anytime;
use super::resident::Study;
use super::task::{StepSize, out_of_range};
use super::{JobError, Response};
use crate::domain::{FutureSettings, PoolPlan};
use crate::partnership::{Card, CardError, WhatIfRun};
use crate::risk::IndicesRun;
use std::sync::Arc;

/// What both are asked of.
pub(super) struct Asked {
    pub study: Arc<Study>,
    pub settings: FutureSettings,
    pub pool: PoolPlan,
}

impl Asked {
    /// The settings and rule asked for, or else the scenario's own.
    pub(super) fn new(study: Arc<Study>, settings: Option<FutureSettings>, pool: Option<PoolPlan>) -> Self {
        Self {
            settings: settings.unwrap_or(study.scenario.futures),
            pool: pool.unwrap_or_else(|| study.scenario.pool.clone()),
            study,
        }
    }
}

/// Nothing is known before the first step.
fn not_begun() -> JobError {
    out_of_range("not-begun", "")
}

/// Cards over a plan.
pub(super) struct Cards {
    asked: Asked,
    cards: Vec<Card>,
    pool_pays: bool,
    run: Option<WhatIfRun>,
}

impl Cards {
    pub(super) fn new(asked: Asked, cards: Vec<Card>, pool_pays: bool) -> Self {
        Self {
            asked,
            cards,
            pool_pays,
            run: None,
        }
    }
}

impl Anytime for Cards {
    fn step(&mut self, size: StepSize) -> Result<bool, JobError> {
        if let Some(run) = &mut self.run {
            return Ok(!run.step_for(size.futures_work));
        }
        let Asked {
            study,
            settings,
            pool,
        } = &self.asked;
        let run = WhatIfRun::new(
            &study.scenario,
            (*settings, pool.clone()),
            &self.cards,
            self.pool_pays,
        )?;
        self.run = Some(run);
        Ok(false)
    }

    fn progress(&self) -> Option<(u64, u64)> {
        let (done, total) = self.run.as_ref()?.progress();
        Some((done.into(), total.into()))
    }

    fn answer(&self) -> Result<Response, JobError> {
        let answer = self.run.as_ref().and_then(WhatIfRun::answer);
        answer
            .map(|answer| Response::WhatIf(Box::new(answer)))
            .ok_or_else(not_begun)
    }

    fn tells_early(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.progress().0 > 0)
    }
}

/// Sobol indices of a plan.
pub(super) struct Shares {
    asked: Asked,
    run: Option<IndicesRun>,
}

impl Shares {
    pub(super) fn new(asked: Asked) -> Self {
        Self { asked, run: None }
    }
}

impl Anytime for Shares {
    fn step(&mut self, size: StepSize) -> Result<bool, JobError> {
        if let Some(run) = &mut self.run {
            return Ok(!run.step_for(size.futures_work));
        }
        let Asked {
            study,
            settings,
            pool,
        } = &self.asked;
        self.run = Some(IndicesRun::new(&study.scenario, settings, pool)?);
        Ok(false)
    }

    fn progress(&self) -> Option<(u64, u64)> {
        self.run.as_ref().map(IndicesRun::progress)
    }

    fn answer(&self) -> Result<Response, JobError> {
        let run = self.run.as_ref().ok_or_else(not_begun)?;
        Ok(Response::Indices(Box::new(run.snapshot())))
    }

    fn tells_early(&self) -> bool {
        self.run.as_ref().is_some_and(|run| run.points_done() > 0)
    }
}

impl From<CardError> for JobError {
    fn from(error: CardError) -> Self {
        out_of_range(error.code(), &error.detail())
    }
}
