//! Gotong: find the partners you lack, plan money together, see how often the plan holds.

#[cfg(feature = "ui")]
pub mod browser;
