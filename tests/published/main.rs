//! Values other people published, each with its source: where ours differ, ours are wrong.

mod examples;
mod rules;
mod split;
