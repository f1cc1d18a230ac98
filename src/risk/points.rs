//! Points: which draw each uncertain quantity gets in each future.

use super::counter::{Purpose, Stream, stable_hash};
use super::sobol::{RUN, SobolDimension};
use crate::domain::{FutureSettings, Sampler};

/// Futures in a full block. Blocks are the unit in which points are laid out and results are added up.
pub(super) use crate::funding::BLOCK;

/// Independent scrambles; under plain Monte Carlo, groups of futures.
pub(super) const REPLICATES: usize = 16;
const REPLICATES_U32: u32 = 16;

/// How futures are numbered.
///
/// Sobol: the count is 16·2ᵏ, and every block holds the next 2ᵏ (at most 64) points of each of the 16 scrambles in
/// turn. So partial results are balanced over the scrambles and carry a standard error from the first block on.
/// Random: futures in order; every 16th belongs to the same replicate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    sampler: Sampler,
    seed: u64,
    /// Futures in all.
    pub(super) trials: u32,
    /// Consecutive points of one scramble in a block.
    run: usize,
}

impl Layout {
    /// The layout of at least `settings.trials` futures: under Sobol the next power of two, at least 16.
    pub(super) fn new(settings: &FutureSettings) -> Self {
        let trials = match settings.sampler {
            Sampler::Sobol => settings.trials.next_power_of_two().max(REPLICATES_U32),
            Sampler::Random => settings.trials,
        };
        Self {
            sampler: settings.sampler,
            seed: settings.seed,
            trials,
            run: RUN.min(trials as usize / REPLICATES),
        }
    }

    /// Futures in the block that starts at future `first`.
    pub(super) fn block_len(&self, first: u32) -> usize {
        BLOCK.min(self.trials.saturating_sub(first) as usize)
    }

    /// The replicate of every place in a block, in order.
    pub(super) fn replicates(&self) -> impl Iterator<Item = usize> {
        // Sobol: runs of equal replicates; random: runs of one, again and again.
        let run = match self.sampler {
            Sampler::Sobol => self.run.max(1),
            Sampler::Random => 1,
        };
        let all = (0..REPLICATES).cycle();
        all.flat_map(move |replicate| std::iter::repeat_n(replicate, run))
    }

    /// Counts the set `flags[place]` replicate by replicate.
    pub(super) fn count(&self, flags: &[bool], hits: &mut [u32; REPLICATES]) {
        match self.sampler {
            Sampler::Sobol => {
                for (run, hits) in flags.chunks(self.run.max(1)).zip(hits) {
                    // At most 64 ones: bytes hold their sum.
                    *hits += u32::from(run.iter().map(|&flag| u8::from(flag)).sum::<u8>());
                }
            }
            Sampler::Random => {
                for group in flags.chunks(REPLICATES) {
                    for (hits, flag) in hits.iter_mut().zip(group) {
                        *hits += u32::from(*flag);
                    }
                }
            }
        }
    }

    /// Index within its scramble of the first point of each run in the block that starts at future `first`.
    fn run_start(&self, first: u32) -> u32 {
        first / REPLICATES_U32
    }
}

/// What the id of draws of a second sample begins with; ids of quantities begin with their kind (`pledge:`).
const REDRAWN: &str = "again:";

#[derive(Clone, Debug)]
enum Source {
    Sobol(Box<SobolDimension>, [u32; REPLICATES]),
    Counter(Stream),
}

/// One uncertain quantity's draws: one uniform 32-bit number per future.
#[derive(Clone, Debug)]
pub(super) struct Dimension {
    source: Source,
    layout: Layout,
    id: String,
    number: usize,
}

impl Dimension {
    /// The draws of the quantity with this stable id, the `number`th to be given a dimension.
    ///
    /// Scrambles (and counter-based draws) are keyed by the id; the number only picks the Sobol dimension, while
    /// there are any.
    pub(super) fn new(layout: &Layout, number: usize, id: &str) -> Self {
        let hash = stable_hash(id);
        let sobol = match layout.sampler {
            Sampler::Sobol => SobolDimension::new(number),
            Sampler::Random => None,
        };
        let source = match sobol {
            Some(dimension) => {
                let seeds = Stream::new(layout.seed, hash, Purpose::Scramble);
                let mut scrambles = [0; REPLICATES];
                for (scramble, replicate) in scrambles.iter_mut().zip(0..) {
                    *scramble = seeds.at(replicate);
                }
                Source::Sobol(Box::new(dimension), scrambles)
            }
            None => Source::Counter(Stream::new(layout.seed, hash, Purpose::Point)),
        };
        Self {
            source,
            layout: *layout,
            id: id.to_owned(),
            number,
        }
    }

