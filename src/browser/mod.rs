//! The only direct use of the browser: nothing else names `web_sys`, `js_sys` or gloo. Knows no domain.

pub mod clock;
pub mod device;
pub mod document;
pub mod dom;
pub mod fetch;
pub mod files;
pub mod intl;
pub mod media;
pub mod picture;
pub mod storage;
pub mod worker;
