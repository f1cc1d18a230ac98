//! Years in which each donor says yes or no, drawn from a seed.

use super::model::Model;
use crate::risk::{Chance, Histogram};

/// Draws in all: about a quarter of a second in a browser.
const MAX_DRAWS: usize = 1 << 23;
/// Fewest years that are drawn however many donors there are.
const FEWEST: u32 = 1_024;

/// What came in over the years drawn.
pub(super) struct Drawn {
    /// Years.
    pub years: u32,
    /// To each organisation alone.
    pub alone: Vec<Histogram>,
    /// To all of them, alone.
    pub alone_total: Histogram,
    /// To the joint appeal.
    pub joint: Histogram,
    /// Whether in every year what organisations got is what donors gave, and no donor gave above its budget.
    pub conserved: bool,
}

/// `wanted` years, fewer where there are many donors. Every yes and no depends on the seed, the donor's place and who
/// asks, not on what else is drawn.
pub(super) fn draw(model: &Model, wanted: u32, seed: u64) -> Drawn {
    let counted: Vec<_> = model
        .donors
        .iter()
        .enumerate()
        .filter(|(_, donor)| donor.gift_minor.is_some())
        .collect();
    let asks: usize = counted.iter().map(|(_, donor)| donor.by.len() + 1).sum();
    let affordable = u32::try_from(MAX_DRAWS / asks.max(1)).unwrap_or(u32::MAX);
    let years = wanted.min(affordable.max(FEWEST)).max(1);
    let id = |party: usize| model.parties.get(party).map_or("", |id| id.as_str());
    let chances: Vec<(Vec<Chance>, Chance)> = counted
        .iter()
        .map(|(place, donor)| {
            let alone = donor.chance_alone();
            let ask = |&party: &usize| Chance::new(seed, &format!("ask:{place}:{}", id(party)), alone);
            let joint = donor.chance_joint(model.lift);
            (
                donor.by.iter().map(ask).collect(),
                Chance::new(seed, &format!("appeal:{place}"), joint),
            )
        })
        .collect();
    let mut drawn = Drawn {
        years,
        alone: vec![Histogram::default(); model.parties.len()],
        alone_total: Histogram::default(),
        joint: Histogram::default(),
        conserved: true,
    };
    let mut got = vec![0_u64; model.parties.len()];
    for year in 0..years {
        got.iter_mut().for_each(|sum| *sum = 0);
        let (mut given_alone, mut given_joint) = (0_u64, 0_u64);
        for ((_, donor), (asks, joint)) in counted.iter().zip(&chances) {
            let yes: Vec<usize> = donor
                .by
                .iter()
                .zip(asks)
                .filter(|(_, ask)| ask.at(year))
                .map(|(&party, _)| party)
                .collect();
            let heard = yes.len() as u64;
            let gift = donor.gift_minor.unwrap_or(0);
            let given = gift.saturating_mul(heard).min(donor.budget_minor);
            given_alone = given_alone.saturating_add(given);
            for (place, &party) in yes.iter().enumerate() {
                // Equal whole parts; the odd units go to those who come first.
                let odd = u64::from((place as u64) < given % heard);
                if let Some(sum) = got.get_mut(party) {
                    *sum = sum.saturating_add(given / heard + odd);
                }
            }
            if joint.at(year) {
                let given = donor.gift_joint(model.joint_gift);
                drawn.conserved &= given <= donor.budget_minor;
                given_joint = given_joint.saturating_add(given);
            }
        }
        drawn.conserved &= got.iter().fold(0_u64, |sum, &one| sum.saturating_add(one)) == given_alone;
        for (histogram, &sum) in drawn.alone.iter_mut().zip(&got) {
            histogram.add(sum);
        }
        drawn.alone_total.add(given_alone);
        drawn.joint.add(given_joint);
    }
    drawn
}
