//! The page loads, looks right at any width, and talks to nobody.

use super::{Test, ensure};
use crate::browser::Browser;
use xtask::failure::Outcome;

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("smoke", smoke),
    ("accessible", accessible),
    ("fits_320_px", fits_320_px),
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
