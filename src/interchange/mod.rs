//! Versioned files: what people bring and take away. Every reader returns the value and all warnings, with row
//! and column; the good rows are kept.

pub mod pb;

use crate::domain::Scenario;
use serde::{Deserialize, Serialize};

/// What kind of file was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Format {
    /// The product's own scenario file.
    ScenarioJson,
    /// A table of organisations.
    OrganisationsCsv,
    /// A Pabulib election.
    Pabulib,
}

/// One thing wrong in a file, that did not stop the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// Line or row in the file, from 1 (the heading row counts).
    pub row: Option<u64>,
    /// The column's heading as written in the file.
    pub column: Option<String>,
    /// Stable code the page translates (`import-…` in `locales/`).
    pub code: String,
    /// The text at fault.
    pub value: String,
    /// Whether the whole row was left out (else only this cell).
    pub row_dropped: bool,
}

/// A file's content, with everything that was wrong with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// What it was taken for.
    pub format: Format,
    /// The scenario (for a table: one with these organisations and nothing else).
    pub scenario: Scenario,
    /// What was wrong, in file order.
    pub problems: Vec<RowProblem>,
    /// Rows read, good and bad.
    pub rows_read: u64,
}

/// Why a file cannot be read at all. The work on screen stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code")]
#[non_exhaustive]
pub enum ImportError {
    /// Nothing in it.
    Empty,
    /// Larger than this build reads.
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// None of the formats the product knows.
    UnknownFormat,
    /// Not valid JSON, or not the scenario's shape.
    Malformed {
        /// Line.
        line: u64,
        /// Column.
        column: u64,
        /// What the parser said.
        detail: String,
    },
    /// Written by a newer Gotong.
    FutureVersion {
        /// Its version.
        version: u64,
    },
    /// A scenario that contradicts itself.
    Unsound {
        /// How.
        problems: Vec<crate::domain::ScenarioProblem>,
    },
    /// A table without a column the product can use as name.
    NoNameColumn,
}
