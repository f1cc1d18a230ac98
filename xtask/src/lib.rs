//! Everything a person runs in this repository; `cargo xtask help` lists it.
//!
//! | module | does |
//! |---|---|
//! | [`tools`], [`browsers`] | install what is missing, by exact version |
//! | [`build`], [`page`], [`size`] | build the page, finish it, hold its size |
//! | [`server`] | serve it as a strict host would |
//! | [`test`], [`schema`] | everything that must hold |
//!
//! The browser tests (`tests/browser`) use [`server`] and [`browsers`] too, hence a library.

pub mod browsers;
pub mod build;
pub mod command;
pub mod failure;
pub mod module;
pub mod page;
pub mod paths;
pub mod schema;
pub mod server;
pub mod size;
pub mod test;
pub mod tools;
