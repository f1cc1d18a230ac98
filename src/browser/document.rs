//! The page around the app: its address, language, title, focus and printing.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, UrlSearchParams};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The value of `name` in the address's query.
pub fn query(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// The languages the reader prefers, best first, as BCP 47 tags.
pub fn preferred_languages() -> Vec<String> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    window
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// Writes an attribute of the root element, such as `lang` or `data-theme`.
pub fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute(name, value);
    }
}

/// Writes the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// The element the app is mounted in.
pub fn mount_point() -> Option<web_sys::Element> {
    document()?.get_element_by_id("gotong")
}

/// Moves the focus to the element of this id.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Scrolls the element of this id to the top of the screen (below what sticks there: `scroll-margin-top`).
pub fn reveal(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        element.scroll_into_view();
    }
}

/// Scrolls to the top of the page.
pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Opens the browser's print dialogue.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// Writes `?view=` into the address without loading anything, so that Back returns to the step before. In a
/// frame without an origin the browser may refuse: then Back simply leaves.
pub fn push_view(code: &str) {
    let Some(window) = web_sys::window() else { return };
    let Ok(search) = window.location().search() else {
        return;
    };
    let Ok(parameters) = UrlSearchParams::new_with_str(&search) else {
        return;
    };
    if parameters.get("view").as_deref() == Some(code) {
        return;
    }
    parameters.set("view", code);
    let address = format!("?{}", String::from(parameters.to_string()));
    if let Ok(history) = window.history() {
        let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address));
    }
}

/// Calls `task` when the person goes back or forward; until the result is dropped.
pub fn on_navigation(task: impl Fn() + 'static) -> Option<gloo_events::EventListener> {
    let window = web_sys::window()?;
    Some(gloo_events::EventListener::new(&window, "popstate", move |_| {
        task()
    }))
}

/// Calls `task` for every key pressed anywhere on the page; until the result is dropped. `task` says whether it
/// took the key.
pub fn on_key(
    task: impl Fn(&web_sys::KeyboardEvent) -> bool + 'static,
) -> Option<gloo_events::EventListener> {
    let document = document()?;
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    Some(gloo_events::EventListener::new_with_options(
        &document,
        "keydown",
        options,
        move |event| {
            if let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>()
                && task(event)
            {
                event.prevent_default();
            }
        },
    ))
}

/// Whether the focus is in a field where the browser itself undoes typing.
pub fn typing() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
