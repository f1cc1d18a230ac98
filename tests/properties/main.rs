//! What must hold whatever the input: every room against slow and plain code of its own, on random small instances.

mod appeal;
mod coalition;
mod conditions;
mod divided;
mod divided_pool;
mod equal_shares;
mod equal_shares_reference;
mod funding;
mod funding_compare;
mod funding_explained;
mod funding_properties;
mod groups;
mod hostile_elections;
mod integral;
mod matching;
mod matching_reference;
mod max_welfare;
mod partnership;
mod paying;
mod plan;
mod plan_reference;
mod rings;
mod risk;
mod risk_cards;
mod risk_closed_forms;
mod risk_compare;
#[path = "../risk_plan/mod.rs"]
mod risk_plan;
mod risk_shares;
mod risk_time;
mod room;
mod sequential;
mod split;
