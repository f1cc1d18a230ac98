//! Time and turns.

use gloo_timers::callback::Timeout;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};

/// Milliseconds of a clock that never goes back; from the page or its worker.
pub fn now_ms() -> f64 {
    let performance = Reflect::get(&js_sys::global(), &JsValue::from_str("performance"));
    match performance.map(JsCast::dyn_into::<web_sys::Performance>) {
        Ok(Ok(performance)) => performance.now(),
        _ => js_sys::Date::now(),
    }
}

/// Calls `task` in a later turn, so that input and messages come through first.
pub fn defer(task: impl FnOnce() + 'static) {
    Timeout::new(0, task).forget();
}

/// A call that is made after `delay_ms` unless this is dropped before.
#[derive(Debug)]
pub struct Delayed {
    _timeout: Timeout,
}

impl Delayed {
    /// Calls `task` after `delay_ms`.
    pub fn new(delay_ms: u32, task: impl FnOnce() + 'static) -> Self {
        Self {
            _timeout: Timeout::new(delay_ms, task),
        }
    }
}
