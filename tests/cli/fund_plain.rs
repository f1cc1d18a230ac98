//! `gotong fund` of plain gifts and donors, against published figures, and files that are wrong.

use crate::harness::{answer, complaint, json};
use serde_json::Value;

/// The contributions of the test of pluralistic.js (Gitcoin).
const PLURALISTIC: &str = r#"{"contributions": [
    ["sender_1", "project_1", 1], ["sender_2", "project_1", 4], ["sender_3", "project_1", 1], ["sender_4", "project_1", 9],
    ["sender_1", "project_2", 1], ["sender_2", "project_2", 1], ["sender_3", "project_2", 1], ["sender_4", "project_2", 1],
    ["sender_5", "project_2", 1], ["sender_6", "project_2", 1], ["sender_7", "project_2", 4],
    ["sender_1", "project_3", 1], ["sender_2", "project_3", 9], ["sender_3", "project_3", 1], ["sender_4", "project_3", 9],
    ["sender_5", "project_3", 1], ["sender_6", "project_3", 9], ["sender_7", "project_3", 4]], "pool": 100}"#;

const FIVE: &str = r#"{"donors": [{"amount": 100, "values": {"a": 1, "b": 1}}, {"amount": 100, "values": {"a": 1, "c": 1}},
    {"amount": 100, "values": {"a": 1, "d": 1}}, {"amount": 100, "values": {"b": 1, "c": 1}}, {"amount": 100, "values": {"a": 1}}]}"#;

const TWO: &str = r#"{"donors": [{"id": "big", "amount": 900, "values": {"A": 1, "B": 1, "C": 1}},
    {"id": "small", "amount": 100, "values": {"C": 1, "D": 1}}]}"#;

fn fund(rule: &str, options: &[&str], input: &str) -> Value {
    json(
        &[&["fund", "-", "--rule", rule, "--json"], options].concat(),
        input,
    )
}

fn amounts(answer: &Value, field: &str) -> Vec<f64> {
    let map = answer[field].as_object().into_iter().flatten();
    map.filter_map(|(_, amount)| amount.as_f64()).collect()
}

fn is_near(found: &[f64], expected: &[f64], tolerance: f64) -> bool {
    found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(a, b)| (a - b).abs() <= tolerance)
}

#[test]
fn matches_are_those_of_pluralistic() {
    let scaled = fund("quadratic", &[], PLURALISTIC);
    assert!(
        is_near(&amounts(&scaled, "allocation"), &[13.6, 21.6, 64.8], 1e-9),
        "{scaled}"
    );
    assert!(
        is_near(&amounts(&scaled, "unscaled"), &[34.0, 54.0, 162.0], 1e-9),
        "{scaled}"
    );
    assert_eq!(scaled["selected"].as_array().map(Vec::len), Some(3));
    assert_eq!((&scaled["budget"], &scaled["rest"]), (&100.0.into(), &0.0.into()));
    let capped = fund("quadratic", &["--cap", "50"], PLURALISTIC);
    assert!(
        is_near(
            &amounts(&capped, "allocation"),
            &[19.318_181, 30.681_818, 50.0],
            1e-6
        ),
        "{capped}"
    );
    let large = fund(
        "quadratic",
        &[],
        &PLURALISTIC.replace("\"pool\": 100", "\"pool\": 1000"),
    );
    assert!(
        is_near(&amounts(&large, "allocation"), &[34.0, 54.0, 162.0], 1e-9),
        "{large}"
    );
    assert_eq!(large["rest"], 750.0);
    let all_capped = fund("quadratic", &["--cap", "10"], PLURALISTIC);
    assert_eq!(amounts(&all_capped, "allocation"), [10.0; 3]);
    assert_eq!(all_capped["rest"], 70.0);
    let pairwise = fund("pairwise", &["--pair-bound", "1"], PLURALISTIC);
    assert_eq!(pairwise["pair_bound"], 1.0);
    assert!(
        amounts(&pairwise, "unscaled")
            .iter()
            .zip([34.0, 54.0, 162.0])
            .all(|(a, b)| *a < b)
    );
    assert_eq!(
        fund("pairwise", &[], PLURALISTIC)["pair_bound"],
        1.0,
        "the median gift"
    );
    for (range, now) in scaled["estimates"]
        .as_object()
        .into_iter()
        .flatten()
        .zip(amounts(&scaled, "allocation"))
    {
        assert!(
            range.1[0].as_f64() < Some(now) && range.1[1].as_f64() > Some(now),
            "{range:?} {now}"
        );
    }
}

