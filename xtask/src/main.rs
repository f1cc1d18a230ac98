//! `cargo xtask`: everything a person runs.

use lexopt::prelude::*;
use std::process::ExitCode;
use xtask::browsers::Engine;
use xtask::build::{self, Profile};
use xtask::command::{cargo, run};
use xtask::failure::{Doing, Failure, Outcome};
use xtask::test::{Choice, test};
use xtask::{page, schema, size, tools};

/// What `cargo xtask help` prints.
const HELP: &str = "\
cargo xtask COMMAND, each installing what it needs first

  serve [--port P] [--debug]   build the page and serve it on this machine (port 8080)
  build [--debug]              build the page into dist/ and print its sizes
  size                         check the size of a first visit
  test                         everything: format, lints, native tests, size, real browsers
       --quick                 only format, lints and native tests
       --browser NAME          only browser tests, only in chromium, firefox or webkit (repeatable)
       --only TEXT             only browser tests whose name contains TEXT
       --no-build              test the page already in dist/
       --allow-missing-browsers  leave out browsers that cannot be installed
  bench [ARGUMENTS]            cargo bench
  bench --browser NAME         the same jobs in a browser's worker
  conformance DIR              the elections (.pb) of a folder by their own rules, against what was selected
  schema [--check]             write (or compare) docs/scenario.schema.json
  screenshots                  every view, width, language and theme into screenshots/
  clean-tools                  remove the installed tools

Tools are kept in target/tools, or in the folder GOTONG_TOOLS names.";

fn main() -> ExitCode {
    match dispatch(lexopt::Parser::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the command and runs it.
fn dispatch(mut arguments: lexopt::Parser) -> Outcome {
    let command = match arguments.next()? {
        Some(Value(name)) => name.string()?,
        None | Some(Short('h') | Long("help")) => "help".to_owned(),
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "help" => {
            println!("{HELP}");
            Ok(())
        }
        "serve" => serve(arguments),
        "build" => build::page_with_sizes(profile(&mut arguments)?),
        "size" => no_more(arguments).and_then(|()| size::check()),
        "test" => test(&choice(arguments)?),
        "bench" => bench(arguments),
        "conformance" => conformance(arguments),
        "schema" => match arguments.next()? {
            None => schema::write(false),
            Some(Long("check")) => schema::write(true),
            Some(other) => Err(other.unexpected().into()),
        },
        "screenshots" => no_more(arguments).and_then(|()| screenshots()),
        "clean-tools" => no_more(arguments).and_then(|()| tools::clean()),
        // Called by Trunk when it has built the page; see Trunk.toml.
        "finish-page" => page::finish(),
        other => Err(Failure::new(format!("there is no command `{other}`\n\n{HELP}"))),
    }
}

/// Reads the options of `serve` and serves.
fn serve(mut arguments: lexopt::Parser) -> Outcome {
    let (mut port, mut profile) = (8080, Profile::Release);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => port = arguments.value()?.parse()?,
            Long("debug") => profile = Profile::Debug,
            other => return Err(other.unexpected().into()),
        }
    }
    build::serve(port, profile)
}

/// Reads the options of `build`.
fn profile(arguments: &mut lexopt::Parser) -> Outcome<Profile> {
    match arguments.next()? {
        None => Ok(Profile::Release),
        Some(Long("debug")) => Ok(Profile::Debug),
        Some(other) => Err(other.unexpected().into()),
    }
}

/// Reads the options of `test`.
fn choice(mut arguments: lexopt::Parser) -> Outcome<Choice> {
    let mut choice = Choice::default();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("quick") => choice.quick = true,
            Long("only") => choice.only = Some(arguments.value()?.string()?),
            Long("no-build") => choice.no_build = true,
            Long("allow-missing-browsers") => choice.allow_missing_browsers = true,
            Long("browser") => {
                let name = arguments.value()?.string()?;
                let engine = Engine::named(&name).ok_or_else(|| {
                    Failure::new(format!(
                        "there is no browser `{name}`; use chromium, firefox or webkit"
                    ))
                })?;
                choice.engines.push(engine);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(choice)
}

/// Times jobs natively, or in the worker of the browser that is named.
fn bench(mut arguments: lexopt::Parser) -> Outcome {
    let given: Vec<_> = arguments.raw_args()?.collect();
    let [first, name] = given.as_slice() else {
        return run(cargo().arg("bench").args(given));
    };
    if first != "--browser" {
        return run(cargo().arg("bench").args(given));
    }
    let name = name.to_string_lossy();
    let engine = Engine::named(&name).ok_or_else(|| {
        Failure::new(format!(
            "there is no browser `{name}`; use chromium, firefox or webkit"
        ))
    })?;
    build::page(Profile::Release)?;
    engine.ensure()?;
    run(cargo().args([
        "run",
        "--quiet",
        "--package",
        "browser-tests",
        "--",
        "--bench",
        "--engine",
        &name,
    ]))
}

/// Runs the elections of a folder natively.
fn conformance(mut arguments: lexopt::Parser) -> Outcome {
    let folder = match arguments.next()? {
        Some(Value(folder)) => std::path::absolute(folder).doing("finding the folder")?,
        Some(other) => return Err(other.unexpected().into()),
        None => {
            return Err(Failure::new(
                "say which folder: cargo xtask conformance DIR".to_owned(),
            ));
        }
    };
    no_more(arguments)?;
    let program = [
        "run",
        "--release",
        "--quiet",
        "--no-default-features",
        "--features",
        "cli",
    ];
    run(cargo()
        .args(program)
        .args(["--bin", "gotong", "--", "conformance"])
        .arg(folder))
}

/// Builds the page and takes a picture of each of its faces in Chromium.
fn screenshots() -> Outcome {
    build::page(Profile::Release)?;
    Engine::Chromium.ensure()?;
    run(cargo().args([
        "run",
        "--quiet",
        "--package",
        "browser-tests",
        "--",
        "--screenshots",
    ]))
}

/// Refuses further arguments.
fn no_more(mut arguments: lexopt::Parser) -> Outcome {
    match arguments.next()? {
        None => Ok(()),
        Some(other) => Err(other.unexpected().into()),
    }
}
