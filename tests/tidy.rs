//! Holds the house rules that no compiler holds: who may import whom, who may name the browser, what no
//! tracked file may contain. See `docs/architecture.md`.
//!
//! The rules are functions over (path, text), so that the tests below can plant a violation of each.

mod source;

use source::{code, paths_in};
use std::fs;
use std::path::Path;

/// A file: its path below the repository's root with `/`, and its text.
type File = (String, String);

/// What each room may import, entirely or (`types`) only types and constants of.
struct Room {
    name: &'static str,
    all: &'static [&'static str],
    types: &'static [&'static str],
}

/// `domain ← explain ← matching, funding ← risk ← partnership ← interchange ← jobs ← state`, and the page above.
const ROOMS: [Room; 17] = [
    Room {
        name: "domain",
        all: &[],
        types: &[],
    },
    Room {
        name: "explain",
        all: &["domain"],
        types: &[],
    },
    Room {
        name: "matching",
        all: &["domain", "explain"],
        types: &[],
    },
    Room {
        name: "funding",
        all: &["domain", "explain", "matching::cost_split"],
        types: &[],
    },
    Room {
        name: "risk",
        all: &["domain", "explain", "matching", "funding"],
        types: &[],
    },
    Room {
        name: "partnership",
        all: &["domain", "explain", "matching", "funding", "risk"],
        types: &[],
    },
    Room {
        name: "interchange",
        all: &["domain", "explain", "matching", "funding", "risk", "cases"],
        types: &[],
    },
    Room {
        name: "jobs",
        all: &[
            "domain",
            "explain",
            "matching",
            "funding",
            "risk",
            "partnership",
            "interchange",
        ],
        types: &[],
    },
    Room {
        name: "state",
        all: &[
            "domain",
            "explain",
            "matching",
            "funding",
            "risk",
            "partnership",
            "interchange",
            "jobs",
            "text",
            "cases",
        ],
        types: &[],
    },
    Room {
        name: "cases",
        all: &["domain"],
        types: &[],
    },
    Room {
        name: "text",
        all: &["domain::Language", "domain::Currency", "domain::MAX_AMOUNT_MINOR"],
        types: &[],
    },
    Room {
        name: "charts",
        all: &[],
        types: &[],
    },
    Room {
        name: "i18n",
        all: &["text", "browser", "domain", "explain"],
        types: &[],
    },
    Room {
        name: "app",
        all: &[
            "domain",
            "explain",
            "interchange",
            "jobs",
            "state",
            "text",
            "cases",
            "i18n",
            "browser",
            "components",
            "views",
        ],
        types: &["matching", "funding", "risk", "partnership"],
    },
    Room {
        name: "browser",
        all: &[],
        types: &[],
    },
    Room {
        name: "components",
        all: &[
            "domain", "explain", "text", "cases", "charts", "i18n", "browser", "app",
        ],
        types: &[
            "matching",
            "funding",
            "risk",
            "partnership",
            "interchange",
            "jobs",
            "state",
        ],
    },
    Room {
        name: "views",
        all: &[
            "domain",
            "explain",
            "interchange",
            "jobs",
            "state",
            "text",
            "charts",
            "i18n",
            "browser",
            "components",
            "cases",
            "app",
        ],
        types: &["matching", "funding", "risk", "partnership"],
    },
];

/// The most lines a source file may have.
const LONGEST: usize = 700;

/// What is wrong with the sources, as "path: what".
fn source_violations(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        let code = code(text);
        let mut report = |what: String| found.push(format!("{path}: {what}"));
        let lines = text.lines().count();
        if lines > LONGEST {
            report(format!("{lines} lines; split it below {LONGEST}"));
        }
        if code.contains("style=") {
            report(
                "sets a `style` attribute, which the content security policy drops; use a class".to_owned(),
            );
        }
        let room = path
            .strip_prefix("src/")
            .and_then(|rest| rest.split(['/', '.']).next())
            .unwrap_or_default();
        let mounts = path == "src/bin/page.rs";
        if room != "browser" && !mounts {
            for name in ["web_sys", "js_sys", "gloo"] {
                if has_word(&code, name) {
                    report(format!("names `{name}`; only `browser` speaks to the browser"));
                }
            }
        }
        if !mounts
            && !["app", "components", "views", "i18n", "embed"].contains(&room)
            && has_word(&code, "yew")
        {
            report("names `yew`; only app, components, views, i18n and embed do".to_owned());
        }
        if let Some(rule) = ROOMS.iter().find(|rule| rule.name == room) {
            for used in paths_in(path, &code) {
                if !rule.allows(&used) {
                    report(format!("`{room}` may not use `{}`", used.join("::")));
                }
            }
        }
    }
    found
}

