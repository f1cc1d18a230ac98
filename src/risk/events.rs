//! What may happen to a plan, as cards a workshop draws: each a row with a code, one figure and what it changes.

use super::RiskError;
use crate::domain::{CostShape, MAX_AMOUNT_MINOR, Money, Pledge, Probability, Project, Scenario};
use serde::{Deserialize, Serialize};

/// What the figure of an event counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventUnit {
    /// Percent.
    Percent,
    /// Quarters of a year.
    Quarters,
}

/// Whom or what an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventTarget {
    /// The whole plan.
    Plan,
    /// One pledge; unless said otherwise the largest (ties: the first by id).
    Pledge,
    /// One project; unless said otherwise the dearest (ties: the first by id).
    Project,
}

/// The row of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EventRow {
    /// The stable code.
    pub code: &'static str,
    /// About what.
    pub target: EventTarget,
    /// What its figure counts.
    pub unit: EventUnit,
    /// The figure unless said otherwise; illustrative.
    pub usual: u32,
    /// The least it may be.
    pub least: u32,
    /// The most it may be.
    pub most: u32,
}

/// How much dearer projects get by each quarter they start late, in percent. Illustrative.
pub const LATE_COST_PERCENT: u32 = 2;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = ($code:literal, $target:ident, $unit:ident, $usual:literal, $least:literal, $most:literal);)+) => {
        /// Something that may happen. The serialised name is the stable code. All usual figures are illustrative.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum Event { $($(#[$doc])* $name),+ }

        impl Event {
            /// Every event, in the order they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its row.
            pub fn row(self) -> EventRow {
                match self {
                    $(Self::$name => EventRow {
                        code: $code, target: EventTarget::$target, unit: EventUnit::$unit,
                        usual: $usual, least: $least, most: $most,
                    }),+
                }
            }
        }
    };
}

events! {
    /// A donor takes back a part of its pledge: amount · (1 − by).
    DonorWithdraws = ("donor-withdraws", Pledge, Percent, 30, 1, 100);
    /// A donor promises more: amount · (1 + by).
    DonorRaises = ("donor-raises", Pledge, Percent, 20, 1, 1_000);
    /// Hard times: every chance that a pledge slips rises to p · (1 + by), at most 1.
    HardTimes = ("hard-times", Plan, Percent, 50, 1, 1_000);
    /// Funders of a sector fall together: ρ becomes by.
    SharedTrouble = ("shared-trouble", Plan, Percent, 70, 0, 100);
    /// All projects get dearer: low, likely and high · (1 + by).
    CostsUp = ("costs-up", Plan, Percent, 20, 1, 1_000);
    /// One project gets dearer.
    CostUp = ("cost-up", Project, Percent, 50, 1, 1_000);
    /// Prices are agreed beforehand: low and high move towards likely by this part of the way.
    CostsFirm = ("costs-firm", Plan, Percent, 100, 1, 100);
    /// Foreign money is worth less: every rate · (1 − by).
    RateFalls = ("rate-falls", Plan, Percent, 10, 1, 99);
    /// A donor pays later: its tranches move back.
    DonorLate = ("donor-late", Pledge, Quarters, 2, 1, 40);
    /// Permits come late: all projects start later, and each quarter makes them 2 % dearer ([`LATE_COST_PERCENT`]).
    PermitsLate = ("permits-late", Plan, Quarters, 2, 1, 40);
}

const MONTHS_OF_QUARTER: u32 = 3;

impl Event {
    /// The event of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|event| event.row().code == code)
    }

    /// Whether it is about when money comes and goes: then the futures must look at time.
    pub fn is_about_time(self) -> bool {
        self.row().unit == EventUnit::Quarters
    }

    /// Makes it happen to `scenario` with this figure (the row's usual one if `None`), to the pledge or project of the id
    /// `target` (the largest if `None`).
    ///
    /// Amounts are rounded down where money is taken away (nobody loses more than the stated part) or added, so every
    /// figure stays whole; none exceeds [`MAX_AMOUNT_MINOR`]. Order of rows does not matter. Cost: O(pledges + projects).
    ///
    /// # Errors
    /// [`RiskError::EventOutOfRange`] for a figure outside the row's range, [`RiskError::EventTarget`] for a target the
    /// scenario does not have.
    pub fn happen(
        self,
        scenario: &mut Scenario,
        by: Option<u32>,
        target: Option<&str>,
    ) -> Result<(), RiskError> {
        let row = self.row();
        let by = by.unwrap_or(row.usual);
        if !(row.least..=row.most).contains(&by) {
            return Err(RiskError::EventOutOfRange { event: row.code, by });
        }
        match self {
            Self::DonorWithdraws | Self::DonorRaises => {
                let pledge = pledge_of(scenario, row.code, target)?;
                let (minor, currency) = (pledge.amount.amount_minor(), pledge.amount.currency());
                let part = percent_of(minor, by);
                let minor = if self == Self::DonorRaises {
                    minor.saturating_add(part).min(MAX_AMOUNT_MINOR)
                } else {
                    minor - part.min(minor)
                };
                if let Ok(amount) = Money::new(minor, currency) {
                    pledge.amount = amount;
                }
            }
            Self::HardTimes => {
                for pledge in &mut scenario.pledges {
                    let chance = &mut pledge.reliability.default_probability;
                    *chance = probability(chance.get() * (1.0 + f64::from(by) / 100.0));
                }
            }
            Self::SharedTrouble => scenario.futures.common_shock = probability(f64::from(by) / 100.0),
            Self::CostsUp => scenario
                .projects
                .iter_mut()
                .for_each(|project| dearer(project, by)),
            Self::CostUp => dearer(project_of(scenario, row.code, target)?, by),
            Self::CostsFirm => scenario.projects.iter_mut().for_each(|project| firm(project, by)),
            Self::RateFalls => {
                for rate in &mut scenario.conversions {
                    let left = u64::from(100 - by);
                    // As a fraction: nothing is rounded before an amount is, unless the figures are huge.
                    let exact = rate
                        .rate_numerator
                        .checked_mul(left)
                        .zip(rate.rate_denominator.checked_mul(100));
                    (rate.rate_numerator, rate.rate_denominator) = exact.unwrap_or((
                        percent_of(rate.rate_numerator, 100 - by).max(1),
                        rate.rate_denominator,
                    ));
                }
            }
            Self::DonorLate => {
                let periods = periods(scenario, by);
                let pledge = pledge_of(scenario, row.code, target)?;
                pledge.terms.tranches = moved_back(&pledge.terms.tranches, periods);
            }
            Self::PermitsLate => {
                let periods = periods(scenario, by);
                let months = scenario.futures.period_months;
                for project in &mut scenario.projects {
                    project.tranches = moved_back(&project.needs_by_period(months), periods);
                    dearer(project, by * LATE_COST_PERCENT);
                }
            }
        }
        Ok(())
    }
}

