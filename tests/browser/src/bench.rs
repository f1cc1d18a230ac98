//! How long jobs take in a real browser's worker, messages included: the same requests the page sends.

use crate::browser::Browser;
use gotong::cases::CaseStudy;
use gotong::domain::{FutureSettings, Sampler};
use gotong::jobs::wire::Incoming;
use gotong::jobs::{JobId, Request, ScenarioRef};
use gotong::matching::coalition;
use gotong::matching::rings::RingOptions;
use gotong::matching::room::{PlainNumber, PlainRoom, RoomOptions};
use serde_json::{Value, json};
use xtask::browsers::Engine;
use std::fs;
use std::path::PathBuf;
use xtask::failure::{Doing, Failure, Outcome};
use xtask::paths;

/// Every job is run so often, and the best time told: the others were disturbed.
const RUNS: u32 = 7;

/// Sends one request again and again to one worker; the milliseconds of each from sending to the last event.
const TIME: &str = "
    const done = arguments[arguments.length - 1];
    const [message, runs] = arguments;
    gotongBoot.fetchLater((here) => {
        if (!here) { return done('the later half is not there'); }
        const worker = gotongBoot.spawnWorker();
        const times = [];
        let begun;
        const send = () => { begun = performance.now(); worker.postMessage(message); };
        worker.onerror = (event) => done('error ' + event.message);
        worker.onmessage = ({ data }) => {
            if (/^.\"failed\"/.test(data)) { worker.terminate(); return done(data); }
            if (!/^.\"done\"/.test(data)) { return; }
            times.push(performance.now() - begun);
            if (times.length < runs) { return send(); }
            worker.terminate();
            done(times);
        };
        send();
    });";

/// Times every job of the table in `engine` and prints the best of [`RUNS`].
///
/// # Errors
/// The browser does not start, or a job fails.
pub fn run(engine: Engine) -> Outcome {
    let mut browser = Browser::start(engine)?;
    browser.fresh()?;
    browser.open_started("/?lang=en")?;
    println!(
        "{:<56} {:>10}",
        format!("{} worker, messages included", engine.name()),
        "ms"
    );
    for (name, request) in requests()? {
        println!("{name:<56} {:>10.1}", best_ms(&browser, request)?);
    }
    Ok(())
}

/// The shortest of the runs of `request`, in milliseconds.
fn best_ms(browser: &Browser, request: Request) -> Outcome<f64> {
    let message = Incoming::Start {
        id: JobId(1),
        request,
    }
    .to_json();
    let answer = browser
        .session()
        .run_async(TIME, vec![json!(message), json!(RUNS)])?;
    let times = answer
        .as_array()
        .ok_or_else(|| Failure::new(format!("no times: {answer}")))?;
    let best = times.iter().filter_map(Value::as_f64).min_by(f64::total_cmp);
    best.ok_or_else(|| Failure::new("no run was timed"))
}

/// What is timed.
fn requests() -> Outcome<Vec<(String, Request)>> {
    let study = CaseStudy::by_row("E2").ok_or_else(|| Failure::new("no such study"))?;
    let scenario = study.load().doing("study")?;
    let lead = scenario
        .partnership
        .lead
        .clone()
        .ok_or_else(|| Failure::new("no lead"))?;
    let about = || ScenarioRef::Inline(Box::new(scenario.clone()));
    let futures = |sampler, trials| Request::Simulate {
        scenario: about(),
        settings: Some(FutureSettings {
            trials,
            sampler,
            ..FutureSettings::default()
        }),
        pool: None,
    };
    let matching = Request::Match {
        scenario: about(),
        seeker: lead,
        mode: Default::default(),
        top: 20,
        weights: None,
    };
    let mut rows = vec![
        ("partners, E2".to_owned(), matching),
        (
            "pool, E2".to_owned(),
            Request::Fund {
                scenario: about(),
                pool: None,
            },
        ),
        (
            "100 000 futures, random, E2".to_owned(),
            futures(Sampler::Random, 100_000),
        ),
        (
            "131 072 futures, Sobol, E2".to_owned(),
            futures(Sampler::Sobol, 131_072),
        ),
    ])
}
