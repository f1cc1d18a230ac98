//! Values other people published, each with its source: where ours differ, ours are wrong.

mod conditions;
mod divided;
mod examples;
mod funding;
mod rules;
mod split;
