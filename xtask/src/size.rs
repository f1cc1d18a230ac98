//! How large the first visit is.

use crate::failure::{Doing, Failure, Outcome};
use crate::{module, page, paths};
use std::fs;
use std::io::Write;

/// What a first visit takes at most, in bytes after brotli: module, scripts, styles and page.
const BUDGET: usize = 350_000;
/// What a first visit does not load, by the start of the path below `dist`.
const ON_DEMAND: [&str; 5] = [
    "embed/",
    "offline/",
    "gotong-offline",
    module::LATER,
    page::LATER_CSS,
];

/// `bytes` compressed by gzip, best level.
///
/// # Errors
/// The compressor fails.
pub fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .doing("compressing by gzip")
}

/// `bytes` compressed by brotli, best level.
///
/// # Errors
/// The compressor fails.
pub fn brotli(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &parameters).doing("compressing by brotli")?;
    Ok(packed)
}

/// Bytes of a file: as they are, after gzip, after brotli.
type Sizes = [usize; 3];

fn line(name: &str, sizes: Sizes) {
    println!("{name:<28} {:>10} {:>10} {:>10}", sizes[0], sizes[1], sizes[2]);
}

/// Prints what a first visit loads (module, scripts, styles, page) and what later steps add, and holds the budget.
///
/// # Errors
/// There is no built page, or its first visit is over the budget.
pub fn check() -> Outcome {
    let dist = paths::dist();
    if !dist.join("index.html").is_file() {
        return Err(Failure::new("there is no built page; run `cargo xtask build`"));
    }
    println!(
        "{:<28} {:>10} {:>10} {:>10}",
        "first visit", "bytes", "gzip", "brotli"
    );
    let mut total = Sizes::default();
    let mut on_demand = Vec::new();
    for file in page::files_in(&dist)? {
        let name = file
            .strip_prefix(&dist)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        let kind = name.rsplit('.').next().unwrap_or_default();
        if !["wasm", "js", "css", "html"].contains(&kind) {
            continue;
        }
        let bytes = fs::read(&file).doing(format_args!("reading {name}"))?;
        let sizes = [bytes.len(), gzip(&bytes)?.len(), brotli(&bytes)?.len()];
        if ON_DEMAND.iter().any(|start| name.starts_with(start)) {
            on_demand.push((name, sizes));
            continue;
        }
        line(&name, sizes);
        for (sum, size) in total.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    line("total", total);
    println!("{:<28} {BUDGET:>32}", "at most");
    println!("when it is needed");
    for (name, sizes) in on_demand {
        line(&name, sizes);
    }
    if total[2] > BUDGET {
        return Err(Failure::new(format!(
            "a first visit takes {} bytes, {} more than it may",
            total[2],
            total[2] - BUDGET
        )));
    }
    Ok(())
}
