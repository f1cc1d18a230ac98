//! Whether a funder would do better with its money outside the pool.

use super::{Instance, Outcome};
use serde::{Deserialize, Serialize};

/// How far the search for the best use of a pledge alone goes before it says that it does not know.
const MOST_NODES: u32 = 100_000;
/// Projects deep the same search goes.
const MOST_DEPTH: usize = 64;

/// What a funder would do, if all it wants is money on the projects it supports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LeaveVerdict {
    /// It sees at least as much inside the pool as it could reach outside.
    Stays,
    /// Outside it could have more.
    Leaves,
    /// The search for the best use outside was stopped before it was decided.
    Undecided,
}

/// The choice of one funder between the pool and going alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaveChoice {
    /// Its answer.
    pub verdict: LeaveVerdict,
    /// Σ grants of the projects it supports, in the pool.
    pub inside_minor: u64,
    /// The same outside: what the others fund without it, and the best it could do beside with its own pledge. If
    /// undecided, the best found.
    pub outside_minor: u64,
    /// (project, amount) it would pay then, in file order.
    pub best_use: Vec<(usize, u64)>,
}

/// An unfunded project it could fund alone.
#[derive(Clone, Copy, Debug)]
struct Item {
    project: usize,
    least: u64,
    most: u64,
}

/// What `participant` gains by leaving: `with` is the outcome, `without` the rule run again with its pledge at 0.
///
/// Its benefit is Σ grants of the projects it supports (those it wishes among the allowed; all allowed ones where it
/// wishes nothing). Outside it may fund any of these that the others leave unfunded, whole (a divisible one from its
/// minimum on), and add to those funded in part. The best use is an exact knapsack by branch and bound; ties go to what
/// is found first, the largest least amounts first.
pub(super) fn leaving(
    instance: &Instance,
    participant: usize,
    with: &Outcome,
    without: &Outcome,
) -> LeaveChoice {
    let Some(who) = instance.participants().get(participant) else {
        return LeaveChoice {
            verdict: LeaveVerdict::Stays,
            inside_minor: 0,
            outside_minor: 0,
            best_use: Vec::new(),
        };
    };
    let (mut inside, mut others) = (0, 0);
    let (mut items, mut top_ups) = (Vec::new(), Vec::new());
    for &(position, _) in &who.support {
        let granted = |outcome: &Outcome| outcome.granted_minor.get(position).copied().unwrap_or(0);
        let Some(project) = instance.projects().get(position) else {
            continue;
        };
        inside += granted(with);
        others += granted(without);
        let cost = project.cost_minor();
        if project.is_withdrawn() || cost == 0 {
            continue;
        }
        let item = Item {
            project: position,
            least: project.least_grant_minor(cost),
            most: cost,
        };
        match granted(without) {
            0 if item.least <= who.purse_minor() => items.push(item),
            0 => {}
            part => top_ups.push(Item {
                least: 0,
                most: cost.saturating_sub(part),
                ..item
            }),
        }
    }
    crate::order::sort_by_key(&mut items, |item| std::cmp::Reverse(item.least));
    let mut search = Search {
        items: &items,
        purse: who.purse_minor(),
        filler: sum(top_ups.iter().map(|item| item.most)),
        suffix: suffix_sums(&items),
        nodes: 0,
        cut: false,
        chosen: Vec::new(),
        best: Vec::new(),
        reached: None,
    };
    let reachable = search.bound(0, 0);
    search.visit(0, 0, 0);
    let complete = !search.cut || search.reached == Some(reachable);
    let found = search.reached.unwrap_or(0);
    let chosen: Vec<Item> = search
        .best
        .iter()
        .filter_map(|&at| items.get(at).copied())
        .collect();
    let outside = others.saturating_add(found);
    LeaveChoice {
        verdict: if outside > inside {
            LeaveVerdict::Leaves
        } else if complete || others.saturating_add(reachable) <= inside {
            LeaveVerdict::Stays
        } else {
            LeaveVerdict::Undecided
        },
        inside_minor: inside,
        outside_minor: outside,
        best_use: poured(chosen, top_ups, found),
    }
}

/// `amount` over the chosen items, each at least its least, then over what can be topped up; in file order.
fn poured(chosen: Vec<Item>, top_ups: Vec<Item>, amount: u64) -> Vec<(usize, u64)> {
    let mut left = amount.saturating_sub(sum(chosen.iter().map(|item| item.least)));
    let mut used = Vec::new();
    for item in chosen.into_iter().chain(top_ups) {
        let more = left.min(item.most - item.least);
        left -= more;
        if item.least + more > 0 {
            used.push((item.project, item.least + more));
        }
    }
    crate::order::sort(&mut used);
    used
}

fn sum(amounts: impl Iterator<Item = u64>) -> u64 {
    amounts.fold(0, u64::saturating_add)
}

/// `suffix[k]`: Σ most of the items from k on.
fn suffix_sums(items: &[Item]) -> Vec<u64> {
    let mut suffix = vec![0_u64; items.len() + 1];
    for (at, item) in items.iter().enumerate().rev() {
        suffix[at] = suffix[at + 1].saturating_add(item.most);
    }
    suffix
}

struct Search<'a> {
    items: &'a [Item],
    purse: u64,
    /// What may be added in any amount.
    filler: u64,
    suffix: Vec<u64>,
    nodes: u32,
    /// Whether something was left unsearched.
    cut: bool,
    chosen: Vec<usize>,
    best: Vec<usize>,
    /// The most spent so far.
    reached: Option<u64>,
}

impl Search<'_> {
    /// The most that could be spent with items worth `most` chosen and those from `at` on open.
    fn bound(&self, at: usize, most: u64) -> u64 {
        let open = self.suffix.get(at).copied().unwrap_or(0);
        self.purse
            .min(most.saturating_add(open).saturating_add(self.filler))
    }

    /// Decides the items from `at` on; `least` and `most` are the sums of those chosen.
    fn visit(&mut self, at: usize, least: u64, most: u64) {
        if self
            .reached
            .is_some_and(|reached| reached >= self.bound(at, most))
        {
            return;
        }
        if self.nodes >= MOST_NODES || at >= MOST_DEPTH {
            self.cut = true;
            return;
        }
        self.nodes += 1;
        let spent = self.purse.min(most.saturating_add(self.filler));
        if self.reached.is_none_or(|reached| spent > reached) {
            self.reached = Some(spent);
            self.best.clone_from(&self.chosen);
        }
        let Some(item) = self.items.get(at).copied() else {
            return;
        };
        if least.saturating_add(item.least) <= self.purse {
            self.chosen.push(at);
            self.visit(at + 1, least + item.least, most.saturating_add(item.most));
            self.chosen.pop();
        }
        self.visit(at + 1, least, most);
    }
}
