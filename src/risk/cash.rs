//! Cash over time: what is kept of it, in whole numbers.

use super::Histogram;
use super::partial::{Counts, Input};
use super::parts::{Parts, Splitting};
use super::points::{Layout, REPLICATES};
use super::result::{CashFutures, PeriodFutures, PeriodQuantiles, PledgeTiming, ProjectDates};
use super::signed::SignedHistogram;
use super::tally::{Hits, Tally};
use super::timeline::Timeline;
use crate::funding::{BlockOutcome, Columns};

/// The plan over time, and room for a block of futures.
#[derive(Clone, Debug)]
pub(super) struct Cash {
    period_months: u16,
    opening_minor: u64,
    /// When each project needs its money.
    needs: Vec<Parts>,
    pledges: usize,
    inflow: Columns<u64>,
    outflow: Columns<u64>,
    balances: Vec<Vec<i64>>,
    bridges_minor: Vec<u64>,
    room: Splitting,
}

/// Everything that is kept: counts and sums, so the order of blocks does not matter.
#[derive(Clone, Debug)]
pub(super) struct CashTally {
    inflow: Vec<Histogram>,
    outflow: Vec<Histogram>,
    balance: Vec<SignedHistogram>,
    short: Vec<Hits>,
    shortfall: Hits,
    bridge: Histogram,
    later_minor: u128,
    /// `paid_by[project][t]`: futures in which it is fully paid in period t + 1; the last: later.
    paid_by: Vec<Vec<u64>>,
    on_time: Vec<Hits>,
    /// `delays[pledge][k]`: futures in which it is k periods late; the last: that or more.
    delays: Vec<Vec<u64>>,
    late: Vec<Hits>,
    withdrawn: Vec<Hits>,
    trust: Vec<u128>,
}

impl CashTally {
    fn new(periods: usize, projects: usize, pledges: usize) -> Self {
        Self {
            inflow: vec![Histogram::default(); periods],
            outflow: vec![Histogram::default(); periods],
            balance: vec![SignedHistogram::default(); periods],
            short: vec![[0; REPLICATES]; periods],
            shortfall: [0; REPLICATES],
            bridge: Histogram::default(),
            later_minor: 0,
            paid_by: vec![vec![0; periods + 1]; projects],
            on_time: vec![[0; REPLICATES]; projects],
            delays: vec![vec![0; periods + 1]; pledges],
            late: vec![[0; REPLICATES]; pledges],
            withdrawn: vec![[0; REPLICATES]; pledges],
            trust: vec![0; periods],
        }
    }
}

macro_rules! counted {
    ($tally:expr, $each:ident => $do:expr) => {{
        let CashTally {
            inflow,
            outflow,
            balance,
            short,
            shortfall,
            bridge,
            later_minor,
            paid_by,
            on_time,
            delays,
            late,
            withdrawn,
            trust,
        } = $tally;
        counted!(@each $each => $do; inflow outflow balance short shortfall bridge later_minor paid_by on_time delays late
            withdrawn trust);
    }};
    (@each $each:ident => $do:expr; $($field:ident)*) => { $({ let $each = $field; $do; })* };
}

impl Counts for CashTally {
    fn write(&self, out: &mut Vec<u8>) {
        counted!(self, each => each.write(out));
    }

    fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
        counted!(self, each => each.add_from(input)?);
        Some(())
    }
}

impl Cash {
    /// Cash over `periods` periods of `period_months`, with what each project needs when.
    pub(super) fn new(
        period_months: u16,
        periods: usize,
        opening_minor: u64,
        needs: Vec<Parts>,
        pledges: usize,
    ) -> Self {
        Self {
            pledges,
            period_months,
            opening_minor,
            needs,
            inflow: Columns::new(periods),
            outflow: Columns::new(periods),
            balances: vec![Vec::new(); periods],
            bridges_minor: Vec::new(),
            room: Splitting::default(),
        }
    }

    /// What must be bridged in each future of the block added last.
    pub(super) fn bridges_minor(&self) -> &[u64] {
        &self.bridges_minor
    }

    /// Nothing kept yet.
    pub(super) fn tally(&self) -> CashTally {
        CashTally::new(self.balances.len(), self.needs.len(), self.pledges)
    }

    /// Roughly how many cells a future writes.
    pub(super) fn cells(&self) -> usize {
        4 * self.balances.len() + self.needs.iter().map(Parts::len).sum::<usize>()
    }

    /// Adds a block of `len` futures.
    ///
    /// What a pledge spends comes in its parts, as many periods late as it is, and only those before it is withdrawn;
    /// what a project gets goes by its needs (so a cost overrun scales them). Within a period money comes before it
    /// goes. A project is fully paid in the first period, from its last need on, in which what has come into the pool
    /// covers all that was due up to that need: needs are served in the order in which they are due.
    pub(super) fn add(
        &mut self,
        (layout, len): (&Layout, usize),
        timeline: &Timeline,
        outcome: &BlockOutcome,
        kept: &mut CashTally,
    ) {
        self.flows(len, timeline, outcome, kept);
        self.count_balances(layout, len, kept);
        self.count_dates(layout, len, outcome, kept);
        count_pledges(layout, timeline, kept);
    }

