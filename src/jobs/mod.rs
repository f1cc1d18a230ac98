//! Heavy work as data: a [`Request`] in, [`Event`]s out, one step at a time, so that the same work runs inline,
//! in a worker, or in slices on the page's own thread, and can be cancelled between steps.

mod answer;
mod anytime;
mod crew;
mod futures;
mod halves;
mod host;
pub mod inline;
mod later;
mod partnering;
mod resident;
mod task;
mod what_if;
pub mod wire;

pub use answer::answer_json;
pub use crew::Member;
pub use futures::FuturesRun;
pub use host::{FindHost, Host, Pace, workers_for};
pub use resident::{MAX_RESIDENTS, Residents, scenario_hash};
pub use task::{Step, StepSize, Task, start};

use crate::domain::{
    CoalitionSettings, FutureSettings, OrgId, PartnershipType, PoolPlan, ProjectId, RuleId, Scenario,
    ScenarioProblem, ScoreWeights,
};
use crate::funding::continuous::{PlainAnswer, PlainFund};
use crate::funding::{Comparison, FundReport};
use crate::interchange::{Imported, NumberConvention};
use crate::matching::coalition::{self, CoalitionAnswer};
use crate::matching::cost_split::{PlainSplit, PlainSplitAnswer, TeamSplit};
use crate::matching::plan::{self, ResourcePlan, RolePlan};
use crate::matching::rings::{self, PlainRings, RingOptions, RingsAnswer};
use crate::matching::room::{PlainPairs, PlainRoom, RoomAnswer, RoomOptions};
use crate::matching::{Mode, PartnerList};
use crate::partnership::agreement::Agreement;
use crate::partnership::appeal::AppealReport;
use crate::partnership::{Card, LeverComparison, WhatIf};
use crate::risk::{Calibration, Futures, Indices, PlainFutures, PlainPlan};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A job's number: given by whoever asks, echoed in every event, never used twice by the same asker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct JobId(pub u64);

