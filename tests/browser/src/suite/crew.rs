//! Several workers on one run: the same bytes as alone and natively, also on the way and when one dies; and a page that
//! answers while a million futures run.

use super::{Test, ensure};
use crate::browser::Browser;
use gotong::cases::CaseStudy;
use gotong::domain::{FutureSettings, PoolPlan, Sampler, Scenario};
use gotong::jobs::wire::Incoming;
use gotong::jobs::{Event, JobId, Request, Response, ScenarioRef};
use gotong::risk::Simulation;
use serde_json::json;
use std::collections::BTreeMap;
use xtask::browsers::Engine;
use xtask::failure::{Doing, Failure, Outcome};
use xtask::paths;
use xtask::server::{Fault, Site};

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("crew_same_bytes_sobol", |browser| {
        same_bytes(browser, Sampler::Sobol)
    }),
    ("crew_same_bytes_random", |browser| {
        same_bytes(browser, Sampler::Random)
    }),
    ("crew_member_dies", member_dies),
    ("crew_members_refused", members_refused),
    ("crew_typing_while_a_million_run", typing_while_a_million_run),
    ("crew_typing_without_workers", typing_without_workers),
    ("crew_stop", stop),
];

/// What the issue promises of typing and cancelling, in milliseconds.
const PROMISED_MS: f64 = 100.0;

