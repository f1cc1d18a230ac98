//! The splits of many members while the Shapley value is sampled: groups' costs, orders of arrival, the judgement.

use super::answer::plain_splits;
use super::cheapest::{Cheapest, Members, players};
use super::fraction::common_unit;
use super::hunt::Hunt;
use super::team::Team;
use super::{
    Blocking, Fraction, MAX_COST, Means, Method, Sampled, SampledShapley, Split, SplitAnswer, SplitError,
    SplitLimits, TeamSplit, whole_shares,
};
use std::collections::BTreeMap;

/// Nodes an answer before the end spends on its judgement.
const GLANCE: u64 = 400;
/// Groups of so few helpful members, or of all but so few, come again in other orders and are remembered.
const NEAR_AN_END: u32 = 3;
/// Where all groups of the helpful members are fewer than 2 to this, all are remembered.
const FEW_HELPFUL: u32 = 15;

#[derive(Debug)]
pub(super) struct Many {
    game: Cheapest,
    pub limits: SplitLimits,
    helpful: Members,
    alone: Vec<i128>,
    /// c(S) by the helpful members of S, who alone decide it where there are any.
    known: BTreeMap<Members, i128>,
    hunt: Option<Hunt>,
    /// Everybody's cost and a team of it.
    pub whole: Option<(i128, Members)>,
    nodes_left: u64,
    pub sampler: SampledShapley,
    walk: Option<Walk>,
    judging: Option<Judging>,
    verdict: Option<Option<Blocking>>,
    over: bool,
}

/// A pair of orders on the way.
#[derive(Debug)]
struct Walk {
    order: Vec<usize>,
    at: usize,
    second: bool,
    group: Members,
    before: i128,
    added: Vec<i128>,
}

/// The search for the group that saves most.
#[derive(Debug)]
struct Judging {
    game: Cheapest,
    hunt: Hunt,
    unit: i128,
    /// Shares times `unit`.
    shares: Vec<i128>,
}

impl Many {
    pub fn new(team: &Team, limits: SplitLimits) -> Result<Self, SplitError> {
        let members = team.work.taking_part.len();
        let game = Cheapest::of(&team.work)?;
        let alone: Vec<i128> = (0..members).map(|player| game.value(1 << player)).collect();
        if let Some(player) = alone.iter().position(|&cost| cost > i128::from(MAX_COST)) {
            return Err(SplitError::CostOutOfRange {
                group: player.to_string(),
            });
        }
        let helpful = game.helpful();
        // Equal costs: the first member.
        let (player, &best) = alone
            .iter()
            .enumerate()
            .min_by_key(|(_, cost)| **cost)
            .unwrap_or((0, &0));
        Ok(Self {
            hunt: Some(Hunt::new(0, helpful, best, 1 << player)),
            sampler: SampledShapley::new(members, limits.seed)?,
            nodes_left: limits.nodes,
            game,
            limits,
            helpful,
            alone,
            known: BTreeMap::new(),
            whole: None,
            walk: None,
            judging: None,
            verdict: None,
            over: false,
        })
    }

    pub fn step(&mut self, nodes: u64) -> Result<bool, SplitError> {
        // An arrival without a search counts as a node, so that a step is short where all is easy.
        let mut budget = nodes.max(1);
        while !self.over && budget > 0 {
            if self.judging.is_some() {
                self.judge(&mut budget)?;
            } else if self.whole.is_none() {
                self.everybody(&mut budget)?;
            } else if self.sampler.pairs() >= self.limits.pairs || self.nodes_left == 0 {
                self.turn_to_judging()?;
            } else {
                self.arrive(&mut budget)?;
            }
        }
        Ok(self.over)
    }

    /// Searches on within both budgets; the proven value and a team of it once it is there.
    fn search(&mut self, budget: &mut u64) -> Option<(i128, Members)> {
        let hunt = self.hunt.as_mut()?;
        let grant = self.nodes_left.min(*budget);
        let mut left = grant;
        let proven = hunt.run(&self.game, &mut left);
        self.nodes_left -= grant - left;
        *budget -= grant - left;
        let found = (hunt.best, hunt.team);
        if proven {
            self.hunt = None;
        }
        proven.then_some(found)
    }

    fn everybody(&mut self, budget: &mut u64) -> Result<(), SplitError> {
        if self.nodes_left == 0 {
            self.over = true;
            return Err(SplitError::TooHard);
        }
        self.whole = self.search(budget);
        Ok(())
    }

