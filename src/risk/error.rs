//! Why futures cannot be simulated.

use crate::domain::MAX_PERIODS;
use crate::funding::FundingError;
use std::fmt;

/// Why futures cannot be simulated.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RiskError {
    /// `trials` is 0 or above [`MAX_TRIALS`](super::MAX_TRIALS).
    TrialsOutOfRange {
        /// What was asked.
        trials: u32,
    },
    /// ρ is outside [0, 1].
    CommonShockOutOfRange {
        /// What was given.
        value: f64,
    },
    /// A default probability is outside [0, 1].
    DefaultProbabilityOutOfRange {
        /// Which pledge.
        pledge: String,
        /// What was given.
        value: f64,
    },
    /// A shape of a haircut is outside [0.01, 10 000].
    HaircutOutOfRange {
        /// Which pledge.
        pledge: String,
        /// The shapes given.
        shapes: (f64, f64),
    },
    /// An amount is negative, not finite, or above the largest accepted.
    AmountOutOfRange {
        /// Which pledge or project.
        id: String,
        /// What was given.
        value: f64,
    },
    /// Not low ≤ likely ≤ high.
    CostOrder {
        /// Which project.
        project: String,
    },
    /// A lognormal cost whose low figure is 0: no lognormal quantity is below 0 one time in ten.
    LognormalFromZero {
        /// Which project.
        project: String,
    },
    /// A figure the cost's shape needs is missing.
    MissingFigure {
        /// Which project.
        project: String,
        /// `low`, `likely` or `high`.
        figure: &'static str,
    },
    /// The plain form holds no votes: it knows the rules `in-order` and `proportional` only.
    RuleNeedsVotes {
        /// The rule asked for.
        rule: &'static str,
    },
    /// A pledge of an organisation the scenario does not hold.
    UnknownFunder {
        /// Which pledge.
        pledge: String,
    },
    /// More uncertain quantities than are simulated at once.
    TooManyQuantities {
        /// How many there are.
        count: usize,
        /// How many may be.
        most: usize,
    },
    /// A delay's chance is outside [0, 1], or its mean outside [1, 120] periods.
    DelayOutOfRange {
        /// Which pledge.
        pledge: String,
        /// Chance and mean.
        delay: (f64, f64),
    },
    /// A chance of withdrawal is outside [0, 1].
    WithdrawalOutOfRange {
        /// Which pledge.
        pledge: String,
        /// What was given.
        value: f64,
    },
    /// A trust level is outside [0, 1].
    TrustOutOfRange {
        /// Which pledge.
        pledge: String,
        /// What was given.
        value: f64,
    },
    /// A volatility is outside [0, 2].
    VolatilityOutOfRange {
        /// Which currency.
        currency: String,
        /// What was given.
        value: f64,
    },
    /// A shape of the share of verified outcomes is outside [0.01, 10 000].
    VerifiedOutOfRange {
        /// Which pledge.
        pledge: String,
        /// The shapes given.
        shapes: (f64, f64),
    },
    /// A period is not 1, 3, 6 or 12 months long.
    PeriodOutOfRange {
        /// What was given.
        months: u16,
    },
    /// More periods than are looked at.
    PeriodsOutOfRange {
        /// How many there are.
        value: usize,
    },
    /// The figure of an event is outside its range.
    EventOutOfRange {
        /// Which event.
        event: &'static str,
        /// What was asked.
        by: u32,
    },
    /// An event is about a pledge or project that the scenario does not have.
    EventTarget {
        /// Which event.
        event: &'static str,
        /// The id asked for; empty where there is none at all.
        id: String,
    },
    /// The pool itself cannot be computed.
    Funding(FundingError),
}

impl RiskError {
    /// The stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TrialsOutOfRange { .. } => "risk-trials-out-of-range",
            Self::CommonShockOutOfRange { .. } => "risk-common-shock-out-of-range",
            Self::DefaultProbabilityOutOfRange { .. } => "risk-default-probability-out-of-range",
            Self::HaircutOutOfRange { .. } => "risk-haircut-out-of-range",
            Self::AmountOutOfRange { .. } => "risk-amount-out-of-range",
            Self::CostOrder { .. } => "risk-cost-order",
            Self::LognormalFromZero { .. } => "risk-lognormal-from-zero",
            Self::MissingFigure { .. } => "risk-missing-figure",
            Self::RuleNeedsVotes { .. } => "risk-rule-needs-votes",
            Self::UnknownFunder { .. } => "risk-unknown-funder",
            Self::TooManyQuantities { .. } => "risk-too-many-quantities",
            Self::DelayOutOfRange { .. } => "risk-delay-out-of-range",
            Self::WithdrawalOutOfRange { .. } => "risk-withdrawal-out-of-range",
            Self::TrustOutOfRange { .. } => "risk-trust-out-of-range",
            Self::VolatilityOutOfRange { .. } => "risk-volatility-out-of-range",
            Self::VerifiedOutOfRange { .. } => "risk-verified-out-of-range",
            Self::PeriodOutOfRange { .. } => "risk-period-out-of-range",
            Self::PeriodsOutOfRange { .. } => "risk-periods-out-of-range",
            Self::EventOutOfRange { .. } => "risk-event-out-of-range",
            Self::EventTarget { .. } => "risk-event-target",
            Self::Funding(error) => error.code(),
        }
    }

    /// What is at fault and its value, as text: for `out-of-range` messages.
    pub fn detail(&self) -> String {
        match self {
            Self::TrialsOutOfRange { trials } => trials.to_string(),
            Self::CommonShockOutOfRange { value } => value.to_string(),
            Self::DefaultProbabilityOutOfRange { pledge, value } => format!("{pledge}: {value}"),
            Self::WithdrawalOutOfRange { pledge, value } | Self::TrustOutOfRange { pledge, value } => {
                format!("{pledge}: {value}")
            }
            Self::HaircutOutOfRange {
                pledge,
                shapes: (a, b),
            }
            | Self::VerifiedOutOfRange {
                pledge,
                shapes: (a, b),
            }
            | Self::DelayOutOfRange {
                pledge,
                delay: (a, b),
            } => format!("{pledge}: {a}, {b}"),
            Self::VolatilityOutOfRange { currency, value } => format!("{currency}: {value}"),
            Self::PeriodOutOfRange { months } => months.to_string(),
            Self::PeriodsOutOfRange { value } => format!("{value} > {MAX_PERIODS}"),
            Self::AmountOutOfRange { id, value } => format!("{id}: {value}"),
            Self::CostOrder { project } | Self::LognormalFromZero { project } => project.clone(),
            Self::MissingFigure { project, figure } => format!("{project}: {figure}"),
            Self::RuleNeedsVotes { rule } => (*rule).to_owned(),
            Self::UnknownFunder { pledge } => pledge.clone(),
            Self::TooManyQuantities { count, most } => format!("{count} > {most}"),
            Self::EventOutOfRange { event, by } => format!("{event}: {by}"),
            Self::EventTarget { event, id } => format!("{event}: {id}"),
            Self::Funding(error) => error.to_string(),
        }
    }
}

impl From<FundingError> for RiskError {
    fn from(error: FundingError) -> Self {
        Self::Funding(error)
    }
}

impl fmt::Display for RiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.detail())
    }
}

impl std::error::Error for RiskError {}
