//! Asking for money alone or together (M9), where organisations seek the same donors (C6).
//! Definitions, sources and limits: `docs/appeal.md`; every constant: `docs/model.md`.
//!
//! [`appeal`] reads a scenario and says what separate campaigns and one joint appeal are expected to bring each
//! organisation, exactly, and between which amounts eight futures of ten lie.

mod exact;
mod futures;
mod model;
mod report;

pub use exact::{expected_total, expected_with_yes};
pub use model::{
    AppealError, Asked, MAX_APPEAL_PARTIES, MAX_DONORS, Model, USUAL_CHANCE, USUAL_FATIGUE,
    USUAL_HOLDER_SHARE, USUAL_JOINT_GIFT, USUAL_LIFT, suggested_donors,
};
pub use report::{AppealReport, Campaign, DonorLine, PartyLine, SplitLine, appeal};
