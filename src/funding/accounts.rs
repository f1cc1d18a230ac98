//! Accounts: pledges whose money may go to the same projects are one purse while a rule runs, and are told apart once, at
//! the end. Definition: `docs/funding.md`, "Paying".
//!
//! Within an account everybody has paid the same part of its purse, so the exact share of a purse w in a payment P of
//! an account that held W is P·w/W, and in all the account spent, S, it is S·w/W. Neither needs anything but whole
//! numbers, and nothing is rounded before the rule has ended.

use super::Payment;
use super::integral::{Share, round};
use super::share::MultipleOf;

/// Who shares an account, and which accounts may pay for what.
#[derive(Clone, Debug, Default)]
pub(super) struct Accounts {
    /// `members[starts[a]..starts[a + 1]]`: participants of account a, ascending.
    members: Vec<u32>,
    starts: Vec<usize>,
    /// `payers[payer_starts[p]..payer_starts[p + 1]]`: accounts that may pay for project p, ascending.
    payers: Vec<u32>,
    payer_starts: Vec<usize>,
}

impl Accounts {
    /// `payers(project)`: the participants who may pay for it, ascending; `admitted[project]`: whether it may be bought
    /// at all (what never is tells nobody apart). Accounts are in the order of their first members.
    ///
    /// Cost: O(pairs · log participants).
    pub(super) fn new<'a>(
        participants: usize,
        admitted: &[bool],
        payers: impl Fn(usize) -> &'a [u32],
    ) -> Self {
        let labels = labels(participants, admitted, &payers);
        let count = labels.iter().max().map_or(0, |&last| last as usize + 1);
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); count];
        for (&label, participant) in labels.iter().zip(0_u32..) {
            lists[label as usize].push(participant);
        }
        let mut accounts = Self {
            starts: vec![0],
            payer_starts: vec![0],
            ..Self::default()
        };
        for list in &lists {
            accounts.members.extend(list);
            accounts.starts.push(accounts.members.len());
        }
        for (project, &admitted) in admitted.iter().enumerate() {
            if admitted {
                let mut own: Vec<u32> = payers(project)
                    .iter()
                    .map(|&payer| labels[payer as usize])
                    .collect();
                crate::order::sort(&mut own);
                own.dedup();
                accounts.payers.append(&mut own);
            }
            accounts.payer_starts.push(accounts.payers.len());
        }
        accounts
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Who shares the account, ascending.
    pub(super) fn members(&self, account: usize) -> &[u32] {
        slice(&self.members, &self.starts, account)
    }

    /// The accounts that may pay for `project`, ascending.
    pub(super) fn payers(&self, project: usize) -> &[u32] {
        slice(&self.payers, &self.payer_starts, project)
    }

    /// What each account holds, into `held`.
    pub(super) fn pool(&self, purses: &[u64], held: &mut Vec<u64>) {
        held.clear();
        held.extend((0..self.len()).map(|account| -> u64 {
            let own = self.members(account).iter();
            own.map(|&member| purses.get(member as usize).copied().unwrap_or(0))
                .sum()
        }));
    }

    /// What each participant spent, if `account` held Σ purses and has `left` of it: into `spent`, which holds the
    /// purses before.
    ///
    /// By cumulative rounding in the order of the participants: with C the sum of the purses up to a participant's,
    /// ⌊S·C/W⌋ less the same of the one before. So each total is its exact share S·w/W rounded down or up, they sum to
    /// S, and nobody is above its purse.
    pub(super) fn tell_apart(&self, account: usize, left: u64, spent: &mut [u64]) {
        let members = self.members(account);
        let purse = |member: u32, spent: &[u64]| spent.get(member as usize).copied().unwrap_or(0);
        let held: u64 = members.iter().map(|&member| purse(member, spent)).sum();
        let ratio = MultipleOf::new(held - left, held);
        let (mut sum, mut before) = (0, 0);
        for &member in members {
            sum += purse(member, spent);
            let until = ratio.of(sum);
            if let Some(slot) = spent.get_mut(member as usize) {
                *slot = until - before;
            }
            before = until;
        }
    }

    /// The payments of the accounts, told apart: every entry the exact share rounded down or up, the sum of each payment
    /// kept to the unit, and each participant's sum as [`Accounts::tell_apart`] has it in `spent_minor`.
    ///
    /// Where no such table exists (about once in twenty thousand random cases), sums of participants move by as little
    /// as the flow that finds the table needs, and `spent_minor` with them: still the exact total rounded down or up.
    /// `purses_minor[participant]`: what each held. Payments come in the order they were made, then by participant.
    pub(super) fn payments(
        &self,
        made: &[Payment],
        purses_minor: &[u64],
        spent_minor: &mut [u64],
    ) -> Vec<Payment> {
        // (account, purchase, payment), purchases counted.
        let mut by_account: Vec<(usize, usize, &Payment)> = Vec::with_capacity(made.len());
        for payment in made {
            let purchase = by_account.last().map_or(0, |&(_, purchase, before)| {
                purchase + usize::from(before.project != payment.project)
            });
            by_account.push((payment.participant, purchase, payment));
        }
        crate::order::sort_by_key(&mut by_account, |&(account, purchase, _)| (account, purchase));
        let mut told: Vec<(usize, Payment)> = Vec::new();
        for own in by_account.chunk_by(|a, b| a.0 == b.0) {
            let members = own
                .first()
                .map_or(&[][..], |&(account, ..)| self.members(account));
            let of_members = |list: &[u64]| -> Vec<u64> {
                let values = members.iter().map(|&member| list.get(member as usize).copied());
                values.map(Option::unwrap_or_default).collect()
            };
            let totals: Vec<u64> = own.iter().map(|(.., payment)| payment.amount_minor).collect();
            let amounts = split(&totals, &of_members(purses_minor), &of_members(spent_minor));
            for (column, &member) in members.iter().enumerate() {
                if let Some(spent) = spent_minor.get_mut(member as usize) {
                    *spent = amounts.iter().skip(column).step_by(members.len()).sum();
                }
            }
            for (&(_, purchase, payment), row) in own.iter().zip(amounts.chunks(members.len().max(1))) {
                let paid = members.iter().zip(row).filter(|(_, amount)| **amount > 0);
                let payment = |(&member, &amount_minor): (&u32, &u64)| Payment {
                    project: payment.project,
                    participant: member as usize,
                    amount_minor,
                };
                told.extend(paid.map(|paid| (purchase, payment(paid))));
            }
        }
        crate::order::sort_by_key(&mut told, |&(purchase, payment)| (purchase, payment.participant));
        told.into_iter().map(|(_, payment)| payment).collect()
    }
}

