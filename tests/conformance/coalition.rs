//! The coalition for a project against optima an independent solver proved (data folder `coalition`).

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing out of order")]

use crate::data;
use gotong::matching::coalition::{Input, Instance, Limits, Search, verify};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the files state beside the instance: the least objective at some α, found by HiGHS, and one optimal set.
#[derive(Deserialize)]
struct Stated {
    optimum: BTreeMap<u64, Optimum>,
}

#[derive(Deserialize)]
struct Optimum {
    objective: u128,
    one_optimal_set: Vec<usize>,
}

#[test]
fn every_stated_optimum_is_met_and_proven() {
    let Some(folder) = data("coalition") else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut compared = 0;
    for path in &files {
        let text = std::fs::read_to_string(path).unwrap();
        let input: Input = serde_json::from_str(&text).unwrap();
        let stated: Stated = serde_json::from_str(&text).unwrap();
        for (alpha, optimum) in stated.optimum {
            let instance = Instance::new(Input {
                alpha,
                ..input.clone()
            })
            .unwrap();
            let named = format!("{} at α = {alpha}", path.display());
            assert_eq!(
                verify(&instance, &optimum.one_optimal_set),
                Ok(optimum.objective),
                "{named}"
            );
            let mut search = Search::new(&instance, Limits::default());
            let progress = search.step(u64::MAX);
            let best = search.solutions().remove(0);
            assert_eq!(best.objective, optimum.objective, "{named}");
            assert!(best.optimal && search.is_exhausted(), "{named}: {progress:?}");
            // Of equally cheap teams a smallest one: no larger than the solver's.
            assert!(best.members.len() <= optimum.one_optimal_set.len(), "{named}");
            compared += 1;
        }
    }
    assert!(compared >= 24, "{compared} optima of {} files", files.len());
}
