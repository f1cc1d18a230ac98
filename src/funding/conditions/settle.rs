//! The greatest fixed point of all conditions: everybody is in, and whose condition is not met drops, round by round.

use super::{ConditionKind, ConditionStep, Hold, MAX_CONDITIONS, Terms};
use crate::funding::{FundingError, Instance, MAX_PAIRS, Participant};

/// The conditions of an instance, compiled once and settled in every future.
///
/// A state is the set of pledges that hold. Every condition but a matching offer holds or does not; matching offers
/// follow from who holds, since they match no other matching offer. Conditions are monotone, so dropping whose
/// condition fails under the present set never drops a member of any consistent set: starting from all, what remains
/// is the greatest consistent one (Tarski 1955), whatever the order of dropping. Ends: each round but the last drops
/// one at least.
#[derive(Clone, Debug)]
pub(in crate::funding) struct Settlement {
    /// Whose money counts: `scopes[s]`, ascending.
    scopes: Vec<Vec<u32>>,
    clauses: Vec<Clause>,
    /// `matching[participant]`: whether it is a matching offer.
    matching: Vec<bool>,
    terms: Vec<Terms>,
    /// `promised[participant]`: whether it promises cash on paper.
    promised: Vec<bool>,
}

#[derive(Clone, Debug)]
struct Clause {
    participant: usize,
    hold: Hold,
    /// Its own scope.
    scope: usize,
    /// Scopes its money counts in.
    within: Vec<usize>,
}

/// What the conditions leave, reused from run to run.
#[derive(Clone, Debug, Default)]
pub(in crate::funding) struct Settled {
    /// `refunded_minor[participant]`: what stays with the funder.
    pub refunded_minor: Vec<u64>,
    /// `overhead_minor[participant]`: what goes to administration.
    pub overhead_minor: Vec<u64>,
    /// Whether a run with conditions wrote into it: else there is nothing to clear.
    touched: bool,
    /// `standing[clause]`.
    standing: Vec<bool>,
    /// `matchable[scope]`: cash of those who hold and are no matching offer.
    matchable: Vec<u128>,
    /// `counted[scope]`: cash and kind of those who hold, without what matching offers draw.
    counted: Vec<u128>,
    /// `reached[scope]`: the same with it.
    reached: Vec<u128>,
}

impl Settlement {
    /// The conditions of `instance`; `None` if it has none.
    ///
    /// # Errors
    /// [`FundingError::TooMany`] above [`MAX_CONDITIONS`] conditions, or [`MAX_PAIRS`] pairs of a project conditions
    /// name and one whose money counts there.
    pub fn new(instance: &Instance) -> Result<Option<Self>, FundingError> {
        let participants = instance.participants();
        if !participants.iter().any(|who| who.terms().settles()) {
            return Ok(None);
        }
        let mut projects: Vec<Option<usize>> = participants
            .iter()
            .filter_map(|who| who.terms().hold.as_ref().map(Hold::project))
            .collect();
        let too_many = |what: &str, limit| FundingError::TooMany {
            what: what.to_owned(),
            limit,
        };
        if projects.len() > MAX_CONDITIONS {
            return Err(too_many("conditions", MAX_CONDITIONS));
        }
        crate::order::sort(&mut projects);
        projects.dedup();
        let counts = |who: &Participant, project: Option<usize>| project.is_none_or(|at| who.may_pay(at));
        let mut scopes = Vec::with_capacity(projects.len());
        let mut pairs = 0;
        for &project in &projects {
            let members = participants.iter().zip(0_u32..);
            let members: Vec<u32> = members
                .filter(|(who, _)| counts(who, project))
                .map(|(_, index)| index)
                .collect();
            pairs += members.len();
            if pairs > MAX_PAIRS {
                return Err(too_many("pairs", MAX_PAIRS));
            }
            scopes.push(members);
        }
        let clause = |(participant, who): (usize, &Participant)| {
            let hold = who.terms().hold.clone()?;
            let scope = projects.binary_search(&hold.project()).ok()?;
            let within = projects.iter().enumerate();
            let within = within
                .filter(|&(_, &project)| counts(who, project))
                .map(|(at, _)| at)
                .collect();
            Some(Clause {
                participant,
                hold,
                scope,
                within,
            })
        };
        let matches = |who: &Participant| matches!(who.terms().hold, Some(Hold::Match { .. }));
        Ok(Some(Self {
            scopes,
            clauses: participants.iter().enumerate().filter_map(clause).collect(),
            matching: participants.iter().map(matches).collect(),
            terms: participants.iter().map(|who| who.terms().clone()).collect(),
            promised: participants.iter().map(|who| who.purse_minor() > 0).collect(),
        }))
    }

