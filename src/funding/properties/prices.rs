//! Priceable: whether the result can be explained by payments of the voices alone.

use super::flow::Transport;
use super::{PropertyVerdict, Seen, Unchecked, Witness, narrow};
use crate::funding::Purse;

/// Pairs of a voice and a funded project it supports, at most, times unfunded projects.
const MOST_WORK: usize = 30_000;
/// Cuts tried until the smallest purse that pays for everything is known; each is a new set of projects.
const MOST_CUTS: usize = 64;

/// Priceability (Peters and Skowron 2020; Peters, Pierczyński and Skowron 2021): there are payments such that everybody
/// pays only for what it supports, nobody more than its purse, every funded project is paid in full, and the supporters
/// of no unfunded project p have more than c(p) left. Purses are equal and of any size b where ballots are cast; where
/// the funders are the voices they are their pledges.
///
/// With equal purses the smallest b that can pay for everything is exact: max over sets Q of funded projects of
/// cost(Q) / people who support some of Q, found by cuts (Dinkelbach 1967). A larger purse leaves every group more, so
/// if even at that b the supporters of one unfunded project cannot get rid of enough, the property fails, with that
/// group as witness. If one system of payments satisfies all unfunded projects at once, it holds. Where each project can
/// be satisfied and no system found satisfies all, it is left undecided rather than guessed.
pub(super) fn priceable(view: &Seen<'_>) -> PropertyVerdict {
    if view.is_empty() {
        return PropertyVerdict::NotApplicable;
    }
    let funded: Vec<usize> = (0..view.instance.projects().len())
        .filter(|&project| view.granted(project) > 0)
        .collect();
    let missed = view.missed();
    let arcs: Vec<Vec<usize>> = view
        .voices
        .iter()
        .map(|voice| {
            voice
                .points
                .iter()
                .filter_map(|(project, _)| funded.binary_search(project).ok())
                .collect()
        })
        .collect();
    let pairs: usize = arcs.iter().map(Vec::len).sum();
    if (pairs + view.voices.len()).saturating_mul(missed.len().max(1)) > MOST_WORK {
        return PropertyVerdict::CannotCheck(Unchecked::TooLarge);
    }
    let mut paid_for = vec![false; funded.len()];
    for &place in arcs.iter().flatten() {
        paid_for[place] = true;
    }
    if let Some(place) = paid_for.iter().position(|&paid| !paid) {
        return PropertyVerdict::Fails(Witness::Unpaid {
            project: funded[place],
        });
    }
    let own = view
        .voices
        .iter()
        .any(|voice| matches!(voice.purse, Purse::Own(_)));
    let weights: Vec<u128> = view
        .voices
        .iter()
        .map(|voice| u128::from(view.weight(voice)))
        .collect();
    let costs: Vec<u128> = funded
        .iter()
        .map(|&project| u128::from(view.granted(project)))
        .collect();
    let rate = if own {
        Some((1, 1))
    } else {
        smallest_purse(&arcs, &weights, &costs)
    };
    let Some((rate, unit)) = rate else {
        return PropertyVerdict::CannotCheck(Unchecked::Undecided);
    };
    let question = Question {
        view,
        funded: &funded,
        arcs: &arcs,
        purses: weights.iter().map(|weight| weight * rate).collect(),
        rooms: costs.iter().map(|cost| cost * unit).collect(),
        unit,
    };
    question.answer(&missed)
}

/// The smallest purse per person that pays for everything, as a fraction; `None` if the cuts do not end in time.
fn smallest_purse(arcs: &[Vec<usize>], weights: &[u128], costs: &[u128]) -> Option<(u128, u128)> {
    let everything: Vec<usize> = (0..costs.len()).collect();
    let ratio = |set: &[usize]| {
        let cost: u128 = set.iter().map(|&project| costs[project]).sum();
        let payers = arcs.iter().zip(weights);
        let payers = payers.filter(|(sinks, _)| sinks.iter().any(|sink| set.contains(sink)));
        (cost, payers.map(|(_, weight)| weight).sum::<u128>())
    };
    if costs.is_empty() {
        return Some((0, 1));
    }
    let mut best = ratio(&everything);
    for _ in 0..MOST_CUTS {
        let (rate, unit) = best;
        if unit == 0 {
            return None;
        }
        let money = weights.iter().map(|weight| weight.checked_mul(rate));
        let rooms = costs.iter().map(|cost| cost.checked_mul(unit));
        let (money, rooms) = (
            money.collect::<Option<Vec<_>>>()?,
            rooms.collect::<Option<Vec<_>>>()?,
        );
        let wanted: u128 = rooms
            .iter()
            .try_fold(0_u128, |sum, room| sum.checked_add(*room))?;
        let mut transport = Transport::new(arcs.to_vec(), money, rooms);
        if transport.fill() == wanted {
            return Some(best);
        }
        best = ratio(&transport.short());
    }
    None
}

