//! Who gives what to whom: the resource plan of a partnership, and the flows it is made of.
//!
//! Definitions and sources: `docs/plan.md`.

mod check;
mod deliver;
mod error;
mod fair;
mod fewer;
mod flow;
mod plain;
mod report;
mod residual;
mod resource;
mod roles;
mod setting;
mod shared;
mod simplex;

pub use check::{Fault, verify, verify_fair, verify_shared};
pub use error::{PlanError, RowProblem};
pub use fair::{FairShares, Ratio, fair_shares};
pub use flow::{Certificate, Flow, MAX_COST, MAX_LANES, MAX_TOTAL, Shipment, Transport, min_cost_flow};
pub use plain::{Name, PlainAnswer, PlainCertificate, PlainInput, plan_plain, verify_plain};
pub use report::{KindPlan, LeftOver, OpenNeed, OpenOffer, Party, ResourcePlan, Transfer, Unmet};
pub use resource::{partnership_plan, resource_plan, verify_plan};
pub use roles::{Duplicate, Gap, Overlap, RoleAssignment, RolePlan, assign_roles};
pub use setting::FRICTION_UNITS;
pub use shared::share_flow;

/// The most of one row: 10¹⁵, as everywhere in the product.
pub const MAX_QUANTITY: u64 = crate::domain::MAX_AMOUNT_MINOR;
