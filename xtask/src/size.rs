//! How large the first visit is.

use crate::failure::{Doing, Failure, Outcome};
use crate::{page, paths};
use std::fs;
use std::io::Write;

/// What a first visit should take at most, in bytes after brotli. Not reached yet: docs/performance.md says where the
/// bytes are.
const GOAL: usize = 350_000;
/// What it may take today: lowered with every gain, never raised, so that nothing grows unseen until the goal is met.
const CEILING: usize = 520_000;
/// What a first visit does not load, by the start of the path below `dist`.
const ON_DEMAND: [&str; 3] = ["embed/", "offline/", "gotong-offline"];

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

/// Prints what a first visit loads (module, scripts, styles, page) and holds the ceiling.
///
/// # Errors
/// There is no built page, or it is over the ceiling.
pub fn check() -> Outcome {
    let dist = paths::dist();
    if !dist.join("index.html").is_file() {
        return Err(Failure::new("there is no built page; run `cargo xtask build`"));
    }
    let mut sums = [0_usize; 3];
    println!(
        "{:<28} {:>10} {:>10} {:>10}",
        "first visit", "bytes", "gzip", "brotli"
    );
    for file in page::files_in(&dist)? {
        let name = file
            .strip_prefix(&dist)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        let kind = name.rsplit('.').next().unwrap_or_default();
        if !["wasm", "js", "css", "html"].contains(&kind)
            || ON_DEMAND.iter().any(|start| name.starts_with(start))
        {
            continue;
        }
        let bytes = fs::read(&file).doing(format_args!("reading {name}"))?;
        let sizes = [bytes.len(), gzip(&bytes)?.len(), brotli(&bytes)?.len()];
        println!("{name:<28} {:>10} {:>10} {:>10}", sizes[0], sizes[1], sizes[2]);
        for (sum, size) in sums.iter_mut().zip(sizes) {
            *sum += size;
        }
    }
    println!("{:<28} {:>10} {:>10} {:>10}", "total", sums[0], sums[1], sums[2]);
    println!("{:<28} {:>32}", "goal", GOAL);
    if sums[2] > CEILING {
        return Err(Failure::new(format!(
            "a first visit takes {} bytes, {} over what it took before",
            sums[2],
            sums[2] - CEILING
        )));
    }
    if sums[2] > GOAL {
        eprintln!("Note: the goal is missed by {} bytes", sums[2] - GOAL);
    }
    Ok(())
}
