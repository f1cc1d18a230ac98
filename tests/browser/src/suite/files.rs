//! Files people bring: the good rows are kept, the bad named, and what cannot be read changes nothing.

use super::{Test, ensure};
use crate::browser::Browser;
use std::fs;
use xtask::failure::{Doing, Outcome};
use xtask::paths;

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("files_table_with_broken_rows", table_with_broken_rows),
    ("files_from_the_future", from_the_future),
    ("files_not_a_plan", not_a_plan),
];

/// Chooses a file of this content in the import button.
fn choose(browser: &Browser, name: &str, content: &str) -> Outcome {
    let folder = paths::target().join("browser-files");
    fs::create_dir_all(&folder).doing("folder of test files")?;
    let file = folder.join(name);
    fs::write(&file, content).doing("test file")?;
    browser.wait_for("label[for=import]")?;
    let element = browser.run("return document.querySelector('#import') !== null")?;
    ensure(element.as_bool() == Some(true), || {
        "there is no import field".to_owned()
    })?;
    browser.choose_file("#import", &file)
}

/// Two good rows of four: listed, explained, taken over; the plan on screen keeps what it had.
fn table_with_broken_rows(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=id&case=E2&view=organisations")?;
    let table = "nama;sektor;tawaran:dana;kebutuhan:keahlian\n\
        Sanggar Baru;komunitas;;20\n\
        ;bisnis;1.000.000;\n\
        PT Jelas;bisnis;250.000.000;abc\n\
        Entah;planet;5;\n";
    choose(browser, "organisasi.csv", table)?;
    browser.wait_for("#review")?;
    browser.wait_for("#review-problems")?;
    browser.check_accessible()?;
    let problems = browser.text("#review")?;
    for told in ["3", "5", "abc", "planet"] {
        ensure(problems.contains(told), || {
            format!("the problems do not tell {told}: {problems}")
        })?;
    }
    browser.click("#review-accept")?;
    browser.wait_until("return document.querySelector('#review') === null")?;
    browser.type_into("#org-search", "Sanggar Baru")?;
    browser.wait_for("#org-sanggar-baru")?;
    browser.click("#undo")?;
    browser.wait_until("return document.querySelector('#org-sanggar-baru') === null")?;
    browser.check_console()
}

/// A plan of a newer Gotong is refused in a sentence; the work stays.
fn from_the_future(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en&case=E4&view=organisations")?;
    browser.wait_for("#plan-counts")?;
    let before = browser.text("#plan-counts")?;
    choose(browser, "plan.json", r#"{"version": 9, "people": []}"#)?;
    browser.wait_until("return document.querySelector('.notices li') !== null")?;
    let said = browser.text(".notices")?;
    ensure(said.contains('9') || said.contains("newer"), || {
        format!("it says: {said}")
    })?;
    ensure(browser.text("#plan-counts")? == before, || {
        "the work on screen changed".to_owned()
    })
}

/// Neither is anything else taken for a plan.
fn not_a_plan(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=id&case=E4&view=organisations")?;
    browser.wait_for("#plan-counts")?;
    let before = browser.text("#plan-counts")?;
    for (name, content) in [
        ("rusak.json", "{\"version\": 1, \"organisations\": [{"),
        ("kosong.csv", ""),
        ("foto.png", "\u{0}PNG"),
    ] {
        choose(browser, name, content)?;
        browser.wait_until("return document.querySelector('.notices li') !== null")?;
        browser.click(".notices button")?;
        ensure(browser.text("#plan-counts")? == before, || {
            format!("{name} changed the work on screen")
        })?;
    }
    Ok(())
}
