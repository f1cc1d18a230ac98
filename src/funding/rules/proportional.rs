//! Proportional (earmarked) giving: each pledge is split by its funder's own wishes.

use super::{Agenda, Mechanism, Payers, Rule};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::{Instance, Outcome, Payment, Pool, Verdict};
use std::sync::Arc;

/// Each purse is split by its wishes over the projects its restrictions allow (without wishes: by cost).
///
/// 1. *Fill.* Everybody splits the money it holds by weight over its projects that still have room. A project
///    offered more than its room takes its room, pro rata to the offers, and returns the rest; repeat until
///    nobody holds money for a project with room.
/// 2. *Drop.* Of the projects below the least amount worth granting (an indivisible one: its cost), the one
///    covered worst (reached/least; ties: the later in the file) drops, all money returns, and step 1 starts
///    anew without it. One at a time, because the money of the worst may carry the others. Ends: each turn
///    drops one.
/// 3. *Offer again.* What stayed unspent is offered to the dropped projects, best first (last dropped first):
///    one its own funders can now pay is bought, pro rata to what they have left. So at the end no project is
///    missed that the unspent money of those who wish it could buy.
///
/// Groups: what the projects of a group take in a turn is cut, pro rata, to what its ceiling leaves; and while more of
/// a group stand than may be bought, its worst covered drops first.
///
/// A funder's largest share of a project bounds what it offers there. After a fill in which some part is below its
/// funder's minimum ticket, the one that falls farthest short (part/ticket; ties: the later) is barred, and step 1
/// starts anew, before anything drops.
///
/// Every split is by largest remainder, in whole minor units at each turn; so a part may differ from the exact
/// rational share by a few units, at most one for each turn of step 1, and sums are exact.
pub(super) struct Proportional;

/// Room for the turns, reused from run to run.
#[derive(Clone, Debug, Default)]
pub struct Fill {
    /// Admitted and not dropped.
    pub(super) standing: Vec<bool>,
    dropped: Vec<u32>,
    /// `barred[wish]`: too small a part for its funder's ticket.
    barred: Vec<bool>,
    pub(super) reached: Vec<u64>,
    /// Up to what a project takes money, never above its cost.
    pub(super) limit: Vec<u64>,
    pub(super) held: Vec<u64>,
    offers: Vec<Offer>,
    /// (project, wish, what the wish may still take)
    open: Vec<(u32, usize, u64)>,
    weights: Vec<u64>,
    /// What each project takes in this turn.
    takes: Vec<u64>,
    /// What the ceiling of each group leaves.
    group_room: Vec<u64>,
    /// `first[wish]`: the rule's own weights, below 2⁵¹, which go before the wishes; empty where it has none.
    pub(super) first: Vec<u64>,
    /// `paid[wish]`, wishes counted through participant after participant.
    pub(super) paid: Vec<u64>,
}

#[derive(Clone, Copy, Debug)]
struct Offer {
    project: u32,
    wish: usize,
    participant: u32,
    amount: u64,
}

impl Rule for Proportional {
    fn id(&self) -> RuleId {
        RuleId::Proportional
    }

    /// A funder's wish is support, so votes are not asked; withdrawn projects, and those no money may go to,
    /// are out.
    fn agenda(&self, instance: &Instance, _plan: &PoolPlan) -> Agenda {
        let mut agenda = Agenda::default();
        for participant in instance.participants() {
            let may = |project: usize| {
                u32::try_from(project)
                    .ok()
                    .filter(|_| participant.may_pay(project))
            };
            let wished = participant.wishes().iter();
            let list = if participant.wishes().is_empty() {
                participant
                    .eligible()
                    .iter()
                    .filter_map(|&project| Some((may(project)?, None)))
                    .collect()
            } else {
                wished
                    .filter_map(|&(project, weight)| Some((may(project)?, Some(weight))))
                    .collect()
            };
            agenda.wishes.push(list);
        }
        let mut supported = vec![false; instance.projects().len()];
        for &(project, _) in agenda.wishes.iter().flatten() {
            if let Some(flag) = supported.get_mut(project as usize) {
                *flag = true;
            }
        }
        for ((project, supported), index) in instance.projects().iter().zip(supported).zip(0_u32..) {
            match (project.is_withdrawn(), supported) {
                (true, _) => agenda.excluded.push((index as usize, Verdict::Withdrawn)),
                (_, false) => agenda.excluded.push((index as usize, Verdict::NoSupport)),
                _ => agenda.candidates.push(index),
            }
        }
        agenda
    }

