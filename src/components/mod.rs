//! Small parts, each named for what it shows. They read the domain's types and call no algorithm.

mod amount_field;
mod bar;
pub mod charts;
mod dialog;
mod field;
mod file;
mod icon;
mod notices;
mod number_field;
mod percent_field;
mod sector_badge;
mod states;
mod typed_field;

pub use amount_field::AmountField;
pub use bar::interval_bar;
pub use dialog::{Dialog, DialogProps};
pub use field::{CheckField, SelectField, TextField};
pub use file::{FileButton, FileDrop};
pub use icon::{IconName, icon};
pub use notices::notices;
pub use number_field::{NumberField, reading as read_number};
pub use percent_field::PercentField;
pub use sector_badge::{initials, sector_badge, sector_class, sector_name};
pub use states::{empty_state, working, working_at};
pub use typed_field::{Reading, TypedField};
