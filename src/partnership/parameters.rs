//! Every number of the model that is a choice and not an observation, with its range.

use super::{Change, PartnershipError, lever_row};
use crate::domain::{Currency, Lever, Money, Scenario, TRUST_EXIT, TRUST_GAIN, TRUST_LIFT_MOST, TRUST_LOSS};
use serde::{Deserialize, Serialize};

/// What a person-day is worth where nobody says otherwise, in rupiah. Illustrative.
pub const DAY_RATE_RUPIAH: u64 = 500_000;

macro_rules! parameters {
    ($($(#[$doc:meta])* $name:ident = ($code:literal, $symbol:literal, $unit:literal, $default:expr,
        $least:literal, $most:literal, $bound:expr);)+) => {
        /// A parameter of the partnership model. The serialised name is the stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum ParameterId { $($(#[$doc])* $name),+ }

        impl ParameterId {
            /// Every parameter, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its row: code, symbol, unit, default, range, and how far levers may move it.
            pub fn spec(self) -> ParameterSpec {
                match self {
                    $(Self::$name => ParameterSpec {
                        code: $code, symbol: $symbol, unit: $unit, default: $default,
                        least: $least, most: $most, lever_bound: $bound,
                    }),+
                }
            }
        }
    };
}

/// The row of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParameterSpec {
    /// The stable code.
    pub code: &'static str,
    /// The letter it has in formulas.
    pub symbol: &'static str,
    /// What it is counted in; `1` for a plain number.
    pub unit: &'static str,
    /// Its value unless said otherwise; illustrative.
    pub default: f64,
    /// The least it may be.
    pub least: f64,
    /// The most it may be.
    pub most: f64,
    /// How far levers together move it, in whichever direction they move it.
    pub lever_bound: f64,
}

parameters! {
    /// Work of keeping one pair of partners in step (C1); times the day rate it is α.
    CoordinationDays = ("coordination-days", "d", "person-days per pair and year", 12.0, 0.0, 365.0, 4.0);
    /// What is left of a difference of pace (C1).
    PaceRatio = ("pace-ratio", "ρₚ", "1", 1.0, 0.0, 1.0, 0.3);
    /// What is left of a difference of formality (C4).
    FormalityRatio = ("formality-ratio", "ρ_f", "1", 1.0, 0.0, 1.0, 0.3);
    /// What is left of a difference of horizon (C2).
    HorizonRatio = ("horizon-ratio", "ρₕ", "1", 1.0, 0.0, 1.0, 0.3);
    /// What is left of a difference of goals (C2, C9).
    GoalRatio = ("goal-ratio", "ρ_g", "1", 1.0, 0.0, 1.0, 0.3);
    /// What is left of competing for the same donors (C6).
    DonorRatio = ("donor-ratio", "ρ_d", "1", 1.0, 0.0, 1.0, 0.3);
    /// The alignment of goals below which a pair is flagged (C9).
    GoalThreshold = ("goal-threshold", "θ", "1", 0.25, 0.0, 1.0, 0.25);
    /// a: what a kept promise closes of the distance to full trust.
    TrustGain = ("trust-gain", "a", "1", TRUST_GAIN, 0.0, 1.0, TRUST_GAIN);
    /// b: the share of trust a broken promise costs; above a.
    TrustLoss = ("trust-loss", "b", "1", TRUST_LOSS, 0.0, 1.0, TRUST_LOSS);
    /// What levers close of the distance to full trust.
    TrustLift = ("trust-lift", "g", "1", 0.0, 0.0, 1.0, TRUST_LIFT_MOST);
    /// What is left of the chance that a pledge slips (C7).
    DefaultRatio = ("default-ratio", "ρ_π", "1", 1.0, 0.0, 1.0, 0.4);
    /// The chance that a party without friction, trust or doubtful pledge leaves within a year.
    ExitProbability = ("exit-probability", "e₀", "1 per year", 0.04, 0.0, 1.0, 0.01);
    /// How much likelier leaving is in the first year (C8).
    FirstYearRatio = ("first-year-ratio", "λ", "1", 1.5, 1.0, 5.0, 1.0);
    /// By how much full friction raises the chance of leaving.
    FrictionExit = ("friction-exit", "φ", "1", 1.0, 0.0, 5.0, 1.0);
    /// By how much full trust lowers the chance of leaving.
    TrustExit = ("trust-exit", "τ", "1", TRUST_EXIT, 0.0, 1.0, TRUST_EXIT);
    /// What a sure default would add to the chance of leaving.
    PledgeExit = ("pledge-exit", "δ", "1", 0.25, 0.0, 1.0, 0.25);
    /// What levers close of the share of decisions without an owner.
    OwnerShare = ("owner-share", "g_o", "1", 0.0, 0.0, 1.0, 0.9);
    /// What levers close of the share of decisions and payments without a check.
    CheckShare = ("check-share", "g_c", "1", 0.0, 0.0, 1.0, 0.9);
    /// What levers close of the share of parties without a say.
    VoiceShare = ("voice-share", "g_v", "1", 0.0, 0.0, 1.0, 0.9);
    /// What levers close of the share of pairs that are not in touch.
    ContactShare = ("contact-share", "g_n", "1", 0.0, 0.0, 1.0, 0.8);
}

/// One parameter and its value, as files and answers write it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParameterValue {
    /// Which.
    pub id: ParameterId,
    /// Its value.
    pub value: f64,
}

