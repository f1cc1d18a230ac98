//! The first pass over a directory: a cheap upper bound of everybody's score, in flat loops.
//!
//! One `f32` column per kind, block by block so that the sums stay in the nearest cache. The bounds are loose in
//! two harmless ways: `f32` rounding, covered by [`Columns::tolerance`], and the penalties for duplication and
//! competition, which are left out because they can only lower a score. What is *shown* is computed exactly,
//! from integers, in `pair.rs`; this pass only says whom that is worth doing for.

use super::modifiers::{FORMALITY_PART, HORIZON_PART, PACE_PART, denominator, scaled_style};
use super::ragged::Ragged;
use super::{Direction, Place, QuantityRow};
use crate::domain::{ScoreWeights, WorkingStyle};

/// Organisations per block: four sums of 4 kB.
const BLOCK: usize = 1024;
/// "Not said" in a column of quantities, rates or positions, all of which are at least 0.
const UNKNOWN: f32 = -1.0;
/// A region number nobody has.
const NOWHERE: u32 = 0;

/// Flat columns over all organisations.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    count: usize,
    kinds: usize,
    /// `offered[kind * count + org]`: quantity, 0 or [`UNKNOWN`].
    offered: Vec<f32>,
    /// `1 / need`, 0 for no need, or [`UNKNOWN`].
    need_rate: Vec<f32>,
    /// Priority over the sum of the organisation's priorities, 0 for no need.
    need_share: Vec<f32>,
    goal_count: Vec<f32>,
    /// Who has a goal.
    goal_rows: Ragged<usize>,
    /// Interned number + 1, or [`NOWHERE`].
    province: Vec<u32>,
    regency: Vec<u32>,
    /// Positions in pace, formality and horizon.
    style: [Vec<f32>; 3],
}

/// Upper bounds of the low and of the high end of everybody's score; 0 exactly where that end is 0.
pub(super) struct Bounds {
    pub low: Vec<f32>,
    pub high: Vec<f32>,
}

/// Sums of one block.
struct Sums {
    receives_low: [f32; BLOCK],
    receives_high: [f32; BLOCK],
    gives_low: [f32; BLOCK],
    gives_high: [f32; BLOCK],
}

impl Columns {
    pub fn new(
        kinds: usize,
        needs: &Ragged<QuantityRow>,
        offers: &Ragged<QuantityRow>,
        goals: &Ragged<usize>,
        places: &[Option<Place>],
        styles: &[WorkingStyle],
    ) -> Self {
        let count = places.len();
        let mut offered = vec![0.0; kinds * count];
        let mut need_rate = vec![0.0; kinds * count];
        let mut need_share = vec![0.0; kinds * count];
        let mut goal_pairs = Vec::new();
        for org in 0..count {
            for row in offers.row(org) {
                offered[row.kind * count + org] = row.quantity.map_or(UNKNOWN, |quantity| quantity as f32);
            }
            let total: f32 = needs.row(org).iter().map(|row| f32::from(row.weight)).sum();
            for row in needs.row(org) {
                let cell = row.kind * count + org;
                need_rate[cell] = row.quantity.map_or(UNKNOWN, |quantity| 1.0 / quantity as f32);
                need_share[cell] = f32::from(row.weight) / total;
            }
            goal_pairs.extend(goals.row(org).iter().map(|&goal| (goal, org)));
        }
        let goal_total = goal_pairs.iter().map(|&(goal, _)| goal + 1).max().unwrap_or(0);
        let number = |place: usize| u32::try_from(place + 1).unwrap_or(u32::MAX);
        let style = |part: usize| {
            let position = |style| scaled_style(style)[part].map_or(UNKNOWN, narrow);
            styles.iter().map(position).collect()
        };
        Self {
            count,
            kinds,
            offered,
            need_rate,
            need_share,
            goal_count: (0..count).map(|org| goals.row(org).len() as f32).collect(),
            goal_rows: Ragged::grouped(goal_total, goal_pairs),
            province: places
                .iter()
                .map(|place| place.map_or(NOWHERE, |place| number(place.province)))
                .collect(),
            regency: places
                .iter()
                .map(|place| place.and_then(|place| place.regency).map_or(NOWHERE, number))
                .collect(),
            style: std::array::from_fn(style),
        }
    }

    /// How far a bound may lie below the exact value through rounding: a few units in the last place for each of
    /// the operations on values in [0, 1].
    pub fn tolerance(&self) -> f64 {
        f64::from(f32::EPSILON) * (64.0 + 2.0 * self.kinds as f64)
    }