impl Room {
    /// Whether this room may use the path `used`, counted from the crate's root.
    fn allows(&self, used: &[String]) -> bool {
        let Some(target) = used.first() else { return true };
        // The crate's own macros and re-exports stand at the root; only rooms are ruled.
        if target == self.name || !ROOMS.iter().any(|room| room.name == target) && target != "embed" {
            return true;
        }
        let whole = used.join("::");
        let within = |start: &str| whole == start || whole.starts_with(&format!("{start}::"));
        let is_type = used
            .last()
            .is_some_and(|name| name.starts_with(char::is_uppercase));
        self.all.iter().any(|start| within(start)) || is_type && self.types.contains(&target.as_str())
    }
}

/// Whether `name` starts a word of `code` (so `gloo` also finds `gloo_events`).
fn has_word(code: &str, name: &str) -> bool {
    code.match_indices(name)
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// What no tracked file may contain, as "path:line: what": hosts of registries, paths and addresses of the
/// machine it was written on. Cargo.lock names its registry by nature.
fn leaks(files: &[File]) -> Vec<String> {
    let hosts = [
        concat!("registry.npm", "js.org"),
        concat!("index.crates", ".io"),
        concat!("static.crates", ".io"),
    ];
    let folders = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
    ];
    let mut found = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| path != "Cargo.lock") {
        for (number, line) in text.lines().enumerate() {
            let mut report = |what: &str| found.push(format!("{path}:{}: {what}", number + 1));
            for host in hosts.iter().filter(|host| line.contains(*host)) {
                report(host);
            }
            for folder in folders {
                let starts =
                    |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "./_-}>".contains(c));
                if line.match_indices(folder).any(|(at, _)| starts(at)) {
                    report(folder);
                }
            }
            for word in line
                .split(|c: char| !c.is_ascii_digit() && c != '.')
                .filter(|word| is_private_address(word))
            {
                report(word);
            }
        }
    }
    found
}

/// Whether `word` is an address of a private network.
fn is_private_address(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let octets: Vec<u8> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    // `10.000.000.000` is an amount of rupiah.
    let plain = parts.len() == 4
        && octets.len() == 4
        && !parts.iter().any(|part| part.len() > 1 && part.starts_with('0'));
    plain && matches!(octets[..], [10, ..] | [192, 168, ..] | [172, 16..=31, ..])
}

/// Every text file of the repository but what it ignores (see `.gitignore`).
fn repository() -> Vec<File> {
    let mut files = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")), "", &mut files);
    files
}

/// Adds the text files of `folder`, whose path below the root is `path`.
fn collect(folder: &Path, path: &str, files: &mut Vec<File>) {
    let ignored = ["target", "dist", "screenshots", "node_modules", ".git"];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !ignored.contains(&name.as_str()) {
            collect(&entry.path(), &format!("{path}{name}/"), files);
        } else if !ignored.contains(&name.as_str()) {
            files.extend(
                fs::read_to_string(entry.path())
                    .ok()
                    .map(|text| (format!("{path}{name}"), text)),
            );
        }
    }
}

/// The Rust sources among `files`.
fn sources(files: Vec<File>) -> Vec<File> {
    files
        .into_iter()
        .filter(|(path, _)| path.starts_with("src/") && path.ends_with(".rs"))
        .collect()
}

