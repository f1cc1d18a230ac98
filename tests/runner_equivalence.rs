//! The same request gives the same bytes inline, behind the wire, and in steps of any size.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use gotong::cases::CaseStudy;
use gotong::domain::{FutureSettings, OrgId, PoolPlan, RuleId, Sampler, Scenario};
use gotong::interchange::write_organisations_csv;
use gotong::jobs::wire::{Incoming, Server};
use gotong::jobs::{
    Event, JobError, JobId, Request, Response, ScenarioRef, StepSize, answer_json, inline, scenario_hash,
};
use gotong::matching::Mode;
use gotong::matching::rings::RingOptions;
use gotong::matching::room::RoomOptions;
use gotong::risk::PlainPlan;

fn study() -> Scenario {
    CaseStudy::by_row("E2").unwrap().load().unwrap()
}

fn inlined(scenario: &Scenario) -> ScenarioRef {
    ScenarioRef::Inline(Box::new(scenario.clone()))
}

fn settings(trials: u32, sampler: Sampler) -> FutureSettings {
    FutureSettings {
        trials,
        seed: 11,
        sampler,
        ..FutureSettings::default()
    }
}

fn plan() -> PlainPlan {
    serde_json::from_str(
        r#"{"pledges": [{"amount": 60, "default_probability": 0.2, "haircut": [2, 3], "sector": "a"}, {"amount": 50}],
            "projects": [{"id": "well", "cost": {"shape": "pert", "low": 40, "likely": 50, "high": 90}}],
            "rule": "in-order", "common_shock": 0.4}"#,
    )
    .unwrap()
}

