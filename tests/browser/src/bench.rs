//! How long jobs take in a real browser's worker, messages included: the same requests the page sends.

#[path = "../../made_up_election/mod.rs"]
mod made_up_election;
#[path = "../../risk_plan/mod.rs"]
mod risk_plan;

use crate::browser::Browser;
use gotong::cases::CaseStudy;
use gotong::domain::{Completion, FutureSettings, PoolPlan, RuleId, Sampler};
use gotong::jobs::wire::Incoming;
use gotong::jobs::{JobId, Request, ScenarioRef};
use gotong::matching::coalition;
use gotong::matching::rings::RingOptions;
use gotong::matching::room::{PlainNumber, PlainRoom};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use xtask::browsers::Engine;
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
    large_election_on_the_page(&mut browser)?;
    for workers in [1, 2, 4] {
        browser.open_started(&format!("/?lang=en&workers={workers}"))?;
        for (name, request) in long_runs() {
            let name = format!("{name}, {workers} at work");
            println!("{name:<56} {:>10.1}", best_ms(&browser, request)?);
        }
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
        (
            "team of a project, E2, all questions".to_owned(),
            Request::Coalition {
                scenario: about(),
                project: scenario.projects.first().map(|project| project.id.clone()),
                settings: None,
                node_limit: None,
            },
        ),
        (
            "pairs of the whole room, E2".to_owned(),
            Request::Room {
                scenario: about(),
                options: Box::default(),
            },
        ),
        (
            "rings, E2".to_owned(),
            Request::Rings {
                scenario: about(),
                options: RingOptions::default(),
            },
        ),
    ];
    for n in [200, 500] {
        let input = complete_graph(n);
        let max_cardinality = false;
        rows.push((
            format!("pairs, complete graph, n = {n}"),
            Request::PairsPlain {
                input,
                max_cardinality,
            },
        ));
    }
    for (name, mut input) in coalitions()? {
        input.alpha = 3;
        let request = Request::CoalitionPlain {
            input: Box::new(input),
            node_limit: None,
            k_best: 1,
        };
        rows.push((format!("coalition {name}, alpha 3"), request));
    }
    if let Some(bytes) = wieliczka() {
        let pool = PoolPlan {
            completion: Some(Completion::Add1u),
            ..PoolPlan::of(RuleId::EqualShares)
        };
        let name = "equal shares, add1u, Wieliczka 2023, file read and payments told";
        let pool = Some(pool);
        rows.push((name.to_owned(), Request::FundElection { bytes, pool }));
    }
    rows.extend(large_election());
    Ok(rows)
}

/// Futures of the plan of 8 funders and 10 projects.
fn long_runs() -> Vec<(String, Request)> {
    let runs = [
        ("100 000", 100_000, Sampler::Random),
        ("131 072", 131_072, Sampler::Sobol),
        ("1 000 000", 1_000_000, Sampler::Random),
        ("1 048 576", 1_048_576, Sampler::Sobol),
    ];
    let run = |(count, trials, sampler)| {
        let request = Request::Simulate {
            scenario: ScenarioRef::Inline(Box::new(risk_plan::plan_8x10())),
            settings: Some(risk_plan::settings(trials, 2026, sampler)),
            pool: Some(risk_plan::greedy()),
        };
        (format!("{count} futures, {sampler:?}, 8 x 10"), request)
    };
    runs.into_iter().map(run).collect()
}

/// An election of 65 000 voters and 119 projects: looked at as a file, and solved.
fn large_election() -> Vec<(String, Request)> {
    let bytes = made_up_election::made_up(3).into_bytes();
    let import = Request::Import {
        name: "large.pb".to_owned(),
        bytes: bytes.clone(),
        numbers: None,
    };
    let solve = |completion| Request::FundElection {
        bytes: bytes.clone(),
        pool: Some(PoolPlan {
            completion,
            ..PoolPlan::of(RuleId::EqualShares)
        }),
    };
    [
        ("65 000 voters, 119 projects: file read", import),
        ("the same, read and solved by equal shares", solve(None)),
        ("the same, with add1u", solve(Some(Completion::Add1u))),
    ]
    .map(|(name, request)| (name.to_owned(), request))
    .to_vec()
}

