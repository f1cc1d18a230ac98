//! The plain form of `gotong simulate`: a few numbers, so that anyone can compare with another solver.

use super::extras::TimeInput;
use super::model::{CostInput, PledgeInput};
use super::money::whole_minor;
use super::{Driver, Estimate, Fan, Futures, PledgeTiming, ProjectDates, Quantiles, RiskError, TrustUsed};
use crate::domain::{
    CostEstimate, CostShape, Currency, FutureSettings, MAX_AMOUNT_MINOR, Probability, Reliability, RuleId,
    Sampler,
};
use crate::funding::{FundingProject, Instance, Participant};
use serde::{Deserialize, Serialize};

/// Amounts are scaled by a power of ten to at least this, where they fit: so a cost of 7.25 is not rounded to 7.
const FINE_ENOUGH: f64 = 1e11;
const MOST_DIGITS: u32 = 12;

/// Text or a whole number: how people label sectors and rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Label {
    /// Text.
    Text(String),
    /// A number.
    Number(i64),
}

impl Label {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// A pledge in plain form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainPledge {
    /// Its id; without one, its place counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Label>,
    /// How much, in any unit; not negative.
    pub amount: f64,
    /// How likely less is paid.
    #[serde(default)]
    pub default_probability: f64,
    /// Shapes of the share lost then; absent = all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub haircut: Option<(f64, f64)>,
    /// Whom it shares bad luck with; absent = nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<Label>,
    /// Parts by period; none: all in the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tranches: Vec<u32>,
    /// Chance to be late, and how many periods then on average.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<(f64, f64)>,
    /// Chance per period to be withdrawn by a funder without trust.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub withdrawal: f64,
    /// The funder's trust before the first period.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub trust: f64,
    /// The currency it is promised in, where its rate varies; `amount` is its worth at the stated rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

fn is_none(value: &u16) -> bool {
    *value == 0
}

/// A cost in plain form. `fixed` needs `likely` alone, `lognormal` does not need it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainCost {
    /// Its shape.
    #[serde(default)]
    pub shape: CostShape,
    /// Low figure, in the unit of the pledges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// Most likely figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely: Option<f64>,
    /// High figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
}

/// A project in plain form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainProject {
    /// Its id.
    pub id: Label,
    /// What it costs.
    pub cost: PlainCost,
    /// Parts of its money by period; none: all in the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tranches: Vec<u32>,
}

/// A plan in plain form: who pledges, what is to be bought in which order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainPlan {
    /// Promised money.
    pub pledges: Vec<PlainPledge>,
    /// What is to be bought, in order.
    pub projects: Vec<PlainProject>,
    /// `in-order` (the default) or `proportional`.
    #[serde(default = "in_order")]
    pub rule: RuleId,
    /// ρ; absent = the settings'.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub common_shock: Option<f64>,
    /// Months in a period: 1, 3, 6 or 12. 0 = nobody looks at time, unless a pledge may be late or withdrawn.
    #[serde(default, skip_serializing_if = "is_none")]
    pub period_months: u16,
    /// How many periods at least; 0 = 12.
    #[serde(default, skip_serializing_if = "is_none")]
    pub periods: u16,
    /// What is there before the first period.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub opening: f64,
    /// σ of exchange rates: pairs of currency and standard deviation of the logarithm.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volatility: Vec<(Currency, f64)>,
}

fn in_order() -> RuleId {
    RuleId::InOrder
}

/// One project's answer in plain form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainFunded {
    /// Which.
    pub id: String,
    /// How often it is bought.
    pub probability: f64,
    /// Standard error of that share.
    pub standard_error: f64,
}

/// The answer in plain form, amounts in the unit of the question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainFutures {
    /// Each project, in order.
    pub funded: Vec<PlainFunded>,
    /// Money received.
    pub mobilised: Quantiles,
    /// Every project is bought that the plan on paper buys.
    pub plan_holds: Estimate,
    /// Mean of what is received short of what the plan on paper spends.
    pub expected_shortfall: f64,
    /// What moves the number of bought projects most, largest first.
    pub sensitivity: Vec<Driver>,
    /// Futures simulated.
    pub trials: u32,
    /// Which ones.
    pub seed: u64,
    /// How they were drawn.
    pub sampler: Sampler,
    /// Cash over time, where the plan looks at time; amounts in the unit of the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash: Option<PlainCash>,
}

