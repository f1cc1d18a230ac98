//! The search itself: bounds for everybody, exact scores for those who may be shown, reasons for those who are.

use super::attribution::{Question, by_rank};
use super::columns::Bounds;
use super::interval::Interval;
use super::near_miss::smallest_change;
use super::pair::{Pair, kind_fills};
use super::{Direction, Directory, Excluded, MatchError, Mode, NearMiss, PartnerList, PartnerMatch};
use crate::domain::{OrgId, ScoreWeights};
use crate::explain::ExclusionCode;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// How many near misses are named.
pub const NEAR_MISSES: usize = 5;
/// The score an organisation must reach to count as a near miss while nobody is on the list yet.
pub const BAR_OF_AN_EMPTY_LIST: f64 = 0.25;
/// How many organisations are looked at for near misses, nearest by score first: this many of those no answer could
/// bring in, and this many of those whose bound leaves that open. In a directory of up to this size the near
/// misses are the smallest changes of all; in a larger one, of those this near to the list.
pub const NEAR_MISS_POOL: usize = 256;

impl Directory {
    /// The partners that fit `seeker` best, who could belong to them, who nearly does, and who is excluded.
    ///
    /// Scores and groups as in `docs/matching.md`; `weights` are checked, `top` is the most shown in `partners`
    /// and in `could_belong` (0 shows nobody).
    ///
    /// Order: `partners` by low end, then high end, both falling, then file order; `could_belong` by high end, then
    /// low end, then file order; `near_misses` by share, then low end falling, then file order; `excluded` in
    /// file order. Rows of kinds in documented order of kinds.
    ///
    /// Cost: O(n · k) flat for n organisations and k kinds the seeker names, then O(k) for each organisation that
    /// comes near the list (docs/matching.md has figures).
    ///
    /// # Errors
    /// [`MatchError::UnknownOrganisation`], [`MatchError::WeightsInvalid`].
    pub fn search(
        &self,
        seeker: &OrgId,
        mode: Mode,
        weights: &ScoreWeights,
        top: usize,
    ) -> Result<PartnerList, MatchError> {
        check(weights)?;
        let unknown = || MatchError::UnknownOrganisation {
            id: seeker.to_string(),
        };
        let row = self.row_of(seeker).ok_or_else(unknown)?;
        let search = Search {
            directory: self,
            seeker: row,
            direction: self.direction(row, mode),
            weights,
        };
        let nobody = |rows: &[_]| rows.is_empty();
        let suggest_gift =
            mode == Mode::Mutual && (nobody(self.needs.row(row)) || nobody(self.offers.row(row)));
        let excluded = |&other: &usize| Excluded {
            id: self.ids[other].clone(),
            code: ExclusionCode::ConflictOfInterest,
        };
        let groups = search.groups(top.min(self.len()));
        let describe =
            |found: Vec<(usize, Interval)>| found.into_iter().map(|(at, _)| search.describe(at)).collect();
        Ok(PartnerList {
            seeker: seeker.clone(),
            mode,
            direction: search.direction,
            partners: describe(groups.partners),
            could_belong: describe(groups.could_belong),
            near_misses: groups.near_misses,
            excluded: self
                .conflicts
                .row(row)
                .iter()
                .filter(|&&other| other != row)
                .map(excluded)
                .collect(),
            considered: self.len() - 1,
            suggest_gift,
        })
    }

    /// A gift goes to the seeker, unless the seeker has something to give and needs nothing: then it is the giver.
    fn direction(&self, seeker: usize, mode: Mode) -> Direction {
        let gives_only = self.needs.row(seeker).is_empty() && !self.offers.row(seeker).is_empty();
        match mode {
            Mode::Mutual => Direction::Both,
            Mode::Gift if gives_only => Direction::SeekerGives,
            Mode::Gift => Direction::SeekerReceives,
        }
    }
}

