//! The worker's half: the same server the page would run in slices, between messages from the page.

use crate::browser::clock;
use crate::browser::worker::{self, Message, WorkerError};
use crate::jobs::wire::Server;
use std::cell::RefCell;
use std::rc::Rc;

/// How long the worker computes before it reads its messages again: a cancel is heard within this.
const SLICE_MS: f64 = 24.0;

struct Running {
    server: Server,
    scheduled: bool,
}

/// Serves jobs until the page ends this worker.
///
/// # Errors
/// [`WorkerError::NoPage`] if this is no worker.
pub fn serve() -> Result<(), WorkerError> {
    let running = Rc::new(RefCell::new(Running {
        server: Server::default(),
        scheduled: false,
    }));
    worker::listen(move |message| {
        if let Message::Text(text) = message {
            running.borrow_mut().server.receive(&text);
            schedule(&running);
        }
    })
}

fn schedule(running: &Rc<RefCell<Running>>) {
    if std::mem::replace(&mut running.borrow_mut().scheduled, true) {
        return;
    }
    let running = Rc::clone(running);
    clock::defer(move || {
        let more = run_slice(&running);
        running.borrow_mut().scheduled = false;
        if more {
            schedule(&running);
        }
    });
}

fn run_slice(running: &Rc<RefCell<Running>>) -> bool {
    let until = clock::now_ms() + SLICE_MS;
    let mut running = running.borrow_mut();
    while !running.server.is_idle() && clock::now_ms() < until {
        for event in running.server.step() {
            // A page that is gone hears nothing; the browser ends this worker with it.
            let _ = worker::post_to_page(&Message::Text(event));
        }
    }
    !running.server.is_idle()
}
