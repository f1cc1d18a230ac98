//! Pictures as files: the page's own colours, and a photograph of a drawing.
//!
//! A canvas is asked for by name: it is needed rarely, and a door for each of its functions would be fetched by every
//! visit.

use base64::Engine as _;
use gloo_events::EventListener;
use js_sys::{Function, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Blob;

/// Calls a function of an object by its name; nothing if there is none or it refuses.
fn call(object: &JsValue, function: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let function: Function = Reflect::get(object, &function.into()).ok()?.dyn_into().ok()?;
    function
        .apply(object, &arguments.iter().copied().cloned().collect())
        .ok()
}

/// The colour the page gives `--token` now, with its theme and what a host has set.
pub fn colour(token: &str) -> Option<String> {
    let window = web_sys::window()?;
    let root = window.document()?.document_element()?;
    let style = call(&window, "getComputedStyle", &[&root])?;
    let value = call(&style, "getPropertyValue", &[&format!("--{token}").into()])?;
    value.as_string()
}

/// Draws a standalone SVG of `width` × `height` on a canvas and calls `done` once with the PNG, or with nothing where the
/// browser refuses.
pub fn photograph(svg: &str, [width, height]: [f64; 2], done: impl FnOnce(Option<Blob>) + 'static) {
    let done: Done = Rc::new(RefCell::new(Some(Box::new(done))));
    if start(svg, [width, height], &done).is_none() {
        finish(&done, None);
    }
}

type Done = Rc<RefCell<Option<Box<dyn FnOnce(Option<Blob>)>>>>;

fn finish(done: &Done, png: Option<Blob>) {
    let callback = done.borrow_mut().take();
    if let Some(callback) = callback {
        callback(png);
    }
}

fn start(svg: &str, [width, height]: [f64; 2], done: &Done) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let canvas = document.create_element("canvas").ok()?;
    canvas.set_attribute("width", &format!("{width:.0}")).ok()?;
    canvas.set_attribute("height", &format!("{height:.0}")).ok()?;
    let image = document.create_element("img").ok()?;
    let loaded = {
        let (image, done) = (image.clone(), Rc::clone(done));
        move |_: &web_sys::Event| {
            if draw(&canvas, &image, &done).is_none() {
                finish(&done, None);
            }
        }
    };
    let failed = {
        let done = Rc::clone(done);
        move |_: &web_sys::Event| finish(&done, None)
    };
    EventListener::once(&image, "load", loaded).forget();
    EventListener::once(&image, "error", failed).forget();
    // Text in the address itself: a frame without an origin may draw that and still read the canvas.
    let text = base64::engine::general_purpose::STANDARD.encode(svg);
    image
        .set_attribute("src", &format!("data:image/svg+xml;base64,{text}"))
        .ok()
}

fn draw(canvas: &JsValue, image: &JsValue, done: &Done) -> Option<()> {
    let context = call(canvas, "getContext", &[&"2d".into()])?;
    let origin = JsValue::from_f64(0.0);
    call(&context, "drawImage", &[image, &origin, &origin])?;
    let done = Rc::clone(done);
    let taken = Closure::once_into_js(move |png: JsValue| finish(&done, png.dyn_into::<Blob>().ok()));
    call(canvas, "toBlob", &[&taken, &"image/png".into()]).map(drop)
}
