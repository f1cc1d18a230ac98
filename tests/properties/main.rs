//! What must hold whatever the input: every room against slow and plain code of its own, on random small instances.

mod coalition;
mod funding;
mod groups;
mod matching;
mod matching_reference;
mod max_welfare;
mod partnership;
mod plan;
mod plan_reference;
mod rings;
mod risk;
mod risk_closed_forms;
#[path = "../risk_plan/mod.rs"]
mod risk_plan;
mod room;
mod sequential;
mod split;
