//! Turns `locales/*.properties` into typed message keys, so that a missing key, a misspelt placeholder or a
//! language that lags behind is a compile error and not a blank on somebody's page.
//!
//! A line is `key = text`; `#` starts a comment. In the text `{name}` is a placeholder and
//! `{count|one partner|{count} partners}` chooses by the number `count` (one, or any other).

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The language whose placeholders the others must match, and the one new keys are written in first.
const REFERENCE: &str = "en";
const LANGUAGES: [&str; 2] = ["id", "en"];

type Messages = BTreeMap<String, String>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src");
    if env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        // What `cargo xtask` splits the page's module by (docs/decisions/0011).
        println!("cargo::rustc-link-arg-bin=page=--emit-relocs");
    }
    let mut languages = BTreeMap::new();
    for language in LANGUAGES {
        let path = format!("locales/{language}.properties");
        let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
        languages.insert(language, parse(&path, &text)?);
    }
    let reference = &languages[REFERENCE];
    for (language, messages) in &languages {
        compare(language, reference, messages)?;
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("messages.rs");
    let later = later_keys(reference)?;
    fs::write(out, generate(reference, &languages, &later)?)?;
    Ok(())
}

fn parse(path: &str, text: &str) -> Result<Messages, String> {
    let mut messages = Messages::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let place = format!("{path}:{}", number + 1);
        let (key, value) = line
            .split_once(" = ")
            .ok_or(format!("{place}: expected `key = text`"))?;
        let well_formed = key.starts_with(|c: char| c.is_ascii_lowercase())
            && key
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !well_formed {
            return Err(format!("{place}: `{key}` is not a kebab-case key"));
        }
        placeholders(value).map_err(|error| format!("{place}: {error}"))?;
        if messages.insert(key.to_owned(), value.trim().to_owned()).is_some() {
            return Err(format!("{place}: `{key}` stands twice"));
        }
    }
    Ok(messages)
}

/// The names in braces, in alphabetical order. Plural forms may hold plain placeholders.
fn placeholders(text: &str) -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    let mut depth = 0_u32;
    let mut name: Option<String> = None;
    for c in text.chars() {
        match c {
            '{' => {
                depth += 1;
                name = Some(String::new());
            }
            '}' => {
                depth = depth.checked_sub(1).ok_or("`}` without `{`")?;
                names.extend(name.take());
            }
            '|' if depth > 0 => names.extend(name.take()),
            _ => {
                if let Some(name) = &mut name {
                    name.push(c);
                }
            }
        }
    }
    if depth != 0 {
        return Err("`{` without `}`".to_owned());
    }
    let bad = names
        .iter()
        .find(|name| name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    match bad {
        Some(name) => Err(format!("`{{{name}}}` is not a placeholder name")),
        None => Ok(names),
    }
}

fn compare(language: &str, reference: &Messages, messages: &Messages) -> Result<(), String> {
    for (key, text) in reference {
        let other = messages
            .get(key)
            .ok_or(format!("locales/{language}.properties lacks `{key}`"))?;
        if placeholders(text)? != placeholders(other)? {
            return Err(format!(
                "locales/{language}.properties: `{key}` has other placeholders than {REFERENCE}"
            ));
        }
    }
    match messages.keys().find(|key| !reference.contains_key(*key)) {
        Some(key) => Err(format!(
            "locales/{REFERENCE}.properties lacks `{key}`, which {language} has"
        )),
        None => Ok(()),
    }
}

/// Where sentences are said that only the later half of the page shows (docs/decisions/0011): below `src/`.
const LATER_SOURCES: [&str; 7] = [
    "views/partnership/",
    "views/picture.rs",
    "views/pool/",
    "views/report/",
    "views/room/",
    "views/organisations/editor/",
    "views/organisations/review.rs",
];

/// Families of sentences that the core names whole (or that are named like a word the page quotes), and only the later half
/// shows: the agreement, what a file may say wrong about time, groups, results, reasons of a rule, what is refused, writing an election's file.
const LATER_FAMILIES: [&str; 21] = [
    "scenario-problem-unknown-pledge",
    "scenario-problem-strength",
    "scenario-problem-promise-record",
    "scenario-problem-cost-record",
    "scenario-problem-delay",
    "scenario-problem-period",
    "scenario-problem-verified",
    "scenario-problem-volatility",
    "agreement-",
    "doubt-",
    "group-",
    "results-",
    "of-futures",
    "pace-left",
    "pace-lost",
    "pace-stop",
    "pace-takes",
    "pace-workers",
    "why-",
    "refused-",
    "export-pb",
];

/// What the partner search refuses, which is asked for at once.
const REFUSED_AT_ONCE: [&str; 3] = [
    "refused-directory-too-large",
    "refused-score-weights-invalid",
    "refused-unknown-organisation",
];

/// Where the codes of what can be wrong in a row of a file are listed, which are said where a file is looked at: later.
const CODES_OF_ROWS: &str = "interchange/row_problem.rs";

