//! Quadratic rules: gifts, and what a matching pool adds to them.

use super::division::{admit, following, is, open, own_wishes, weight};
use super::proportional::{Fill, Proportional, fill_drop_and_offer};
use super::{Agenda, Mechanism, Payers, Rule};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::continuous::{Gift, Gifts, MatchSplit, pair_bounded, quadratic, share_of_pool};
use crate::funding::{Division, FundingError, Instance, MatchEstimate, Matching, OTHERS_GROW, Outcome, Pool};
use std::sync::Arc;

/// The pledges of the matching pool ([`Instance::matching`]) top up what the others give.
///
/// The funders are the voices: each gives its purse to what it supports, by its points (1 each where it wishes nothing).
/// There are ballots: the givers' money goes as the voters would give it, each holding an equal part and splitting it by its
/// points, and voters count as the donors of the formula; without givers they split the matching pool in thought, so that
/// ballots alone can steer it.
///
/// In money: 1. *Give*, as [`Proportional`] fills. 2. *Match* what was taken: no project draws more than its cap, or than
/// what it still lacks of its cost; what a restriction keeps from one stays. 3. *Drop and offer again* as there, with
/// the givers' money: the pool pays matches and nothing else.
pub(super) struct Matched {
    id: RuleId,
}

/// The most pairs of two voices the pairwise rule computes on: a plan asks for the rule some thousand times.
const MOST_PAIRS: usize = 500_000;

impl Matched {
    pub(super) const QUADRATIC: Self = Self {
        id: RuleId::Quadratic,
    };
    pub(super) const PAIRWISE: Self = Self { id: RuleId::Pairwise };

    fn compiled(&self, instance: &Instance, plan: &PoolPlan) -> Match {
        let matching = instance.matching(plan);
        Match {
            voters: (!instance.voters().is_empty()).then(|| Voters::of(instance)),
            in_thought: matching.iter().all(|&matches| matches),
            matching,
            cap: plan.match_cap_minor.map_or(f64::INFINITY, |minor| minor as f64),
            bound: (self.id == RuleId::Pairwise).then(|| plan.pair_bound_minor.map(|minor| minor as f64)),
        }
    }
}

/// The voters' equal parts.
struct Voters {
    /// `people[group]`.
    people: Vec<f64>,
    /// (project, group, the part of a voter's money it gives there).
    parts: Vec<(usize, usize, f64)>,
    /// `parts_of[project]`: all voters' parts together.
    totals: Vec<f64>,
}

impl Voters {
    fn of(instance: &Instance) -> Self {
        let open = open(instance);
        let mut voters = Self {
            people: instance
                .voters()
                .iter()
                .map(|group| group.voters() as f64)
                .collect(),
            parts: Vec::new(),
            totals: vec![0.0; open.len()],
        };
        for (group, ballot) in instance.voters().iter().enumerate() {
            let points = || ballot.points().iter().filter(|(project, _)| is(&open, *project));
            let sum: f64 = points().map(|&(_, points)| points as f64).sum();
            for &(project, points) in points() {
                let part = points as f64 / sum;
                voters.parts.push((project, group, part));
                voters.totals[project] += part * voters.people[group];
            }
        }
        voters
    }

    /// `given[project]`, as the voters gave it.
    fn gifts(&self, given: &[f64]) -> Gifts {
        let share = |&(project, group, part): &(usize, usize, f64)| Gift {
            donor: group,
            project,
            amount: given[project] * part / self.totals[project],
        };
        let gifts: Vec<Gift> = self.parts.iter().map(share).collect();
        Gifts::new(self.people.len(), given.len(), &gifts).of_people(self.people.clone())
    }

    /// `money`, as they would give it.
    fn spread(&self, money: f64) -> Vec<f64> {
        let sum: f64 = self.totals.iter().sum();
        self.totals
            .iter()
            .map(|total| if sum > 0.0 { money * (total / sum) } else { 0.0 })
            .collect()
    }
}

/// One of the rules made ready.
struct Match {
    matching: Vec<bool>,
    voters: Option<Voters>,
    /// Nobody gives: voters split the pool in thought.
    in_thought: bool,
    cap: f64,
    /// Pairwise-bounded, by M or by the median gift.
    bound: Option<Option<f64>>,
}

impl Match {
    /// What the formula asks for, and M where there is one.
    fn formula(&self, gifts: &Gifts) -> (Vec<f64>, Option<f64>) {
        let Some(stated) = self.bound else {
            return (quadratic(gifts), None);
        };
        let bound = stated.or_else(|| gifts.median());
        let matched = pair_bounded(gifts, bound.unwrap_or(0.0));
        // Too many pairs are refused before; nothing is matched rather than something wrong.
        (matched.unwrap_or_else(|| vec![0.0; gifts.projects()]), bound)
    }

