//! The engine: the same bytes as natively, results without a worker, and after a worker's death.

use super::{Test, ensure};
use crate::browser::Browser;
use gotong::cases::CaseStudy;
use gotong::domain::{FutureSettings, Sampler, Scenario};
use gotong::jobs::{Event, JobId, Request, ScenarioRef, inline, wire::Incoming};
use gotong::matching::rings::RingOptions;
use serde_json::json;
use xtask::failure::{Doing, Failure, Outcome};
use xtask::paths;
use xtask::server::{Fault, Site};

/// The tests of this module.
pub const TESTS: &[Test] = &[
    ("engine_same_bytes_sobol", same_bytes_sobol),
    ("engine_same_bytes_random", same_bytes_random),
    ("engine_same_bytes_of_every_job", same_bytes_of_every_job),
    ("engine_without_workers", without_workers),
    ("engine_worker_dies_once", worker_dies_once),
    ("engine_workers_refused_late", workers_refused_late),
];

/// Sends a request to a worker started by the page's own loader and returns the last event as the text it was.
const ASK: &str = "
    const done = arguments[arguments.length - 1];
    const message = arguments[0];
    gotongBoot.fetchLater((here) => {
        if (!here) { return done('the later half is not there'); }
        const worker = gotongBoot.spawnWorker();
        worker.onerror = (event) => done('error ' + event.message);
        worker.onmessage = ({ data }) => {
            if (/^.\"(done|failed|cancelled)\"/.test(data)) { worker.terminate(); done(data); }
        };
        worker.postMessage(message);
    });";

/// The page's worker and this machine give the same bytes for `request`.
fn same_bytes(browser: &Browser, request: Request) -> Outcome {
    let id = JobId(1);
    let response = inline::run(request.clone()).doing("native run")?;
    let native = serde_json::to_string(&Event::Done { id, response }).doing("native event")?;
    let message = Incoming::Start { id, request }.to_json();
    let answer = browser.session().run_async(ASK, vec![json!(message)])?;
    let page = answer
        .as_str()
        .ok_or_else(|| Failure::new("the worker answered no text"))?;
    let differs = native.bytes().zip(page.bytes()).position(|(a, b)| a != b);
    ensure(native == page, || {
        let at = differs.unwrap_or(0).saturating_sub(40);
        let part = |text: &str| {
            text.get(at..)
                .unwrap_or_default()
                .chars()
                .take(120)
                .collect::<String>()
        };
        format!(
            "differs from byte {at}:\n      native {}\n      page   {}",
            part(&native),
            part(page)
        )
    })
}

/// The bundled study of `row`.
fn study(row: &str) -> Outcome<ScenarioRef> {
    let study = CaseStudy::by_row(row).ok_or_else(|| Failure::new("no such study"))?;
    Ok(ScenarioRef::Inline(Box::new(study.load().doing("study")?)))
}

fn same_futures(browser: &mut Browser, sampler: Sampler) -> Outcome {
    browser.open_started("/?lang=en")?;
    for row in ["E2", "E4", "E6"] {
        let settings = FutureSettings {
            trials: 16_384,
            seed: 7,
            sampler,
            ..FutureSettings::default()
        };
        same_bytes(
            browser,
            Request::Simulate {
                scenario: study(row)?,
                settings: Some(settings),
                pool: None,
            },
        )?;
    }
    Ok(())
}

fn same_bytes_sobol(browser: &mut Browser) -> Outcome {
    same_futures(browser, Sampler::Sobol)
}

fn same_bytes_random(browser: &mut Browser) -> Outcome {
    same_futures(browser, Sampler::Random)
}

fn same_bytes_of_every_job(browser: &mut Browser) -> Outcome {
    browser.open_started("/?lang=en")?;
    let study_e6 = CaseStudy::by_row("E6").ok_or_else(|| Failure::new("no such study"))?;
    let scenario = study_e6.load().doing("study")?;
    let seeker = scenario
        .partnership
        .lead
        .clone()
        .ok_or_else(|| Failure::new("no lead"))?;
    let matching = Request::Match {
        scenario: study("E6")?,
        seeker,
        mode: Default::default(),
        top: 20,
        weights: None,
    };
    same_bytes(browser, matching)?;
    same_bytes(
        browser,
        Request::Fund {
            scenario: study("E6")?,
            pool: None,
        },
    )?;
    for request in of_a_partnership(&scenario) {
        same_bytes(browser, request)?;
    }
    let bytes = study_e6.json().as_bytes().to_vec();
    same_bytes(
        browser,
        Request::Import {
            name: "e6.json".to_owned(),
            bytes,
            numbers: None,
        },
    )
}

/// Team, plan, rings, room, split, figures and agreement of a scenario.
fn of_a_partnership(scenario: &Scenario) -> Vec<Request> {
    let about = || ScenarioRef::Inline(Box::new(scenario.clone()));
    vec![
        Request::Coalition {
            scenario: about(),
            project: scenario.projects.first().map(|project| project.id.clone()),
            settings: None,
            node_limit: None,
        },
        Request::Plan {
            scenario: about(),
            fair: true,
        },
        Request::Rings {
            scenario: about(),
            options: RingOptions::default(),
        },
        Request::Room {
            scenario: about(),
            options: Box::default(),
        },
        Request::Split { scenario: about() },
        Request::Together {
            scenario: about(),
            years: None,
        },
        Request::Agreement {
            scenario: about(),
            start: "2026-11-22".to_owned(),
            of_type: None,
        },
    ]
}

/// Opens the pool of a study on a host whose loader starts with `script`, and waits for all its results.
fn pool_with(browser: &mut Browser, script: &'static str) -> Outcome {
    let site = Site::new(paths::dist()).with_fault(Fault::Prefixed("loader.js", script));
    browser.fresh_site(site)?;
    browser.open_started("/?lang=en&case=E2&view=pool&part=futures")?;
    browser.wait_for("#pool-futures [data-done=true]").map(drop)
}

fn without_workers(browser: &mut Browser) -> Outcome {
    pool_with(browser, "delete globalThis.Worker;globalThis.Worker=undefined;")?;
    browser.wait_for_text(".notices", "by itself")
}

/// The first worker throws while starting; the second one answers.
fn worker_dies_once(browser: &mut Browser) -> Outcome {
    let script = "(function(){var Real=Worker,n=0;function Fake(url){n+=1;\
        return new Real(n>1?url:URL.createObjectURL(new Blob(['throw new Error(\"gone\")'],{type:'text/javascript'})))}\
        Fake.prototype=Real.prototype;globalThis.Worker=Fake})();";
    pool_with(browser, script)?;
    browser.wait_for_text(".notices", "started again")
}

/// Every worker dies while starting: the page computes itself.
fn workers_refused_late(browser: &mut Browser) -> Outcome {
    let script = "(function(){var Real=Worker;function Fake(){return new Real(\
        URL.createObjectURL(new Blob(['throw new Error(\"gone\")'],{type:'text/javascript'})))}Fake.prototype=Real.prototype;globalThis.Worker=Fake})();";
    pool_with(browser, script)?;
    browser.wait_for_text(".notices", "by itself")
}