    /// Settles `purses`: on return each holds what its participant puts in for projects. What does not hold, and what
    /// goes to administration, is in `settled`. Each decision is passed to `tell`: those who dropped by round and
    /// position, then all others with a tie by position.
    ///
    /// Contributions in kind count while the pledge holds, unless its promised cash stays away altogether.
    ///
    /// Cost: O(money counted + rounds × conditions × scopes).
    pub fn settle(&self, purses: &mut [u64], settled: &mut Settled, explaining: bool) -> Vec<ConditionStep> {
        let mut steps = Vec::new();
        settled.start(purses, self.clauses.len());
        for ((purse, terms), refunded) in purses
            .iter_mut()
            .zip(&self.terms)
            .zip(&mut settled.refunded_minor)
        {
            if terms.stands_by {
                *refunded = std::mem::take(purse);
            }
        }
        self.count(purses, settled);
        for round in 1.. {
            self.draw(purses, settled);
            let before = settled.standing.iter().filter(|&&standing| standing).count();
            self.drop_unmet(purses, settled, |clause, reached, needed, gave| {
                if explaining {
                    steps.push(step(clause, Some(round), needed, reached, 0, gave));
                }
            });
            if settled.standing.iter().filter(|&&standing| standing).count() == before {
                break;
            }
        }
        self.finish(purses, settled, explaining.then_some(&mut steps));
        steps
    }

    /// What counts in each scope while everybody is in.
    fn count(&self, purses: &[u64], settled: &mut Settled) {
        for members in &self.scopes {
            let (mut matchable, mut counted) = (0_u128, 0_u128);
            for &member in members {
                let at = member as usize;
                let cash = if self.is_matching(at) { 0 } else { read(purses, at) };
                matchable += u128::from(cash);
                counted += u128::from(cash) + u128::from(self.in_kind(purses, settled, at));
            }
            settled.matchable.push(matchable);
            settled.counted.push(counted);
        }
    }

    /// What matching offers draw from who holds now.
    fn draw(&self, purses: &[u64], settled: &mut Settled) {
        settled.reached.clear();
        settled.reached.extend(&settled.counted);
        for clause in &self.clauses {
            let drawn = self.drawn(clause, purses, settled).unwrap_or(0);
            for &scope in &clause.within {
                if let Some(reached) = settled.reached.get_mut(scope) {
                    *reached += u128::from(drawn);
                }
            }
        }
    }

    fn drawn(&self, clause: &Clause, purses: &[u64], settled: &Settled) -> Option<u64> {
        let Hold::Match { give, per, .. } = clause.hold else {
            return None;
        };
        let matched = settled.matchable.get(clause.scope).copied().unwrap_or(0);
        Some(Hold::matches(
            give,
            per,
            matched,
            read(purses, clause.participant),
        ))
    }

    /// One round: everybody whose condition is not met under the present set drops, all at once.
    fn drop_unmet(
        &self,
        purses: &mut [u64],
        settled: &mut Settled,
        mut tell: impl FnMut(&Clause, u128, u64, u64),
    ) {
        for (place, clause) in self.clauses.iter().enumerate() {
            if !settled.standing.get(place).copied().unwrap_or(false) {
                continue;
            }
            let (cash, kind) = self.worth(purses, settled, clause.participant);
            let Some((needed, reached)) = self.test(clause, settled, cash + kind) else {
                continue;
            };
            if reached >= u128::from(needed) {
                continue;
            }
            if let Some(standing) = settled.standing.get_mut(place) {
                *standing = false;
            }
            for &scope in &clause.within {
                if let (Some(matchable), Some(counted)) =
                    (settled.matchable.get_mut(scope), settled.counted.get_mut(scope))
                {
                    *matchable -= cash;
                    *counted -= cash + kind;
                }
            }
            let purse = purses.get_mut(clause.participant);
            let gave = purse.map(std::mem::take).unwrap_or(0);
            if let Some(refunded) = settled.refunded_minor.get_mut(clause.participant) {
                *refunded += gave;
            }
            tell(clause, reached, needed, gave);
        }
    }

    /// What the condition needs and what counts for it; `None` for a matching offer, which always holds. `reached` is
    /// of the start of the round.
    fn test(&self, clause: &Clause, settled: &Settled, own: u128) -> Option<(u64, u128)> {
        let (needed, others_only) = match clause.hold {
            Hold::AllOrNothing {
                threshold_minor,
                others_only,
                ..
            } => (threshold_minor, others_only),
            Hold::Challenge { target_minor, .. } => (target_minor, true),
            Hold::Match { .. } => return None,
        };
        let reached = settled.reached.get(clause.scope).copied().unwrap_or(0);
        let own = if others_only && clause.within.contains(&clause.scope) {
            own
        } else {
            0
        };
        Some((needed, reached - own))
    }