    fn pays_for(&self, agenda: &Agenda, participant: usize) -> Payers {
        let wishes = agenda.wishes.get(participant);
        Payers::Only(
            wishes
                .into_iter()
                .flatten()
                .map(|&(project, _)| project as usize)
                .collect(),
        )
    }

    fn mechanism(&self, _instance: &Instance, _plan: &PoolPlan) -> Arc<dyn Mechanism> {
        Arc::new(Self)
    }
}

impl Mechanism for Proportional {
    fn run(&self, pool: &Pool, outcome: &mut Outcome) {
        fill_drop_and_offer(pool, outcome, &[], |fill, outcome| fill.fill(pool, outcome));
    }
}

/// The three steps, with `turn` as the first: it fills the standing projects from full purses. What participants that
/// `keeps[participant]` have left takes no part in the third.
pub(super) fn fill_drop_and_offer(
    pool: &Pool,
    outcome: &mut Outcome,
    keeps: &[bool],
    mut turn: impl FnMut(&mut Fill, &mut Outcome),
) {
    let mut fill = std::mem::take(&mut outcome.fill);
    fill.start(pool);
    loop {
        fill.empty(pool, outcome);
        turn(&mut fill, outcome);
        if fill.bar_smallest(pool) {
            continue;
        }
        let worst = fill.worst_of_a_full_group(pool, outcome);
        let Some(worst) = worst.or_else(|| fill.worst(pool, outcome)) else {
            break;
        };
        if let Some(standing) = fill.standing.get_mut(worst as usize) {
            *standing = false;
        }
        fill.dropped.push(worst);
    }
    fill.settle(pool, outcome);
    outcome.without(keeps, |outcome| {
        for &project in fill.dropped.iter().rev() {
            outcome.buy(pool, project as usize);
        }
    });
    outcome.fill = fill;
}

impl Fill {
    fn start(&mut self, pool: &Pool) {
        self.dropped.clear();
        self.first.clear();
        self.barred.clear();
        self.barred
            .resize(pool.agenda.wishes.iter().map(Vec::len).sum(), false);
        self.standing.clear();
        self.standing.resize(pool.projects(), false);
        for &project in &pool.agenda.candidates {
            if let Some(standing) = self.standing.get_mut(project as usize) {
                *standing = true;
            }
        }
    }

    /// Full purses, nothing reached, room for all that a project costs.
    fn empty(&mut self, pool: &Pool, outcome: &Outcome) {
        self.held.clear();
        self.held.extend(&outcome.left_minor);
        self.limit.clear();
        self.limit.extend(&outcome.costs_minor);
        self.reached.clear();
        self.reached.resize(pool.projects(), 0);
        self.paid.clear();
        self.paid.resize(pool.agenda.wishes.iter().map(Vec::len).sum(), 0);
        self.group_room.clear();
        let ceilings = pool.groups.list().iter().map(|group| group.ceiling_minor());
        self.group_room
            .extend(ceilings.map(|ceiling| ceiling.unwrap_or(u64::MAX)));
    }

    /// Step 1, from what is held.
    pub(super) fn fill(&mut self, pool: &Pool, outcome: &mut Outcome) {
        while self.offer(pool, outcome) {
            self.accept(pool, outcome);
        }
    }

