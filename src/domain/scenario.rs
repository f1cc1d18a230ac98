//! The scenario: everything a person entered or loaded, and nothing that is computed from it.

use super::{
    AppealPlan, Ballot, Conversion, Currency, ElectionNotes, FutureSettings, Money, OrgId, Organisation,
    PartnershipPlan, Pledge, PoolPlan, Probability, Project, ProjectGroup, ProjectId, Records, ResourceKind,
    ScoreWeights, Text, builtin_kinds,
};
use serde::{Deserialize, Serialize};

/// The version of the scenario file this build writes.
pub const SCENARIO_VERSION: u32 = 1;

/// Two organisations that must not be partnered (C5), with the reason people gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Conflict {
    /// The two organisations.
    pub between: (OrgId, OrgId),
    /// Why.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub reason: Text,
}

/// Trust between two organisations from earlier work, in [0, 1]; pairs not listed have none yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TrustRecord {
    /// The two organisations.
    pub between: (OrgId, OrgId),
    /// Level.
    pub level: Probability,
}

/// Everything a person entered or loaded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scenario {
    /// Format version: 1.
    pub version: u32,
    /// What it is called.
    #[serde(default)]
    pub title: Text,
    /// What it is about and what to try.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub summary: Text,
    /// Organisations and figures are invented (the bundled case studies).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub illustrative: bool,
    /// The row of a bundled case study, `E1` to `E10`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_study: Option<String>,
    /// The currency of all costs and of quantities of `funds`.
    #[serde(default)]
    pub base_currency: Currency,
    /// Rates for pledges in other currencies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conversions: Vec<Conversion>,
    /// Kinds the user added to the built-in ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<ResourceKind>,
    /// Who.
    #[serde(default)]
    pub organisations: Vec<Organisation>,
    /// Pairs that must not be partnered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// Trust from earlier work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trust: Vec<TrustRecord>,
    /// What is to be done.
    #[serde(default)]
    pub projects: Vec<Project>,
    /// Projects with a limit in common.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<ProjectGroup>,
    /// Promised money.
    #[serde(default)]
    pub pledges: Vec<Pledge>,
    /// Members' voices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ballots: Vec<Ballot>,
    /// What an election file said beside them.
    #[serde(default, skip_serializing_if = "ElectionNotes::is_empty")]
    pub election: ElectionNotes,
    /// The partnership being put together.
    #[serde(default)]
    pub partnership: PartnershipPlan,
    /// How the pool decides.
    #[serde(default)]
    pub pool: PoolPlan,
    /// Asking for money together.
    #[serde(default, skip_serializing_if = "AppealPlan::is_empty")]
    pub appeal: AppealPlan,
    /// How futures are simulated.
    #[serde(default)]
    pub futures: FutureSettings,
    /// What really happened so far.
    #[serde(default, skip_serializing_if = "Records::is_empty")]
    pub records: Records,
    /// Weights of the partner score.
    #[serde(default)]
    pub score_weights: ScoreWeights,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            version: SCENARIO_VERSION,
            title: Text::default(),
            summary: Text::default(),
            illustrative: false,
            case_study: None,
            base_currency: Currency::IDR,
            conversions: Vec::new(),
            kinds: Vec::new(),
            organisations: Vec::new(),
            conflicts: Vec::new(),
            trust: Vec::new(),
            projects: Vec::new(),
            groups: Vec::new(),
            pledges: Vec::new(),
            ballots: Vec::new(),
            election: ElectionNotes::default(),
            partnership: PartnershipPlan::default(),
            pool: PoolPlan::default(),
            appeal: AppealPlan::default(),
            futures: FutureSettings::default(),
            records: Records::default(),
            score_weights: ScoreWeights::default(),
        }
    }
}

impl Scenario {
    /// Nobody and nothing is in it, and it is called nothing: there is nothing to lose.
    pub fn is_blank(&self) -> bool {
        self.organisations.is_empty()
            && self.projects.is_empty()
            && self.pledges.is_empty()
            && self.ballots.is_empty()
            && self.kinds.is_empty()
            && self.title == Text::default()
    }

    /// All resource kinds: the built-in ones, then the user's.
    pub fn all_kinds(&self) -> Vec<ResourceKind> {
        let mut kinds = builtin_kinds();
        kinds.extend(self.kinds.iter().cloned());
        kinds
    }

    /// Months in a period: as stated; where nothing is stated and some pledge may be late or withdrawn, a quarter
    /// ([`FutureSettings::DEFAULT_PERIOD_MONTHS`]); else 0: nobody looks at time. `settings` are those of the run.
    pub fn period_months(&self, settings: &FutureSettings) -> u16 {
        let moves =
            |pledge: &Pledge| pledge.reliability.delay.is_some() || !pledge.reliability.withdrawal.is_zero();
        match settings.period_months {
            0 if self.pledges.iter().any(moves) => FutureSettings::DEFAULT_PERIOD_MONTHS,
            months => months,
        }
    }

    /// The organisation of this id.
    pub fn organisation(&self, id: &OrgId) -> Option<&Organisation> {
        self.organisations
            .iter()
            .find(|organisation| &organisation.id == id)
    }

    /// The project of this id.
    pub fn project(&self, id: &ProjectId) -> Option<&Project> {
        self.projects.iter().find(|project| &project.id == id)
    }

    /// The stated conflict between two organisations, in either order.
    pub fn conflict_between(&self, a: &OrgId, b: &OrgId) -> Option<&Conflict> {
        self.conflicts.iter().find(|conflict| {
            let (x, y) = &conflict.between;
            (x == a && y == b) || (x == b && y == a)
        })
    }

    /// `money` in minor units of the base currency; `None` if its currency has no stated rate.
    pub fn in_base(&self, money: Money) -> Option<u64> {
        if money.currency() == self.base_currency {
            return Some(money.amount_minor());
        }
        let rate = self
            .conversions
            .iter()
            .find(|conversion| conversion.from == money.currency())?;
        rate.apply(money.amount_minor(), self.base_currency)
    }
}
