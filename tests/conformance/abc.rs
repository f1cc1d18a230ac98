//! Committee elections with the winning committees many rules find (data folder `abcvoting`): every candidate costs 1,
//! the budget is the committee's size.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing out of order"
)]

use crate::data;
use gotong::domain::{PoolPlan, RuleId, UtilityMeasure};
use gotong::funding::{FundingProject, Instance, Participant, VoterGroup, run_instance, violations};
use std::collections::BTreeMap;

/// One election with its stated results.
pub struct Abc {
    /// The file's name.
    pub name: String,
    /// The candidates each voter approves.
    pub approvals: Vec<Vec<usize>>,
    /// How many stand.
    pub candidates: usize,
    /// How many are elected.
    pub size: usize,
    /// (rule, all its winning committees), as listed; a rule may be listed twice.
    pub results: Vec<(String, Vec<Vec<usize>>)>,
}

impl Abc {
    /// As an election of projects: unit costs, the committee's size as the one purse, a voice for each voter.
    pub fn instance(&self) -> Instance {
        let approving = |candidate: usize| {
            self.approvals
                .iter()
                .filter(|ballot| ballot.contains(&candidate))
                .count()
        };
        let projects = (0..self.candidates)
            .map(|candidate| FundingProject::new(format!("c{candidate}"), 1, approving(candidate) as u64))
            .collect();
        let purse = Participant::new("pool", self.size as u64, (0..self.candidates).collect());
        let voters = self.approvals.iter().enumerate();
        let voters =
            voters.map(|(voter, ballot)| VoterGroup::approving(voter.to_string(), 1, ballot.clone()));
        Instance::new(projects, vec![purse])
            .unwrap()
            .with_voters(voters.collect())
            .unwrap()
    }

    /// Whether what was bought is one of `committees`, or lacks only candidates nobody approves (a committee must be
    /// filled, a budget need not be).
    pub fn is_right(&self, bought: &[usize], committees: &[Vec<usize>]) -> bool {
        let unapproved = |candidate: &usize| self.approvals.iter().all(|ballot| !ballot.contains(candidate));
        committees.iter().any(|committee| {
            let has_all = bought.iter().all(|candidate| committee.contains(candidate));
            let lacks = committee.iter().filter(|candidate| !bought.contains(candidate));
            has_all && lacks.into_iter().all(unapproved)
        })
    }
}

/// Every election of the folder; none (said aloud) where there is no folder.
pub fn instances() -> Vec<Abc> {
    let Some(folder) = data("abcvoting") else {
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            read(name, &std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// These files are YAML of one kind: `key: value` at the margin, a list of rules below `compute`, lists in brackets that
/// may go on in the next lines.
fn read(name: String, text: &str) -> Abc {
    // One logical line for each key: what is indented deeper than its list belongs to the line before.
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let is_key = !line.starts_with(' ') || (line.starts_with("  ") && !line.starts_with("   "));
        let is_key = is_key
            && line
                .trim_start_matches(['-', ' '])
                .split_once(": ")
                .is_some_and(|(key, _)| key.chars().all(|char| char.is_ascii_lowercase() || char == '_'))
            || line == "compute:";
        match lines.last_mut() {
            Some(last) if !is_key => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => lines.push(line.trim_start_matches(['-', ' ']).to_owned()),
        }
    }
    let mut abc = Abc {
        name,
        approvals: Vec::new(),
        candidates: 0,
        size: 0,
        results: Vec::new(),
    };
    for line in &lines {
        let (key, value) = line.split_once(':').unwrap();
        let list = || -> Vec<Vec<usize>> { serde_json::from_str(value.trim()).unwrap() };
        match key {
            "profile" => abc.approvals = list(),
            "num_cand" => abc.candidates = value.trim().parse().unwrap(),
            "committeesize" => abc.size = value.trim().parse().unwrap(),
            "rule_id" => abc.results.push((value.trim().to_owned(), Vec::new())),
            "result" if value.trim() != "null" => abc.results.last_mut().unwrap().1 = list(),
            "description" | "compute" | "resolute" | "result" => {}
            other => panic!("{}: {other} is new", abc.name),
        }
    }
    assert!(abc.candidates > 0 && abc.size > 0 && !abc.approvals.is_empty());
    abc
}

#[test]
fn committees_come_out_as_others_found_them() {
    let plan = |code: &str| match code {
        "av" => Some(PoolPlan::of(RuleId::Greedy)),
        "seqphragmen" => Some(PoolPlan::of(RuleId::Phragmen)),
        "maximin-support" => Some(PoolPlan::of(RuleId::MaximinSupport)),
        _ => None,
    };
    let mut compared: BTreeMap<String, usize> = BTreeMap::new();
    let elections = instances();
    for abc in &elections {
        let instance = abc.instance();
        for (code, committees) in &abc.results {
            let Some(plan) = plan(code).filter(|_| !committees.is_empty()) else {
                continue;
            };
            let run = run_instance(&instance, &plan).unwrap();
            let bought = &run.allocation.selected;
            assert!(
                abc.is_right(bought, committees),
                "{}, {code}: {bought:?}, not one of {committees:?}",
                abc.name
            );
            assert_eq!(violations(&instance, &plan, &run.allocation), []);
            *compared.entry(code.clone()).or_default() += 1;
        }
        // Where every candidate costs 1, the most welfare is the most approvals, by either measure.
        for utility in [UtilityMeasure::Cost, UtilityMeasure::Cardinality] {
            let plan = PoolPlan {
                utility: Some(utility),
                ..PoolPlan::of(RuleId::MaxWelfare)
            };
            let run = run_instance(&instance, &plan).unwrap();
            let committees = abc.results.iter().filter(|(code, _)| code == "av");
            let found = committees
                .into_iter()
                .any(|(_, all)| abc.is_right(&run.allocation.selected, all));
            assert!(found, "{}: {:?}", abc.name, run.allocation.selected);
        }
    }
    if !elections.is_empty() {
        let each = 2 * elections.len();
        let expected = ["av", "maximin-support", "seqphragmen"].map(|code| (code.to_owned(), each));
        assert_eq!(compared.into_iter().collect::<Vec<_>>(), expected);
    }
}
