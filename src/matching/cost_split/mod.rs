//! Who pays how much of a common cost, and who would rather go alone. Definitions and sources: `docs/matching.md`.

mod answer;
mod cheapest;
mod core_check;
mod error;
mod fraction;
mod game;
mod hunt;
mod many;
mod nucleolus;
mod plain;
mod sampled;
mod sampling;
mod saving;
mod shapley;
mod simplex;
mod team;
mod verify;
mod work;

pub use answer::{Means, Method, Sampled, Split, SplitAnswer, equal_split, proportional_split, split_costs};
pub use core_check::{Blocking, blocking_group};
pub use error::SplitError;
pub use fraction::{Fraction, whole_shares};
pub use game::{Game, MAX_COST, MAX_PLAYERS, key, members};
pub use many::{MAX_TEAM, SplitLimits, TeamSplitSearch};
pub use nucleolus::{MAX_NUCLEOLUS_PLAYERS, Nucleolus, NucleolusLevel, least_core, nucleolus};
pub use plain::{PlainSplit, PlainSplitAnswer};
pub use sampled::{Estimate, MAX_SAMPLED_PLAYERS, SampledShapley};
pub use shapley::shapley_value;
pub use team::{MARKET_PRICES_RUPIAH, TeamSplit, team_split};
pub use verify::{NucleolusFault, verify_nucleolus};
