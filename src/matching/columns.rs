//! The first pass over a directory: a cheap upper bound of everybody's score, in flat loops.
//!
//! One `f32` column per kind, block by block so that the sums stay in the nearest cache. The bounds are loose in
//! two harmless ways: `f32` rounding, covered by [`Columns::tolerance`], and the penalties for duplication and
//! competition, which are left out because they can only lower a score. What is *shown* is computed exactly,
//! from integers, in `pair.rs`; this pass only says whom that is worth doing for.

use super::modifiers::{FORMALITY_PART, HORIZON_PART, PACE_PART, scaled_style};
use super::ragged::Ragged;
use super::{Direction, Place, QuantityRow};
use crate::domain::{ScoreWeights, WorkingStyle};

/// Organisations per block: four sums of 4 kB.
const BLOCK: usize = 1024;
/// "Not said" in a column of quantities, rates or positions, all of which are at least 0.
const UNKNOWN: f32 = -1.0;
/// More than any quantity can be; its products stay finite.
const PLENTY: f32 = 1e30;
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
    pace: Vec<f32>,
    formality: Vec<f32>,
    horizon: Vec<f32>,
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
            pace: style(0),
            formality: style(1),
            horizon: style(2),
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
            factor.apply(self, start, end, &shared, low, high);
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
                *low += share * smaller(larger(offered, 0.0) * rate, 1.0);
                *high += share * smaller(if offered < 0.0 { PLENTY } else { offered } * rate, 1.0);
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
                *low += share * smaller(quantity * larger(rate, 0.0), 1.0);
                *high += share * smaller(quantity * if rate < 0.0 { PLENTY } else { rate }, 1.0);
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
    beta_friction: f32,
    scale: f32,
}

impl Factor {
    fn new(columns: &Columns, seeker: usize, weights: &ScoreWeights) -> Self {
        let regency = columns.regency[seeker];
        Self {
            goals: columns.goal_count[seeker],
            province: columns.province[seeker],
            regency: if regency == NOWHERE { u32::MAX } else { regency },
            style: [
                columns.pace[seeker],
                columns.formality[seeker],
                columns.horizon[seeker],
            ],
            beta_goals: narrow(weights.shared_goals),
            beta_region: narrow(weights.shared_region),
            beta_friction: narrow(weights.friction),
            scale: narrow(1.0 / (1.0 + weights.shared_goals + weights.shared_region + weights.trust)),
        }
    }

    fn apply(
        &self,
        columns: &Columns,
        start: usize,
        end: usize,
        shared: &[u32],
        low: &mut [f32],
        high: &mut [f32],
    ) {
        let length = end - start;
        let goal_count = &columns.goal_count[start..end];
        let shared = &shared[start..end];
        let province = &columns.province[start..end];
        let regency = &columns.regency[start..end];
        let pace = &columns.pace[start..end];
        let formality = &columns.formality[start..end];
        let horizon = &columns.horizon[start..end];
        let (low, high) = (&mut low[..length], &mut high[..length]);
        for org in 0..length {
            let common = shared[org] as f32;
            let said = self.goals > 0.0 && goal_count[org] > 0.0;
            let either = larger(self.goals + goal_count[org] - common, 1.0);
            let goals = common / either;
            let goals_high = if said { goals } else { 1.0 };
            let located = self.province != NOWHERE && province[org] != NOWHERE;
            let near = if province[org] == self.province { 0.5 } else { 0.0 };
            let near = if regency[org] == self.regency { 1.0 } else { near };
            let (near_low, near_high) = if located { (near, near) } else { (0.0, 1.0) };
            let (pace_low, pace_high) = apart(self.style[0], pace[org]);
            let (formality_low, formality_high) = apart(self.style[1], formality[org]);
            let (horizon_low, horizon_high) = apart(self.style[2], horizon[org]);
            let weigh = |pace, formality, horizon| {
                PACE_PART as f32 * pace + FORMALITY_PART as f32 * formality + HORIZON_PART as f32 * horizon
            };
            let rub_high = weigh(pace_high, formality_high, horizon_high);
            let rub_low = weigh(pace_low, formality_low, horizon_low);
            let factor = |goals, near, rub| {
                let sum = 1.0 + self.beta_goals * goals + self.beta_region * near - self.beta_friction * rub;
                // Kept above 0, so that a bound is 0 only where the base is.
                larger(sum * self.scale, 1e-6)
            };
            low[org] *= factor(goals, near_low, rub_high);
            high[org] *= factor(goals_high, near_high, rub_low);
        }
    }
}

/// Distance of two positions, low and high end; whoever has not said may be anywhere in [0, 1].
fn apart(a: f32, b: f32) -> (f32, f32) {
    let distance = (a - b).abs();
    let known = larger(a, b);
    let reach = if known < 0.0 {
        1.0
    } else {
        larger(known, 1.0 - known)
    };
    if a < 0.0 || b < 0.0 {
        (0.0, reach)
    } else {
        (distance, distance)
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
