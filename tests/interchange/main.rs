//! Files in and out: round trips, files as people have them, and hostile ones.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]
#![allow(missing_docs, reason = "tests document themselves by their names")]

mod elections;
mod organisations_table;
mod real_files;
mod round_trips;
mod scenario_file;

use gotong::domain::{KindId, Language};
use gotong::interchange::{CsvOptions, Imported, read_organisations_csv};
use std::path::PathBuf;

/// The folder of test data, or `None` (said aloud) where there is none; a failure where tests must be complete.
pub fn data(file: &str) -> Option<PathBuf> {
    let root = std::env::var_os("GOTONG_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let path = root.join(file);
    if path.exists() {
        return Some(path);
    }
    let complete = std::env::var_os("CI").is_some_and(|value| value == "true");
    assert!(!complete, "no test data at {}", path.display());
    eprintln!("NOT RUN: no test data at {}", path.display());
    None
}

pub fn csv(text: &str) -> Imported {
    read_organisations_csv(text.as_bytes(), CsvOptions::default()).unwrap()
}

pub fn codes(imported: &Imported) -> Vec<(Option<u64>, &str, &str)> {
    let problems = imported.problems.iter();
    problems
        .map(|problem| (problem.row, problem.code.as_str(), problem.value.as_str()))
        .collect()
}

pub fn names(imported: &Imported) -> Vec<&str> {
    let organisations = imported.scenario.organisations.iter();
    organisations
        .map(|organisation| organisation.name.get(Language::Id))
        .collect()
}

pub fn kind(id: &str) -> KindId {
    KindId::new(id).unwrap()
}