    /// The next member of the order arrives.
    fn arrive(&mut self, budget: &mut u64) -> Result<(), SplitError> {
        let members = self.alone.len();
        let mut walk = self.walk.take().unwrap_or_else(|| Walk {
            order: self.sampler.next_order(),
            at: 0,
            second: false,
            group: 0,
            before: 0,
            added: vec![0; members],
        });
        let Some(&player) = walk.order.get(walk.at) else {
            if walk.second {
                return self.sampler.record(&walk.added);
            }
            walk.order.reverse();
            (walk.at, walk.second, walk.group, walk.before) = (0, true, 0, 0);
            self.walk = Some(walk);
            return Ok(());
        };
        let group = walk.group | 1 << player;
        let Some(cost) = self.cost_with(&walk, player, budget) else {
            self.walk = Some(walk);
            return Ok(());
        };
        let deciding = group & self.helpful;
        let missing = (self.helpful & !group).count_ones();
        let ends = deciding.count_ones().min(missing) <= NEAR_AN_END;
        if deciding != 0 && (ends || self.helpful.count_ones() <= FEW_HELPFUL) {
            self.known.insert(deciding, cost);
        }
        walk.added[player] += cost - walk.before;
        (walk.group, walk.before) = (group, cost);
        walk.at += 1;
        self.walk = Some(walk);
        Ok(())
    }

    /// c of the group with `player`; `None` while it is searched for.
    fn cost_with(&mut self, walk: &Walk, player: usize, budget: &mut u64) -> Option<i128> {
        if self.hunt.is_none() {
            *budget = budget.saturating_sub(1);
            let group = walk.group | 1 << player;
            let deciding = group & self.helpful;
            let alone = self.alone[player];
            let least = if walk.group == 0 {
                alone
            } else {
                walk.before.min(alone)
            };
            if self.helpful >> player & 1 == 0 {
                return Some(least);
            }
            // More members never make it dearer, so a group with the cheapest team of all has its cost.
            if let Some((cost, _)) = self.whole.filter(|(_, team)| team & !group == 0) {
                return Some(cost);
            }
            if let Some(&cost) = self.known.get(&deciding) {
                return Some(cost);
            }
            self.hunt = Some(Hunt::new(1 << player, deciding, least, 0));
        }
        self.search(budget).map(|(cost, _)| cost)
    }

    fn turn_to_judging(&mut self) -> Result<(), SplitError> {
        let shares = self.estimates().map(|(shares, _)| shares);
        self.nodes_left = self.limits.nodes;
        match shares
            .as_deref()
            .map(|shares| self.judging_of(shares))
            .transpose()?
        {
            Some(Some(judging)) => self.judging = Some(judging),
            Some(None) => (self.verdict, self.over) = (Some(None), true),
            None => self.over = true,
        }
        Ok(())
    }

    fn judge(&mut self, budget: &mut u64) -> Result<(), SplitError> {
        let Some(judging) = &mut self.judging else {
            return Ok(());
        };
        let grant = self.nodes_left.min(*budget);
        let mut left = grant;
        let proven = judging.hunt.run(&judging.game, &mut left);
        self.nodes_left -= grant - left;
        *budget -= grant - left;
        self.over = proven || self.nodes_left == 0;
        if proven {
            self.verdict = Some(judging.blocking(&self.game)?);
        }
        Ok(())
    }

    /// Estimated shares and their standard errors, from the second pair on.
    fn estimates(&self) -> Option<(Vec<Fraction>, Vec<u64>)> {
        let estimates = self.sampler.estimates().filter(|_| self.sampler.pairs() > 1)?;
        let errors = estimates.iter().map(|one| whole_error(one.standard_error?));
        let errors: Option<Vec<u64>> = errors.collect();
        Some((estimates.iter().map(|one| one.mean).collect(), errors?))
    }

    /// How to judge `shares`; `None` if nobody is paid: then they are in the core, as no group pays less than all together.
    fn judging_of(&self, shares: &[Fraction]) -> Result<Option<Judging>, SplitError> {
        if shares.iter().all(|share| *share >= Fraction::ZERO) {
            return Ok(None);
        }
        let (unit, shares) = common_unit(shares).ok_or(SplitError::Inexact)?;
        let paid: Vec<i128> = shares.iter().map(|&share| (-share).max(0)).collect();
        let game = self.game.scaled(unit, &paid).ok_or(SplitError::Inexact)?;
        let singles = (0..shares.len()).map(|player| (game.value(1 << player), 1 << player));
        let (best, team) = singles.min().unwrap_or((0, 0));
        Ok(Some(Judging {
            hunt: Hunt::new(0, game.helpful(), best, team),
            game,
            unit,
            shares,
        }))
    }

