//! The last touches on a built page, called by Trunk's `post_build` hook.
//!
//! Trunk compiles and copies; what it leaves is finished here: the module is cut in two and made small
//! ([`module`]), `index.html` names the build's hash, and compressed copies lie beside the files for hosts that serve
//! such.

use crate::failure::{Doing, Failure, Outcome};
use crate::module;
use std::path::{Path, PathBuf};
use std::{env, fs};

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
    let build = build_hash(&staging)?;
    rewrite(&staging.join("index.html"), |html| finished_html(html, &build))?;
    if release { compress_all(&staging) } else { Ok(()) }
}

/// `index.html` without comments and what Trunk leaves over, each script and style with the build's hash.
fn finished_html(html: &str, build: &str) -> String {
    let mut lines = Vec::new();
    for line in html.lines() {
        let text = line.trim();
        let leftover = text.starts_with("<link") && text.contains("data-trunk");
        if text.is_empty() || text.starts_with("<!--") || leftover {
            continue;
        }
        let line = line.replace(".css\"", &format!(".css?{build}\""));
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
                    <script defer src=\"loader.js\" data-wasm=\"page_bg.wasm\"></script>";
        assert_eq!(
            finished_html(html, "42"),
            "<link rel=\"stylesheet\" href=\"./boot.css?42\"/>\n\
             <script defer src=\"loader.js?42\" data-build=\"42\" data-wasm=\"page_bg.wasm\"></script>\n"
        );
    }
}
