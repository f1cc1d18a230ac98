//! Results on real data against what others found: cities, an independent solver.

use std::path::PathBuf;

mod abc;
mod coalition;
mod elections;
mod equal_shares;

/// The folder of test data, or `None` (said aloud) where there is none; a failure where tests must be complete.
fn data(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("GOTONG_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    let complete = std::env::var_os("CI").is_some_and(|value| value == "true");
    assert!(!complete, "no test data at {}", path.display());
    eprintln!("NOT RUN: no test data at {}", path.display());
    None
}
