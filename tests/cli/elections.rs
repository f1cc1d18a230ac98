//! Elections in and out, and asking for money together.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::harness::{answer, complaint, json};
use gotong::cases::CaseStudy;
use gotong::domain::Donor;
use gotong::interchange::write_scenario;
use gotong::jobs::{Request, ScenarioRef, answer_json, inline};

const ELECTION: &str = "META\nkey;value\nbudget;100.50\nrule;greedy\ncurrency;PLN\nvote_type;cumulative\ncountry;Poland\n\
    PROJECTS\nproject_id;cost;votes;score;name;colour\na;60.25;1;2;Well;red\nb;40.25;2;2;Road;\n\
    VOTES\nvoter_id;vote;points;age\n1;a,b;2,1;30\n2;b;1;40\n";

#[test]
fn an_election_is_exported_with_every_column_and_a_scenario_of_it_with_what_it_keeps() {
    assert_eq!(answer(&["export", "-", "--to", "pb"], ELECTION), ELECTION);
    let scenario = answer(&["export", "-", "--to", "json"], ELECTION);
    let written = answer(&["export", "-", "--to", "pb"], &scenario);
    for kept in [
        "country;Poland",
        "project_id;cost;votes;score;name;colour",
        "a;60.25;1;2;Well;red",
        "1;a,b;2,1",
    ] {
        assert!(written.contains(kept), "{written}");
    }
    assert!(!written.contains("age"), "{written}");
    assert_eq!(
        json(&["fund", "-", "--json"], &written)["selected"],
        json(&["fund", "-", "--json"], ELECTION)["selected"]
    );
}

#[test]
fn a_plan_without_ballots_is_no_election() {
    let mut scenario = CaseStudy::by_row("E4").unwrap().load().unwrap();
    scenario.ballots.clear();
    let said = complaint(&["export", "-", "--to", "pb"], &write_scenario(&scenario), 2);
    assert!(said.contains("no ballots"), "{said}");
}

#[test]
fn an_appeal_is_told_as_a_table_and_as_the_jobs_own_json() {
    let mut scenario = CaseStudy::by_row("E4").unwrap().load().unwrap();
    let asked_by = scenario
        .organisations
        .iter()
        .take(2)
        .map(|one| one.id.clone())
        .collect();
    scenario.appeal.donors.push(Donor {
        name: "Bu Ratna".into(),
        asked_by,
        gift_minor: Some(1_000_000),
        ..Donor::default()
    });
    let text = write_scenario(&scenario);
    let table = answer(&["appeal", "-"], &text);
    assert!(table.contains("2 asks alone, 1 together"), "{table}");
    let request = Request::Appeal {
        scenario: ScenarioRef::Inline(Box::new(scenario)),
    };
    assert_eq!(
        answer(&["appeal", "-", "--json"], &text),
        answer_json(&inline::run(request).unwrap())
    );
    let report = json(&["appeal", "-", "--json"], &text);
    assert_eq!(
        (report["verified"].as_bool(), report["shared_donors"].as_u64()),
        (Some(true), Some(1))
    );
}
