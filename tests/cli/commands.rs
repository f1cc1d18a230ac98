//! The command line as a person meets it: exit codes, sentences, tables and JSON.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use crate::harness::{answer, complaint, gotong, json, text};
use gotong::cases::CaseStudy;
use gotong::jobs::{Request, ScenarioRef, answer_json, inline};
use serde_json::Value;
use std::path::PathBuf;

fn study() -> &'static str {
    CaseStudy::by_row("E4").unwrap().json()
}

const PLAIN: &str = r#"{
  "pledges": [{"amount": 100, "default_probability": 0.25, "sector": "a"}],
  "projects": [{"id": "well", "cost": {"shape": "fixed", "likely": 80}}, {"id": "road", "cost": {"shape": "fixed", "likely": 30}}],
  "rule": "in-order", "common_shock": 0.5}"#;

const TABLE: &str = "nama;sektor;tawaran: dana;kebutuhan: relawan;kebutuhan: dana;tawaran: relawan\n\
    Bank Dewata;swasta;10.000.000;5;;\n\
    Sekaa Teruna;desa;;;4.000.000;10\n\
    Tanpa Sektor;;1;;;\n";

#[test]
fn partners_add_up_to_their_score() {
    let lead = CaseStudy::by_row("E4").unwrap().load().unwrap().organisations[0]
        .id
        .clone();
    let arguments = ["match", "-", "--for", lead.as_str(), "--top", "5", "--json"];
    let list = json(&arguments, study());
    assert_eq!(list["for"], lead.as_str());
    let partners = list["partners"].as_array().unwrap();
    assert!(!partners.is_empty() && partners.len() <= 5);
    for partner in partners {
        let sum = |list: &Value, field: &str| -> f64 {
            list.as_array()
                .unwrap()
                .iter()
                .map(|part| part[field].as_f64().unwrap())
                .sum()
        };
        let (low, high) = (
            partner["score"][0].as_f64().unwrap(),
            partner["score"][1].as_f64().unwrap(),
        );
        assert!((sum(&partner["reasons"], "value") - low).abs() < 1e-9);
        assert!((sum(&partner["unknown"], "adds") - (high - low)).abs() < 1e-9);
        assert!(
            partner["reasons"]
                .as_array()
                .unwrap()
                .iter()
                .all(|reason| reason["code"].is_string())
        );
    }
    assert!(list["excluded"].is_array());
    let table = answer(&["match", "-", "--for", lead.as_str(), "--top", "5"], study());
    assert!(
        table.contains(partners[0]["id"].as_str().unwrap()) && table.contains("score"),
        "{table}"
    );
}

#[test]
fn a_table_of_organisations_is_matched_and_its_faults_are_told() {
    let output = gotong(&["match", "-", "--for", "bank dewata", "--json"], TABLE);
    assert_eq!(output.status.code(), Some(0));
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(list["partners"][0]["id"], "sekaa-teruna");
    let said = text(&output.stderr);
    assert!(
        said.contains("row 4, sektor: there is no sector; the row was left out."),
        "{said}"
    );
}

#[test]
fn a_pool_is_spent_by_the_rule_asked_for() {
    for rule in [
        "greedy",
        "greedy-per-cost",
        "greedy-no-skip",
        "proportional",
        "in-order",
    ] {
        let report = json(&["fund", "-", "--rule", rule, "--json"], study());
        assert_eq!(report["rule"], rule);
        let spent = report["spent"].as_u64().unwrap();
        assert!(spent > 0 && spent <= report["budget"].as_u64().unwrap());
        let paid: u64 = report["payments"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|project| project.as_object().unwrap().values())
            .map(|amount| amount.as_u64().unwrap())
            .sum();
        assert_eq!(paid, spent);
        let table = answer(&["fund", "-", "--rule", rule], study());
        assert!(
            report["selected"]
                .as_array()
                .unwrap()
                .iter()
                .all(|id| table.contains(id.as_str().unwrap()))
        );
    }
}

const ELECTION: &str = "META\nkey;value\nbudget;100\nrule;greedy\nvote_type;approval\n\
    PROJECTS\nproject_id;cost;votes;selected\n1;60.5;2;1\n2;70;1;0\n3;39;1;1\n\
    VOTES\nvoter_id;vote\na;1,2\nb;1,3\n";