    /// Bounds for everybody against `seeker`, whose own entry means nothing, from its needs and offers, its goals
    /// and its records of trust.
    pub fn bounds(
        &self,
        seeker: usize,
        [needs, offers]: [&[QuantityRow]; 2],
        goals: &[usize],
        trust: &[(usize, f64)],
        direction: Direction,
        weights: &ScoreWeights,
    ) -> Bounds {
        let mut shared = vec![0_u32; self.count];
        for &goal in goals {
            for &org in self.goal_rows.row(goal) {
                shared[org] = shared[org].saturating_add(1);
            }
        }
        let mut bounds = Bounds {
            low: vec![0.0; self.count],
            high: vec![0.0; self.count],
        };
        let factor = Factor::new(self, seeker, weights);
        let mut sums = Sums {
            receives_low: [0.0; BLOCK],
            receives_high: [0.0; BLOCK],
            gives_low: [0.0; BLOCK],
            gives_high: [0.0; BLOCK],
        };
        for start in (0..self.count).step_by(BLOCK) {
            let end = (start + BLOCK).min(self.count);
            self.receives(start, end, needs, &mut sums);
            self.gives(start, end, offers, &mut sums);
            let low = &mut bounds.low[start..end];
            let high = &mut bounds.high[start..end];
            base(&sums.receives_low, &sums.gives_low, direction, low);
            base(&sums.receives_high, &sums.gives_high, direction, high);
            factor.apply(self, [start, end], &shared, low, high);
        }
        for &(org, level) in trust {
            // At most what full trust on a base of 1 would add: these few are looked at exactly anyway.
            let extra = narrow(weights.trust * level);
            for end in [&mut bounds.low[org], &mut bounds.high[org]] {
                *end = if *end > 0.0 { *end + extra } else { 0.0 };
            }
        }
        bounds
    }

    /// Share of the seeker's needs each organisation of the block fills.
    fn receives(&self, start: usize, end: usize, needs: &[QuantityRow], sums: &mut Sums) {
        let length = end - start;
        let (low, high) = (
            &mut sums.receives_low[..length],
            &mut sums.receives_high[..length],
        );
        low.fill(0.0);
        high.fill(0.0);
        let total: f32 = needs.iter().map(|row| f32::from(row.weight)).sum();
        for row in needs {
            let share = f32::from(row.weight) / total;
            let at = row.kind * self.count;
            let offered = &self.offered[at + start..at + end];
            let Some(quantity) = row.quantity else {
                for (high, &offered) in high.iter_mut().zip(offered) {
                    *high += if offered == 0.0 { 0.0 } else { share };
                }
                continue;
            };
            let rate = 1.0 / quantity as f32;
            for ((low, high), &offered) in low.iter_mut().zip(high.iter_mut()).zip(offered) {
                let filled = smaller(larger(offered, 0.0) * rate, 1.0);
                *low += share * filled;
                *high += share * if offered < 0.0 { 1.0 } else { filled };
            }
        }
    }

    /// Share of each organisation's needs the seeker fills.
    fn gives(&self, start: usize, end: usize, offers: &[QuantityRow], sums: &mut Sums) {
        let length = end - start;
        let (low, high) = (&mut sums.gives_low[..length], &mut sums.gives_high[..length]);
        low.fill(0.0);
        high.fill(0.0);
        for row in offers {
            let at = row.kind * self.count;
            let shares = &self.need_share[at + start..at + end];
            let Some(quantity) = row.quantity else {
                for (high, &share) in high.iter_mut().zip(shares) {
                    *high += share;
                }
                continue;
            };
            let quantity = quantity as f32;
            let rates = &self.need_rate[at + start..at + end];
            for (((low, high), &share), &rate) in low.iter_mut().zip(high.iter_mut()).zip(shares).zip(rates) {
                let filled = smaller(quantity * larger(rate, 0.0), 1.0);
                *low += share * filled;
                *high += share * if rate < 0.0 { 1.0 } else { filled };
            }
        }
    }
}

fn base(receives: &[f32], gives: &[f32], direction: Direction, into: &mut [f32]) {
    match direction {
        // As reciprocals: products of tiny coverages would vanish in f32 and look like no complementarity.
        Direction::Both => {
            for ((into, &x), &y) in into.iter_mut().zip(receives).zip(gives) {
                *into = 2.0 / (1.0 / x + 1.0 / y);
            }
        }
        Direction::SeekerReceives => into.copy_from_slice(&receives[..into.len()]),
        Direction::SeekerGives => into.copy_from_slice(&gives[..into.len()]),
    }
}

