//! Running other programs so that the reader sees what runs.

use crate::failure::{Doing, Failure, Outcome};
use crate::paths;
use std::env;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

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

/// A program that runs beside this one, its output kept in a file until [`Background::wait`].
#[derive(Debug)]
pub struct Background {
    child: Child,
    shown: String,
    log: PathBuf,
}

impl Background {
    /// Starts `command`; what it prints goes to the file `log`.
    ///
    /// # Errors
    /// The file cannot be made, or the program cannot be started.
    pub fn start(command: &mut Command, log: PathBuf) -> Outcome<Self> {
        let shown = shown(command);
        eprintln!("$ {shown} (meanwhile; its output follows)");
        let file = File::create(&log).doing(format_args!("making {}", log.display()))?;
        let same = file
            .try_clone()
            .doing(format_args!("opening {}", log.display()))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(same)
            .spawn()
            .doing(format_args!("cannot start `{shown}`"))?;
        Ok(Self { child, shown, log })
    }

    /// Waits for the end of the program and prints what it printed.
    ///
    /// # Errors
    /// The program ends with another code than 0.
    pub fn wait(mut self) -> Outcome {
        let status = self
            .child
            .wait()
            .doing(format_args!("waiting for `{}`", self.shown))?;
        eprint!("{}", fs::read_to_string(&self.log).unwrap_or_default());
        if status.success() {
            return Ok(());
        }
        Err(Failure::new(format!("`{}` ended with {status}", self.shown)))
    }
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