/// `labels[participant]`: its account, in the order of first members. Two have the same if no admitted project tells
/// them apart.
fn labels<'a>(participants: usize, admitted: &[bool], payers: &impl Fn(usize) -> &'a [u32]) -> Vec<u32> {
    let mut labels = vec![0_usize; participants];
    let mut sizes = vec![participants];
    // Of each label: how many of it pay for the project at hand, and the label these get.
    let mut paying: Vec<(usize, usize)> = vec![(0, 0)];
    let mut met: Vec<usize> = Vec::new();
    for (project, _) in admitted.iter().enumerate().filter(|(_, admitted)| **admitted) {
        for &payer in payers(project) {
            let label = labels[payer as usize];
            paying[label].0 += 1;
            if paying[label].0 == 1 {
                met.push(label);
            }
        }
        for &label in &met {
            let count = paying[label].0;
            paying[label].1 = label;
            if count < sizes[label] {
                paying[label].1 = sizes.len();
                sizes[label] -= count;
                sizes.push(count);
                paying.push((0, 0));
            }
        }
        for &payer in payers(project) {
            let label = &mut labels[payer as usize];
            *label = paying[*label].1;
        }
        for label in met.drain(..) {
            paying[label].0 = 0;
        }
    }
    let mut names = vec![u32::MAX; sizes.len()];
    let mut next = 0;
    let name = |label: usize| {
        if names[label] == u32::MAX {
            names[label] = next;
            next += 1;
        }
        names[label]
    };
    labels.into_iter().map(name).collect()
}

/// `amounts[row · columns + column]`: the share of a column in a row, `totals[row]`·`purses[column]`/Σ purses, rounded
/// down or up; rows sum to their totals, and columns to `spent` if there is such a table.
fn split(totals: &[u64], purses: &[u64], spent: &[u64]) -> Vec<u64> {
    if purses.len() == 1 {
        return totals.to_vec();
    }
    let held: u128 = purses.iter().map(|&purse| u128::from(purse)).sum();
    let rows = totals.iter().enumerate();
    let shares: Vec<Share> = rows
        .flat_map(|(row, &total)| {
            let of = move |(column, &purse): (usize, &u64)| {
                Share::of_fraction(row, column, u128::from(total) * u128::from(purse), held)
            };
            purses.iter().enumerate().map(of)
        })
        .collect();
    let amounts = round(totals, spent, &shares);
    let is_share = |(&amount, share): (&u64, &Share)| {
        amount == share.whole || (amount == share.whole + 1 && share.part > 0)
    };
    if amounts.iter().zip(&shares).all(is_share) {
        return amounts;
    }
    // Totals rounded up: a table with these caps exists (`integral`).
    let whole: u128 = totals.iter().map(|&total| u128::from(total)).sum();
    let cap = |&purse: &u64| {
        let most = (whole * u128::from(purse)).div_ceil(held.max(1));
        u64::try_from(most).unwrap_or(u64::MAX)
    };
    let caps: Vec<u64> = purses.iter().map(cap).collect();
    round(totals, &caps, &shares)
}

fn slice<'a, T>(list: &'a [T], starts: &[usize], at: usize) -> &'a [T] {
    let bound = |at: usize| starts.get(at).copied().unwrap_or(0);
    list.get(bound(at)..bound(at + 1)).unwrap_or_default()
}
