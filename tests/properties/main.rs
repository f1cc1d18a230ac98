//! What must hold whatever the input: every room against slow and plain code of its own, on random small instances.

mod coalition;
mod divided;
mod divided_pool;
mod funding;
mod matching;
mod matching_reference;
mod partnership;
mod plan;
mod plan_reference;
mod rings;
mod risk;
mod risk_closed_forms;
#[path = "../risk_plan/mod.rs"]
mod risk_plan;
mod room;
mod split;
