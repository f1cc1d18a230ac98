//! When each pledge pays, how trust moves, and who withdraws: everything about time that is settled before the rule
//! decides.

use super::block::Block;
use super::delay::Delay;
use super::model::Model;
use super::parts::{Parts, Splitting};
use super::result::TrustUsed;
use super::table::unit;
use crate::funding::Columns;

/// One, as trust is summed: so that sums are whole numbers and their order does not matter.
const TRUST_ONE: f64 = 4_294_967_296.0;

/// How a pledge may be late.
#[derive(Clone, Debug)]
pub(super) struct Late {
    pub delay: Delay,
    /// Where its draws are; `None`: always the same delay.
    pub column: Option<usize>,
    /// The shock of its sector.
    pub shock: Option<usize>,
}

/// How a pledge may be withdrawn.
#[derive(Clone, Debug)]
pub(super) struct Exit {
    /// Where its draws are.
    pub column: usize,
    /// Chance in a period without any trust.
    pub chance: f64,
    /// The funder's trust before the first period, in [0, 1].
    pub trust: f64,
}

/// A pledge over time.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub parts: Parts,
    /// What it promises, in full.
    pub amount_minor: u64,
    pub late: Option<Late>,
    pub exit: Option<Exit>,
}

/// Pledges over time, in a block of futures.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    lines: Vec<Line>,
    periods: usize,
    trust: TrustUsed,
    /// How many periods each pledge is late.
    pub delays: Columns<u16>,
    /// How many periods' parts each pledge pays before it is withdrawn.
    pub paid_parts: Columns<u16>,
    /// `trust_sums[k]`: sum over the futures of the block of mean trust after period k + 1, in [`TRUST_ONE`]s.
    pub trust_sums: Vec<u64>,
    room: Splitting,
    path: Path,
}

/// Room for one future.
#[derive(Clone, Debug, Default)]
struct Path {
    /// Share of its promise each pledge keeps at all.
    kept: Vec<f64>,
    /// Trust of each funder, and its chance of not having withdrawn yet.
    trust: Vec<f64>,
    survival: Vec<f64>,
}

impl Timeline {
    /// `lines` in the order of the pledges, over so many periods.
    pub(super) fn new(lines: Vec<Line>, periods: usize, trust: TrustUsed) -> Self {
        Self {
            delays: Columns::new(lines.len()),
            paid_parts: Columns::new(lines.len()),
            trust_sums: vec![0; periods],
            lines,
            periods,
            trust,
            room: Splitting::default(),
            path: Path::default(),
        }
    }

    /// The pledge at this position.
    pub(super) fn line(&self, pledge: usize) -> Option<&Line> {
        self.lines.get(pledge)
    }

    /// The coefficients of trust, if anybody may withdraw.
    pub(super) fn trust(&self) -> Option<TrustUsed> {
        self.lines
            .iter()
            .any(|line| line.exit.is_some())
            .then_some(self.trust)
    }

    /// Delays and withdrawals of a block whose pledges and draws are filled in.
    pub(super) fn fill(&mut self, len: usize, model: &Model, block: &Block, draws: &Columns<u32>) {
        self.delays.set_len(len);
        self.paid_parts.set_len(len);
        let coupling = model.coupling();
        for (position, line) in self.lines.iter().enumerate() {
            let whole = u16::try_from(line.parts.len()).unwrap_or(u16::MAX);
            self.paid_parts.column_mut(position).fill(whole);
            let delays = self.delays.column_mut(position);
            let Some(late) = &line.late else {
                delays.fill(0);
                continue;
            };
            let Some(column) = late.column else {
                delays.fill(late.delay.at(0.0));
                continue;
            };
            let shocks = late.shock.map(|shock| block.shocks.column(shock));
            for (place, (slot, &draw)) in delays.iter_mut().zip(draws.column(column)).enumerate() {
                let own = coupling.normal.at(draw);
                let z = match shocks.and_then(|shocks| shocks.get(place)) {
                    Some(&shock) => coupling.shared * coupling.normal.at(shock) + coupling.own * own,
                    None => own,
                };
                *slot = late.delay.at(z);
            }
        }
        if self.lines.iter().any(|line| line.exit.is_some()) {
            self.trust_sums.fill(0);
            for place in 0..len {
                self.follow(place, block, draws);
            }
        }
    }