/// The codes listed in [`CODES_OF_ROWS`].
fn codes_of_rows(sources: &[(String, String)]) -> Result<BTreeSet<&str>, String> {
    let source = sources.iter().find(|(path, _)| path == CODES_OF_ROWS);
    let (_, text) = source.ok_or(format!("there is no src/{CODES_OF_ROWS}"))?;
    let lists = text.split("#[cfg(test)]").next().unwrap_or_default();
    let codes: BTreeSet<&str> = lists
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|quoted| quoted.starts_with("import-"))
        .collect();
    if codes.is_empty() {
        return Err(format!("src/{CODES_OF_ROWS} lists no codes"));
    }
    Ok(codes)
}

/// The keys that are said by the later half alone: by their function, or by a family named in `of_code("family", …)`.
/// A key that is found nowhere counts as said at once.
fn later_keys(reference: &Messages) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut sources = Vec::new();
    gather(Path::new("src"), &mut sources)?;
    let (mut at_once, mut later) = (BTreeSet::new(), BTreeSet::new());
    for (path, text) in &sources {
        let said = if LATER_SOURCES.iter().any(|part| path.starts_with(part)) {
            &mut later
        } else {
            &mut at_once
        };
        for part in text.split("say::").skip(1) {
            let name = part
                .split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '_')
                .next();
            said.insert(name.unwrap_or_default().trim_end_matches('_').replace('_', "-"));
        }
        // Families stand in quotes: on the page also where a helper passes them on to `of_code`. (So a quoted word that is
        // also the start of later sentences brings them into the first half: `cargo xtask size` tells.)
        let page = ["app/", "components/", "i18n/", "views/"];
        let quoted = if page.iter().any(|room| path.starts_with(room)) {
            "\""
        } else {
            "of_code(\""
        };
        for part in text.split(quoted).skip(1) {
            let family = part.split(['"', '{']).next().unwrap_or_default();
            said.insert(format!("{}-", family.trim_end_matches('-')));
        }
    }
    let is_said = |said: &BTreeSet<String>, key: &str| {
        let ends = key
            .char_indices()
            .filter(|(_, c)| *c == '-')
            .map(|(at, _)| at + 1);
        said.contains(key) || ends.map(|end| &key[..end]).any(|family| said.contains(family))
    };
    let of_rows = codes_of_rows(&sources)?;
    let is_later = |key: &str| {
        let family = LATER_FAMILIES.iter().any(|family| key.starts_with(family));
        let family = family && !REFUSED_AT_ONCE.contains(&key);
        family || of_rows.contains(key) || is_said(&later, key) && !is_said(&at_once, key)
    };
    Ok(reference.keys().filter(|key| is_later(key)).cloned().collect())
}

/// Every source below `folder` with its path below `src/`.
fn gather(folder: &Path, sources: &mut Vec<(String, String)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, sources)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix("src")?.to_string_lossy().replace('\\', "/");
            sources.push((name, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

fn variant(key: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
            .unwrap_or_default()
    };
    key.split('-').map(capital).collect()
}

fn generate(
    reference: &Messages,
    languages: &BTreeMap<&str, Messages>,
    later: &BTreeSet<String>,
) -> Result<String, Box<dyn Error>> {
    let at_once: Vec<&String> = reference.keys().filter(|key| !later.contains(*key)).collect();
    let later: Vec<&String> = later.iter().collect();
    let mut code = String::from(
        "/// Every message of the product: those every visit needs, then those of the later half; each alphabetical.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum Key {\n",
    );
    for &key in at_once.iter().chain(&later) {
        writeln!(code, "    /// {:?}\n    {},", reference[key], variant(key))?;
    }
    code.push_str("}\n\nimpl Key {\n    /// Every key, in order.\n    pub const ALL: &'static [Self] = &[\n");
    for &key in at_once.iter().chain(&later) {
        writeln!(code, "        Self::{},", variant(key))?;
    }
    code.push_str("    ];\n}\n\n");
    for (half, keys) in [("FIRST", &at_once), ("LATER", &later)] {
        writeln!(code, "static {half}_NAMES: &[&str] = &[")?;
        for key in keys {
            writeln!(code, "    {key:?},")?;
        }
        code.push_str("];\n");
        for (language, messages) in languages {
            writeln!(code, "static {half}_{}: &[&str] = &[", language.to_uppercase())?;
            for &key in keys {
                writeln!(code, "    {:?},", messages[key])?;
            }
            code.push_str("];\n");
        }
    }
    code.push_str("\n/// One function a message: its arguments are the placeholders.\npub mod say {\n    use super::{Arg, Key, Message};\n");
    for (key, text) in reference {
        let names = placeholders(text)?;
        let parameters: Vec<_> = names
            .iter()
            .map(|name| format!("{name}: impl Into<Arg>"))
            .collect();
        let arguments: Vec<_> = names
            .iter()
            .map(|name| format!("({name:?}, {name}.into())"))
            .collect();
        let function = match key.replace('-', "_") {
            word if ["match", "move", "type", "loop", "use", "for"].contains(&word.as_str()) => {
                format!("{word}_")
            }
            word => word,
        };
        write!(
            code,
            "    /// {text:?}\n    pub fn {function}({}) -> Message {{\n        Message::new(Key::{}, [{}])\n    }}\n",
            parameters.join(", "),
            variant(key),
            arguments.join(", ")
        )?;
    }
    code.push_str("}\n");
    Ok(code)
}
