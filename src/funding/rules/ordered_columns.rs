//! The greedy family in many runs at once: one project after another, each in all runs of a block.

use crate::funding::Pool;
use crate::funding::columns::{BlockOutcome, Columns};
use crate::funding::share::Splitter;
use std::ops::Range;

/// Buys `projects` in this order in the runs at `places`, as [`Outcome::buy`](crate::funding::Outcome::buy) does in one;
/// nothing after the first misfit if the rule stops there.
pub(super) fn buy_in_order(
    pool: &Pool,
    stops_at_misfit: bool,
    costs_minor: &Columns<u64>,
    places: &Range<usize>,
    results: &mut BlockOutcome,
) {
    for &(project, _) in &pool.agenda.excluded {
        pass_over(project, places, results);
    }
    let mut open = std::mem::take(&mut results.desk.open);
    open.clear();
    open.resize(places.len(), true);
    let mut splitter = None;
    for &index in &pool.agenda.candidates {
        let project = index as usize;
        let stop = stops_at_misfit.then_some(open.as_mut_slice());
        match *pool.purses_for(project) {
            [] => pass_over_unless_free(pool, project, costs_minor, (places, stop), results),
            [account] => buy(
                pool,
                (project, account as usize),
                costs_minor,
                (places, stop),
                results,
            ),
            _ => {
                let splitter = splitter.get_or_insert_with(Split::default);
                splitter.buy(pool, project, costs_minor, (places, stop), results);
            }
        }
    }
    results.desk.open = open;
}

/// Runs at hand, and whether each is still open, if the rule stops at a misfit.
type Runs<'a> = (&'a Range<usize>, Option<&'a mut [bool]>);

fn pass_over(project: usize, places: &Range<usize>, results: &mut BlockOutcome) {
    let granted = results.granted_minor.column_mut(project);
    granted.get_mut(places.clone()).unwrap_or_default().fill(0);
    let funded = results.funded.column_mut(project);
    funded.get_mut(places.clone()).unwrap_or_default().fill(false);
}

/// Nobody may pay for it: bought where it costs nothing.
fn pass_over_unless_free(
    pool: &Pool,
    project: usize,
    costs_minor: &Columns<u64>,
    (places, stop): Runs<'_>,
    results: &mut BlockOutcome,
) {
    pass_over(project, places, results);
    let costs = costs_minor
        .column(project)
        .get(places.clone())
        .unwrap_or_default();
    let funded = results.funded.column_mut(project);
    let funded = funded.get_mut(places.clone()).unwrap_or_default();
    for (funded, &cost) in funded.iter_mut().zip(costs) {
        *funded = pool.least_grant(project, cost) == 0;
    }
    stop_where_passed_over(stop, funded);
}

/// What is passed over closes its run; what comes after is not bought.
fn stop_where_passed_over(stop: Option<&mut [bool]>, funded: &mut [bool]) {
    for (open, funded) in stop.into_iter().flatten().zip(funded) {
        *funded &= *open;
        *open = *funded;
    }
}

/// One account pays.
fn buy(
    pool: &Pool,
    (project, account): (usize, usize),
    costs_minor: &Columns<u64>,
    (places, stop): Runs<'_>,
    results: &mut BlockOutcome,
) {
    let left = results.desk.left_minor.column_mut(account);
    let left = left.get_mut(places.clone()).unwrap_or_default();
    let costs = costs_minor
        .column(project)
        .get(places.clone())
        .unwrap_or_default();
    let granted = results.granted_minor.column_mut(project);
    let granted = granted.get_mut(places.clone()).unwrap_or_default();
    let funded = results.funded.column_mut(project);
    let funded = funded.get_mut(places.clone()).unwrap_or_default();
    let is_divisible = pool.least_grant(project, u64::MAX) < u64::MAX;
    if let Some(open) = stop {
        let runs = left
            .iter_mut()
            .zip(costs)
            .zip(granted.iter_mut().zip(funded))
            .zip(open);
        for (((left, &cost), (granted, funded)), open) in runs {
            *funded = *open && *left >= pool.least_grant(project, cost);
            *open = *funded;
            *granted = if *funded { cost.min(*left) } else { 0 };
            *left -= *granted;
        }
    } else if is_divisible {
        let runs = left.iter_mut().zip(costs).zip(granted.iter_mut().zip(funded));
        for ((left, &cost), (granted, funded)) in runs {
            *funded = *left >= pool.least_grant(project, cost);
            *granted = if *funded { cost.min(*left) } else { 0 };
            *left -= *granted;
        }
    } else {
        let runs = left.iter_mut().zip(costs).zip(granted.iter_mut().zip(funded));
        for ((left, &cost), (granted, funded)) in runs {
            *funded = *left >= cost;
            *granted = if *funded { cost } else { 0 };
            *left -= *granted;
        }
    }
}

/// Several accounts pay, pro rata to what they have left.
#[derive(Default)]
struct Split {
    splitter: Splitter,
    available: Vec<u64>,
    weights: Vec<u64>,
    shares: Vec<u64>,
}

impl Split {
    fn buy(
        &mut self,
        pool: &Pool,
        project: usize,
        costs_minor: &Columns<u64>,
        (places, stop): Runs<'_>,
        results: &mut BlockOutcome,
    ) {
        let payers = pool.purses_for(project);
        self.available.clear();
        self.available.resize(places.len(), 0);
        let left_minor = &mut results.desk.left_minor;
        for &account in payers {
            let left = left_minor.column(account as usize).get(places.clone());
            for (available, &left) in self.available.iter_mut().zip(left.unwrap_or_default()) {
                *available += left;
            }
        }
        let costs = costs_minor
            .column(project)
            .get(places.clone())
            .unwrap_or_default();
        let granted = results.granted_minor.column_mut(project);
        let granted = granted.get_mut(places.clone()).unwrap_or_default();
        let funded = results.funded.column_mut(project);
        let funded = funded.get_mut(places.clone()).unwrap_or_default();
        for ((&available, &cost), funded) in self.available.iter().zip(costs).zip(funded.iter_mut()) {
            *funded = available >= pool.least_grant(project, cost);
        }
        stop_where_passed_over(stop, funded);
        let runs = self
            .available
            .iter()
            .zip(costs)
            .zip(granted.iter_mut().zip(funded));
        for (((&available, &cost), (granted, funded)), place) in runs.zip(places.clone()) {
            *granted = if *funded { cost.min(available) } else { 0 };
            if *granted == 0 {
                continue;
            }
            self.weights.clear();
            let left = payers
                .iter()
                .map(|&account| left_minor.column(account as usize)[place]);
            self.weights.extend(left);
            self.splitter
                .split(*granted, &self.weights, available, &mut self.shares);
            for (&account, share) in payers.iter().zip(&self.shares) {
                left_minor.column_mut(account as usize)[place] -= share;
            }
        }
    }
}
