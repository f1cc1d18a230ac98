//! An election as a scenario of the product.

use super::table::problem;
use super::{Election, VoteType};
use crate::domain::{
    Ballot, CostEstimate, Currency, GoalId, MAX_AMOUNT_MINOR, Money, OrgId, Organisation, Pledge, PledgeId,
    PledgeTerms, PoolPlan, Project, ProjectId, Reliability, Restriction, Scenario, Sector, Text,
};
use crate::interchange::{Format, Imported};
use std::collections::BTreeMap;

/// Id of the organisation and of the pledge that stand for the election's budget.
const BUDGET: &str = "budget";

pub(super) fn to_imported(mut election: Election) -> Imported {
    let mut problems = std::mem::take(&mut election.problems);
    let stated = election.meta_value("currency");
    let currency = stated
        .and_then(|code| Currency::new(code).ok())
        .unwrap_or_else(|| {
            let code = if stated.is_some() {
                "import-unknown-currency"
            } else {
                "import-no-currency"
            };
            problems.push(problem(None, Some("currency"), code, stated.unwrap_or_default()));
            Currency::default()
        });
    let scale = Scale::new(election.amount_digits, currency);
    let mut scenario = Scenario {
        base_currency: currency,
        title: title(&election).into(),
        pool: election.plan().unwrap_or_else(|| {
            let rule = election.meta_value("rule").unwrap_or_default();
            problems.push(problem(None, Some("rule"), "import-rule-not-known", rule));
            PoolPlan::default()
        }),
        ..Scenario::default()
    };
    let mut ids = vec![None; election.instance.projects().len()];
    for (position, &row) in election.project_rows.iter().enumerate() {
        match project(&election, position, row, &scale) {
            Ok(project) => {
                ids[position] = Some(project.id.clone());
                scenario.projects.push(project);
            }
            Err(code) => {
                let line = election.projects.lines.get(row).copied();
                let id = election
                    .instance
                    .projects()
                    .get(position)
                    .map_or("", |project| project.id());
                let mut dropped = problem(line, Some("project_id"), code, id);
                dropped.row_dropped = true;
                problems.push(dropped);
            }
        }
    }
    add_budget(&mut scenario, &election, &scale);
    scenario.ballots = ballots(&election, &ids);
    if !matches!(election.vote_type, Some(VoteType::Approval)) && !scenario.ballots.is_empty() {
        let kind = election.meta_value("vote_type").unwrap_or_default();
        problems.push(problem(
            None,
            Some("vote_type"),
            "import-scores-as-approvals",
            kind,
        ));
    } else if !reproduces_votes(&election) {
        problems.push(problem(None, Some("votes"), "import-votes-differ", ""));
    }
    if scale.loses {
        problems.push(problem(
            None,
            Some("cost"),
            "import-rounded-to-currency",
            currency.code(),
        ));
    }
    Imported {
        format: Format::Pabulib,
        scenario,
        problems,
        rows_read: election.rows_read,
    }
}

fn title(election: &Election) -> &str {
    let keys = ["description", "unit", "instance"];
    keys.into_iter()
        .find_map(|key| election.meta_value(key))
        .unwrap_or("Pabulib")
}

/// From the election's digits to the currency's.
struct Scale {
    up: u64,
    down: u64,
    loses: bool,
}

impl Scale {
    fn new(amount_digits: u32, currency: Currency) -> Self {
        let power = |digits: u32| 10_u64.saturating_pow(digits);
        Self {
            up: power(currency.minor_digits().saturating_sub(amount_digits)),
            down: power(amount_digits.saturating_sub(currency.minor_digits())),
            loses: amount_digits > currency.minor_digits(),
        }
    }

    /// Costs round up, so that nothing is called affordable that is not.
    fn cost(&self, amount: u64) -> Option<u64> {
        let minor = amount.checked_mul(self.up)?.div_ceil(self.down);
        Some(minor).filter(|&minor| minor <= MAX_AMOUNT_MINOR)
    }

    /// Money at hand rounds down.
    fn money(&self, amount: u64) -> u64 {
        (amount.saturating_mul(self.up) / self.down).min(MAX_AMOUNT_MINOR)
    }
}

fn project(election: &Election, position: usize, row: usize, scale: &Scale) -> Result<Project, &'static str> {
    let funding = election
        .instance
        .projects()
        .get(position)
        .ok_or("import-unknown-project")?;
    let cell = |name: &str| election.projects.cell(row, election.projects.column(name));
    let cost = scale
        .cost(funding.cost_minor())
        .ok_or("import-amount-too-large")?;
    if funding.is_withdrawn() {
        return Err("import-withdrawn");
    }
    let name = Some(cell("name"))
        .filter(|name| !name.is_empty())
        .unwrap_or(funding.id());
    let mut goals: Vec<GoalId> = cell("category")
        .split(',')
        .filter_map(|goal| GoalId::new(goal).ok())
        .collect();
    goals.dedup();
    Ok(Project {
        id: ProjectId::new(funding.id()).map_err(crate::domain::IdError::code)?,
        name: name.into(),
        description: Text::from(cell("description")),
        lead: None,
        goals,
        region: None,
        cost: CostEstimate::fixed(cost),
        divisible: false,
        minimum_minor: None,
        beneficiaries: None,
        requirements: Vec::new(),
        duration_months: None,
        tranches: Vec::new(),
    })
}

fn add_budget(scenario: &mut Scenario, election: &Election, scale: &Scale) {
    let amount = Money::new(
        scale.money(election.instance.budget_minor()),
        scenario.base_currency,
    );
    let ids = (OrgId::new(BUDGET), PledgeId::new(BUDGET));
    let (Ok(amount), (Ok(funder), Ok(pledge))) = (amount, ids) else {
        return;
    };
    let name = election.meta_value("unit").unwrap_or_else(|| title(election));
    scenario
        .organisations
        .push(Organisation::new(funder.clone(), name.into(), Sector::Government));
    scenario.pledges.push(Pledge {
        id: pledge,
        funder,
        amount,
        source: None,
        restriction: Restriction::default(),
        wishes: Vec::new(),
        reliability: Reliability::default(),
        terms: PledgeTerms::default(),
    });
}

/// Equal approval sets as one ballot, in the order of their first voter.
fn ballots(election: &Election, ids: &[Option<ProjectId>]) -> Vec<Ballot> {
    let mut place_of: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let mut grouped: Vec<Ballot> = Vec::new();
    for vote in &election.ballots {
        let mut approved: Vec<usize> = vote.supported().collect();
        crate::order::sort(&mut approved);
        if let Some(ballot) = place_of.get(&approved).and_then(|&place| grouped.get_mut(place)) {
            ballot.voters += 1;
            continue;
        }
        let approves = approved
            .iter()
            .filter_map(|&project| ids.get(project).cloned().flatten())
            .collect();
        place_of.insert(approved, grouped.len());
        grouped.push(Ballot {
            name: vote.voter_id.as_str().into(),
            voters: 1,
            approves,
            points: Vec::new(),
        });
    }
    grouped
}

fn reproduces_votes(election: &Election) -> bool {
    let mut counted = vec![0_u64; election.instance.projects().len()];
    for project in election.ballots.iter().flat_map(super::PbVote::supported) {
        if let Some(count) = counted.get_mut(project) {
            *count += 1;
        }
    }
    let stated = election
        .instance
        .projects()
        .iter()
        .map(crate::funding::FundingProject::votes);
    election.instance.votes_digits() == 0 && stated.eq(counted)
}
