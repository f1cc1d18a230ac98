//! The greedy family in many runs at once: one project after another, each in all runs of a block.

use crate::funding::Pool;
use crate::funding::columns::{BlockOutcome, Columns};
use crate::funding::share::Splitter;
use gotong_kernel::{counts, rule};
use std::ops::Range;

/// Buys the projects of the agenda in its order in the runs at `places`, as
/// [`Outcome::buy`](crate::funding::Outcome::buy) does in one; nothing after the first misfit if the rule stops there.
pub(super) fn buy_in_order(
    pool: &Pool,
    stops_at_misfit: bool,
    costs_minor: &Columns<u64>,
    places: &Range<usize>,
    results: &mut BlockOutcome,
) {
    for &(project, _) in &pool.agenda.excluded {
        part(results.granted_minor.column_mut(project), places).fill(0);
        part(results.funded.column_mut(project), places).fill(false);
    }
    let mut open = vec![true; places.len()];
    let mut nothing = vec![0; places.len()];
    let mut shared = Shared::default();
    for &index in &pool.agenda.candidates {
        let project = index as usize;
        let payers = pool.purses_for(project);
        let left = match *payers {
            [] => nothing.as_mut_slice(),
            [account] => part(results.desk.left_minor.column_mut(account as usize), places),
            _ => shared.gather(payers, &results.desk.left_minor, places),
        };
        let costs = costs_minor
            .column(project)
            .get(places.clone())
            .unwrap_or_default();
        let granted = part(results.granted_minor.column_mut(project), places);
        let funded = part(results.funded.column_mut(project), places);
        // The least amount is the lesser of this and the cost; of an indivisible project the cost.
        let minimum = pool.least_grant(project, u64::MAX);
        if minimum == u64::MAX && !stops_at_misfit {
            rule::buy_whole(left, costs, granted, funded);
        } else {
            rule::buy(
                (minimum, stops_at_misfit),
                left,
                costs,
                &mut open,
                granted,
                funded,
            );
        }
        if payers.len() > 1 {
            let granted = results.granted_minor.column(project);
            shared.charge(payers, granted, &mut results.desk.left_minor, places);
        }
    }
}

fn part<'a, T>(column: &'a mut [T], places: &Range<usize>) -> &'a mut [T] {
    column.get_mut(places.clone()).unwrap_or_default()
}

/// Several accounts that pay for a project, pro rata to what they have left.
#[derive(Default)]
struct Shared {
    splitter: Splitter,
    left: Vec<u64>,
    weights: Vec<u64>,
    shares: Vec<u64>,
}

impl Shared {
    /// What they have left together, run by run.
    fn gather(&mut self, payers: &[u32], left_minor: &Columns<u64>, places: &Range<usize>) -> &mut [u64] {
        self.left.clear();
        self.left.resize(places.len(), 0);
        for &account in payers {
            let left = left_minor.column(account as usize).get(places.clone());
            counts::add(&mut self.left, left.unwrap_or_default());
        }
        &mut self.left
    }

    /// Takes what was granted from each.
    fn charge(
        &mut self,
        payers: &[u32],
        granted: &[u64],
        left_minor: &mut Columns<u64>,
        places: &Range<usize>,
    ) {
        let granted = granted.iter().enumerate();
        let granted = granted.skip(places.start).take(places.len());
        for (place, &price) in granted.filter(|(_, price)| **price > 0) {
            self.weights.clear();
            let left = payers
                .iter()
                .map(|&account| left_minor.column(account as usize)[place]);
            self.weights.extend(left);
            let available = self.weights.iter().sum();
            self.splitter
                .split(price, &self.weights, available, &mut self.shares);
            for (&account, share) in payers.iter().zip(&self.shares) {
                left_minor.column_mut(account as usize)[place] -= share;
            }
        }
    }
}
