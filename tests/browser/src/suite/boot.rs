//! The loader on hosts that go wrong: it starts where it can, and else says what is wrong.

use super::{Test, ensure};
use crate::browser::Browser;
use std::time::{Duration, Instant};
use xtask::failure::Outcome;
use xtask::paths;
use xtask::server::{Fault, Site};

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("boot_wrong_mime_works", wrong_mime_works),
    ("boot_inflates_gzip", inflates_gzip),
    ("boot_missing_module", missing_module),
    ("boot_missing_glue", missing_glue),
    ("boot_truncated", truncated),
    ("boot_without_webassembly", without_webassembly),
    ("boot_too_old", too_old),
    ("boot_blocked_module", blocked_module),
    ("boot_blocked_fetch", blocked_fetch),
    ("boot_blocked_entirely", blocked_entirely),
    ("boot_later_half_missed", later_half_missed),
    ("boot_later_half_missed_by_a_file", later_half_missed_by_a_file),
    ("boot_later_styles_missed", later_styles_missed),
    ("boot_later_half_gzip", later_half_gzip),
    ("boot_case_study_missed", case_study_missed),
];

/// How soon a reader must know.
const SOON: Duration = Duration::from_secs(5);

/// The built page with one thing wrong.
fn with(fault: Fault) -> Site {
    Site::new(paths::dist()).with_fault(fault)
}

/// With `fault`, the loader shows the message of `code` in both languages, and the static page stays.
fn says(browser: &mut Browser, fault: Fault, code: &str, words: [(&str, &str); 2]) -> Outcome {
    browser.fresh_site(with(fault))?;
    for (language, word) in words {
        let start = Instant::now();
        browser.open(&format!("/?lang={language}"))?;
        browser.wait_for(&format!("#boot-note[data-code={code}][lang={language}]"))?;
        ensure(start.elapsed() < SOON, || {
            format!("said only after {:?}", start.elapsed())
        })?;
        let said = browser.text("#boot-note")?;
        ensure(said.contains(word), || format!("in {language} it says: {said}"))?;
        browser.wait_for(".boot-intro")?;
    }
    browser.check_accessible()
}

fn wrong_mime_works(browser: &mut Browser) -> Outcome {
    browser.fresh_site(with(Fault::Mime("page_bg.wasm", "text/plain")))?;
    browser.open_started("/")
}

/// A page whose tag names the compressed module works on a host that knows nothing of compression.
fn from_gzip(browser: &mut Browser, path: &str) -> Outcome {
    if !paths::dist().join("page_bg.wasm.gz").is_file() {
        return Ok(()); // A debug build has no compressed copies.
    }
    let html = "<!doctype html><html lang=en><title>Gz</title><p id=boot-note hidden></p>\
        <main id=gotong><p class=boot-intro>static</p></main>\
        <script src=loader.js data-glue=page.js data-wasm=page_bg.wasm.gz data-later=page_later.wasm.gz
        data-later-styles=later.css></script>";
    browser.fresh_site(Site::new(paths::dist()).with_page("/gz.html", html))?;
    browser.open_started(path)
}

fn inflates_gzip(browser: &mut Browser) -> Outcome {
    from_gzip(browser, "/gz.html")
}

fn later_half_gzip(browser: &mut Browser) -> Outcome {
    from_gzip(browser, "/gz.html?case=E2&view=pool&part=futures")?;
    browser.wait_for("#pool-futures").map(drop)
}

fn missing_module(browser: &mut Browser) -> Outcome {
    says(
        browser,
        Fault::Missing("page_bg.wasm"),
        "missing",
        [("en", "fetched"), ("id", "diambil")],
    )
}

fn missing_glue(browser: &mut Browser) -> Outcome {
    says(
        browser,
        Fault::Missing("page.js"),
        "missing",
        [("en", "fetched"), ("id", "diambil")],
    )
}

fn truncated(browser: &mut Browser) -> Outcome {
    says(
        browser,
        Fault::Truncated("page_bg.wasm"),
        "truncated",
        [("en", "incomplete"), ("id", "tidak lengkap")],
    )
}

fn without_webassembly(browser: &mut Browser) -> Outcome {
    let fault = Fault::Prefixed("loader.js", "delete globalThis.WebAssembly;");
    says(
        browser,
        fault,
        "unsupported",
        [("en", "too old"), ("id", "terlalu lama")],
    )
}

