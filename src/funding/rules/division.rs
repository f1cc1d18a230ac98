//! Rules that divide money: the Nash product and the equilibrium of donors.

use super::proportional::{Proportional, fill_drop_and_offer};
use super::{Agenda, Mechanism, Payers, Rule};
use crate::domain::{PoolPlan, RuleId};
use crate::funding::continuous::{self, Donor};
use crate::funding::{Division, Instance, Outcome, Pool, Purse, Verdict};
use std::sync::Arc;

/// Each voice values what it supports, by its points (1 each where it gives none); the rule divides all the money.
///
/// The funders are the voices: each pays what the rule says it pays; in money, the three steps of
/// [`Proportional`] with these payments as weights. What a project cannot take, and all that was meant for one that drops,
/// goes by the payments for the projects that are left, and where there are none, by the funder's own values.
///
/// There are ballots: the rule divides equal parts of the money between their voters, and each pledge is split as all the
/// money, over the projects its restriction allows.
pub(super) struct Divided {
    id: RuleId,
    divide: Divide,
}

/// [`continuous::nash`] or [`continuous::equilibrium`].
type Divide = fn(&[Donor], usize) -> continuous::Divided;

impl Divided {
    pub(super) const NASH: Self = Self {
        id: RuleId::Nash,
        divide: continuous::nash,
    };
    pub(super) const EQUILIBRIUM: Self = Self {
        id: RuleId::Equilibrium,
        divide: continuous::equilibrium,
    };
}

/// Splits of 1 as whole weights.
const UNIT: f64 = (1_u64 << 30) as f64;
/// The same where a purse of 10¹⁵ is split to the unit.
const FINE_UNIT: f64 = (1_u64 << 50) as f64;

/// A part of 1 as a whole weight.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of 1 times 2³⁰: below 2³², never negative, and a cast saturates"
)]
pub(super) fn weight(part: f64) -> u32 {
    (part * UNIT) as u32
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of 1 times 2⁵⁰: never negative, and a cast saturates"
)]
fn fine_weight(part: f64) -> u64 {
    (part * FINE_UNIT) as u64
}

/// `open[project]`: not withdrawn.
pub(super) fn open(instance: &Instance) -> Vec<bool> {
    instance
        .projects()
        .iter()
        .map(|project| !project.is_withdrawn())
        .collect()
}

/// Whether a position stands in a list of flags.
pub(super) fn is(flags: &[bool], position: usize) -> bool {
    flags.get(position).copied().unwrap_or(false)
}

/// Candidates and what is left out, given who supports something.
pub(super) fn admit(instance: &Instance, supported: &[bool], agenda: &mut Agenda) {
    for (project, index) in instance.projects().iter().zip(0_u32..) {
        let position = index as usize;
        match (project.is_withdrawn(), is(supported, position)) {
            (true, _) => agenda.excluded.push((position, Verdict::Withdrawn)),
            (_, false) => agenda.excluded.push((position, Verdict::NoSupport)),
            _ => agenda.candidates.push(index),
        }
    }
}

/// A participant's wishes where it follows none of its own: `weights[project]` over what its restriction allows.
pub(super) fn following(
    instance: &Instance,
    participant: usize,
    weights: &[Option<u32>],
) -> Vec<(u32, Option<u32>)> {
    let eligible = instance
        .participants()
        .get(participant)
        .map_or(&[][..], |who| who.eligible());
    let weighed = eligible.iter().filter_map(|&project| {
        let weight = weights.get(project).copied().flatten()?;
        Some((u32::try_from(project).ok()?, Some(weight)))
    });
    weighed.collect()
}

/// A funder's own wishes: what it supports, by its points.
pub(super) fn own_wishes(points: &[(usize, u64)], open: &[bool]) -> Vec<(u32, Option<u32>)> {
    let points = points.iter().filter(|(project, _)| is(open, *project));
    points
        .filter_map(|&(project, points)| {
            let weight = u32::try_from(points).unwrap_or(u32::MAX);
            Some((u32::try_from(project).ok()?, Some(weight)))
        })
        .collect()
}