    /// Everybody splits what it holds over its projects with room; whether anybody could.
    fn offer(&mut self, pool: &Pool, outcome: &mut Outcome) -> bool {
        self.offers.clear();
        let mut next_wish = 0;
        for ((wishes, held), participant) in pool.agenda.wishes.iter().zip(&mut self.held).zip(0_u32..) {
            let first_wish = next_wish;
            next_wish += wishes.len();
            if *held == 0 {
                continue;
            }
            let mut total = 0_u64;
            // By the rule's own weights, where it has any and they still lead somewhere; else by wishes.
            for by_rule in [true, false] {
                self.open.clear();
                self.weights.clear();
                for (&(project, weight), wish) in wishes.iter().zip(first_wish..) {
                    let cost = outcome.cost(project as usize);
                    let reached = self.reached.get(project as usize).copied().unwrap_or(0);
                    let limit = self.limit.get(project as usize).copied().unwrap_or(0);
                    let standing = self.standing.get(project as usize).copied().unwrap_or(false);
                    let group_room = |&group: &usize| self.group_room.get(group).is_none_or(|&room| room > 0);
                    let groups_have_room = pool.groups.of(project as usize).iter().all(group_room);
                    // Its largest share of the cost less what it gave; nothing where it is barred.
                    let barred = self.barred.get(wish).copied().unwrap_or(false);
                    let paid = self.paid.get(wish).copied().unwrap_or(0);
                    let most = pool.most_minor(participant as usize, cost);
                    let room = if barred { 0 } else { most.saturating_sub(paid) };
                    let weight = if by_rule {
                        self.first.get(wish).copied().unwrap_or(0)
                    } else {
                        // Beyond 2⁵⁰ a cost weighs no more, so that sums of weights stay exact.
                        weight.map_or(cost.min(1 << 50), u64::from)
                    };
                    if standing && reached < limit && weight > 0 && room > 0 && groups_have_room {
                        self.open.push((project, wish, room));
                        self.weights.push(weight);
                        total += weight;
                    }
                }
                if total > 0 {
                    break;
                }
            }
            let (splitter, shares) = outcome.splitter();
            splitter.split(*held, &self.weights, total, shares);
            for (&(project, wish, room), &amount) in self.open.iter().zip(shares.iter()) {
                let amount = amount.min(room);
                if amount > 0 {
                    *held -= amount;
                    self.offers.push(Offer {
                        project,
                        wish,
                        participant,
                        amount,
                    });
                }
            }
        }
        !self.offers.is_empty()
    }

    /// Bars the part that falls farthest short of its funder's minimum ticket; whether there was one.
    fn bar_smallest(&mut self, pool: &Pool) -> bool {
        if !pool.has_limits() {
            return false;
        }
        let mut worst: Option<(usize, u64, u64)> = None;
        let wishes = pool.agenda.wishes.iter().enumerate();
        let owners = wishes.flat_map(|(participant, list)| list.iter().map(move |_| participant));
        for (wish, (participant, &paid)) in owners.zip(&self.paid).enumerate() {
            let ticket = pool.ticket_minor(participant);
            let shorter = |&(_, other_paid, other_ticket): &(usize, u64, u64)| {
                u128::from(paid) * u128::from(other_ticket) <= u128::from(other_paid) * u128::from(ticket)
            };
            if paid > 0 && paid < ticket && worst.as_ref().is_none_or(shorter) {
                worst = Some((wish, paid, ticket));
            }
        }
        let flag = worst.and_then(|(wish, ..)| self.barred.get_mut(wish));
        flag.map(|flag| *flag = true).is_some()
    }

    /// Projects take what they have room for and return the rest.
    fn accept(&mut self, pool: &Pool, outcome: &mut Outcome) {
        // Keys are unique, so an unstable sort is deterministic: by project, then by participant.
        self.offers
            .sort_unstable_by_key(|offer| (offer.project, offer.participant));
        self.takes.clear();
        self.takes.resize(pool.projects(), 0);
        for offer in &self.offers {
            let project = offer.project as usize;
            let reached = self.reached.get(project).copied().unwrap_or(0);
            let room = self
                .limit
                .get(project)
                .map_or(0, |limit| limit.saturating_sub(reached));
            if let Some(takes) = self.takes.get_mut(project) {
                *takes = (*takes + offer.amount).min(room);
            }
        }
        self.keep_ceilings(pool, outcome);
        for offers in self.offers.chunk_by(|a, b| a.project == b.project) {
            let Some(project) = offers.first().map(|offer| offer.project as usize) else {
                continue;
            };
            let Some(reached) = self.reached.get_mut(project) else {
                continue;
            };
            let offered: u64 = offers.iter().map(|offer| offer.amount).sum();
            let taken = self.takes.get(project).copied().unwrap_or(0);
            *reached += taken;
            self.weights.clear();
            self.weights.extend(offers.iter().map(|offer| offer.amount));
            let (splitter, shares) = outcome.splitter();
            splitter.split(taken, &self.weights, offered, shares);
            for (offer, &share) in offers.iter().zip(shares.iter()) {
                let participant = offer.participant as usize;
                let cell = self.paid.get_mut(offer.wish);
                if let (Some(paid), Some(held)) = (cell, self.held.get_mut(participant)) {
                    *paid += share;
                    *held += offer.amount - share;
                }
            }
        }
    }

