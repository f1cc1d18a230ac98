//! A worker's own workers, who compute along in a long run of futures: where a runner finds them ([`Host`]), and their
//! side of it. They come with the first long run, from the module that is compiled already, and go when nothing was to do
//! for a while.

use crate::browser::clock::{self, Delayed};
use crate::browser::device;
use crate::browser::worker::{self, Message, Role, Worker, WorkerEvent};
use crate::jobs::{Host, Member, StepSize, workers_for};
use crate::later::later;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// How long nothing must be to do before the others are sent away.
const IDLE_MS: u32 = 20_000;

/// After so many that stopped by themselves no more are started: this browser has none to give.
const MOST_LOSSES: u32 = 3;

/// How long a member computes before it reads its messages again.
const SLICE_MS: f64 = 24.0;

/// A run of less work than this (rough nanoseconds of native code) is over before others have started.
const WORTH_HIRING: u64 = 400_000_000;

/// A run of less work than this is not worth dividing even among those who are there.
const WORTH_SHARING: u64 = 60_000_000;

/// Whoever asks for more than this by the address gets this many.
const MOST_ASKED: usize = 16;

thread_local! {
    static HOST: Rc<Here> = Rc::default();
    static MEMBER: RefCell<Membership> = RefCell::default();
}

later! { "15",
    /// Where this runner runs.
    pub(super) fn host() -> Rc<dyn Host> {
        let here: Rc<Here> = HOST.with(Rc::clone);
        here
    }
}

later! { "16",
    /// What another worker, the owner of a run, wants of this one.
    pub(super) fn obey(order: Vec<u8>) {
        MEMBER.with_borrow_mut(|membership| membership.member.receive(&order));
        schedule();
    }
}

/// How many compute a long run here: as the address asks by `?workers=`, else as the device is.
pub fn workers_here() -> usize {
    asked().unwrap_or_else(|| workers_for(device::processors(), device::memory_gib()))
}

/// How many the address asks for.
fn asked() -> Option<usize> {
    let asked = device::query("workers")?.parse::<usize>().ok()?;
    Some(asked.clamp(1, MOST_ASKED))
}

/// This thread and the workers it started.
#[derive(Debug, Default)]
struct Here {
    members: RefCell<BTreeMap<usize, Worker>>,
    heard: RefCell<VecDeque<(usize, Option<Vec<u8>>)>>,
    next: Cell<usize>,
    losses: Cell<u32>,
    sent_away: RefCell<Option<Delayed>>,
}

impl Here {
    /// Starts one more; false where none can be had.
    fn start_one(&self) -> bool {
        let number = self.next.get();
        self.next.set(number + 1);
        let spawned = Worker::spawn(move |event| {
            let heard = match event {
                WorkerEvent::Message(Message::Bytes(bytes)) => Some(bytes),
                WorkerEvent::Message(Message::Text(_)) => return,
                WorkerEvent::Failed(_) => None,
            };
            HOST.with(|here| here.heard.borrow_mut().push_back((number, heard)));
        });
        match spawned {
            Ok(worker) => {
                self.members.borrow_mut().insert(number, worker);
                true
            }
            Err(_) => {
                self.losses.set(MOST_LOSSES);
                false
            }
        }
    }
}

impl Host for Here {
    fn now_ms(&self) -> f64 {
        clock::now_ms()
    }

    fn worth_sharing(&self) -> u64 {
        // Who asks for workers is to see them.
        if asked().is_some() {
            0
        } else if self.members.borrow().is_empty() {
            WORTH_HIRING
        } else {
            WORTH_SHARING
        }
    }

    fn hire(&self) -> Vec<usize> {
        self.sent_away.take();
        // Where the page itself computes, there are no workers to be had.
        if worker::role() == Role::Worker {
            while self.members.borrow().len() + 1 < workers_here()
                && self.losses.get() < MOST_LOSSES
                && self.start_one()
            {}
        }
        self.members.borrow().keys().copied().collect()
    }

    fn rest(&self) {
        let later = Delayed::new(IDLE_MS, || HOST.with(|here| here.members.borrow_mut().clear()));
        *self.sent_away.borrow_mut() = Some(later);
    }

    fn post(&self, member: usize, message: Vec<u8>) {
        if let Some(worker) = self.members.borrow().get(&member) {
            // One that cannot be reached any more will be told of as gone.
            let _ = worker.post(&Message::Bytes(message));
        }
    }

    fn hear(&self) -> Option<(usize, Option<Vec<u8>>)> {
        let (member, heard) = self.heard.borrow_mut().pop_front()?;
        if heard.is_none() && self.members.borrow_mut().remove(&member).is_some() {
            self.losses.set(self.losses.get() + 1);
        }
        Some((member, heard))
    }
}

/// What this worker computes for another.
#[derive(Debug, Default)]
struct Membership {
    member: Member,
    scheduled: bool,
}

fn schedule() {
    let scheduled = MEMBER.with_borrow_mut(|membership| std::mem::replace(&mut membership.scheduled, true));
    if !scheduled {
        clock::defer(|| {
            let more = MEMBER.with_borrow_mut(|membership| {
                membership.scheduled = false;
                membership.run_slice()
            });
            if more {
                schedule();
            }
        });
    }
}

impl Membership {
    /// Computes for a while; whether there is more to do.
    fn run_slice(&mut self) -> bool {
        let until = clock::now_ms() + SLICE_MS;
        while !self.member.is_idle() && clock::now_ms() < until {
            if let Some(report) = self.member.step(StepSize::default().futures_work) {
                // An owner that is gone hears nothing; the browser ends this worker with it.
                let _ = worker::post_to_page(&Message::Bytes(report));
            }
        }
        !self.member.is_idle()
    }
}
