//! Drives the built page in real browsers.
//!
//! A test is a plain function over a [`browser::Browser`], one line in a table of [`suite`]. Nothing sleeps
//! for a fixed time: helpers wait until what they need is there, and say what was missing if it never is.
//! Only processes started here are ended, through their own handles (see [`driver`]).

mod base64;
pub mod bench;
pub mod browser;
pub mod checks;
pub mod driver;
pub mod screenshots;
pub mod suite;
pub mod webdriver;
