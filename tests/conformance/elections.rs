//! Real elections by their own rule, compared with what the cities funded.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use crate::data;
use gotong::funding::run_instance;
use gotong::interchange::pb;
use std::collections::BTreeMap;
use std::path::PathBuf;

fn elections() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = data("pabulib") else {
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|ext| ext == "pb"))
        .collect();
    files.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    files
        .iter()
        .map(|path| (name(path), std::fs::read(path).unwrap()))
        .collect()
}

#[test]
fn elections_come_out_as_the_cities_decided() {
    let files = elections();
    let mut agreed: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut mismatches = Vec::new();
    for (name, bytes) in &files {
        let election = pb::read_election(bytes).unwrap();
        let (Some(plan), Some(selected)) = (election.plan(), election.selected.clone()) else {
            continue;
        };
        let run = run_instance(&election.instance, &plan).unwrap();
        let bought: Vec<bool> = (0..selected.len())
            .map(|project| run.allocation.selected.contains(&project))
            .collect();
        let counts = agreed.entry(plan.rule.code()).or_default();
        counts.1 += 1;
        if bought == selected {
            counts.0 += 1;
        } else {
            let ids = |flags: &[bool]| -> Vec<String> {
                let projects = election.instance.projects().iter().zip(flags);
                projects
                    .filter(|(_, flag)| **flag)
                    .map(|(project, _)| project.id().to_owned())
                    .collect()
            };
            mismatches.push(format!(
                "{name}: bought {:?}, selected {:?}",
                ids(&bought),
                ids(&selected)
            ));
        }
    }
    assert_eq!(mismatches, Vec::<String>::new());
    if !files.is_empty() {
        let expected = [
            ("equal-shares", (2, 2)),
            ("greedy", (11, 11)),
            ("greedy-no-skip", (12, 12)),
            ("greedy-threshold", (12, 12)),
        ];
        assert_eq!(agreed.into_iter().collect::<Vec<_>>(), expected);
    }
}

#[test]
fn every_election_is_read_without_loss() {
    for (name, bytes) in elections() {
        let election = pb::read_election(&bytes).unwrap();
        assert_eq!(election.problems, [], "{name}");
        let stated = |key: &str| {
            election
                .meta_value(key)
                .and_then(|text| text.parse::<usize>().ok())
        };
        assert_eq!(
            stated("num_projects"),
            Some(election.instance.projects().len()),
            "{name}"
        );
        assert_eq!(stated("num_votes"), Some(election.ballots.len()), "{name}");
        assert!(election.vote_type.is_some(), "{name}");
        let imported = pb::read_scenario(&bytes).unwrap();
        assert_eq!(imported.scenario.problems(), [], "{name}");
    }
}

#[test]
fn every_election_is_written_as_it_was_read() {
    for (name, bytes) in elections() {
        let election = pb::read_election(&bytes).unwrap();
        let text = pb::write_election(&election);
        let mut again = pb::read_election(text.as_bytes()).unwrap();
        // Where a table stands in the file may differ: blank lines are not written.
        for (table, before) in [
            (&mut again.meta, &election.meta),
            (&mut again.projects, &election.projects),
            (&mut again.votes, &election.votes),
        ] {
            table.lines.clone_from(&before.lines);
        }
        assert!(again == election, "{name}");
        assert_eq!(pb::write_election(&again), text, "{name}");
    }
}

/// A city's own tally, its budget and its rule survive the way through a scenario and back to a file.
#[test]
fn every_election_survives_as_a_scenario() {
    for (name, bytes) in elections() {
        let imported = pb::read_scenario(&bytes).unwrap();
        let scenario = &imported.scenario;
        assert_eq!(scenario.problems(), [], "{name}");
        if scenario.ballots.is_empty() {
            continue;
        }
        let text = pb::write_scenario(scenario, gotong::domain::Language::En).unwrap();
        let again = pb::read_scenario(text.as_bytes()).unwrap().scenario;
        assert_eq!(again.projects, scenario.projects, "{name}");
        assert_eq!(again.pledges, scenario.pledges, "{name}");
        assert_eq!(again.pool, scenario.pool, "{name}");
        assert_eq!(again.election.columns, scenario.election.columns, "{name}");
        assert_eq!(again.election.cells, scenario.election.cells, "{name}");
        assert!(again.ballots == scenario.ballots, "{name}");
        let votes = |bytes: &[u8]| -> Vec<u64> {
            let instance = pb::read_election(bytes).unwrap().instance;
            let projects = instance
                .projects()
                .iter()
                .filter(|project| !project.is_withdrawn());
            projects.map(gotong::funding::FundingProject::votes).collect()
        };
        let says = |code: &str| imported.problems.iter().any(|problem| problem.code == code);
        // Where the file's own tally is that of its ballots, the written one is too.
        if !says("import-votes-differ")
            && !says("import-scores-as-approvals")
            && !says("import-points-scaled")
        {
            assert_eq!(votes(text.as_bytes()), votes(&bytes), "{name}");
        }
    }
}