/// Cash over time in plain form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainCash {
    /// `balance[k]`: balance after period k + 1.
    pub balance: Vec<Fan>,
    /// The period, from 1, whose balance has the lowest P10.
    pub worst_period: u16,
    /// How often the balance is below 0 after some period.
    pub shortfall: Estimate,
    /// What must be bridged.
    pub bridge: Quantiles,
    /// Each project: when it is fully paid.
    pub projects: Vec<ProjectDates>,
    /// Each pledge: how late it is, and how often it is withdrawn.
    pub pledges: Vec<PledgeTiming>,
}

/// A plan in whole internal units.
pub(super) struct Compiled {
    pub instance: Instance,
    pub rule: RuleId,
    pub pledges: Vec<PledgeInput>,
    pub costs: Vec<CostInput>,
    pub common_shock: Option<Probability>,
    pub time: TimeInput,
}

impl PlainPlan {
    /// Internal units in one unit of the plan: the power of ten that brings its largest figure to 10¹¹ or just
    /// above, between 1 and 10¹².
    pub fn scale(&self) -> f64 {
        let amounts = self.pledges.iter().map(|pledge| pledge.amount);
        let costs = self.projects.iter().flat_map(|project| {
            let PlainCost {
                low, likely, high, ..
            } = project.cost;
            [low, likely, high]
        });
        let largest = amounts
            .chain(costs.flatten())
            .filter(|value| value.is_finite())
            .fold(0.0, f64::max);
        let mut scale = 1.0;
        for _ in 0..MOST_DIGITS {
            if largest * scale < FINE_ENOUGH {
                scale *= 10.0;
            }
        }
        scale
    }

    pub(super) fn compile(&self) -> Result<Compiled, RiskError> {
        if !matches!(self.rule, RuleId::InOrder | RuleId::Proportional) {
            return Err(RiskError::RuleNeedsVotes {
                rule: self.rule.code(),
            });
        }
        let scale = self.scale();
        let all: Vec<usize> = (0..self.projects.len()).collect();
        let mut pledges = Vec::with_capacity(self.pledges.len());
        for (pledge, place) in self.pledges.iter().zip(0..) {
            pledges.push(pledge.compile(place, scale, &self.volatility)?);
        }
        let mut costs = Vec::with_capacity(self.projects.len());
        for project in &self.projects {
            costs.push(project.compile(scale)?);
        }
        let common_shock = self
            .common_shock
            .map(|value| Probability::new(value).map_err(|_| RiskError::CommonShockOutOfRange { value }))
            .transpose()?;
        let moves = |pledge: &PlainPledge| pledge.delay.is_some() || pledge.withdrawal > 0.0;
        let time = TimeInput {
            period_months: match self.period_months {
                0 if self.pledges.iter().any(moves) => FutureSettings::DEFAULT_PERIOD_MONTHS,
                months => months,
            },
            periods: match self.periods {
                0 => FutureSettings::DEFAULT_PERIODS,
                periods => periods,
            },
            opening_minor: units("opening", self.opening, scale)?,
            trust: TrustUsed::PLAIN,
        };
        let participants = pledges
            .iter()
            .map(|pledge| Participant::new(&pledge.id, pledge.amount_minor, all.clone()));
        // One vote each: the plain form's rules do not ask for votes, but refuse what nobody supports.
        let projects = costs
            .iter()
            .map(|cost| FundingProject::new(&cost.id, cost.estimate.likely_minor, 1));
        Ok(Compiled {
            instance: Instance::new(projects.collect(), participants.collect())?,
            rule: self.rule,
            pledges,
            costs,
            common_shock,
            time,
        })
    }

