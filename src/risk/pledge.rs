//! What a pledge pays: in full, or less after a default.

use super::block::Slip;
use super::money::{round_half_even, whole_minor};
use super::normal::normal_cdf;
use super::points::{BLOCK, Dimension};
use super::table::{QuantileTable, unit};

/// Classes a driver is sorted into for its rank correlation, from what is worst for a pledge to what is best;
/// a pledge paid in full has a class of its own, the last.
pub(super) const CLASSES: usize = 33;
const CLASS_SHIFT: u32 = 27;

/// One of 32 equally likely classes of a draw, ascending.
#[inline]
pub(super) fn class_of(draw: u32) -> u8 {
    u8::try_from(draw >> CLASS_SHIFT).unwrap_or(0)
}

/// Equal parts of the draws of a shock.
const PARTS: usize = 256;
const PART_SHIFT: u32 = 24;

/// Far more than the rounding errors of a tabulated quantile, far less than matters for speed.
const SLACK: f64 = 1e-9;

/// The common shock of a run: how it turns the draw of a sector into √ρ·F.
#[derive(Clone, Debug)]
pub(super) struct Coupling {
    /// Φ⁻¹ of a draw.
    pub normal: QuantileTable,
    /// √ρ.
    pub shared: f64,
    /// √(1−ρ).
    pub own: f64,
}

/// What decides whether a pledge is paid in full, and else how much of it.
///
/// One uniform u decides both. It defaults where √ρ·F + √(1−ρ)·Φ⁻¹(u) < Φ⁻¹(p); given F, that is u below some q, and
/// given both, u/q is uniform again: the haircut is Q(1 − u/q). So what is paid rises with u without a jump beyond
/// the haircut's own, which is what makes evenly spread points pay off.
///
/// Most draws are paid in full, and most of these plainly so: `last` bounds q from above for each part of the
/// shock's range, and only draws up to it are looked at closely.
#[derive(Clone, Debug)]
pub(super) struct Risk {
    pub dimension: Dimension,
    pub driver: usize,
    /// The shock it shares, if any.
    pub shock: Option<usize>,
    probability: f64,
    /// Φ⁻¹(p).
    threshold: f64,
    /// Quantiles of the share lost; without one, all of it.
    haircut: Option<QuantileTable>,
    /// `last[part]`: no draw above defaults when the shock's draw lies in that part.
    last: Box<[u32; PARTS]>,
}

impl Risk {
    /// A pledge that defaults with this probability and shares this shock, if any.
    pub(super) fn new(
        (dimension, driver): (Dimension, usize),
        (probability, threshold): (f64, f64),
        haircut: Option<QuantileTable>,
        (shock, coupling): (Option<usize>, &Coupling),
    ) -> Self {
        let mut risk = Self {
            dimension,
            driver,
            shock,
            probability,
            threshold,
            haircut,
            last: Box::new([0; PARTS]),
        };
        let mut last = [0; PARTS];
        for (last, part) in last.iter_mut().zip(0_u32..) {
            *last = if shock.is_none() {
                last_where(|draw| unit(draw) < probability)
            } else {
                // The lowest shock of the part lets most pledges default.
                let margin = risk.margin(part << PART_SHIFT, coupling) + SLACK;
                last_where(|draw| coupling.own * coupling.normal.at(draw) < margin + SLACK)
            };
        }
        *risk.last = last;
        risk
    }

    /// Φ⁻¹(p) − √ρ·F.
    #[inline]
    fn margin(&self, shock: u32, coupling: &Coupling) -> f64 {
        self.threshold - coupling.shared * coupling.normal.at(shock)
    }

