//! The running page: root component, the shared context every view reads, the engine that carries requests to
//! the worker, and the effects (jobs, autosave, address) that keep the reducer pure.

mod context;
mod effects;
mod engine;
mod focus;
mod imports;
mod shell;
mod worker_side;

pub use context::{App, use_app};
pub use engine::{Engine, Trouble};
pub use shell::Root;
pub use worker_side::serve;