#[test]
fn an_election_is_decided_in_its_own_unit() {
    let report = json(&["fund", "-", "--rule", "greedy", "--json"], ELECTION);
    assert_eq!(report["selected"], serde_json::json!(["1", "3"]));
    assert_eq!(
        (report["budget"].as_f64(), report["spent"].as_f64()),
        (Some(100.0), Some(99.5))
    );
    assert_eq!(report["pool"], serde_json::json!({"1": 60.5, "3": 39}));
    assert_eq!(report["payments"], serde_json::json!({}));
    assert_eq!(report["selected_in_file"], serde_json::json!(["1", "3"]));
    let stopped = json(&["fund", "-", "--rule", "greedy-no-skip", "--json"], ELECTION);
    assert_eq!(stopped["selected"], serde_json::json!(["1"]));
    assert!(
        answer(&["fund", "-"], ELECTION).contains("30.50 short")
            || answer(&["fund", "-"], ELECTION).contains("30.5 short")
    );
}

#[test]
fn real_elections_come_out_as_the_cities_decided() {
    let root = std::env::var_os("GOTONG_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let file = root.join("pabulib/Poland_Katowice_2021_Dab.pb");
    if !file.exists() {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "no test data at {}",
            file.display()
        );
        return eprintln!("NOT RUN: no test data at {}", file.display());
    }
    let report = json(&["fund", file.to_str().unwrap(), "--json"], "");
    let sorted = |list: &Value| {
        let mut ids: Vec<String> = list.as_array().unwrap().iter().map(ToString::to_string).collect();
        ids.sort();
        ids
    };
    assert_eq!(sorted(&report["selected"]), sorted(&report["selected_in_file"]));
}

#[test]
fn any_number_of_workers_gives_the_same_bytes() {
    let of = |workers| {
        answer(
            &[
                "simulate",
                "-",
                "--trials",
                "9000",
                "--workers",
                workers,
                "--json",
            ],
            PLAIN,
        )
    };
    let one = of("1");
    for workers in ["2", "3", "4", "7"] {
        assert_eq!(of(workers), one, "{workers} workers");
    }
    assert_eq!(
        answer(&["simulate", "-", "--trials", "9000", "--json"], PLAIN),
        one
    );
}

#[test]
fn plain_plans_are_simulated_and_the_seed_travels_with_the_answer() {
    let arguments = ["simulate", "-", "--trials", "4096", "--seed", "9", "--json"];
    let futures = json(&arguments, PLAIN);
    assert_eq!(answer(&arguments, PLAIN), answer(&arguments, PLAIN));
    assert_eq!(
        (futures["trials"].as_u64(), futures["seed"].as_u64()),
        (Some(4096), Some(9))
    );
    assert_eq!(futures["sampler"], "sobol");
    let well = &futures["funded"][0];
    assert_eq!(well["id"], "well");
    // All of the one pledge comes with probability 0.75 exactly, else nothing.
    let (probability, error) = (
        well["probability"].as_f64().unwrap(),
        well["standard_error"].as_f64().unwrap(),
    );
    assert!(
        (probability - 0.75).abs() <= 5.0 * error.max(1e-3),
        "{probability} ± {error}"
    );
    assert_eq!(futures["funded"][1]["probability"], 0.0);
    for quantile in ["p10", "p50", "p90"] {
        assert!(futures["mobilised"][quantile].is_number());
    }
    assert!(futures["sensitivity"].is_array());
    assert_eq!(
        json(
            &[
                "simulate",
                "-",
                "--trials",
                "256",
                "--sampler",
                "random",
                "--json"
            ],
            PLAIN
        )["sampler"],
        "random"
    );
    assert!(answer(&["simulate", "-", "--trials", "256"], PLAIN).contains("well"));
}

