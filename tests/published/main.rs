//! Values other people published, each with its source: where ours differ, ours are wrong.

mod divided;
mod examples;
mod split;