    /// Draws the matches, sets administration aside, and tells of all who hold.
    fn finish(&self, purses: &mut [u64], settled: &mut Settled, steps: Option<&mut Vec<ConditionStep>>) {
        let mut told = Vec::new();
        let telling = steps.is_some();
        for (place, clause) in self.clauses.iter().enumerate() {
            let at = clause.participant;
            let purse = read(purses, at);
            if let Some(drawn) = self.drawn(clause, purses, settled) {
                if let (Some(purse), Some(refunded)) =
                    (purses.get_mut(at), settled.refunded_minor.get_mut(at))
                {
                    *refunded += *purse - drawn;
                    *purse = drawn;
                }
                if let Hold::Match { give, per, .. } = clause.hold
                    && telling
                {
                    let needed = (u128::from(purse) * u128::from(per)).div_ceil(u128::from(give.max(1)));
                    let matched = settled.matchable.get(clause.scope).copied().unwrap_or(0);
                    told.push(step(clause, None, narrow(needed), matched, drawn, purse - drawn));
                }
            } else if settled.standing.get(place).copied().unwrap_or(false) && telling {
                let (cash, kind) = self.worth(purses, settled, at);
                let (needed, reached) = self.test(clause, settled, cash + kind).unwrap_or_default();
                told.push(step(clause, None, needed, reached, purse, 0));
            }
        }
        if let Some(steps) = steps {
            let guarantees = self.terms.iter().zip(&settled.refunded_minor).enumerate();
            let guarantees = guarantees.filter(|(_, (terms, _))| terms.stands_by && terms.hold.is_none());
            told.extend(
                guarantees.map(|(participant, (_, &refunded_minor))| ConditionStep {
                    participant,
                    kind: ConditionKind::Guarantee,
                    project: None,
                    dropped_in: None,
                    needed_minor: 0,
                    reached_minor: 0,
                    gives_minor: 0,
                    refunded_minor,
                }),
            );
            crate::order::sort_by_key(&mut told, |step| step.participant);
            steps.append(&mut told);
        }
        let parts = purses
            .iter_mut()
            .zip(&self.terms)
            .zip(&mut settled.overhead_minor);
        for ((purse, terms), overhead) in parts {
            *overhead = terms.overhead_minor(*purse);
            *purse -= *overhead;
        }
    }

    fn is_matching(&self, participant: usize) -> bool {
        self.matching.get(participant).copied().unwrap_or(false)
    }

    /// (cash, kind) of a pledge that holds and is no matching offer.
    fn worth(&self, purses: &[u64], settled: &Settled, participant: usize) -> (u128, u128) {
        let kind = self.in_kind(purses, settled, participant);
        (u128::from(read(purses, participant)), u128::from(kind))
    }

    fn in_kind(&self, purses: &[u64], settled: &Settled, participant: usize) -> u64 {
        let kind = self.terms.get(participant).map_or(0, |terms| terms.in_kind_minor);
        let promised = self.promised.get(participant).copied().unwrap_or(false);
        let came = read(purses, participant) > 0 || read(&settled.refunded_minor, participant) > 0;
        if promised && !came { 0 } else { kind }
    }
}

impl Settled {
    fn start(&mut self, purses: &[u64], clauses: usize) {
        self.clear(purses.len());
        self.touched = true;
        self.standing.clear();
        self.standing.resize(clauses, true);
        self.matchable.clear();
        self.counted.clear();
    }

    /// Nothing refunded, nothing for administration.
    pub fn clear(&mut self, participants: usize) {
        if !self.touched && self.refunded_minor.len() == participants {
            return;
        }
        self.touched = false;
        for list in [&mut self.refunded_minor, &mut self.overhead_minor] {
            list.clear();
            list.resize(participants, 0);
        }
    }
}

fn read(list: &[u64], at: usize) -> u64 {
    list.get(at).copied().unwrap_or(0)
}

fn narrow(value: u128) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX)
}

fn step(
    clause: &Clause,
    dropped_in: Option<usize>,
    needed_minor: u64,
    reached: u128,
    gives_minor: u64,
    refunded_minor: u64,
) -> ConditionStep {
    ConditionStep {
        participant: clause.participant,
        kind: clause.hold.kind(),
        project: clause.hold.project(),
        dropped_in,
        needed_minor,
        reached_minor: narrow(reached),
        gives_minor,
        refunded_minor,
    }
}
