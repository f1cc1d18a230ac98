//! What cards do to a plan, each alone and all together, under the same random numbers.

use super::Effort;
use super::cards::{Card, CardError, CardKind, draw};
use crate::domain::{FutureSettings, PoolPlan, RuleId, Scenario};
use crate::risk::{Paired, PairedRun};
use serde::{Deserialize, Serialize};

/// What one card, or all together, does to the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CardLine {
    /// The cards.
    pub cards: Vec<Card>,
    /// What the levers among them cost in a year.
    pub effort: Effort,
    /// The share of every pledge that pays for them, in basis points.
    pub overhead_basis_points: u32,
    /// What is left of every chance that a pledge slips, by the levers among them.
    pub default_ratio: f64,
    /// Before and after.
    pub paired: Paired,
}

/// What the cards drawn do. Partial results have `trials_done < settings.trials`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhatIf {
    /// Trials, seed, sampler and shock before.
    pub settings: FutureSettings,
    /// The rule that was re-run.
    pub rule: RuleId,
    /// Futures simulated of each plan.
    pub trials_done: u32,
    /// Whether the pool pays for levers.
    pub pool_pays: bool,
    /// All cards together.
    pub together: CardLine,
    /// Each card alone, in the order drawn; empty where there is only one.
    pub alone: Vec<CardLine>,
}

/// What is kept of a card beside its futures.
#[derive(Clone, Debug)]
struct Line {
    cards: Vec<Card>,
    effort: Effort,
    overhead_basis_points: u32,
    default_ratio: f64,
}

/// A run that compares a plan with itself under cards: [`PairedRun`] of all cards together and of each alone.
#[derive(Debug)]
pub struct WhatIfRun {
    run: PairedRun,
    lines: Vec<Line>,
    pool_pays: bool,
}

impl WhatIfRun {
    /// The run of `cards` over `scenario` under these settings and rule. If a card is about time and no period is stated,
    /// both sides look at quarters.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn new(
        scenario: &Scenario,
        (settings, pool): (FutureSettings, PoolPlan),
        cards: &[Card],
        pool_pays: bool,
    ) -> Result<Self, CardError> {
        let mut before = Scenario {
            futures: settings,
            pool,
            ..scenario.clone()
        };
        let about_time = |card: &Card| matches!(card.kind, CardKind::Event(event) if event.is_about_time());
        if before.futures.period_months == 0 && cards.iter().any(about_time) {
            before.futures.period_months = FutureSettings::DEFAULT_PERIOD_MONTHS;
        }
        let mut stacks = vec![cards.to_vec()];
        if cards.len() > 1 {
            stacks.extend(cards.iter().map(|card| vec![card.clone()]));
        }
        let (mut lines, mut afters) = (Vec::new(), Vec::new());
        for cards in stacks {
            let drawn = draw(&before, &cards, pool_pays)?;
            lines.push(Line {
                cards,
                effort: drawn.effort,
                overhead_basis_points: drawn.overhead_basis_points,
                default_ratio: drawn.default_ratio,
            });
            afters.push(drawn.scenario);
        }
        Ok(Self {
            run: PairedRun::new(&before, &afters)?,
            lines,
            pool_pays,
        })
    }

    /// Does about `work` nanoseconds of work; whether there is more to do.
    pub fn step_for(&mut self, work: u64) -> bool {
        self.run.step_for(work)
    }

    /// Futures done, and in all, of each plan.
    pub fn progress(&self) -> (u32, u32) {
        (self.run.trials_done(), self.run.trials_total())
    }

    /// What the futures so far say.
    pub fn answer(&self) -> Option<WhatIf> {
        let lines = self
            .lines
            .iter()
            .zip(self.run.snapshot())
            .map(|(line, paired)| CardLine {
                cards: line.cards.clone(),
                effort: line.effort,
                overhead_basis_points: line.overhead_basis_points,
                default_ratio: line.default_ratio,
                paired: paired.clone(),
            });
        let mut lines = lines;
        Some(WhatIf {
            settings: self.run.settings(),
            rule: self.run.rule(),
            trials_done: self.run.trials_done(),
            pool_pays: self.pool_pays,
            together: lines.next()?,
            alone: lines.collect(),
        })
    }
}
