//! A `.pb` file read as an election.

use super::number::Decimal;
use super::table::{PbTable, Sections, problem, read as read_sections};
use super::voters::group;
use crate::domain::{Comparison, Completion, MAX_AMOUNT_MINOR, PoolPlan, RuleId};
use crate::funding::{FundingProject, Instance, MAX_PROJECTS, Participant};
use crate::interchange::{ImportError, RowProblem};
use std::collections::{BTreeMap, BTreeSet};

/// The cost Pabulib writes for a project that was withdrawn.
const WITHDRAWN_COST: &str = "999999999";
/// Id of the one virtual purse: the election's budget.
const POOL: &str = "pool";

/// What voters wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteType {
    /// A set of projects (`approval`, `choose-1`).
    Approval,
    /// A ranking, best first.
    Ordinal,
    /// Points from a fixed sum.
    Cumulative,
    /// A score for each project.
    Scoring,
}

/// One ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PbVote {
    /// As in the file.
    pub voter_id: String,
    /// Positions of the projects named, in ballot order, each once.
    pub projects: Vec<usize>,
    /// `points[k]` for `projects[k]`, as written; empty if the file has none.
    pub points: Vec<String>,
}

/// An election as read: everything the file says, and the instance the funding rules compute on.
#[derive(Clone, Debug, PartialEq)]
pub struct Election {
    /// `META`, as written.
    pub meta: PbTable,
    /// `PROJECTS`, as written.
    pub projects: PbTable,
    /// `VOTES`, as written.
    pub votes: PbTable,
    /// Projects in file order, and the budget as the one purse `pool`.
    ///
    /// Votes of a project: its `score` if the file has that column, else `votes`; where neither says, the
    /// ballots that name it. Its voters are the ballots, equal ones together: 1 for an approval or a rank, points where the
    /// file gives points.
    pub instance: Instance,
    /// The row of `projects` behind each project of the instance.
    pub project_rows: Vec<usize>,
    /// Decimal digits the amounts are scaled by: the fewest that make every cost and the budget whole.
    pub amount_digits: u32,
    /// What voters wrote; `None` if the file does not say or says something else.
    pub vote_type: Option<VoteType>,
    /// The ballots that could be read.
    pub ballots: Vec<PbVote>,
    /// `group_of[ballot]`: which of the instance's voters it belongs to.
    pub group_of: Vec<usize>,
    /// `selected == 1` by project, where the file has that column: what the city funded from this budget.
    pub selected: Option<Vec<bool>>,
    /// What was wrong, in file order within each section.
    pub problems: Vec<RowProblem>,
    /// Rows read, good and bad.
    pub rows_read: u64,
}

impl Election {
    /// The value of a key of `META`.
    pub fn meta_value(&self, key: &str) -> Option<&str> {
        meta_value(&self.meta, key)
    }

    /// The election's own rule as the product's plan; `None` if the product does not have it.
    ///
    /// `greedy-threshold` takes `min_project_score_threshold` (rounded up to whole votes). `equalshares` may go on with
    /// `/` and a completion (`add1`, `add1u`, `greedy`), and that with `-comparison`: the step by satisfaction.
    pub fn plan(&self) -> Option<PoolPlan> {
        let code = self.meta_value("rule")?;
        if let Some(plan) = equal_shares(code) {
            return Some(plan);
        }
        let greedy = [RuleId::Greedy, RuleId::GreedyNoSkip, RuleId::GreedyThreshold];
        let rule = greedy.into_iter().find(|rule| rule.code() == code)?;
        let threshold = self
            .meta_value("min_project_score_threshold")
            .and_then(Decimal::parse);
        let threshold_votes = threshold
            .map(Decimal::ceiling)
            .filter(|_| rule == RuleId::GreedyThreshold);
        Some(PoolPlan {
            rule,
            threshold_votes,
            ..PoolPlan::default()
        })
    }
}

