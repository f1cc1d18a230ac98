//! How a scenario is to be computed: weights of the score, the rule of the pool, the futures, the partnership.

use super::{AgreementPlan, Form, Lever, OrgId, PledgeId, Probability, ProjectId, Sector};
use serde::{Deserialize, Serialize};

/// The user-visible weights β of the partner score (docs/model.md): the sum of the negative ones is at most 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ScoreWeights {
    /// + shared goals.
    pub shared_goals: f64,
    /// + shared region.
    pub shared_region: f64,
    /// + existing trust.
    pub trust: f64,
    /// − friction of pace, formality and horizon.
    pub friction: f64,
    /// − duplicated programme.
    pub duplication: f64,
    /// − competition for the same scarce thing.
    pub competition: f64,
}

impl Default for ScoreWeights {
    fn default() -> Self {
        Self {
            shared_goals: 0.15,
            shared_region: 0.10,
            trust: 0.10,
            friction: 0.15,
            duplication: 0.10,
            competition: 0.10,
        }
    }
}

/// Rules that decide which projects the pool buys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RuleId {
    /// By votes, buy what fits.
    #[default]
    Greedy,
    /// By votes per cost, buy what fits.
    GreedyPerCost,
    /// By votes, stop at the first project that does not fit.
    GreedyNoSkip,
    /// By score, buy what fits among those at or above a threshold.
    GreedyThreshold,
    /// Each pledge split by the funder's own weights, restrictions respected.
    Proportional,
    /// In the given order, stop at the first project that does not fit.
    InOrder,
    /// Method of Equal Shares: every voice holds an equal part (or its own purse) and pays only for what it supports.
    EqualShares,
    /// Sequential Phragmén: the next project is the one whose cost its supporters can carry first.
    Phragmen,
    /// Maximin support: the next project leaves the heaviest load of any supporter as light as it can be.
    MaximinSupport,
    /// The affordable set with the most support: an exact knapsack.
    MaxWelfare,
    /// Quadratic funding: many small gifts draw more from the matching pool than one large one.
    Quadratic,
    /// Quadratic funding whose match between any two donors is bounded.
    Pairwise,
    /// The split that maximises the product of everybody's benefit, weighted by what each gives.
    Nash,
    /// The split nobody gains by leaving alone, where projects complement each other.
    Equilibrium,
}

impl RuleId {
    /// Every rule, in the order they are offered.
    pub const ALL: [Self; 14] = [
        Self::Greedy,
        Self::GreedyPerCost,
        Self::GreedyNoSkip,
        Self::GreedyThreshold,
        Self::Proportional,
        Self::InOrder,
        Self::EqualShares,
        Self::Phragmen,
        Self::MaximinSupport,
        Self::MaxWelfare,
        Self::Quadratic,
        Self::Pairwise,
        Self::Nash,
        Self::Equilibrium,
    ];

    /// The stable code used in files and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Greedy => "greedy",
            Self::GreedyPerCost => "greedy-per-cost",
            Self::GreedyNoSkip => "greedy-no-skip",
            Self::GreedyThreshold => "greedy-threshold",
            Self::Proportional => "proportional",
            Self::InOrder => "in-order",
            Self::EqualShares => "equal-shares",
            Self::Phragmen => "phragmen",
            Self::MaximinSupport => "maximin-support",
            Self::MaxWelfare => "max-welfare",
            Self::Quadratic => "quadratic",
            Self::Pairwise => "pairwise",
            Self::Nash => "nash",
            Self::Equilibrium => "equilibrium",
        }
    }
}

/// What [`RuleId::EqualShares`] does with the money its rounds leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Completion {
    /// It stays.
    #[default]
    None,
    /// By votes, from the real money left.
    Greedy,
    /// Virtual purses are raised by one unit each while the outcome stays within the budget.
    Add1,
    /// [`Completion::Add1`], then [`Completion::Greedy`].
    Add1u,
}

/// When [`RuleId::EqualShares`] gives way to greedy by votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// If strictly more voters have more approved winners under greedy.
    Satisfaction,
    /// If strictly fewer voters are without any approved winner under greedy.
    Exclusion,
}

/// What an approval is worth to a voice, where it gives no points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum UtilityMeasure {
    /// What the project costs: a unit of money well spent counts the same everywhere.
    #[default]
    Cost,
    /// One, whatever the project costs.
    Cardinality,
}