    fn flows(&mut self, len: usize, timeline: &Timeline, outcome: &BlockOutcome, kept: &mut CashTally) {
        let periods = self.balances.len();
        for (columns, total) in [(&mut self.inflow, periods), (&mut self.outflow, periods)] {
            columns.set_len(len);
            (0..total).for_each(|period| columns.column_mut(period).fill(0));
        }
        for (position, spent) in outcome.spent_minor.iter().enumerate() {
            let Some(line) = timeline.line(position) else {
                continue;
            };
            let delays = timeline.delays.column(position);
            let paid = timeline.paid_parts.column(position);
            for (place, ((&spent, &delay), &upto)) in spent.iter().zip(delays).zip(paid).enumerate() {
                let when = (usize::from(upto), usize::from(delay));
                let cells = (&mut self.inflow, periods, place);
                let later = line.parts.add(spent, when, cells, &mut self.room);
                kept.later_minor += u128::from(later);
            }
        }
        for (granted, needs) in outcome.granted_minor.iter().zip(&self.needs) {
            for (place, &granted) in granted.iter().enumerate() {
                let cells = (&mut self.outflow, periods, place);
                needs.add(granted, (needs.len(), 0), cells, &mut self.room);
            }
        }
    }

    fn count_balances(&mut self, layout: &Layout, len: usize, kept: &mut CashTally) {
        let opening = i64::try_from(self.opening_minor).unwrap_or(i64::MAX);
        let mut now = vec![opening; len];
        let mut lowest = vec![i64::MAX; len];
        let mut short = vec![false; len];
        let mut scratch = Vec::new();
        let rows = self.balances.iter_mut().enumerate();
        for (period, balances) in rows {
            let (inflow, outflow) = (self.inflow.column(period), self.outflow.column(period));
            for ((now, lowest), (&came, &went)) in
                now.iter_mut().zip(&mut lowest).zip(inflow.iter().zip(outflow))
            {
                // Sums of purses are below 2⁶², so nothing saturates.
                *now = now.saturating_add_unsigned(came).saturating_sub_unsigned(went);
                *lowest = (*lowest).min(*now);
            }
            for (short, &now) in short.iter_mut().zip(&now) {
                *short = now < 0;
            }
            balances.clone_from(&now);
            if let Some(hits) = kept.short.get_mut(period) {
                layout.count(&short, hits);
            }
            if let Some(histogram) = kept.balance.get_mut(period) {
                histogram.add_column(&now, &mut scratch);
            }
            if let Some(histogram) = kept.inflow.get_mut(period) {
                histogram.add_column(inflow);
            }
            if let Some(histogram) = kept.outflow.get_mut(period) {
                histogram.add_column(outflow);
            }
        }
        for (short, &lowest) in short.iter_mut().zip(&lowest) {
            *short = lowest < 0;
        }
        layout.count(&short, &mut kept.shortfall);
        scratch.clear();
        scratch.extend(lowest.iter().map(|&lowest| lowest.min(0).unsigned_abs()));
        kept.bridge.add_column(&scratch);
        self.bridges_minor = scratch;
    }

    fn count_dates(&self, layout: &Layout, len: usize, outcome: &BlockOutcome, kept: &mut CashTally) {
        let periods = self.balances.len();
        // `due[t]`: what has been due up to period t + 1 in all.
        let mut due = vec![vec![0_u64; len]; periods];
        let mut sums = vec![0_u64; len];
        for (period, due) in due.iter_mut().enumerate() {
            for (sum, went) in sums.iter_mut().zip(self.outflow.column(period)) {
                *sum += went;
            }
            due.clone_from(&sums);
        }
        let mut flags = vec![false; len];
        for (project, needs) in self.needs.iter().enumerate() {
            let last = needs.len() - 1;
            let (Some(due_then), Some(paid_by)) = (due.get(last), kept.paid_by.get_mut(project)) else {
                continue;
            };
            flags.fill(false);
            let funded = outcome.funded.column(project);
            for (place, (&is_funded, &due_then)) in funded.iter().zip(due_then).enumerate() {
                if !is_funded {
                    continue;
                }
                let need = i64::try_from(due_then).unwrap_or(i64::MAX);
                // What came until t: the balance and all that was due.
                let covered = |t: &usize| {
                    let balance = self.balances.get(*t).and_then(|row| row.get(place));
                    let gone = due.get(*t).and_then(|row| row.get(place)).copied().unwrap_or(0);
                    balance.is_some_and(|&balance| balance.saturating_add_unsigned(gone) >= need)
                };
                let found = (last..periods).find(covered).unwrap_or(periods);
                if let Some(count) = paid_by.get_mut(found) {
                    *count += 1;
                }
                if let Some(flag) = flags.get_mut(place) {
                    *flag = found == last;
                }
            }
            if let Some(hits) = kept.on_time.get_mut(project) {
                layout.count(&flags, hits);
            }
        }
    }

