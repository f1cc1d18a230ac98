//! Runs the program as a person does.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs the program with `input` on its standard input.
pub fn gotong(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gotong"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may end before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What is printed by a command that succeeds.
pub fn answer(arguments: &[&str], input: &str) -> String {
    let output = gotong(arguments, input);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments:?}: {}",
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// What a command that succeeds prints, as JSON.
pub fn json(arguments: &[&str], input: &str) -> Value {
    let text = answer(arguments, input);
    let json: Value = serde_json::from_str(&text).unwrap();
    assert!(json.is_object(), "{text}");
    json
}

/// What is said by a command that fails.
pub fn complaint(arguments: &[&str], input: &str, code: i32) -> String {
    let output = gotong(arguments, input);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert_eq!(text(&output.stdout), "");
    assert!(
        said.starts_with("gotong: ") && !said.contains("panicked"),
        "{said}"
    );
    said
}
