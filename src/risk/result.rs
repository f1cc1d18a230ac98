//! What the futures say about time, money abroad and results: plain data for pictures, tables and files.

use super::{Estimate, Quantiles};
use crate::domain::{Currency, OrgId, TRUST_EXIT, TRUST_GAIN, TRUST_LOSS, Text};
use serde::{Deserialize, Serialize};

/// Five quantiles of a quantity that may be below 0, in minor units: a fan's five lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fan {
    /// One future in twenty is below.
    pub p5: f64,
    /// One in ten.
    pub p10: f64,
    /// Half.
    pub p50: f64,
    /// Nine in ten.
    pub p90: f64,
    /// Nineteen in twenty.
    pub p95: f64,
}

impl Fan {
    /// The same with every figure divided by `scale`.
    pub(super) fn scaled(self, scale: f64) -> Self {
        Self {
            p5: self.p5 / scale,
            p10: self.p10 / scale,
            p50: self.p50 / scale,
            p90: self.p90 / scale,
            p95: self.p95 / scale,
        }
    }
}

impl Quantiles {
    /// The same with every figure divided by `scale`.
    pub(super) fn scaled(self, scale: f64) -> Self {
        Self {
            p10: self.p10 / scale,
            p50: self.p50 / scale,
            p90: self.p90 / scale,
        }
    }
}

/// One period over all futures; money comes before it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PeriodFutures {
    /// What funders pay in it of the money the rule spends.
    pub inflow_minor: Quantiles,
    /// What projects need in it.
    pub outflow_minor: Quantiles,
    /// Opening balance and everything paid so far less everything needed so far. Below 0 somebody must bridge.
    pub balance_minor: Fan,
    /// How often the balance is below 0.
    pub short: Estimate,
    /// Mean trust of the funders that may withdraw, after it; `None` where none may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<f64>,
}

/// Quantiles of a period, counted from 1; `None`: after the last period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodQuantiles {
    /// One future in ten is there by then.
    pub p10: Option<u16>,
    /// Half.
    pub p50: Option<u16>,
    /// Nine in ten.
    pub p90: Option<u16>,
}

/// When one project is fully paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProjectDates {
    /// Which project.
    pub id: String,
    /// The last period in which it needs money.
    pub needed_by: u16,
    /// How often it is funded and its money is there in the period in which it is needed.
    pub on_time: Estimate,
    /// The period in which it is fully paid, over the futures in which it is funded at all; `None` if it never is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_by: Option<PeriodQuantiles>,
}

/// When the money of one pledge comes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PledgeTiming {
    /// Which pledge.
    pub id: String,
    /// How often it is late.
    pub late: Estimate,
    /// How many periods late; 0 = on time.
    pub delay: [u16; 3],
    /// How often it is withdrawn before all of it is paid.
    pub withdrawn: Estimate,
}

/// The coefficients of trust used (docs/model.md): illustrative.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrustUsed {
    /// a: share of the distance to full trust that kept promises close.
    pub gain: f64,
    /// b: share of trust that broken promises cost.
    pub loss: f64,
    /// g: share of the distance to full trust that open reporting (K1, K5, K7) closes.
    pub lift: f64,
    /// τ: by how much full trust lowers the chance to withdraw.
    pub exit: f64,
}

impl TrustUsed {
    /// The constants of the model, without open reporting.
    pub const PLAIN: Self = Self {
        gain: TRUST_GAIN,
        loss: TRUST_LOSS,
        lift: 0.0,
        exit: TRUST_EXIT,
    };
}

/// Cash over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CashFutures {
    /// Months in a period: 1, 3, 6 or 12.
    pub period_months: u16,
    /// What is there before the first period.
    pub opening_minor: u64,
    /// `periods[k]` is period k + 1.
    pub periods: Vec<PeriodFutures>,
    /// The period, from 1, whose balance has the lowest P10; ties: the first.
    pub worst_period: u16,
    /// How often the balance is below 0 after some period.
    pub shortfall: Estimate,
    /// What must be bridged: max(0, −lowest balance of a future). Zero in the futures that need no bridge.
    pub bridge_minor: Quantiles,
    /// Mean of what comes only after the last period.
    pub later_minor: f64,
    /// Each project, in order.
    pub projects: Vec<ProjectDates>,
    /// Each pledge, in order.
    pub pledges: Vec<PledgeTiming>,
    /// How trust was reckoned; `None` where nobody may withdraw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trust: Option<TrustUsed>,
}

/// An uncertain exchange rate: quantiles of the distribution itself, free of sampling error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RateFutures {
    /// The foreign currency.
    pub currency: Currency,
    /// σ: standard deviation of the logarithm of the rate.
    pub volatility: f64,
    /// What one unit is worth, as a multiple of the stated rate (the median is 1).
    pub factor: Quantiles,
}

/// A results-based pledge over all futures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultsFutures {
    /// Which pledge.
    pub id: String,
    /// What is counted.
    pub outcome: Text,
    /// How many are expected.
    pub expected: u64,
    /// How many are verified.
    pub verified: Quantiles,
    /// What is paid for them: min(price · verified, cap, what the funder has).
    pub paid_minor: Quantiles,
    /// What is spent before any is verified.
    pub advance_minor: Quantiles,
    /// What of the advance is not paid back.
    pub carried_minor: Quantiles,
    /// How often some of the advance is not paid back.
    pub loss: Estimate,
    /// Who advances the money and bears that loss; `None`: nobody has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried_by: Option<OrgId>,
}
