//! `cargo xtask`: everything a person runs.
fn main() {}
