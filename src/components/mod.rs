//! Small parts, each named for what it shows. They read the domain's types and call no algorithm.

mod bar;
pub mod charts;
mod dialog;
mod field;
mod file;
mod icon;
mod notices;
mod percent_field;
mod sector_badge;
mod states;

pub use bar::interval_bar;
pub use dialog::{Dialog, DialogProps};
pub use field::{AmountField, CheckField, NumberField, SelectField, TextField};
pub use file::{FileButton, FileDrop};
pub use icon::{IconName, icon};
pub use notices::notices;
pub use percent_field::PercentField;
pub use sector_badge::{initials, sector_badge, sector_class, sector_name};
pub use states::{empty_state, working, working_at};