/// Each weight in [0, 1], the negative ones at most 1 together.
pub(super) fn check(weights: &ScoreWeights) -> Result<(), MatchError> {
    let negative_sum: f64 = [weights.friction, weights.duplication, weights.competition]
        .into_iter()
        .sum();
    let named = [
        ("shared_goals", weights.shared_goals),
        ("shared_region", weights.shared_region),
        ("trust", weights.trust),
        ("friction", weights.friction),
        ("duplication", weights.duplication),
        ("competition", weights.competition),
        ("negative-sum", negative_sum),
    ];
    match named.into_iter().find(|(_, value)| !(0.0..=1.0).contains(value)) {
        Some((name, value)) => Err(MatchError::WeightsInvalid { name, value }),
        None => Ok(()),
    }
}

struct Groups {
    partners: Vec<(usize, Interval)>,
    could_belong: Vec<(usize, Interval)>,
    near_misses: Vec<NearMiss>,
}

struct Search<'a> {
    directory: &'a Directory,
    seeker: usize,
    direction: Direction,
    weights: &'a ScoreWeights,
}

impl Search<'_> {
    fn groups(&self, top: usize) -> Groups {
        let directory = self.directory;
        let mut bounds = directory.columns.bounds(
            self.seeker,
            [
                directory.needs.row(self.seeker),
                directory.offers.row(self.seeker),
            ],
            directory.goals.row(self.seeker),
            directory.trust.row(self.seeker),
            self.direction,
            self.weights,
        );
        let mut taken = vec![false; directory.len()];
        let mut close = |rows: &mut dyn Iterator<Item = usize>, bounds: &mut Bounds| {
            for row in rows {
                bounds.low[row] = 0.0;
                bounds.high[row] = 0.0;
                taken[row] = true;
            }
        };
        let conflicts = directory.conflicts.row(self.seeker).iter().copied();
        close(&mut conflicts.chain([self.seeker]), &mut bounds);
        if top == 0 {
            return Groups {
                partners: Vec::new(),
                could_belong: Vec::new(),
                near_misses: Vec::new(),
            };
        }
        let partners = self.best(&bounds.low, top, 0.0, by_rank, |score| score.low);
        close(&mut partners.iter().map(|&(row, _)| row), &mut bounds);
        let last = partners.last().map(|(_, score)| score.low);
        // While there is room on the list, any score above 0 belongs to it.
        let reach = last.filter(|_| partners.len() == top).unwrap_or(0.0);
        let could_belong = self.best(&bounds.high, top, reach, by_high_end, |score| score.high);
        close(&mut could_belong.iter().map(|&(row, _)| row), &mut bounds);
        let bar = last.unwrap_or(BAR_OF_AN_EMPTY_LIST);
        let near_misses = self.near_misses(&bounds, &taken, reach, bar);
        Groups {
            partners,
            could_belong,
            near_misses,
        }
    }

    fn pair(&self, row: usize) -> Pair {
        Pair::of(self.directory, self.seeker, row)
    }

    fn question(&self, row: usize) -> Question<'_> {
        Question {
            directory: self.directory,
            seeker: self.seeker,
            partner: row,
            direction: self.direction,
            weights: self.weights,
        }
    }

    /// The first `count` in `order` of those whose `end` of the score is above 0 and at least `floor`.
    /// `bounds` are upper bounds of that end.
    fn best(
        &self,
        bounds: &[f32],
        count: usize,
        floor: f64,
        order: fn(&(usize, Interval), &(usize, Interval)) -> Ordering,
        end: fn(Interval) -> f64,
    ) -> Vec<(usize, Interval)> {
        let tolerance = self.directory.columns.tolerance();
        let score = |row: usize| (row, self.pair(row).score(self.direction, self.weights));
        // More than asked for: some fall behind once penalties are counted, and others must not be missed for it.
        let probe = count.saturating_mul(2).saturating_add(64);
        let worth = |row: usize, floor: f64| {
            let bound = bounds[row];
            (bound > 0.0 && f64::from(bound) >= floor - tolerance).then_some(bound)
        };
        let mut first = strongest(bounds.len(), probe, |row| worth(row, floor));
        let mut found: Vec<_> = first.iter().map(|&row| score(row)).collect();
        if first.len() == probe {
            crate::order::sort_by(&mut found, order);
            let enough = found
                .get(count - 1)
                .map_or(floor, |&(_, score)| end(score).max(floor));
            first.sort_unstable();
            let others = (0..bounds.len()).filter(|&row| worth(row, enough).is_some());
            found.extend(others.filter(|row| first.binary_search(row).is_err()).map(score));
        }
        found.retain(|&(_, score)| end(score) > 0.0 && end(score) >= floor);
        crate::order::sort_by(&mut found, order);
        found.truncate(count);
        found
    }

    /// One change away from `bar`, of those not `taken` whose high end stays below `reach` (the others are asked
    /// rather than told to change).
    fn near_misses(&self, bounds: &Bounds, taken: &[bool], reach: f64, bar: f64) -> Vec<NearMiss> {
        let mut found: Vec<(usize, NearMiss)> = Vec::new();
        let pool = |unsure: bool| {
            // Apart, or in a directory of people who quantify little they would take every place.
            let is_unsure = |row: usize| bounds.high[row] > 0.0 && f64::from(bounds.high[row]) >= reach;
            let value = |row: usize| (!taken[row] && is_unsure(row) == unsure).then_some(bounds.low[row]);
            strongest(taken.len(), NEAR_MISS_POOL, value)
        };
        for row in pool(false).into_iter().chain(pool(true)) {
            let pair = self.pair(row);
            let high = pair.score(self.direction, self.weights).high;
            if high > 0.0 && high >= reach {
                continue;
            }
            let limit = found
                .get(NEAR_MISSES - 1)
                .map_or(1.0, |(_, miss)| miss.share_ratio);
            if let Some(miss) = smallest_change(self.question(row), &pair, bar, limit) {
                found.push((row, miss));
                crate::order::sort_by(&mut found, |(row_a, a), (row_b, b)| {
                    let share = a.share_ratio.total_cmp(&b.share_ratio);
                    share
                        .then(b.score[0].total_cmp(&a.score[0]))
                        .then(row_a.cmp(row_b))
                });
                found.truncate(NEAR_MISSES);
            }
        }
        found.into_iter().map(|(_, miss)| miss).collect()
    }

    fn describe(&self, row: usize) -> PartnerMatch {
        let pair = self.pair(row);
        let question = self.question(row);
        PartnerMatch {
            id: self.directory.ids[row].clone(),
            score: pair.score(self.direction, self.weights).ends(),
            reasons: question.reasons(&pair),
            unknown: question.unknown(&pair),
            receives: kind_fills(self.directory, &pair.receives),
            gives: kind_fills(self.directory, &pair.gives),
        }
    }
}

