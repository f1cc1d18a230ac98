//! Carries requests to the worker and events back. Where there is no worker the same server runs on the page in
//! slices; where a worker dies it is started once more and what it owed is asked again.

use crate::browser::clock;
use crate::browser::worker::{Message, Worker, WorkerEvent};
use crate::jobs::wire::{Incoming, Server};
use crate::jobs::{Event, JobId, Request};
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
    request: Request,
    on_event: Callback<Event>,
}

enum Transport {
    Worker(Worker),
    Slices { server: Server, running: bool },
}

struct Inner {
    transport: Option<Transport>,
    pending: BTreeMap<JobId, Pending>,
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
        let id = {
            let mut inner = self.inner.borrow_mut();
            let id = JobId(inner.next);
            inner.next += 1;
            inner.pending.insert(
                id,
                Pending {
                    request: request.clone(),
                    on_event,
                },
            );
            id
        };
        self.send(&Incoming::Start { id, request });
        id
    }

    /// Stops a job; nothing more is heard of it.
    pub fn cancel(&self, id: JobId) {
        if self.inner.borrow_mut().pending.remove(&id).is_some() {
            self.send(&Incoming::Cancel(id));
        }
    }

    fn send(&self, message: &Incoming) {
        self.ensure_transport();
        let text = message.to_json();
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
                    server: Server::default(),
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
            server: Server::default(),
            running: false,
        });
        self.trouble(Trouble::NoWorker);
        self.ask_again();
    }

    fn ask_again(&self) {
        let owed: Vec<Incoming> = {
            let inner = self.inner.borrow();
            inner
                .pending
                .iter()
                .map(|(&id, job)| Incoming::Start {
                    id,
                    request: job.request.clone(),
                })
                .collect()
        };
        for message in &owed {
            self.send(message);
        }
    }

    fn hear(&self, text: &str) {
        let Ok(event) = serde_json::from_str::<Event>(text) else {
            return;
        };
        let id = event.id();
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
