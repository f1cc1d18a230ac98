//! The five steps and the welcome. A view reads the state and dispatches actions; it calls no algorithm.

mod choose_lead;
mod money_words;
mod organisations;
mod partners;
mod partnership;
mod pool;
mod report;
mod welcome;
mod words;

pub use organisations::Organisations;
pub use partners::Partners;
pub use partnership::Partnership;
pub use pool::Pool;
pub use report::Report;
pub use welcome::welcome;
