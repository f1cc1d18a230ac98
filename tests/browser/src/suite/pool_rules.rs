//! What is said about a result of the pool: rules side by side, rounds step by step, properties, statements on paper; and
//! that no sum is off by one unit.

use super::main_job::tab_to;
use super::{Test, ensure};
use crate::browser::Browser;
use xtask::failure::{Failure, Outcome};

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("pool_six_rules_compared", six_rules_compared),
    ("pool_another_rule_taken", another_rule_taken),
    ("pool_rounds_by_keyboard", rounds_by_keyboard),
    ("pool_options_of_equal_shares", options_of_equal_shares),
    ("pool_properties_and_reasons", properties_and_reasons),
    ("pool_statements_on_paper", statements_on_paper),
];

const ARROW_RIGHT: &str = "\u{e014}";
const HOME: &str = "\u{e011}";

/// Six rules on E2 in both languages: every column sums to what it spends, every picture has its table, nothing scrolls
/// sideways on the narrowest screen.
fn six_rules_compared(browser: &mut Browser) -> Outcome {
    for language in ["id", "en"] {
        browser.resize(1280, 900)?;
        browser.open_started(&format!("/?case=E2&view=pool&part=compare&lang={language}"))?;
        browser.wait_for("#compare-table")?;
        for count in 5..=6 {
            browser.run(
                "[...document.querySelectorAll('.compare-rules input')].find((box) => !box.checked).click(); return true",
            )?;
            browser.wait_until(&format!(
                "return document.querySelectorAll('#compare-table thead th').length === {}",
                count + 1
            ))?;
        }
        let off = browser.run(
            "const minor = (cell) => BigInt(cell.dataset.minor ?? 0);
            const spent = [...document.querySelectorAll('#compare-sum-spent td')].map(minor);
            const rows = [...document.querySelectorAll('#compare-table tbody tr')];
            return spent.filter((sum, column) =>
                rows.reduce((total, row) => total + minor(row.querySelectorAll('td')[column]), 0n) !== sum).length",
        )?;
        ensure(off == 0, || {
            format!("{off} columns do not sum to what they spend")
        })?;
        let place = |failure: Failure| Failure::new(format!("compare {language}: {failure}"));
        browser.wait_for("#compare-agreement details").map_err(place)?;
        browser.run("document.querySelector('#compare-agreement details').open = true; return true")?;
        browser
            .wait_for("#compare-agreement details table")
            .map_err(place)?;
        browser.wait_for("#compare-shift li").map_err(place)?;
        browser.check_accessible().map_err(place)?;
        browser.check_no_inline_style().map_err(place)?;
        browser.resize(320, 640)?;
        browser.check_no_sideways_scroll().map_err(place)?;
    }
    browser.resize(1280, 900)?;
    browser.check_console()
}

/// A rule taken from the comparison is the one in use, and one step of undo.
fn another_rule_taken(browser: &mut Browser) -> Outcome {
    browser.open_started("/?case=E2&view=pool&part=compare&lang=en")?;
    browser.wait_for("#compare-table [id^=compare-use-]")?;
    browser.run("document.querySelector('[id^=compare-use-]').id = 'taken'; return true")?;
    let name =
        browser.run("return document.querySelector('#taken').closest('th').firstChild.textContent.trim()")?;
    browser.click("#taken")?;
    browser.wait_until(&format!(
        "return document.querySelector('#compare-table .badge')?.closest('th').firstChild.textContent.trim() === {name}"
    ))
}

/// The rounds forwards with the arrow key and back to the first with Home, from the keyboard alone.
fn rounds_by_keyboard(browser: &mut Browser) -> Outcome {
    browser.open_started("/?case=E2&view=pool&part=why&lang=en")?;
    browser.wait_for("#replay-next")?;
    let first = browser.text("#replay-said")?;
    tab_to(browser, "#replay-next")?;
    browser.press(ARROW_RIGHT)?;
    browser.wait_for_text("#replay-said", "Round 2")?;
    browser.press(HOME)?;
    browser.wait_for_text("#replay-said", "Round 1")?;
    let again = browser.text("#replay-said")?;
    ensure(first == again, || format!("{first} became {again}"))
}

/// Chooses an entry of a list as somebody would.
fn choose(browser: &Browser, selector: &str, value: &str) -> Outcome {
    browser.wait_for(selector)?;
    browser
        .run(&format!(
            "const list = document.querySelector('{selector}'); list.value = '{value}';
            list.dispatchEvent(new Event('change', {{ bubbles: true }})); return true"
        ))
        .map(drop)
}

