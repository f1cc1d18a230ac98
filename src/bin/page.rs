//! Mounts the page, and is its worker.
fn main() {}