    /// Where the draws default, with what is then paid, into `paid_minor` and `slips`; elsewhere the pledge is paid
    /// in full. `shocks` are the draws of its shock, if it shares one.
    pub(super) fn fill(
        &self,
        amount_minor: u64,
        (draws, shocks): (&[u32], Option<&[u32]>),
        coupling: &Coupling,
        paid_minor: &mut [u64],
        slips: &mut Vec<Slip>,
    ) {
        paid_minor.fill(amount_minor);
        slips.clear();
        // Each pass is one short loop without jumps that could be guessed wrong, so that the processor works on
        // several futures at once.
        let mut close = [0_u16; BLOCK];
        let close = self.close(draws, shocks, &mut close);
        let Some(table) = &self.haircut else {
            // Nothing is paid: how bad the draw is does not matter.
            for &place in close {
                let at = usize::from(place);
                if self.defaults(draws, shocks, at, coupling).is_some() {
                    slips.push(Slip { place, class: 0 });
                    set(paid_minor, at, 0);
                }
            }
            return;
        };
        let mut ranks = [0_u32; BLOCK];
        for &place in close {
            if let Some((u, margin)) = self.defaults(draws, shocks, usize::from(place), coupling) {
                let below = match shocks {
                    None => self.probability,
                    Some(_) => normal_cdf(margin / coupling.own).max(u),
                };
                let rank = draw_of(u / below);
                ranks[slips.len() % BLOCK] = rank;
                slips.push(Slip {
                    place,
                    class: class_of(rank),
                });
            }
        }
        for (slip, &rank) in slips.iter().zip(&ranks) {
            let paid = round_half_even(amount_minor as f64 * (1.0 - table.at(!rank)));
            set(paid_minor, usize::from(slip.place), paid.min(amount_minor));
        }
    }

    /// The places whose draws are not plainly paid in full.
    fn close<'a>(&self, draws: &[u32], shocks: Option<&[u32]>, places: &'a mut [u16; BLOCK]) -> &'a [u16] {
        let mut count = 0;
        // Written at every place and kept where the count moves on: no guessing.
        match shocks {
            None => {
                let last = self.last[0];
                for (&draw, place) in draws.iter().zip(0..) {
                    places[count % BLOCK] = place;
                    count += usize::from(draw <= last);
                }
            }
            Some(shocks) => {
                for ((&draw, &shock), place) in draws.iter().zip(shocks).zip(0..) {
                    let part = (shock >> PART_SHIFT) as usize % PARTS;
                    places[count % BLOCK] = place;
                    count += usize::from(draw <= self.last[part]);
                }
            }
        }
        places.get(..count).unwrap_or_default()
    }

    /// The uniform at this place and Φ⁻¹(p) − √ρ·F (without a shock: 0), if it is a default.
    #[inline]
    fn defaults(
        &self,
        draws: &[u32],
        shocks: Option<&[u32]>,
        at: usize,
        coupling: &Coupling,
    ) -> Option<(f64, f64)> {
        let draw = *draws.get(at)?;
        let u = unit(draw);
        let Some(shocks) = shocks else {
            return (u < self.probability).then_some((u, 0.0));
        };
        let margin = self.margin(*shocks.get(at)?, coupling);
        let defaults = coupling.own * coupling.normal.at(draw) < margin;
        defaults.then_some((u, margin))
    }
}

#[inline]
fn set(values: &mut [u64], at: usize, value: u64) {
    if let Some(slot) = values.get_mut(at) {
        *slot = value;
    }
}

/// The draw nearest to a probability.
#[inline]
fn draw_of(probability: f64) -> u32 {
    let draw = (probability * 4_294_967_296.0).clamp(0.0, 4_294_967_295.0);
    u32::try_from(whole_minor(draw)).unwrap_or(u32::MAX)
}

