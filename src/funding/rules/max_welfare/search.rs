//! The set of most welfare: branch and bound with the fractional bound.

use super::item::Item;
use super::purses::{Classes, Purses};
use crate::funding::groups::Groups;

/// What the search may do, in looks at an item: some tenths of a second.
const MOST_LOOKS: u64 = 30_000_000;

/// What is decided about an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Open,
    In,
    Out,
}

/// A set with what each of its projects gets.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub welfare: u128,
    /// (project, granted), in file order.
    pub granted: Vec<(usize, u64)>,
    pub purses: Purses,
}

/// The search over the items of one run.
pub(super) struct Search<'a> {
    classes: &'a Classes,
    groups: &'a Groups,
    /// Densest first; ties: file order.
    items: Vec<Item>,
    full: Purses,
    /// Every set's welfare is a multiple of this.
    step: u128,
    /// Looks a branch costs.
    effort: u64,
    pub(super) looks: u64,
}

/// Money and groups after some decisions; copied at each branch.
#[derive(Clone)]
struct State {
    purses: Purses,
    /// Of each group: how many, and how much at least.
    taken: Vec<(u64, u64)>,
    committed: u128,
}

/// One decision on the way down.
struct Branch {
    at: usize,
    /// Whether leaving the item out is still to be tried.
    out_next: bool,
    before: State,
}

impl<'a> Search<'a> {
    pub(super) fn new(classes: &'a Classes, groups: &'a Groups, mut items: Vec<Item>, full: Purses) -> Self {
        crate::order::sort_by(&mut items, |a, b| {
            let ((weight_a, money_a), (weight_b, money_b)) = (a.density(), b.density());
            (weight_b * money_a)
                .cmp(&(weight_a * money_b))
                .then(a.project.cmp(&b.project))
        });
        let step = items.iter().map(Item::step).min().unwrap_or(1);
        let effort = (items.len() + 1 + full.size() / 8 + groups.list().len()) as u64;
        Self {
            classes,
            groups,
            items,
            full,
            step,
            effort,
            looks: 0,
        }
    }

    /// The best set, and an upper bound of any set's welfare: the same where the search was complete.
    ///
    /// Among the sets of most welfare it is the one that holds the earlier project where two first differ in file order:
    /// the set found is taken through the file, and for each project it lacks a set of the same welfare is looked for
    /// that agrees so far and has it.
    pub(super) fn best(&mut self) -> (Found, u128) {
        let mut choices = vec![Choice::Open; self.items.len()];
        let ceiling = self.bound(&self.start(), &choices, 0);
        let (found, complete) = self.descend(&choices, None);
        let Some(mut best) = found else {
            return (Found::default(), ceiling);
        };
        if !complete {
            let at_most = ceiling.max(best.welfare);
            return (best, at_most);
        }
        let mut by_file: Vec<usize> = (0..self.items.len()).collect();
        crate::order::sort_by_key(&mut by_file, |&at| self.items.get(at).map(|item| item.project));
        for at in by_file {
            let Some(project) = self.items.get(at).map(|item| item.project) else {
                continue;
            };
            let has = |found: &Found| found.granted.iter().any(|&(one, _)| one == project);
            choices[at] = Choice::In;
            if !has(&best) {
                match self.descend(&choices, Some(best.welfare)).0 {
                    Some(found) => best = found,
                    None => choices[at] = Choice::Out,
                }
            }
        }
        let welfare = best.welfare;
        (best, welfare)
    }

    fn start(&self) -> State {
        State {
            purses: self.full.clone(),
            taken: vec![(0, 0); self.groups.list().len()],
            committed: 0,
        }
    }

