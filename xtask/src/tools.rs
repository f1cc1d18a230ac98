//! Installing what is missing, by exact version, into a folder the repository ignores.
//!
//! Each function looks first and does nothing when the right version is there, so calling them costs
//! little. Only the ordinary clients are used: rustup, cargo, npm (browsers: see [`crate::browsers`]).

use crate::command::{cargo, command, output, run};
use crate::failure::{Doing, Failure, Outcome};
use crate::paths;
use std::fs;
use std::process::Command;

/// The one web target.
pub const WASM: &str = "wasm32-unknown-unknown";

/// A program cargo installs.
pub struct Tool {
    /// The package on crates.io.
    package: &'static str,
    /// The program it installs.
    program: &'static str,
    /// The exact version.
    version: &'static str,
    /// How long it takes to compile on two cores, for the message.
    minutes: u8,
}

/// Writes JavaScript beside the module; must equal the `wasm-bindgen` in Cargo.toml.
pub const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.129",
    minutes: 2,
};
/// Builds the page. (0.22 wants a newer Rust.)
pub const TRUNK: Tool = Tool {
    package: "trunk",
    program: "trunk",
    version: "0.21.14",
    minutes: 7,
};
/// Drives Firefox in the browser tests.
pub const GECKODRIVER: Tool = Tool {
    package: "geckodriver",
    program: "geckodriver",
    version: "0.37.1",
    minutes: 3,
};

impl Tool {
    /// Installs the tool unless its exact version is there.
    ///
    /// # Errors
    /// cargo cannot install it.
    pub fn ensure(&self) -> Outcome {
        if self.is_installed() {
            return Ok(());
        }
        let Self {
            package,
            version,
            minutes,
            ..
        } = self;
        eprintln!("Installing {package} {version} (once; about {minutes} min on two cores)");
        // One build folder for all tools: an interrupted installation goes on where it stopped.
        let build = paths::tools().join("build");
        run(cargo()
            .args([
                "install",
                "--locked",
                "--force",
                "--version",
                version,
                package,
                "--root",
            ])
            .arg(paths::tools())
            .env("CARGO_TARGET_DIR", &build))?;
        if self.is_installed() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "cargo installed {package}, but `{} --version` does not say {version}",
            self.program
        )))
    }

    /// Whether the program in the tools folder says it has the wanted version.
    fn is_installed(&self) -> bool {
        let program = paths::tool(self.program);
        program.is_file()
            && output(Command::new(program).arg("--version"))
                .is_ok_and(|text| text.split_whitespace().any(|word| word == self.version))
    }
}

/// Installs Rust's standard library for the browser.
///
/// # Errors
/// It is missing and rustup cannot install it.
pub fn ensure_wasm_target() -> Outcome {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))?;
    let library = std::path::Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM);
    if library.is_dir() {
        return Ok(());
    }
    run(command("rustup").args(["target", "add", WASM])).doing(format_args!(
        "Rust's library for {WASM} is missing; install Rust through rustup"
    ))
}

/// Everything a release build of the page needs; says so when it will be larger for want of Node.js.
///
/// # Errors
/// A needed tool cannot be installed.
pub fn ensure_for_page() -> Outcome {
    ensure_wasm_target()?;
    WASM_BINDGEN.ensure()?;
    TRUNK.ensure()?;
    if let Err(failure) = ensure_npm() {
        eprintln!(
            "Note: {failure}.\n      The page works all the same, but its module is larger (no wasm-opt)."
        );
    }
    Ok(())
}

/// Installs the npm tools of `xtask/npm` exactly as its lock file says.
///
/// # Errors
/// Node.js is missing, or npm fails.
pub fn ensure_npm() -> Outcome {
    let folder = paths::tools().join("npm");
    let source = paths::root().join("xtask/npm");
    let lock = fs::read(source.join("package-lock.json")).doing("reading xtask/npm/package-lock.json")?;
    let installed = folder.join("node_modules");
    if installed.is_dir() && fs::read(folder.join("package-lock.json")).is_ok_and(|there| there == lock) {
        return Ok(());
    }
    if paths::on_path(&["node"]).is_none() {
        return Err(Failure::new(
            "Node.js is not installed, so wasm-opt and axe-core are missing",
        ));
    }
    eprintln!("Installing the npm tools of xtask/npm (once; seconds)");
    fs::create_dir_all(&folder).doing(format_args!("creating {}", folder.display()))?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(source.join(name), folder.join(name)).doing(format_args!("copying {name}"))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(command(npm)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder))
    .inspect_err(|_| {
        // Half an installation must not look like a whole one.
        let _ = fs::remove_file(folder.join("package-lock.json"));
    })
}

/// Removes every installed tool.
///
/// # Errors
/// The folder cannot be removed.
pub fn clean() -> Outcome {
    let folder = paths::tools();
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(&folder).doing(format_args!("removing {}", folder.display()))
}