#[test]
fn cards_and_indices_are_asked_of_a_scenario() {
    let folder = std::env::temp_dir().join(format!("gotong-cards-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("e2.json");
    let scenario = CaseStudy::by_row("E2").unwrap().load().unwrap();
    std::fs::write(&file, gotong::interchange::write_scenario(&scenario)).unwrap();
    let file = file.to_str().unwrap();
    let ask = |options: &[&str]| {
        let mut line = vec!["simulate", file, "--trials", "1024"];
        line.extend(options);
        answer(&line, "")
    };
    let found: serde_json::Value =
        serde_json::from_str(&ask(&["--cards", "costs-up-20,K5", "--json"])).unwrap();
    assert_eq!(
        found["together"]["cards"],
        serde_json::json!(["costs-up-20", "K5"])
    );
    assert_eq!(found["alone"].as_array().unwrap().len(), 2);
    assert_eq!(found["alone"][0]["paired"]["received_minor"]["difference"], 0.0);
    assert!(ask(&["--cards", "costs-up-20,K5"]).contains("plan holds"));
    let found: serde_json::Value = serde_json::from_str(&ask(&["--indices", "--json"])).unwrap();
    assert_eq!(found["figures"].as_array().unwrap().len(), 3);
    assert!(found["figures"][0]["drivers"][0]["total"]["standard_error"].is_number());
    assert!(ask(&["--indices"]).contains("alone"));
    for (line, part) in [
        (vec!["simulate", file, "--cards", "earthquake"], "costs-up"),
        (
            vec!["simulate", file, "--cards", "K5", "--indices"],
            "one at a time",
        ),
    ] {
        assert!(complaint(&line, "", 2).contains(part), "{line:?}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_command_line_prints_what_the_jobs_answer() {
    let scenario = CaseStudy::by_row("E4").unwrap().load().unwrap();
    let mut settings = scenario.futures;
    settings.trials = 2_048;
    settings.seed = 5;
    let request = Request::Simulate {
        scenario: ScenarioRef::Inline(Box::new(scenario)),
        settings: Some(settings),
        pool: None,
    };
    let response = inline::run(request.clone()).unwrap();
    let printed = answer(
        &["simulate", "-", "--trials", "2048", "--seed", "5", "--json"],
        study(),
    );
    assert_eq!(printed, answer_json(&response));
    let json: Value = serde_json::from_str(&printed).unwrap();
    for field in ["funded", "mobilised", "sensitivity", "trials", "seed", "sampler"] {
        assert!(!json[field].is_null(), "{field}");
    }
    let raw = answer(&["run", "-"], &serde_json::to_string(&request).unwrap());
    assert_eq!(raw.trim_end(), serde_json::to_string(&response).unwrap());
}

#[test]
fn import_and_export_are_inverse() {
    let scenario = answer(&["export", "-", "--to", "json"], study());
    assert_eq!(answer(&["import", "-"], &scenario), scenario);
    let table = answer(&["export", "-", "--to", "csv"], study());
    let back: Value = serde_json::from_str(&answer(&["import", "-"], &table)).unwrap();
    let original: Value = serde_json::from_str(study()).unwrap();
    let ids = |json: &Value| -> Vec<String> {
        json["organisations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|org| org["id"].to_string())
            .collect()
    };
    assert_eq!(ids(&back), ids(&original));
}

#[test]
fn mistakes_are_told_in_a_sentence_with_the_right_code() {
    assert!(complaint(&[], "", 2).contains("Usage:"));
    assert!(complaint(&["dance"], "", 2).contains("no command \"dance\""));
    assert!(complaint(&["match", "-", "--fast"], "", 2).contains("no option --fast"));
    assert!(complaint(&["match", "no/such/file"], "", 2).contains("no/such/file cannot be read"));
    assert!(complaint(&["match", "-"], TABLE, 2).contains("--for ORG"));
    assert!(
        complaint(&["match", "-", "--for", "nobody"], TABLE, 1)
            .contains("No organisation has the id \"nobody\"")
    );
    assert!(complaint(&["import", "-"], "", 2).contains("nothing in it"));
    assert!(complaint(&["import", "-"], "{\"version\": 2}", 2).contains("newer Gotong"));
    assert!(complaint(&["import", "-"], "{\"version\": 1,\n}", 2).contains("line 2, column 1"));
    assert!(complaint(&["import", "-"], "tahun,jumlah\n1,2\n", 2).contains("holds the names"));
    assert!(complaint(&["import", "-"], "%PDF-1.7", 2).contains("none of the formats"));
    let unsound = r#"{"version": 1, "partnership": {"lead": "x"}}"#;
    assert!(complaint(&["export", "-", "--to", "csv"], unsound, 2).contains("contradicts itself"));
    assert!(complaint(&["fund", "-", "--rule", "magic"], "", 2).contains("greedy-no-skip"));
    assert!(complaint(&["fund", "-"], "META\nkey;value\n", 2).contains("cannot be read"));
    assert!(complaint(&["simulate", "-", "--trials", "0"], PLAIN, 1).contains("Out of range"));
    assert!(complaint(&["simulate", "-", "--workers", "0"], PLAIN, 2).contains("from 1 to 64"));
    assert!(complaint(&["simulate", "-"], r#"{"pledges": 5}"#, 2).contains("no plain plan"));
    assert!(complaint(&["run", "-"], r#"{"dance": {}}"#, 2).contains("no request"));
    let resident = r#"{"fund": {"scenario": {"resident": "0-0"}}}"#;
    assert!(complaint(&["run", "-"], resident, 1).contains("must send its own"));
}

#[test]
fn help_and_version_answer_with_success() {
    assert!(answer(&["--help"], "").contains("gotong simulate FILE"));
    assert!(answer(&["fund", "--help"], "").contains("greedy-threshold"));
    assert!(answer(&["--version"], "").starts_with("gotong "));
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_is_printed() {
    let schema = json(&["schema"], "");
    assert_eq!(schema["title"], "Scenario");
}

#[test]
fn fund_tells_what_follows_from_the_terms_of_pledges() {
    let study = include_str!("../../scenarios/e7-infrastructure-ppp-lampung.json");
    let table = answer(&["fund", "-"], study);
    for part in [
        "must be bridged in period 1",
        "tightest",
        "loses beyond",
        "first-loss",
        "pay back the",
    ] {
        assert!(table.contains(part), "{part}: {table}");
    }
    let study = include_str!("../../scenarios/e6-children-youth-south-sulawesi.json");
    let waiting = study.replacen("\"target_minor\": 500000000", "\"target_minor\": 5000000000", 1);
    let table = answer(&["fund", "-"], &waiting);
    assert!(table.contains("dropped in round 1"), "{table}");
    let report = json(&["fund", "-", "--json"], &waiting);
    let step = &report["report"]["conditions"][0];
    assert_eq!(
        (&step["dropped_in"], &step["needed_minor"]),
        (&1.into(), &5_000_000_000_u64.into())
    );
    assert_eq!(report["report"]["verified"], true);

    let fewer = waiting.replacen(
        "\"kind\": \"challenge\", \"target_minor\": 5000000000, \"project\": \"beasiswa-sma\"",
        "\"kind\": \"only-if-few\", \"at_most_others_minor\": 5",
        1,
    );
    assert_ne!(fewer, waiting);
    let refused = gotong(&["fund", "-"], &fewer);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        text(&refused.stderr).contains("because others give more"),
        "{}",
        text(&refused.stderr)
    );
}

#[test]
fn rules_stand_side_by_side() {
    let comparison = json(
        &[
            "compare",
            "-",
            "--rules",
            "greedy,proportional,in-order",
            "--json",
        ],
        study(),
    );
    let columns = comparison["columns"].as_array().unwrap();
    let codes: Vec<&str> = columns
        .iter()
        .map(|column| column["plan"]["rule"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["greedy", "proportional", "in-order"]);
    assert_eq!(comparison["agreement"].as_array().unwrap().len(), 3);
    for column in columns {
        let granted = column["figures"]["granted_minor"].as_array().unwrap();
        let sum: u64 = granted.iter().map(|minor| minor.as_u64().unwrap()).sum();
        assert_eq!(column["figures"]["spent_minor"].as_u64(), Some(sum));
    }
    let table = answer(&["compare", "-", "--rules", "greedy,in-order"], study());
    assert!(table.contains("money alike") && table.contains("Gini"), "{table}");
}

/// Three voters, two projects: each holds 4; a (9, three voters) at 3 each, then b (2) by its two supporters.
#[test]
fn equal_shares_are_told_with_who_pays() {
    let election = "META\nkey;value\nbudget;12\nrule;equalshares/add1\nvote_type;approval\nPROJECTS\nproject_id;cost\n\
        a;9\nb;2\nc;3\nVOTES\nvoter_id;vote\nx;a,b\ny;a,b\nz;a,c\n";
    let report = json(&["fund", "-", "--rule", "equal-shares", "--json"], election);
    assert_eq!(report["rule"], "equal-shares");
    assert_eq!((&report["budget"], &report["spent"]), (&12.into(), &11.into()));
    assert_eq!(report["selected"], serde_json::json!(["a", "b"]));
    let payments = serde_json::json!({"a": {"x": 3, "y": 3, "z": 3}, "b": {"x": 1, "y": 1}});
    assert_eq!(report["payments"], payments);
    assert_eq!(report["pool"], serde_json::json!({}));
    let plain = [
        "fund",
        "-",
        "--rule",
        "equal-shares",
        "--completion",
        "none",
        "--utility",
        "cardinality",
    ];
    assert!(answer(&plain, election).contains("its supporters are 2 short"));
    let compared = [
        "fund",
        "-",
        "--completion",
        "greedy",
        "--compare",
        "exclusion",
        "--json",
    ];
    let report = json(&compared, election);
    assert_eq!(report["report"]["equal_shares"]["gave_way"], false);
    // Without ballots the pledges are the purses, and nobody's is raised.
    let mut pledges: Value = serde_json::from_str(study()).unwrap();
    pledges.as_object_mut().unwrap().remove("ballots");
    let raised = ["fund", "-", "--rule", "equal-shares", "--completion", "add1"];
    assert!(!answer(&raised, study()).is_empty());
    let refused = complaint(&raised, &pledges.to_string(), 1);
    assert!(refused.contains("--completion none or greedy"), "{refused}");
    let own = json(
        &["fund", "-", "--rule", "equal-shares", "--json"],
        &pledges.to_string(),
    );
    assert_eq!(own["report"]["verified"], true);
}
