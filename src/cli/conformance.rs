//! A folder of elections, each by its own rule, compared with what was selected.

use super::commands::{read, shown};
use super::table::{Side, table};
use super::{Failure, Output, words};
use gotong::funding::run_instance;
use gotong::interchange::pb;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How the elections of a rule came out.
#[derive(Default)]
struct Count {
    elections: usize,
    as_selected: usize,
    mismatched_projects: usize,
}

/// What a file turned out to be.
enum Compared {
    /// Run by this rule: the projects that came out otherwise, as lines.
    Run(&'static str, Vec<String>),
    /// Not run, and why.
    Left(String),
}

/// `gotong conformance`.
///
/// # Errors
/// [`Failure::Usage`] for a folder that cannot be read or holds no `.pb`; [`Failure::Differs`] for mismatches.
pub fn conformance(folder: &Path) -> Result<Output, Failure> {
    let files = elections_in(folder)?;
    let mut by_rule: BTreeMap<&str, Count> = BTreeMap::new();
    let mut left: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut mismatches = String::new();
    for file in &files {
        let name = file.strip_prefix(folder).unwrap_or(file).display().to_string();
        match compare(file)? {
            Compared::Left(reason) => left.entry(reason).or_default().push(name),
            Compared::Run(rule, lines) => {
                let count = by_rule.entry(rule).or_default();
                count.elections += 1;
                count.as_selected += usize::from(lines.is_empty());
                count.mismatched_projects += lines.len();
                for line in &lines {
                    mismatches.push_str(&format!("{name}: {line}\n"));
                }
            }
        }
    }
    let text = told(files.len(), &by_rule, &left, &mismatches);
    if !mismatches.is_empty() {
        return Err(Failure::Differs(text));
    }
    Ok(Output {
        text,
        ..Output::default()
    })
}

/// The `.pb` files in the folder and below, in the order of their names.
fn elections_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |path: &Path, error: std::io::Error| {
        Failure::Usage(format!("{} cannot be read: {error}.", shown(path)))
    };
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| unreadable(&folder, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&folder, error))?;
            // Links are not followed: they could lead round in a circle.
            let kind = entry.file_type().map_err(|error| unreadable(&folder, error))?;
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("pb")) {
                files.push(path);
            }
        }
    }
    if files.is_empty() {
        return Err(Failure::Usage(format!(
            "There is no .pb file in {}.",
            shown(folder)
        )));
    }
    files.sort();
    Ok(files)
}

fn compare(file: &Path) -> Result<Compared, Failure> {
    let election = match pb::read_election(&read(file)?) {
        Ok(election) => election,
        Err(error) => {
            return Ok(Compared::Left(format!(
                "cannot be read: {}",
                words::import_error(&error)
            )));
        }
    };
    let Some(plan) = election.plan() else {
        let rule = election.meta_value("rule").unwrap_or("none stated");
        return Ok(Compared::Left(format!("a rule not known here: {rule}")));
    };
    let Some(selected) = &election.selected else {
        return Ok(Compared::Left("no column `selected`".to_owned()));
    };
    let run = match run_instance(&election.instance, &plan) {
        Ok(run) => run,
        Err(error) => return Ok(Compared::Left(format!("cannot be computed: {error}"))),
    };
    let projects = election.instance.projects().iter().zip(selected).enumerate();
    let lines = projects.filter_map(|(position, (project, &stated))| {
        let bought = run.allocation.selected.contains(&position);
        let difference = if bought {
            "bought here, not selected"
        } else {
            "selected, not bought here"
        };
        (bought != stated).then(|| format!("project {}: {difference}", project.id()))
    });
    Ok(Compared::Run(plan.rule.code(), lines.collect()))
}

fn told(
    files: usize,
    by_rule: &BTreeMap<&str, Count>,
    left: &BTreeMap<String, Vec<String>>,
    mismatches: &str,
) -> String {
    let headings = [
        ("rule", Side::Left),
        ("elections", Side::Right),
        ("as selected", Side::Right),
        ("mismatched projects", Side::Right),
    ];
    let rows: Vec<Vec<String>> = by_rule
        .iter()
        .map(|(rule, count)| {
            vec![
                (*rule).to_owned(),
                count.elections.to_string(),
                count.as_selected.to_string(),
                count.mismatched_projects.to_string(),
            ]
        })
        .collect();
    let mut text = format!(
        "{files} elections, each by its own rule\n\n{}",
        table(&headings, &rows)
    );
    if !mismatches.is_empty() {
        text.push_str(&format!("\nMismatches\n\n{mismatches}"));
    }
    if !left.is_empty() {
        text.push_str("\nNot compared\n\n");
    }
    for (reason, names) in left {
        let [first, .., last] = names.as_slice() else {
            text.push_str(&format!("{reason}: {}\n", names.join(", ")));
            continue;
        };
        text.push_str(&format!("{reason}: {} files, {first} to {last}\n", names.len()));
    }
    text
}
