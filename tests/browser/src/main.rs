//! Runs the browser tests in one engine; `cargo xtask test` calls it once per engine.

use browser_tests::browser::Browser;
use browser_tests::{bench, screenshots, suite};
use lexopt::prelude::*;
use std::process::ExitCode;
use std::time::Instant;
use xtask::browsers::Engine;
use xtask::failure::{Failure, Outcome};
use xtask::paths;

fn main() -> ExitCode {
    match dispatch(lexopt::Parser::from_env()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the arguments; whether all went well.
fn dispatch(mut arguments: lexopt::Parser) -> Outcome<bool> {
    let (mut engine, mut only, mut timed) = (Engine::Chromium, String::new(), false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("engine") => {
                let name = arguments.value()?.string()?;
                engine = Engine::named(&name)
                    .ok_or_else(|| Failure::new(format!("there is no engine `{name}`")))?;
            }
            Long("only") => only = arguments.value()?.string()?,
            Long("bench") => timed = true,
            Long("screenshots") => return screenshots::take().map(|()| true),
            other => return Err(other.unexpected().into()),
        }
    }
    if timed {
        return bench::run(engine).map(|()| true);
    }
    run(engine, &only)
}

/// Runs the tests whose name contains `only` in `engine`; whether all passed.
fn run(engine: Engine, only: &str) -> Outcome<bool> {
    let start = Instant::now();
    let mut browser = Browser::start(engine)?;
    let (mut passed, mut failed) = (0, 0);
    for (name, test) in suite::all().into_iter().filter(|(name, _)| name.contains(only)) {
        let begun = Instant::now();
        // Errors of the test before must not count against this one.
        let result = browser.fresh().and_then(|()| {
            let _ = browser.check_console();
            test(&mut browser)
        });
        let seconds = begun.elapsed().as_secs_f64();
        match result {
            Ok(()) => {
                passed += 1;
                println!("test {}::{name} ... ok ({seconds:.1} s)", engine.name());
            }
            Err(failure) => {
                failed += 1;
                println!(
                    "test {}::{name} ... FAILED ({seconds:.1} s)\n  {failure}",
                    engine.name()
                );
                let picture = paths::target().join(format!("browser-failures/{}-{name}.png", engine.name()));
                if browser.screenshot(&picture).is_ok() {
                    println!("  picture: {}", picture.display());
                }
                // A browser in an unknown state would fail the tests after it too.
                browser = Browser::start(engine)?;
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{}: {passed} passed, {failed} failed in {seconds:.1} s",
        engine.name()
    );
    Ok(failed == 0 && passed > 0)
}
