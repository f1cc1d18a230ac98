//! The scenario file: the product's own, lossless format (docs/scenario-format.md).

use super::hidden::{clean_json, is_hidden};
use super::migrate::{Readable, readable, to_current};
use super::row_problem::{self, row_problem};
use super::{Format, ImportError, Imported, MAX_FILE_BYTES, RowProblem};
use crate::domain::{Scenario, ScenarioProblem};
use crate::objects;
use serde::Deserialize;
use serde_json::Value;

/// How much of a parser's message is kept: it may quote the file.
const MAX_DETAIL_CHARS: usize = 200;

/// From so many organisations on, files are written without indentation: half the size, so that the largest
/// directories stay below [`MAX_FILE_BYTES`]. Nobody reads those line by line.
const COMPACT_FROM_ORGANISATIONS: usize = 10_000;

/// The one field that is read before the shape is known.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    version: Option<Value>,
}

/// The scenario in a JSON file, checked: it has the shape of version 1 and does not contradict itself.
///
/// The version is looked at before anything else, so that a newer file is refused as newer and not as
/// damaged. Hidden characters are removed from names and texts and listed as `import-hidden-character` with
/// the place as column; ids that hold them are refused. Unknown fields are ignored.
///
/// Limits: [`MAX_FILE_BYTES`]; nesting 128 deep, serde_json's own limit (a scenario needs 6).
///
/// Cost: O(bytes).
///
/// # Errors
/// [`ImportError::Empty`], [`ImportError::TooLarge`]; [`ImportError::UnknownFormat`] if it is no JSON object
/// or has no `version`; [`ImportError::FutureVersion`], [`ImportError::UnknownVersion`];
/// [`ImportError::Malformed`] with line and column; [`ImportError::Unsound`] with every contradiction.
///
/// ```
/// use gotong::interchange::{ImportError, read_scenario};
/// // Ibu Sari opens a file her nephew saved with next year's Gotong: nothing on her screen is lost.
/// assert_eq!(
///     read_scenario(br#"{"version": 2, "people": []}"#),
///     Err(ImportError::FutureVersion { version: 2 })
/// );
/// let empty = read_scenario(br#"{"version": 1}"#)?;
/// assert!(empty.scenario.organisations.is_empty());
/// # Ok::<(), ImportError>(())
/// ```
pub fn read_scenario(bytes: impl AsRef<[u8]>) -> Result<Imported, ImportError> {
    read_checked(bytes.as_ref(), Scenario::problems)
}

/// [`read_scenario`] of what the page itself has kept: only what it says of organisations is checked now, the rest before
/// anything is computed on it. (Those checks come with the later half of the page.)
///
/// # Errors
/// As [`read_scenario`].
pub fn restore_scenario(text: &str) -> Result<Imported, ImportError> {
    read_checked(text.as_bytes(), Scenario::problems_of_organisations)
}

fn read_checked(bytes: &[u8], check: fn(&Scenario) -> Vec<ScenarioProblem>) -> Result<Imported, ImportError> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(ImportError::TooLarge {
            limit_bytes: MAX_FILE_BYTES,
        });
    }
    let text = utf8(bytes)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    match text.trim_start().chars().next() {
        None => return Err(ImportError::Empty),
        Some('{') => {}
        Some(_) => return Err(ImportError::UnknownFormat),
    }
    let head: Head = objects::from_str(text).map_err(|error| malformed(&error))?;
    let version = head.version.ok_or(ImportError::UnknownFormat)?;
    let scenario: Scenario = match readable(&version) {
        Readable::Current => objects::from_str(text),
        Readable::Older(from) => {
            // By way of text: reading from a `Value` would be a second reader of every type in the page's module.
            objects::from_str(text).and_then(|json| objects::from_str(&to_current(json, from).to_string()))
        }
        Readable::Future(version) => return Err(ImportError::FutureVersion { version }),
        Readable::Never => {
            return Err(ImportError::UnknownVersion {
                version: shortened(&version.to_string()),
            });
        }
    }
    .map_err(|error| malformed(&error))?;
    let (scenario, problems) = without_hidden_characters(scenario, text)?;
    let contradictions = check(&scenario);
    if !contradictions.is_empty() {
        return Err(ImportError::Unsound {
            problems: contradictions,
        });
    }
    Ok(Imported {
        format: Format::ScenarioJson,
        rows_read: scenario.organisations.len() as u64,
        scenario,
        problems,
    })
}

