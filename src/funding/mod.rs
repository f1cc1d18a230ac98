//! Pooled funding: what a rule does with everybody's money, to the last minor unit, and why.
//! Definitions and sources: `docs/funding.md`.

mod accounts;
mod additive;
mod changes;
mod columns;
mod compare;
mod conditions;
pub mod continuous;
mod division;
mod effort;
mod error;
mod explanation;
mod groups;
mod instance;
pub mod integral;
mod layers;
mod leaving;
mod limits;
mod max_flow;
mod natural;
mod outcome;
mod pool;
mod properties;
mod replay;
mod report;
mod results;
mod rules;
mod run;
mod schedule;
mod share;
mod voices;

pub use additive::{AdditiveShares, MAX_EXACT_FUNDERS};
pub use changes::{Certainty, Found, MAX_WHY_NOT, WhyNot};
pub use columns::{BLOCK, BlockOutcome, Columns};
pub use compare::{
    Agreement, Column, ColumnFigures, Comparison, MAX_COMPARED, MAX_NAMED_FUNDERS, Shift, ShiftedMoney,
    compare,
};
pub use conditions::{ConditionKind, ConditionStep, Hold, MAX_CONDITIONS, Terms};
pub use division::{Division, MatchEstimate, Matching, OTHERS_GROW};
pub use error::FundingError;
pub use explanation::{Explainer, Explanation, explain};
pub use groups::FundingGroup;
pub use instance::{FundingProject, Instance, MAX_BUDGET_MINOR, MAX_PARTICIPANTS, MAX_PROJECTS, Participant};
pub use layers::{CapitalLayer, LayerLoss, LayeredCapital};
pub use leaving::{LeaveChoice, LeaveVerdict};
pub use outcome::{Outcome, Payment, Step};
pub use pool::{MAX_PAIRS, Pool};
pub use properties::{
    Group, MAX_NAMED, Property, PropertyReport, PropertyVerdict, Unchecked, Violation, Witness,
    exhaustiveness_witness, properties, violations,
};
pub use replay::{Contender, MAX_CONTENDERS, Measure, Round};
pub use report::{report, report_instance};
pub use results::{ResultsPayment, ResultsPoint};
pub use run::{InstanceRun, run_instance};
pub use schedule::{PeriodFlow, Schedule, schedule};
pub(crate) use share::Splitter;
pub use voices::{MAX_VOTER_GROUPS, Purse, Voice, VoterGroup};

use crate::domain::RuleId;
use serde::{Deserialize, Serialize};

/// Who pays what for what: the outcome of a rule. Indices are positions in the [`Instance`]'s lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// Projects bought, in order of purchase.
    pub selected: Vec<usize>,
    /// `granted_minor[project]`: money given to it, its cost if bought whole.
    pub granted_minor: Vec<u64>,
    /// `payments_minor[project]`: (participant, amount above 0), by participant.
    pub payments_minor: Vec<Vec<(usize, u64)>>,
    /// `unspent_minor[participant]`: what stays of its purse, a refund included.
    pub unspent_minor: Vec<u64>,
    /// `overhead_minor[participant]`: what of its purse goes to administration; empty where nobody states any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overhead_minor: Vec<u64>,
}

/// Why a project was bought or passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Verdict {
    /// Bought whole.
    Bought,
    /// Divisible and funded in part.
    BoughtInPart,
    /// The money it may use does not reach its cost (or its minimum).
    DoesNotFit {
        /// What is missing, in minor units.
        short_minor: u64,
        /// Money left in the pool that a restriction keeps from it.
        blocked_minor: u64,
    },
    /// An earlier project did not fit and the rule stops there.
    AfterStop,
    /// Fewer votes than the threshold.
    BelowThreshold,
    /// Nobody supports it: never bought with money.
    NoSupport,
    /// Withdrawn by its proposers.
    Withdrawn,
    /// Those who support it have too little left for it; others would not pay for what they do not support.
    SupportersShort {
        /// What is missing, in minor units, rounded up.
        short_minor: u64,
    },
    /// As many of its group as may be bought already are.
    Excluded {
        /// Position of the group in the instance's groups.
        group: usize,
        /// The project of the group that was bought first.
        by: usize,
    },
    /// The ceiling of its group leaves less than its cost (or its minimum).
    OverCeiling {
        /// Position of the group in the instance's groups.
        group: usize,
        /// What is missing below the ceiling, in minor units.
        short_minor: u64,
    },
}

