//! The only direct use of the browser: nothing else names `web_sys`, `js_sys` or gloo. Knows no domain.

pub mod worker;
