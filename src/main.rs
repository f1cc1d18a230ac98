//! The command line `gotong`: the same jobs as the page, for people with many files and for checking the page
//! from outside.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
