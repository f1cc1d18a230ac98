//! Arguments in, tables or JSON out. What is computed is decided in `gotong::jobs`; here is only reading,
//! asking and telling.

mod answers;
mod appeal;
mod arguments;
mod cash_table;
mod commands;
mod comparing;
mod conformance;
mod exchange_tables;
mod fund_terms;
mod help;
mod table;
mod team;
mod team_tables;
mod what_if;
mod words;

use arguments::Command;
use gotong::jobs::JobError;
use std::io::{self, Write};
use std::process::ExitCode;

/// Why a command ends without an answer.
#[derive(Debug)]
enum Failure {
    /// The command line cannot be understood, or a file not be read: exit code 2.
    Usage(String),
    /// The job failed: exit code 1.
    Job(JobError),
    /// What was compared differs; this says where, on standard output: exit code 1.
    Differs(String),
}

/// What a command prints.
#[derive(Debug, Default)]
struct Output {
    /// On standard output.
    text: String,
    /// On standard error: what was wrong in a file that could be read all the same.
    warnings: Vec<String>,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let result = arguments::parse(lexopt::Parser::from_env()).and_then(run);
    match result {
        Ok(output) => {
            for warning in &output.warnings {
                complain(warning);
            }
            print(&output.text)
        }
        Err(Failure::Usage(sentence)) => {
            complain(&sentence);
            ExitCode::from(2)
        }
        Err(Failure::Differs(text)) => {
            print(&text);
            ExitCode::from(1)
        }
        Err(Failure::Job(error)) => {
            complain(&words::job_error(&error));
            // A file that cannot be read is the caller's, whoever noticed.
            ExitCode::from(if matches!(error, JobError::Import { .. }) {
                2
            } else {
                1
            })
        }
    }
}

fn run(command: Command) -> Result<Output, Failure> {
    match command {
        Command::Help(text) => Ok(Output {
            text,
            ..Output::default()
        }),
        Command::Match(options) => commands::find(&options),
        Command::Fund(options) => commands::fund(&options),
        Command::Compare(options) => comparing::compare(&options),
        Command::Simulate(options) => commands::simulate(&options),
        Command::Coalition(options) => team::coalition(&options),
        Command::Plan(options) => team::plan(&options),
        Command::Rings(options) => team::rings(&options),
        Command::Pairs(options) => team::pairs(&options),
        Command::Split(options) => team::split(&options),
        Command::Appeal(options) => appeal::appeal(&options),
        Command::Conformance { folder } => conformance::conformance(&folder),
        Command::Run { file } => commands::run(&file),
        Command::Import { file } => commands::import(&file),
        Command::Export { file, to } => commands::export(&file, to),
        #[cfg(feature = "schema")]
        Command::Schema => commands::schema(),
    }
}

/// Prints to standard output. A reader that stops reading (`gotong … | head`) is no failure.
fn print(text: &str) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("The answer could not be written: {error}."));
            ExitCode::from(1)
        }
        _ => ExitCode::SUCCESS,
    }
}

/// Says a sentence on standard error, if anybody listens.
fn complain(sentence: &str) {
    let _ = writeln!(io::stderr(), "gotong: {sentence}");
}
