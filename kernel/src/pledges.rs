//! Which pledges default, and by how much.

use crate::money::{round_half_even, whole_minor};
use crate::tables::{Cells, tabulated, unit};

/// Equal parts of the draws of a shock.
pub const PARTS: usize = 256;
/// From a shock's draw to its part.
pub const PART_SHIFT: u32 = 24;

/// Most futures at once.
pub const MOST: usize = 1024;

/// The places of the draws below `probability`, into `places`; how many.
pub fn defaults_alone(draws: &[u32], probability: f64, places: &mut [u16; MOST]) -> usize {
    let mut count = 0;
    // Written at every place and kept where the count moves on: no guessing.
    for (&draw, place) in draws.iter().zip(0..) {
        places[count % MOST] = place;
        count += usize::from(unit(draw) < probability);
    }
    count
}

/// The places of the draws up to what `last` says of the part their shock's draw is in; how many.
pub fn close_together(draws: &[u32], shocks: &[u32], last: &[u32; PARTS], places: &mut [u16; MOST]) -> usize {
    let mut count = 0;
    for ((&draw, &shock), place) in draws.iter().zip(shocks).zip(0..) {
        let part = (shock >> PART_SHIFT) as usize % PARTS;
        places[count % MOST] = place;
        count += usize::from(draw <= last[part]);
    }
    count
}

/// Of the first `count` of `places`, those whose draw is below the chance that their shock's draw leaves, kept in front in
/// order, with that chance in `below`; how many.
pub fn defaults_together(
    chance: &Cells,
    (draws, shocks): (&[u32], &[u32]),
    places: &mut [u16; MOST],
    count: usize,
    below: &mut [f64; MOST],
) -> usize {
    let mut kept = 0;
    for at in 0..count.min(MOST) {
        let place = places[at];
        let (draw, shock) = (draws.get(usize::from(place)), shocks.get(usize::from(place)));
        let (Some(&draw), Some(&shock)) = (draw, shock) else {
            continue;
        };
        let chance = tabulated(chance, shock);
        places[kept % MOST] = place;
        below[kept % MOST] = chance;
        kept += usize::from(unit(draw) < chance);
    }
    kept
}

/// How bad each default is: its uniform divided by the chance of a default is uniform again, and that as a draw.
pub fn ranks_of(draws: &[u32], places: &[u16], below: &[f64; MOST], ranks: &mut [u32; MOST]) {
    for ((&place, below), rank) in places.iter().zip(below).zip(ranks) {
        let draw = draws.get(usize::from(place)).copied().unwrap_or(0);
        let share = unit(draw) / below * 4_294_967_296.0;
        *rank = u32::try_from(whole_minor(share.min(4_294_967_295.0))).unwrap_or(u32::MAX);
    }
}

/// What defaults leave of an amount: `haircut` is the quantile function of the share lost; the lower the rank, the more is lost.
pub fn pay_less(
    haircut: &Cells,
    amount_minor: u64,
    places: &[u16],
    ranks: &[u32; MOST],
    paid_minor: &mut [u64],
) {
    for (&place, &rank) in places.iter().zip(ranks) {
        let paid = round_half_even(amount_minor as f64 * (1.0 - tabulated(haircut, !rank)));
        if let Some(slot) = paid_minor.get_mut(usize::from(place)) {
            *slot = paid.min(amount_minor);
        }
    }
}
