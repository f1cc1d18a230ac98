//! Codes put into English sentences, for a terminal.

use gotong::domain::{Language, ScenarioProblem};
use gotong::interchange::pb::{MAX_VOTER_ROWS, PbWriteError};
use gotong::interchange::{ImportError, RowProblem};
use gotong::jobs::JobError;
use gotong::text::Message;

/// A file that cannot be read at all.
pub fn import_error(error: &ImportError) -> String {
    match error {
        ImportError::Malformed { line, column, detail } => {
            format!("line {line}, column {column}: {detail}.")
        }
        ImportError::Unsound { problems } => {
            let mut text = String::from("the scenario contradicts itself:");
            for problem in problems {
                text.push_str(&contradiction(problem));
            }
            text
        }
        other => import_reason(other.code(), &other.detail()),
    }
}

/// A line with the code, for programs, and the sentence, for people.
fn contradiction(problem: &ScenarioProblem) -> String {
    let sentence = Message::of_code("scenario", &problem.code)
        .with("at", problem.at.clone())
        .with("value", problem.value.clone());
    format!("\n  {}: {}", problem.code, sentence.render(Language::En))
}

/// The same by code, as jobs tell it.
fn import_reason(reason: &str, detail: &str) -> String {
    match reason {
        "empty" => "there is nothing in it.".to_owned(),
        "too-large" => format!("it is larger than the {detail} bytes this build reads."),
        "unknown-format" => {
            "it is none of the formats read here: scenario JSON, table of organisations, Pabulib .pb."
                .to_owned()
        }
        "future-version" => {
            format!("it was written by a newer Gotong (format version {detail}); this one reads version 1.")
        }
        "unknown-version" => format!("its version is {detail}, which no Gotong ever wrote."),
        "no-name-column" => "no heading says which column holds the names (\"name\", \"nama\").".to_owned(),
        "no-sector-column" => {
            "no heading says which column holds the sectors (\"sector\", \"sektor\").".to_owned()
        }
        _ => format!("{reason}: {detail}"),
    }
}

/// One thing wrong in a file that was read all the same.
pub fn row_problem(file: &str, problem: &RowProblem) -> String {
    let mut place = file.to_owned();
    if let Some(row) = problem.row {
        place.push_str(&format!(", row {row}"));
    }
    if let Some(column) = &problem.column {
        place.push_str(&format!(", {column}"));
    }
    let value = if problem.value.is_empty() {
        String::new()
    } else {
        format!(" (\"{}\")", problem.value)
    };
    let left_out = if problem.row_dropped {
        "; the row was left out"
    } else {
        ""
    };
    let sentence = row_sentence(&problem.code).unwrap_or(&problem.code);
    format!("{place}: {sentence}{value}{left_out}.")
}