/// Most promising first: high end, then low end, both falling, then file order.
fn by_high_end(a: &(usize, Interval), b: &(usize, Interval)) -> Ordering {
    let high = b.1.high.total_cmp(&a.1.high);
    high.then(b.1.low.total_cmp(&a.1.low)).then(a.0.cmp(&b.0))
}

/// The `count` rows with the largest values, largest first, then file order; rows without a value are passed over.
/// Values must be at least 0. One pass with a small heap.
fn strongest(rows: usize, count: usize, value: impl Fn(usize) -> Option<f32>) -> Vec<usize> {
    let mut kept: BinaryHeap<Reverse<(u32, Reverse<usize>)>> = BinaryHeap::new();
    let mut least = 0.0;
    for row in 0..rows {
        let Some(value) = value(row) else { continue };
        if kept.len() == count && value <= least {
            continue;
        }
        // Floats that are not negative are ordered like their bits.
        kept.push(Reverse((value.to_bits(), Reverse(row))));
        if kept.len() > count {
            kept.pop();
        }
        least = kept
            .peek()
            .map_or(0.0, |Reverse((bits, _))| f32::from_bits(*bits));
    }
    kept.into_sorted_vec()
        .into_iter()
        .map(|Reverse((_, Reverse(row)))| row)
        .collect()
}