/// The scenario a request is about: sent along, or named by the hash of one sent before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScenarioRef {
    /// Sent along.
    Inline(Box<Scenario>),
    /// Resident: loaded before by [`Request::Load`], cited by [`scenario_hash`].
    Resident(String),
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Request {
    /// Keep a scenario for later requests. Answers [`Response::Loaded`].
    Load {
        /// What to keep.
        scenario: Box<Scenario>,
    },
    /// Partners for one organisation. Answers [`Response::Partners`].
    Match {
        /// Where.
        scenario: ScenarioRef,
        /// For whom.
        #[serde(rename = "for")]
        seeker: OrgId,
        /// Mutual or gift.
        #[serde(default)]
        mode: Mode,
        /// How many to show.
        #[serde(default = "default_top")]
        top: usize,
        /// Other weights than the scenario's.
        #[serde(default)]
        weights: Option<ScoreWeights>,
    },
    /// What a rule does with the pledges. Answers [`Response::Funded`], first without the explanation, which takes many
    /// runs.
    Fund {
        /// Where.
        scenario: ScenarioRef,
        /// Another rule than the scenario's.
        #[serde(default)]
        pool: Option<PoolPlan>,
    },
    /// Several rules on one scenario, side by side. Answers [`Response::Compared`].
    Compare {
        /// Where.
        scenario: ScenarioRef,
        /// The rules; none stands for all.
        #[serde(default)]
        plans: Vec<PoolPlan>,
    },
    /// Simulated futures. Answers [`Response::Futures`], with partial results before the last.
    Simulate {
        /// Where.
        scenario: ScenarioRef,
        /// Other settings than the scenario's.
        #[serde(default)]
        settings: Option<FutureSettings>,
        /// Another rule than the scenario's.
        #[serde(default)]
        pool: Option<PoolPlan>,
    },
    /// What cards drawn over a plan do, under the same random numbers. Answers [`Response::WhatIf`], with partial results
    /// before the last.
    WhatIf {
        /// Where.
        scenario: ScenarioRef,
        /// The cards, at least one.
        cards: Vec<Card>,
        /// Whether the pool pays for the levers among them.
        #[serde(default = "yes")]
        pool_pays: bool,
        /// Other settings than the scenario's.
        #[serde(default)]
        settings: Option<FutureSettings>,
        /// Another rule than the scenario's.
        #[serde(default)]
        pool: Option<PoolPlan>,
    },
    /// Sobol indices of what is uncertain. Answers [`Response::Indices`], with partial results before the last.
    Indices {
        /// Where.
        scenario: ScenarioRef,
        /// Other settings than the scenario's.
        #[serde(default)]
        settings: Option<FutureSettings>,
        /// Another rule than the scenario's.
        #[serde(default)]
        pool: Option<PoolPlan>,
    },
    /// Assumptions brought up to date with what really happened. Answers [`Response::Calibrated`].
    Calibrate {
        /// Where.
        scenario: ScenarioRef,
    },
    /// Reads a file. Answers [`Response::Imported`].
    Import {
        /// Its name, for its ending.
        name: String,
        /// Its bytes, base64 on the wire.
        #[serde(with = "base64_bytes")]
        bytes: Vec<u8>,
        /// How to read `1.500` in a table that does not tell: the person's answer, if she was asked.
        #[serde(default)]
        numbers: Option<NumberConvention>,
    },
    /// What a rule does in an election from a Pabulib file. Answers [`Response::Election`].
    FundElection {
        /// The file, base64 on the wire.
        #[serde(with = "base64_bytes")]
        bytes: Vec<u8>,
        /// The rule; without it the election's own, or greedy if the product does not have that.
        #[serde(default)]
        pool: Option<PoolPlan>,
    },
    /// The best team for a project. Answers [`Response::Coalition`], with partial results before the last.
    Coalition {
        /// Where.
        scenario: ScenarioRef,
        /// Which project; without it the partnership's.
        #[serde(default)]
        project: Option<ProjectId>,
        /// Other settings than the partnership's.
        #[serde(default)]
        settings: Option<CoalitionSettings>,
        /// Nodes looked at before the search stops and says its gap.
        #[serde(default)]
        node_limit: Option<u64>,
    },
    /// The best team in a plain instance. Answers [`Response::PlainCoalition`].
    CoalitionPlain {
        /// The instance.
        input: Box<coalition::Input>,
        /// As for [`Request::Coalition`].
        #[serde(default)]
        node_limit: Option<u64>,
        /// How many answers; 0 counts as 1.
        #[serde(default)]
        k_best: usize,
    },
    /// Who of the partnership gives what to whom, and who plays which role. Answers [`Response::Plan`].
    Plan {
        /// Where.
        scenario: ScenarioRef,
        /// Share what is scarce fairly, not at the least friction.
        #[serde(default)]
        fair: bool,
    },
    /// The same for plain rows. Answers [`Response::PlainPlan`].
    PlanPlain {
        /// The rows.
        input: Box<plan::PlainInput>,
    },
    /// Exchange rings. Answers [`Response::Rings`], with partial results before the last.
    Rings {
        /// Where.
        scenario: ScenarioRef,
        /// Length, kinds, limit.
        #[serde(default)]
        options: RingOptions,
    },
    /// Rings of a plain graph. Answers [`Response::PlainRings`].
    RingsPlain {
        /// The graph.
        input: PlainRings,
        /// The most arcs of a ring, if not the file's own.
        #[serde(default)]
        max_length: Option<usize>,
        /// Nodes looked at before the search stops and says its gap.
        #[serde(default)]
        node_limit: Option<u64>,
    },
    /// Everybody paired or seated at tables. Answers [`Response::Room`].
    Room {
        /// Where.
        scenario: ScenarioRef,
        /// Sizes, rounds, rules.
        #[serde(default)]
        options: Box<RoomOptions>,
    },
    /// Pairs of a plain graph. Answers [`Response::PlainPairs`].
    PairsPlain {
        /// The graph.
        input: PlainRoom,
        /// Everybody gets a partner if it can be, then the total counts.
        #[serde(default)]
        max_cardinality: bool,
    },
    /// How the partnership splits its costs. Answers [`Response::Split`], with partial results before the last where the
    /// Shapley value is sampled.
    Split {
        /// Where.
        scenario: ScenarioRef,
    },
    /// The split of a plain cost game. Answers [`Response::PlainSplit`].
    SplitPlain {
        /// The game.
        input: PlainSplit,
    },
    /// What the partnership is worth, where it rubs, what its levers do. Answers [`Response::Together`].
    Together {
        /// Where.
        scenario: ScenarioRef,
        /// Years looked ahead; three if not said.
        #[serde(default)]
        years: Option<u16>,
    },
    /// The draft of an agreement. Answers [`Response::Agreement`].
    Agreement {
        /// Where.
        scenario: ScenarioRef,
        /// When it begins, as `2026-11-22`.
        start: String,
        /// Another type than the recommended one.
        #[serde(default)]
        of_type: Option<PartnershipType>,
    },
    /// Separate campaigns against one joint appeal. Answers [`Response::Appeal`].
    Appeal {
        /// Where.
        scenario: ScenarioRef,
    },
    /// How a rule splits plain gifts or donors' money. Answers [`Response::PlainFund`].
    FundPlain {
        /// The gifts or donors.
        input: Box<PlainFund>,
        /// The rule; without it quadratic for gifts, Nash for donors.
        #[serde(default)]
        rule: Option<RuleId>,
    },
    /// Simulated futures of a few plain numbers. Answers [`Response::PlainFutures`].
    SimulatePlain {
        /// The numbers.
        plan: PlainPlan,
        /// Trials, seed and sampler.
        #[serde(default)]
        settings: FutureSettings,
    },
}

fn default_top() -> usize {
    20
}

fn yes() -> bool {
    true
}

