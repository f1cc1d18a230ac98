//! What must hold of any page at any time; each check names what it found.

use crate::browser::Browser;
use serde_json::{Value, json};
use std::fs;
use xtask::browsers::Engine;
use xtask::failure::{Doing, Failure, Outcome};
use xtask::paths;

/// The rules axe-core holds: WCAG 2.2 A and AA, and good practice.
const AXE_TAGS: [&str; 6] = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
];

/// Fails with `what` and the list unless the list is empty.
fn none(what: &str, found: &[String]) -> Outcome {
    if found.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("{what}:\n    {}", found.join("\n    "))))
}

/// The strings of a JSON array.
fn strings(value: &Value) -> Vec<String> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .map(|each| each.as_str().map_or_else(|| each.to_string(), str::to_owned))
        .collect()
}

impl Browser {
    /// axe-core finds nothing wrong with the page (or frame) as it is now, seen from its top: the fixed head covers part
    /// of a target by chance of scrolling, and what was just clicked or added may still be scrolling into view.
    ///
    /// # Errors
    /// Every violation: rule, help, the elements, and how to mend each.
    pub fn check_accessible(&self) -> Outcome {
        let file = paths::npm_package("axe-core").join("axe.min.js");
        let axe = fs::read_to_string(&file).doing("axe-core is not installed; run `cargo xtask test`")?;
        self.session().run(&format!("{axe}; return true"), Vec::new())?;
        let script = "const done = arguments[arguments.length - 1];
            const check = () => axe.run(document, { runOnly: arguments[0] }).then((result) => done(result.violations.map((each) =>
                `${each.id}: ${each.help}` + each.nodes.map((node) =>
                    `\\n      ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`).join(''))),
                (error) => done([String(error)]));
            let turns = 0;
            const settle = (still) => {
                if (still === 5 || ++turns === 100) return check();
                const away = scrollY > 0;
                if (away) scrollTo({ top: 0, behavior: 'instant' });
                setTimeout(() => settle(away ? 0 : still + 1), 20);
            };
            settle(0);";
        none(
            "not accessible",
            &strings(&self.session().run_async(script, vec![json!(AXE_TAGS)])?),
        )
    }

    /// No element has a `style` attribute: the content security policy drops them.
    ///
    /// # Errors
    /// The elements that have one.
    pub fn check_no_inline_style(&self) -> Outcome {
        let script =
            "return [...document.querySelectorAll('[style]')].map((each) => each.outerHTML.slice(0, 120))";
        none("inline styles", &strings(&self.run(script)?))
    }

    /// The page fits the width it has.
    ///
    /// # Errors
    /// The elements that stick out furthest.
    pub fn check_no_sideways_scroll(&self) -> Outcome {
        let script = "const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return [];
            return [`${root.scrollWidth} px in ${root.clientWidth} px`].concat(
                [...document.body.querySelectorAll('*')].filter((each) =>
                    each.getBoundingClientRect().right > root.clientWidth + 0.5)
                .slice(0, 5).map((each) => each.outerHTML.slice(0, 120)))";
        none("wider than its window", &strings(&self.run(script)?))
    }

    /// Everything the page has fetched so far, in order, as whole addresses.
    ///
    /// # Errors
    /// The driver refuses.
    pub fn resources(&self) -> Outcome<Vec<String>> {
        self.run("return performance.getEntriesByType('resource').map((each) => each.name)")
            .map(|list| strings(&list))
    }

    /// Nothing was fetched from anywhere but the page's own origin. (Blobs are the page's own.)
    ///
    /// # Errors
    /// The foreign addresses.
    pub fn check_same_origin(&self) -> Outcome {
        let own = self.server().origin();
        let foreign: Vec<String> = self
            .resources()?
            .into_iter()
            .filter(|each| !each.starts_with(&own) && !each.starts_with("blob:"))
            .collect();
        none("fetched from elsewhere", &foreign)
    }

    /// While `work` is done, the page and its workers fetch nothing.
    ///
    /// # Errors
    /// What was fetched, as the server saw it; or what `work` fails with.
    pub fn check_silent(&self, work: impl FnOnce(&Self) -> Outcome) -> Outcome {
        self.check_fetches(&[], work)
    }

    /// While `work` is done, the page and its workers fetch these files of their own, each once, and nothing else. What is
    /// asked for at the same time comes over several connections, so the order says nothing.
    ///
    /// # Errors
    /// What was fetched, as the server saw it; or what `work` fails with.
    pub fn check_fetches(&self, wanted: &[&str], work: impl FnOnce(&Self) -> Outcome) -> Outcome {
        let before = self.server().requests().len();
        work(self)?;
        let after = self.server().requests();
        // Engines ask for this on their own.
        let fetched: Vec<String> = after
            .into_iter()
            .skip(before)
            .filter(|path| !path.starts_with("/favicon.ico"))
            .collect();
        let mut files: Vec<&str> = fetched
            .iter()
            .map(|path| path.split('?').next().unwrap_or_default())
            .collect();
        let mut expected = wanted.to_vec();
        files.sort_unstable();
        expected.sort_unstable();
        if files == expected {
            return Ok(());
        }
        Err(Failure::new(format!("fetched {fetched:?}, wanted {wanted:?}")))
    }

    /// The console holds no error; only Chromium's driver tells.
    ///
    /// # Errors
    /// The console's errors since the last call.
    pub fn check_console(&self) -> Outcome {
        if self.engine() != Engine::Chromium {
            return Ok(());
        }
        let log = self.session().post("/se/log", &json!({ "type": "browser" }))?;
        let entries = log.as_array().map(Vec::as_slice).unwrap_or_default();
        let text = |entry: &Value, name: &str| {
            entry
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let errors: Vec<String> = entries
            .iter()
            .filter(|entry| text(entry, "level") == "SEVERE")
            .map(|entry| text(entry, "message"))
            .filter(|message| !message.contains("/favicon.ico"))
            .collect();
        none("errors in the console", &errors)
    }
}