/// Sends a request to a worker and returns every event as the text it was, progress left out.
const ASK_ALL: &str = "
    const done = arguments[arguments.length - 1];
    const message = arguments[0];
    gotongBoot.fetchLater((here) => {
        if (!here) { return done(['the later half is not there']); }
        const worker = gotongBoot.spawnWorker();
        const heard = [];
        worker.onerror = (event) => done(['error ' + event.message]);
        worker.onmessage = ({ data }) => {
            if (/^.\"progress\"/.test(data)) { return; }
            heard.push(data);
            if (/^.\"(done|failed|cancelled)\"/.test(data)) { worker.terminate(); done(heard); }
        };
        worker.postMessage(message);
    });";

fn study() -> Outcome<Scenario> {
    let study = CaseStudy::by_row("E2").ok_or_else(|| Failure::new("no such study"))?;
    study.load().doing("study")
}

fn settings(trials: u32, sampler: Sampler) -> FutureSettings {
    FutureSettings {
        trials,
        seed: 7,
        sampler,
        ..FutureSettings::default()
    }
}

/// What one alone says natively after each block: the text of the futures by their number.
fn natively(
    scenario: &Scenario,
    settings: &FutureSettings,
    pool: &PoolPlan,
) -> Outcome<BTreeMap<u32, String>> {
    let mut simulation = Simulation::new(scenario, settings, pool).doing("native run")?;
    let mut said = BTreeMap::new();
    loop {
        let more = simulation.step_for(1);
        let done = simulation.trials_done();
        if done > 0 && !said.contains_key(&done) {
            let text = serde_json::to_string(&simulation.snapshot()).doing("native futures")?;
            said.insert(done, text);
        }
        if !more {
            return Ok(said);
        }
    }
}

/// Runs `request` in a worker of the page as opened; the most workers told of, how many were lost, and all futures told.
fn told(browser: &Browser, request: Request) -> Outcome<(u32, u32, Vec<String>)> {
    let message = Incoming::Start {
        id: JobId(1),
        request,
    }
    .to_json();
    let events = browser.session().run_async(ASK_ALL, vec![json!(message)])?;
    let events = events.as_array().cloned().unwrap_or_default();
    let (mut workers, mut lost, mut futures) = (1, 0, Vec::new());
    for event in &events {
        let text = event.as_str().unwrap_or_default();
        let event: Event = serde_json::from_str(text).doing(format_args!("reading `{text}`"))?;
        match event {
            Event::Partial { response, .. } | Event::Done { response, .. } => match response {
                Response::Pace(pace) => {
                    workers = pace.workers.max(workers);
                    lost = pace.lost.max(lost);
                }
                Response::Futures(told) => {
                    futures.push(serde_json::to_string(&told).doing("futures")?);
                }
                other => return Err(Failure::new(format!("not asked for: {other:?}"))),
            },
            other => return Err(Failure::new(format!("not expected: {other:?}"))),
        }
    }
    Ok((workers, lost, futures))
}

/// All futures told are those that one alone tells natively, the last of them all.
fn check_told(futures: &[String], native: &BTreeMap<u32, String>, what: &str) -> Outcome {
    for told in futures {
        ensure(native.values().any(|said| said == told), || {
            format!(
                "{what}: not what the first futures say natively: {}",
                told.get(..200).unwrap_or(told)
            )
        })?;
    }
    ensure(futures.last() == native.values().last(), || {
        format!("{what}: the end differs")
    })
}

fn same_bytes(browser: &mut Browser, sampler: Sampler) -> Outcome {
    let scenario = study()?;
    // Not a whole number of blocks, where the sampler allows.
    let settings = settings(if sampler == Sampler::Sobol { 65_536 } else { 50_001 }, sampler);
    let native = natively(&scenario, &settings, &scenario.pool)?;
    for workers in [1, 4] {
        browser.open_started(&format!("/?lang=en&workers={workers}"))?;
        let request = Request::Simulate {
            scenario: ScenarioRef::Inline(Box::new(scenario.clone())),
            settings: Some(settings),
            pool: None,
        };
        let (most, lost, futures) = told(browser, request)?;
        ensure((most, lost) == (workers, 0), || {
            format!("{most} workers computed, {lost} were lost; {workers} were asked for")
        })?;
        check_told(&futures, &native, &format!("{workers} workers"))?;
    }
    browser.check_console()
}

/// Workers of the worker are numbered; what is done to each as it starts is `fate`, an expression of its number `n` that
/// gives a program to run instead, or something false.
fn with_fate(browser: &mut Browser, fate: &str) -> Outcome {
    let script = format!(
        "(function(){{var make=URL.createObjectURL,real=Blob;\
         globalThis.Blob=function(parts,options){{\
         if(typeof parts[0]==='string'&&parts[0].indexOf('gotongBoot')>0){{\
         parts=['(function(){{var Real=Worker,n=0;self.Worker=function(url){{n+=1;var other={fate};\
         return new Real(other?URL.createObjectURL(new Blob([other],{{type:\"text/javascript\"}})):url)}};self.Worker.prototype=Real.prototype}})();'+parts[0]]}}\
         return new real(parts,options)}}}})();",
    );
    let script: &'static str = Box::leak(script.into_boxed_str());
    browser.fresh_site(Site::new(paths::dist()).with_fault(Fault::Prefixed("loader.js", script)))
}

/// Of three others the second dies as it starts: another comes in its place, and nothing is missing.
fn member_dies(browser: &mut Browser) -> Outcome {
    with_fate(browser, "n===2?\"throw new Error(1)\":\"\"")?;
    survives(browser, 4, 1)
}

/// Every other dies as it starts: the owner computes alone.
fn members_refused(browser: &mut Browser) -> Outcome {
    with_fate(browser, "\"throw new Error(1)\"")?;
    survives(browser, 4, 1)
}

fn survives(browser: &mut Browser, most: u32, least_lost: u32) -> Outcome {
    let scenario = study()?;
    let settings = settings(131_072, Sampler::Sobol);
    let native = natively(&scenario, &settings, &scenario.pool)?;
    browser.open_started("/?lang=en&workers=4")?;
    let request = Request::Simulate {
        scenario: ScenarioRef::Inline(Box::new(scenario)),
        settings: Some(settings),
        pool: None,
    };
    let (workers, lost, futures) = told(browser, request)?;
    check_told(&futures, &native, "after a death")?;
    ensure(workers <= most && lost >= least_lost, || {
        format!("{workers} workers at most, {lost} lost")
    })
}

/// Slows the page's thread down as a cheap phone is slow; only Chromium can.
fn throttle(browser: &Browser, rate: f64) -> Outcome {
    if browser.engine() != Engine::Chromium {
        return Ok(());
    }
    let command = json!({ "cmd": "Emulation.setCPUThrottlingRate", "params": { "rate": rate } });
    browser.session().post("/goog/cdp/execute", &command).map(drop)
}

/// Measures from now on how long each stroke of a key waits for its turn, and how long the page is held at a time.
const WATCH: &str = "
    window.waits = []; window.held = 0;
    addEventListener('keydown', (event) => { window.waits.push(performance.now() - event.timeStamp); }, true);
    const channel = new MessageChannel();
    let last = performance.now();
    channel.port1.onmessage = () => {
        const now = performance.now();
        window.held = Math.max(window.held, now - last);
        last = now;
        if (!window.unwatched) { setTimeout(() => { last = performance.now(); channel.port2.postMessage(0); }, 1); }
    };
    channel.port2.postMessage(0);
    return true;";

/// Longest wait of a key, longest time the page was held, and how many keys were heard.
const WATCHED: &str = "window.unwatched = true;
    return JSON.stringify([Math.max(0, ...window.waits), window.held, window.waits.length])";

/// A million futures asked for, then typing into a pledge while they run.
fn type_while_running(browser: &Browser, rate: f64) -> Outcome {
    browser.wait_for("#pool-futures [data-done=true]")?;
    browser.run(
        "document.querySelector('#pool-drawing').open = true;
         const field = document.querySelector('#futures-trials'); field.focus(); field.select(); return true",
    )?;
    browser.press("1048576\u{e004}")?;
    browser.click("#pool-part-money")?;
    browser.wait_for("#pool-headline")?;
    browser.run(
        "const field = document.querySelector('#pledge-csr-sinar-amount'); field.focus(); field.select(); return true",
    )?;
    throttle(browser, rate)?;
    browser.run(WATCH)?;
    for key in "912345678".chars() {
        browser.press(&key.to_string())?;
        // As fast as a fluent typist.
        std::thread::sleep(std::time::Duration::from_millis(90));
    }
    let running = "return document.querySelector('#pool-status').textContent.trim() === ''";
    let still_running = browser.run(running)?.as_bool() == Some(true);
    let text = browser.run(WATCHED)?;
    throttle(browser, 1.0)?;
    let [wait, held, keys]: [f64; 3] =
        serde_json::from_str(text.as_str().unwrap_or_default()).doing("what was watched")?;
    println!(
        "    {}: a key waited {wait:.1} ms at most, the page was held {held:.1} ms at most ({keys} keys, slowed down {rate} times)",
        browser.engine().name()
    );
    ensure(still_running, || {
        "the futures were over before the typing".to_owned()
    })?;
    ensure(keys >= 9.0 && wait < PROMISED_MS && held < PROMISED_MS, || {
        format!("keys {keys}, waited {wait:.1} ms, held {held:.1} ms; promised {PROMISED_MS} ms")
    })
}

fn typing_while_a_million_run(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en&case=E2&view=pool&part=futures")?;
    let rate = if browser.engine() == Engine::Chromium {
        4.0
    } else {
        1.0
    };
    type_while_running(browser, rate)
}

/// The same where the page has to compute by itself, in slices between the keys.
fn typing_without_workers(browser: &mut Browser) -> Outcome {
    let script = "delete globalThis.Worker;globalThis.Worker=undefined;";
    browser.fresh_site(Site::new(paths::dist()).with_fault(Fault::Prefixed("loader.js", script)))?;
    browser.open_started("/?lang=en&case=E2&view=pool&part=futures")?;
    type_while_running(browser, 1.0)
}

/// How soon a worker that is in the middle of a million futures, four at work, answers a cancel.
const CANCEL: &str = "
    const done = arguments[arguments.length - 1];
    const message = arguments[0];
    gotongBoot.fetchLater((here) => {
        if (!here) { return done('the later half is not there'); }
        const worker = gotongBoot.spawnWorker();
        let asked = 0;
        worker.onerror = (event) => done('error ' + event.message);
        worker.onmessage = ({ data }) => {
            if (/^.\"cancelled\"/.test(data)) { worker.terminate(); return done(performance.now() - asked); }
            if (/^.\"(done|failed)\"/.test(data)) { worker.terminate(); return done(data.slice(0, 200)); }
            if (!asked && /\"trials_done\":[0-9]{5}/.test(data)) {
                asked = performance.now();
                worker.postMessage('{\"cancel\":1}');
            }
        };
        worker.postMessage(message);
    });";

/// A cancel is answered within what is promised, and what the page shows says where it stopped.
fn stop(browser: &mut Browser) -> Outcome {
    let request = Request::Simulate {
        scenario: ScenarioRef::Inline(Box::new(study()?)),
        settings: Some(settings(1_048_576, Sampler::Sobol)),
        pool: None,
    };
    let message = Incoming::Start {
        id: JobId(1),
        request,
    }
    .to_json();
    for workers in [1, 4] {
        browser.open_started(&format!("/?lang=en&workers={workers}"))?;
        let answer = browser.session().run_async(CANCEL, vec![json!(message)])?;
        let waited = answer.as_f64().ok_or_else(|| Failure::new(format!("{answer}")))?;
        println!(
            "    {}: a cancel was answered after {waited:.1} ms ({workers} at work)",
            browser.engine().name()
        );
        ensure(waited < PROMISED_MS, || format!("a cancel took {waited:.1} ms"))?;
    }
    Ok(())
}