impl Election {
    /// What each voter's part paid, from what its group paid: (project, [(voter, amount above 0)]).
    ///
    /// The amount of a group is split among its voters as evenly as whole units allow, the odd units going round from
    /// voter to voter over all projects: so each payment is the exact share rounded down or up, and nobody's payments
    /// together exceed its part rounded up. A voter without an id of its own is called by its place in the file.
    pub fn by_voter(&self, by_group: &[(usize, Vec<(usize, u64)>)]) -> Vec<(String, Vec<(String, u64)>)> {
        if by_group.is_empty() {
            return Vec::new();
        }
        let mut members = vec![Vec::new(); self.instance.voters().len()];
        for (ballot, &group) in self.group_of.iter().enumerate() {
            if let Some(list) = members.get_mut(group) {
                list.push(ballot);
            }
        }
        let names = self.voter_names();
        let mut turn = vec![0_usize; members.len()];
        let split = |&(group, amount): &(usize, u64)| -> Vec<(String, u64)> {
            let (Some(list), Some(turn)) = (members.get(group), turn.get_mut(group)) else {
                return Vec::new();
            };
            let count = list.len().max(1);
            let odd = usize::try_from(amount % count as u64).unwrap_or(0);
            let first = std::mem::replace(turn, (*turn + odd) % count);
            let paid = list.iter().enumerate().filter_map(|(place, &ballot)| {
                let extra = u64::from((place + count - first) % count < odd);
                let amount = amount / count as u64 + extra;
                (amount > 0).then(|| (names.get(ballot).cloned().unwrap_or_default(), amount))
            });
            paid.collect()
        };
        let mut split = split;
        let project = |position: usize| self.instance.projects().get(position);
        let by_group = by_group.iter().map(|(position, payments)| {
            let id = project(*position).map_or("", FundingProject::id).to_owned();
            (id, payments.iter().flat_map(&mut split).collect())
        });
        by_group.collect()
    }

    /// `names[ballot]`: the voter's id, or `#` and its place where there is none or another has it too.
    fn voter_names(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let ballots = self.ballots.iter().enumerate();
        ballots
            .map(|(place, ballot)| {
                let id = ballot.voter_id.as_str();
                if !id.is_empty() && seen.insert(id) {
                    id.to_owned()
                } else {
                    format!("#{}", place + 1)
                }
            })
            .collect()
    }
}

/// `equalshares[/completion][-comparison]`.
fn equal_shares(code: &str) -> Option<PoolPlan> {
    let rest = code.strip_prefix("equalshares")?;
    let (rest, comparison) = match rest.strip_suffix("-comparison") {
        Some(rest) => (rest, Some(Comparison::Satisfaction)),
        None => (rest, None),
    };
    let completion = match rest {
        "" => Completion::None,
        "/add1" => Completion::Add1,
        "/add1u" => Completion::Add1u,
        "/greedy" | "/utilitarian" => Completion::Greedy,
        _ => return None,
    };
    Some(PoolPlan {
        completion: Some(completion),
        comparison,
        ..PoolPlan::of(RuleId::EqualShares)
    })
}

fn meta_value<'a>(meta: &'a PbTable, key: &str) -> Option<&'a str> {
    // Some files write no `key;value` heading: then their first pair was taken for it.
    let heading = meta.columns.first().zip(meta.columns.get(1));
    let rows = meta.rows.iter().filter_map(|row| row.first().zip(row.get(1)));
    let mut pairs = heading.into_iter().chain(rows);
    let found = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case(key));
    found
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
}

/// A project row that can be used.
struct Row {
    row: usize,
    id: String,
    cost: Decimal,
    withdrawn: bool,
    votes: Option<Decimal>,
}

