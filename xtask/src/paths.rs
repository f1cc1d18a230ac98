//! Where things lie. Every path is derived from the repository's root; none is written down.

use std::env;
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The built page.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Where tools are installed: `$GOTONG_TOOLS`, else `target/tools`.
pub fn tools() -> PathBuf {
    env::var_os("GOTONG_TOOLS").map_or_else(|| root().join("target").join("tools"), PathBuf::from)
}

/// A program installed by cargo into [`tools`].
pub fn tool(name: &str) -> PathBuf {
    tools()
        .join("bin")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The folder of an npm package installed into [`tools`].
pub fn npm_package(name: &str) -> PathBuf {
    tools().join("npm").join("node_modules").join(name)
}

/// The first of `names` that is a program on `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names.iter().find_map(|name| {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&path)
            .map(|folder| folder.join(&file))
            .find(|candidate| candidate.is_file())
    })
}
