//! What the device says of itself, on the page and in its workers.

use js_sys::{JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::UrlSearchParams;

/// The value at the end of these names, from the global object on.
fn global(names: &[&str]) -> Option<JsValue> {
    let mut value: JsValue = js_sys::global().into();
    for name in names {
        value = Reflect::get(&value, &JsValue::from_str(name)).ok()?;
    }
    (!value.is_undefined()).then_some(value)
}

/// Processors, if the browser tells.
pub fn processors() -> Option<f64> {
    global(&["navigator", "hardwareConcurrency"])?.as_f64()
}

/// Memory in GiB, if the browser tells (a few do, rounded, at most 8).
pub fn memory_gib() -> Option<f64> {
    global(&["navigator", "deviceMemory"])?.as_f64()
}

/// The value of `name` in the query of the page's address; a worker knows it too.
pub fn query(name: &str) -> Option<String> {
    // A worker has it from the loader: its own address is that of a blob.
    let search = global(&["gotongQuery"]).or_else(|| global(&["location", "search"]))?;
    let search: JsString = search.dyn_into().ok()?;
    UrlSearchParams::new_with_str(&String::from(search))
        .ok()?
        .get(name)
}
