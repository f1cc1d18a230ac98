//! The five steps and the welcome. A view reads the state and dispatches actions; it calls no algorithm.

mod choose_lead;
mod later;
mod money_words;
mod organisations;
mod partners;
mod partnership;
mod picture;
mod pool;
mod report;
mod room;
mod welcome;
mod words;

pub use later::later_step;
pub use organisations::Organisations;
pub use partners::Partners;
pub use welcome::welcome;