    /// What was kept, as figures.
    pub(super) fn futures(
        &self,
        timeline: &Timeline,
        kept: &CashTally,
        tally: &Tally,
        (project_ids, pledge_ids): (&[String], &[String]),
    ) -> CashFutures {
        let trust = timeline.trust();
        let periods: Vec<PeriodFutures> = kept
            .balance
            .iter()
            .enumerate()
            .map(|(period, balance)| PeriodFutures {
                inflow_minor: kept
                    .inflow
                    .get(period)
                    .map(Histogram::quantiles)
                    .unwrap_or_default(),
                outflow_minor: kept
                    .outflow
                    .get(period)
                    .map(Histogram::quantiles)
                    .unwrap_or_default(),
                balance_minor: balance.fan(),
                short: kept
                    .short
                    .get(period)
                    .map(|hits| tally.estimate(hits))
                    .unwrap_or_default(),
                trust: trust
                    .and(kept.trust.get(period))
                    .map(|&sum| Timeline::mean_trust(sum, tally.done)),
            })
            .collect();
        let mut worst = (0, f64::INFINITY);
        for (place, period) in periods.iter().enumerate() {
            if period.balance_minor.p10 < worst.1 {
                worst = (place + 1, period.balance_minor.p10);
            }
        }
        let number = |place: usize| u16::try_from(place).unwrap_or(u16::MAX);
        let projects = project_ids.iter().zip(&self.needs).enumerate();
        let projects = projects.map(|(position, (id, needs))| {
            let counts = kept.paid_by.get(position).map(Vec::as_slice).unwrap_or_default();
            ProjectDates {
                id: id.clone(),
                needed_by: number(needs.len()),
                on_time: kept
                    .on_time
                    .get(position)
                    .map(|hits| tally.estimate(hits))
                    .unwrap_or_default(),
                paid_by: of_counts(counts).map(|found| {
                    let period = |place: usize| (place < periods.len()).then(|| number(place + 1));
                    let [p10, p50, p90] = found.map(period);
                    PeriodQuantiles { p10, p50, p90 }
                }),
            }
        });
        let projects = projects.collect();
        let pledges = pledge_ids.iter().enumerate().map(|(position, id)| {
            let counts = kept.delays.get(position).map(Vec::as_slice).unwrap_or_default();
            let estimate = |list: &[Hits]| {
                list.get(position)
                    .map(|hits| tally.estimate(hits))
                    .unwrap_or_default()
            };
            PledgeTiming {
                id: id.clone(),
                late: estimate(&kept.late),
                delay: of_counts(counts).unwrap_or_default().map(number),
                withdrawn: estimate(&kept.withdrawn),
            }
        });
        CashFutures {
            period_months: self.period_months,
            opening_minor: self.opening_minor,
            worst_period: number(worst.0),
            shortfall: tally.estimate(&kept.shortfall),
            bridge_minor: kept.bridge.quantiles(),
            later_minor: kept.later_minor as f64 / f64::from(tally.done.max(1)),
            projects,
            pledges: pledges.collect(),
            trust,
            periods,
        }
    }
}

fn count_pledges(layout: &Layout, timeline: &Timeline, kept: &mut CashTally) {
    let mut flags = Vec::new();
    let columns = timeline.delays.iter().zip(timeline.paid_parts.iter());
    for (position, (delays, paid)) in columns.enumerate() {
        let Some(line) = timeline.line(position) else {
            continue;
        };
        if let Some(counts) = kept.delays.get_mut(position) {
            let most = counts.len().saturating_sub(1);
            for &delay in delays {
                if let Some(count) = counts.get_mut(usize::from(delay).min(most)) {
                    *count += 1;
                }
            }
        }
        let mut count = |flag: &dyn Fn(usize) -> bool, hits: Option<&mut Hits>| {
            flags.clear();
            flags.extend((0..delays.len()).map(flag));
            if let Some(hits) = hits {
                layout.count(&flags, hits);
            }
        };
        let at = |column: &[u16], place: usize| usize::from(column.get(place).copied().unwrap_or(0));
        count(&|place| at(delays, place) > 0, kept.late.get_mut(position));
        count(
            &|place| at(paid, place) < line.parts.len(),
            kept.withdrawn.get_mut(position),
        );
    }
    if timeline.trust().is_some() {
        for (total, &sum) in kept.trust.iter_mut().zip(&timeline.trust_sums) {
            *total += u128::from(sum);
        }
    }
}

/// P10, P50 and P90 of values 0, 1, …, counted: the values of rank ⌈p·n⌉. `None` if nothing was counted.
fn of_counts(counts: &[u64]) -> Option<[usize; 3]> {
    let total: u64 = counts.iter().sum();
    let at = |percent: u64| {
        let rank = (total * percent).div_ceil(100);
        let mut below = 0;
        counts.iter().position(|&count| {
            below += count;
            count > 0 && below >= rank
        })
    };
    Some([at(10)?, at(50)?, at(90)?])
}