#[test]
fn splits_are_the_published_ones() {
    let nash = fund("nash", &[], FIVE);
    assert!(
        is_near(
            &amounts(&nash, "allocation"),
            &[370.156, 64.922, 64.922, 0.0],
            1e-3
        ),
        "{nash}"
    );
    assert!(nash["certificate"].as_f64() <= Some(1e-9), "{nash}");
    assert_eq!(nash["payments"]["a"]["4"], 100.0);
    let equilibrium = fund("equilibrium", &[], TWO);
    assert!(
        is_near(
            &amounts(&equilibrium, "allocation"),
            &[300.0, 300.0, 300.0, 100.0],
            1e-9
        ),
        "{equilibrium}"
    );
    assert!(
        is_near(&amounts(&equilibrium["payments"], "D"), &[100.0], 1e-9),
        "{equilibrium}"
    );
    assert!(answer(&["fund", "-", "--rule", "nash"], FIVE).contains("370.156"));
    assert!(answer(&["fund", "-"], PLURALISTIC).contains("Rule quadratic: 100 of 100"));
}

#[test]
fn files_that_are_wrong_get_a_sentence() {
    let gifts = |list: &str| format!(r#"{{"contributions": [{list}], "pool": 1}}"#);
    for (rule, input, part) in [
        ("quadratic", gifts(r#"["a", "x", -1]"#), "contribution 1 is -1"),
        ("quadratic", gifts(r#"["a", "x", 1e300]"#), "from 0 to 10^15"),
        ("quadratic", gifts(r#"["a", "x", "NaN"]"#), "cannot be read"),
        ("quadratic", gifts(r#"["a", "x"]"#), "cannot be read"),
        (
            "nash",
            gifts(r#"["a", "x", 1]"#),
            "nash does not read contributions",
        ),
        ("quadratic", FIVE.to_owned(), "quadratic does not read donors"),
        ("greedy", FIVE.to_owned(), "greedy does not read donors"),
        (
            "nash",
            r#"{"donors": [{"amount": 1, "values": {"x": -2}}]}"#.to_owned(),
            "the value of x to donor 0",
        ),
        (
            "nash",
            r#"{"donors": [{"amount": 1, "values": {"x": 1, "x": 2}}]}"#.to_owned(),
            "x twice",
        ),
        (
            "nash",
            r#"{"donors": [{"id": 1, "amount": 1, "values": {}}, {"id": "1", "amount": 1, "values": {}}]}"#
                .to_owned(),
            "donors names 1 twice",
        ),
        (
            "nash",
            r#"{"donors": [], "contributions": []}"#.to_owned(),
            "either contributions or donors",
        ),
        (
            "nash",
            r#"{"donors": [{"amount": 1, "values": {}, "colour": 3}]}"#.to_owned(),
            "unknown field",
        ),
    ] {
        let sentence = complaint(&["fund", "-", "--rule", rule, "--json"], &input, 2);
        assert!(sentence.contains(part), "{input}: {sentence}");
    }
    // Nothing is an outcome, and so is money nobody values.
    assert_eq!(fund("quadratic", &[], r#"{"contributions": []}"#)["spent"], 0.0);
    assert_eq!(fund("equilibrium", &[], r#"{"donors": []}"#)["spent"], 0.0);
    let idle = fund("nash", &[], r#"{"donors": [{"amount": 5, "values": {"x": 0}}]}"#);
    assert_eq!(
        (&idle["undivided"], &idle["certificate"]),
        (&5.0.into(), &0.0.into())
    );
    let huge = r#"{"donors": [{"amount": 1e15, "values": {"x": 1e15, "y": 1e-300}}, {"amount": 1e-300, "values": {"y": 1}}]}"#;
    for rule in ["nash", "equilibrium"] {
        let total = amounts(&fund(rule, &[], huge), "allocation").iter().sum::<f64>();
        assert!((total - 1e15).abs() <= 1.0, "{rule}: {total}");
    }
}
