//! Approval profiles with the committees other rules' code elects (the `abcvoting` collection): each candidate costs 1,
//! the budget is the size of the committee.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use crate::data;
use std::path::PathBuf;

/// One profile.
pub struct Abc {
    pub name: String,
    pub approvals: Vec<Vec<usize>>,
    pub candidates: usize,
    pub size: usize,
    /// (rule, its committees).
    pub results: Vec<(String, Vec<Vec<usize>>)>,
}

/// Every profile of the collection; none where there is no test data.
pub fn instances() -> Vec<Abc> {
    let Some(folder) = data("abcvoting") else {
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.extension().is_some_and(|ext| ext == "yaml"))
        .collect();
    files.sort();
    files.iter().map(read).collect()
}

fn read(path: &PathBuf) -> Abc {
    let text = std::fs::read_to_string(path).unwrap();
    let number = |key: &str| -> usize {
        let line = text.lines().find_map(|line| line.strip_prefix(key));
        line.unwrap().trim().parse().unwrap()
    };
    let mut results = Vec::new();
    for entry in text.split("- rule_id:").skip(1) {
        let rule = entry.lines().next().unwrap().trim().to_owned();
        // Rules without a result carry `null`.
        let result = entry.split("result:").nth(1).unwrap_or_default();
        if result.trim_start().starts_with('[') {
            results.push((rule, lists(result)));
        }
    }
    Abc {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        approvals: lists(text.split("\nprofile:").nth(1).unwrap()),
        candidates: number("num_cand:"),
        size: number("committeesize:"),
        results,
    }
}

/// The list of lists of numbers a text starts with, over line ends; each ascending.
fn lists(text: &str) -> Vec<Vec<usize>> {
    let mut depth = 0;
    let end = text.find(|letter: char| {
        depth += match letter {
            '[' => 1,
            ']' => -1,
            _ => 0,
        };
        letter == ']' && depth == 0
    });
    let mut lists: Vec<Vec<usize>> = serde_json::from_str(&text[..=end.unwrap()]).unwrap();
    lists.iter_mut().for_each(|list| list.sort_unstable());
    lists
}
