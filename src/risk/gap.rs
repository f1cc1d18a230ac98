//! How much money the plan on paper lacks in a future.

use super::block::Block;
use crate::funding::Outcome;

/// What the plan on paper pays for.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Projects it funds, each with what it gets on paper if that is less than its cost.
    funded: Vec<(usize, Option<u64>)>,
}

impl Plan {
    /// What `on_paper` funds, of projects that cost this on paper.
    pub(super) fn new(on_paper: &Outcome, costs_minor: &[u64]) -> Self {
        let granted = on_paper.granted_minor.iter().zip(costs_minor);
        let projects = on_paper.funded.iter().zip(granted).enumerate();
        let funded = projects
            .filter(|(_, (funded, _))| **funded)
            .map(|(project, (_, (&granted, &cost)))| (project, (granted < cost).then_some(granted)))
            .collect();
        Self { funded }
    }

    /// Positions of the projects it funds.
    pub(super) fn projects(&self) -> impl Iterator<Item = usize> {
        self.funded.iter().map(|(project, _)| *project)
    }

    /// max(0, need − money received) in each future of `block`, into `gaps_minor`. The need of a project funded whole on
    /// paper is its cost in that future, of one funded in part that part.
    pub(super) fn gaps(&self, block: &Block, received_minor: &[u64], gaps_minor: &mut Vec<u64>) {
        self.gaps_with(block, Some, received_minor, gaps_minor);
    }

    /// The same in a plan whose projects stand at these `positions`; one that is gone needs nothing.
    pub(super) fn gaps_at(
        &self,
        block: &Block,
        positions: &[Option<usize>],
        received_minor: &[u64],
        gaps_minor: &mut Vec<u64>,
    ) {
        let position = |project: usize| positions.get(project).copied().flatten();
        self.gaps_with(block, position, received_minor, gaps_minor);
    }

    fn gaps_with(
        &self,
        block: &Block,
        position: impl Fn(usize) -> Option<usize>,
        received_minor: &[u64],
        gaps_minor: &mut Vec<u64>,
    ) {
        gaps_minor.clear();
        gaps_minor.resize(received_minor.len(), 0);
        for &(project, part) in &self.funded {
            let Some(project) = position(project) else {
                continue;
            };
            match part {
                Some(part) => gaps_minor.iter_mut().for_each(|need| *need += part),
                None => {
                    let costs = block.costs_minor.column(project);
                    for (need, cost) in gaps_minor.iter_mut().zip(costs) {
                        *need += cost;
                    }
                }
            }
        }
        for (need, received) in gaps_minor.iter_mut().zip(received_minor) {
            *need = need.saturating_sub(*received);
        }
    }
}

/// Money received in each future of `block`, `len` of them, into `received_minor`.
pub(super) fn received(block: &Block, len: usize, received_minor: &mut Vec<u64>) {
    received_minor.clear();
    received_minor.resize(len, 0);
    for purses in block.purses_minor.iter() {
        for (sum, purse) in received_minor.iter_mut().zip(purses) {
            *sum += purse;
        }
    }
}