    /// Gifts of these purses on paper.
    fn on_paper(&self, instance: &Instance) -> Gifts {
        let purses = instance.purses_minor();
        let sum_of = |matches: bool| -> f64 {
            let own = self
                .matching
                .iter()
                .zip(&purses)
                .filter(|(matching, _)| **matching == matches);
            own.map(|(_, &minor)| minor as f64).sum()
        };
        if let Some(voters) = &self.voters {
            return voters.gifts(&voters.spread(sum_of(self.in_thought)));
        }
        let open = open(instance);
        let mut gifts = Vec::new();
        for (donor, voice) in instance.voices().iter().enumerate() {
            if is(&self.matching, donor) {
                continue;
            }
            let points = || voice.points.iter().filter(|(project, _)| is(&open, *project));
            let sum: f64 = points().map(|&(_, points)| points as f64).sum();
            gifts.extend(points().map(|&(project, points)| Gift {
                donor,
                project,
                amount: purses[donor] as f64 * (points as f64 / sum),
            }));
        }
        Gifts::new(purses.len(), open.len(), &gifts)
    }

    fn estimate(
        &self,
        gifts: &Gifts,
        project: usize,
        pool: f64,
        caps: &[f64],
        now: &MatchSplit,
    ) -> MatchEstimate {
        let with_others = |factor: f64| {
            let changed = gifts.with_others(project, factor);
            let bound = self.bound.and_then(|stated| stated.or_else(|| gifts.median()));
            // M stays what it is today: a range is about others' gifts, not about the rule.
            let unscaled = match bound {
                Some(bound) => pair_bounded(&changed, bound).unwrap_or_default(),
                None => quadratic(&changed),
            };
            let share = share_of_pool(unscaled, pool, caps);
            share.matched.get(project).copied().unwrap_or(0.0)
        };
        MatchEstimate {
            gifts: gifts.received(project),
            unscaled: now.unscaled[project],
            low: with_others(OTHERS_GROW),
            now: now.matched[project],
            high: with_others(0.0),
        }
    }
}

impl Rule for Matched {
    fn id(&self) -> RuleId {
        self.id
    }

    fn check(&self, instance: &Instance, plan: &PoolPlan) -> Result<(), FundingError> {
        let pairs = match self.id {
            RuleId::Pairwise => self.compiled(instance, plan).on_paper(instance).pairs(),
            _ => 0,
        };
        if pairs <= MOST_PAIRS {
            return Ok(());
        }
        Err(FundingError::TooMany {
            what: "pairs".to_owned(),
            limit: MOST_PAIRS,
        })
    }

    fn agenda(&self, instance: &Instance, plan: &PoolPlan) -> Agenda {
        let mut agenda = Agenda::default();
        let rule = self.compiled(instance, plan);
        let open = open(instance);
        let mut supported = vec![false; open.len()];
        let voices = instance.voices();
        let mut own: Vec<Vec<(u32, Option<u32>)>> = vec![Vec::new(); instance.participants().len()];
        if let Some(voters) = &rule.voters {
            for (supported, &total) in supported.iter_mut().zip(&voters.totals) {
                *supported = total > 0.0;
            }
            let spread = voters.spread(1.0);
            let parts = spread.iter().zip(&supported);
            let weights: Vec<Option<u32>> = parts
                .map(|(&part, supported)| supported.then(|| weight(part)))
                .collect();
            for (participant, wishes) in own.iter_mut().enumerate() {
                *wishes = following(instance, participant, &weights);
            }
        } else {
            for (participant, (wishes, voice)) in own.iter_mut().zip(&voices).enumerate() {
                if !is(&rule.matching, participant) {
                    *wishes = own_wishes(voice.points, &open);
                }
                for &(project, _) in wishes.iter() {
                    supported[project as usize] = true;
                }
            }
        }
        // The pool follows the gifts: it may go wherever somebody gives, and weighs nothing of its own.
        let follows: Vec<Option<u32>> = supported.iter().map(|supported| supported.then_some(0)).collect();
        for (participant, wishes) in own.iter_mut().enumerate() {
            if is(&rule.matching, participant) {
                *wishes = following(instance, participant, &follows);
                wishes.retain(|&(project, _)| is(&open, project as usize));
            }
        }
        admit(instance, &supported, &mut agenda);
        agenda.wishes = own;
        agenda
    }

    fn pays_for(&self, agenda: &Agenda, participant: usize) -> Payers {
        Proportional.pays_for(agenda, participant)
    }

