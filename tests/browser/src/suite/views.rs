//! What must hold of every view in every language and theme.

use super::Test;
use crate::browser::Browser;
use xtask::failure::{Failure, Outcome};

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("views_accessible_light", |browser| accessible(browser, "light")),
    ("views_accessible_dark", |browser| accessible(browser, "dark")),
    ("views_fit_320_px", fit_320_px),
    ("views_without_data", without_data),
];

/// The steps, and what each shows when its results are there.
pub const VIEWS: [(&str, &str); 7] = [
    ("organisations", "#organisation-list"),
    ("partners", "#zip"),
    ("partnership", "#fills"),
    ("pool", "#pool-flow"),
    ("pool&part=futures", "#pool-futures [data-done=true]"),
    ("pool&part=why", "#pool-properties"),
    ("report", "#report-futures"),
];

fn in_view(view: &str, failure: &Failure) -> Failure {
    Failure::new(format!("{view}: {failure}"))
}

/// axe-core finds nothing, contrast of every pair of colours included.
fn accessible(browser: &mut Browser, theme: &str) -> Outcome {
    for language in ["id", "en"] {
        browser.open_started(&format!("/?lang={language}&theme={theme}"))?;
        browser
            .check_accessible()
            .map_err(|failure| in_view("welcome", &failure))?;
        for (view, ready) in VIEWS {
            browser.open_started(&format!("/?case=E2&view={view}&lang={language}&theme={theme}"))?;
            browser.wait_for(ready)?;
            let checked = browser
                .check_accessible()
                .and_then(|()| browser.check_no_inline_style());
            checked.map_err(|failure| in_view(&format!("{view} {language} {theme}"), &failure))?;
        }
    }
    Ok(())
}

/// Nothing scrolls sideways at the narrowest width WCAG asks for.
fn fit_320_px(browser: &mut Browser) -> Outcome {
    for (view, ready) in VIEWS {
        for language in ["id", "en"] {
            let (step, part) = view.split_once("&part=").unwrap_or((view, ""));
            browser.open_sized(&format!("/?case=E6&view={view}&lang={language}"), 320, 640)?;
            browser.wait_started()?;
            browser.wait_for(&format!("main.{step}"))?;
            if !part.is_empty() {
                browser.wait_for(ready)?;
            }
            browser
                .check_no_sideways_scroll()
                .map_err(|failure| in_view(&format!("{view} {language}"), &failure))?;
        }
    }
    Ok(())
}

/// Every step of an empty plan says what to do, accessibly, and nothing breaks.
fn without_data(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en")?;
    browser.click("#start-own")?;
    for (view, _) in VIEWS {
        let (step, part) = view.split_once("&part=").unwrap_or((view, ""));
        browser.click(&format!("#step-{step}"))?;
        browser.wait_for(&format!("main.{step}"))?;
        if !part.is_empty() {
            browser.click(&format!("#{step}-part-{part}"))?;
        }
        browser
            .check_accessible()
            .map_err(|failure| in_view(view, &failure))?;
    }
    browser.check_console()
}
