//! The commands of a partnership as a person meets them: the plain forms against figures known by hand, scenarios as tables,
//! and files that are wrong.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::harness::{self, answer};
use serde_json::{Value, json};

fn plain(command: &str, options: &[&str], input: &Value) -> Value {
    let arguments = [&[command, "-", "--json"], options].concat();
    harness::json(&arguments, &input.to_string())
}

fn complaint(command: &str, input: &Value) -> String {
    harness::complaint(&[command, "-"], &input.to_string(), 2)
}

/// Three could do it; with α two cost less than the cheap three. The best by hand: {1, 2}, 4 + 5.
#[test]
fn a_team_is_the_cheapest_and_coordination_counts() {
    let candidate =
        |cost, sector, offers: [u64; 2]| json!({"cost": cost, "sector": sector, "offers": offers});
    let input = json!({
        "candidates": [candidate(2, 0, [1, 1]), candidate(4, 0, [4, 1]), candidate(5, 1, [1, 4]), candidate(2, 1, [3, 1]), candidate(2, 1, [0, 2])],
        "demand": [4, 4], "sector_min": [1, 1],
    });
    let cheap = plain("coalition", &[], &input);
    assert_eq!(
        (&cheap["members"], &cheap["objective"], &cheap["optimal"]),
        (&json!([0, 3, 4]), &json!(6), &json!(true))
    );
    let dear = plain("coalition", &["--alpha", "2"], &input);
    assert_eq!(
        (&dear["members"], &dear["objective"], &dear["lower_bound"]),
        (&json!([1, 2]), &json!(11), &json!(11))
    );
    let two = plain("coalition", &["--k-best", "2", "--max-size", "3"], &input);
    assert_eq!(two["alternatives"].as_array().map(Vec::len), Some(1));
    let impossible = plain("coalition", &["--max-size", "1"], &input);
    assert_eq!(
        (&impossible["outcome"], &impossible["members"]),
        (&json!("infeasible"), &Value::Null)
    );
    assert!(!impossible["report"]["blocked"].as_array().unwrap().is_empty());
}

#[test]
fn pairs_rings_plans_and_splits_print_what_was_promised() {
    let path = json!({"n": 4, "weights": [[0, 1, 1], [1, 2, 5.5], [2, 3, 1]]});
    assert_eq!(plain("pairs", &[], &path)["pairs"], json!([[1, 2]]));
    let all = plain("pairs", &["--max-cardinality"], &path);
    assert_eq!(
        (&all["pairs"], &all["weight"]),
        (&json!([[0, 1], [2, 3]]), &json!(2))
    );
    assert_eq!(all["certificate"]["vertex"].as_array().map(Vec::len), Some(4));

    let arcs = json!({"n": 4, "arcs": [[0, 1, 2], [1, 0, 2], [1, 2, 3], [2, 3, 3], [3, 1, 3]]});
    let short = plain("rings", &["--max-length", "2"], &arcs);
    assert_eq!(
        (&short["rings"], &short["value"], &short["optimal"]),
        (&json!([[0, 1]]), &json!(4), &json!(true))
    );
    assert_eq!(plain("rings", &[], &arcs)["rings"], json!([[1, 2, 3]]));

    let rows = json!({"offers": [["a", "x", 5]], "needs": [["b", "x", 3], ["c", "x", 4]], "rival": {"x": true}, "cost": [["a", "b", 2]]});
    let plan = plain("plan", &[], &rows);
    assert_eq!(
        (&plan["flows"], &plan["unmet"], &plan["cost"]),
        (
            &json!([["a", "b", "x", 1], ["a", "c", "x", 4]]),
            &json!([["b", "x", 2]]),
            &json!(2)
        )
    );

    let game = json!({"players": 3, "cost_of": {"0": 6, "1": 6, "2": 6, "0,1": 7, "0,2": 12, "1,2": 12, "0,1,2": 13}});
    let split = plain("split", &[], &game);
    assert_eq!(
        (&split["shapley"], &split["shapley_in_core"]),
        (&json!([3.5, 3.5, 6.0]), &json!(true))
    );
    assert_eq!(split["nucleolus"], json!([3.5, 3.5, 6.0]));
}

#[test]
fn a_scenario_is_told_as_tables() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/scenarios/e2-community-education-yogyakarta.json"
    );
    for (command, words) in [
        ("coalition", "Proven: no cheaper team exists."),
        ("plan", "Training for 120 village tutors"),
        ("rings", "Ring 1"),
        ("rings", "One step from a ring"),
        ("pairs", "Proven: no other pairing is better."),
        ("split", "To share: IDR"),
    ] {
        let told = answer(&[command, file], "");
        assert!(told.contains(words), "{command}: {told}");
        let json: Value = serde_json::from_str(&answer(&[command, file, "--json"], "")).unwrap();
        assert!(json.is_object());
    }
}

#[test]
fn a_team_of_more_than_fifteen_splits_by_samples() {
    let organisation = |number: usize| {
        let offers = json!([{"kind": "facilities", "quantity": 1 + number % 4}]);
        json!({"id": format!("o{number}"), "name": format!("o{number}"), "sector": "community", "offers": offers,
            "participation_cost_minor": 2_000_000 + 100_000 * number})
    };
    let organisations: Vec<Value> = (0..18).map(organisation).collect();
    let members: Vec<String> = (1..18).map(|number| format!("o{number}")).collect();
    let scenario = json!({
        "version": 1,
        "organisations": organisations,
        "projects": [{"id": "p", "name": "p", "cost": {"shape": "fixed", "low_minor": 1, "likely_minor": 1, "high_minor": 1}, "requirements": [{"kind": "facilities", "quantity": 9}]}],
        "partnership": {"lead": "o0", "members": members, "project": "p"},
    });
    let split: Value =
        serde_json::from_str(&answer(&["split", "-", "--json"], &scenario.to_string())).unwrap();
    assert_eq!(split["answer"]["sampled"]["pairs"], 400);
    for one in split["answer"]["splits"].as_array().unwrap() {
        let shares = one["shares"].as_array().unwrap().iter();
        assert_eq!(
            shares.map(|share| share.as_i64().unwrap()).sum::<i64>(),
            split["answer"]["total"].as_i64().unwrap()
        );
        assert_eq!(one["standard_errors"].is_array(), one["method"] == "shapley");
    }
    let told = answer(&["split", "-"], &scenario.to_string());
    assert!(
        told.contains("estimated from 800 orders of arrival (seed 1)"),
        "{told}"
    );
}

#[test]
fn a_wrong_row_is_named() {
    for (command, input, words) in [
        (
            "pairs",
            json!({"n": 2, "weights": [[0, 5, 1]]}),
            "edge-index-invalid",
        ),
        ("rings", json!({"n": 2, "arcs": [[0, 0, 1]]}), "arcs[0]"),
        (
            "plan",
            json!({"offers": [["a", "x", -1]], "needs": []}),
            "offers[0]",
        ),
        (
            "split",
            json!({"players": 2, "cost_of": {"0": 1, "1": 1}}),
            "\"0,1\"",
        ),
        (
            "coalition",
            json!({"candidates": [{"cost": 1, "offers": [1]}], "demand": [1, 2]}),
            "candidate 0",
        ),
        (
            "coalition",
            json!({"candidates": "none", "demand": []}),
            "cannot be read",
        ),
    ] {
        let said = complaint(command, &input);
        assert!(said.contains(words), "{command}: {said}");
    }
}
