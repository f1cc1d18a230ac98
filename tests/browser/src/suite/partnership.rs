//! The partnership step and the whole room: from a project to the printed agreement, with the keyboard alone, and every
//! part accessible in both languages and themes.

use super::main_job::tab_to;
use super::{Test, ensure};
use crate::browser::Browser;
use xtask::failure::{Failure, Outcome};

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("partnership_by_keyboard_en", |browser| {
        project_to_agreement(browser, "en")
    }),
    ("partnership_by_keyboard_id", |browser| {
        project_to_agreement(browser, "id")
    }),
    ("partnership_parts_accessible_light", |browser| {
        parts_accessible(browser, "light")
    }),
    ("partnership_parts_accessible_dark", |browser| {
        parts_accessible(browser, "dark")
    }),
    ("partnership_impossible_team", impossible_team),
    ("partnership_lever_undone", lever_undone),
    ("partnership_ring_without_a_member", ring_without_a_member),
    ("partnership_agreement_in_own_words", agreement_in_own_words),
    ("partnership_room", room),
];

const ENTER: &str = "\u{e007}";

/// The parts, and what each shows when its results are there.
const PARTS: [(&str, &str); 4] = [
    ("team", "#coalition-take"),
    ("exchange", "#ring-1"),
    ("together", "#benefits"),
    ("agreement", "#paper"),
];

/// Waits until the search for a team has ended: until then what is below it moves.
fn wait_for_team(browser: &Browser) -> Outcome {
    browser.wait_for("#coalition-take")?;
    browser.wait_until(
        "return document.querySelector('#coalition-standing')?.getAttribute('data-working') === 'false'",
    )
}

/// Opens the partnership of a study with the best team taken.
fn open_team(browser: &Browser, query: &str) -> Outcome {
    browser.open_started(&format!("/?case=E1&view=partnership&{query}"))?;
    wait_for_team(browser)?;
    browser.click("#coalition-take")?;
    browser.wait_for("#partnership-members li + li").map(drop)
}

/// Chooses a project, takes the best team, walks through the parts, and prints the agreement: Tab and Enter alone.
fn project_to_agreement(browser: &mut Browser, language: &str) -> Outcome {
    browser.open_started(&format!("/?case=E1&view=partnership&lang={language}"))?;
    browser.wait_for("#coalition-take")?;
    // A plan in which nobody has chosen a project yet.
    browser.run(
        "const choice = document.querySelector('#partnership-project'); choice.value = '';
        choice.dispatchEvent(new Event('change', { bubbles: true })); choice.blur(); window.scrollTo(0, 0); return true",
    )?;
    let project = "[id^=coalition-project-]";
    browser.wait_for(project)?;
    tab_to(browser, project)?;
    browser.press(ENTER)?;
    wait_for_team(browser)?;
    tab_to(browser, "#coalition-take")?;
    browser.press(ENTER)?;
    browser.wait_for("#partnership-members li + li")?;
    for (part, ready) in PARTS {
        // The parts are before what they show.
        browser.run("document.querySelector('.parts button').focus(); return true")?;
        tab_to(browser, &format!("#part-{part}"))?;
        browser.press(ENTER)?;
        browser.wait_for(ready)?;
    }
    browser.run("window.print = () => { window.printed = true }; return true")?;
    tab_to(browser, "#paper-print")?;
    browser.press(ENTER)?;
    browser.wait_until("return window.printed === true")?;
    browser.check_same_origin()?;
    browser.check_no_inline_style()?;
    browser.check_console()
}

/// axe finds nothing in any part, nothing scrolls sideways on the narrowest screen, and every picture has its table.
fn parts_accessible(browser: &mut Browser, theme: &str) -> Outcome {
    for language in ["id", "en"] {
        browser.resize(1280, 900)?;
        open_team(browser, &format!("lang={language}&theme={theme}"))?;
        for (part, ready) in PARTS {
            let place = |failure: Failure| Failure::new(format!("{part} {language} {theme}: {failure}"));
            browser.click(&format!("#part-{part}"))?;
            browser.wait_for(ready).map_err(place)?;
            browser.check_accessible().map_err(place)?;
            browser.check_no_inline_style().map_err(place)?;
            let twins = "return document.querySelectorAll('main details table').length";
            let count = browser.run(twins)?.as_u64().unwrap_or(0);
            ensure(part == "agreement" || count > 0, || {
                format!("{part}: no table twin")
            })?;
        }
        browser.resize(320, 640)?;
        for (part, ready) in PARTS {
            browser.click(&format!("#part-{part}"))?;
            browser.wait_for(ready)?;
            let place = |failure: Failure| Failure::new(format!("{part} {language}: {failure}"));
            browser.check_no_sideways_scroll().map_err(place)?;
        }
        browser.resize(1280, 900)?;
    }
    Ok(())
}

