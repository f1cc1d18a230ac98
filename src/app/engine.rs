//! Carries requests to the worker and events back. Where there is no worker the same server runs on the page in
//! slices; where a worker dies it is started once more and what it owed is asked again.

use super::crew;
use crate::browser::clock;
use crate::browser::worker::{Message, Worker, WorkerEvent};
use crate::domain::Scenario;
use crate::jobs::wire::{Incoming, Server};
use crate::jobs::{Event, JobError, JobId, Request, ScenarioRef, scenario_hash};
use crate::objects;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::Callback;

/// The page's thread is never held longer than this by the sliced fallback: half a frame.
const SLICE_MS: f64 = 8.0;

/// Something the reader should know about the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The worker died and was started again.
    Restarted,
    /// No worker can be had: the page computes itself, a little slower.
    NoWorker,
}

struct Pending {
    /// The message that asks, as it was sent.
    message: String,
    /// It only brings a scenario, which is brought again when somebody cites it.
    is_load: bool,
    /// The scenario the request cites, to send it again where it is no longer resident.
    about: Option<Rc<Scenario>>,
    on_event: Callback<Event>,
}

/// The scenario the server holds, and the name it is cited by.
struct Resident {
    scenario: Rc<Scenario>,
    hash: String,
}

enum Transport {
    Worker(Worker),
    Slices { server: Server, running: bool },
}

struct Inner {
    transport: Option<Transport>,
    pending: BTreeMap<JobId, Pending>,
    resident: Option<Resident>,
    next: u64,
    deaths: u32,
    on_trouble: Callback<Trouble>,
}

/// A handle to the engine, cheap to clone. All handles are the same engine.
#[derive(Clone)]
pub struct Engine {
    inner: Rc<RefCell<Inner>>,
}

impl PartialEq for Engine {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner)
    }
}

impl Engine {
    /// An engine that starts its worker with the first request.
    pub fn new(on_trouble: Callback<Trouble>) -> Self {
        let inner = Inner {
            transport: None,
            pending: BTreeMap::new(),
            resident: None,
            next: 1,
            deaths: 0,
            on_trouble,
        };
        Self {
            inner: Rc::new(RefCell::new(inner)),
        }
    }

    /// Sends a request; `on_event` hears all its events until it is done, failed or cancelled.
    pub fn submit(&self, request: Request, on_event: Callback<Event>) -> JobId {
        self.start(request, None, on_event)
    }

    /// Sends a request about a scenario, which travels only the first time it is asked about.
    pub fn submit_about(
        &self,
        scenario: &Rc<Scenario>,
        request: impl FnOnce(ScenarioRef) -> Request,
        on_event: Callback<Event>,
    ) -> JobId {
        let hash = self.make_resident(scenario);
        let request = request(ScenarioRef::Resident(hash));
        self.start(request, Some(Rc::clone(scenario)), on_event)
    }

    fn start(&self, request: Request, about: Option<Rc<Scenario>>, on_event: Callback<Event>) -> JobId {
        let is_load = matches!(request, Request::Load { .. });
        let id = {
            let mut inner = self.inner.borrow_mut();
            inner.next += 1;
            JobId(inner.next - 1)
        };
        let message = Incoming::Start { id, request }.to_json();
        let job = Pending {
            message: message.clone(),
            is_load,
            about,
            on_event,
        };
        self.inner.borrow_mut().pending.insert(id, job);
        self.send(message);
        id
    }

    /// Sends the scenario unless the server holds it, and returns the name it is cited by.
    fn make_resident(&self, scenario: &Rc<Scenario>) -> String {
        let known = self
            .inner
            .borrow()
            .resident
            .as_ref()
            .and_then(|resident| Rc::ptr_eq(&resident.scenario, scenario).then(|| resident.hash.clone()));
        if let Some(hash) = known {
            return hash;
        }
        let hash = scenario_hash(scenario);
        let load = Request::Load {
            scenario: Box::new((**scenario).clone()),
        };
        self.submit(load, Callback::noop());
        self.inner.borrow_mut().resident = Some(Resident {
            scenario: Rc::clone(scenario),
            hash: hash.clone(),
        });
        hash
    }

    /// Stops a job; nothing more is heard of it.
    pub fn cancel(&self, id: JobId) {
        if self.inner.borrow_mut().pending.remove(&id).is_some() {
            self.send(Incoming::Cancel(id).to_json());
        }
    }

