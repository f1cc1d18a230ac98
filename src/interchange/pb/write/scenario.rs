//! The three sections of a scenario, field by field.

use super::{PbWriteError, Rows};
use crate::domain::{
    Ballot, Comparison, Completion, Currency, Language, PoolPlan, Project, ProjectId, RuleId, Scenario,
};
use crate::interchange::MAX_FILE_BYTES;
use std::collections::{BTreeMap, BTreeSet};

/// A scenario on its way to a file.
pub(super) struct Writer<'a> {
    pub scenario: &'a Scenario,
    pub language: Language,
}

impl Writer<'_> {
    fn gives_points(&self) -> bool {
        self.scenario
            .ballots
            .iter()
            .any(|ballot| !ballot.points.is_empty())
    }

    /// What the scenario knows, then what the file it came from said beside.
    pub(super) fn meta(&self, rows: &mut Rows, voters: u64, budget: u64) {
        let Self { scenario, language } = self;
        let notes = &scenario.election;
        let mut pairs: Vec<(&str, String)> = vec![
            ("description", one_line(scenario.title.get(*language))),
            ("num_projects", scenario.projects.len().to_string()),
            ("num_votes", voters.to_string()),
            ("budget", major(budget, scenario.base_currency)),
            ("vote_type", self.vote_type().to_owned()),
            ("rule", rule_code(&scenario.pool)),
            ("currency", scenario.base_currency.code().to_owned()),
        ];
        if let (RuleId::GreedyThreshold, Some(votes)) = (scenario.pool.rule, scenario.pool.threshold_votes) {
            pairs.push(("min_project_score_threshold", votes.to_string()));
        }
        // Who holds the budget, where it is one.
        let mut funders = scenario.pledges.iter().map(|pledge| &pledge.funder);
        let first = funders
            .next()
            .filter(|first| funders.all(|funder| funder == *first));
        if let Some(funder) = first.and_then(|id| scenario.organisation(id)) {
            pairs.push(("unit", one_line(funder.name.get(*language))));
        }
        rows.add(["META"]);
        rows.add(["key", "value"]);
        for (key, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            rows.add([*key, value]);
        }
        for (key, value) in &notes.meta {
            let known = pairs.iter().any(|(known, _)| known.eq_ignore_ascii_case(key));
            if !known && !is_section(key) && !value.is_empty() {
                rows.add([one_line(key), one_line(value)]);
            }
        }
    }

    /// As the file it came from said, as long as that is true of the ballots.
    fn vote_type(&self) -> &str {
        let ballots = &self.scenario.ballots;
        let stated = self.scenario.election.meta_value("vote_type").unwrap_or_default();
        match stated {
            "cumulative" | "scoring" | "ordinal" if self.gives_points() => stated,
            _ if self.gives_points() => "scoring",
            "choose-1" if ballots.iter().all(|ballot| ballot.approves.len() <= 1) => stated,
            _ => "approval",
        }
    }

    pub(super) fn projects(&self, rows: &mut Rows) {
        let Self { scenario, language } = self;
        let notes = &scenario.election;
        let tally = Tally::of(scenario);
        let with_points = self.gives_points();
        let any = |some: fn(&Project) -> bool| scenario.projects.iter().any(some);
        let (goals, about) = (any(|p| !p.goals.is_empty()), any(|p| !p.description.is_blank()));
        let optional = [
            (with_points, "score"),
            (true, "name"),
            (goals, "category"),
            (about, "description"),
        ];
        rows.add(["PROJECTS"]);
        let known = ["project_id", "cost", "votes"].into_iter();
        let known = known.chain(
            optional
                .into_iter()
                .filter(|(there, _)| *there)
                .map(|(_, name)| name),
        );
        rows.add(
            known
                .map(str::to_owned)
                .chain(notes.columns.iter().map(|heading| one_line(heading))),
        );
        for project in &scenario.projects {
            let (votes, score) = tally.of_project(&project.id);
            let mut cells = vec![
                project.id.to_string(),
                major(project.cost.likely_minor, scenario.base_currency),
                votes.to_string(),
            ];
            let goal_ids = project.goals.iter().map(|goal| goal.as_str());
            let values = [
                score.to_string(),
                one_line(project.name.get(*language)),
                one_line(&goal_ids.collect::<Vec<_>>().join(",")),
                one_line(project.description.get(*language)),
            ];
            cells.extend(
                optional
                    .into_iter()
                    .zip(values)
                    .filter(|((there, _), _)| *there)
                    .map(|(_, value)| value),
            );
            let kept = notes
                .cells
                .get(&project.id)
                .map(Vec::as_slice)
                .unwrap_or_default();
            cells.extend(
                (0..notes.columns.len())
                    .map(|at| kept.get(at).map(|cell| one_line(cell)).unwrap_or_default()),
            );
            rows.add(cells);
        }
    }

    /// One row a voter. The column `group` holds what their ballot is called, unless every voter has a ballot of her own
    /// under her own name, unlike any other.
    pub(super) fn votes(&self, rows: &mut Rows) -> Result<(), PbWriteError> {
        let with_points = self.gives_points();
        let named: Vec<(&Ballot, String, Vec<String>)> = self.voter_ids();
        let mut seen = BTreeSet::new();
        let alike = named
            .iter()
            .any(|(ballot, ..)| !seen.insert((&ballot.approves, &ballot.points)));
        let own =
            |(_, name, ids): &(&Ballot, String, Vec<String>)| ids.len() == 1 && ids.first() == Some(name);
        let grouped = alike || !named.iter().all(own);
        rows.add(["VOTES"]);
        let columns = [
            (true, "voter_id"),
            (true, "vote"),
            (with_points, "points"),
            (grouped, "group"),
        ];
        rows.add(
            columns
                .into_iter()
                .filter(|(there, _)| *there)
                .map(|(_, name)| name),
        );
        let mut bytes = 0_u64;
        for (ballot, name, ids) in &named {
            let (vote, points) = self.vote(ballot);
            for id in ids {
                let values = [id, &vote, &points, name];
                bytes = bytes.saturating_add(values.iter().map(|value| value.len() as u64).sum());
                // Long before memory runs out: a million rows of a thousand projects.
                if bytes > MAX_FILE_BYTES {
                    return Err(PbWriteError::TooLarge);
                }
                rows.add(
                    columns
                        .into_iter()
                        .zip(values)
                        .filter(|((there, _), _)| *there)
                        .map(|(_, value)| value),
                );
            }
        }
        Ok(())
    }

    /// The projects of a ballot, most points first (so that it is a ranking too), and the points.
    fn vote(&self, ballot: &Ballot) -> (String, String) {
        let place: BTreeMap<&ProjectId, usize> = ballot.approves.iter().zip(0..).collect();
        let points = |place: usize| ballot.points.get(place).copied().unwrap_or(1);
        let known = self.scenario.projects.iter();
        let mut named: Vec<(&str, u32)> = known
            .filter_map(|project| Some((project.id.as_str(), points(*place.get(&project.id)?))))
            .collect();
        crate::order::sort_by_key(&mut named, |&(_, points)| std::cmp::Reverse(points));
        let list = |text: &mut dyn Iterator<Item = String>| text.collect::<Vec<_>>().join(",");
        (
            list(&mut named.iter().map(|(id, _)| (*id).to_owned())),
            list(&mut named.iter().map(|(_, points)| points.to_string())),
        )
    }

    /// For each ballot its name and an id for each of its voters: the name for a single one, `name-1` … for several, no
    /// id twice.
    fn voter_ids(&self) -> Vec<(&Ballot, String, Vec<String>)> {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        // Where the search for a free id goes on, so that many ballots of one name do not all start from 1.
        let mut next: BTreeMap<String, u64> = BTreeMap::new();
        let ballots = self.scenario.ballots.iter();
        ballots
            .map(|ballot| {
                let name = one_line(ballot.name.get(self.language));
                let base = if name.is_empty() {
                    "voter".to_owned()
                } else {
                    name.clone()
                };
                let first = next.get(&base).copied().unwrap_or(1);
                let found = (first..)
                    .map(|attempt| {
                        let base = if attempt == 1 {
                            base.clone()
                        } else {
                            format!("{base} ({attempt})")
                        };
                        let ids = if ballot.voters == 1 && !is_section(&base) {
                            vec![base]
                        } else {
                            (1..=ballot.voters)
                                .map(|voter| format!("{base}-{voter}"))
                                .collect()
                        };
                        (attempt, ids)
                    })
                    .find(|(_, ids): &(u64, Vec<String>)| ids.iter().all(|id| !taken.contains(id)));
                let (attempt, ids) = found.unwrap_or_default();
                next.insert(base, attempt + 1);
                taken.extend(ids.iter().cloned());
                (ballot, name, ids)
            })
            .collect()
    }
}

