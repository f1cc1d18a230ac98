//! The tests. A new one is a function here or in a module beside, and one line in a table.

mod boot;
mod crew;
mod engine;
mod files;
mod main_job;
mod partnership;
mod pictures;
mod pool_rules;
mod smoke;
mod views;
mod voices;

use crate::browser::Browser;
use xtask::failure::Outcome;

/// A test: its name, and what it does with a browser on a fresh origin of the built page.
pub type Test = (&'static str, fn(&mut Browser) -> Outcome);

/// Every test, in the order they run.
pub fn all() -> Vec<Test> {
    [
        smoke::TESTS,
        boot::TESTS,
        engine::TESTS,
        crew::TESTS,
        main_job::TESTS,
        partnership::TESTS,
        pool_rules::TESTS,
        pictures::TESTS,
        files::TESTS,
        views::TESTS,
        voices::TESTS,
    ]
    .concat()
}

/// Fails with `message` unless `holds`.
pub fn ensure(holds: bool, message: impl FnOnce() -> String) -> Outcome {
    if holds {
        Ok(())
    } else {
        Err(xtask::failure::Failure::new(message()))
    }
}
