//! A run on several threads, for the command line: the same division and the same adding up as among the page's workers.

use super::{PartialError, Shares, Simulation};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// The most threads a run is divided among.
pub const MAX_THREADS: usize = 64;

/// Rough nanoseconds of native code that one range takes: long against adding it up, short for a person who waits.
const RANGE_WORK: u64 = 50_000_000;

/// A range is never longer: what is shown on the way should move.
const MOST_BLOCKS: u64 = 256;

impl Simulation {
    /// The division of this run among several.
    pub fn shares(&self) -> Shares {
        let longest = (RANGE_WORK / self.block_work().max(1)).clamp(1, MOST_BLOCKS);
        Shares::new(self.blocks(), u32::try_from(longest).unwrap_or(1))
    }

    /// Computes these blocks and no others; see [`Simulation::aim`].
    fn run_blocks(&mut self, blocks: &Range<u32>) -> Option<super::Partial> {
        self.aim(blocks);
        while self.step_for(u64::MAX) {}
        self.take_partial()
    }
}

struct Owner {
    shares: Shares,
    /// Adds up; is not stepped.
    sum: Simulation,
    failed: Option<PartialError>,
}

impl Owner {
    /// Takes back what a thread computed, and gives it the next blocks.
    fn exchange(
        &mut self,
        who: usize,
        threads: usize,
        computed: Option<super::Partial>,
    ) -> Option<Range<u32>> {
        if let Some(partial) = computed {
            self.shares.bring(partial);
        }
        while let Some(due) = self.shares.next_due() {
            if let Err(error) = self.sum.absorb(&due) {
                self.failed = Some(error);
            }
        }
        if self.failed.is_some() {
            return None;
        }
        self.shares.give(who, threads)
    }
}

/// Runs a fresh `simulation` to its end on so many threads (1 to [`MAX_THREADS`]). The result is the same to the byte for
/// any number.
///
/// # Errors
/// [`PartialError`] if what a thread computed does not add up: a defect, never the plan's fault.
pub fn run_on_threads(simulation: Simulation, threads: usize) -> Result<Simulation, PartialError> {
    let threads = threads.clamp(1, MAX_THREADS);
    let owner = Mutex::new(Owner {
        shares: simulation.shares(),
        sum: simulation.clone(),
        failed: None,
    });
    std::thread::scope(|scope| {
        for who in 0..threads {
            let (owner, mut own) = (&owner, simulation.clone());
            scope.spawn(move || {
                let mut computed = None;
                // Nobody panics while holding the lock; if somebody did, what is there would still be whole ranges.
                let exchange = |computed| {
                    let mut owner = owner.lock().unwrap_or_else(PoisonError::into_inner);
                    owner.exchange(who, threads, computed)
                };
                while let Some(blocks) = exchange(computed.take()) {
                    computed = own.run_blocks(&blocks);
                }
            });
        }
    });
    let owner = owner.into_inner().unwrap_or_else(PoisonError::into_inner);
    match owner.failed {
        Some(error) => Err(error),
        None => Ok(owner.sum),
    }
}
