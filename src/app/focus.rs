//! Where the focus goes when what had it is taken away.

use crate::browser::{clock, document};

/// Moves the focus to the element of this id once what was dispatched before is on screen. Nothing happens if there
/// is no such element.
pub fn focus_later(id: impl Into<String>) {
    let id = id.into();
    clock::defer(move || document::focus(&id));
}

impl super::App {
    /// The same, where the context is at hand.
    pub fn focus_later(&self, id: impl Into<String>) {
        focus_later(id);
    }
}
