//! A worker that is this same module: transport of text and bytes, and what happens when it fails.
//!
//! The page's loader (`embed/loader.js`) holds the compiled module and starts a worker from it; the
//! worker's `main` finds no window ([`role`]) and calls [`listen`]. What the messages mean is not known
//! here (`jobs` says that); they are posted in order, also those posted before the worker is up.

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{ArrayBuffer, Function, Reflect, Uint8Array};
use std::fmt;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, ErrorEvent, MessageEvent};

/// What runs this module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A page with a window.
    Page,
    /// A worker of that page.
    Worker,
}

/// Whether this is the page or its worker.
pub fn role() -> Role {
    if web_sys::window().is_some() {
        Role::Page
    } else {
        Role::Worker
    }
}

/// What is sent either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Text, as a rule JSON.
    Text(String),
    /// Bytes; moved, not copied, between the two sides.
    Bytes(Vec<u8>),
}

impl Message {
    /// The message of an event; nothing when it is neither text nor bytes.
    fn read(event: &MessageEvent) -> Option<Self> {
        let data = event.data();
        data.as_string().map(Self::Text).or_else(|| {
            data.dyn_ref::<ArrayBuffer>()
                .map(|buffer| Self::Bytes(Uint8Array::new(buffer).to_vec()))
        })
    }

    /// Posts this through `post`, a `postMessage` that takes what is moved.
    fn post(&self, post: impl FnOnce(&JsValue, &JsValue) -> Result<(), JsValue>) -> Result<(), WorkerError> {
        let (data, moved) = match self {
            Self::Text(text) => (JsValue::from_str(text), js_sys::Array::new()),
            Self::Bytes(bytes) => {
                let buffer = Uint8Array::from(bytes.as_slice()).buffer();
                (JsValue::from(&buffer), js_sys::Array::of1(&buffer))
            }
        };
        post(&data, &moved).map_err(|reason| WorkerError::Post(words(&reason)))
    }
}

/// What the page hears of its worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkerEvent {
    /// A message from it.
    Message(Message),
    /// It failed; nothing more will come from it. With the browser's words, for a log.
    Failed(String),
}

/// Why a worker cannot be used. The texts are the browser's words, for a log.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WorkerError {
    /// The page was not started by the loader, which alone can start workers.
    NoLoader,
    /// The browser refused to start one (an old browser, a policy, a sandbox).
    Spawn(String),
    /// The message could not be posted.
    Post(String),
    /// There is no page on the other side: this is not a worker.
    NoPage,
}

impl WorkerError {
    /// A stable code the page translates.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoLoader => "worker-no-loader",
            Self::Spawn(_) => "worker-refused",
            Self::Post(_) => "worker-message-refused",
            Self::NoPage => "worker-no-page",
        }
    }
}

impl fmt::Display for WorkerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spawn(words) | Self::Post(words) => write!(f, "{}: {words}", self.code()),
            Self::NoLoader | Self::NoPage => f.write_str(self.code()),
        }
    }
}

impl std::error::Error for WorkerError {}

/// A running worker; dropping it ends it at once, whatever it is doing.
#[derive(Debug)]
pub struct Worker {
    raw: web_sys::Worker,
    _listeners: [EventListener; 3],
}

impl Worker {
    /// Starts a worker and calls `on_event` for all it sends.
    ///
    /// Never panics: where workers are refused, the caller runs the same steps on the page.
    ///
    /// # Errors
    /// [`WorkerError::NoLoader`] or [`WorkerError::Spawn`]. Some refusals come only later, as
    /// [`WorkerEvent::Failed`].
    pub fn spawn(on_event: impl Fn(WorkerEvent) + 'static) -> Result<Self, WorkerError> {
        let raw = spawn_raw()?;
        let on_event = Rc::new(on_event);
        let on_message = {
            let on_event = Rc::clone(&on_event);
            EventListener::new(&raw, "message", move |event| {
                if let Some(message) = event.dyn_ref().and_then(Message::read) {
                    on_event(WorkerEvent::Message(message));
                }
            })
        };
        let on_failure = |kind: &'static str| {
            let on_event = Rc::clone(&on_event);
            // Heard here, it is no failure of whoever started this worker: a worker's own would otherwise end it as well.
            let heard = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&raw, kind, heard, move |event| {
                event.prevent_default();
                let words = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                on_event(WorkerEvent::Failed(
                    words
                        .filter(|text| !text.is_empty())
                        .unwrap_or_else(|| kind.to_owned()),
                ));
            })
        };
        let listeners = [on_message, on_failure("error"), on_failure("messageerror")];
        Ok(Self {
            raw,
            _listeners: listeners,
        })
    }

    /// Sends `message`.
    ///
    /// # Errors
    /// [`WorkerError::Post`].
    pub fn post(&self, message: &Message) -> Result<(), WorkerError> {
        message.post(|data, moved| self.raw.post_message_with_transfer(data, moved))
    }

    /// Ends the worker at once, as dropping does.
    pub fn terminate(self) {}
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.raw.terminate();
    }
}

/// In a worker: calls `on_message` for everything the page sends, as long as the worker lives.
///
/// # Errors
/// [`WorkerError::NoPage`] when this is not a worker.
pub fn listen(on_message: impl Fn(Message) + 'static) -> Result<(), WorkerError> {
    let scope = scope()?;
    EventListener::new(&scope, "message", move |event| {
        if let Some(message) = event.dyn_ref().and_then(Message::read) {
            on_message(message);
        }
    })
    .forget();
    Ok(())
}

/// In a worker: sends `message` to the page.
///
/// # Errors
/// [`WorkerError::NoPage`] when this is not a worker, or [`WorkerError::Post`].
pub fn post_to_page(message: &Message) -> Result<(), WorkerError> {
    let scope = scope()?;
    message.post(|data, moved| scope.post_message_with_transfer(data, moved))
}

/// The worker's global object.
fn scope() -> Result<DedicatedWorkerGlobalScope, WorkerError> {
    match role() {
        Role::Page => Err(WorkerError::NoPage),
        // By its role, not by `instanceof`: that is all a worker's blob needs to promise.
        Role::Worker => Ok(js_sys::global().unchecked_into()),
    }
}

/// Asks the loader for a worker.
fn spawn_raw() -> Result<web_sys::Worker, WorkerError> {
    let boot = Reflect::get(&js_sys::global(), &"gotongBoot".into()).map_err(|_| WorkerError::NoLoader)?;
    let spawn: Function = Reflect::get(&boot, &"spawnWorker".into())
        .ok()
        .and_then(|value| value.dyn_into().ok())
        .ok_or(WorkerError::NoLoader)?;
    let worker = spawn
        .call0(&boot)
        .map_err(|reason| WorkerError::Spawn(words(&reason)))?;
    worker.dyn_into().map_err(|_| WorkerError::NoLoader)
}

/// A thrown value in words.
fn words(thrown: &JsValue) -> String {
    let message = Reflect::get(thrown, &"message".into())
        .ok()
        .and_then(|text| text.as_string());
    message
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| format!("{thrown:?}"))
}
