//! The running page: root component, the shared context every view reads, the engine that carries requests to
//! the worker, and the effects (jobs, autosave, address) that keep the reducer pure.

mod case_studies;
mod context;
mod crew;
mod effects;
mod engine;
pub mod exports;
mod focus;
mod imports;
mod job;
mod later;
mod screen;
mod shell;
mod worker_side;

pub use context::{App, use_app};
pub use crew::workers_here;
pub use engine::{Engine, Trouble};
pub use focus::focus_later;
pub use job::{Job, use_job};
pub use screen::{use_reveal, use_wide};
pub use shell::Root;
pub use worker_side::serve;
