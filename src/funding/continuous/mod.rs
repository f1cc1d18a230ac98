//! Rules whose result is a split of money, not a choice of projects: quadratic matches, the Nash product, the
//! equilibrium of donors. Plain numbers in, plain numbers out; what a scenario buys with them is the affair of
//! `rules/divided.rs`. Definitions, methods and sources: `docs/divided-funding.md`.
//!
//! Floating point, but the same bytes everywhere: additions, multiplications, divisions and square roots only (all
//! rounded exactly by IEEE 754), in a fixed order.

mod cholesky;
mod critical;
mod donors;
mod equilibrium;
mod gifts;
mod interior;
mod named;
mod nash;
mod plain;
mod quadratic;

pub use donors::{Divided, Donor, Standard};
pub use equilibrium::{equilibrium, equilibrium_certificate};
pub use gifts::{Gift, Gifts, MAX_GIFT_PAIRS};
pub use named::{Name, Named};
pub use nash::{nash, nash_certificate};
pub use plain::{PlainAnswer, PlainDonor, PlainError, PlainFund};
pub use quadratic::{MatchSplit, pair_bounded, quadratic, share_of_pool};

/// A split is proven if its certificate is at most this: relative, 10⁻⁹.
pub const CERTIFIED: f64 = 1e-9;
