//! Running other programs so that the reader sees what runs.

use crate::failure::{Doing, Failure, Outcome};
use crate::paths;
use std::env;
use std::ffi::OsStr;
use std::process::Command;

/// `program` in the repository's root, with the installed tools first on `PATH`.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    let mut folders = vec![
        paths::tools().join("bin"),
        paths::tools().join("npm/node_modules/.bin"),
    ];
    folders.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    if let Ok(path) = env::join_paths(folders) {
        command.env("PATH", path);
    }
    command
}

/// `cargo` of the toolchain this program was started with.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs `command` to its end, its output going straight to the terminal.
///
/// # Errors
/// The program cannot be started, or ends with another code than 0.
pub fn run(command: &mut Command) -> Outcome {
    let shown = shown(command);
    eprintln!("$ {shown}");
    let status = command.status().doing(format_args!("cannot start `{shown}`"))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{shown}` ended with {status}")))
}

/// Runs `command` and returns what it prints on standard output.
///
/// # Errors
/// The program cannot be started, or ends with another code than 0 (then with its error output).
pub fn output(command: &mut Command) -> Outcome<String> {
    let shown = shown(command);
    let output = command.output().doing(format_args!("cannot start `{shown}`"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!(
        "`{shown}` ended with {}\n{errors}",
        output.status
    )))
}

/// The command as a person would type it, programs without their folder.
fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program
        .file_name()
        .unwrap_or(program.as_os_str())
        .to_string_lossy();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(name)
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}