/// How many periods of the scenario hold so many quarters, rounded up; a quarter each where no period is stated.
fn periods(scenario: &mut Scenario, quarters: u32) -> usize {
    let futures = &mut scenario.futures;
    if futures.period_months == 0 {
        futures.period_months = crate::domain::FutureSettings::DEFAULT_PERIOD_MONTHS;
    }
    (quarters * MONTHS_OF_QUARTER).div_ceil(u32::from(futures.period_months)) as usize
}

/// Parts by period, so many periods later; what would come after the last period there may be comes in it.
fn moved_back(parts: &[u32], periods: usize) -> Vec<u32> {
    let parts = if parts.is_empty() { &[1] } else { parts };
    let periods = periods.min(crate::domain::MAX_PERIODS.saturating_sub(1));
    let mut moved = vec![0; periods];
    let fits = crate::domain::MAX_PERIODS - periods;
    moved.extend(parts.iter().take(fits));
    let late: u32 = parts
        .iter()
        .skip(fits)
        .fold(0, |sum, part| sum.saturating_add(*part));
    if let Some(last) = moved.last_mut() {
        *last = last.saturating_add(late);
    }
    moved
}

/// ⌊amount · by / 100⌋
fn percent_of(minor: u64, by: u32) -> u64 {
    u64::try_from(u128::from(minor) * u128::from(by) / 100).unwrap_or(u64::MAX)
}

fn probability(value: f64) -> Probability {
    Probability::new(value.clamp(0.0, 1.0)).unwrap_or_default()
}

fn dearer(project: &mut Project, by: u32) {
    let cost = &mut project.cost;
    for figure in [&mut cost.low_minor, &mut cost.likely_minor, &mut cost.high_minor] {
        *figure = figure
            .saturating_add(percent_of(*figure, by))
            .min(MAX_AMOUNT_MINOR);
    }
}

fn firm(project: &mut Project, by: u32) {
    let cost = &mut project.cost;
    if cost.shape == CostShape::Fixed {
        return;
    }
    cost.low_minor += percent_of(cost.likely_minor.saturating_sub(cost.low_minor), by);
    cost.high_minor -= percent_of(cost.high_minor.saturating_sub(cost.likely_minor), by);
}

/// Which pledge an event without a target is about: the largest in the base currency; ties: the first by id.
pub fn largest_pledge(scenario: &Scenario) -> Option<&Pledge> {
    let amount = |pledge: &Pledge| scenario.in_base(pledge.amount).unwrap_or(0);
    scenario
        .pledges
        .iter()
        .max_by(|a, b| amount(a).cmp(&amount(b)).then_with(|| b.id.cmp(&a.id)))
}

/// Which project: the one with the highest likely cost; ties: the first by id.
pub fn dearest_project(scenario: &Scenario) -> Option<&Project> {
    let cost = |project: &Project| project.cost.likely_minor;
    scenario
        .projects
        .iter()
        .max_by(|a, b| cost(a).cmp(&cost(b)).then_with(|| b.id.cmp(&a.id)))
}

fn pledge_of<'a>(
    scenario: &'a mut Scenario,
    event: &'static str,
    id: Option<&str>,
) -> Result<&'a mut Pledge, RiskError> {
    let missing = || RiskError::EventTarget {
        event,
        id: id.unwrap_or_default().to_owned(),
    };
    let largest = largest_pledge(scenario).map(|pledge| pledge.id.to_string());
    let id = id.map(str::to_owned).or(largest).ok_or_else(missing)?;
    let found = scenario
        .pledges
        .iter_mut()
        .find(|pledge| pledge.id.as_str() == id);
    found.ok_or_else(missing)
}

fn project_of<'a>(
    scenario: &'a mut Scenario,
    event: &'static str,
    id: Option<&str>,
) -> Result<&'a mut Project, RiskError> {
    let missing = || RiskError::EventTarget {
        event,
        id: id.unwrap_or_default().to_owned(),
    };
    let dearest = dearest_project(scenario).map(|project| project.id.to_string());
    let id = id.map(str::to_owned).or(dearest).ok_or_else(missing)?;
    let found = scenario
        .projects
        .iter_mut()
        .find(|project| project.id.as_str() == id);
    found.ok_or_else(missing)
}