    /// One future, period by period.
    ///
    /// In each period every funder that has not yet paid all may withdraw, with chance w·(1 − τ·t̃), t̃ = t + g(1 − t)
    /// its trust lifted by open reporting; one uniform decides for all periods, since the first period in which the
    /// chance of still being in falls below 1 − u has exactly that distribution. Then promises are seen to be kept or
    /// broken: s is the share of the money promised for this period that came in it, and every trust becomes
    /// t + s·a(1 − t) − (1 − s)·b·t. Where nothing was promised, nothing changes.
    fn follow(&mut self, place: usize, block: &Block, draws: &Columns<u32>) {
        let Path {
            kept,
            trust,
            survival,
        } = &mut self.path;
        kept.clear();
        trust.clear();
        survival.clear();
        for (line, purses) in self.lines.iter().zip(block.purses_minor.iter()) {
            let purse = purses.get(place).copied().unwrap_or(0);
            let full = line.amount_minor.max(1);
            kept.push((purse as f64 / full as f64).min(1.0));
            trust.push(line.exit.as_ref().map_or(0.0, |exit| exit.trust));
            survival.push(1.0);
        }
        let funders = self.lines.iter().filter(|line| line.exit.is_some()).count();
        for period in 0..self.periods {
            let (mut promised, mut came) = (0.0, 0.0);
            for (position, line) in self.lines.iter().enumerate() {
                let cell = |columns: &Columns<u16>| {
                    let column = columns.column(position);
                    usize::from(column.get(place).copied().unwrap_or(0))
                };
                let late = cell(&self.delays);
                let mut until = cell(&self.paid_parts);
                if let Some(exit) = &line.exit
                    && until == line.parts.len()
                    && until + late > period
                {
                    let level = trust.get(position).copied().unwrap_or(0.0);
                    let lifted = level + self.trust.lift * (1.0 - level);
                    let stays = 1.0 - exit.chance * (1.0 - self.trust.exit * lifted);
                    let draw = draws.column(exit.column).get(place).copied().unwrap_or(0);
                    if let Some(survival) = survival.get_mut(position) {
                        *survival *= stays;
                        if 1.0 - *survival > unit(draw) {
                            until = period.saturating_sub(late);
                            let column = self.paid_parts.column_mut(position);
                            if let Some(slot) = column.get_mut(place) {
                                *slot = u16::try_from(until).unwrap_or(u16::MAX);
                            }
                        }
                    }
                }
                let due = line.amount_minor as f64 * line.parts.share(period);
                promised += due;
                if late == 0 && period < until {
                    came += due * kept.get(position).copied().unwrap_or(0.0);
                }
            }
            if promised > 0.0 {
                let share = came / promised;
                for level in trust.iter_mut() {
                    let gain = share * self.trust.gain * (1.0 - *level);
                    let loss = (1.0 - share) * self.trust.loss * *level;
                    *level = (*level + gain - loss).clamp(0.0, 1.0);
                }
            }
            let sum: f64 = self
                .lines
                .iter()
                .zip(trust.iter())
                .filter(|(line, _)| line.exit.is_some())
                .map(|(_, level)| level)
                .sum();
            if let Some(total) = self.trust_sums.get_mut(period) {
                *total += whole(sum / funders.max(1) as f64 * TRUST_ONE);
            }
        }
    }

    /// Takes from the pledges that are withdrawn what they no longer pay.
    pub(super) fn cut_purses(&mut self, block: &mut Block) {
        for (position, line) in self.lines.iter().enumerate() {
            if line.exit.is_none() {
                continue;
            }
            let purses = block.purses_minor.column_mut(position);
            for (purse, &parts) in purses.iter_mut().zip(self.paid_parts.column(position)) {
                *purse = line.parts.paid_of(*purse, usize::from(parts), &mut self.room);
            }
        }
    }

    /// Mean trust from a sum over so many futures.
    pub(super) fn mean_trust(sum: u128, futures: u32) -> f64 {
        sum as f64 / TRUST_ONE / f64::from(futures.max(1))
    }
}

/// A level of trust in [`TRUST_ONE`]s.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 to 2^32"
)]
fn whole(value: f64) -> u64 {
    value as u64
}
