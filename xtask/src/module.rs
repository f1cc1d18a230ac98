//! The page's module: cut in two along the entries that `src/later.rs` marks, bound to JavaScript, made small.
//!
//! Trunk has wasm-bindgen at the end of its own build, with nothing before it; the cut must come before. So the module
//! Trunk bound is thrown away, and what cargo left in the target folder is cut and bound here.

use crate::command::{command, run};
use crate::failure::{Doing, Failure, Outcome};
use crate::page::rewrite;
use crate::{paths, tools};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_split_cli_support::{Options, transform};

/// The glue that wasm-bindgen writes.
const GLUE: &str = "page.js";
/// What every visit loads.
const FIRST: &str = "page_bg.wasm";
/// What a visit loads when it needs it.
pub const LATER: &str = "page_later.wasm";
/// What the splitter calls it: `split_` and the name of the half in `src/later.rs`.
const SPLIT_OFF: &str = "split_later.wasm";

/// What current engines of every vendor know and Rust may use; wasm-opt refuses a module that uses more.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Puts glue and both halves of the module into `staging`, where Trunk gathers the page.
///
/// # Errors
/// The compiled module is not where cargo puts it, or a tool fails.
pub fn make(staging: &Path, release: bool) -> Outcome {
    let profile = if release { "page" } else { "debug" };
    let compiled = paths::target().join(tools::WASM).join(profile).join("page.wasm");
    let halves = paths::target().join("halves");
    let first = halves.join("page.wasm");
    cut(&compiled, &halves, &first)?;
    let mut bind = command(paths::tool("wasm-bindgen"));
    bind.args([
        "--target",
        "no-modules",
        "--no-typescript",
        // The table of functions among them: the later half puts its own into it.
        "--keep-lld-exports",
        "--out-name",
        "page",
        "--out-dir",
    ])
    .arg(staging)
    .arg(&first);
    if release {
        bind.args(["--remove-name-section", "--remove-producers-section"]);
    }
    run(&mut bind)?;
    let later = staging.join(LATER);
    fs::copy(halves.join(SPLIT_OFF), &later).doing("taking the later half over")?;
    if release {
        optimise(&[staging.join(FIRST), later])?;
    }
    rewrite(&staging.join(GLUE), wrapped_glue)
}

/// Cuts the compiled module into the half of every visit and the later half.
fn cut(compiled: &Path, halves: &Path, first: &Path) -> Outcome {
    let module = fs::read(compiled).doing(format_args!("reading {}", compiled.display()))?;
    let mut options = Options::new(&module);
    options.output_dir = halves;
    options.main_out_path = first;
    let made =
        transform(options).map_err(|error| Failure::new(format!("splitting the module: {error:#}")))?;
    match made.split_modules.as_slice() {
        [one] if one.ends_with(SPLIT_OFF) => Ok(()),
        other => Err(Failure::new(format!(
            "the module should fall into two halves, and the later one was {other:?}"
        ))),
    }
}

/// Makes modules smaller by wasm-opt, where that is installed.
fn optimise(modules: &[PathBuf]) -> Outcome {
    let wasm_opt = paths::npm_package("binaryen").join("bin/wasm-opt");
    if !wasm_opt.is_file() || paths::on_path(&["node"]).is_none() {
        eprintln!("Note: without Node.js there is no wasm-opt; the module stays larger than it could be.");
        return Ok(());
    }
    for module in modules {
        let smaller = module.with_extension("opt");
        let mut node = command("node");
        node.arg(&wasm_opt)
            .args(WASM_FEATURES)
            // The stack lies lowest in memory and grows down, so its last kilobyte is never in use: an address may be
            // folded into the offset of a load.
            .args(["-Os", "--low-memory-unused"])
            .args(["--strip-debug", "--strip-producers"])
            .arg(module)
            .arg("-o")
            .arg(&smaller);
        run(&mut node)?;
        fs::rename(&smaller, module).doing("replacing the module by the smaller one")?;
    }
    Ok(())
}

/// The glue as a function that defines and returns `wasm_bindgen`.
fn wrapped_glue(glue: &str) -> String {
    format!("globalThis.gotongGlue = function () {{\n{glue}\nreturn wasm_bindgen;\n}};\n")
}