/// With ballots every option is offered and kept with the plan; with pledges as purses only what applies, and why.
fn options_of_equal_shares(browser: &mut Browser) -> Outcome {
    let offered = "return [...document.querySelectorAll('#pool-completion option')].map((each) => each.value).join(' ')";
    browser.open_started("/?case=E2&view=pool&lang=en")?;
    choose(browser, "#pool-rule", "equal-shares")?;
    browser.wait_for_text("#pool-shares-note", "bought in rounds")?;
    browser.click("#pool-shares-options > summary")?;
    let all = browser.run(offered)?;
    ensure(all == "none greedy add1 add1u", || {
        format!("offered with ballots: {all}")
    })?;
    choose(browser, "#pool-completion", "greedy")?;
    choose(browser, "#pool-comparison", "satisfaction")?;
    choose(browser, "#pool-utility", "cardinality")?;
    browser.wait_until(
        "const pool = JSON.parse(localStorage.getItem('gotong.scenario') ?? '{}').pool ?? {};
        return pool.completion === 'greedy' && pool.comparison === 'satisfaction' && pool.utility === 'cardinality'",
    )?;
    browser.check_accessible()?;
    browser.click("#pool-part-voices")?;
    browser.wait_for("#voices-clear")?;
    browser.click("#voices-clear")?;
    browser.wait_for_text("#voices-finding", "Nobody has voted yet")?;
    browser.click("#pool-part-money")?;
    browser.wait_for_text("#pool-shares-note", "real pledges")?;
    browser.click("#pool-shares-options > summary")?;
    browser.wait_for_text("#pool-real-purses", "real pledge")?;
    let own = browser.run(offered)?;
    ensure(own == "none greedy", || {
        format!("offered with pledges as purses: {own}")
    })?;
    browser.check_no_inline_style()?;
    browser.check_console()
}

/// Every property has a verdict in words; every unfunded project says what would fund it, or that nothing does.
fn properties_and_reasons(browser: &mut Browser) -> Outcome {
    for language in ["id", "en"] {
        browser.open_started(&format!("/?case=E2&view=pool&part=why&lang={language}"))?;
        browser.wait_for("#pool-properties")?;
        let verdicts =
            browser.run("return document.querySelectorAll('#pool-properties [data-verdict]').length")?;
        ensure(verdicts == 5, || format!("{verdicts} of 5 properties"))?;
        let budget =
            browser.run("return document.querySelector('#property-budget-respected').dataset.verdict")?;
        ensure(budget == "holds", || format!("the budget: {budget}"))?;
        let silent = browser.run(
            "return [...document.querySelectorAll('#pool-reasons .why-list > .passed')]
                .filter((line) => !line.querySelector('.changes, .change')).length",
        )?;
        ensure(silent == 0, || {
            format!("{silent} unfunded projects without a change")
        })?;
        browser.check_accessible()?;
    }
    Ok(())
}

/// The report prints a statement for each pledge, and its payments sum to its grants.
fn statements_on_paper(browser: &mut Browser) -> Outcome {
    browser.open_started("/?case=E2&view=report&lang=id")?;
    browser.wait_for(".report-statement .leave")?;
    let counts = browser.run(
        "return [document.querySelectorAll('.report-statement').length, document.querySelectorAll('.report-statement .leave').length]",
    )?;
    ensure(counts[0] == counts[1] && counts[0].as_u64() > Some(0), || {
        format!("statements, with whether to leave: {counts}")
    })?;
    let sums = browser.run(
        "const digits = (cell) => BigInt(cell.textContent.replace(/\\D/g, '') || 0);
        const sum = (cells) => cells.reduce((total, cell) => total + digits(cell), 0n).toString();
        const tables = [...document.querySelectorAll('#report-pool table')];
        const granted = [...tables[0].querySelectorAll('tbody tr')].map((row) => row.querySelectorAll('td.number')[1]);
        const all = [...tables[1].querySelectorAll('tbody tr')];
        const names = new Set([...tables[0].querySelectorAll('tbody th')].map((cell) => cell.textContent.trim()));
        const paid = all.filter((row) => names.has(row.querySelectorAll('td')[0].textContent.trim()));
        return [sum(granted), sum(paid.map((row) => row.querySelector('td.number')))]",
    )?;
    ensure(sums[0] == sums[1] && sums[0] != "0", || {
        format!("granted, paid: {sums}")
    })?;
    browser.check_console()
}