    fn send(&self, text: String) {
        self.ensure_transport();
        let mut failed = false;
        let mut pump = false;
        if let Some(transport) = &mut self.inner.borrow_mut().transport {
            match transport {
                Transport::Worker(worker) => failed = worker.post(&Message::Text(text)).is_err(),
                Transport::Slices { server, running } => {
                    server.receive(&text);
                    pump = !std::mem::replace(running, true);
                }
            }
        }
        if failed {
            self.use_slices();
        }
        if pump {
            self.pump_later();
        }
    }

    fn ensure_transport(&self) {
        if self.inner.borrow().transport.is_some() {
            return;
        }
        let weak = Rc::downgrade(&self.inner);
        let spawned = Worker::spawn(move |event| {
            let Some(inner) = weak.upgrade() else { return };
            let engine = Self { inner };
            match event {
                WorkerEvent::Message(Message::Text(text)) => engine.hear(&text),
                WorkerEvent::Message(Message::Bytes(_)) => {}
                WorkerEvent::Failed(_) => engine.worker_died(),
            }
        });
        match spawned {
            Ok(worker) => self.inner.borrow_mut().transport = Some(Transport::Worker(worker)),
            Err(_) => {
                self.inner.borrow_mut().transport = Some(Transport::Slices {
                    server: Server::in_host(crew::host),
                    running: false,
                });
                self.trouble(Trouble::NoWorker);
            }
        }
    }

    fn trouble(&self, trouble: Trouble) {
        let on_trouble = self.inner.borrow().on_trouble.clone();
        on_trouble.emit(trouble);
    }

    /// First death: another worker. Second: the page computes itself. What was owed is asked again.
    fn worker_died(&self) {
        let deaths = {
            let mut inner = self.inner.borrow_mut();
            inner.deaths += 1;
            inner.transport = None;
            inner.deaths
        };
        if deaths > 1 {
            return self.use_slices();
        }
        self.trouble(Trouble::Restarted);
        self.ask_again();
    }

    fn use_slices(&self) {
        self.inner.borrow_mut().transport = Some(Transport::Slices {
            server: Server::in_host(crew::host),
            running: false,
        });
        self.trouble(Trouble::NoWorker);
        self.ask_again();
    }

    /// Asks everything anew of a server that knows nothing yet.
    fn ask_again(&self) {
        let owed = {
            let mut inner = self.inner.borrow_mut();
            inner.resident = None;
            std::mem::take(&mut inner.pending)
        };
        for (id, job) in owed {
            if !job.is_load {
                self.resend(id, job);
            }
        }
    }

    /// Sends a job once more under its own id, after the scenario it cites.
    fn resend(&self, id: JobId, job: Pending) {
        if let Some(scenario) = &job.about {
            self.make_resident(scenario);
        }
        let message = job.message.clone();
        self.inner.borrow_mut().pending.insert(id, job);
        self.send(message);
    }

    fn hear(&self, text: &str) {
        let Ok(event) = objects::from_str::<Event>(text) else {
            return;
        };
        let id = event.id();
        if matches!(
            &event,
            Event::Failed {
                error: JobError::NotResident { .. },
                ..
            }
        ) {
            let job = {
                let mut inner = self.inner.borrow_mut();
                inner.resident = None;
                inner.pending.remove(&id)
            };
            if let Some(job) = job {
                self.resend(id, job);
            }
            return;
        }
        let on_event = {
            let mut inner = self.inner.borrow_mut();
            // Stale answers (of jobs cancelled meanwhile) are dropped.
            let Some(job) = inner.pending.get(&id) else { return };
            let on_event = job.on_event.clone();
            if event.is_last() {
                inner.pending.remove(&id);
            }
            on_event
        };
        on_event.emit(event);
    }

    fn pump_later(&self) {
        let weak = Rc::downgrade(&self.inner);
        clock::defer(move || {
            if let Some(inner) = weak.upgrade() {
                Self { inner }.pump();
            }
        });
    }

    /// Runs steps for one slice of time.
    fn pump(&self) {
        let until = clock::now_ms() + SLICE_MS;
        let mut events = Vec::new();
        let mut more = false;
        if let Some(Transport::Slices { server, running }) = &mut self.inner.borrow_mut().transport {
            while !server.is_idle() && clock::now_ms() < until {
                events.extend(server.step());
            }
            more = !server.is_idle();
            *running = more;
        }
        for event in events {
            self.hear(&event);
        }
        if more {
            self.pump_later();
        }
    }
}
