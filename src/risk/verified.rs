//! Results-based pledges: how many outcomes are verified, what is paid for them, and who bears the rest.

use super::Histogram;
use super::block::Block;
use super::money::round_half_even;
use super::partial::{Counts, Input};
use super::points::{Layout, REPLICATES};
use super::result::ResultsFutures;
use super::table::QuantileTable;
use super::tally::{Hits, Tally};
use crate::domain::ResultsTerms;
use crate::funding::{BlockOutcome, Columns};

/// A results-based pledge.
#[derive(Clone, Debug)]
pub(super) struct Verified {
    pub pledge: usize,
    pub terms: ResultsTerms,
    /// Quantiles of the share of the expected outcomes that is verified, and where its draws are; `None`: all.
    pub share: Option<(QuantileTable, usize)>,
    /// What the plan on paper advances of the pledge, and what it promises.
    pub advance_on_paper_minor: u64,
    pub pledged_minor: u64,
}

/// What is kept of it.
#[derive(Clone, Debug)]
pub(super) struct VerifiedTally {
    verified: Histogram,
    paid: Histogram,
    advance: Histogram,
    carried: Histogram,
    loss: Hits,
}

impl Counts for VerifiedTally {
    fn write(&self, out: &mut Vec<u8>) {
        let Self {
            verified,
            paid,
            advance,
            carried,
            loss,
        } = self;
        for each in [verified, paid, advance, carried] {
            each.write(out);
        }
        loss.write(out);
    }

    fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
        let Self {
            verified,
            paid,
            advance,
            carried,
            loss,
        } = self;
        for each in [verified, paid, advance, carried] {
            each.add_from(input)?;
        }
        loss.add_from(input)
    }
}

impl VerifiedTally {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self {
            verified: Histogram::default(),
            paid: Histogram::default(),
            advance: Histogram::default(),
            carried: Histogram::default(),
            loss: [0; REPLICATES],
        }
    }
}

impl Verified {
    /// Outcomes verified, what is paid for them, and what of the advance is not paid back.
    ///
    /// verified = expected · X · min(1, advance / advance on paper), to the nearest whole one, X ~ Beta or 1: half the
    /// money does half the work. paid = min(price · verified, cap, purse), cap never above the pledge.
    fn at(&self, draw: Option<u32>, advance_minor: u64, purse_minor: u64) -> (u64, u64, u64) {
        let share = match (&self.share, draw) {
            (Some((table, _)), Some(draw)) => table.at(draw).clamp(0.0, 1.0),
            _ => 1.0,
        };
        let done = match (advance_minor, self.advance_on_paper_minor) {
            (0, _) => 0.0,
            (_, 0) => 1.0,
            (advance, paper) => (advance as f64 / paper as f64).min(1.0),
        };
        let verified = round_half_even(self.terms.expected as f64 * share * done);
        let cap = self.terms.cap_minor.unwrap_or(self.pledged_minor);
        let cap = cap.min(self.pledged_minor).min(purse_minor);
        let paid = self.terms.price_minor.max(1).saturating_mul(verified).min(cap);
        (verified, paid, advance_minor.saturating_sub(paid))
    }

    /// Adds a block.
    pub(super) fn add(
        &self,
        layout: &Layout,
        (block, draws): (&Block, &Columns<u32>),
        outcome: &BlockOutcome,
        kept: &mut VerifiedTally,
    ) {
        let advances = outcome.spent_minor.column(self.pledge);
        let purses = block.purses_minor.column(self.pledge);
        let draws = self.share.as_ref().map(|(_, column)| draws.column(*column));
        let mut losses = Vec::with_capacity(advances.len());
        for (place, (&advance, &purse)) in advances.iter().zip(purses).enumerate() {
            let draw = draws.and_then(|draws| draws.get(place)).copied();
            let (verified, paid, carried) = self.at(draw, advance, purse);
            kept.verified.add(verified);
            kept.paid.add(paid);
            kept.advance.add(advance);
            kept.carried.add(carried);
            losses.push(carried > 0);
        }
        layout.count(&losses, &mut kept.loss);
    }

    /// What was kept, as figures.
    pub(super) fn futures(&self, id: &str, kept: &VerifiedTally, tally: &Tally) -> ResultsFutures {
        ResultsFutures {
            id: id.to_owned(),
            outcome: self.terms.outcome.clone(),
            expected: self.terms.expected,
            verified: kept.verified.quantiles(),
            paid_minor: kept.paid.quantiles(),
            advance_minor: kept.advance.quantiles(),
            carried_minor: kept.carried.quantiles(),
            loss: tally.estimate(&kept.loss),
            carried_by: self.terms.prefinanced_by.clone(),
        }
    }
}
