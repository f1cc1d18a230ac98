//! What a partnership is worth, where it will rub, what strengthens it, and what its parties sign.
//! Definitions and sources: `docs/partnership.md`; every constant: `docs/model.md`, written from this code.
//!
//! [`assess`] reads a scenario (and, where there are some, figures of a fund report, of futures and of a
//! resource plan) and gives the benefits B1 to B12, the friction of every pair, and the recommended type;
//! [`compare`] does so with and without levers; [`agreement::draft`] writes the draft as data. All constants
//! of the model are illustrative.

mod advice;
pub mod agreement;
pub mod appeal;
mod assessment;
mod benefits;
mod cards;
mod check;
mod civil;
mod effort;
mod error;
mod figures;
mod friction;
mod inputs;
mod levers;
mod parameters;
mod parties;
mod range;
pub mod table;
mod trust;
mod what_if;

pub use advice::{
    FORMAL_MONEY_RUPIAH, FORMAL_MONTHS, FORMAL_PARTIES, STRATEGIC_MONTHS, TypeAdvice, TypeFigures,
    TypeReason, TypeReasonCode, recommend_type, review_months,
};
pub use assessment::{Assessment, Difference, LeverComparison, MAX_PARTIES, MAX_YEARS, assess, compare};
pub use cards::{Card, CardError, CardKind, Drawn, MAX_CARDS, draw};
pub use check::{Violation, violations};
pub use civil::Day;
pub use effort::Effort;
pub use error::PartnershipError;
pub use figures::{BenefitFigure, FigureUnit, Ingredient, Measure};
pub use friction::{FrictionMap, FrictionPart, FrictionValue, INTERESTS_HORIZON_PART, PairFriction};
pub use inputs::{FundFigures, FundLine, Inputs, ResourceFlow};
pub use levers::{Change, Effect, LeverRow, lever_cost, lever_row};
pub use parameters::{DAY_RATE_RUPIAH, ParameterId, ParameterSpec, ParameterValue, Parameters};
pub use range::Range;
pub use trust::trust_after_promise;
pub use what_if::{CardLine, WhatIf, WhatIfRun};