/// A value for every parameter, and what a person-day is worth.
///
/// In JSON `{"day_rate_minor": 500000, "values": [{"id": "coordination-days", "value": 12.0}, …]}`;
/// parameters left out have their default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Parameters {
    day_rate_minor: Option<u64>,
    /// `values[id as usize]`, one for each of [`ParameterId::ALL`], inside its range.
    values: Vec<f64>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(default)]
    day_rate_minor: Option<u64>,
    #[serde(default)]
    values: Vec<ParameterValue>,
}

impl TryFrom<Written> for Parameters {
    type Error = PartnershipError;
    fn try_from(written: Written) -> Result<Self, PartnershipError> {
        let start = Self::default().with_day_rate_minor(written.day_rate_minor);
        start.with_all(&written.values)
    }
}

impl From<Parameters> for Written {
    fn from(parameters: Parameters) -> Self {
        let value = |&id: &ParameterId| ParameterValue {
            id,
            value: parameters.get(id),
        };
        Self {
            day_rate_minor: parameters.day_rate_minor,
            values: ParameterId::ALL.iter().map(value).collect(),
        }
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            day_rate_minor: Some(DAY_RATE_RUPIAH),
            values: ParameterId::ALL.iter().map(|id| id.spec().default).collect(),
        }
    }
}

impl Parameters {
    /// The defaults with a day rate in the base currency of `scenario`; without one where the scenario states
    /// no rate for rupiah, and what costs days has then no figure in money.
    pub fn of(scenario: &Scenario) -> Self {
        let rupiah = Money::new(DAY_RATE_RUPIAH, Currency::IDR).ok();
        Self::default().with_day_rate_minor(rupiah.and_then(|rate| scenario.in_base(rate)))
    }

    /// The value of a parameter.
    pub fn get(&self, id: ParameterId) -> f64 {
        self.values.get(id as usize).copied().unwrap_or(id.spec().default)
    }

    /// What a person-day is worth, in minor units of the base currency; `None` = not known in this currency.
    pub fn day_rate_minor(&self) -> Option<u64> {
        self.day_rate_minor
    }

    /// The same with another day rate.
    #[must_use]
    pub fn with_day_rate_minor(mut self, day_rate_minor: Option<u64>) -> Self {
        self.day_rate_minor = day_rate_minor;
        self
    }

    /// The same with other values.
    ///
    /// # Errors
    /// [`PartnershipError::OutOfRange`] outside the range of the table (and for what is not a number),
    /// [`PartnershipError::TrustLossNotAboveGain`] unless b > a.
    pub fn with_all(mut self, values: &[ParameterValue]) -> Result<Self, PartnershipError> {
        for &ParameterValue { id, value } in values {
            let spec = id.spec();
            if !(spec.least..=spec.most).contains(&value) {
                let what = spec.code.to_owned();
                return Err(PartnershipError::OutOfRange { what, value });
            }
            self.set(id, value);
        }
        let (gain, loss) = (self.get(ParameterId::TrustGain), self.get(ParameterId::TrustLoss));
        if loss > gain {
            Ok(self)
        } else {
            Err(PartnershipError::TrustLossNotAboveGain { gain, loss })
        }
    }

    /// The same with one other value.
    ///
    /// # Errors
    /// As [`Parameters::with_all`].
    pub fn with(self, id: ParameterId, value: f64) -> Result<Self, PartnershipError> {
        self.with_all(&[ParameterValue { id, value }])
    }

    fn set(&mut self, id: ParameterId, value: f64) {
        if let Some(slot) = self.values.get_mut(id as usize) {
            *slot = value;
        }
    }

    /// The same after pulling `levers`, a set: order and repeats do not matter.
    ///
    /// value' = value · Π factors, or value + Σ additions, over the levers of the set, but never beyond the
    /// parameter's `lever_bound` (a value already beyond it stays). So more levers never do less, and
    /// together they do not abolish friction. All effects are illustrative. Cost: O(levers · effects). No
    /// errors.
    ///
    /// ```
    /// use gotong::domain::Lever;
    /// use gotong::partnership::{ParameterId, Parameters};
    ///
    /// // Kelompok tani and the district office meet every month (K5) and share one app (K3): less time is
    /// // lost waiting for each other's decisions.
    /// let before = Parameters::default();
    /// let after = before.with_levers(&[Lever::Communication, Lever::Technology]);
    /// assert_eq!(before.get(ParameterId::PaceRatio), 1.0);
    /// assert!((after.get(ParameterId::PaceRatio) - 0.8 * 0.9).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn with_levers(&self, levers: &[Lever]) -> Self {
        let mut pulled = self.clone();
        for &id in ParameterId::ALL {
            let (mut factor, mut addition, mut moved) = (1.0, 0.0, false);
            // In the order of K, so that floating point sums are the same for every order of the set.
            for &lever in Lever::ALL.iter().filter(|lever| levers.contains(lever)) {
                for effect in lever_row(lever)
                    .effects
                    .iter()
                    .filter(|effect| effect.parameter == id)
                {
                    moved = true;
                    match effect.change {
                        Change::Times(by) => factor *= by,
                        Change::Plus(by) => addition += by,
                    }
                }
            }
            if moved {
                let (value, bound) = (self.get(id), id.spec().lever_bound);
                let free = value * factor + addition;
                let capped = if free <= value {
                    free.max(bound.min(value))
                } else {
                    free.min(bound.max(value))
                };
                pulled.set(id, capped);
            }
        }
        pulled
    }
}
