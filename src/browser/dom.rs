//! The browser's element types that fields and dialogues must name, under this room's roof.

pub use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