/// What the method of equal shares did beside its rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EqualSharesNote {
    /// People (or pledges) with a purse.
    pub voices: u64,
    /// All virtual purses together, in minor units, as they were handed out in the end: more than the budget if they were
    /// raised; the pledges where the purses are real.
    pub handed_out_minor: u64,
    /// Bought in the rounds; what was bought after them was bought by votes.
    pub in_rounds: usize,
    /// Whether the outcome by votes took its place, by the comparison asked for.
    pub gave_way: bool,
}

/// One step of the replayable trace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TraceStep {
    /// Which project was looked at.
    pub project: usize,
    /// The figure it was ordered by (votes, or votes per cost), as the reader may see it.
    pub votes: f64,
    /// What happened.
    pub verdict: Verdict,
    /// What it got.
    pub granted_minor: u64,
    /// What is left in the pool afterwards.
    pub pool_left_minor: u64,
}

/// What one funder's money does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunderStatement {
    /// Position in the instance's participants.
    pub participant: usize,
    /// Promised.
    pub pledged_minor: u64,
    /// Spent by the rule.
    pub pays_minor: u64,
    /// outlay(A) − outlay(A₋ᵢ) − pays: may be negative; not additive over funders.
    pub unlocked_minor: i64,
    /// Σ grants of the funded projects its money may go to: what the same would cost alone.
    pub alone_minor: u64,
    /// pays / alone; none if alone is 0.
    pub burden_ratio: Option<f64>,
    /// Projects funded now that fall if it leaves.
    pub falls_if_leaves: Vec<usize>,
    /// Its money no project may use, by its own restrictions.
    pub blocked_minor: u64,
    /// What stays with it because its condition is not met, or because it stands by as a guarantee.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunded_minor: u64,
    /// What of it goes to administration.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub overhead_minor: u64,
    /// Projects that still want money and that its restrictions keep from what it has left, in the order the rule
    /// looked at them; empty if it has nothing left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept_from: Vec<usize>,
}

/// The smallest change that funds the next project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextProject {
    /// Which project.
    pub project: usize,
    /// Extra unrestricted pledge that would fund it, nothing that is funded now falling.
    pub extra_pledge_minor: u64,
    /// Whether less would not do.
    pub certainty: Certainty,
}

/// How good the set is that [`RuleId::MaxWelfare`] found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Welfare {
    /// Its welfare: votes (or points, or votes × money) of what is funded.
    pub reached: f64,
    /// No set has more than this.
    pub at_most: f64,
    /// Whether it was proven that no set has more. If not, the search ended at its limit.
    pub proven: bool,
}

/// Everything the pool view shows for one rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FundReport {
    /// The rule.
    pub rule: RuleId,
    /// Ids of the instance's projects, so that indices can be read back.
    pub project_ids: Vec<String>,
    /// Costs, in minor units.
    pub cost_minor: Vec<u64>,
    /// Ids of the instance's participants (the pledges).
    pub participant_ids: Vec<String>,
    /// `funder_ids[participant]`: whose pledge it is.
    pub funder_ids: Vec<String>,
    /// All purses together.
    pub budget_minor: u64,
    /// Spent.
    pub spent_minor: u64,
    /// Who pays what for what.
    pub allocation: Allocation,
    /// Why.
    pub trace: Vec<TraceStep>,
    /// What the rule compared, round by round; empty for rules without rounds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<Round>,
    /// What the method of equal shares did beside its rounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equal_shares: Option<EqualSharesNote>,
    /// `voice_payments[k]`: (project, [(voter, amount)]) of what virtual purses paid, in order of purchase; of elections
    /// only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voice_payments: Vec<(usize, Vec<(usize, u64)>)>,
    /// For the rule of most welfare: how much, and whether that is proven to be the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub welfare: Option<Welfare>,
    /// What the rule says before it is asked what that buys, where it divides money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<Division>,
    /// How the conditions of the pledges were settled: those who dropped first, in order; empty without conditions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<ConditionStep>,
    /// For each funder.
    pub statements: Vec<FunderStatement>,
    /// When money comes and is needed, where anybody states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// Who loses first, where any pledge states its layer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layers: Option<LayeredCapital>,
    /// Pledges paid for verified outcomes, by position.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ResultsPayment>,
    /// What would fund the next one.
    pub next: Option<NextProject>,
    /// Whether the rule was too heavy to search for it to the end.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub next_cut_short: bool,
    /// Checked by code that did not find it: money conserved, nobody above its pledge, restrictions kept.
    pub verified: bool,
    /// What takes many more runs of the rule: shares that may be summed, who would leave, why not this project, and the
    /// properties of the result. It follows a moment later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Box<Explanation>>,
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}