pub(super) fn read(bytes: &[u8]) -> Result<Election, ImportError> {
    let mut sections = read_sections(bytes)?;
    if sections.projects.column("project_id").is_none() {
        return Err(ImportError::UnknownFormat);
    }
    let budget = read_budget(&sections.meta)?;
    let rows = read_projects(&mut sections)?;
    let by_id = rows
        .iter()
        .enumerate()
        .map(|(position, row)| (row.id.as_str(), position))
        .collect();
    let ballots = read_votes(&mut sections, &by_id);
    let named = count_named(&ballots, rows.len());
    let digits_of =
        |numbers: &mut dyn Iterator<Item = Decimal>| numbers.map(Decimal::digits).max().unwrap_or(0);
    let amount_digits = digits_of(&mut rows.iter().map(|row| row.cost).chain([budget]));
    let votes_digits = digits_of(&mut rows.iter().filter_map(|row| row.votes));

    let mut projects = Vec::new();
    let mut project_rows = Vec::new();
    // Positions move when a project must be left out after all: ballots follow.
    let mut position_now = vec![None; rows.len()];
    for ((position, row), named) in rows.iter().enumerate().zip(named) {
        let votes = row.votes.map_or_else(
            || named.checked_mul(10_u64.checked_pow(votes_digits)?),
            |votes| votes.scaled(votes_digits),
        );
        let cost = row
            .cost
            .scaled(amount_digits)
            .filter(|&cost| cost <= MAX_AMOUNT_MINOR);
        let (Some(cost), Some(votes)) = (cost, votes) else {
            let line = sections.projects.lines.get(row.row).copied();
            let mut dropped = problem(line, Some("cost"), "import-amount-too-large", &row.id);
            dropped.row_dropped = true;
            sections.problems.push(dropped);
            continue;
        };
        let project = FundingProject::new(row.id.as_str(), cost, votes);
        position_now[position] = Some(projects.len());
        projects.push(if row.withdrawn {
            project.withdrawn()
        } else {
            project
        });
        project_rows.push(row.row);
    }
    let malformed = |detail: &str| ImportError::Malformed {
        line: 1,
        column: 1,
        detail: detail.to_owned(),
    };
    let purse = budget
        .scaled(amount_digits)
        .filter(|&minor| minor <= MAX_AMOUNT_MINOR);
    let purse = purse.ok_or_else(|| malformed("budget: amount too large"))?;
    let pool = Participant::new(POOL, purse, (0..projects.len()).collect());
    let ballots: Vec<PbVote> = ballots
        .into_iter()
        .map(|ballot| moved(ballot, &position_now))
        .collect();
    let (voters, group_of) = group(&ballots);
    let instance = Instance::with_votes_digits(projects, vec![pool], votes_digits)
        .and_then(|instance| {
            instance
                .counted_in(10_u64.saturating_pow(amount_digits))
                .with_voters(voters)
        })
        .map_err(|error| malformed(error.code()))?;
    let selected_column = sections.projects.column("selected");
    let is_selected = |&row: &usize| sections.projects.cell(row, selected_column) == "1";
    let selected = selected_column.map(|_| project_rows.iter().map(is_selected).collect());
    Ok(Election {
        instance,
        selected,
        project_rows,
        amount_digits,
        vote_type: meta_value(&sections.meta, "vote_type").and_then(vote_type),
        ballots,
        group_of,
        meta: sections.meta,
        projects: sections.projects,
        votes: sections.votes,
        problems: sections.problems,
        rows_read: sections.rows_read,
    })
}

fn vote_type(code: &str) -> Option<VoteType> {
    match code.to_ascii_lowercase().as_str() {
        "approval" | "choose-1" => Some(VoteType::Approval),
        "ordinal" => Some(VoteType::Ordinal),
        "cumulative" => Some(VoteType::Cumulative),
        "scoring" => Some(VoteType::Scoring),
        _ => None,
    }
}

fn read_budget(meta: &PbTable) -> Result<Decimal, ImportError> {
    let text = meta_value(meta, "budget");
    text.and_then(Decimal::parse)
        .ok_or_else(|| ImportError::Malformed {
            line: meta.lines.first().copied().unwrap_or(1),
            column: 1,
            detail: format!(
                "budget: {}",
                text.unwrap_or_default().chars().take(80).collect::<String>()
            ),
        })
}