/// What comes back at the end, or as a partial result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Response {
    /// The hash under which the scenario is kept.
    Loaded(String),
    /// Partners.
    Partners(PartnerList),
    /// Allocation, trace and statements.
    Funded(Box<FundReport>),
    /// Several rules side by side.
    Compared(Box<Comparison>),
    /// Futures.
    Futures(Futures),
    /// What cards do.
    WhatIf(Box<WhatIf>),
    /// How much of the doubt each uncertain quantity causes.
    Indices(Box<Indices>),
    /// Assumptions brought up to date.
    Calibrated(Box<Calibration>),
    /// How a long run of futures gets on; a partial answer only.
    Pace(Pace),
    /// A file's content.
    Imported(Box<Imported>),
    /// An election's outcome.
    Election(Box<ElectionReport>),
    /// Futures of a plain plan, in its own unit.
    PlainFutures(PlainFutures),
    /// A split of plain gifts or donors' money.
    PlainFund(Box<PlainAnswer>),
    /// A team, or what stands in its way.
    Coalition(Box<CoalitionAnswer>),
    /// A team of a plain instance.
    PlainCoalition(coalition::Report),
    /// Who gives what to whom, and the roles that follow.
    Plan {
        /// Who gives what to whom.
        plan: ResourcePlan,
        /// Who does what.
        roles: RolePlan,
    },
    /// The same for plain rows.
    PlainPlan(plan::PlainAnswer),
    /// Exchange rings.
    Rings(RingsAnswer),
    /// Rings of a plain graph.
    PlainRings(rings::PlainAnswer),
    /// Everybody paired or seated.
    Room(Box<RoomAnswer>),
    /// Pairs of a plain graph.
    PlainPairs(PlainPairs),
    /// A split of the partnership's costs.
    Split(TeamSplit),
    /// A split of a plain cost game.
    PlainSplit(PlainSplitAnswer),
    /// What the partnership is worth without and with its levers.
    Together(Box<LeverComparison>),
    /// The draft of an agreement.
    Agreement(Agreement),
    /// Separate campaigns against one joint appeal.
    Appeal(Box<AppealReport>),
}

/// What a rule does in an election.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ElectionReport {
    /// Amounts in `report` are the file's times 10 to this.
    pub amount_digits: u32,
    /// Ids of the projects the file says were funded, in file order, if it says.
    pub selected_in_file: Option<Vec<String>>,
    /// What the voters' equal parts paid: (project, [(voter, amount)]) in order of purchase, for what equal shares bought in
    /// its rounds; the sums of each project and the part of each voter kept to the unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voter_payments: Vec<(String, Vec<(String, u64)>)>,
    /// Who pays what for what; the one participant is the budget, `pool`.
    pub report: FundReport,
}

/// What happens to a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// It goes on.
    Progress {
        /// Which job.
        id: JobId,
        /// Steps done.
        done: u64,
        /// Steps in all.
        total: u64,
    },
    /// What is known so far.
    Partial {
        /// Which job.
        id: JobId,
        /// The answer so far.
        #[serde(with = "halves::response")]
        response: Response,
    },
    /// The answer.
    Done {
        /// Which job.
        id: JobId,
        /// The answer.
        #[serde(with = "halves::response")]
        response: Response,
    },
    /// It cannot be done.
    Failed {
        /// Which job.
        id: JobId,
        /// Why.
        error: JobError,
    },
    /// It was stopped as asked.
    Cancelled {
        /// Which job.
        id: JobId,
    },
}

/// Why a job failed, as a code the page translates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum JobError {
    /// No scenario of this hash is resident (the worker was restarted): send it again.
    NotResident {
        /// The hash asked for.
        hash: String,
    },
    /// The scenario contradicts itself.
    UnsoundScenario {
        /// Where and how.
        problems: Vec<ScenarioProblem>,
    },
    /// No such organisation.
    UnknownOrganisation {
        /// The id asked for.
        id: String,
    },
    /// A setting is outside its range.
    OutOfRange {
        /// Which.
        what: String,
        /// The value given.
        value: String,
    },
    /// The message could not be read.
    BadRequest {
        /// What the parser said.
        detail: String,
    },
    /// The file could not be read at all.
    Import {
        /// Stable code of [`crate::interchange::ImportError`].
        reason: String,
        /// Where or what, if known.
        detail: String,
    },
}

impl JobError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotResident { .. } => "not-resident",
            Self::UnsoundScenario { .. } => "unsound-scenario",
            Self::UnknownOrganisation { .. } => "unknown-organisation",
            Self::OutOfRange { .. } => "out-of-range",
            Self::BadRequest { .. } => "bad-request",
            Self::Import { .. } => "import",
        }
    }
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for JobError {}

impl Event {
    /// Which job it speaks of.
    pub fn id(&self) -> JobId {
        match self {
            Self::Progress { id, .. }
            | Self::Partial { id, .. }
            | Self::Done { id, .. }
            | Self::Failed { id, .. }
            | Self::Cancelled { id } => *id,
        }
    }

    /// Whether nothing follows it.
    pub fn is_last(&self) -> bool {
        matches!(
            self,
            Self::Done { .. } | Self::Failed { .. } | Self::Cancelled { .. }
        )
    }
}

/// Bytes as base64 text, so that requests stay plain JSON.
mod base64_bytes {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map_err(D::Error::custom)
    }
}
