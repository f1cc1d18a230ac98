//! Building and serving the page.

use crate::command::{Background, command, run};
use crate::failure::{Doing, Outcome};
use crate::server::{Server, Site};
use crate::{paths, size, tools};
use std::env;

/// How the page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Small and fast; what visitors get.
    Release,
    /// Quick to build.
    Debug,
}

/// Installs what is missing and builds the page into `dist/`.
///
/// # Errors
/// A tool cannot be installed, or the build fails.
pub fn page(profile: Profile) -> Outcome {
    tools::ensure_for_page()?;
    let mut trunk = command(paths::tool("trunk"));
    trunk.args(["build", "--skip-version-check"]);
    if profile == Profile::Release {
        trunk.arg("--release");
    }
    // Trunk takes this only as `true` or `false`; many terminals set it to 1.
    trunk.env_remove("NO_COLOR");
    // The compiler's message is what helps, not Trunk's own call stack.
    trunk.env("RUST_BACKTRACE", "0");
    run(&mut trunk)
}

/// Starts building the page for visitors while something else runs.
///
/// # Errors
/// The build cannot be started.
pub fn page_in_background() -> Outcome<Background> {
    let this = env::current_exe().doing("finding this program")?;
    Background::start(
        command(this).args(["build"]),
        paths::target().join("page-build.log"),
    )
}

/// Builds the page, then prints how large it is.
///
/// # Errors
/// The build fails. Being over the budget is `cargo xtask size`'s to say.
pub fn page_with_sizes(profile: Profile) -> Outcome {
    page(profile)?;
    if profile == Profile::Release
        && let Err(over) = size::check()
    {
        eprintln!("Note: {over}");
    }
    Ok(())
}

/// Builds the page and serves it until interrupted.
///
/// # Errors
/// The build fails, or the port is taken.
pub fn serve(port: u16, profile: Profile) -> Outcome {
    page_with_sizes(profile)?;
    let server = Server::start(Site::new(paths::dist()), port)?;
    println!("\nGotong is served at {}/ (Ctrl+C ends it)", server.origin());
    loop {
        std::thread::park();
    }
}