/// One of every kind of request, over the same scenario.
/// Everything that can be asked of a partnership, and the plain forms.
fn of_a_partnership(scenario: &Scenario) -> Vec<Request> {
    let plain = |text: &str| serde_json::from_str::<Request>(text).unwrap();
    let mut settings = scenario.partnership.coalition.clone();
    (settings.alpha_minor, settings.k_best) = (500_000, 2);
    vec![
        Request::Coalition {
            scenario: inlined(scenario),
            project: scenario.projects.first().map(|project| project.id.clone()),
            settings: Some(settings),
            node_limit: Some(2_000),
        },
        Request::Plan {
            scenario: inlined(scenario),
            fair: false,
        },
        Request::Plan {
            scenario: inlined(scenario),
            fair: true,
        },
        Request::Rings {
            scenario: inlined(scenario),
            options: RingOptions::default(),
        },
        Request::Room {
            scenario: inlined(scenario),
            options: Box::new(RoomOptions {
                rounds: 2,
                ..RoomOptions::default()
            }),
        },
        Request::Split {
            scenario: inlined(scenario),
        },
        Request::Together {
            scenario: inlined(scenario),
            years: Some(2),
        },
        Request::Agreement {
            scenario: inlined(scenario),
            start: "2026-11-22".to_owned(),
            of_type: None,
        },
        plain(
            r#"{"coalition-plain": {"input": {"candidates": [{"cost": 2, "offers": [3]}, {"cost": 3, "offers": [4]}], "demand": [5]}}}"#,
        ),
        plain(
            r#"{"plan-plain": {"input": {"offers": [["a", "x", 5]], "needs": [["b", "x", 3], [7, "x", 4]]}}}"#,
        ),
        plain(r#"{"rings-plain": {"input": {"n": 3, "arcs": [[0, 1, 1], [1, 2, 2], [2, 0, 0.5]]}}}"#),
        plain(
            r#"{"pairs-plain": {"input": {"n": 4, "weights": [[0, 1, 1], [1, 2, 2.5], [2, 3, 1]]}, "max_cardinality": true}}"#,
        ),
        plain(
            r#"{"fund-plain": {"input": {"contributions": [["a", 1, 4], ["b", 1, 9]], "pool": 6, "cap": 5.5}, "rule": "pairwise"}}"#,
        ),
        plain(
            r#"{"fund-plain": {"input": {"donors": [{"amount": 7, "values": {"x": 1, "y": 2}}]}, "rule": "equilibrium"}}"#,
        ),
        plain(r#"{"split-plain": {"input": {"players": 2, "cost_of": {"0": 5, "1": 4.5, "0,1": 8}}}}"#),
    ]
}

fn requests(scenario: &Scenario) -> Vec<Request> {
    let seeker = scenario.organisations[0].id.clone();
    let mut requests = vec![Request::Load {
        scenario: Box::new(scenario.clone()),
    }];
    for mode in [Mode::Mutual, Mode::Gift] {
        requests.push(Request::Match {
            scenario: inlined(scenario),
            seeker: seeker.clone(),
            mode,
            top: 4,
            weights: None,
        });
    }
    for rule in RuleId::ALL {
        let pool = PoolPlan {
            rule,
            threshold_votes: Some(1),
            ..PoolPlan::default()
        };
        requests.push(Request::Fund {
            scenario: inlined(scenario),
            pool: Some(pool),
        });
    }
    for sampler in [Sampler::Sobol, Sampler::Random] {
        let settings = Some(settings(4_096, sampler));
        requests.push(Request::Simulate {
            scenario: inlined(scenario),
            settings,
            pool: None,
        });
    }
    requests.push(Request::SimulatePlain {
        plan: plan(),
        settings: settings(2_048, Sampler::Sobol),
    });
    requests.push(Request::Import {
        name: "mitra.csv".to_owned(),
        bytes: write_organisations_csv(scenario).into_bytes(),
        numbers: None,
    });
    requests.push(Request::Import {
        name: "plan.json".to_owned(),
        bytes: serde_json::to_vec(scenario).unwrap(),
        numbers: None,
    });
    requests.push(Request::Import {
        name: "x".to_owned(),
        bytes: b"a,b\n".to_vec(),
        numbers: None,
    });
    requests.extend(of_a_partnership(scenario));
    let seeker = OrgId::new("nobody").unwrap();
    requests.push(Request::Match {
        scenario: inlined(scenario),
        seeker,
        mode: Mode::Mutual,
        top: 4,
        weights: None,
    });
    requests
}

/// The bytes of an answer, or of an error.
fn bytes(result: &Result<Response, JobError>) -> String {
    match result {
        Ok(response) => serde_json::to_string(response).unwrap(),
        Err(error) => serde_json::to_string(error).unwrap(),
    }
}

fn drain(server: &mut Server) -> Vec<Event> {
    let mut events = Vec::new();
    while !server.is_idle() {
        events.extend(
            server
                .step()
                .iter()
                .map(|text| serde_json::from_str::<Event>(text).unwrap()),
        );
    }
    events
}

/// How a job ended.
fn end_of(events: &[Event], id: u64) -> Result<Response, JobError> {
    let mut ends = events
        .iter()
        .filter(|event| event.id() == JobId(id) && event.is_last());
    let end = match ends.next() {
        Some(Event::Done { response, .. }) => Ok(response.clone()),
        Some(Event::Failed { error, .. }) => Err(error.clone()),
        other => panic!("job {id} ended with {other:?}"),
    };
    assert!(ends.next().is_none(), "job {id} ended twice");
    end
}

#[test]
fn every_runner_gives_the_same_bytes() {
    let scenario = study();
    let requests = requests(&scenario);
    let answers: Vec<_> = requests
        .iter()
        .map(|request| inline::run(request.clone()))
        .collect();
    let refused = answers.iter().filter(|answer| answer.is_err()).count();
    assert_eq!(refused, 2, "the requests cover answers and refusals");
    let expected: Vec<String> = answers.iter().map(bytes).collect();
    let sizes = [
        StepSize {
            rows: 1,
            futures_work: 1,
            search_nodes: 1,
            room_work: 1,
        },
        StepSize {
            rows: 7,
            futures_work: 50_000,
            ..StepSize::default()
        },
        StepSize::default(),
        StepSize {
            rows: usize::MAX,
            futures_work: u64::MAX,
            search_nodes: u64::MAX,
            room_work: u64::MAX,
        },
    ];
    for size in sizes {
        // All at once, so that the jobs take turns.
        let mut server = Server::with_step_size(size);
        for (request, id) in requests.iter().zip(1..) {
            server.receive(
                &Incoming::Start {
                    id: JobId(id),
                    request: request.clone(),
                }
                .to_json(),
            );
        }
        let events = drain(&mut server);
        for (expected, id) in expected.iter().zip(1..) {
            assert_eq!(bytes(&end_of(&events, id)), *expected, "job {id}, {size:?}");
        }
    }
}

#[test]
fn answers_keep_their_bytes_across_the_wire() {
    let scenario = study();
    for request in requests(&scenario) {
        let Ok(response) = inline::run(request) else {
            continue;
        };
        let text = serde_json::to_string(&response).unwrap();
        let back: Response = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&back).unwrap(), text);
        assert_eq!(answer_json(&back), answer_json(&response));
        let json: serde_json::Value = serde_json::from_str(&answer_json(&response)).unwrap();
        assert!(json.is_object());
    }
}

