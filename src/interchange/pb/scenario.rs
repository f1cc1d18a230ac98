//! An election as a scenario of the product.

use super::number::Decimal;
use super::table::problem;
use super::write::{PROJECT_COLUMNS, VOTE_COLUMNS, written_anew};
use super::{Election, PbVote, VoteType};
use crate::domain::{
    Ballot, CostEstimate, Currency, ElectionNotes, GoalId, MAX_AMOUNT_MINOR, Money, OrgId, Organisation,
    Pledge, PledgeId, PledgeTerms, PoolPlan, Project, ProjectId, Reliability, Restriction, Scenario, Sector,
    Text,
};
use crate::funding::FundingProject;
use crate::interchange::{Format, Imported, RowProblem};
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
    scenario.election = notes(&election, &ids);
    let points = Points::of(&election, &mut problems);
    scenario.ballots = ballots(&election, &ids, &points);
    // A threshold counts points: it grows with them.
    scenario.pool.threshold_votes = scenario
        .pool
        .threshold_votes
        .map(|votes| votes.saturating_mul(points.scale()));
    let left = left_out(&election.votes.columns, &VOTE_COLUMNS);
    if !left.is_empty() {
        problems.push(problem(None, Some("voter_id"), "import-voter-columns", &left));
    }
    let plain = points.given || matches!(election.vote_type, Some(VoteType::Approval));
    if !plain && !scenario.ballots.is_empty() {
        let kind = election.meta_value("vote_type").unwrap_or_default();
        problems.push(problem(
            None,
            Some("vote_type"),
            "import-scores-as-approvals",
            kind,
        ));
    } else if !reproduces_votes(&election, &points) {
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

/// How the points of an election's ballots are counted here: in whole numbers.
struct Points {
    /// Whether any ballot gives points.
    given: bool,
    /// Decimal digits they are multiplied away by, the same for every ballot.
    digits: u32,
}

impl Points {
    /// Reads what the ballots write, and says what cannot be kept.
    fn of(election: &Election, problems: &mut Vec<RowProblem>) -> Self {
        let written = || election.ballots.iter().flat_map(|vote| &vote.points);
        let numbers = || written().filter_map(|text| Decimal::parse(text));
        let digits = numbers().map(Decimal::digits).max().unwrap_or(0);
        let fits = |digits: u32| {
            numbers().all(|number| {
                let whole = number.scaled(digits).unwrap_or(u64::MAX);
                number.digits() > digits || u32::try_from(whole).is_ok()
            })
        };
        // As many digits as a ballot can hold; what is beyond is rounded up, so that no voice is lost.
        let kept = (0..=digits).rev().find(|&digits| fits(digits)).unwrap_or(0);
        if kept > 0 {
            let factor = 10_u64.saturating_pow(kept).to_string();
            problems.push(problem(None, Some("points"), "import-points-scaled", &factor));
        }
        if kept < digits || !fits(kept) {
            problems.push(problem(None, Some("points"), "import-points-rounded", ""));
        }
        for (vote, &line) in election.ballots.iter().zip(&election.votes.lines) {
            for text in vote.points.iter().filter(|text| Decimal::parse(text).is_none()) {
                problems.push(problem(
                    Some(line),
                    Some("points"),
                    "import-points-unreadable",
                    text,
                ));
            }
        }
        Self {
            given: written().next().is_some(),
            digits: kept,
        }
    }

    /// What one point of the file is here.
    fn scale(&self) -> u64 {
        10_u64.saturating_pow(self.digits)
    }

    /// The projects a ballot supports with their points, ascending: 1 each where it gives none. What is no number, or
    /// below zero, is no support.
    fn supported(&self, vote: &PbVote) -> Vec<(usize, u32)> {
        let points = |place: usize| -> u32 {
            match vote.points.get(place) {
                None => u32::try_from(self.scale()).unwrap_or(u32::MAX),
                Some(text) => Decimal::parse(text).map_or(0, |number| {
                    let exact = number
                        .scaled(self.digits)
                        .unwrap_or_else(|| number.ceiling_at(self.digits));
                    u32::try_from(exact).unwrap_or(u32::MAX)
                }),
            }
        };
        let named = vote.projects.iter().enumerate();
        let mut supported: Vec<(usize, u32)> = named
            .map(|(place, &project)| (project, points(place)))
            .filter(|&(_, points)| points > 0)
            .collect();
        crate::order::sort(&mut supported);
        supported
    }
}

/// Equal ballots as one, in the order of their first voter. They are called as the column `group` says, which makes
/// ballots of different groups different; without one by their first voter.
fn ballots(election: &Election, ids: &[Option<ProjectId>], points: &Points) -> Vec<Ballot> {
    let group_column = election.votes.column("group");
    let mut place_of: BTreeMap<(String, Vec<(usize, u32)>), usize> = BTreeMap::new();
    let mut grouped: Vec<Ballot> = Vec::new();
    for (row, vote) in election.ballots.iter().enumerate() {
        let supported = points.supported(vote);
        let key = (election.votes.cell(row, group_column).to_owned(), supported);
        if let Some(ballot) = place_of.get(&key).and_then(|&place| grouped.get_mut(place)) {
            ballot.voters = ballot.voters.saturating_add(1);
            continue;
        }
        let known = key.1.iter().filter_map(|&(project, points)| {
            let id = ids.get(project).cloned().flatten()?;
            Some((id, points))
        });
        let (approves, given): (Vec<ProjectId>, Vec<u32>) = known.unzip();
        let name = Some(key.0.as_str()).filter(|name| !name.is_empty());
        grouped.push(Ballot {
            name: name.unwrap_or(vote.voter_id.as_str()).into(),
            voters: 1,
            approves,
            points: if points.given { given } else { Vec::new() },
        });
        place_of.insert(key, grouped.len() - 1);
    }
    grouped
}

/// Headings that are not among the `known` ones.
fn left_out(columns: &[String], known: &[&str]) -> String {
    let unknown = columns.iter().filter(|column| !is_among(column, known));
    unknown.map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn is_among(column: &str, known: &[&str]) -> bool {
    known.iter().any(|name| column.eq_ignore_ascii_case(name))
}

/// What nothing is computed from, to be written back.
fn notes(election: &Election, ids: &[Option<ProjectId>]) -> ElectionNotes {
    let meta = &election.meta;
    // Some files write no `key;value` heading: then their first pair was taken for it.
    let heading = meta.columns.first().zip(meta.columns.get(1));
    let heading = heading.filter(|(key, _)| !key.eq_ignore_ascii_case("key"));
    let rows = meta.rows.iter().filter_map(|row| row.first().zip(row.get(1)));
    let pairs = heading.into_iter().chain(rows);
    let pairs = pairs.map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()));
    let kept: Vec<usize> = (0..election.projects.columns.len())
        .filter(|&at| {
            let heading = election.projects.columns.get(at);
            heading.is_some_and(|heading| !heading.is_empty() && !is_among(heading, &PROJECT_COLUMNS))
        })
        .collect();
    let headings = kept
        .iter()
        .filter_map(|&at| election.projects.columns.get(at).cloned());
    let cells = |row: usize| {
        let cell = |&at: &usize| election.projects.cell(row, Some(at)).to_owned();
        kept.iter().map(cell).collect::<Vec<_>>()
    };
    let rows = ids.iter().zip(&election.project_rows);
    let rows = rows.filter_map(|(id, &row)| Some((id.clone()?, cells(row))));
    ElectionNotes {
        meta: pairs
            .filter(|(key, value)| !key.is_empty() && !value.is_empty() && !written_anew(key))
            .collect(),
        columns: headings.collect(),
        cells: rows
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
            .collect(),
    }
}

fn reproduces_votes(election: &Election, points: &Points) -> bool {
    let mut counted = vec![0_u64; election.instance.projects().len()];
    for vote in &election.ballots {
        for (project, points) in points.supported(vote) {
            if let Some(count) = counted.get_mut(project) {
                *count += u64::from(points);
            }
        }
    }
    let digits = election.instance.votes_digits();
    let up = 10_u64.saturating_pow(digits.saturating_sub(points.digits));
    let down = 10_u64.saturating_pow(points.digits.saturating_sub(digits));
    let stated = election.instance.projects().iter().map(FundingProject::votes);
    stated
        .zip(counted)
        .all(|(stated, counted)| stated.saturating_mul(down) == counted.saturating_mul(up))
}