struct Question<'a> {
    view: &'a Seen<'a>,
    funded: &'a [usize],
    arcs: &'a [Vec<usize>],
    /// Money of each voice, and costs, in 1/`unit` minor units.
    purses: Vec<u128>,
    rooms: Vec<u128>,
    unit: u128,
}

impl Question<'_> {
    fn supports(&self, voice: usize, project: usize) -> bool {
        let found = self.view.voices.get(voice);
        found.is_some_and(|voice| {
            voice
                .points
                .binary_search_by_key(&project, |&(project, _)| project)
                .is_ok()
        })
    }

    fn supporters(&self, project: usize) -> Vec<usize> {
        (0..self.arcs.len())
            .filter(|&voice| self.supports(voice, project))
            .collect()
    }

    /// Everybody's rest if the supporters of `project` pay first as much as they can, then the others.
    fn rest_after(&self, project: usize) -> Option<Vec<u128>> {
        let first: Vec<u128> = (0..self.arcs.len())
            .map(|voice| {
                if self.supports(voice, project) {
                    self.purses[voice]
                } else {
                    0
                }
            })
            .collect();
        let then: Vec<u128> = self
            .purses
            .iter()
            .zip(&first)
            .map(|(purse, first)| purse - first)
            .collect();
        let mut transport = Transport::new(self.arcs.to_vec(), first, self.rooms.clone());
        transport.fill();
        // Later paths never give money back to a source, so what the supporters pay stays the most they can.
        transport.add_money(&then);
        let paid = transport.fill();
        (paid == self.rooms.iter().sum()).then(|| transport.left().to_vec())
    }

    /// What the supporters of `project` have of `rest`.
    fn left(&self, project: usize, rest: &[u128]) -> u128 {
        let supporters = self.supporters(project);
        supporters.iter().filter_map(|&voice| rest.get(voice)).sum()
    }

    fn satisfies(&self, missed: &[usize], rest: &[u128]) -> bool {
        missed
            .iter()
            .all(|&project| self.left(project, rest) <= u128::from(self.view.cost(project)) * self.unit)
    }

    fn answer(&self, missed: &[usize]) -> PropertyVerdict {
        // Funders who are the voices have paid already: their own payments are a system to begin with.
        if let Some(rest) = self.given()
            && self.satisfies(missed, &rest)
        {
            return PropertyVerdict::Holds;
        }
        let mut holds = false;
        if missed.is_empty() {
            let mut transport = Transport::new(self.arcs.to_vec(), self.purses.clone(), self.rooms.clone());
            holds = transport.fill() == self.rooms.iter().sum();
        }
        for &project in missed {
            let Some(rest) = self.rest_after(project) else {
                // Own purses: the supporters of the funded projects cannot pay for them.
                return PropertyVerdict::Fails(Witness::Unpaid {
                    project: self.unpayable(),
                });
            };
            let left = self.left(project, &rest);
            if left > u128::from(self.view.cost(project)) * self.unit {
                return PropertyVerdict::Fails(Witness::TooMuchLeft {
                    project,
                    group: self.view.group(&self.supporters(project)),
                    left_minor: narrow(left / self.unit),
                });
            }
            holds |= self.satisfies(missed, &rest);
        }
        if holds {
            PropertyVerdict::Holds
        } else if missed.is_empty() {
            PropertyVerdict::Fails(Witness::Unpaid {
                project: self.unpayable(),
            })
        } else {
            PropertyVerdict::CannotCheck(Unchecked::Undecided)
        }
    }

    /// What the voices have left by the payments that were made, if all went where they support.
    fn given(&self) -> Option<Vec<u128>> {
        let mut rest = Vec::with_capacity(self.view.voices.len());
        for voice in &self.view.voices {
            let Purse::Own(participant) = voice.purse else {
                return None;
            };
            rest.push(u128::from(*self.view.allocation.unspent_minor.get(participant)?));
        }
        let payments = self.view.allocation.payments_minor.iter().enumerate();
        let strange = payments
            .flat_map(|(project, payments)| payments.iter().map(move |&(who, _)| (who, project)))
            .any(|(who, project)| !self.supports(who, project));
        (!strange).then_some(rest)
    }

    /// A funded project whose supporters cannot pay for all of theirs.
    fn unpayable(&self) -> usize {
        let mut transport = Transport::new(self.arcs.to_vec(), self.purses.clone(), self.rooms.clone());
        transport.fill();
        let short = transport.short();
        let first = short.first().and_then(|&place| self.funded.get(place));
        first.copied().unwrap_or(0)
    }
}
