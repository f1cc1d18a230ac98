//! The page loads, looks right at any width, and talks to nobody.

use super::{Test, ensure};
use crate::browser::Browser;
use xtask::failure::Outcome;

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("smoke", smoke),
    ("accessible", accessible),
    ("fits_320_px", fits_320_px),
    ("worker_answers", worker_answers),
    ("no_request_after_load", no_request_after_load),
];

/// Loads, and nothing complains.
fn smoke(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en")?;
    browser.check_console()?;
    browser.check_no_inline_style()?;
    browser.check_same_origin()?;
    ensure(browser.text("#boot-note")?.is_empty(), || {
        "the loader complains".to_owned()
    })
}

/// axe-core finds nothing.
fn accessible(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en")?;
    browser.check_accessible()
}

/// The narrowest width WCAG asks for.
fn fits_320_px(browser: &mut Browser) -> Outcome {
    browser.open_sized("/?lang=id", 320, 640)?;
    browser.wait_started()?;
    browser.check_no_sideways_scroll()
}

/// A click renders, and the worker made of the same module answers.
fn worker_answers(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en")?;
    browser.click_role("button", "Add")?;
    browser.wait_for_text("[data-testid=count]", "1")?;
    browser.click_id("ask")?;
    browser.wait_for_text("[data-testid=heard]", "worker heard hello")?;
    browser.check_console()
}

/// After load not even the worker fetches anything.
fn no_request_after_load(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en")?;
    browser.check_silent(|browser| {
        browser.click_id("ask")?;
        browser.wait_for_text("[data-testid=heard]", "worker heard hello")
    })
}