#[test]
fn sources_keep_the_house_rules() {
    let files = sources(repository());
    assert!(
        files.iter().any(|(path, _)| path == "src/lib.rs"),
        "the sources were not found"
    );
    let found = source_violations(&files);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn no_tracked_file_tells_of_its_machine() {
    let found = leaks(&repository());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// What the rules say of one file.
fn of(path: &str, text: &str) -> Vec<String> {
    source_violations(&[(path.to_owned(), text.to_owned())])
}

#[test]
fn imports_against_the_order_are_found() {
    for (path, text) in [
        ("src/domain/money.rs", "use crate::explain::Reason;"),
        ("src/domain/money.rs", "fn f() { crate::matching::score() }"),
        (
            "src/explain/mod.rs",
            "use crate::{domain::Money, risk::{simulate as run}};",
        ),
        ("src/matching/mod.rs", "use crate::funding::Instance;"),
        ("src/matching/rings/mod.rs", "use super::super::state::AppState;"),
        ("src/interchange/json.rs", "use crate::jobs::Request;"),
        ("src/charts/ticks.rs", "use crate::domain::Money;"),
        ("src/text/mod.rs", "use crate::domain::{Language, Money};"),
        ("src/browser/storage.rs", "use crate::domain::Scenario;"),
        ("src/components/card.rs", "use crate::matching::{Score, score};"),
        ("src/views/pool.rs", "let a = crate::funding::allocate(&b);"),
        ("src/state.rs", "use crate::views::Pool;"),
        ("src/views/pool.rs", "use web_sys::Element;"),
        ("src/state/mod.rs", "use gloo_timers::callback::Timeout;"),
        ("src/risk/mod.rs", "use yew::prelude::*;"),
        ("src/views/pool.rs", "html! { <p style=\"color: red\"></p> }"),
        ("src/views/pool.rs", "html! { <p style={wide}></p> }"),
    ] {
        assert_eq!(of(path, text).len(), 1, "{path}: {text}: {:?}", of(path, text));
    }
    assert_eq!(of("src/domain/long.rs", &"\n".repeat(LONGEST + 1)).len(), 1);
}

#[test]
fn what_the_rules_allow_is_not_found() {
    for (path, text) in [
        (
            "src/risk/mod.rs",
            "use crate::{domain::Money, funding::{allocate, Instance}};",
        ),
        ("src/text/mod.rs", "use crate::domain::Language;"),
        (
            "src/components/card.rs",
            "use crate::{domain::Money, matching::{Score, PARTS}, risk::Future};",
        ),
        (
            "src/domain/money.rs",
            "/// See [`crate::funding::allocate`].\nuse super::ids::OrgId;",
        ),
        (
            "src/domain/money.rs",
            "let a = \"crate::funding\"; // crate::risk\n/* crate::state */ let b = '\"';",
        ),
        (
            "src/domain/money.rs",
            "fn a<'a>(b: &'a str) {}\n#[cfg(test)]\nmod tests { use crate::risk::simulate; }",
        ),
        (
            "src/matching/rings/mod.rs",
            "use super::score::score; use super::super::domain::OrgId;",
        ),
        (
            "src/browser/worker.rs",
            "use web_sys::Worker; use js_sys::Reflect; use gloo_events::EventListener;",
        ),
        (
            "src/bin/page.rs",
            "web_sys::window(); yew::Renderer::<App>::new();",
        ),
    ] {
        assert_eq!(of(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn leaks_are_found() {
    for text in [
        concat!("\"resolved\": \"https://registry.npm", "js.org/x\""),
        concat!("see /ho", "me/someone/notes"),
        concat!("listen 192.", "168.1.7"),
    ] {
        assert_eq!(
            leaks(&[("README.md".to_owned(), text.to_owned())]).len(),
            1,
            "{text}"
        );
    }
    for text in [
        "http://127.0.0.1:8080",
        "Rp 10.000.000.000",
        concat!("docs/wo", "rk/plan.md"),
        "0.0.0.0",
        "v10.1.2",
    ] {
        assert_eq!(
            leaks(&[("README.md".to_owned(), text.to_owned())]),
            Vec::<String>::new(),
            "{text}"
        );
    }
}
