//! What may contradict itself in a scenario.

use super::terms::usable_shape;
use super::{
    AppealPlan, Ballot, Condition, FutureSettings, KindId, LEAST_STRENGTH, MAX_AMOUNT_MINOR, MAX_PERIODS,
    MAX_VOLATILITY, MOST_STRENGTH, OrgId, Organisation, PartnershipPlan, Pledge, PledgeId, Project,
    ProjectGroup, ProjectId, PromiseOutcome, ResourceKind, SCENARIO_VERSION, Scenario, ScoreWeights,
    WHOLE_BASIS_POINTS,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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
    /// Every contradiction in the scenario, in file order; empty for a sound one. A scenario with problems
    /// is never computed on; but see [`Scenario::problems_of_organisations`].
    pub fn problems(&self) -> Vec<ScenarioProblem> {
        Checker::default().run(self)
    }

    /// Those of [`Scenario::problems`] that partners of an organisation could be found wrongly by: of kinds, organisations,
    /// conflicts, trust and weights. The search for partners looks at nothing else.
    pub fn problems_of_organisations(&self) -> Vec<ScenarioProblem> {
        let mut checker = Checker::default();
        checker.version(self.version);
        let all_kinds = self.all_kinds();
        let (_, orgs) = checker.organisations(self, &all_kinds);
        checker.pairs(self, &orgs);
        checker.weights(&self.score_weights);
        checker.problems
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

    fn version(&mut self, version: u32) {
        if version != SCENARIO_VERSION {
            self.report("problem-version", "version".to_owned(), version);
        }
    }

    /// Looks at kinds and organisations; the ids of both.
    fn organisations<'a>(
        &mut self,
        scenario: &'a Scenario,
        all_kinds: &'a [ResourceKind],
    ) -> (BTreeSet<&'a KindId>, BTreeSet<&'a OrgId>) {
        let kinds = self.unique("kinds", all_kinds.iter().map(|kind| &kind.id));
        let orgs = self.unique("organisations", scenario.organisations.iter().map(|org| &org.id));
        for (index, organisation) in scenario.organisations.iter().enumerate() {
            self.organisation(organisation, &format!("organisations[{index}]"), &kinds);
        }
        (kinds, orgs)
    }

    fn pairs(&mut self, scenario: &Scenario, orgs: &BTreeSet<&OrgId>) {
        let pairs = scenario
            .conflicts
            .iter()
            .map(|conflict| ("conflicts", &conflict.between));
        let trust = scenario.trust.iter().map(|record| ("trust", &record.between));
        for (list, (a, b)) in pairs.chain(trust) {
            self.known(orgs, a, "problem-unknown-organisation", list.to_owned());
            self.known(orgs, b, "problem-unknown-organisation", list.to_owned());
            if a == b {
                self.report("problem-pair-with-itself", list.to_owned(), a);
            }
        }
    }

    fn run(mut self, scenario: &Scenario) -> Vec<ScenarioProblem> {
        self.version(scenario.version);
        let all_kinds = scenario.all_kinds();
        let (kinds, orgs) = self.organisations(scenario, &all_kinds);
        let projects = self.unique("projects", scenario.projects.iter().map(|project| &project.id));
        self.unique("pledges", scenario.pledges.iter().map(|pledge| &pledge.id));
        for (index, project) in scenario.projects.iter().enumerate() {
            self.project(project, &format!("projects[{index}]"), &kinds, &orgs);
        }
        for (index, pledge) in scenario.pledges.iter().enumerate() {
            self.pledge(scenario, pledge, &format!("pledges[{index}]"), &orgs, &projects);
        }
        self.pairs(scenario, &orgs);
        for (index, ballot) in scenario.ballots.iter().enumerate() {
            self.ballot(ballot, &format!("ballots[{index}]"), &projects);
        }
        for (index, group) in scenario.groups.iter().enumerate() {
            self.group(group, &format!("groups[{index}]"), &projects);
        }
        self.partnership(&scenario.partnership, &orgs, &projects);
        self.appeal(&scenario.appeal, &orgs);
        self.weights(&scenario.score_weights);
        self.futures(&scenario.futures);
        self.records(scenario, &projects);
        for (index, conversion) in scenario.conversions.iter().enumerate() {
            let volatility = conversion.volatility;
            if !(0.0..=MAX_VOLATILITY).contains(&volatility) {
                self.report(
                    "problem-volatility",
                    format!("conversions[{index}].volatility"),
                    volatility,
                );
            }
        }
        self.problems
    }

    fn records(&mut self, scenario: &Scenario, projects: &BTreeSet<&ProjectId>) {
        let records = &scenario.records;
        let pledges: BTreeSet<&PledgeId> = scenario.pledges.iter().map(|pledge| &pledge.id).collect();
        let of_pledges = records.promises.iter().map(|record| &record.pledge);
        let adopted = records.adopted_pledges.iter().map(|record| &record.pledge);
        for pledge in of_pledges.chain(adopted) {
            self.known(&pledges, pledge, "problem-unknown-pledge", "records".to_owned());
        }
        let of_costs = records.costs.iter().map(|record| &record.project);
        let adopted = records.adopted_costs.iter().map(|record| &record.project);
        for project in of_costs.chain(adopted) {
            self.known(projects, project, "problem-unknown-project", "records".to_owned());
        }
        let strength = records.strength();
        if !(LEAST_STRENGTH..=MOST_STRENGTH).contains(&strength) {
            self.report("problem-strength", "records.strength".to_owned(), strength);
        }
        for (index, record) in records.promises.iter().enumerate() {
            let at = format!("records.promises[{index}]");
            let (paid, late) = (record.paid_basis_points, record.periods_late);
            let sound = match record.outcome {
                PromiseOutcome::Kept => paid == 0 && late == 0,
                PromiseOutcome::Late => paid == 0 && (1..=MAX_PERIODS).contains(&usize::from(late)),
                PromiseOutcome::Missed => paid < WHOLE_BASIS_POINTS && late == 0,
            };
            if !sound {
                let value = format!("{}, {paid}, {late}", record.outcome.code());
                self.report("problem-promise-record", at, value);
            }
        }
        for (index, record) in records.costs.iter().enumerate() {
            let at = format!("records.costs[{index}]");
            if record.estimated_minor == 0 || record.actual_minor == 0 {
                self.report("problem-cost-record", at.clone(), 0);
            }
            self.amount(record.estimated_minor.max(record.actual_minor), at);
        }
    }

    fn futures(&mut self, futures: &FutureSettings) {
        if futures.trials == 0 {
            self.report("problem-no-trials", "futures.trials".to_owned(), 0);
        }
        let months = futures.period_months;
        if months != 0 && !FutureSettings::PERIOD_MONTHS.contains(&months) {
            self.report("problem-period", "futures.period_months".to_owned(), months);
        }
        if usize::from(futures.periods) > MAX_PERIODS {
            self.report("problem-periods", "futures.periods".to_owned(), futures.periods);
        }
        self.amount(futures.opening_minor, "futures.opening_minor".to_owned());
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
        if let Some(value) = super::terms::tranches_problem(&project.tranches) {
            self.report("problem-tranches", format!("{at}.tranches"), value);
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
        if let Some((a, b)) = pledge.reliability.haircut
            && !(usable_shape(a) && usable_shape(b))
        {
            self.report(
                "problem-haircut",
                format!("{at}.reliability.haircut"),
                format!("{a}, {b}"),
            );
        }
        if let Some((chance, mean)) = pledge.reliability.delay
            && !((0.0..=1.0).contains(&chance) && (1.0..=MAX_PERIODS as f64).contains(&mean))
        {
            self.report(
                "problem-delay",
                format!("{at}.reliability.delay"),
                format!("{chance}, {mean}"),
            );
        }
        for (code, place, value) in pledge.terms.problems() {
            self.report(code, format!("{at}.terms.{place}"), value);
        }
        if let Some(project) = pledge.terms.condition.as_ref().and_then(Condition::project) {
            let at = format!("{at}.terms.condition");
            self.known(projects, project, "problem-unknown-project", at);
        }
        let results = pledge.terms.results.as_ref();
        if let Some(org) = results.and_then(|results| results.prefinanced_by.as_ref()) {
            let at = format!("{at}.terms.results");
            self.known(orgs, org, "problem-unknown-organisation", at);
        }
    }

    fn group(&mut self, group: &ProjectGroup, at: &str, projects: &BTreeSet<&ProjectId>) {
        for project in &group.projects {
            self.known(projects, project, "problem-unknown-project", at.to_owned());
        }
        if group.at_most == Some(0) {
            self.report("problem-group-of-none", format!("{at}.at_most"), 0);
        }
        self.amount(group.ceiling_minor.unwrap_or(0), format!("{at}.ceiling_minor"));
    }

    fn ballot(&mut self, ballot: &Ballot, at: &str, projects: &BTreeSet<&ProjectId>) {
        if ballot.voters == 0 {
            self.report("problem-no-voters", format!("{at}.voters"), 0);
        }
        let mut seen = BTreeSet::new();
        for project in &ballot.approves {
            self.known(projects, project, "problem-unknown-project", at.to_owned());
            if !seen.insert(project) {
                self.report("problem-named-twice", at.to_owned(), project);
            }
        }
        let points = &ballot.points;
        if !points.is_empty() && points.len() != ballot.approves.len() {
            let value = format!("{} ≠ {}", points.len(), ballot.approves.len());
            self.report("problem-points-differ", format!("{at}.points"), value);
        }
        if points.contains(&0) {
            self.report("problem-no-points", format!("{at}.points"), 0);
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
        for anchor in &plan.coalition.anchors {
            self.known(
                orgs,
                anchor,
                "problem-unknown-organisation",
                "partnership.coalition.anchors".to_owned(),
            );
        }
        self.amount(
            plan.coalition.alpha_minor,
            "partnership.coalition.alpha_minor".to_owned(),
        );
        if let Some(project) = &plan.project {
            self.known(
                projects,
                project,
                "problem-unknown-project",
                "partnership.project".to_owned(),
            );
        }
    }

    fn appeal(&mut self, appeal: &AppealPlan, orgs: &BTreeSet<&OrgId>) {
        let mut seen = BTreeSet::new();
        for (index, party) in appeal.parties.iter().enumerate() {
            let at = format!("appeal.parties[{index}]");
            self.known(
                orgs,
                &party.organisation,
                "problem-unknown-organisation",
                at.clone(),
            );
            if !seen.insert(&party.organisation) {
                self.report("problem-duplicate-id", at.clone(), &party.organisation);
            }
            self.amount(party.goal_minor.unwrap_or(0), format!("{at}.goal_minor"));
            self.amount(party.campaign_minor.unwrap_or(0), format!("{at}.campaign_minor"));
        }
        for (index, donor) in appeal.donors.iter().enumerate() {
            let at = format!("appeal.donors[{index}]");
            let mut seen = BTreeSet::new();
            for asking in &donor.asked_by {
                self.known(
                    orgs,
                    asking,
                    "problem-unknown-organisation",
                    format!("{at}.asked_by"),
                );
                if !seen.insert(asking) {
                    self.report("problem-duplicate-id", format!("{at}.asked_by"), asking);
                }
            }
            self.amount(donor.gift_minor.unwrap_or(0), format!("{at}.gift_minor"));
            self.amount(donor.budget_minor.unwrap_or(0), format!("{at}.budget_minor"));
        }
        self.amount(
            appeal.campaign_minor.unwrap_or(0),
            "appeal.campaign_minor".to_owned(),
        );
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
    use crate::domain::{Conflict, CostEstimate, Sector, Text};

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
        scenario.partnership.coalition.anchors = vec![id("a"), id("ghost")];
        let ballot = |voters, approves: &[&str], points: &[u32]| Ballot {
            name: "Warga".into(),
            voters,
            approves: approves.iter().map(|id| ProjectId::new(id).unwrap()).collect(),
            points: points.to_vec(),
        };
        scenario.ballots = vec![
            ballot(3, &["p"], &[2]),
            ballot(0, &["p", "p"], &[]),
            ballot(1, &["q"], &[0, 1]),
        ];
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
            tranches: Vec::new(),
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
                "problem-no-voters",
                "problem-named-twice",
                "problem-unknown-project",
                "problem-points-differ",
                "problem-no-points",
                "problem-unknown-organisation",
                "problem-unknown-organisation"
            ]
        );
    }
}
