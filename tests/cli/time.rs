//! `gotong simulate` over time: what a file says of it, and what the options add.

use super::harness::{answer, complaint, json};

const E7: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/scenarios/e7-infrastructure-ppp-lampung.json"
);
const PLAIN: &str = r#"{
    "pledges": [{"id": "late", "amount": 60, "tranches": [1, 1], "delay": [0.5, 1]},
                {"id": "abroad", "amount": 40, "currency": "USD", "withdrawal": 0.1, "trust": 0.4}],
    "projects": [{"id": "well", "cost": {"shape": "fixed", "likely": 90}, "tranches": [1, 1]}],
    "volatility": [["USD", 0.1]]
}"#;

#[test]
fn a_study_shows_its_cash_rates_and_results() {
    let futures = json(&["simulate", E7, "--trials", "1024", "--json"], "");
    let cash = &futures["cash"];
    assert_eq!(cash["period_months"], 12);
    assert_eq!(cash["periods"].as_array().unwrap().len(), 5);
    assert_eq!(futures["rates"][0]["currency"], "USD");
    assert_eq!(futures["results"][0]["id"], "hibah-khatulistiwa");
    let text = answer(&["simulate", E7, "--trials", "1024"], "");
    for said in [
        "Cash by period of 12 months",
        "fully paid in period",
        "Rate of USD",
        "Results paid by",
    ] {
        assert!(text.contains(said), "{said}:\n{text}");
    }
}

#[test]
fn options_say_how_time_is_looked_at() {
    let arguments = ["simulate", "-", "--trials", "512", "--json"];
    let quarter = json(&arguments, PLAIN);
    assert_eq!(quarter["cash"]["balance"].as_array().unwrap().len(), 12);
    let more = ["--period", "month", "--periods", "20", "--opening", "7"];
    let month = json(&[&arguments[..], &more[..]].concat(), PLAIN);
    let balance = month["cash"]["balance"].as_array().unwrap();
    assert_eq!(balance.len(), 20);
    assert!(balance[19]["p50"].as_f64().unwrap() >= 7.0);
    let ids: Vec<_> = month["sensitivity"]
        .as_array()
        .unwrap()
        .iter()
        .map(|driver| driver["id"].as_str().unwrap())
        .collect();
    for id in ["rate:USD", "delay:late", "withdraw:abroad"] {
        assert!(ids.contains(&id), "{ids:?}");
    }
    assert!(answer(&["simulate", "-", "--trials", "64"], PLAIN).contains("Cash short in"));
}

#[test]
fn impossible_times_are_refused_in_words() {
    assert!(complaint(&["simulate", "-", "--period", "week"], PLAIN, 2).contains("period"));
    let delay = PLAIN.replace("[0.5, 1]", "[1.5, 1]");
    assert!(complaint(&["simulate", "-"], &delay, 1).contains("Out of range"));
    let sigma = PLAIN.replace("[\"USD\", 0.1]", "[\"USD\", 9]");
    assert!(complaint(&["simulate", "-"], &sigma, 1).contains("Out of range"));
    assert!(complaint(&["simulate", "-", "--periods", "121"], PLAIN, 1).contains("Out of range"));
}
