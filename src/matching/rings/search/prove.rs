//! The second half of the search: listing the rings that still matter, and branching over them.

use super::super::branch::{Branch, Listed};
use super::super::walks::Walker;
use super::{Phase, Search};
use std::collections::BTreeMap;

/// How many rings are listed for branching, stage after stage, until one proves the optimum.
const LIST_LIMITS: [usize; 3] = [2_000, 30_000, 300_000];

/// Nodes of the short search for good packings before the one that proves.
const DIVE_NODES: u64 = 50_000;

impl Search {
    pub(super) fn list(
        &mut self,
        root: usize,
        stage: usize,
        mut within: i64,
        mut listed: BTreeMap<[u16; 6], Listed>,
    ) -> Phase {
        let limit = LIST_LIMITS.get(stage).copied().unwrap_or(0);
        if root < self.instance.members() {
            let mut walker = Walker::new(&self.instance, self.scale, &self.covering);
            walker.visit(root, -within - 1, &mut |column, reduced| {
                let slack = -reduced;
                let entry = listed.entry(column.set()).or_insert(Listed { column, slack });
                if (slack, column) < (entry.slack, entry.column) {
                    *entry = Listed { column, slack };
                }
                if listed.len() > limit {
                    within = shortened(&mut listed, limit);
                }
                -within - 1
            });
            self.nodes = self.nodes.saturating_add(walker.steps.max(1));
            return Phase::List {
                root: root + 1,
                stage,
                within,
                listed,
            };
        }
        self.nodes = self.nodes.saturating_add(1);
        let mut listed: Vec<Listed> = listed.into_values().collect();
        crate::order::sort_by_key(&mut listed, |one| (one.slack, one.column));
        self.dive(listed.clone());
        if self.is_proven() {
            return Phase::Done;
        }
        let branch = Box::new(Branch::new(listed, self.covering.clone()));
        Phase::Branch {
            stage,
            within,
            branch,
        }
    }

    /// A short search without the limit of the list: good packings early, whatever can be proven of them.
    fn dive(&mut self, listed: Vec<Listed>) {
        let (bound, scale, unit) = (self.bound, i128::from(self.scale), i128::from(self.unit));
        let mut spent = 0;
        let mut packings = Vec::new();
        let mut dive = Branch::new(listed, self.covering.clone());
        dive.step(&mut spent, DIVE_NODES, self.allowed(), &mut |packing| {
            let value: i128 = packing.iter().map(|column| i128::from(column.value)).sum();
            packings.push(packing);
            bound - (value + unit) * scale
        });
        packings.into_iter().for_each(|packing| self.improve(packing));
        self.nodes = self.nodes.saturating_add(spent);
    }

    pub(super) fn branch(&mut self, stage: usize, within: i64, mut branch: Box<Branch>, limit: u64) -> Phase {
        let mut spent = self.nodes;
        let (bound, scale, unit) = (self.bound, i128::from(self.scale), i128::from(self.unit));
        let loss_within = |value: i128| (bound - (value + unit) * scale).min(i128::from(within));
        let mut packings = Vec::new();
        let done = branch.step(&mut spent, limit, loss_within(self.value), &mut |packing| {
            let value = packing.iter().map(|column| i128::from(column.value)).sum();
            packings.push(packing);
            loss_within(value)
        });
        packings.into_iter().for_each(|packing| self.improve(packing));
        self.nodes = spent.max(self.nodes.saturating_add(1));
        if !done {
            return Phase::Branch {
                stage,
                within,
                branch,
            };
        }
        // Every packing of a loss up to `within` is searched.
        self.proven = self.proven.min(self.bound - i128::from(within) - 1);
        if self.allowed() <= i128::from(within) {
            self.proven = self.proven.min(self.value * scale);
            return Phase::Done;
        }
        if stage + 1 < LIST_LIMITS.len() {
            Phase::list(stage + 1, self.allowed())
        } else {
            Phase::Done
        }
    }
}

/// Keeps half of `limit` of the smallest slacks; returns the slack up to which the list is still complete.
fn shortened(listed: &mut BTreeMap<[u16; 6], Listed>, limit: usize) -> i64 {
    let mut slacks: Vec<i64> = listed.values().map(|one| one.slack).collect();
    let (_, &mut middle, _) = slacks.select_nth_unstable(limit / 2);
    listed.retain(|_, one| one.slack < middle);
    middle - 1
}