#[test]
fn a_resident_scenario_answers_as_one_sent_along() {
    let scenario = study();
    let hash = scenario_hash(&scenario);
    let resident = || ScenarioRef::Resident(hash.clone());
    let seeker = scenario.organisations[0].id.clone();
    let ask = |scenario| Request::Match {
        scenario,
        seeker: seeker.clone(),
        mode: Mode::Mutual,
        top: 5,
        weights: None,
    };
    let mut server = Server::default();
    let messages = [
        (1, ask(resident())),
        (
            2,
            Request::Load {
                scenario: Box::new(scenario.clone()),
            },
        ),
        (3, ask(resident())),
        (
            4,
            Request::Fund {
                scenario: resident(),
                pool: None,
            },
        ),
    ];
    for (id, request) in messages {
        server.receive(
            &Incoming::Start {
                id: JobId(id),
                request,
            }
            .to_json(),
        );
    }
    let events = drain(&mut server);
    assert_eq!(
        end_of(&events, 1),
        Err(JobError::NotResident { hash: hash.clone() })
    );
    assert_eq!(end_of(&events, 2), Ok(Response::Loaded(hash.clone())));
    assert_eq!(end_of(&events, 3), inline::run(ask(inlined(&scenario))));
    assert_eq!(
        end_of(&events, 4),
        inline::run(Request::Fund {
            scenario: inlined(&scenario),
            pool: None
        })
    );
}

#[test]
fn futures_sharpen_while_they_run_and_quick_jobs_overtake_them() {
    let scenario = study();
    let mut server = Server::with_step_size(StepSize {
        rows: 10,
        futures_work: 20_000,
        ..StepSize::default()
    });
    let simulate = Request::Simulate {
        scenario: inlined(&scenario),
        settings: Some(settings(16_384, Sampler::Sobol)),
        pool: None,
    };
    server.receive(
        &Incoming::Start {
            id: JobId(1),
            request: simulate.clone(),
        }
        .to_json(),
    );
    let mut events: Vec<Event> = Vec::new();
    for _ in 0..3 {
        events.extend(
            server
                .step()
                .iter()
                .map(|text| serde_json::from_str::<Event>(text).unwrap()),
        );
    }
    let quick = Request::Fund {
        scenario: inlined(&scenario),
        pool: None,
    };
    for id in [2, 3] {
        server.receive(
            &Incoming::Start {
                id: JobId(id),
                request: quick.clone(),
            }
            .to_json(),
        );
    }
    events.extend(drain(&mut server));
    let order: Vec<u64> = events
        .iter()
        .filter(|event| event.is_last())
        .map(|event| event.id().0)
        .collect();
    assert_eq!(order, [3, 2, 1], "the newest quick job first, the long one last");
    let partial: Vec<u32> = events
        .iter()
        .filter_map(|event| match event {
            Event::Partial {
                response: Response::Futures(futures),
                ..
            } => Some(futures.trials_done),
            _ => None,
        })
        .collect();
    assert!((3..=16).contains(&partial.len()), "{partial:?}");
    assert!(
        partial.windows(2).all(|pair| pair[1] >= 2 * pair[0]),
        "{partial:?}"
    );
    let done: Vec<u64> = events
        .iter()
        .filter_map(|event| match event {
            Event::Progress {
                id: JobId(1),
                done,
                total,
            } => {
                assert_eq!(*total, 16_384);
                Some(*done)
            }
            _ => None,
        })
        .collect();
    assert!(done.is_sorted() && done.len() > partial.len());
}

