//! What is kept of the futures: integer counts and sums, so that the order of adding up does not matter.

use super::histogram::Histogram;
use super::points::{Layout, REPLICATES};
use super::sensitivity::{Contingency, standard_error_of_mean};
use super::{Estimate, Quantiles};
use crate::domain::Sampler;

/// How often something happened, replicate by replicate.
pub(super) type Hits = [u32; REPLICATES];

/// What the mechanism did in a block of futures: rows of futures, filled one by one.
#[derive(Clone, Debug, Default)]
pub(super) struct BlockOutcome {
    /// `granted_minor[place · projects + project]`.
    pub granted_minor: Vec<u64>,
    /// `spent_minor[place · pledges + pledge]`.
    pub spent_minor: Vec<u64>,
    /// `funded[place · projects + project]`.
    pub funded: Vec<bool>,
}

/// What the plan on paper does.
#[derive(Clone, Debug)]
pub(super) struct Paper {
    /// Projects it funds.
    pub funded: Vec<usize>,
    /// What it spends in all.
    pub spent_minor: u64,
}

/// Everything that is kept.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub done: u32,
    per_replicate: Hits,
    funded: Vec<Hits>,
    plan_holds: Hits,
    shortfall_minor: u128,
    mobilised: Histogram,
    granted: Vec<Histogram>,
    paid_in: Vec<Histogram>,
    spent: Vec<Histogram>,
    pub contingency: Contingency,
    cells: Vec<(u8, u8)>,
    /// Whether results are drawn from scrambles (their spread tells the error) or independently (binomial).
    sampler: Sampler,
}

impl Tally {
    /// No futures yet.
    pub(super) fn new(sampler: Sampler, projects: usize, pledges: usize, drivers: usize) -> Self {
        Self {
            done: 0,
            per_replicate: [0; REPLICATES],
            funded: vec![[0; REPLICATES]; projects],
            plan_holds: [0; REPLICATES],
            shortfall_minor: 0,
            mobilised: Histogram::default(),
            granted: vec![Histogram::default(); projects],
            paid_in: vec![Histogram::default(); pledges],
            spent: vec![Histogram::default(); pledges],
            contingency: Contingency::new(drivers, projects),
            cells: Vec::new(),
            sampler,
        }
    }

    /// Adds a block of `len` futures.
    pub(super) fn add(
        &mut self,
        layout: &Layout,
        len: usize,
        paper: &Paper,
        (purses_minor, classes): (&[u64], &[u8]),
        outcome: &BlockOutcome,
    ) {
        let (projects, pledges) = (self.funded.len(), self.paid_in.len());
        self.cells.clear();
        for place in 0..len {
            let replicate = layout.replicate(place);
            let flags = outcome
                .funded
                .get(place * projects..(place + 1) * projects)
                .unwrap_or_default();
            for (hits, &flag) in self.funded.iter_mut().zip(flags) {
                hits[replicate] += u32::from(flag);
            }
            let holds = paper
                .funded
                .iter()
                .all(|&project| flags.get(project).copied().unwrap_or(false));
            self.plan_holds[replicate] += u32::from(holds);
            self.per_replicate[replicate] += 1;
            let funded = flags.iter().filter(|flag| **flag).count();
            let replicate = u8::try_from(replicate).unwrap_or(0);
            self.cells.push((replicate, self.contingency.level(funded)));
            let purses = purses_minor
                .get(place * pledges..(place + 1) * pledges)
                .unwrap_or_default();
            let received = purses.iter().sum::<u64>();
            self.mobilised.add(received);
            self.shortfall_minor += u128::from(paper.spent_minor.saturating_sub(received));
        }
        add_columns(&mut self.granted, &outcome.granted_minor, len);
        add_columns(&mut self.paid_in, purses_minor, len);
        add_columns(&mut self.spent, &outcome.spent_minor, len);
        self.contingency.add(classes, &self.cells);
        self.done += u32::try_from(len).unwrap_or(0);
    }

    /// Share of futures with its standard error: √(p(1−p)/n) where futures are independent; under Sobol the spread
    /// of the 16 scrambles, s/√16.
    fn estimate(&self, hits: &Hits) -> Estimate {
        let total: u64 = hits.iter().map(|&n| u64::from(n)).sum();
        let n = f64::from(self.done.max(1));
        let probability = total as f64 / n;
        let standard_error = match self.sampler {
            Sampler::Random => (probability * (1.0 - probability) / n).sqrt(),
            Sampler::Sobol => {
                let shares = hits.iter().zip(&self.per_replicate);
                let shares: Vec<f64> = shares
                    .filter(|(_, n)| **n > 0)
                    .map(|(&hits, &n)| f64::from(hits) / f64::from(n))
                    .collect();
                standard_error_of_mean(&shares)
            }
        };
        Estimate {
            probability,
            standard_error,
        }
    }

    /// How often the project at this position is funded, and what it gets.
    pub(super) fn project(&self, position: usize) -> (Estimate, Quantiles) {
        let funded = self.funded.get(position).map(|hits| self.estimate(hits));
        let granted = self.granted.get(position).map(Histogram::quantiles);
        (funded.unwrap_or_default(), granted.unwrap_or_default())
    }

    /// What the participant at this position pays in, and what is spent of it.
    pub(super) fn pledge(&self, position: usize) -> (Quantiles, Quantiles) {
        let of = |list: &[Histogram]| list.get(position).map(Histogram::quantiles).unwrap_or_default();
        (of(&self.paid_in), of(&self.spent))
    }

    /// How often everything the plan on paper funds is funded.
    pub(super) fn plan_holds(&self) -> Estimate {
        self.estimate(&self.plan_holds)
    }

    /// Money received.
    pub(super) fn mobilised(&self) -> Quantiles {
        self.mobilised.quantiles()
    }

    /// Mean shortfall, in minor units.
    pub(super) fn expected_shortfall_minor(&self) -> f64 {
        self.shortfall_minor as f64 / f64::from(self.done.max(1))
    }
}

/// Adds `rows[place · columns + column]` to `columns[column]`, column by column: one histogram stays in the cache.
/// Runs of equal values (a pledge paid in full, a project not funded) are added at once.
fn add_columns(columns: &mut [Histogram], rows: &[u64], len: usize) {
    let stride = columns.len().max(1);
    for (position, histogram) in columns.iter_mut().enumerate() {
        let mut last = 0;
        let mut times = 0;
        for &value in rows.iter().skip(position).step_by(stride).take(len) {
            if value == last {
                times += 1;
            } else {
                if times > 0 {
                    histogram.add_many(last, times);
                }
                (last, times) = (value, 1);
            }
        }
        if times > 0 {
            histogram.add_many(last, times);
        }
    }
}