    /// The answer in the plan's own unit.
    pub fn futures(&self, futures: &Futures) -> PlainFutures {
        let scale = self.scale();
        let funded = futures.projects.iter().map(|project| PlainFunded {
            id: project.id.clone(),
            probability: project.funded.probability,
            standard_error: project.funded.standard_error,
        });
        PlainFutures {
            funded: funded.collect(),
            mobilised: futures.mobilised.scaled(scale),
            plan_holds: futures.plan_holds,
            expected_shortfall: futures.expected_shortfall_minor / scale,
            sensitivity: futures.sensitivity.clone(),
            trials: futures.trials_done,
            seed: futures.settings.seed,
            sampler: futures.settings.sampler,
            cash: futures.cash.as_ref().map(|cash| PlainCash {
                balance: cash
                    .periods
                    .iter()
                    .map(|period| period.balance_minor.scaled(scale))
                    .collect(),
                worst_period: cash.worst_period,
                shortfall: cash.shortfall,
                bridge: cash.bridge_minor.scaled(scale),
                projects: cash.projects.clone(),
                pledges: cash.pledges.clone(),
            }),
        }
    }
}

impl PlainPledge {
    fn compile(
        &self,
        place: usize,
        scale: f64,
        volatility: &[(Currency, f64)],
    ) -> Result<PledgeInput, RiskError> {
        let id = self.id.as_ref().map_or_else(|| place.to_string(), Label::text);
        let default_probability = Probability::new(self.default_probability).map_err(|_| {
            RiskError::DefaultProbabilityOutOfRange {
                pledge: id.clone(),
                value: self.default_probability,
            }
        })?;
        let withdrawal = Probability::new(self.withdrawal).map_err(|_| RiskError::WithdrawalOutOfRange {
            pledge: id.clone(),
            value: self.withdrawal,
        })?;
        let trust = Probability::new(self.trust).map_err(|_| RiskError::TrustOutOfRange {
            pledge: id.clone(),
            value: self.trust,
        })?;
        let reliability = Reliability {
            default_probability,
            haircut: self.haircut,
            delay: self.delay,
            withdrawal,
        };
        let stated = |currency: &Currency| volatility.iter().find(|(of, _)| of == currency).copied();
        Ok(PledgeInput {
            sector: self.sector.as_ref().map(Label::text),
            tranches: self.tranches.clone(),
            rate: self.currency.as_ref().and_then(stated),
            trust: trust.get(),
            ..PledgeInput::new(id.clone(), units(&id, self.amount, scale)?, reliability)
        })
    }
}

impl PlainProject {
    fn compile(&self, scale: f64) -> Result<CostInput, RiskError> {
        let id = self.id.text();
        let PlainCost {
            shape,
            low,
            likely,
            high,
        } = self.cost;
        let figure = |value: Option<f64>, figure: &'static str| {
            let value = value.ok_or_else(|| RiskError::MissingFigure {
                project: id.clone(),
                figure,
            })?;
            units(&id, value, scale)
        };
        let estimate = if shape == CostShape::Fixed {
            CostEstimate::fixed(figure(likely, "likely")?)
        } else {
            let (low_minor, high_minor) = (figure(low, "low")?, figure(high, "high")?);
            let likely_minor = if shape == CostShape::Lognormal && likely.is_none() {
                // On paper: the median.
                let median = (low_minor as f64).sqrt() * (high_minor as f64).sqrt();
                whole_minor(median.min(high_minor as f64)).max(low_minor)
            } else {
                figure(likely, "likely")?
            };
            CostEstimate {
                shape,
                low_minor,
                likely_minor,
                high_minor,
            }
        };
        Ok(CostInput {
            id,
            estimate,
            needs: self.tranches.clone(),
        })
    }
}

/// `value` in whole internal units.
fn units(id: &str, value: f64, scale: f64) -> Result<u64, RiskError> {
    let scaled = value * scale;
    if (0.0..=MAX_AMOUNT_MINOR as f64).contains(&scaled) {
        return Ok(whole_minor(scaled));
    }
    Err(RiskError::AmountOutOfRange {
        id: id.to_owned(),
        value,
    })
}