/// How the pool decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PoolPlan {
    /// The rule.
    pub rule: RuleId,
    /// For [`RuleId::GreedyThreshold`]: the least number of votes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold_votes: Option<u64>,
    /// For [`RuleId::EqualShares`]: what happens to the rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completion: Option<Completion>,
    /// For [`RuleId::EqualShares`]: whether greedy by votes may replace it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// For rules that weigh how much a voice gains: what an approval is worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utility: Option<UtilityMeasure>,
    /// For [`RuleId::Quadratic`] and [`RuleId::Pairwise`]: the pledges that form the matching pool. Empty: those whose
    /// source is a matching offer; if there are none, the largest pledge of those without wishes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matching_pledges: Vec<PledgeId>,
    /// For the same: the most a project may draw from the matching pool, in minor units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub match_cap_minor: Option<u64>,
    /// For [`RuleId::Pairwise`]: M in minor units; without it the median gift.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair_bound_minor: Option<u64>,
}

impl PoolPlan {
    /// The rule alone, everything else as usual.
    pub fn of(rule: RuleId) -> Self {
        Self {
            rule,
            ..Self::default()
        }
    }
}

/// How points are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Sampler {
    /// Owen-scrambled Sobol points, 16 independent scrambles.
    #[default]
    Sobol,
    /// Plain Monte Carlo from a counter-based generator.
    Random,
}

/// How futures are simulated; travels with the result.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct FutureSettings {
    /// How many futures.
    pub trials: u32,
    /// Which ones.
    pub seed: u64,
    /// How they are drawn.
    pub sampler: Sampler,
    /// ρ: how much funders of one sector share bad luck, in [0, 1].
    pub common_shock: Probability,
    /// Months in a period of all tranches and delays: 1, 3, 6 or 12. 0 = not said: nothing is looked at over time,
    /// unless a pledge may be late or withdrawn ([`FutureSettings::DEFAULT_PERIOD_MONTHS`]).
    #[serde(skip_serializing_if = "is_none")]
    pub period_months: u16,
    /// How many periods are looked at; never fewer than the longest tranches. 0 = not said
    /// ([`FutureSettings::DEFAULT_PERIODS`]).
    #[serde(skip_serializing_if = "is_none")]
    pub periods: u16,
    /// What is in the pool's account before the first period, in minor units of the base currency.
    #[serde(skip_serializing_if = "is_zero")]
    pub opening_minor: u64,
}

impl FutureSettings {
    /// A quarter.
    pub const DEFAULT_PERIOD_MONTHS: u16 = 3;
    /// How many periods are looked at unless said otherwise.
    pub const DEFAULT_PERIODS: u16 = 12;
    /// Lengths a period may have, in months.
    pub const PERIOD_MONTHS: [u16; 4] = [1, 3, 6, 12];
}

impl Default for FutureSettings {
    fn default() -> Self {
        Self {
            trials: 131_072,
            seed: 2026,
            sampler: Sampler::Sobol,
            common_shock: Probability::COMMON_SHOCK,
            period_months: 0,
            periods: 0,
            opening_minor: 0,
        }
    }
}

/// The partnership being put together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct PartnershipPlan {
    /// Who looks for partners: "my organisation".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<OrgId>,
    /// The project they do together; without it the lead's own needs are what is to be filled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// Chosen partners, in order of choice, without the lead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<OrgId>,
    /// The form it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    /// How a coalition for the project is looked for.
    #[serde(skip_serializing_if = "CoalitionSettings::is_default")]
    pub coalition: CoalitionSettings,
    /// The levers pulled to strengthen it (K1 to K10), as a set: order and repeats do not matter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levers: Vec<Lever>,
    /// What is chosen and written over the draft of the agreement.
    #[serde(skip_serializing_if = "AgreementPlan::is_default")]
    pub agreement: AgreementPlan,
}

/// What a coalition for a project must keep to, beside the project's requirements and the partnership's form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct CoalitionSettings {
    /// α: what coordination costs per pair of partners, in minor units of the base currency.
    #[serde(skip_serializing_if = "is_zero")]
    pub alpha_minor: u64,
    /// Members at most, the lead among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_size: Option<u16>,
    /// Members of a sector at least; of several entries of one sector the largest counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sector_min: Vec<(Sector, u16)>,
    /// Members of a sector at most; of several entries of one sector the smallest counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sector_max: Vec<(Sector, u16)>,
    /// Who must be in, beside the lead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<OrgId>,
    /// How many answers are wanted; 0 counts as 1.
    #[serde(skip_serializing_if = "is_nothing")]
    pub k_best: u8,
}

impl CoalitionSettings {
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}

fn is_nothing(value: &u8) -> bool {
    *value == 0
}

fn is_none(value: &u16) -> bool {
    *value == 0
}