/// Notes when something is chosen or clicked, and how long a message of the page to itself takes at most.
const WATCH: &str = "
    window.begun = 0; window.held = 0;
    for (const kind of ['change', 'click']) {
        addEventListener(kind, () => { window.begun = performance.now(); window.held = 0; }, true);
    }
    const channel = new MessageChannel();
    let sent = performance.now();
    channel.port1.onmessage = () => {
        window.held = Math.max(window.held, performance.now() - sent);
        setTimeout(() => { sent = performance.now(); channel.port2.postMessage(0); }, 1);
    };
    channel.port2.postMessage(0);
    return true;";

/// Waits for what a selector names; milliseconds since the last choice or click, and the longest time the page was held.
const SINCE: &str = "
    const done = arguments[arguments.length - 1];
    const [selector] = arguments;
    const look = () => {
        const found = [...document.querySelectorAll(selector)].some((each) => each.textContent.trim() !== '');
        if (found) { done([performance.now() - window.begun, window.held]); } else { setTimeout(look, 2); }
    };
    look();";

/// The large election as a person brings it: the file chosen, opened, and its pool looked at.
fn large_election_on_the_page(browser: &mut Browser) -> Outcome {
    let folder = paths::target().join("browser-files");
    fs::create_dir_all(&folder).doing("folder of files")?;
    let file = folder.join("large.pb");
    fs::write(&file, made_up_election::made_up(3)).doing("the election")?;
    browser.fresh()?;
    browser.open_started("/?lang=en")?;
    browser.wait_for("label[for=import]")?;
    browser.run(WATCH)?;
    let tell = |what: &str, selector: &str| -> Outcome {
        let answer = browser.session().run_async(SINCE, vec![json!(selector)])?;
        let [ms, held] = [0, 1].map(|place| answer.get(place).and_then(Value::as_f64).unwrap_or(f64::NAN));
        println!("{what:<56} {ms:>10.1}   (the page held {held:.0} ms at a time)");
        Ok(())
    };
    browser.choose_file("#import", &file)?;
    tell(
        "large election on the page: chosen to read",
        "#review-accept, #plan-counts",
    )?;
    if browser
        .run("return !!document.querySelector('#review-accept')")?
        .as_bool()
        == Some(true)
    {
        browser.click("#review-accept")?;
        tell("large election on the page: opened", "#plan-counts")?;
    }
    browser.click("#step-pool")?;
    tell(
        "large election on the page: pool shown",
        "#pool-headline, #pool-flow",
    )?;
    tell("large election on the page: with all futures", "#pool-status")
}

/// The election of 6 586 voters and 64 projects, where the data folder is there.
fn wieliczka() -> Option<Vec<u8>> {
    let read = fs::read(data_folder().join("pabulib/Poland_Wieliczka_2023_Green_Budget.pb")).ok();
    if read.is_none() {
        eprintln!("Note: Wieliczka 2023 was not found (set GOTONG_DATA).");
    }
    read
}

fn data_folder() -> PathBuf {
    let given = std::env::var_os("GOTONG_DATA").map(PathBuf::from);
    given.unwrap_or_else(|| paths::root().join("../shared/data"))
}

/// Weights to a million, by a fixed rule that looks random (the finaliser of SplitMix64).
fn complete_graph(n: i64) -> PlainRoom {
    let weight = |i: i64, j: i64| {
        let mut x = (i * 1_000 + j).unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        PlainNumber::Whole(i64::try_from((x ^ (x >> 31)) % 1_000_000).unwrap_or(0))
    };
    let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    PlainRoom {
        n: usize::try_from(n).unwrap_or(0),
        weights: pairs.map(|(i, j)| (i, j, weight(i, j))).collect(),
    }
}

/// The instances of 200 candidates of the data folder, where that is there.
fn coalitions() -> Outcome<Vec<(String, coalition::Input)>> {
    let folder = data_folder();
    let mut found = Vec::new();
    for name in ["n200_d3_s0", "n200_d3_s1", "n200_d6_s0", "n200_d6_s1"] {
        let Ok(text) = fs::read_to_string(folder.join(format!("coalition/{name}.json"))) else {
            eprintln!("Note: {name} was not found (set GOTONG_DATA).");
            continue;
        };
        found.push((name.to_owned(), serde_json::from_str(&text).doing(name)?));
    }
    Ok(found)
}