/// The last draw for which `holds`, which holds up to some draw and not beyond; 0 if it never does.
fn last_where(holds: impl Fn(u32) -> bool) -> u32 {
    let mut last = 0;
    for bit in (0..32).rev() {
        let next = last | 1 << bit;
        if holds(next) {
            last = next;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FutureSettings, Sampler};
    use crate::risk::beta::Beta;
    use crate::risk::normal::{normal_density, normal_quantile};
    use crate::risk::points::Layout;

    fn coupling(rho: f64) -> Coupling {
        Coupling {
            normal: QuantileTable::new(
                |v| (normal_quantile(v), 1.0 / normal_density(normal_quantile(v))),
                |v| (-normal_quantile(v), -1.0 / normal_density(normal_quantile(v))),
            ),
            shared: rho.sqrt(),
            own: (1.0 - rho).sqrt(),
        }
    }

    /// What one draw pays, and its class if it defaults: by the definition, without bounds and passes.
    fn singly(
        risk: &Risk,
        amount_minor: u64,
        draw: u32,
        shock: Option<u32>,
        coupling: &Coupling,
    ) -> (u64, Option<u8>) {
        let u = unit(draw);
        let below = match shock {
            None if u < risk.probability => risk.probability,
            None => return (amount_minor, None),
            Some(shock) => {
                let margin = risk.threshold - coupling.shared * coupling.normal.at(shock);
                if coupling.own * coupling.normal.at(draw) >= margin {
                    return (amount_minor, None);
                }
                normal_cdf(margin / coupling.own).max(u)
            }
        };
        let Some(table) = &risk.haircut else {
            return (0, Some(0));
        };
        let rank = draw_of(u / below);
        let paid = round_half_even(amount_minor as f64 * (1.0 - table.at(!rank)));
        (paid.min(amount_minor), Some(class_of(rank)))
    }

    #[test]
    fn plainly_paid_draws_are_told_from_the_others_without_a_miss() {
        let settings = FutureSettings {
            sampler: Sampler::Random,
            ..FutureSettings::default()
        };
        let layout = Layout::new(&settings);
        let shocks_of = Dimension::new(&layout, 0, "shock:x");
        let mut cases = 0;
        for rho in [1e-9, 0.3, 0.97, 1.0] {
            let coupling = coupling(rho);
            for probability in [1e-12, 0.02, 0.25, 0.5, 0.999, 1.0] {
                for (haircut, with_shock) in [(true, true), (false, true), (true, false), (false, false)] {
                    let haircut = haircut.then(|| Beta::new(2.0, 3.0).unwrap().table(0.0, 1.0));
                    let shock = (with_shock && probability < 1.0).then_some(0);
                    let dimension = Dimension::new(&layout, 1, "pledge:x");
                    let chance = (probability, normal_quantile(probability));
                    let risk = Risk::new((dimension, 0), chance, haircut, (shock, &coupling));
                    let (mut draws, mut shocks) = ([0; BLOCK], [0; BLOCK]);
                    risk.dimension.fill(0, &mut draws);
                    shocks_of.fill(0, &mut shocks);
                    // Half of the draws close to the bound, where a mistake would show; some at the ends.
                    for (place, (draw, shock)) in draws.iter_mut().zip(&mut shocks).enumerate() {
                        let last = risk.last[(*shock >> PART_SHIFT) as usize];
                        match place % 8 {
                            0 | 1 => *draw = last.wrapping_add(*draw % 64).wrapping_sub(32),
                            2 => *draw = last,
                            3 => *shock &= !0 << PART_SHIFT,
                            4 => *draw = last.saturating_add(1),
                            _ => {}
                        }
                    }
                    (draws[5], draws[6]) = (0, u32::MAX);
                    let (mut paid, mut slips) = ([0; BLOCK], Vec::new());
                    let columns = (draws.as_slice(), shock.map(|_| shocks.as_slice()));
                    risk.fill(650_000_000, columns, &coupling, &mut paid, &mut slips);
                    let mut found = slips.iter().peekable();
                    for (place, &draw) in draws.iter().enumerate() {
                        let slip = found.next_if(|slip| usize::from(slip.place) == place);
                        let shock = shock.map(|_| shocks[place]);
                        let expected = singly(&risk, 650_000_000, draw, shock, &coupling);
                        assert_eq!((paid[place], slip.map(|slip| slip.class)), expected);
                        cases += 1;
                    }
                    assert_eq!(found.next(), None);
                }
            }
        }
        assert!(cases > 90_000);
    }
}