    fn division(&self, instance: &Instance, plan: &PoolPlan) -> Option<Division> {
        let rule = self.compiled(instance, plan);
        let purses = instance.purses_minor();
        let matching = rule.matching.iter().zip(&purses).filter(|(matches, _)| **matches);
        let pool_minor: u64 = matching.map(|(_, &minor)| minor).sum();
        let gifts = rule.on_paper(instance);
        let caps = vec![rule.cap; gifts.projects()];
        let (unscaled, bound) = rule.formula(&gifts);
        let pool = pool_minor as f64;
        let split = share_of_pool(unscaled, pool, &caps);
        let estimates = (0..gifts.projects())
            .map(|project| rule.estimate(&gifts, project, pool, &caps, &split))
            .collect();
        let positions = rule.matching.iter().enumerate();
        let given: f64 = (0..gifts.projects()).map(|project| gifts.received(project)).sum();
        let givers = rule
            .matching
            .iter()
            .zip(&purses)
            .filter(|(matches, _)| !**matches);
        let held: f64 = givers.map(|(_, &minor)| minor as f64).sum();
        Some(Division {
            undivided: if rule.in_thought {
                0.0
            } else {
                (held - given).max(0.0)
            },
            matching: Some(Matching {
                participants: positions
                    .filter(|(_, matches)| **matches)
                    .map(|(at, _)| at)
                    .collect(),
                pool_minor,
                rest: split.rest,
                scale: split.scale,
                pair_bound: bound,
                estimates,
            }),
            ..Division::of(split.matched)
        })
    }

    fn mechanism(&self, instance: &Instance, plan: &PoolPlan) -> Arc<dyn Mechanism> {
        Arc::new(self.compiled(instance, plan))
    }
}

impl Mechanism for Match {
    fn run(&self, pool: &Pool, outcome: &mut Outcome) {
        fill_drop_and_offer(pool, outcome, &self.matching, |fill, outcome| {
            self.give(pool, fill, outcome);
            self.top_up(pool, fill, outcome);
        });
    }
}

impl Match {
    /// Step 1: the givers' money.
    fn give(&self, pool: &Pool, fill: &mut Fill, outcome: &mut Outcome) {
        fill.first.clear();
        for (held, &matches) in fill.held.iter_mut().zip(&self.matching) {
            if matches {
                *held = 0;
            }
        }
        fill.fill(pool, outcome);
    }

    /// Step 2: the matches of what was taken.
    fn top_up(&self, pool: &Pool, fill: &mut Fill, outcome: &mut Outcome) {
        let mut money = 0_u64;
        for ((held, &matches), &left) in fill.held.iter_mut().zip(&self.matching).zip(&outcome.left_minor) {
            *held = if matches { left } else { 0 };
            money += *held;
        }
        let gifts = self.taken(pool, fill, money as f64);
        let rooms = (0..pool.projects()).map(|project| {
            let reached = fill.reached.get(project).copied().unwrap_or(0);
            if is(&fill.standing, project) {
                outcome.cost(project) - reached
            } else {
                0
            }
        });
        let rooms: Vec<u64> = rooms.collect();
        let caps: Vec<f64> = rooms.iter().map(|&room| self.cap.min(room as f64)).collect();
        let split = share_of_pool(self.formula(&gifts).0, money as f64, &caps);
        let targets: Vec<u64> = split
            .matched
            .iter()
            .zip(&rooms)
            .map(|(&amount, &room)| whole(amount).min(room))
            .collect();
        for ((limit, &reached), &target) in fill.limit.iter_mut().zip(&fill.reached).zip(&targets) {
            *limit = reached + target;
        }
        let weights = pool.agenda.wishes.iter().flatten();
        fill.first
            .extend(weights.map(|&(project, _)| targets.get(project as usize).copied().unwrap_or(0)));
        fill.fill(pool, outcome);
    }

    /// The gifts that were taken; or, where nobody gives, the pool as the voters would split it.
    fn taken(&self, pool: &Pool, fill: &Fill, money: f64) -> Gifts {
        if let Some(voters) = &self.voters {
            let mut given: Vec<f64> = fill.reached.iter().map(|&minor| minor as f64).collect();
            if self.in_thought {
                given = voters.spread(money);
            }
            for (given, &standing) in given.iter_mut().zip(&fill.standing) {
                if !standing {
                    *given = 0.0;
                }
            }
            return voters.gifts(&given);
        }
        let pairs = pool.agenda.wishes.iter().enumerate();
        let pairs =
            pairs.flat_map(|(donor, list)| list.iter().map(move |&(project, _)| (donor, project as usize)));
        let gifts: Vec<Gift> = pairs
            .zip(&fill.paid)
            .map(|((donor, project), &minor)| Gift {
                donor,
                project,
                amount: minor as f64,
            })
            .collect();
        Gifts::new(pool.participants(), pool.projects(), &gifts)
    }
}

/// An amount in whole units, rounded down; one that is whole but for a rounding error counts as whole.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "never negative, and a cast saturates"
)]
fn whole(amount: f64) -> u64 {
    (amount + 1e-6).floor() as u64
}