fn read_projects(sections: &mut Sections) -> Result<Vec<Row>, ImportError> {
    let table = &sections.projects;
    let column = |name: &str| table.column(name);
    let (Some(id_column), Some(cost_column)) = (column("project_id"), column("cost")) else {
        return Err(ImportError::UnknownFormat);
    };
    let votes_column = column("score")
        .map(|at| (at, "score"))
        .or(column("votes").map(|at| (at, "votes")));
    let mut rows: Vec<Row> = Vec::new();
    let mut seen = BTreeMap::new();
    for (row, &line) in table.lines.iter().enumerate() {
        let id = table.cell(row, Some(id_column));
        let cost_text = table.cell(row, Some(cost_column));
        let mut refuse = |column: &str, code: &str, value: &str| {
            let mut refused = problem(Some(line), Some(column), code, value);
            refused.row_dropped = true;
            sections.problems.push(refused);
        };
        if id.is_empty() {
            refuse("project_id", "import-no-id", id);
            continue;
        }
        let Some(cost) = Decimal::parse(cost_text) else {
            refuse("cost", "import-not-a-number", cost_text);
            continue;
        };
        if rows.len() == MAX_PROJECTS {
            refuse("project_id", "import-too-many-rows", id);
            continue;
        }
        if seen.insert(id.to_owned(), row).is_some() {
            refuse("project_id", "import-duplicate-id", id);
            continue;
        }
        let votes = votes_column.and_then(|(at, name)| {
            let text = table.cell(row, Some(at));
            let votes = Decimal::parse(text);
            if votes.is_none() && !text.is_empty() {
                sections
                    .problems
                    .push(problem(Some(line), Some(name), "import-not-a-number", text));
            }
            votes
        });
        rows.push(Row {
            row,
            id: id.to_owned(),
            withdrawn: Decimal::parse(WITHDRAWN_COST) == Some(cost),
            cost,
            votes,
        });
    }
    Ok(rows)
}

fn read_votes(sections: &mut Sections, by_id: &BTreeMap<&str, usize>) -> Vec<PbVote> {
    let table = &sections.votes;
    let (voter_column, points_column) = (table.column("voter_id"), table.column("points"));
    let Some(vote_column) = table.column("vote") else {
        if !table.rows.is_empty() {
            let headings = table.columns.join(";");
            sections
                .problems
                .push(problem(None, Some("vote"), "import-no-column", &headings));
        }
        return Vec::new();
    };
    let mut ballots = Vec::with_capacity(table.rows.len());
    for (row, &line) in table.lines.iter().enumerate() {
        let list = |column| table.cell(row, column).split(',').map(str::trim);
        let points: Vec<&str> = list(points_column).filter(|text| !text.is_empty()).collect();
        let mut ballot = PbVote {
            voter_id: table.cell(row, voter_column).to_owned(),
            projects: Vec::new(),
            points: Vec::new(),
        };
        let named = list(Some(vote_column)).filter(|id| !id.is_empty());
        let has_points = !points.is_empty();
        if has_points && points.len() != named.clone().count() {
            let text = table.cell(row, points_column);
            sections
                .problems
                .push(problem(Some(line), Some("points"), "import-points-differ", text));
        }
        for (place, id) in named.enumerate() {
            match by_id.get(id) {
                Some(position) if !ballot.projects.contains(position) => {
                    ballot.projects.push(*position);
                    if has_points {
                        ballot
                            .points
                            .push(points.get(place).copied().unwrap_or("0").to_owned());
                    }
                }
                Some(_) => {
                    sections
                        .problems
                        .push(problem(Some(line), Some("vote"), "import-named-twice", id));
                }
                None => {
                    sections
                        .problems
                        .push(problem(Some(line), Some("vote"), "import-unknown-project", id));
                }
            }
        }
        ballots.push(ballot);
    }
    ballots
}

/// How many ballots name each project: a ballot that gives it no points does not.
fn count_named(ballots: &[PbVote], projects: usize) -> Vec<u64> {
    let mut named = vec![0; projects];
    for ballot in ballots {
        for project in ballot.supported() {
            if let Some(count) = named.get_mut(project) {
                *count += 1;
            }
        }
    }
    named
}

impl PbVote {
    /// The projects it names and, where it gives points, gives some.
    pub fn supported(&self) -> impl Iterator<Item = usize> + '_ {
        let no_points = |place: usize| {
            let points = self.points.get(place).and_then(|text| Decimal::parse(text));
            points.is_some_and(|points| points.ceiling() == 0)
        };
        let places = self.projects.iter().enumerate();
        places
            .filter(move |(place, _)| !no_points(*place))
            .map(|(_, &project)| project)
    }
}

fn moved(ballot: PbVote, position_now: &[Option<usize>]) -> PbVote {
    let now = |position: &usize| position_now.get(*position).copied().flatten();
    let kept = |place: &usize| ballot.projects.get(*place).and_then(now).is_some();
    let points = ballot.points.iter().enumerate().filter(|(place, _)| kept(place));
    PbVote {
        points: points.map(|(_, text)| text.clone()).collect(),
        projects: ballot.projects.iter().filter_map(now).collect(),
        voter_id: ballot.voter_id,
    }
}
