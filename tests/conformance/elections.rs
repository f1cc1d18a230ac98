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
