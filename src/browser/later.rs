//! The second half of the page, fetched when it is first needed (see [`crate::later`]).

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

/// Fetches the half unless it is there, then calls `done` in a later turn, with whether it is there now. A fetch that
/// failed may be tried again.
pub fn fetch(done: impl FnOnce(bool) + 'static) {
    let done = Closure::once_into_js(done);
    match ask() {
        Some((boot, ask)) if ask.call1(&boot, &done).is_ok() => {}
        // Started by something else than the loader: nothing can be fetched.
        _ => {
            let _ = done
                .unchecked_ref::<Function>()
                .call1(&JsValue::NULL, &JsValue::FALSE);
        }
    }
}

/// What the loader offers.
fn ask() -> Option<(JsValue, Function)> {
    let boot = Reflect::get(&js_sys::global(), &"gotongBoot".into()).ok()?;
    let ask = Reflect::get(&boot, &"fetchLater".into()).ok()?;
    Some((boot, ask.dyn_into().ok()?))
}