/// Voters who support a project, and the points they give it.
struct Tally<'a>(BTreeMap<&'a ProjectId, (u64, u64)>);

impl<'a> Tally<'a> {
    fn of(scenario: &'a Scenario) -> Self {
        let mut counted: BTreeMap<&ProjectId, (u64, u64)> = BTreeMap::new();
        for ballot in &scenario.ballots {
            let voters = u64::from(ballot.voters);
            for (place, project) in ballot.approves.iter().enumerate() {
                let points = u64::from(ballot.points.get(place).copied().unwrap_or(1));
                let (votes, score) = counted.entry(project).or_default();
                *votes = votes.saturating_add(voters);
                *score = score.saturating_add(voters.saturating_mul(points));
            }
        }
        Self(counted)
    }

    fn of_project(&self, id: &ProjectId) -> (u64, u64) {
        self.0.get(id).copied().unwrap_or_default()
    }
}

/// On one line and without outer white space: a line of its own could be taken for the beginning of a section.
fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    plain.trim().to_owned()
}

fn is_section(text: &str) -> bool {
    crate::interchange::pb::table::section_name(text).is_some()
}

/// An amount in major units, with as many decimals as the currency has, none if they are all 0.
fn major(minor: u64, currency: Currency) -> String {
    let scale = 10_u64.saturating_pow(currency.minor_digits());
    let (whole, rest) = (minor / scale, minor % scale);
    if rest == 0 {
        return whole.to_string();
    }
    let width = usize::try_from(currency.minor_digits()).unwrap_or(0);
    format!("{whole}.{rest:0width$}")
}

/// The rule as Pabulib names it; as Gotong does where Pabulib has no name.
fn rule_code(pool: &PoolPlan) -> String {
    if pool.rule != RuleId::EqualShares {
        return pool.rule.code().to_owned();
    }
    let completion = match pool.completion.unwrap_or_default() {
        Completion::None => "",
        Completion::Greedy => "/greedy",
        Completion::Add1 => "/add1",
        Completion::Add1u => "/add1u",
    };
    let comparison = match pool.comparison {
        None => "",
        Some(Comparison::Satisfaction) => "-comparison",
        Some(Comparison::Exclusion) => "-exclusion",
    };
    format!("equalshares{completion}{comparison}")
}
