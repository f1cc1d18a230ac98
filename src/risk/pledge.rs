//! What a pledge pays: in full, or less after a default.

use super::block::Slip;
use super::normal::{normal_cdf, normal_density, normal_quantile};
use super::points::{BLOCK, Dimension};
use super::table::{QuantileTable, unit};
use gotong_kernel::pledges::{
    PART_SHIFT, PARTS, close_together, defaults_alone, defaults_together, pay_less, ranks_of,
};
use gotong_kernel::tables::class_of;

/// Classes a driver is sorted into for its rank correlation, from what is worst for a pledge to what is best;
/// a pledge paid in full has a class of its own, the last.
pub(super) const CLASSES: usize = 33;
/// Far more than the rounding errors of a tabulated chance, far less than matters for speed.
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

/// √ρ up to which the chance that a shock leaves is tabulated with the error tables have; it gets too steep beyond.
const SMOOTH: f64 = 0.836;

/// q by the draw of the shock: the chance of a default that it leaves, Φ((Φ⁻¹(p) − √ρ·F)/√(1−ρ)).
#[derive(Clone, Debug)]
enum Chance {
    /// Tabulated like a quantile, since it is a monotone function of one uniform.
    Table(QuantileTable),
    /// Worked out each time; Φ⁻¹(p).
    Exact(f64),
}

impl Chance {
    fn new(threshold: f64, coupling: &Coupling) -> Self {
        if coupling.shared > SMOOTH {
            return Self::Exact(threshold);
        }
        let side = |sign: f64| {
            move |v: f64| {
                let shock = sign * normal_quantile(v);
                let margin = (threshold - coupling.shared * shock) / coupling.own;
                // dF/dv = 1/φ(F), and from the upper end v runs the other way.
                let slope = -coupling.shared / coupling.own * normal_density(margin) / normal_density(shock);
                (normal_cdf(margin), sign * slope)
            }
        };
        Self::Table(QuantileTable::new(side(1.0), side(-1.0)))
    }

    fn at(&self, shock: u32, coupling: &Coupling) -> f64 {
        match self {
            Self::Table(table) => table.at(shock),
            // Of a world of shocks alone (ρ = 1) 0 or 1.
            Self::Exact(threshold) => {
                normal_cdf((threshold - coupling.shared * coupling.normal.at(shock)) / coupling.own)
            }
        }
    }
}

/// What decides whether a pledge is paid in full, and else how much of it.
///
/// One uniform u decides both. It defaults where √ρ·F + √(1−ρ)·Φ⁻¹(u) < Φ⁻¹(p); given F, that is u below
/// q = Φ((Φ⁻¹(p) − √ρ·F)/√(1−ρ)), and given both, u/q is uniform again: the haircut is Q(1 − u/q). So what is paid rises with u without a jump beyond
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
    /// q by the draw of the shock, if it shares one.
    chance: Option<Chance>,
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
        let chance = shock.map(|_| Chance::new(threshold, coupling));
        let mut last = Box::new([0; PARTS]);
        for (last, part) in last.iter_mut().zip(0_u32..) {
            // The lowest shock of the part lets most pledges default.
            let most = chance.as_ref().map_or(probability, |chance| {
                chance.at(part << PART_SHIFT, coupling) * (1.0 + SLACK)
            });
            *last = last_where(|draw| unit(draw) < most);
        }
        Self {
            dimension,
            driver,
            shock,
            probability,
            chance,
            haircut,
            last,
        }
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
        let mut places = [0_u16; BLOCK];
        let mut below = [0.0; BLOCK];
        let count = match (shocks, &self.chance) {
            (Some(shocks), Some(chance)) => {
                let count = close_together(draws, shocks, &self.last, &mut places);
                match chance {
                    Chance::Table(table) => {
                        defaults_together(table.cells(), (draws, shocks), &mut places, count, &mut below)
                    }
                    Chance::Exact(_) => {
                        let chance = |shock| chance.at(shock, coupling);
                        exactly(chance, (draws, shocks), &mut places, count, &mut below)
                    }
                }
            }
            _ => {
                let count = defaults_alone(draws, self.probability, &mut places);
                below.fill(self.probability);
                count
            }
        };
        let places = places.get(..count).unwrap_or_default();
        let Some(table) = &self.haircut else {
            // Nothing is paid: how bad the draw is does not matter.
            slips.extend(places.iter().map(|&place| Slip { place, class: 0 }));
            for &place in places {
                if let Some(paid) = paid_minor.get_mut(usize::from(place)) {
                    *paid = 0;
                }
            }
            return;
        };
        let mut ranks = [0_u32; BLOCK];
        ranks_of(draws, places, &below, &mut ranks);
        slips.extend(places.iter().zip(&ranks).map(|(&place, &rank)| Slip {
            place,
            class: class_of(rank),
        }));
        pay_less(table.cells(), amount_minor, places, &ranks, paid_minor);
    }
}

/// [`defaults_together`] with a chance that is worked out each time.
fn exactly(
    chance: impl Fn(u32) -> f64,
    (draws, shocks): (&[u32], &[u32]),
    places: &mut [u16; BLOCK],
    count: usize,
    below: &mut [f64; BLOCK],
) -> usize {
    let mut kept = 0;
    for at in 0..count {
        let place = places[at];
        let chance = chance(shocks[usize::from(place)]);
        if unit(draws[usize::from(place)]) < chance {
            (places[kept], below[kept]) = (place, chance);
            kept += 1;
        }
    }
    kept
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
    use crate::risk::money::{round_half_even, whole_minor};
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

    /// What one draw pays, and its class if it defaults: without bounds and passes.
    fn singly(
        risk: &Risk,
        amount_minor: u64,
        draw: u32,
        shock: Option<u32>,
        coupling: &Coupling,
    ) -> (u64, Option<u8>) {
        let u = unit(draw);
        let below = match (shock, &risk.chance) {
            (Some(shock), Some(chance)) => chance.at(shock, coupling),
            _ => risk.probability,
        };
        // A chance that is no number (ρ = 1 at the very threshold) is none.
        if below.is_nan() || u >= below {
            return (amount_minor, None);
        }
        let Some(table) = &risk.haircut else {
            return (0, Some(0));
        };
        let rank = whole_minor((u / below * 4_294_967_296.0).min(4_294_967_295.0));
        let rank = u32::try_from(rank).unwrap();
        let paid = round_half_even(amount_minor as f64 * (1.0 - table.at(!rank)));
        (paid.min(amount_minor), Some(class_of(rank)))
    }

    #[test]
    fn the_chance_given_the_shock_is_the_stated_one() {
        for rho in [1e-6, 0.1, 0.3, 0.69, 0.8, 0.97] {
            let coupling = coupling(rho);
            for probability in [1e-9, 0.02, 0.25, 0.5, 0.999] {
                let threshold = normal_quantile(probability);
                let table = Chance::new(threshold, &coupling);
                let mut mean = 0.0;
                for draw in (0..=u32::MAX).step_by(65_537) {
                    let shock = normal_quantile(unit(draw));
                    let exact = normal_cdf((threshold - coupling.shared * shock) / coupling.own);
                    // Worked out, it passes on the error of the table of Φ⁻¹, times how steep it is.
                    let most = if coupling.shared > SMOOTH { 1e-5 } else { 2e-6 };
                    let off = (table.at(draw, &coupling) - exact).abs();
                    assert!(off < most, "{rho} {probability} {draw}: {off}");
                    mean += table.at(draw, &coupling) / 65_536.0;
                }
                assert!((mean - probability).abs() < 2e-5, "{rho} {probability}: {mean}");
            }
        }
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