/// A team limited to fewer than it takes: what blocks is said, with a button that lifts it.
fn impossible_team(browser: &mut Browser) -> Outcome {
    browser.open_started("/?case=E1&view=partnership&lang=en")?;
    wait_for_team(browser)?;
    browser.run(
        "const field = document.querySelector('#coalition-most'); field.closest('details')?.setAttribute('open', '');
        field.focus(); field.select?.(); return true",
    )?;
    browser.press("2")?;
    browser.press("\u{e004}")?;
    browser.wait_for("#coalition-blocked")?;
    browser.check_accessible()?;
    browser.click("#coalition-allow-size")?;
    browser.wait_for("#coalition-take").map(drop)
}

/// A lever pulled moves figures and is one step of undo.
fn lever_undone(browser: &mut Browser) -> Outcome {
    open_team(browser, "lang=en")?;
    browser.click("#part-together")?;
    browser.wait_for("#lever-K1")?;
    browser.click("#lever-K1")?;
    browser.wait_for("#levers-change")?;
    browser.click("#undo")?;
    browser.wait_until("return !document.querySelector('#levers-change table')")?;
    browser.wait_for("#split-core").map(drop)
}

/// Rings are drawn, and what survives a withdrawal is said when somebody is chosen to leave.
fn ring_without_a_member(browser: &mut Browser) -> Outcome {
    browser.open_started("/?case=E2&view=partnership&part=exchange&lang=id")?;
    browser.wait_for("#ring-1")?;
    browser.run(
        "const choice = document.querySelector('#ring-1-without'); choice.selectedIndex = 1;
        choice.dispatchEvent(new Event('change', { bubbles: true })); return true",
    )?;
    browser.wait_for("#ring-1-survives")?;
    ensure(!browser.text("#ring-1-survives")?.is_empty(), || {
        "what survives is not said".to_owned()
    })
}

/// A section written over keeps its words through a reload, and the draft comes back when it is asked for.
fn agreement_in_own_words(browser: &mut Browser) -> Outcome {
    open_team(browser, "lang=en")?;
    browser.click("#part-agreement")?;
    browser.click("#paper-edit-purpose")?;
    browser.wait_for("#paper-text-purpose")?;
    browser.run("const text = document.querySelector('#paper-text-purpose'); text.focus(); text.select(); return true")?;
    browser.press("We teach together.")?;
    browser.click("#paper-done-purpose")?;
    browser.wait_for_text("#paper-purpose", "We teach together.")?;
    browser.wait_until(
        "return (localStorage.getItem('gotong.scenario') ?? '').includes('We teach together.')",
    )?;
    browser.open_started("/?view=partnership&part=agreement")?;
    browser.wait_for_text("#paper-purpose", "We teach together.")?;
    browser.click("#paper-edit-purpose")?;
    browser.click("#paper-back-purpose")?;
    browser.wait_until("return !document.querySelector('#paper').textContent.includes('We teach together.')")
}

/// Everybody paired, with the proof said; then at tables in two rounds.
fn room(browser: &mut Browser) -> Outcome {
    for (language, theme) in [("id", "dark"), ("en", "light")] {
        browser.open_started(&format!("/?case=E2&view=partners&lang={language}&theme={theme}"))?;
        browser.click("#scope-room")?;
        browser.wait_for("#room-round-1")?;
        browser.check_accessible()?;
    }
    browser.run(
        "const rounds = document.querySelector('#room-rounds'); rounds.closest('details')?.setAttribute('open', '');
        rounds.value = '2'; rounds.dispatchEvent(new Event('input', { bubbles: true }));
        rounds.dispatchEvent(new Event('change', { bubbles: true })); return true",
    )?;
    browser.wait_for("#room-round-2")?;
    browser.resize(320, 640)?;
    browser.check_no_sideways_scroll()?;
    browser.resize(1280, 900)
}
