//! The command line as a person meets it.
#![cfg(feature = "cli")]

mod commands;
mod elections;
mod fund_plain;
mod harness;
mod rules;
mod team;
mod time;
