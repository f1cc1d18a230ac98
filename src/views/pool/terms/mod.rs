//! What is agreed about pledges beside their amounts: the fields to say it, and the cards that show what follows.

mod condition_fields;
mod conditions;
mod fields;
mod layers;
mod parts;
mod periods;
mod results;
mod results_fields;
mod schedule;
mod timing;

pub(super) use conditions::conditions_card;
pub(super) use fields::terms_fields;
pub(super) use layers::LayersCard;
pub(super) use parts::PartsField;
pub(super) use periods::periods;
pub(super) use results::results_card;
pub(super) use schedule::schedule_card;
