//! What the screen is like.

use web_sys::MediaQueryList;

fn query(condition: &str) -> Option<MediaQueryList> {
    web_sys::window()?.match_media(condition).ok().flatten()
}

/// Whether a media condition such as `(min-width: 56em)` holds; false where it cannot be asked.
pub fn matches(condition: &str) -> bool {
    query(condition).is_some_and(|list| list.matches())
}

/// Calls `task` whenever the condition begins or ceases to hold; until the result is dropped.
pub fn on_change(condition: &str, task: impl Fn(bool) + 'static) -> Option<gloo_events::EventListener> {
    let list = query(condition)?;
    let asked = list.clone();
    Some(gloo_events::EventListener::new(&list, "change", move |_| {
        task(asked.matches());
    }))
}
