//! `serde_json` is the oracle: the same value, or the same error at the same place.

use super::{from_slice, from_str};
use crate::cases::ALL;
use crate::domain::Scenario;
use proptest::prelude::*;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt::Debug;

#[derive(Debug, PartialEq, Deserialize)]
struct Point {
    x: f64,
    #[serde(default)]
    y: Option<Option<i64>>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Wrapped(Point);

#[derive(Debug, PartialEq, Deserialize)]
struct Nothing;

#[derive(Debug, PartialEq, Deserialize)]
struct Pair(Point, i8);

#[derive(Debug, PartialEq, Deserialize)]
enum Shape {
    Unit,
    Newtype(Point),
    Tuple(Point, String),
    Fields { at: Point },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    Unit,
    Fields { at: Point },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(tag = "kind", content = "with")]
enum Adjacent {
    Unit,
    Newtype(Point),
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(u64),
    Text(String),
    At(Point),
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    shapes: Vec<Shape>,
    #[serde(default)]
    named: BTreeMap<String, Point>,
    #[serde(default)]
    counted: BTreeMap<u32, Wrapped>,
    #[serde(default)]
    pair: Option<Box<Pair>>,
    #[serde(default)]
    nothing: Option<Nothing>,
    #[serde(default)]
    tuple: (bool, char, u128, i128, f32),
}

#[derive(Debug, PartialEq, Deserialize)]
struct Flat {
    id: u8,
    #[serde(flatten)]
    rest: Tagged,
}

fn told<T: Debug>(result: serde_json::Result<T>) -> Result<String, (String, usize, usize)> {
    result
        .map(|value| format!("{value:?}"))
        .map_err(|error| (error.to_string(), error.line(), error.column()))
}

#[track_caller]
fn same<T: DeserializeOwned + Debug>(text: &str) {
    let expected = told(serde_json::from_str::<T>(text));
    assert_eq!(told(from_str::<T>(text)), expected, "{text}");
    let expected = told(serde_json::from_slice::<T>(text.as_bytes()));
    assert_eq!(told(from_slice::<T>(text.as_bytes())), expected, "{text}");
}

/// Same value and same place; the sentence may differ.
#[track_caller]
fn same_place<T: DeserializeOwned + Debug>(text: &str) -> String {
    let expected = told(serde_json::from_str::<T>(text)).unwrap_err();
    let error = told(from_str::<T>(text)).unwrap_err();
    assert_eq!((error.1, error.2), (expected.1, expected.2), "{text}");
    error.0
}

#[test]
fn a_case_study_reads_the_same_whole_and_cut_anywhere() {
    for study in ALL {
        let text = study.json();
        assert_eq!(
            from_str::<Scenario>(text).unwrap(),
            serde_json::from_str(text).unwrap()
        );
        let places = text.char_indices().map(|(at, _)| at);
        for at in places.step_by(997) {
            let (before, after) = text.split_at(at);
            same::<Scenario>(before);
            for broken in ["?", "\"", "7,", "{}"] {
                same::<Scenario>(&format!("{before}{broken}{after}"));
            }
        }
    }
}

#[test]
fn every_shape_reads_the_same() {
    for text in [
        r#"{"x": 1.5, "y": null}"#,
        r#"{"x": 0.1000000000000000055511151231257827, "y": -3}"#,
        r#"{"x": 1, "more": [{"deep": [null, true]}]}"#,
        r#"{"x": 1, "x": 2}"#,
        r#"{"y": 1}"#,
        r#"{"x": "1"}"#,
        "{\n  \"x\": 1,\n  \"y\": 1.5\n}",
        r#"{"x": 1} {"x": 2}"#,
        r#"{"x": 1,}"#,
        "7",
        "null",
        "\"x\"",
        "",
    ] {
        same::<Point>(text);
        same::<Option<Point>>(text);
        same::<Wrapped>(text);
        same::<Untagged>(text);
        same::<Vec<Option<Point>>>(&format!("[{text}, null]"));
        same::<Shape>(&format!(r#"{{"Newtype": {text}}}"#));
        same::<Shape>(&format!(r#"{{"Tuple": [{text}, "a\u0041"]}}"#));
        same::<Shape>(&format!(r#"{{"Fields": {{"at": {text}}}}}"#));
        same::<Tagged>(&format!(r#"{{"at": {text}, "kind": "Fields"}}"#));
        same::<Adjacent>(&format!(r#"{{"with": {text}, "kind": "Newtype"}}"#));
        same::<Flat>(&format!(r#"{{"id": 3, "kind": "Fields", "at": {text}}}"#));
        same::<Pair>(&format!("[{text}, -128]"));
        same::<(Point, bool)>(&format!("[{text}, true]"));
        same::<serde_json::Value>(text);
    }
    for text in [
        "\"Unit\"",
        "\"Tuple\"",
        "\"Newtype\"",
        "\"None\"",
        "{}",
        "{\"Unit\": null}",
        "{\"Unit\": 1}",
        "{\"Fields\": 3}",
        "{\"Tuple\": []}",
        "{\"kind\": \"Unit\"}",
        "{\"kind\": 3}",
        "7",
        "null",
    ] {
        same::<Shape>(text);
        same::<Tagged>(text);
        same::<Adjacent>(text);
        same::<Untagged>(text);
        same::<BTreeMap<String, Shape>>(&format!("{{\"a\": {text}}}"));
    }
    for text in [
        r#"{"shapes": ["Unit", {"Newtype": {"x": 1}}], "named": {"a": {"x": 1}}, "counted": {"12": {"x": 2}}}"#,
        r#"{"shapes": [], "pair": [{"x": 1}, 7], "nothing": null, "tuple": [true, "é", 340282366920938463463374607431768211455, -5, 1.5]}"#,
        r#"{"shapes": [], "counted": {"twelve": {"x": 2}}}"#,
        r#"{"shapes": [], "pair": [{"x": 1}]}"#,
        r#"{"shapes": [], "pair": [{"x": 1}, 128]}"#,
        r#"{"shapes": [], "tuple": [true, "two", 1, 1, 1]}"#,
        r#"{"shapes": [], "tuple": [true, "t", -1, 1, 1]}"#,
        r#"{"shapes": {}, "named": []}"#,
        r#"{"shapes": [], "other": 1}"#,
        r#"{"shapes": [{"Fields": {"at": {"x": 1}, "at": 1}}]}"#,
        r#"{"shapes": [{"Unit": null, "Tuple": 1}]}"#,
    ] {
        same::<Strict>(text);
    }
}

#[test]
fn a_struct_as_an_array_is_refused_by_its_name() {
    let told = |text: &str| from_str::<Strict>(text).unwrap_err().to_string();
    assert_eq!(
        told("[]"),
        "invalid type: sequence, expected struct Strict at line 1 column 0"
    );
    assert_eq!(
        told("{\"shapes\": [\n  {\"Newtype\": [1, 2]}]}"),
        "invalid type: sequence, expected struct Point at line 2 column 14"
    );
    assert_eq!(
        told(r#"{"shapes": [{"Fields": [{"x": 1}]}]}"#),
        "invalid type: sequence, expected struct variant Shape::Fields at line 1 column 23"
    );
    assert_eq!(
        told(r#"{"shapes": [], "named": {"a": [1]}}"#),
        "invalid type: sequence, expected struct Point at line 1 column 30"
    );
    let error = from_str::<Adjacent>(r#"["Unit"]"#).unwrap_err().to_string();
    assert!(error.starts_with("invalid type: sequence, expected "), "{error}");
    let error = from_str::<Scenario>("[1]").unwrap_err().to_string();
    assert!(
        error.starts_with("invalid type: sequence, expected struct Scenario at line 1"),
        "{error}"
    );
}

#[test]
fn a_variant_with_fields_named_alone_is_refused_at_its_place() {
    let error = same_place::<Shape>(" \"Fields\"");
    assert!(
        error.starts_with("invalid type: unit variant, expected "),
        "{error}"
    );
}

#[test]
fn raw_values_keep_their_text() {
    #[derive(Debug, Deserialize)]
    struct Message {
        id: u64,
        raw: Box<RawValue>,
    }
    for text in [
        r#"{"id": 1, "raw":  { "b" : [1.50, "\u0041"] } }"#,
        r#"{"raw": null, "id": 1}"#,
        r#"{"raw": 1.0e2, "id": 1}"#,
        r#"{"raw": [1, }, "id": 1}"#,
        r#"{"id": 1}"#,
    ] {
        same::<Message>(text);
    }
    let text = r#"{"id": 1, "raw": {"b":  [ 1.50 ]}}"#;
    let message: Message = from_str(text).unwrap();
    assert_eq!((message.id, message.raw.get()), (1, r#"{"b":  [ 1.50 ]}"#));
    let borrowed: BTreeMap<&str, &RawValue> = from_str(text).unwrap();
    assert_eq!(borrowed["raw"].get(), message.raw.get());
}

#[test]
fn what_follows_and_what_is_too_deep_is_refused_alike() {
    same::<Strict>("{\"shapes\": []} x");
    let deep = format!("{{\"shapes\": [], \"other\": {}", "[".repeat(200));
    same::<Scenario>(&deep);
    same::<serde_json::Value>(&"[".repeat(200));
    let invalid = b"{\"x\": 1, \"\xFF\": 2}";
    assert_eq!(
        told(from_slice::<Point>(invalid)),
        told(serde_json::from_slice::<Point>(invalid))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn numbers_and_texts_are_the_same(x: f64, y: Option<i64>, name: String, n: i128) {
        let text = serde_json::json!({"shapes": [{"Newtype": {"x": x, "y": y}}], "named": {name: {"x": x}}}).to_string();
        same::<Strict>(&text);
        same::<(i128, Option<u128>)>(&format!("[{n}, {n}]"));
    }
}
