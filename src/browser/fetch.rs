//! What lies beside the page and is fetched when it is first needed: its later half (see [`crate::later`]) and texts.
//! The loader knows where; without it nothing can be fetched.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

/// Fetches the later half unless it is there, then calls `done`, with whether it is there now. A fetch that failed may be
/// tried again.
pub fn fetch_later(done: impl FnOnce(bool) + 'static) {
    let done = Closure::once_into_js(move |here: bool| {
        if here {
            crate::later::arrived();
        }
        done(here);
    });
    if !ask("fetchLater", &[&done]) {
        refuse(&done, &JsValue::FALSE);
    }
}

/// Fetches the text of this name, then calls `done` with it, or with nothing where it could not be fetched.
pub fn fetch_text(name: &str, done: impl FnOnce(Option<String>) + 'static) {
    let done = Closure::once_into_js(done);
    if !ask("fetchText", &[&name.into(), &done]) {
        refuse(&done, &JsValue::NULL);
    }
}

/// Calls a function of the loader; whether it could be called.
fn ask(function: &str, arguments: &[&JsValue]) -> bool {
    let called = || {
        let boot = Reflect::get(&js_sys::global(), &"gotongBoot".into()).ok()?;
        let function: Function = Reflect::get(&boot, &function.into()).ok()?.dyn_into().ok()?;
        function
            .apply(&boot, &arguments.iter().copied().cloned().collect())
            .ok()
    };
    called().is_some()
}

fn refuse(done: &JsValue, nothing: &JsValue) {
    let _ = done.unchecked_ref::<Function>().call1(&JsValue::NULL, nothing);
}