/// The voices as donors: amounts in minor units for funders, people for voters. A ballot that supports nothing counts for
/// nobody: the money is divided between those who say what for.
fn donors(instance: &Instance) -> Vec<Donor> {
    let open = open(instance);
    let purse = |position: usize| {
        let who = instance.participants().get(position);
        who.map_or(0, crate::funding::Participant::purse_minor)
    };
    let voices = instance.voices();
    let donor = |voice: &crate::funding::Voice<'_>| {
        let points = voice.points.iter().filter(|(project, _)| is(&open, *project));
        let values: Vec<(usize, f64)> = points
            .map(|&(project, points)| (project, points as f64))
            .collect();
        let amount = match voice.purse {
            Purse::Own(position) => purse(position) as f64,
            Purse::EqualPart if values.is_empty() => 0.0,
            Purse::EqualPart => voice.voters as f64,
        };
        Donor { amount, values }
    };
    voices.iter().map(donor).collect()
}

impl Rule for Divided {
    fn id(&self) -> RuleId {
        self.id
    }

    fn agenda(&self, instance: &Instance, _plan: &PoolPlan) -> Agenda {
        let mut agenda = Agenda::default();
        let open = open(instance);
        let donors = donors(instance);
        let mut supported = vec![false; instance.projects().len()];
        // A funder without money supports what it wishes all the same; a ballot without people does not.
        let heard = donors
            .iter()
            .filter(|donor| instance.voters().is_empty() || donor.amount > 0.0);
        for &(project, _) in heard.flat_map(|donor| &donor.values) {
            supported[project] = true;
        }
        admit(instance, &supported, &mut agenda);
        if instance.voters().is_empty() {
            let voices = instance.voices();
            agenda.wishes = voices
                .iter()
                .map(|voice| own_wishes(voice.points, &open))
                .collect();
        } else {
            let divided = (self.divide)(&donors, supported.len());
            let total: f64 = divided.split.iter().sum();
            let weights: Vec<Option<u32>> = divided
                .split
                .iter()
                .zip(&supported)
                .map(|(part, supported)| supported.then(|| weight(part / total)))
                .collect();
            agenda.wishes = (0..instance.participants().len())
                .map(|participant| following(instance, participant, &weights))
                .collect();
        }
        agenda
    }

    fn pays_for(&self, agenda: &Agenda, participant: usize) -> Payers {
        Proportional.pays_for(agenda, participant)
    }

    fn division(&self, instance: &Instance, _plan: &PoolPlan) -> Option<Division> {
        let mut donors = donors(instance);
        if !instance.voters().is_empty() {
            let people: f64 = donors.iter().map(|donor| donor.amount).sum();
            for donor in &mut donors {
                donor.amount *= instance.budget_minor() as f64 / people;
            }
        }
        let divided = (self.divide)(&donors, instance.projects().len());
        Some(Division {
            certificate: Some(divided.certificate),
            undivided: divided.undivided,
            ..Division::of(divided.split)
        })
    }

    fn mechanism(&self, instance: &Instance, _plan: &PoolPlan) -> Arc<dyn Mechanism> {
        if instance.voters().is_empty() {
            Arc::new(OwnMoney { divide: self.divide })
        } else {
            // The split of the ballots stands already, as everybody's wishes.
            Arc::new(Proportional)
        }
    }
}

/// The funders are the voices.
struct OwnMoney {
    divide: Divide,
}

impl Mechanism for OwnMoney {
    fn run(&self, pool: &Pool, outcome: &mut Outcome) {
        let wishes = &pool.agenda.wishes;
        let donors: Vec<Donor> = wishes
            .iter()
            .zip(&outcome.left_minor)
            .map(|(wishes, &left)| Donor {
                amount: left as f64,
                values: wishes
                    .iter()
                    .map(|&(project, weight)| (project as usize, f64::from(weight.unwrap_or(1))))
                    .collect(),
            })
            .collect();
        let divided = (self.divide)(&donors, pool.projects());
        let mut first = Vec::with_capacity(wishes.iter().map(Vec::len).sum());
        for ((wishes, donor), payments) in wishes.iter().zip(&donors).zip(&divided.payments) {
            // Both are in the order of the wishes.
            let mut payments = payments.iter().peekable();
            for &(project, _) in wishes {
                let payment = payments.next_if(|payment| payment.0 == project as usize);
                first.push(payment.map_or(0, |&(_, amount)| fine_weight(amount / donor.amount)));
            }
        }
        fill_drop_and_offer(pool, outcome, &[], |fill, outcome| {
            fill.first.clone_from(&first);
            fill.fill(pool, outcome);
        });
    }
}
