//! The whole main job as a person does it: from the welcome to the printed report, with the mouse, by keyboard
//! alone, and coming back the next day.

use super::{Test, ensure};
use crate::browser::Browser;
use xtask::failure::Outcome;

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("main_job_en", |browser| {
        main_job(browser, "en", "organisations looked at")
    }),
    ("main_job_id", |browser| main_job(browser, "id", "organisasi")),
    ("main_job_on_a_phone", on_a_phone),
    ("main_job_by_keyboard", by_keyboard),
    ("main_job_edit_and_undo", edit_and_undo),
    ("main_job_survives_reload", survives_reload),
    ("main_job_storage_refused", storage_refused),
];

/// Partners, their reasons, a partnership, the pool, its futures, the report: one tap or two for each.
fn main_job(browser: &mut Browser, language: &str, counted: &str) -> Outcome {
    browser.open_started(&format!("/?lang={language}"))?;
    browser.check_fetches(
        &["/scenarios/e2-community-education-yogyakarta.json"],
        |browser| {
            browser.click("#case-E2")?;
            browser.wait_for_text("#partner-count", counted)?;
            let first = browser.wait_for("#partners-best button")?;
            browser.click_on(&first)?;
            browser.wait_for("#zip")?;
            reasons_add_up(browser)
        },
    )?;
    browser.check_fetches(&["/page_later.wasm", "/later.css"], |browser| {
        browser.click("#form-partnership")?;
        browser.click("#step-partnership")?;
        browser.wait_for("#fills")?;
        ensure(!browser.text("#partnership-finding")?.is_empty(), || {
            "no finding".to_owned()
        })?;
        browser.click("#step-pool")?;
        browser.wait_for("#pool-flow")?;
        browser.click("#pool-see-futures")?;
        browser.wait_for("#pool-futures [data-done=true]")?;
        browser.click("#pool-part-why")?;
        browser.wait_for("#pool-statement")?;
        browser.click("#statement-next")?;
        browser.click("#step-report")?;
        browser.wait_for("#report-pool")?;
        browser.wait_for("#report-futures").map(drop)
    })?;
    browser.check_same_origin()?;
    browser.check_no_inline_style()?;
    browser.check_console()
}

/// The reasons shown sum to the score shown, figure by figure as the reader would add them.
fn reasons_add_up(browser: &Browser) -> Outcome {
    let sum = "const figure = (text) => Math.round(100 * parseFloat(text.replace('−', '-').replace('+', '')
            .replace(',', '.')));
        const shown = [...document.querySelectorAll('#reasons li b')].map((b) => figure(b.textContent));
        const score = figure(document.querySelector('#partner-score').textContent);
        return JSON.stringify([shown.reduce((a, b) => a + b, 0), score, shown.length]);";
    let text = browser.run(sum)?.as_str().unwrap_or_default().to_owned();
    let [sum, score, count]: [i64; 3] = serde_json::from_str(&text).unwrap_or_default();
    ensure(sum == score && count > 1, || {
        format!("{count} reasons sum to {sum}, the score is {score} (hundredths)")
    })
}

/// On 360 px the selected partner opens below its row, and nothing scrolls sideways.
fn on_a_phone(browser: &mut Browser) -> Outcome {
    browser.open_sized("/?lang=id&case=E4", 360, 740)?;
    browser.wait_started()?;
    browser.click("#partners-best button")?;
    browser.wait_for("#partners-best #zip")?;
    for step in ["partnership", "pool", "report", "organisations"] {
        browser.click(&format!("#step-{step}"))?;
        browser.wait_for(&format!("main.{step}"))?;
        browser.check_no_sideways_scroll()?;
    }
    Ok(())
}

/// Presses `key` until the focus is on `selector`.
pub(super) fn tab_to(browser: &Browser, selector: &str) -> Outcome {
    for _ in 0..200 {
        if browser
            .run(&format!(
                "return document.activeElement?.matches('{selector}') ?? false"
            ))?
            .as_bool()
            == Some(true)
        {
            return Ok(());
        }
        browser.press("\u{e004}")?;
    }
    Err(xtask::failure::Failure::new(format!(
        "Tab never reaches {selector}"
    )))
}

/// The same with Tab and Enter alone.
fn by_keyboard(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en")?;
    tab_to(browser, "#case-E6")?;
    browser.press("\u{e007}")?;
    browser.wait_for("#partners-best button")?;
    tab_to(browser, "#partners-best button")?;
    browser.press("\u{e007}")?;
    browser.wait_for("#zip")?;
    tab_to(browser, "#form-partnership")?;
    browser.press("\u{e007}")?;
    browser.wait_for("main.partnership")?;
    for step in ["pool", "report"] {
        // A new step has the focus on its content; the step bar is before it.
        browser.run("document.querySelector('.brand').setAttribute('tabindex', '-1'); document.querySelector('.brand').focus(); return true")?;
        tab_to(browser, &format!("#step-{step}"))?;
        browser.press("\u{e007}")?;
        browser.wait_for(&format!("main.{step}"))?;
        browser.wait_until("return document.activeElement?.id === 'content'")?;
    }
    browser.wait_for("#report-pool").map(drop)
}

/// A pledge raised changes the pool at once; one step of undo takes the whole typing back.
fn edit_and_undo(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en&case=E2&view=pool&part=futures")?;
    browser.wait_for("#pool-futures [data-done=true]")?;
    browser.click("#pool-part-money")?;
    browser.wait_for("#pool-headline")?;
    let before = browser.text("#pool-headline")?;
    let field = "#pledge-csr-sinar-amount";
    browser.wait_for(field)?;
    browser.run(&format!(
        "const field = document.querySelector('{field}'); field.focus(); field.select(); return true"
    ))?;
    browser.press("900 million")?;
    browser.wait_for_text("#pool-headline", "2.13")?;
    browser.press("\u{e004}")?;
    browser.click("#undo")?;
    let unchanged = format!(
        "return document.querySelector('#pool-headline').textContent.slice(0, 30) === {}.slice(0, 30)",
        serde_json::Value::from(before)
    );
    browser.wait_until(&unchanged)
}

/// What was entered is there after a reload, in the language that was chosen.
fn survives_reload(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en")?;
    browser.click("#case-E4")?;
    browser.wait_for("#partners-best button")?;
    browser.click("#language")?;
    browser.wait_until("return document.documentElement.lang === 'id'")?;
    browser.wait_until("return (localStorage.getItem('gotong.scenario') ?? '').includes('E4')")?;
    browser.open_started("/?view=partners")?;
    browser.wait_for("#partners-best button")?;
    browser.wait_until("return document.documentElement.lang === 'id'")
}

/// A browser that keeps nothing: said once, and everything else works.
fn storage_refused(browser: &mut Browser) -> Outcome {
    use xtask::paths;
    use xtask::server::{Fault, Site};
    let script =
        "Object.defineProperty(globalThis,'localStorage',{get:function(){throw new Error('refused')}});";
    browser.fresh_site(Site::new(paths::dist()).with_fault(Fault::Prefixed("loader.js", script)))?;
    browser.open_started("/?lang=en&case=E2")?;
    browser.wait_for("#partners-best button")?;
    browser.wait_for_text(".notices", "keeps nothing")
}
