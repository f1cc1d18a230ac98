//! Versioned files: what people bring and take away. Every reader returns the value and all warnings, with row
//! and column; the good rows are kept. Formats and limits: `docs/scenario-format.md`.

mod csv;
mod decode;
mod hidden;
mod json;
mod migrate;
pub mod pb;
mod row_problem;
#[cfg(feature = "schema")]
mod schema;

pub use csv::{
    CsvOptions, CsvReader, NumberConvention, cells, hyphenated, read_organisations_csv, slug,
    write_organisations_csv,
};
pub use decode::{Encoding, decode};
pub use hidden::{is_hidden, without_hidden};
pub use json::{read_scenario, restore_scenario, write_scenario};
pub use row_problem::{
    ALL as ROW_PROBLEM_CODES, MAX_LISTED as MAX_LISTED_PROBLEMS, OF_ELECTIONS as ELECTION_PROBLEM_CODES,
};
#[cfg(feature = "schema")]
pub use schema::scenario_schema;

use crate::domain::{Scenario, ScenarioProblem};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The largest file that is read: 64 MiB. 100 000 organisations take about 10 as a table, 50 as a scenario.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

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
    /// The column's heading as written in the file; in JSON the place, `organisations[3].name`.
    pub column: Option<String>,
    /// Stable code the page translates (`import-…` in `locales/`): one of [`ROW_PROBLEM_CODES`].
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
#[serde(rename_all = "kebab-case")]
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
    /// A version no Gotong ever wrote: 0, 1.5, `"1"`.
    UnknownVersion {
        /// As the file has it.
        version: String,
    },
    /// A scenario that contradicts itself.
    Unsound {
        /// How.
        problems: Vec<ScenarioProblem>,
    },
    /// A table without a column the product can use as name.
    NoNameColumn,
    /// A table with a name column, but none that says each organisation's sector.
    NoSectorColumn,
}

impl ImportError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::UnknownFormat => "unknown-format",
            Self::Malformed { .. } => "malformed",
            Self::FutureVersion { .. } => "future-version",
            Self::UnknownVersion { .. } => "unknown-version",
            Self::Unsound { .. } => "unsound",
            Self::NoNameColumn => "no-name-column",
            Self::NoSectorColumn => "no-sector-column",
        }
    }

    /// Where or what, without words of its own, for a message: `line 3, column 7: …` without the words.
    pub fn detail(&self) -> String {
        match self {
            Self::TooLarge { limit_bytes } => limit_bytes.to_string(),
            Self::Malformed { line, column, detail } => format!("{line}:{column} {detail}"),
            Self::FutureVersion { version } => version.to_string(),
            Self::UnknownVersion { version } => version.clone(),
            Self::Unsound { problems } => {
                let first = problems.first();
                first
                    .map(|problem| format!("{} {} {}", problem.at, problem.code, problem.value))
                    .unwrap_or_default()
            }
            Self::Empty | Self::UnknownFormat | Self::NoNameColumn | Self::NoSectorColumn => String::new(),
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.detail() {
            detail if detail.is_empty() => f.write_str(self.code()),
            detail => write!(f, "{}: {detail}", self.code()),
        }
    }
}

impl std::error::Error for ImportError {}

/// What a file seems to be, by its content and, where that leaves it open, its name.
///
/// `{` first: a scenario. `META` first (Pabulib): an election. A known binary format: nothing the product
/// reads. Anything else is taken for a table unless its name says otherwise.
pub fn recognise(name: &str, bytes: &[u8]) -> Option<Format> {
    const BINARY: [&[u8]; 7] = [
        b"PK\x03\x04",
        b"%PDF",
        b"\x89PNG",
        b"\xD0\xCF\x11\xE0",
        b"\x1F\x8B",
        b"\xFF\xD8\xFF",
        b"GIF8",
    ];
    if BINARY.iter().any(|magic| bytes.starts_with(magic)) {
        return None;
    }
    let (start, _) = decode(bytes.get(..64.min(bytes.len())).unwrap_or_default());
    let start = start.trim_start();
    let lower = name.to_lowercase();
    match start.chars().next() {
        Some('{') => Some(Format::ScenarioJson),
        Some('<') => None,
        Some('[') if lower.ends_with(".json") => None,
        _ if start
            .lines()
            .next()
            .is_some_and(|line| line.trim_matches([' ', '"', ';']) == "META") =>
        {
            Some(Format::Pabulib)
        }
        _ if lower.ends_with(".pb") => Some(Format::Pabulib),
        _ if lower.ends_with(".json") => Some(Format::ScenarioJson),
        _ => Some(Format::OrganisationsCsv),
    }
}

/// A file of any kind the product reads, recognised by its content, then by its name.
///
/// Cost: O(bytes). Reading a large table step by step: [`CsvReader`].
///
/// # Errors
/// [`ImportError`]; the sentence for each code is in `locales/`.
///
/// ```
/// use gotong::interchange::{Format, import};
/// let file = import("mitra.csv", b"nama;sektor\nYayasan Pelita;ngo\n")?;
/// assert_eq!(file.format, Format::OrganisationsCsv);
/// assert_eq!(file.scenario.organisations[0].id.as_str(), "yayasan-pelita");
/// # Ok::<(), gotong::interchange::ImportError>(())
/// ```
pub fn import(name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(ImportError::TooLarge {
            limit_bytes: MAX_FILE_BYTES,
        });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty);
    }
    match recognise(name, bytes) {
        Some(Format::ScenarioJson) => read_scenario_in_any_encoding(bytes),
        Some(Format::OrganisationsCsv) => read_organisations_csv(bytes, CsvOptions::default()),
        Some(Format::Pabulib) => pb::read_scenario(bytes),
        None => Err(ImportError::UnknownFormat),
    }
}

/// JSON is UTF-8 (RFC 8259); Notepad's "Unicode" is read too, a guess at anything else is not made.
fn read_scenario_in_any_encoding(bytes: &[u8]) -> Result<Imported, ImportError> {
    match decode(bytes) {
        (text, Encoding::Utf16) => read_scenario(text),
        _ => read_scenario(bytes),
    }
}
