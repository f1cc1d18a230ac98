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

pub use bar::{IntervalBar, IntervalBarProps};
pub use dialog::{Dialog, DialogProps};
pub use field::{AmountField, CheckField, NumberField, SelectField, TextField};
pub use file::{FileButton, FileDrop};
pub use icon::{Icon, IconName};
pub use notices::Notices;
pub use percent_field::PercentField;
pub use sector_badge::{SectorBadge, initials, sector_class, sector_name};
pub use states::{EmptyState, Working};