/// What a code of a row problem says; `None` for one this build has no words for.
pub fn row_sentence(code: &str) -> Option<&'static str> {
    Some(match code {
        "import-guessed-encoding" => "the file is not UTF-8 and was read by a guess",
        "import-unknown-column" => "this column is not known and was left out",
        "import-duplicate-column" => "a second column for the same thing was left out",
        "import-mixed-currencies" => "a column in another currency was left out",
        "import-new-kind" => "a resource kind of your own was added",
        "import-no-name" => "there is no name",
        "import-no-sector" => "there is no sector",
        "import-unknown-sector" => "this is none of the five sectors",
        "import-unclosed-quote" => "a quote is opened and never closed",
        "import-unbalanced-quote" => {
            "a quote is opened and never closed; quotes were read as plain characters"
        }
        "import-extra-cells" | "import-too-many-cells" => {
            "there are more cells than headings; the surplus was left out"
        }
        "import-short-row" => "there are fewer cells than headings; the missing ones count as empty",
        "import-hidden-character" => "invisible characters were removed",
        "import-duplicate-name" => "another organisation has this name too; both are kept",
        "import-duplicate-id" => "this id is taken",
        "import-bad-id" => "this cannot be an id; one was made from the name",
        "import-ambiguous-number" => "this may mean thousands or decimals; it counts as unknown",
        "import-not-a-number" => "this is not a number",
        "import-negative-number" => "a quantity below zero was left out",
        "import-amount-too-large" => "this is more than can be counted",
        "import-other-currency" => "this is in another currency than its column; it counts as unknown",
        "import-rounded" | "import-rounded-to-currency" => "a fraction of the smallest unit was rounded",
        "import-unknown-word" => "this word is not known here and was left out",
        "import-unknown-region" => "no region has this name; it was kept as written",
        "import-bad-goal" => "this cannot be a goal and was left out",
        "import-bad-programme" => "this cannot be a programme and was left out",
        "import-unknown-kind" => "no kind of resource has this name; it was left out",
        "import-repeated-kind" => "the same kind stands twice in the row; the first counts",
        "import-priority-without-need" => "there is a priority but no need; it was left out",
        "import-more-problems" => "so many more problems are not listed",
        "import-outside-section" => "this stands outside any section and was left out",
        "import-no-id" => "there is no id",
        "import-no-column" => "a column is missing",
        "import-named-twice" => "the ballot names this project twice; once counts",
        "import-unknown-project" => "the ballot names a project the file does not have",
        "import-points-differ" => "points and projects of the ballot differ in number",
        "import-no-currency" => "the file does not say its currency",
        "import-unknown-currency" => "this currency is not known",
        "import-rule-not-known" => "the election's rule is not one of the product's",
        "import-points-rounded" => "points were rounded up to whole ones",
        "import-points-scaled" => "points were multiplied by this, so that all are whole",
        "import-points-unreadable" => "these points are no number from 0 up; they count as no support",
        "import-scores-as-approvals" => "ballots without points were read as approvals",
        "import-voter-columns" => "what the file says about voters was left out",
        "import-too-many-rows" => "there are more rows than are read",
        "import-votes-differ" => "the votes the file states differ from its ballots",
        "import-withdrawn" => "the project was withdrawn",
        _ => return None,
    })
}

/// Why a scenario is no election.
pub fn pb_write_error(error: &PbWriteError) -> String {
    match error {
        PbWriteError::NoProjects => "it has no projects.".to_owned(),
        PbWriteError::NoBallots => {
            "it has no ballots; enter them on the page or under \"ballots\".".to_owned()
        }
        PbWriteError::TooManyVoters { voters } => {
            format!("{voters} voters take a row each, and at most {MAX_VOTER_ROWS} are written.")
        }
        PbWriteError::CommaInId { id } => format!("ballots separate ids by commas, and \"{id}\" has one."),
        PbWriteError::TooLarge => "the file would be larger than 64 MiB.".to_owned(),
        PbWriteError::NoRate => "a pledge is in a currency without a rate.".to_owned(),
        other => format!("{other}."),
    }
}

/// A job that failed.
pub fn job_error(error: &JobError) -> String {
    match error {
        JobError::NotResident { hash } => {
            format!("No scenario {hash} is loaded; a single request must send its own.")
        }
        JobError::UnsoundScenario { problems } => {
            let mut text = String::from("The scenario contradicts itself:");
            for problem in problems {
                text.push_str(&contradiction(problem));
            }
            text
        }
        JobError::UnknownOrganisation { id } => format!("No organisation has the id \"{id}\"."),
        JobError::OutOfRange { what, .. } if what == "real-purses" => {
            "add1 and add1u raise every purse: that is for elections and scenarios with ballots. Here each voice holds \
             its own pledge, and nobody is charged more than promised; take --completion none or greedy."
                .to_owned()
        }
        JobError::OutOfRange { what, .. } if what == "limits-not-kept" => {
            "This rule cannot keep a largest share or a minimum ticket: take them out of the pledges, or choose another \
             rule."
                .to_owned()
        }
        JobError::OutOfRange { what, value } => format!("Out of range: {what} ({value})."),
        JobError::BadRequest { detail } => format!("The request cannot be read: {detail}."),
        JobError::Import { reason, detail } => {
            format!("The file cannot be read: {}", import_reason(reason, detail))
        }
        other => format!("The job failed: {other}."),
    }
}
