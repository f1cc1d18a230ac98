//! The scenario: everything a person entered or loaded, and nothing that is computed from it.

use super::{
    Conversion, Currency, Form, FundingSource, GoalId, KindId, MAX_AMOUNT_MINOR, Money, OrgId, Organisation,
    PledgeId, Project, ProjectId, RegionCode, ResourceKind, Text, builtin_kinds,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The version of the scenario file this build writes.
pub const SCENARIO_VERSION: u32 = 1;

/// A probability: finite, in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("minimum" = 0, "maximum" = 1))
)]
#[serde(try_from = "f64", into = "f64")]
pub struct Probability(f64);

impl Probability {
    /// Never.
    pub const ZERO: Self = Self(0.0);

    /// `value` if it is finite and in [0, 1].
    ///
    /// # Errors
    /// The code `probability-out-of-range` otherwise.
    pub fn new(value: f64) -> Result<Self, &'static str> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err("probability-out-of-range")
        }
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Probability {
    type Error = &'static str;
    fn try_from(value: f64) -> Result<Self, &'static str> {
        Self::new(value)
    }
}

impl From<Probability> for f64 {
    fn from(probability: Probability) -> Self {
        probability.0
    }
}

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

/// What a pledge may be spent on. An empty list does not restrict; several lists must all be met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Restriction {
    /// Only projects with at least one of these goals.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalId>,
    /// Only projects inside one of these regions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<RegionCode>,
    /// Only these projects.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<ProjectId>,
}

impl Restriction {
    /// Whether money under this restriction may be spent on `project`.
    pub fn allows(&self, project: &Project) -> bool {
        let goals = self.goals.is_empty() || self.goals.iter().any(|goal| project.goals.contains(goal));
        let regions = self.regions.is_empty()
            || project
                .region
                .as_ref()
                .is_some_and(|at| self.regions.iter().any(|region| at.is_within(region)));
        let projects = self.projects.is_empty() || self.projects.contains(&project.id);
        goals && regions && projects
    }

    /// Whether it restricts nothing.
    pub fn is_open(&self) -> bool {
        self.goals.is_empty() && self.regions.is_empty() && self.projects.is_empty()
    }
}

/// How sure a pledge is: with `default_probability` a share H of it, H ~ Beta(`haircut`), never comes
/// (all of it where no haircut is stated).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Reliability {
    /// How likely the funder pays less than promised.
    pub default_probability: Probability,
    /// Shape parameters (a, b) of the share lost then, both above 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub haircut: Option<(f64, f64)>,
}

/// A promise of money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pledge {
    /// Stable id, unique in the scenario.
    pub id: PledgeId,
    /// Who promises: an organisation of the scenario.
    pub funder: OrgId,
    /// How much.
    pub amount: Money,
    /// What kind of money (F1 to F7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<FundingSource>,
    /// What it may be spent on.
    #[serde(default, skip_serializing_if = "Restriction::is_open")]
    pub restriction: Restriction,
    /// The funder's own wishes: weight above 0 for each project it wants to split its pledge over
    /// (proportional rule). Empty = no wish: by cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<(ProjectId, u32)>,
    /// How sure it is.
    #[serde(default)]
    pub reliability: Reliability,
}

/// Voices of members (M3): `voters` people who approve these projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ballot {
    /// Whose voices: a village, a group, a person.
    pub name: Text,
    /// How many people cast exactly this ballot.
    pub voters: u32,
    /// The projects they approve.
    pub approves: Vec<ProjectId>,
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
}

impl RuleId {
    /// Every rule, in the order they are offered.
    pub const ALL: [Self; 6] = [
        Self::Greedy,
        Self::GreedyPerCost,
        Self::GreedyNoSkip,
        Self::GreedyThreshold,
        Self::Proportional,
        Self::InOrder,
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
        }
    }
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
}

impl Default for FutureSettings {
    fn default() -> Self {
        Self {
            trials: 131_072,
            seed: 2026,
            sampler: Sampler::Sobol,
            common_shock: Probability(0.3),
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
    /// Promised money.
    #[serde(default)]
    pub pledges: Vec<Pledge>,
    /// Members' voices.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ballots: Vec<Ballot>,
    /// The partnership being put together.
    #[serde(default)]
    pub partnership: PartnershipPlan,
    /// How the pool decides.
    #[serde(default)]
    pub pool: PoolPlan,
    /// How futures are simulated.
    #[serde(default)]
    pub futures: FutureSettings,
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
            pledges: Vec::new(),
            ballots: Vec::new(),
            partnership: PartnershipPlan::default(),
            pool: PoolPlan::default(),
            futures: FutureSettings::default(),
            score_weights: ScoreWeights::default(),
        }
    }
}

/// Something in a scenario that contradicts itself. `at` names the place: `organisations[3].needs[0]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScenarioProblem {
    /// Stable code the page translates (`problem-…` in `locales/`).
    pub code: String,
    /// The place in the file.
    pub at: String,
    /// The value at fault, as text.
    pub value: String,
}

