//! Whether the purses can pay for some projects together, restrictions kept: a flow that is enlarged project by project.

use crate::funding::{Instance, Pool};
use std::collections::BTreeMap;

/// Participants whose money may go to the same projects, as one purse.
#[derive(Clone, Debug, Default)]
pub(super) struct Classes {
    /// `of[participant]`.
    of: Vec<usize>,
    /// The classes that may pay for each project, ascending.
    payers: Vec<Vec<usize>>,
}

/// What each class has left, and pays for each project.
#[derive(Clone, Debug, Default)]
pub(super) struct Purses {
    left: Vec<u64>,
    /// `paid[project][class]`; empty where there is one class only, for whom nothing can be moved.
    paid: Vec<Vec<u64>>,
}

impl Classes {
    pub(super) fn new(instance: &Instance) -> Self {
        let mut known: BTreeMap<&[usize], usize> = BTreeMap::new();
        let mut classes = Self {
            of: Vec::new(),
            payers: vec![Vec::new(); instance.projects().len()],
        };
        for participant in instance.participants() {
            let next = known.len();
            let class = *known.entry(participant.eligible()).or_insert(next);
            classes.of.push(class);
            if class == next {
                for &project in participant.eligible() {
                    if let Some(payers) = classes.payers.get_mut(project) {
                        payers.push(class);
                    }
                }
            }
        }
        classes
    }

    /// Full purses of a run.
    pub(super) fn full(&self, purses_minor: &[u64]) -> Purses {
        let count = self.of.iter().max().map_or(0, |&last| last + 1);
        let mut left = vec![0; count];
        for (&class, &minor) in self.of.iter().zip(purses_minor) {
            if let Some(left) = left.get_mut(class) {
                *left += minor;
            }
        }
        let projects = if count > 1 { self.payers.len() } else { 0 };
        Purses {
            left,
            paid: vec![vec![0; count]; projects],
        }
    }

    fn payers(&self, project: usize) -> &[usize] {
        self.payers.get(project).map_or(&[], Vec::as_slice)
    }
}

impl Purses {
    /// How much there is to copy.
    pub(super) fn size(&self) -> usize {
        self.left.len() * (1 + self.paid.len())
    }

    /// All money left.
    pub(super) fn left(&self) -> u64 {
        self.left.iter().sum()
    }

    /// Pays up to `minor` more for `project`, moving earlier payments between classes where that helps; what was paid.
    ///
    /// Shortest augmenting paths (Edmonds and Karp 1972): a class that may pay but has nothing left hands over another
    /// project it pays for to a class that may pay for that one.
    pub(super) fn pay(&mut self, classes: &Classes, project: usize, minor: u64) -> u64 {
        if self.paid.is_empty() {
            let may = classes.payers(project).first();
            let Some(left) = may.and_then(|&class| self.left.get_mut(class)) else {
                return 0;
            };
            let paid = minor.min(*left);
            *left -= paid;
            return paid;
        }
        let mut paid = 0;
        while paid < minor {
            let Some(pushed) = self.augment(classes, project, minor - paid) else {
                break;
            };
            paid += pushed;
        }
        paid
    }

    fn augment(&mut self, classes: &Classes, project: usize, most: u64) -> Option<u64> {
        // How each class was reached: for which project it would pay, and which class paid that so far.
        let mut reached: Vec<Option<(usize, Option<usize>)>> = vec![None; self.left.len()];
        let mut queue: Vec<usize> = Vec::new();
        for &class in classes.payers(project) {
            reached[class] = Some((project, None));
            queue.push(class);
        }
        let mut head = 0;
        let end = loop {
            let class = *queue.get(head)?;
            head += 1;
            if self.left[class] > 0 {
                break class;
            }
            for (other, paid) in self.paid.iter().enumerate() {
                if paid[class] == 0 {
                    continue;
                }
                for &next in classes.payers(other) {
                    if reached[next].is_none() {
                        reached[next] = Some((other, Some(class)));
                        queue.push(next);
                    }
                }
            }
        };
        let mut pushed = most.min(self.left[end]);
        let mut at = end;
        while let Some((other, Some(before))) = reached[at] {
            pushed = pushed.min(self.paid[other][before]);
            at = before;
        }
        self.left[end] -= pushed;
        at = end;
        while let Some((other, before)) = reached[at] {
            self.paid[other][at] += pushed;
            let Some(before) = before else { break };
            self.paid[other][before] -= pushed;
            at = before;
        }
        Some(pushed)
    }

    /// What the participants of each class pay for `project` in this flow, each pro rata to what `left_minor` says it
    /// has left: (participant, amount) with amounts above 0.
    pub(super) fn payments(
        &self,
        classes: &Classes,
        pool: &Pool,
        project: usize,
        left_minor: &[u64],
        split: &mut dyn FnMut(u64, &[u64]) -> Vec<u64>,
    ) -> Vec<(usize, u64)> {
        let mut payments = Vec::new();
        for &class in classes.payers(project) {
            let amount = self.paid.get(project).and_then(|paid| paid.get(class));
            let payers = pool.payers(project).iter().map(|&payer| payer as usize);
            let members: Vec<usize> = payers
                .filter(|&payer| classes.of.get(payer) == Some(&class))
                .collect();
            let weights: Vec<u64> = members
                .iter()
                .map(|&payer| left_minor.get(payer).copied().unwrap_or(0))
                .collect();
            let shares = split(amount.copied().unwrap_or(0), &weights);
            payments.extend(members.into_iter().zip(shares).filter(|&(_, share)| share > 0));
        }
        crate::order::sort(&mut payments);
        payments
    }
}