    pub fn answer(&self, team: &Team) -> Option<TeamSplit> {
        let (whole, chosen) = self.whole?;
        let total = i64::try_from(whole).ok()?;
        let minor = |figure: &i128| i64::try_from(*figure).unwrap_or(MAX_COST);
        let alone: Vec<i64> = self.alone.iter().map(minor).collect();
        let benefits: Vec<Option<u64>> = alone.iter().map(|&cost| u64::try_from(cost).ok()).collect();
        let mut answer = SplitAnswer {
            total,
            splits: Vec::new(),
            unavailable: Vec::new(),
            least_core: None,
            // The equal split is in it: no group pays less than all together.
            core_is_empty: false,
            nucleolus_verified: None,
            sampled: Some(Sampled {
                pairs: self.sampler.pairs(),
                most_pairs: self.limits.pairs,
                seed: self.limits.seed,
            }),
        };
        let means = Means {
            means: &team.means,
            benefits: &benefits,
        };
        let plain = plain_splits(alone.len(), total, means, &mut answer.unavailable).ok()?;
        for (method, exact) in plain {
            // Nobody is paid in these.
            answer.splits.push(Split {
                method,
                shares: whole_shares(&exact, whole)?,
                blocking: None,
                judged: true,
                standard_errors: Vec::new(),
                exact,
            });
        }
        if let Some((exact, standard_errors)) = self.estimates() {
            let verdict = match &self.verdict {
                Some(verdict) => Some(verdict.clone()),
                None if self.over || self.judging.is_some() => None,
                None => self.glance(&exact),
            };
            answer.splits.push(Split {
                method: Method::Shapley,
                shares: whole_shares(&exact, whole)?,
                judged: verdict.is_some(),
                blocking: verdict.flatten(),
                standard_errors,
                exact,
            });
        }
        let size = i128::from(chosen.count_ones());
        let coordination = i128::from(team.work.alpha) * (size * (size - 1) / 2);
        let taking_part: i128 = players(chosen)
            .map(|player| {
                team.work
                    .taking_part
                    .get(player)
                    .map_or(0, |&cost| i128::from(cost))
            })
            .sum();
        Some(team.split(
            alone,
            minor(&(whole - coordination - taking_part)),
            minor(&coordination),
            answer,
        ))
    }

    /// A judgement if a short look suffices.
    fn glance(&self, shares: &[Fraction]) -> Option<Option<Blocking>> {
        let Some(mut judging) = self.judging_of(shares).ok()? else {
            return Some(None);
        };
        let proven = judging.hunt.run(&judging.game, &mut GLANCE.clone());
        proven.then(|| judging.blocking(&self.game).ok()).flatten()
    }
}

impl Judging {
    /// The group that saves most, once the search has ended.
    fn blocking(&self, game: &Cheapest) -> Result<Option<Blocking>, SplitError> {
        let paying: i128 = self.shares.iter().map(|&share| share.max(0)).sum();
        let saves = paying - self.hunt.best;
        if saves <= 0 {
            return Ok(None);
        }
        let inside =
            |player: &usize| self.hunt.team >> player & 1 == 1 || self.shares.get(*player) > Some(&0);
        let group: Vec<usize> = (0..self.shares.len()).filter(inside).collect();
        let pays: i128 = group.iter().filter_map(|&player| self.shares.get(player)).sum();
        let alone = i64::try_from(game.value(self.hunt.team)).map_err(|_| SplitError::Inexact)?;
        let fraction = |value| Fraction::new(value, self.unit).ok_or(SplitError::Inexact);
        Ok(Some(Blocking {
            group,
            pays: fraction(pays)?,
            alone,
            saves: fraction(saves)?,
        }))
    }
}

/// A standard error in whole units, rounded up.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cut off at the ends of the type, and never below 0"
)]
fn whole_error(error: f64) -> Option<u64> {
    error.is_finite().then(|| error.ceil() as u64)
}

#[cfg(test)]
#[path = "sampling_tests.rs"]
mod tests;
