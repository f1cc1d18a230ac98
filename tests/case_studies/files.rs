//! The files themselves: their rows, size, names, and that reading them loses nothing.

use super::studies;
use gotong::cases;
use gotong::interchange::{read_scenario, write_scenario};
use serde_json::Value;

/// Larger would be felt on a slow line: every study travels with the page.
const MOST_BYTES: usize = 40_000;

#[test]
fn all_ten_rows_of_the_domain_are_bundled_in_their_order() {
    let rows: Vec<_> = cases::ALL.iter().map(|study| study.row).collect();
    let domain: Vec<_> = (1..=10).map(|row| format!("E{row}")).collect();
    assert_eq!(rows, domain);
}

#[test]
fn every_file_is_small() {
    for study in cases::ALL {
        assert!(
            study.json().len() < MOST_BYTES,
            "{}: {}",
            study.row,
            study.json().len()
        );
    }
}

fn is_kebab_case(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.chars().all(plain) && id.split('-').all(|word| !word.is_empty())
}

#[test]
fn every_id_is_kebab_case() {
    assert!(is_kebab_case("guru-hulu-2"));
    for wrong in ["", "Guru", "guru hulu", "guru--hulu", "-guru", "guru_hulu"] {
        assert!(!is_kebab_case(wrong), "{wrong}");
    }
    for (study, scenario) in studies() {
        let organisations = scenario.organisations.iter().map(|one| one.id.as_str());
        let projects = scenario.projects.iter().map(|one| one.id.as_str());
        let pledges = scenario.pledges.iter().map(|one| one.id.as_str());
        for id in organisations.chain(projects).chain(pledges) {
            assert!(is_kebab_case(id), "{}: {id}", study.row);
        }
    }
}

/// Whatever `file` says that `kept` does not, with its place. What the reader adds (defaults) is no loss, and an
/// object that says nothing may be absent.
fn lost(file: &Value, kept: Option<&Value>, at: &str, found: &mut Vec<String>) {
    match (file, kept) {
        (Value::Object(fields), Some(Value::Object(other))) => {
            for (key, value) in fields {
                lost(value, other.get(key), &format!("{at}.{key}"), found);
            }
        }
        (Value::Object(fields), None) if fields.is_empty() => {}
        (Value::Array(items), Some(Value::Array(other))) if items.len() == other.len() => {
            for (index, (item, other)) in items.iter().zip(other).enumerate() {
                lost(item, Some(other), &format!("{at}[{index}]"), found);
            }
        }
        _ if kept == Some(file) => {}
        _ => found.push(at.to_owned()),
    }
}

/// A misspelt field would be ignored by the reader, and so is found here.
#[test]
fn reading_and_writing_loses_nothing_a_file_says() {
    for (study, scenario) in studies() {
        let imported = read_scenario(study.json()).unwrap();
        assert_eq!(imported.scenario, scenario, "{}", study.row);
        let written = write_scenario(&scenario);
        assert_eq!(
            read_scenario(&written).unwrap().scenario,
            scenario,
            "{}",
            study.row
        );
        let (file, kept): (Value, Value) = (
            serde_json::from_str(study.json()).unwrap(),
            serde_json::from_str(&written).unwrap(),
        );
        let mut found = Vec::new();
        lost(&file, Some(&kept), study.row, &mut found);
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn a_misspelt_field_would_be_found() {
    let file = serde_json::json!({"projects": [{"id": "a", "benificiaries": 3}], "working_style": {}});
    let kept = serde_json::json!({"projects": [{"id": "a"}], "version": 1});
    let mut found = Vec::new();
    lost(&file, Some(&kept), "E0", &mut found);
    assert_eq!(found, ["E0.projects[0].benificiaries"]);
}