/// A whole module that the browser refuses: here for a section no browser knows.
fn too_old(browser: &mut Browser) -> Outcome {
    browser.fresh_site(Site::new(paths::dist()).with_page("/page_bg.wasm", "\0asm\u{1}\0\0\0\u{7f}\0"))?;
    browser.open("/?lang=en")?;
    browser.wait_for("#boot-note[data-code=unsupported]").map(drop)
}

fn blocked_module(browser: &mut Browser) -> Outcome {
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";
    says(
        browser,
        Fault::Csp(policy),
        "blocked",
        [("en", "security"), ("id", "keamanan")],
    )
}

fn blocked_fetch(browser: &mut Browser) -> Outcome {
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";
    says(
        browser,
        Fault::Csp(policy),
        "blocked",
        [("en", "security"), ("id", "keamanan")],
    )
}

/// Where not even the loader may run, the static page says so after five seconds.
fn blocked_entirely(browser: &mut Browser) -> Outcome {
    browser.fresh_site(with(Fault::Csp("default-src 'none'; style-src 'self'")))?;
    browser.open("/")?;
    browser
        .wait_until("return getComputedStyle(document.querySelector('.boot-late')).visibility === 'visible'")
}

/// A step whose code does not arrive says so, keeps the work, and comes when it is asked for again.
fn later_half_missed(browser: &mut Browser) -> Outcome {
    browser.fresh_site(with(Fault::MissingOnce("page_later.wasm")))?;
    browser.open_started("/?lang=en&case=E2")?;
    browser.wait_for("#partners-best button")?;
    browser.click("#step-pool")?;
    browser.wait_for_text("#content", "could not be fetched")?;
    browser.check_accessible()?;
    browser.click("#step-partners")?;
    browser.wait_for("#partners-best button")?;
    browser.click("#step-pool")?;
    browser.wait_for("#pool-flow")?;
    browser.click("#pool-see-futures")?;
    browser.wait_for("#pool-futures [data-done=true]")?;
    browser.fresh_site(with(Fault::MissingOnce("page_later.wasm")))?;
    browser.open_started("/?lang=id&case=E2&view=report")?;
    browser.click("#fetch-again")?;
    browser.wait_for("#report-pool").map(drop)
}

/// A step whose styles do not arrive is not shown without them; it comes with them when it is asked for again, and what
/// arrived is not linked twice.
fn later_styles_missed(browser: &mut Browser) -> Outcome {
    let linked = "return document.querySelectorAll('link[href*=\"later.css\"]').length";
    for (missed, left) in [("later.css", 0), ("page_later.wasm", 1)] {
        browser.fresh_site(with(Fault::MissingOnce(missed)))?;
        browser.open_started("/?lang=en&case=E2&view=report")?;
        browser.wait_for("#fetch-again")?;
        browser.wait_until(&format!("{linked} === {left}"))?;
        browser.click("#fetch-again")?;
        browser.wait_for("#report-pool")?;
        browser.wait_until(&format!("{linked} === 1"))?;
        browser.wait_until(
            "return getComputedStyle(document.querySelector('.report-actions')).display === 'grid'",
        )?;
    }
    Ok(())
}

/// A file dropped where its reader cannot be fetched is not lost silently.
fn later_half_missed_by_a_file(browser: &mut Browser) -> Outcome {
    browser.fresh_site(with(Fault::Truncated("page_later.wasm")))?;
    browser.open_started("/?lang=en")?;
    let file = paths::root().join("scenarios/e2-community-education-yogyakarta.json");
    browser.choose_file("#import", &file)?;
    browser.wait_for_text(".notices", "could not be fetched")
}

/// A case study that does not arrive is said, and what was on screen comes back.
fn case_study_missed(browser: &mut Browser) -> Outcome {
    let file = "e2-community-education-yogyakarta.json";
    browser.fresh_site(with(Fault::MissingOnce(file)))?;
    browser.open_started("/?lang=en")?;
    browser.click("#case-E2")?;
    browser.wait_for_text(".notices", "could not be fetched")?;
    browser.click("#case-E2")?;
    browser.wait_for("#partners-best button")?;
    browser.fresh_site(with(Fault::Truncated(file)))?;
    browser.open_started("/?lang=id&case=E2")?;
    browser.wait_for_text(".notices", "rusak")?;
    browser.wait_for("#case-E2").map(drop)
}
