//! The command line as a person meets it.
#![cfg(feature = "cli")]

mod commands;
mod harness;
mod rules;
mod team;