/// The seeker's side of the modifiers.
struct Factor {
    goals: f32,
    province: u32,
    regency: u32,
    style: [f32; 3],
    beta_goals: f32,
    beta_region: f32,
    beta_friction: [f32; 3],
    scale: f32,
}

impl Factor {
    fn new(columns: &Columns, seeker: usize, weights: &ScoreWeights) -> Self {
        let regency = columns.regency[seeker];
        Self {
            goals: columns.goal_count[seeker],
            province: columns.province[seeker],
            regency: if regency == NOWHERE { u32::MAX } else { regency },
            style: std::array::from_fn(|part| columns.style[part][seeker]),
            beta_goals: narrow(weights.shared_goals),
            beta_region: narrow(weights.shared_region),
            beta_friction: [PACE_PART, FORMALITY_PART, HORIZON_PART]
                .map(|part| narrow(weights.friction * part)),
            scale: narrow(1.0 / denominator(weights)),
        }
    }

    /// Multiplies the bases of a block by the factor. One short loop without branches for each modifier: these
    /// compile to vector instructions, one long loop over all of them did not and took twice as long.
    fn apply(
        &self,
        columns: &Columns,
        [start, end]: [usize; 2],
        shared: &[u32],
        low: &mut [f32],
        high: &mut [f32],
    ) {
        let (mut sum_low, mut sum_high) = ([1.0; BLOCK], [1.0; BLOCK]);
        let sum_low = &mut sum_low[..end - start];
        let sum_high = &mut sum_high[..end - start];
        self.goals(
            &columns.goal_count[start..end],
            &shared[start..end],
            sum_low,
            sum_high,
        );
        self.region(
            &columns.province[start..end],
            &columns.regency[start..end],
            sum_low,
            sum_high,
        );
        for part in 0..3 {
            let theirs = &columns.style[part][start..end];
            friction(
                self.style[part],
                theirs,
                self.beta_friction[part],
                sum_low,
                sum_high,
            );
        }
        for (base, sum) in low.iter_mut().zip(sum_low).chain(high.iter_mut().zip(sum_high)) {
            // Kept above 0, so that a bound is 0 only where the base is.
            *base *= larger(*sum * self.scale, 1e-6);
        }
    }

    fn goals(&self, counts: &[f32], shared: &[u32], low: &mut [f32], high: &mut [f32]) {
        if self.goals == 0.0 {
            high.iter_mut().for_each(|high| *high += self.beta_goals);
            return;
        }
        for (((low, high), &count), &shared) in low.iter_mut().zip(high).zip(counts).zip(shared) {
            // Through a signed number: baseline vector units convert no other.
            let common = shared.cast_signed() as f32;
            let jaccard = common / (self.goals + count - common);
            *low += self.beta_goals * jaccard;
            *high += self.beta_goals * if count == 0.0 { 1.0 } else { jaccard };
        }
    }

    fn region(&self, province: &[u32], regency: &[u32], low: &mut [f32], high: &mut [f32]) {
        if self.province == NOWHERE {
            high.iter_mut().for_each(|high| *high += self.beta_region);
            return;
        }
        let (full, half) = (self.beta_region, 0.5 * self.beta_region);
        for (((low, high), &province), &regency) in low.iter_mut().zip(high).zip(province).zip(regency) {
            let near = if province == self.province { half } else { 0.0 };
            let near = if regency == self.regency { full } else { near };
            *low += near;
            *high += if province == NOWHERE { full } else { near };
        }
    }
}

/// Takes the distance of two positions off both sums; whoever has not said may be anywhere in [0, 1].
fn friction(own: f32, theirs: &[f32], beta: f32, low: &mut [f32], high: &mut [f32]) {
    if own < 0.0 {
        for (low, &theirs) in low.iter_mut().zip(theirs) {
            *low -= beta
                * if theirs < 0.0 {
                    1.0
                } else {
                    larger(theirs, 1.0 - theirs)
                };
        }
        return;
    }
    let reach = larger(own, 1.0 - own);
    for ((low, high), &theirs) in low.iter_mut().zip(high).zip(theirs) {
        let distance = (own - theirs).abs();
        *low -= beta * if theirs < 0.0 { reach } else { distance };
        *high -= beta * if theirs < 0.0 { 0.0 } else { distance };
    }
}

/// Plain comparisons compile to one instruction each; `f32::min` and `max` also care for NaN, which cannot occur.
fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

fn narrow(value: f64) -> f32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a bound: the tolerance covers the rounding"
    )]
    let narrow = value as f32;
    narrow
}
