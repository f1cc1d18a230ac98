//! Where the focus goes when what had it is taken away.

use super::context::App;
use crate::browser::{clock, document};

impl App {
    /// Moves the focus to the element of this id once what was dispatched before is on screen. Nothing happens if
    /// there is no such element.
    pub fn focus_later(&self, id: impl Into<String>) {
        let id = id.into();
        clock::defer(move || document::focus(&id));
    }
}
