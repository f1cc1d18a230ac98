//! The command line `gotong`.
fn main() {}
