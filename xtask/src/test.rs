//! `cargo xtask test`: everything that must hold, each step timed and named.

use crate::browsers::{ENGINES, Engine};
use crate::build::{self, Profile};
use crate::command::{Background, cargo, output, run};
use crate::failure::{Failure, Outcome};
use crate::size;
use crate::tools::{self, WASM};
use std::env;
use std::time::{Duration, Instant};

/// The feature that the test of the committed schema needs.
const SCHEMA: &str = "gotong/schema";

/// What to test.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Only formatting, lints and native tests.
    pub quick: bool,
    /// Only browser tests, in these engines.
    pub engines: Vec<Engine>,
    /// Only browser tests whose name contains this.
    pub only: Option<String>,
    /// Leave out, rather than fail for, a browser that is not there. (Never under `CI=true`.)
    pub allow_missing_browsers: bool,
    /// Test the page that is already in `dist/`.
    pub no_build: bool,
}

/// How one step ended.
enum Ending {
    Passed,
    Skipped(Failure),
    Failed(Failure),
}

/// The steps so far.
#[derive(Default)]
struct Report(Vec<(String, Ending, Duration)>);

impl Report {
    /// Runs a step and notes how it ended; true when it passed.
    fn step(&mut self, name: &str, work: impl FnOnce() -> Outcome) -> bool {
        eprintln!("\n=== {name}");
        let start = Instant::now();
        let ending = match work() {
            Ok(()) => Ending::Passed,
            Err(failure) => {
                eprintln!("{name} FAILED: {failure}");
                Ending::Failed(failure)
            }
        };
        let passed = matches!(ending, Ending::Passed);
        self.0.push((name.to_owned(), ending, start.elapsed()));
        passed
    }

    /// Notes a step that could not run.
    fn skip(&mut self, name: &str, why: Failure) {
        eprintln!("\n=== {name}\nSKIPPED: {why}");
        self.0
            .push((name.to_owned(), Ending::Skipped(why), Duration::ZERO));
    }

    /// Prints every step; the last line counts them.
    fn finish(self) -> Outcome {
        println!("\nsummary");
        let (mut passed, mut failed) = (0, 0);
        for (name, ending, duration) in &self.0 {
            let (word, detail) = match ending {
                Ending::Passed => ("ok", String::new()),
                Ending::Skipped(why) => ("SKIPPED", format!(": {why}")),
                Ending::Failed(why) => (
                    "FAILED",
                    format!(": {}", why.to_string().lines().next().unwrap_or_default()),
                ),
            };
            match ending {
                Ending::Passed => passed += 1,
                Ending::Skipped(_) => {}
                Ending::Failed(_) => failed += 1,
            }
            println!("{name:<34} {:>7.1} s  {word}{detail}", duration.as_secs_f64());
        }
        let skipped = self.0.len() - passed - failed;
        if skipped > 0 {
            println!("{skipped} skipped");
        }
        println!("{passed} passed, {failed} failed");
        if failed == 0 {
            Ok(())
        } else {
            Err(Failure::new("not everything holds"))
        }
    }
}

/// Runs what `choice` names.
///
/// # Errors
/// Something does not hold.
pub fn test(choice: &Choice) -> Outcome {
    let mut report = Report::default();
    let browsers_only = !choice.engines.is_empty() || choice.only.is_some();
    let mut page = None;
    if !browsers_only {
        lints(&mut report);
        // The page's linker keeps one core busy for minutes: it works while the other runs the tests.
        if !choice.quick && !choice.no_build {
            report.step("tools of the page", tools::ensure_for_page);
            page = Some(build::page_in_background());
        }
        native(&mut report);
    }
    if !choice.quick {
        let built = choice.no_build
            || report.step("page, release", || match page {
                Some(page) => page.and_then(Background::wait),
                None => build::page(Profile::Release),
            });
        if built {
            if !browsers_only {
                report.step("size of the first visit", size::check);
            }
            browsers(&mut report, choice);
        }
    }
    report.finish()
}

/// Formatting and lints.
fn lints(report: &mut Report) {
    report.step("format", || run(cargo().args(["fmt", "--all", "--check"])));
    report.step("lints, native", || {
        let everything = ["clippy", "--workspace", "--all-targets", "--features", SCHEMA];
        run(cargo().args(everything).args(["--", "-D", "warnings"]))
    });
    report.step("lints, browser", || {
        tools::ensure_wasm_target()?;
        let target = ["clippy", "--target", WASM, "--lib", "--bin", "page"];
        run(cargo().args(target).args([
            "--no-default-features",
            "--features",
            "ui",
            "--",
            "-D",
            "warnings",
        ]))
    });
}

/// What needs no page: native tests (one compares the committed schema) and the core's independence of the web.
fn native(report: &mut Report) {
    report.step("tests, native", || {
        run(cargo().args(["test", "--workspace", "--quiet", "--features", SCHEMA]))
    });
    report.step("core knows no web", core_knows_no_web);
}

/// Fails when the core, built without the page, pulls in a crate that only works in a browser.
fn core_knows_no_web() -> Outcome {
    let tree = output(
        cargo()
            .args([
                "tree",
                "--package",
                "gotong",
                "--no-default-features",
                "--edges",
                "normal",
            ])
            .args(["--prefix", "none"]),
    )?;
    let web = ["yew", "web-sys", "js-sys", "wasm-bindgen", "gloo"];
    let found: Vec<&str> = tree
        .lines()
        .filter(|line| {
            web.iter()
                .any(|name| line.split(' ').next().is_some_and(|word| word.starts_with(name)))
        })
        .collect();
    if found.is_empty() {
        // The browser tests link the core without any of its features: building them compiles just that.
        return run(cargo().args(["build", "--quiet", "--package", "browser-tests"]));
    }
    Err(Failure::new(format!(
        "without `ui` the crate still depends on {}",
        found.join(", ")
    )))
}

/// The page in each real browser.
fn browsers(report: &mut Report, choice: &Choice) {
    let required = env::var("CI").is_ok_and(|value| value == "true" || value == "1");
    let engines = if choice.engines.is_empty() {
        &ENGINES[..]
    } else {
        &choice.engines
    };
    if !report.step("axe-core", tools::ensure_npm) {
        return;
    }
    for engine in engines {
        let name = format!("browser tests, {}", engine.name());
        match engine.ensure() {
            Ok(_) => {
                report.step(&name, || {
                    let mut tests = cargo();
                    tests.args([
                        "run",
                        "--quiet",
                        "--package",
                        "browser-tests",
                        "--",
                        "--engine",
                        engine.name(),
                    ]);
                    if let Some(only) = &choice.only {
                        tests.args(["--only", only]);
                    }
                    run(&mut tests)
                });
            }
            Err(why) if choice.allow_missing_browsers && !required => report.skip(&name, why),
            Err(why) => {
                report.step(&name, || Err(why));
            }
        }
    }
}
