//! The worker's half: the same server the page would run in slices, between messages from the page.

use super::crew;
use crate::browser::clock;
use crate::browser::worker::{self, Message, WorkerError};
use crate::jobs::wire::Server;
use std::cell::RefCell;
use std::rc::Rc;

/// How long the worker computes before it reads its messages again: a cancel is heard within this.
const SLICE_MS: f64 = 24.0;

/// How an [`Event::Progress`](crate::jobs::Event) begins.
const PROGRESS: &str = "{\"progress\"";

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
        server: Server::in_host(crew::host),
        scheduled: false,
    }));
    worker::listen(move |message| match message {
        Message::Text(text) => {
            running.borrow_mut().server.receive(&text);
            schedule(&running);
        }
        Message::Bytes(order) => crew::obey(order),
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
    // Of the steps of a slice only the last is told: the page has more to do than to count them.
    let mut progress = None;
    while !running.server.is_idle() && clock::now_ms() < until {
        for event in running.server.step() {
            if event.starts_with(PROGRESS) {
                progress = Some(event);
            } else {
                tell(event);
            }
        }
    }
    if let Some(progress) = progress {
        tell(progress);
    }
    !running.server.is_idle()
}

fn tell(event: String) {
    // A page that is gone hears nothing; the browser ends this worker with it.
    let _ = worker::post_to_page(&Message::Text(event));
}
