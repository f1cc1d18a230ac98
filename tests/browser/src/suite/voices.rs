//! Members' voice and the joint appeal: entered, counted, taken back, brought from a file, accessible.

use super::{Test, ensure};
use crate::browser::Browser;
use std::fs;
use xtask::failure::{Doing, Failure, Outcome};
use xtask::paths;

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("voices_ticks_points_and_hands", ticks_points_and_hands),
    ("voices_from_a_file", from_a_file),
    ("appeal_alone_or_together", alone_or_together),
    ("voices_and_appeal_accessible_light", |browser| {
        accessible(browser, "light")
    }),
    ("voices_and_appeal_accessible_dark", |browser| {
        accessible(browser, "dark")
    }),
];

/// Puts a number into a field as somebody would who types over what is there.
fn fill(browser: &Browser, selector: &str, text: &str) -> Outcome {
    browser.wait_for(selector)?;
    browser.run(&format!(
        "const field = document.querySelector('{selector}'); field.focus(); field.select(); return true"
    ))?;
    browser.press(text)
}

/// The studies come with ballots; here nobody has voted.
fn without_ballots(browser: &Browser) -> Outcome {
    browser.wait_for("#voices-clear")?;
    browser.click("#voices-clear")?;
    browser.wait_for_text("#voices-finding", "Nobody has voted yet")
}

/// A ballot of ten ticks a project, then points, then hands; each is one step of undo.
fn ticks_points_and_hands(browser: &mut Browser) -> Outcome {
    browser.open_started("/?case=E2&view=pool&part=voices&lang=en")?;
    without_ballots(browser)?;
    browser.click("#ballot-add")?;
    fill(browser, "#ballot-0-voters", "10")?;
    browser.click("#ballot-0-tick-0")?;
    browser.wait_for_text("#voices-finding", "10 people voted")?;
    browser.wait_for_text("#voices-totals", "10 people")?;
    browser.run(
        "const kind = document.querySelector('#voices-kind'); kind.value = 'points';
        kind.dispatchEvent(new Event('change', { bubbles: true })); return true",
    )?;
    fill(browser, "#ballot-0-points-1", "3")?;
    browser.wait_for_text("#voices-totals", "30 points from 10 people")?;
    browser.click("#voices-hands")?;
    fill(browser, "#hands-0", "25")?;
    browser.wait_for_text("#voices-finding", "35 people voted")?;
    // What the ballots say is what the rule decides by.
    browser.click("#pool-part-money")?;
    browser.wait_for("#pool-flow")?;
    browser.click("#pool-part-voices")?;
    browser.click("#voices-clear")?;
    browser.wait_for_text("#voices-finding", "Nobody has voted yet")?;
    browser.click("#undo")?;
    browser.wait_for_text("#voices-finding", "35 people voted")?;
    browser.check_no_inline_style()?;
    browser.check_console()
}

/// The ballots of an election for the projects that are here; the others are named and left.
fn from_a_file(browser: &mut Browser) -> Outcome {
    browser.open_started("/?case=E2&view=pool&part=voices&lang=en")?;
    without_ballots(browser)?;
    browser.wait_until("return (localStorage.getItem('gotong.scenario') ?? '').includes('\"projects\"')")?;
    let id = browser
        .run("return JSON.parse(localStorage.getItem('gotong.scenario') ?? '{}').projects?.[0]?.id ?? ''")?;
    let id = id.as_str().unwrap_or_default().to_owned();
    ensure(!id.is_empty(), || "the plan has no project to vote on".to_owned())?;
    let election = format!(
        "META\nkey;value\nbudget;1000\ncurrency;IDR\nrule;greedy\nvote_type;approval\nPROJECTS\nproject_id;cost\n\
        {id};10\nelsewhere;20\nVOTES\nvoter_id;vote;age\n1;{id};30\n2;{id},elsewhere;40\n3;elsewhere;50\n4;nowhere;60\n"
    );
    let folder = paths::target().join("browser-files");
    fs::create_dir_all(&folder).doing("folder of test files")?;
    let file = folder.join("warga.pb");
    fs::write(&file, election).doing("test file")?;
    browser.choose_file("#voices-import", &file)?;
    browser.wait_for_text(".voices-review", "1 voter who want")?;
    browser.check_accessible()?;
    let told = browser.run("return document.querySelector('.voices-review').textContent")?;
    for part in ["nowhere", "age"] {
        ensure(told.as_str().is_some_and(|told| told.contains(part)), || {
            format!("{part} is not told: {told}")
        })?;
    }
    browser.click("#voices-take")?;
    browser.wait_for_text("#voices-finding", "3 people voted")?;
    browser.click("#undo")?;
    browser.wait_for_text("#voices-finding", "Nobody has voted yet")?;
    browser.check_console()
}

/// A donor two organisations ask: both ways are compared, and the finding follows what is assumed.
fn alone_or_together(browser: &mut Browser) -> Outcome {
    browser.open_started("/?case=E2&view=pool&part=appeal&lang=en")?;
    browser.wait_for("#appeal-first")?;
    browser.click("#appeal-first")?;
    fill(browser, "#donor-0-gift", "1000000")?;
    browser.run(
        "[...document.querySelectorAll('[id^=donor-0-by-]')].slice(0, 2).forEach(box => box.click()); return true",
    )?;
    browser.wait_for("#appeal-compared .appeal-bars li + li")?;
    browser.wait_for_text("#appeal-finding", "Together you can expect")?;
    let before = browser.text("#appeal-finding")?;
    fill(browser, "#appeal-joint-gift", "0")?;
    browser.wait_until(&format!(
        "return document.querySelector('#appeal-finding')?.textContent !== {before:?}"
    ))?;
    browser.wait_for_text("#appeal-finding", "less than alone")?;
    browser.check_no_inline_style()?;
    browser.check_console()
}

/// axe finds nothing in either part, empty and filled, and nothing scrolls sideways on a phone.
fn accessible(browser: &mut Browser, theme: &str) -> Outcome {
    for language in ["id", "en"] {
        browser.resize(1280, 900)?;
        for (part, add, filled) in [
            ("voices", "#ballot-add", "#ballot-list .ballot"),
            ("appeal", "#appeal-first", "#donor-0"),
        ] {
            let place = |failure: Failure| Failure::new(format!("{part} {language} {theme}: {failure}"));
            browser.open_started(&format!(
                "/?case=E1&view=pool&part={part}&lang={language}&theme={theme}"
            ))?;
            browser.wait_for(add).map_err(place)?;
            browser.check_accessible().map_err(place)?;
            browser.click(add)?;
            browser.wait_for(filled).map_err(place)?;
            browser.check_accessible().map_err(place)?;
            browser.check_no_inline_style().map_err(place)?;
            browser.resize(360, 640)?;
            browser.check_no_sideways_scroll().map_err(place)?;
            browser.resize(1280, 900)?;
        }
    }
    Ok(())
}