    /// Cuts what the projects of a group take to what its ceiling leaves, pro rata; group after group, and a cut
    /// breaks no earlier one.
    fn keep_ceilings(&mut self, pool: &Pool, outcome: &mut Outcome) {
        for (group, room) in pool.groups.list().iter().zip(&mut self.group_room) {
            self.weights.clear();
            let takes = |&project: &usize| self.takes.get(project).copied().unwrap_or(0);
            self.weights.extend(group.projects().iter().map(takes));
            let total: u64 = self.weights.iter().sum();
            if total > *room {
                let (splitter, shares) = outcome.splitter();
                splitter.split(*room, &self.weights, total, shares);
                for (&project, &share) in group.projects().iter().zip(shares.iter()) {
                    if let Some(takes) = self.takes.get_mut(project) {
                        *takes = share;
                    }
                }
            }
        }
        for (group, room) in pool.groups.list().iter().zip(&mut self.group_room) {
            let takes = |&project: &usize| self.takes.get(project).copied().unwrap_or(0);
            let total: u64 = group.projects().iter().map(takes).sum();
            *room = room.saturating_sub(total);
        }
    }

    /// The project covered worst of the first group of which more stand than may be bought.
    fn worst_of_a_full_group(&self, pool: &Pool, outcome: &Outcome) -> Option<u32> {
        let standing = |project: &u32| self.standing.get(*project as usize).copied().unwrap_or(false);
        pool.groups.list().iter().find_map(|group| {
            let of_group = |project: &u32| group.projects().binary_search(&(*project as usize)).is_ok();
            let members = pool.agenda.candidates.iter().copied();
            let members: Vec<u32> = members.filter(standing).filter(of_group).collect();
            let full = group.most().is_some_and(|most| members.len() as u64 > most);
            full.then(|| self.worst_covered(pool, outcome, members.iter()))
                .flatten()
        })
    }

    /// Step 2: the project covered worst among those below their least grant.
    fn worst(&self, pool: &Pool, outcome: &Outcome) -> Option<u32> {
        let standing = |project: &&u32| self.standing.get(**project as usize).copied().unwrap_or(false);
        let short = |project: &&u32| {
            let at = **project as usize;
            let reached = self.reached.get(at).copied().unwrap_or(0);
            reached < pool.least_grant(at, outcome.cost(at))
        };
        let candidates = pool.agenda.candidates.iter().filter(standing).filter(short);
        self.worst_covered(pool, outcome, candidates)
    }

    /// Of `projects` the one with the least reached ÷ least; ties: the later in the file.
    fn worst_covered<'a>(
        &self,
        pool: &Pool,
        outcome: &Outcome,
        projects: impl Iterator<Item = &'a u32>,
    ) -> Option<u32> {
        let coverage = |&project: &u32| {
            let at = project as usize;
            let reached = self.reached.get(at).copied().unwrap_or(0);
            (
                u128::from(reached),
                u128::from(pool.least_grant(at, outcome.cost(at))),
            )
        };
        let worse = |a: &&u32, b: &&u32| {
            let ((reached_a, least_a), (reached_b, least_b)) = (coverage(a), coverage(b));
            (reached_a * least_b).cmp(&(reached_b * least_a)).then(b.cmp(a))
        };
        projects.min_by(worse).copied()
    }

    /// Books what the standing projects reached.
    fn settle(&self, pool: &Pool, outcome: &mut Outcome) {
        let pairs = pool.agenda.wishes.iter().enumerate();
        let pairs = pairs
            .flat_map(|(participant, list)| list.iter().map(move |&(project, _)| (participant, project)));
        for ((participant, project), &amount_minor) in pairs.zip(&self.paid) {
            if amount_minor > 0 {
                outcome.pay(Payment {
                    project: project as usize,
                    participant,
                    amount_minor,
                });
            }
        }
        for &index in &pool.agenda.candidates {
            let project = index as usize;
            if !self.standing.get(project).copied().unwrap_or(false) {
                continue;
            }
            let granted = self.reached.get(project).copied().unwrap_or(0);
            outcome.pool_left_minor -= granted;
            let whole = granted == outcome.cost(project);
            let verdict = if whole {
                Verdict::Bought
            } else {
                Verdict::BoughtInPart
            };
            outcome.record(pool, project, verdict, granted);
        }
    }
}
