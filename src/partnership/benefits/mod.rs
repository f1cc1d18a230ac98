//! The benefits B1 to B12 as figures. Definitions: `docs/partnership.md`.

mod answerable;
mod lasting;
mod money;
mod network;
mod reach;
mod resources;
mod themes;

pub(super) use lasting::pledge_reliability;

use super::parties::Parties;
use super::{BenefitFigure, Effort, FrictionMap, Inputs, Parameters};

/// What every figure is computed from.
pub(super) struct Ground<'a> {
    pub parties: &'a Parties<'a>,
    pub inputs: &'a Inputs,
    pub parameters: &'a Parameters,
    pub friction: &'a FrictionMap,
    /// What the levers cost a year.
    pub lever_cost: Effort,
}

/// Every measure once, in the order of [`Measure::ALL`](super::Measure::ALL).
pub(super) fn benefits(ground: &Ground<'_>) -> Vec<BenefitFigure> {
    let people = reach::unique_people(ground);
    let mut figures = vec![
        resources::resources_used(ground),
        resources::sector_diversity(ground),
        resources::kinds_offered(ground),
        answerable::accountability(ground),
        network::mean_trust(ground),
        lasting::still_running(ground),
        money::cost_per_person(ground, people.value),
        money::burden(ground),
        people,
        themes::duplicates_avoided(ground),
        answerable::voices(ground),
        answerable::voters(ground),
    ];
    figures.extend(network::density_and_brokerage(ground));
    figures.extend([
        money::leverage(ground),
        money::unlocked(ground),
        themes::themes_covered(ground),
        themes::themes_together(ground),
    ]);
    figures
}
