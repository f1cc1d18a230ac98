//! The loops that simulated futures spend their time in: over columns of numbers, knowing nothing of plans.
//!
//! They are a package of their own for one reason: the page is compiled for size, and a package is the smallest unit a
//! profile can compile for speed (`docs/decisions/0013-the-kernel.md`). What the numbers mean, and what is tested, is in
//! `gotong` itself: `risk` and `funding`.
//!
//! Rules for what is here: no generic function (it would be compiled, for size, where it is used), no allocation, only
//! +, −, ×, ÷, √ and integers (the same bytes on every engine), loops without jumps that could be guessed wrong.

#![forbid(unsafe_code)]

pub mod counts;
pub mod draws;
pub mod money;
pub mod pledges;
pub mod rule;
pub mod tables;
