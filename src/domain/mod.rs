//! Who and what the software speaks of: organisations, resources, projects, money and the scenario that
//! holds them. Knows only `std` (and serde's derives). Nothing here computes a recommendation.

mod agreement;
mod appeal;
mod currency;
mod election;
mod ids;
mod organisation;
mod parameters;
mod plan;
mod pledge;
mod probability;
mod problems;
mod project;
mod records;
mod resource;
mod scenario;
mod terms;
mod text;

pub use agreement::{AgreementPlan, DecisionRule, SectionCode};
pub use appeal::{AppealParty, AppealPlan, AppealSplit, Donor};
pub use currency::{Conversion, Currency, CurrencyError, MAX_AMOUNT_MINOR, MAX_VOLATILITY, Money};
pub use election::ElectionNotes;
pub use ids::{GoalId, IdError, KindId, OrgId, PledgeId, ProjectId, RegionCode};
pub use organisation::{
    Formality, Need, Offer, Organisation, Pace, Priority, Programme, Sector, WorkingStyle,
};
pub use parameters::{
    Benefit, Challenge, Form, FundingSource, Lever, PartnershipType, TRUST_EXIT, TRUST_GAIN, TRUST_LIFT_MOST,
    TRUST_LIFTS, TRUST_LOSS, trust_lift,
};
pub use plan::{
    CoalitionSettings, Comparison, Completion, FutureSettings, PartnershipPlan, PoolPlan, RuleId, Sampler,
    ScoreWeights, UtilityMeasure,
};
pub use pledge::{Ballot, Pledge, Reliability, Restriction};
pub use probability::Probability;
pub use problems::ScenarioProblem;
pub use project::{CostEstimate, CostShape, Project, ProjectGroup, Requirement};
pub use records::{
    AdoptedCost, AdoptedPledge, CostRecord, LEAST_STRENGTH, MOST_STRENGTH, PRIOR_STRENGTH, PromiseOutcome,
    PromiseRecord, Records,
};
pub use resource::{ResourceKind, Unit, builtin_kinds};
pub use scenario::{Conflict, SCENARIO_VERSION, Scenario, TrustRecord};
pub use terms::{Condition, Layer, MAX_PERIODS, PledgeTerms, ResultsTerms, WHOLE_BASIS_POINTS};
pub use text::{Language, Text};