    /// The stable id it is keyed by.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The same, of whichever sample ([`redrawn`](Self::redrawn)) these draws are.
    pub(super) fn plain_id(&self) -> &str {
        self.id.strip_prefix(REDRAWN).unwrap_or(&self.id)
    }

    /// Its place among all that were given a dimension.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// The same quantity with another number.
    pub(super) fn numbered(&self, number: usize) -> Self {
        Self::new(&self.layout, number, &self.id)
    }

    /// Independent draws of the same quantity.
    pub(super) fn redrawn(&self, number: usize) -> Self {
        Self::new(&self.layout, number, &format!("{REDRAWN}{}", self.id))
    }

    /// Fills `draws` for the block that starts at future `first`; `draws` has the block's length.
    pub(super) fn fill(&self, first: u32, draws: &mut [u32]) {
        match &self.source {
            Source::Sobol(dimension, scrambles) => {
                let start = self.layout.run_start(first);
                for (run, scramble) in draws.chunks_mut(self.layout.run.max(1)).zip(scrambles) {
                    dimension.fill(start, *scramble, run);
                }
            }
            Source::Counter(stream) => stream.fill(first / 4, draws),
        }
    }

    /// The draw at `place` of the block that starts at future `first`.
    #[cfg(test)]
    pub(super) fn at(&self, first: u32, place: usize) -> u32 {
        match &self.source {
            Source::Sobol(dimension, scrambles) => {
                let run = self.layout.run.max(1);
                let index = self.layout.run_start(first) + u32::try_from(place % run).unwrap_or(0);
                let scramble = scrambles.get(place / run).copied().unwrap_or(0);
                dimension.at(index, scramble)
            }
            Source::Counter(stream) => stream.at(first + u32::try_from(place).unwrap_or(0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(trials: u32, sampler: Sampler) -> Layout {
        Layout::new(&FutureSettings {
            trials,
            sampler,
            ..FutureSettings::default()
        })
    }

    #[test]
    fn counts_are_rounded_up_to_powers_of_two_under_sobol_only() {
        let rounded = |trials| layout(trials, Sampler::Sobol).trials;
        assert_eq!(
            [1, 16, 17, 1000, 100_000].map(rounded),
            [16, 16, 32, 1024, 131_072]
        );
        assert_eq!(layout(1000, Sampler::Random).trials, 1000);
    }

    #[test]
    fn a_block_is_its_points_one_by_one() {
        for (trials, sampler, number) in [
            (4096, Sampler::Sobol, 3),
            (64, Sampler::Sobol, 3),
            (4096, Sampler::Sobol, 100),
            (4001, Sampler::Random, 3),
        ] {
            let layout = layout(trials, sampler);
            let dimension = Dimension::new(&layout, number, "cost:well");
            for first in (0..layout.trials).step_by(BLOCK) {
                let mut draws = vec![0; layout.block_len(first)];
                dimension.fill(first, &mut draws);
                for (place, draw) in draws.iter().enumerate() {
                    assert_eq!(*draw, dimension.at(first, place), "{sampler:?} {first} {place}");
                }
            }
        }
    }

    #[test]
    fn every_scramble_of_a_whole_run_is_a_net_and_all_differ() {
        let layout = layout(4096, Sampler::Sobol);
        let dimension = Dimension::new(&layout, 7, "pledge:a");
        let mut points = vec![Vec::new(); REPLICATES];
        for first in (0..4096).step_by(BLOCK) {
            for place in 0..BLOCK {
                points[layout.replicates().nth(place).unwrap()].push(dimension.at(first, place));
            }
        }
        for (replicate, points) in points.iter().enumerate() {
            let mut held = [0; 256];
            for point in points {
                held[(point >> 24) as usize] += 1;
            }
            assert_eq!(held, [1; 256], "replicate {replicate}");
        }
        points.sort();
        points.dedup();
        assert_eq!(points.len(), REPLICATES);
    }

    #[test]
    fn random_draws_do_not_depend_on_their_dimension_but_on_id_and_seed() {
        let layout = layout(4096, Sampler::Random);
        let draws = |number, id| Dimension::new(&layout, number, id).at(0, 5);
        assert_eq!(draws(1, "a"), draws(2, "a"));
        assert_ne!(draws(1, "a"), draws(1, "b"));
    }
}
