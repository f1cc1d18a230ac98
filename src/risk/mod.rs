//! Simulated futures: how often a plan holds when pledges slip and costs grow.
//! Definitions and sources: `docs/risk.md`.
//!
//! [`Simulation`] draws blocks of futures (`points`: scrambled Sobol points or the counter-based generator), turns
//! each draw into a pledge's payment or a project's cost (`model`, through `pledge`, `cost`, `normal`, `beta` and
//! `table`), re-runs the funding rule in every future, and keeps integer counts (`tally`, `histogram`, `sensitivity`).
//! A block is kept column by column (`block`).
//! What blocks count up to can be computed apart and added up (`partial`, `shares`).

mod beta;
mod block;
mod calibration;
mod cash;
mod chance;
mod cost;
mod counter;
mod delay;
mod error;
mod events;
mod extras;
mod gap;
mod histogram;
mod indices;
mod model;
mod money;
mod normal;
mod paired;
mod partial;
mod parts;
mod pick_freeze;
mod plain;
mod pledge;
mod points;
mod result;
mod sensitivity;
mod shares;
mod signed;
mod simulation;
mod sobol;
mod sobol_table;
mod table;
mod tally;
mod threads;
mod timeline;
mod verified;

pub use beta::Beta;
pub use calibration::{
    Calibration, ChanceUpdate, CostCalibration, CostUpdate, DelayUpdate, HaircutUpdate, PledgeCalibration,
    calibrate,
};
pub use chance::Chance;
pub use error::RiskError;
pub use events::{
    Event, EventRow, EventTarget, EventUnit, LATE_COST_PERCENT, dearest_project, largest_pledge,
};
pub use histogram::Histogram;
pub use indices::{FigureIndices, IndexedDriver, IndexedFigure, Indices, IndicesRun, Share};
pub use model::MAX_QUANTITIES;
pub use normal::{normal_cdf, normal_density, normal_quantile};
pub use paired::{Contrast, Paired, PairedProject, PairedRun};
pub use partial::{Partial, PartialError};
pub use plain::{
    Label, PlainCash, PlainCost, PlainFunded, PlainFutures, PlainPlan, PlainPledge, PlainProject,
};
pub use result::{
    CashFutures, Fan, PeriodFutures, PeriodQuantiles, PledgeTiming, ProjectDates, RateFutures,
    ResultsFutures, TrustUsed,
};
pub use shares::Shares;
pub use simulation::{MAX_TRIALS, Simulation, simulate};
pub use threads::{MAX_THREADS, run_on_threads};

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
    pub funded: Estimate,
    /// What it gets.
    pub granted_minor: Quantiles,
    /// What it costs: quantiles of the distribution itself, free of sampling error.
    pub cost_minor: Quantiles,
}

/// One funder over all futures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunderFutures {
    /// Which: the participant's id as in [`FundReport`](crate::funding::FundReport) (of a scenario: the pledge's).
    pub id: String,
    /// What it really pays in.
    pub paid_in_minor: Quantiles,
    /// What the rule spends of it.
    pub spent_minor: Quantiles,
}

/// How much one uncertain quantity moves the result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Driver {
    /// `pledge:ID`, `cost:ID`, `rate:CUR`, `delay:ID` or `withdraw:ID`.
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
    /// Trials, seed, sampler and shock used: under Sobol the trials asked for, rounded up to a power of two (at
    /// least 16). The same settings give the same bytes again.
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
    /// Cash over time; `None` where the scenario states no periods and nothing is late or withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash: Option<CashFutures>,
    /// Each uncertain exchange rate, by currency.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<RateFutures>,
    /// Each results-based pledge, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ResultsFutures>,
}
