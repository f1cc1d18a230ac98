//! The JSON Schema of the scenario file, written from the types themselves.

use crate::command::{cargo, output};
use crate::failure::{Doing, Failure, Outcome};
use crate::paths;
use std::fs;
use std::path::PathBuf;

fn file() -> PathBuf {
    paths::root().join("docs/scenario.schema.json")
}

/// Writes `docs/scenario.schema.json`, or with `check` only compares it.
///
/// # Errors
/// The schema cannot be made or written, or `check` finds that it is out of date.
pub fn write(check: bool) -> Outcome {
    let features = [
        "--no-default-features",
        "--features",
        "schema,cli",
        "--bin",
        "gotong",
        "--",
        "schema",
    ];
    let schema = output(cargo().args(["run", "--quiet"]).args(features))?;
    if !check {
        return fs::write(file(), schema).doing("writing docs/scenario.schema.json");
    }
    match fs::read_to_string(file()) {
        Ok(written) if written == schema => Ok(()),
        _ => Err(Failure::new(
            "docs/scenario.schema.json is out of date; run `cargo xtask schema`",
        )),
    }
}