/// The file of a scenario: indented JSON (on one line from 10 000 organisations), fields in the documented order,
/// ending with a line feed. Reading it back gives an equal scenario.
///
/// Cost: O(size).
pub fn write_scenario(scenario: &Scenario) -> String {
    // A scenario holds no map with keys other than strings and no failing serialiser, so this cannot fail;
    // an empty file would be refused on reading.
    let mut text = serde_json::to_string(scenario).unwrap_or_default();
    if scenario.organisations.len() < COMPACT_FROM_ORGANISATIONS {
        text = indented(&text);
    }
    text.push('\n');
    text
}

/// Compact JSON on lines of its own, two spaces a level, as `serde_json`'s pretty printer writes it. Working on the
/// text keeps a second copy of all serialising code out of the page's module.
fn indented(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let mut previous = ' ';
    for character in json.chars() {
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            (0..depth).for_each(|_| out.push_str("  "));
        };
        let closes = matches!(character, ']' | '}') && !in_string;
        if closes {
            depth = depth.saturating_sub(1);
            if !matches!(previous, '[' | '{') {
                line(&mut out, depth);
            }
        } else if matches!(previous, '[' | '{' | ',') && !in_string {
            line(&mut out, depth);
        }
        out.push(character);
        previous = character;
        if in_string {
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
            // What stands inside a string opens no level.
            previous = '"';
            continue;
        }
        match character {
            '"' => in_string = true,
            '[' | '{' => depth += 1,
            ':' => out.push(' '),
            _ => {}
        }
    }
    out
}

fn utf8(bytes: &[u8]) -> Result<&str, ImportError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line_start = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |at| at + 1);
        ImportError::Malformed {
            line: 1 + before.iter().filter(|&&byte| byte == b'\n').count() as u64,
            column: 1 + (before.len() - line_start) as u64,
            detail: "not UTF-8".to_owned(),
        }
    })
}

fn malformed(error: &serde_json::Error) -> ImportError {
    let message = error.to_string();
    let detail = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(detail, _)| detail);
    ImportError::Malformed {
        line: error.line() as u64,
        column: error.column() as u64,
        detail: shortened(detail),
    }
}

fn shortened(text: &str) -> String {
    text.chars()
        .filter(|&character| !is_hidden(character))
        .take(MAX_DETAIL_CHARS)
        .collect()
}

/// Cleaning goes through a JSON tree only where the file could hold a hidden character at all: written as
/// itself or as an escape.
fn without_hidden_characters(
    scenario: Scenario,
    text: &str,
) -> Result<(Scenario, Vec<RowProblem>), ImportError> {
    if !text.contains("\\u") && !text.chars().any(is_hidden) {
        return Ok((scenario, Vec::new()));
    }
    let compact = serde_json::to_string(&scenario).map_err(|error| malformed(&error))?;
    let mut json: Value = objects::from_str(&compact).map_err(|error| malformed(&error))?;
    let places = clean_json(&mut json);
    if places.is_empty() {
        return Ok((scenario, Vec::new()));
    }
    let scenario = objects::from_str(&json.to_string()).map_err(|error| malformed(&error))?;
    let problems = places
        .into_iter()
        .map(|(place, value)| RowProblem {
            column: Some(place),
            ..row_problem(row_problem::HIDDEN_CHARACTER, None, value)
        })
        .collect();
    Ok((scenario, problems))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn indented_as_the_pretty_printer_does(words: Vec<(String, Vec<Option<String>>)>) {
            let value = serde_json::json!({ "words": words, "empty": {}, "none": [], "tricky": "a\\\"[{,:}]" });
            prop_assert_eq!(indented(&value.to_string()), serde_json::to_string_pretty(&value).unwrap());
        }
    }
}
