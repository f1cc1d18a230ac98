//! A block of futures, column by column: one quantity's values lie together, so that drawing and counting run
//! through memory in order and most loops work on several futures at once.

use super::points::BLOCK;
use crate::funding::Columns;

/// A pledge defaults in one future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// Which future of the block.
    pub place: u16,
    /// Its class: from what is worst for the pledge to what is best.
    pub class: u8,
}

/// What one uncertain quantity was in each future of a block, in classes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Drawn<'a> {
    /// A class in each future.
    Each(&'a [u8]),
    /// These futures only; in all others the highest class (a pledge paid in full).
    Some(&'a [Slip]),
}

/// Values of all quantities in a block of futures.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// What each pledge pays.
    pub purses_minor: Columns<u64>,
    /// What each project costs.
    pub costs_minor: Columns<u64>,
    /// `slips[pledge]`: where it defaults, by place.
    pub slips: Vec<Vec<Slip>>,
    /// Class of each project's cost; of a known cost nothing.
    pub cost_classes: Columns<u8>,
    /// Class of each further quantity that moves the result; see [`Model::add_driver`](super::model::Model::add_driver).
    pub further_classes: Columns<u8>,
    /// Draws of the shocks.
    pub shocks: Columns<u32>,
    /// Draws of the quantity at hand.
    pub draws: Vec<u32>,
}

impl Block {
    /// Room for so many quantities.
    pub(super) fn new(pledges: usize, projects: usize, shocks: usize) -> Self {
        Self {
            purses_minor: Columns::new(pledges),
            costs_minor: Columns::new(projects),
            slips: vec![Vec::new(); pledges],
            cost_classes: Columns::new(projects),
            further_classes: Columns::new(0),
            shocks: Columns::new(shocks),
            draws: Vec::new(),
        }
    }

    /// The block has `len` futures, at most [`BLOCK`].
    pub(super) fn set_len(&mut self, len: usize) {
        self.purses_minor.set_len(len);
        self.costs_minor.set_len(len);
        self.cost_classes.set_len(len);
        self.further_classes.set_len(len);
        self.shocks.set_len(len);
        self.draws.resize(len.min(BLOCK), 0);
    }
}