impl Scenario {
    /// All resource kinds: the built-in ones, then the user's.
    pub fn all_kinds(&self) -> Vec<ResourceKind> {
        let mut kinds = builtin_kinds();
        kinds.extend(self.kinds.iter().cloned());
        kinds
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

    /// Every contradiction in the scenario, in file order; empty for a sound one. A scenario with problems
    /// is never computed on.
    pub fn problems(&self) -> Vec<ScenarioProblem> {
        Checker::default().run(self)
    }
}

#[derive(Default)]
struct Checker {
    problems: Vec<ScenarioProblem>,
}

impl Checker {
    fn report(&mut self, code: &str, at: String, value: impl ToString) {
        self.problems.push(ScenarioProblem {
            code: code.to_owned(),
            at,
            value: value.to_string(),
        });
    }

    fn unique<'a, T: Ord + ToString + 'a>(
        &mut self,
        list: &str,
        ids: impl Iterator<Item = &'a T>,
    ) -> BTreeSet<&'a T> {
        let mut seen = BTreeSet::new();
        for (index, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.report("problem-duplicate-id", format!("{list}[{index}]"), id.to_string());
            }
        }
        seen
    }

    fn known<T: Ord + ToString>(&mut self, known: &BTreeSet<&T>, id: &T, code: &str, at: String) {
        if !known.contains(id) {
            self.report(code, at, id.to_string());
        }
    }

    fn amount(&mut self, minor: u64, at: String) {
        if minor > MAX_AMOUNT_MINOR {
            self.report("problem-amount-too-large", at, minor);
        }
    }

    fn run(mut self, scenario: &Scenario) -> Vec<ScenarioProblem> {
        if scenario.version != SCENARIO_VERSION {
            self.report("problem-version", "version".to_owned(), scenario.version);
        }
        let all_kinds = scenario.all_kinds();
        let kinds = self.unique("kinds", all_kinds.iter().map(|kind| &kind.id));
        let orgs = self.unique("organisations", scenario.organisations.iter().map(|org| &org.id));
        let projects = self.unique("projects", scenario.projects.iter().map(|project| &project.id));
        self.unique("pledges", scenario.pledges.iter().map(|pledge| &pledge.id));
        for (index, organisation) in scenario.organisations.iter().enumerate() {
            self.organisation(organisation, &format!("organisations[{index}]"), &kinds);
        }
        for (index, project) in scenario.projects.iter().enumerate() {
            self.project(project, &format!("projects[{index}]"), &kinds, &orgs);
        }
        for (index, pledge) in scenario.pledges.iter().enumerate() {
            self.pledge(scenario, pledge, &format!("pledges[{index}]"), &orgs, &projects);
        }
        let pairs = scenario
            .conflicts
            .iter()
            .map(|conflict| ("conflicts", &conflict.between));
        let trust = scenario.trust.iter().map(|record| ("trust", &record.between));
        for (list, (a, b)) in pairs.chain(trust) {
            self.known(&orgs, a, "problem-unknown-organisation", list.to_owned());
            self.known(&orgs, b, "problem-unknown-organisation", list.to_owned());
            if a == b {
                self.report("problem-pair-with-itself", list.to_owned(), a);
            }
        }
        for (index, ballot) in scenario.ballots.iter().enumerate() {
            for project in &ballot.approves {
                self.known(
                    &projects,
                    project,
                    "problem-unknown-project",
                    format!("ballots[{index}]"),
                );
            }
        }
        self.partnership(&scenario.partnership, &orgs, &projects);
        self.weights(&scenario.score_weights);
        if scenario.futures.trials == 0 {
            self.report("problem-no-trials", "futures.trials".to_owned(), 0);
        }
        self.problems
    }

    fn organisation(&mut self, organisation: &Organisation, at: &str, kinds: &BTreeSet<&KindId>) {
        if organisation.name.is_blank() {
            self.report("problem-no-name", format!("{at}.name"), &organisation.id);
        }
        let offers = organisation
            .offers
            .iter()
            .map(|offer| ("offers", &offer.kind, offer.quantity));
        let needs = organisation
            .needs
            .iter()
            .map(|need| ("needs", &need.kind, need.quantity));
        let mut seen = BTreeSet::new();
        for (list, kind, quantity) in offers.chain(needs) {
            self.known(kinds, kind, "problem-unknown-kind", format!("{at}.{list}"));
            self.amount(quantity.unwrap_or(0), format!("{at}.{list}"));
            if !seen.insert((list, kind)) {
                self.report("problem-duplicate-kind", format!("{at}.{list}"), kind);
            }
        }
        self.amount(
            organisation.participation_cost_minor.unwrap_or(0),
            format!("{at}.participation_cost_minor"),
        );
    }

    fn project(&mut self, project: &Project, at: &str, kinds: &BTreeSet<&KindId>, orgs: &BTreeSet<&OrgId>) {
        if project.name.is_blank() {
            self.report("problem-no-name", format!("{at}.name"), &project.id);
        }
        let cost = &project.cost;
        if !(cost.low_minor <= cost.likely_minor && cost.likely_minor <= cost.high_minor) {
            let value = format!("{} ≤ {} ≤ {}", cost.low_minor, cost.likely_minor, cost.high_minor);
            self.report("problem-cost-order", format!("{at}.cost"), value);
        }
        self.amount(cost.high_minor.max(cost.likely_minor), format!("{at}.cost"));
        if let Some(minimum) = project
            .minimum_minor
            .filter(|&minimum| minimum > cost.likely_minor)
        {
            self.report(
                "problem-minimum-above-cost",
                format!("{at}.minimum_minor"),
                minimum,
            );
        }
        if let Some(lead) = &project.lead {
            self.known(orgs, lead, "problem-unknown-organisation", format!("{at}.lead"));
        }
        for requirement in &project.requirements {
            self.known(
                kinds,
                &requirement.kind,
                "problem-unknown-kind",
                format!("{at}.requirements"),
            );
            self.amount(requirement.quantity, format!("{at}.requirements"));
        }
    }

    fn pledge(
        &mut self,
        scenario: &Scenario,
        pledge: &Pledge,
        at: &str,
        orgs: &BTreeSet<&OrgId>,
        projects: &BTreeSet<&ProjectId>,
    ) {
        self.known(
            orgs,
            &pledge.funder,
            "problem-unknown-organisation",
            format!("{at}.funder"),
        );
        if scenario.in_base(pledge.amount).is_none() {
            self.report(
                "problem-no-rate",
                format!("{at}.amount"),
                pledge.amount.currency(),
            );
        }
        for project in pledge
            .restriction
            .projects
            .iter()
            .chain(pledge.wishes.iter().map(|(project, _)| project))
        {
            self.known(projects, project, "problem-unknown-project", at.to_owned());
        }
        if let Some((a, b)) = pledge.reliability.haircut {
            let usable = |shape: f64| (0.01..=10_000.0).contains(&shape);
            if !(usable(a) && usable(b)) {
                self.report(
                    "problem-haircut",
                    format!("{at}.reliability.haircut"),
                    format!("{a}, {b}"),
                );
            }
        }
    }

    fn partnership(
        &mut self,
        plan: &PartnershipPlan,
        orgs: &BTreeSet<&OrgId>,
        projects: &BTreeSet<&ProjectId>,
    ) {
        for member in plan.lead.iter().chain(&plan.members) {
            self.known(
                orgs,
                member,
                "problem-unknown-organisation",
                "partnership".to_owned(),
            );
        }
        if let Some(project) = &plan.project {
            self.known(
                projects,
                project,
                "problem-unknown-project",
                "partnership.project".to_owned(),
            );
        }
    }

    fn weights(&mut self, weights: &ScoreWeights) {
        let positive = [weights.shared_goals, weights.shared_region, weights.trust];
        let negative = [weights.friction, weights.duplication, weights.competition];
        let sound = positive
            .into_iter()
            .chain(negative)
            .all(|weight| (0.0..=1.0).contains(&weight));
        let total: f64 = negative.into_iter().sum();
        if !sound || total > 1.0 {
            self.report("problem-score-weights", "score_weights".to_owned(), total);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CostEstimate, Sector};

    #[test]
    fn an_empty_scenario_has_no_problems_and_survives_json() {
        let scenario = Scenario::default();
        assert_eq!(scenario.problems(), Vec::new());
        let json = serde_json::to_string(&scenario).unwrap();
        assert_eq!(serde_json::from_str::<Scenario>(&json).unwrap(), scenario);
    }

    #[test]
    fn every_contradiction_is_named_with_its_place() {
        let id = |text: &str| OrgId::new(text).unwrap();
        let mut scenario = Scenario::default();
        scenario
            .organisations
            .push(Organisation::new(id("a"), "A".into(), Sector::Community));
        scenario
            .organisations
            .push(Organisation::new(id("a"), "".into(), Sector::Business));
        scenario.conflicts.push(Conflict {
            between: (id("a"), id("a")),
            reason: Text::default(),
        });
        scenario.partnership.lead = Some(id("nobody"));
        scenario.projects.push(Project {
            id: ProjectId::new("p").unwrap(),
            name: "P".into(),
            description: Text::default(),
            lead: None,
            goals: Vec::new(),
            region: None,
            cost: CostEstimate {
                low_minor: 5,
                likely_minor: 4,
                ..CostEstimate::fixed(6)
            },
            divisible: false,
            minimum_minor: None,
            beneficiaries: None,
            requirements: Vec::new(),
            duration_months: None,
        });
        let found = scenario.problems();
        let codes: Vec<_> = found.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!(
            codes,
            [
                "problem-duplicate-id",
                "problem-no-name",
                "problem-cost-order",
                "problem-pair-with-itself",
                "problem-unknown-organisation"
            ]
        );
    }
}
