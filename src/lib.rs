//! Gotong: find the partners you lack, plan money together, see how often the plan holds.
//!
//! The pure core knows no browser and compiles natively with `--no-default-features`. Who may import whom:
//! `domain` ← `explain` ← `matching`, `funding` ← `risk` ← `partnership` ← `interchange` ← `jobs` ← `state`; `charts`
//! and `text` know plain numbers and codes (`text` also knows [`domain::Language`]); `tests/tidy.rs` holds this.
//! The page (feature `ui`) is a thin layer over it.

pub mod cases;
pub mod charts;
pub mod domain;
pub mod explain;
pub mod funding;
pub mod interchange;
pub mod jobs;
pub mod later;
pub mod matching;
pub mod objects;
pub mod order;
pub mod partnership;
pub mod risk;
pub mod state;
pub mod text;

#[cfg(feature = "ui")]
pub mod app;
#[cfg(feature = "ui")]
pub mod browser;
#[cfg(feature = "ui")]
pub mod components;
#[cfg(feature = "ui")]
pub mod i18n;
#[cfg(feature = "ui")]
pub mod views;
