//! The last touches on a built page, called by Trunk's `post_build` hook.
//!
//! Trunk compiles and copies; what it leaves is finished here: the module is cut in two and made small
//! ([`module`]), the styles of later steps become one file that comes with the later half, `index.html` names the build's
//! hash, and compressed copies lie beside the files for hosts that serve such.

use crate::failure::{Doing, Failure, Outcome};
use crate::module;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The styles that only the later half needs, in the order of `index.html`, where they come last: so every rule follows
/// the same ones as if each file were linked there.
const LATER_STYLES: [&str; 11] = [
    "room.css",
    "partnership.css",
    "coalition.css",
    "pool.css",
    "voices.css",
    "pool-rules.css",
    "whatif.css",
    "together.css",
    "exchange.css",
    "report.css",
    "agreement.css",
];
/// What they become: the file the loader links when it fetches the later half (`data-later-styles`).
pub const LATER_CSS: &str = "later.css";

/// Finishes the page Trunk is building, in the folder its hook names.
///
/// # Errors
/// Not called by Trunk, or a file is missing or cannot be written.
pub fn finish() -> Outcome {
    let staging = env::var_os("TRUNK_STAGING_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| {
            Failure::new("finish-page is called by Trunk's hook, not by hand; use `cargo xtask build`")
        })?;
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    module::make(&staging, release)?;
    gather_later_styles(&staging)?;
    let build = build_hash(&staging)?;
    rewrite(&staging.join("index.html"), |html| finished_html(html, &build))?;
    if release { compress_all(&staging) } else { Ok(()) }
}

/// Puts the styles of later steps into one file, in place of the ones Trunk copied.
fn gather_later_styles(staging: &Path) -> Outcome {
    let mut all = String::new();
    for name in LATER_STYLES {
        let file = staging.join(name);
        all += &fs::read_to_string(&file).doing(format_args!("reading {}", file.display()))?;
        fs::remove_file(&file).doing(format_args!("removing {}", file.display()))?;
    }
    fs::write(staging.join(LATER_CSS), all).doing(format_args!("writing {LATER_CSS}"))
}

/// Whether this line of `index.html` links a style that comes with the later half.
fn links_later_style(line: &str) -> bool {
    let names = |part: &str| {
        part.rsplit('/')
            .next()
            .is_some_and(|name| LATER_STYLES.contains(&name))
    };
    line.starts_with("<link") && line.split('"').any(names)
}

/// `index.html` without comments, what Trunk leaves over and the styles of later steps; each script and style with the
/// build's hash.
fn finished_html(html: &str, build: &str) -> String {
    let mut lines = Vec::new();
    for line in html.lines() {
        let text = line.trim();
        let leftover = text.starts_with("<link") && text.contains("data-trunk");
        if text.is_empty() || text.starts_with("<!--") || leftover || links_later_style(text) {
            continue;
        }
        let line = if text.starts_with("<link") {
            line.replace(".css\"", &format!(".css?{build}\""))
        } else {
            line.to_owned()
        };
        lines.push(line.replace(
            "src=\"loader.js\"",
            &format!("src=\"loader.js?{build}\" data-build=\"{build}\""),
        ));
    }
    lines.join("\n") + "\n"
}

/// A hash of every file's name and bytes (64-bit FNV-1a, 16 hexadecimal digits).
fn build_hash(folder: &Path) -> Outcome<String> {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files_in(folder)? {
        let name = file
            .strip_prefix(folder)
            .unwrap_or(&file)
            .to_string_lossy()
            .into_owned();
        let bytes = fs::read(&file).doing(format_args!("reading {}", file.display()))?;
        for byte in name.bytes().chain(bytes) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(format!("{hash:016x}"))
}

/// Every file below `folder`, sorted.
///
/// # Errors
/// The folder cannot be read.
pub fn files_in(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).doing(format_args!("reading {}", folder.display()))? {
        let path = entry.doing("reading a folder")?.path();
        if path.is_dir() {
            files.extend(files_in(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Writes `NAME.gz` and `NAME.br` beside each file that gains by it.
fn compress_all(folder: &Path) -> Outcome {
    for file in files_in(folder)? {
        let kind = file
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !["html", "js", "css", "wasm", "json", "svg", "webmanifest"].contains(&kind.as_str()) {
            continue;
        }
        let bytes = fs::read(&file).doing(format_args!("reading {}", file.display()))?;
        for (ending, packed) in [
            ("gz", crate::size::gzip(&bytes)?),
            ("br", crate::size::brotli(&bytes)?),
        ] {
            let beside = PathBuf::from(format!("{}.{ending}", file.display()));
            fs::write(&beside, packed).doing(format_args!("writing {}", beside.display()))?;
        }
    }
    Ok(())
}

/// Replaces a text file by what `change` makes of it.
///
/// # Errors
/// It cannot be read or written.
pub fn rewrite(file: &Path, change: impl Fn(&str) -> String) -> Outcome {
    let text = fs::read_to_string(file).doing(format_args!("reading {}", file.display()))?;
    fs::write(file, change(&text)).doing(format_args!("writing {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_names_the_build_and_keeps_nothing_of_trunk() {
        let html = "<!-- why -->\n<link data-trunk rel=\"rust\" />\n<link rel=\"stylesheet\" href=\"./boot.css\"/>\n\
                    <link rel=\"stylesheet\" href=\"./pool.css\"/>\n\
                    <script defer src=\"loader.js\" data-later-styles=\"later.css\"></script>";
        assert_eq!(
            finished_html(html, "42"),
            "<link rel=\"stylesheet\" href=\"./boot.css?42\"/>\n\
             <script defer src=\"loader.js?42\" data-build=\"42\" data-later-styles=\"later.css\"></script>\n"
        );
    }

    #[test]
    fn later_styles_are_the_last_ones_the_page_links() {
        let html = include_str!("../../index.html");
        let linked: Vec<&str> = html
            .split("rel=\"css\" href=\"styles/")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(linked.ends_with(&LATER_STYLES), "{linked:?}");
        assert!(html.contains(&format!("data-later-styles=\"{LATER_CSS}\"")));
    }

    #[test]
    fn later_styles_become_one_file() {
        let staging = env::temp_dir().join(format!("gotong-later-styles-{}", std::process::id()));
        fs::create_dir_all(&staging).unwrap();
        fs::write(staging.join("base.css"), "first").unwrap();
        for name in LATER_STYLES {
            fs::write(staging.join(name), format!("{name}\n")).unwrap();
        }
        gather_later_styles(&staging).unwrap();
        let left = files_in(&staging).unwrap();
        assert_eq!(left, ["base.css", LATER_CSS].map(|name| staging.join(name)));
        let all = fs::read_to_string(staging.join(LATER_CSS)).unwrap();
        assert!(all.lines().eq(LATER_STYLES));
        fs::remove_dir_all(&staging).unwrap();
    }
}