#[test]
fn long_jobs_take_turns() {
    let scenario = study();
    let mut server = Server::with_step_size(StepSize {
        rows: 1,
        futures_work: 1_000,
        ..StepSize::default()
    });
    for id in [1, 2] {
        let settings = Some(settings(1_024, Sampler::Random));
        let request = Request::Simulate {
            scenario: inlined(&scenario),
            settings,
            pool: None,
        };
        server.receive(
            &Incoming::Start {
                id: JobId(id),
                request,
            }
            .to_json(),
        );
    }
    let events = drain(&mut server);
    let turns: Vec<u64> = events
        .iter()
        .filter(|event| matches!(event, Event::Progress { .. }))
        .map(|event| event.id().0)
        .collect();
    assert!(turns.len() > 20);
    assert!(turns.chunks(2).take(10).all(|pair| pair == [1, 2]), "{turns:?}");
}

#[test]
fn cancel_stops_a_job_and_only_that() {
    let scenario = study();
    let mut server = Server::with_step_size(StepSize {
        rows: 1,
        futures_work: 1_000,
        ..StepSize::default()
    });
    for id in [1, 2] {
        let settings = Some(settings(2_048, Sampler::Sobol));
        let request = Request::Simulate {
            scenario: inlined(&scenario),
            settings,
            pool: None,
        };
        server.receive(
            &Incoming::Start {
                id: JobId(id),
                request,
            }
            .to_json(),
        );
    }
    server.step();
    server.receive(&Incoming::Cancel(JobId(1)).to_json());
    server.receive(r#"{"cancel": 99}"#);
    let events = drain(&mut server);
    assert_eq!(events[0], Event::Cancelled { id: JobId(1) });
    assert!(events[1..].iter().all(|event| event.id() == JobId(2)));
    assert!(end_of(&events, 2).is_ok());
    server.receive(r#"{"cancel": 2}"#);
    assert!(server.is_idle(), "a job that has ended cannot be cancelled");
}

#[test]
fn junk_is_answered_as_such() {
    let deep = format!(r#"{{"start": {{"id": 5, "request": {}"#, "[".repeat(10_000));
    let huge = r#"{"start": {"id": 18446744073709551616, "request": {}}}"#;
    for (message, id) in [
        ("", 0),
        ("nonsense", 0),
        ("[]", 0),
        ("{}", 0),
        (r#"{"start": {"id": 7}}"#, 7),
        (r#"{"start": {"id": 7, "request": {"dance": {}}}}"#, 7),
        (
            r#"{"start": {"id": 7, "request": {"import": {"name": "x", "bytes": "!"}}}}"#,
            7,
        ),
        (
            r#"{"start": {"id": 7, "request": {"match": {"scenario": {"resident": "x"}, "for": ""}}}}"#,
            7,
        ),
        (r#"{"cancel": "x"}"#, 0),
        (huge, 0),
        (deep.as_str(), 0),
    ] {
        let mut server = Server::default();
        server.receive(message);
        let events = drain(&mut server);
        assert!(
            matches!(events.as_slice(), [Event::Failed { id: stated, error: JobError::BadRequest { .. } }] if *stated == JobId(id)),
            "{message}: {events:?}"
        );
    }
    let mut server = Server::default();
    let load = r#"{"start": {"id": 1, "request": {"load": {"scenario": {"version": 1}}}}}"#;
    server.receive(load);
    server.receive(load);
    let events = drain(&mut server);
    assert!(
        matches!(events.as_slice(), [Event::Failed { .. }]),
        "an id in use: {events:?}"
    );
    let unsound = r#"{"start": {"id": 2, "request": {"load": {"scenario": {"version": 3}}}}}"#;
    server.receive(unsound);
    let events = drain(&mut server);
    assert!(
        matches!(
            &events[0],
            Event::Failed {
                error: JobError::UnsoundScenario { .. },
                ..
            }
        ),
        "{events:?}"
    );
}

#[test]
fn extreme_numbers_are_refused_or_answered_but_never_fatal() {
    let scenario = study();
    let seeker = scenario.organisations[0].id.clone();
    let all = Request::Match {
        scenario: inlined(&scenario),
        seeker,
        mode: Mode::Mutual,
        top: usize::MAX,
        weights: None,
    };
    assert!(inline::run(all).is_ok());
    for trials in [0, u32::MAX] {
        let settings = Some(settings(trials, Sampler::Sobol));
        let request = Request::Simulate {
            scenario: inlined(&scenario),
            settings,
            pool: None,
        };
        let error = inline::run(request).unwrap_err();
        assert_eq!(error.code(), "out-of-range", "{error:?}");
    }
}