    /// The best set with these choices; or, with a `target`, the first found that reaches it. Whether all were seen.
    fn descend(&mut self, given: &[Choice], target: Option<u128>) -> (Option<Found>, bool) {
        let mut choices = given.to_vec();
        let mut state = self.start();
        // What is given as in must fit.
        for (at, _) in given
            .iter()
            .enumerate()
            .filter(|(_, choice)| **choice == Choice::In)
        {
            if !self.include(&mut state, at) {
                return (None, true);
            }
        }
        let mut best: Option<Found> = None;
        let mut path: Vec<Branch> = Vec::new();
        let mut at = 0;
        loop {
            if self.looks >= MOST_LOOKS && (best.is_some() || target.is_some()) {
                return (best, false);
            }
            let wanted = match (target, &best) {
                (Some(target), _) => target,
                // Strictly better only: equal sets are told apart afterwards.
                (None, Some(best)) => best.welfare + 1,
                (None, None) => 0,
            };
            while given.get(at).is_some_and(|&choice| choice != Choice::Open) {
                at += 1;
            }
            self.looks += self.effort;
            let promising = self.bound(&state, &choices, at) >= wanted;
            if promising && at < self.items.len() {
                let before = state.clone();
                if self.include(&mut state, at) {
                    choices[at] = Choice::In;
                    path.push(Branch {
                        at,
                        out_next: true,
                        before,
                    });
                } else {
                    state = before;
                    choices[at] = Choice::Out;
                    path.push(Branch {
                        at,
                        out_next: false,
                        before: state.clone(),
                    });
                }
                at += 1;
                continue;
            }
            if promising {
                let found = self.filled(state.clone(), &choices);
                if found.welfare >= wanted {
                    best = Some(found);
                    if target.is_some() {
                        return (best, true);
                    }
                }
            }
            // Back to the last item that may still be left out.
            loop {
                let Some(branch) = path.last_mut() else {
                    return (best, true);
                };
                if branch.out_next {
                    branch.out_next = false;
                    state = branch.before.clone();
                    choices[branch.at] = Choice::Out;
                    at = branch.at + 1;
                    break;
                }
                choices[branch.at] = Choice::Open;
                path.pop();
            }
        }
    }

    /// Takes the item with the least it may get; `false` where its groups or the money do not allow it (the state is
    /// spoilt then).
    fn include(&self, state: &mut State, at: usize) -> bool {
        let Some(item) = self.items.get(at) else {
            return false;
        };
        for &group in self.groups.of(item.project) {
            let (Some(limit), Some((count, minor))) =
                (self.groups.list().get(group), state.taken.get_mut(group))
            else {
                continue;
            };
            *count += 1;
            *minor = minor.saturating_add(item.least);
            let (full, dear) = (limit.most(), limit.ceiling_minor());
            if full.is_some_and(|most| *count > most) || dear.is_some_and(|ceiling| *minor > ceiling) {
                return false;
            }
        }
        if state.purses.pay(self.classes, item.project, item.least) < item.least {
            return false;
        }
        state.committed += item.worth(item.least);
        true
    }

    /// No set with these choices has more welfare than this: open items and the parts of divisible ones that are in are
    /// bought by density with all the money left, restrictions and groups forgotten, the last in part (Dantzig 1957).
    fn bound(&self, state: &State, choices: &[Choice], from: usize) -> u128 {
        let mut left = state.purses.left();
        let mut welfare = state.committed;
        for (at, (item, choice)) in self.items.iter().zip(choices).enumerate() {
            let wants = match choice {
                Choice::In => item.cost - item.least,
                Choice::Open if at >= from => item.cost,
                _ => continue,
            };
            let more = wants.min(left);
            left -= more;
            if wants > 0 || *choice == Choice::Open {
                welfare = welfare.saturating_add(item.worth_of_more(more));
            }
        }
        welfare - welfare % self.step
    }

    /// The set of these choices, its divisible projects raised above their least by density as far as money and
    /// ceilings reach. The amounts the purses can pay form a polymatroid, so raising the densest first is best
    /// (Edmonds 1970); only where ceilings cross restrictions might another order do better.
    fn filled(&self, mut state: State, choices: &[Choice]) -> Found {
        let mut found = Found::default();
        for (item, _) in self
            .items
            .iter()
            .zip(choices)
            .filter(|(_, choice)| **choice == Choice::In)
        {
            let mut more = item.cost - item.least;
            for &group in self.groups.of(item.project) {
                let ceiling = self
                    .groups
                    .list()
                    .get(group)
                    .and_then(|limit| limit.ceiling_minor());
                if let (Some(ceiling), Some(&(_, minor))) = (ceiling, state.taken.get(group)) {
                    more = more.min(ceiling.saturating_sub(minor));
                }
            }
            let more = state.purses.pay(self.classes, item.project, more);
            for &group in self.groups.of(item.project) {
                if let Some((_, minor)) = state.taken.get_mut(group) {
                    *minor += more;
                }
            }
            let granted = item.least + more;
            found.welfare += item.worth(granted);
            found.granted.push((item.project, granted));
        }
        crate::order::sort(&mut found.granted);
        found.purses = state.purses;
        found
    }
}
