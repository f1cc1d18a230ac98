//! Where the focus goes when the element that had it is taken away.

use crate::browser::{clock, document};

/// Moves the focus to the element of this id once the page is drawn again.
pub fn focus_later(id: impl Into<String>) {
    let id = id.into();
    clock::defer(move || document::focus(&id));
}
