//! Rules that weigh loads or welfare, groups of projects, and folders of elections, as a person meets them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::harness::{answer, complaint, gotong, json, text};
use gotong::cases::CaseStudy;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

const RULES: [&str; 3] = ["phragmen", "maximin-support", "max-welfare"];

fn study() -> &'static str {
    CaseStudy::by_row("E4").unwrap().json()
}

fn ids(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|id| id.as_str().unwrap().to_owned()).collect()
}

#[test]
fn loads_and_welfare_spend_the_pool_to_the_unit() {
    for rule in RULES {
        let report = json(&["fund", "-", "--rule", rule, "--json"], study());
        assert_eq!(report["rule"], rule);
        assert_eq!(report["report"]["verified"], true, "{rule}");
        let spent = report["spent"].as_u64().unwrap();
        assert!(spent > 0 && spent <= report["budget"].as_u64().unwrap());
        let payments = report["payments"].as_object().unwrap().values();
        let paid: u64 = payments
            .flat_map(|project| project.as_object().unwrap().values())
            .map(|amount| amount.as_u64().unwrap())
            .sum();
        assert_eq!(paid, spent, "{rule}");
        let rounds = report["report"]["rounds"].as_array().map_or(0, Vec::len);
        assert_eq!(rounds > 0, rule != "max-welfare");
        let table = answer(&["fund", "-", "--rule", rule], study());
        assert_eq!(table.contains("proven to be the most"), rule == "max-welfare");
    }
}

#[test]
fn a_group_of_which_one_may_be_funded_is_kept_by_every_rule() {
    let mut scenario: Value = serde_json::from_str(study()).unwrap();
    let free = json(&["fund", "-", "--rule", "greedy", "--json"], study());
    let group: Vec<String> = ids(&free["selected"]).into_iter().take(2).collect();
    assert_eq!(group.len(), 2, "the study funds two projects at least");
    scenario["groups"] = serde_json::json!([{"name": "one site", "projects": group, "at_most": 1}]);
    let limited = scenario.to_string();
    for rule in RULES.into_iter().chain(["greedy", "proportional"]) {
        let report = json(&["fund", "-", "--rule", rule, "--json"], &limited);
        let selected = ids(&report["selected"]);
        assert_eq!(report["report"]["verified"], true, "{rule}");
        assert!(
            group.iter().filter(|id| selected.contains(id)).count() <= 1,
            "{rule}: {selected:?}"
        );
    }
    assert!(answer(&["fund", "-", "--rule", "greedy"], &limited).contains("its group is full"));
    let kept: Value = serde_json::from_str(&answer(&["import", "-"], &limited)).unwrap();
    assert_eq!(kept["groups"], scenario["groups"]);
    scenario["groups"][0]["at_most"] = 0.into();
    scenario["groups"][0]["projects"][0] = "nowhere".into();
    let said = complaint(&["fund", "-"], &scenario.to_string(), 2);
    assert!(
        said.contains("problem-group-of-none") && said.contains("problem-unknown-project"),
        "{said}"
    );
}

/// An election of three projects, of which the city selected `selected`.
fn election(rule: &str, selected: [u8; 3]) -> String {
    let [a, b, c] = selected;
    format!(
        "META\nkey;value\nbudget;100\nrule;{rule}\nvote_type;approval\n\
         PROJECTS\nproject_id;cost;votes;selected\nwell;60;3;{a}\nroad;70;2;{b}\nshed;40;1;{c}\n\
         VOTES\nvoter_id;vote\na;well,road\nb;well,shed\nc;well,road\n"
    )
}

#[test]
fn a_folder_of_elections_is_compared_with_what_was_selected() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("conformance");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("later")).unwrap();
    let path = folder.to_str().unwrap();
    assert!(complaint(&["conformance", path], "", 2).contains("no .pb file"));
    assert!(complaint(&["conformance", "no such folder"], "", 2).contains("cannot be read"));

    fs::write(folder.join("a.pb"), election("greedy", [1, 0, 1])).unwrap();
    fs::write(folder.join("later/b.pb"), election("greedy-no-skip", [1, 0, 0])).unwrap();
    fs::write(folder.join("c.pb"), election("by lot", [1, 0, 0])).unwrap();
    fs::write(folder.join("d.pb"), "no election").unwrap();
    fs::write(folder.join("e.txt"), "no election either").unwrap();
    let told = answer(&["conformance", path], "");
    assert!(told.starts_with("4 elections"), "{told}");
    assert!(
        told.contains("a rule not known here: by lot: c.pb") && told.contains("d.pb"),
        "{told}"
    );
    assert!(!told.contains("Mismatches"), "{told}");

    fs::write(folder.join("f.pb"), election("greedy", [1, 1, 0])).unwrap();
    let differs = gotong(&["conformance", path], "");
    assert_eq!(differs.status.code(), Some(1));
    let told = text(&differs.stdout);
    assert!(
        told.contains("f.pb: project road: selected, not bought here"),
        "{told}"
    );
    assert!(
        told.contains("f.pb: project shed: bought here, not selected"),
        "{told}"
    );
    assert!(
        told.contains("greedy                  2            1                    2"),
        "{told}"
    );
}
