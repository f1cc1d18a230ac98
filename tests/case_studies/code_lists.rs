//! The bundled names against the public lists they come from.

use gotong::cases::{goals, regions};
use std::path::PathBuf;

/// The shared test data, or nothing with a sentence (never under `CI=true`).
fn shared_data(name: &str) -> Option<String> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("GOTONG_DATA").map_or_else(beside, PathBuf::from);
    if let Ok(text) = std::fs::read_to_string(folder.join(name)) {
        return Some(text);
    }
    let ci = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(!ci, "{name} is required under CI=true: set GOTONG_DATA");
    println!("did not run: {name} is not in {}", folder.display());
    None
}

#[test]
fn regions_are_those_of_the_public_list() {
    let Some(list) = shared_data("regions-id.csv") else {
        return;
    };
    let mut ours = regions::all();
    for line in list.lines().skip(1) {
        let (code, name) = line.split_once(',').unwrap();
        let region = ours.next().unwrap();
        assert_eq!((region.code, region.name), (code, name.trim_matches('"').trim()));
    }
    assert_eq!(ours.next(), None);
}

#[test]
fn development_goals_are_those_of_the_public_list() {
    let Some(list) = shared_data("codelists/UNSDG-Goals.xml") else {
        return;
    };
    let numbers: Vec<_> = list
        .split("<code>")
        .skip(1)
        .filter_map(|item| item.split_once("</code>"))
        .map(|(number, _)| format!("sdg{number}"))
        .collect();
    let ours: Vec<_> = goals::all()
        .iter()
        .filter(|goal| goal.is_sdg())
        .map(|goal| goal.code)
        .collect();
    assert_eq!(ours, numbers);
}
