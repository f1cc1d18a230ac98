//! Simulated futures: how often a plan holds when pledges slip and costs grow.
//! Definitions and sources: `docs/risk.md`.

use crate::domain::{FutureSettings, RuleId};
use serde::{Deserialize, Serialize};

/// P10, P50 and P90 of a quantity over the futures, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quantiles {
    /// One future in ten is below.
    pub p10: f64,
    /// Half are below.
    pub p50: f64,
    /// Nine in ten are below.
    pub p90: f64,
}

/// A probability with its standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Share of futures.
    pub probability: f64,
    /// Standard error of that share.
    pub standard_error: f64,
}

/// One project over all futures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectFutures {
    /// Which.
    pub id: String,
    /// How often it is funded (a divisible one: at least its minimum).
    #[serde(flatten)]
    pub funded: Estimate,
    /// What it gets.
    pub granted_minor: Quantiles,
    /// What it costs.
    pub cost_minor: Quantiles,
}

/// One funder over all futures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunderFutures {
    /// Which.
    pub id: String,
    /// What it really pays in.
    pub paid_in_minor: Quantiles,
    /// What the rule spends of it.
    pub spent_minor: Quantiles,
}

/// How much one uncertain quantity moves the result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Driver {
    /// `pledge:ID` or `cost:ID`.
    pub id: String,
    /// Spearman rank correlation with the number of projects funded, in [−1, 1].
    pub rank_correlation: f64,
    /// Mean number of projects funded when it is in its lowest fifth, and in its highest fifth.
    pub funded_when: [f64; 2],
    /// Standard error of the rank correlation.
    pub standard_error: f64,
}

/// What the futures say so far. Partial results have `trials_done < settings.trials`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Futures {
    /// Trials, seed, sampler and shock asked for.
    pub settings: FutureSettings,
    /// The rule that was re-run in each future.
    pub rule: RuleId,
    /// Futures simulated.
    pub trials_done: u32,
    /// Each project.
    pub projects: Vec<ProjectFutures>,
    /// Each funder.
    pub funders: Vec<FunderFutures>,
    /// Every project that the plan on paper funds is funded.
    pub plan_holds: Estimate,
    /// Money received.
    pub mobilised: Quantiles,
    /// Mean shortfall of what was received against what the plan on paper spends, in minor units.
    pub expected_shortfall_minor: f64,
    /// What moves the number of funded projects most; largest first. Empty until the run ends.
    pub sensitivity: Vec<Driver>,
}
