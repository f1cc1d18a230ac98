//! Which uncertain quantity moves the number of funded projects most.

use super::Driver;
use super::block::Drawn;
use super::partial::{Counts, Input, Sparse};
use super::pledge::CLASSES;
use super::points::REPLICATES;
use gotong_kernel::counts::count_classes;

/// Classes counted one by one: what is not in them is in the last.
const COUNTED: usize = CLASSES - 1;

/// Most levels of the number of funded projects.
const MOST_LEVELS: usize = 65;
/// Most cells in all (64 MiB): with very many drivers the levels get fewer, never below [`LEAST_LEVELS`].
const MOST_CELLS: usize = 1 << 24;
const LEAST_LEVELS: usize = 9;

/// Where a future's classes are counted: its replicate and level.
pub(super) type Cell = u16;

/// How often each class of each driver met each number of funded projects: counts, so the order of futures does
/// not matter.
///
/// Levels: one for each number of funded projects up to 64 projects; above (or with more than about 480 drivers)
/// even steps. Memory: 16 × 32 × levels × 4 bytes per driver. The last class (a pledge paid in full) is not counted
/// but is what the others leave of all futures.
#[derive(Clone, Debug)]
pub(super) struct Contingency {
    /// `counts[((driver · 16 + replicate) · 32 + class) · levels + level]`.
    counts: Vec<u32>,
    /// `all[replicate · levels + level]`: futures.
    all: Vec<u32>,
    levels: usize,
    projects: usize,
}

impl Contingency {
    /// No futures yet.
    pub(super) fn new(drivers: usize, projects: usize) -> Self {
        let room = MOST_CELLS / (drivers.max(1) * REPLICATES * CLASSES);
        let levels = (projects + 1).min(room.clamp(LEAST_LEVELS, MOST_LEVELS));
        Self {
            counts: vec![0; drivers * REPLICATES * COUNTED * levels],
            all: vec![0; REPLICATES * levels],
            levels,
            projects,
        }
    }

    /// The level of a number of funded projects.
    fn level(&self, funded: usize) -> usize {
        if self.projects < self.levels {
            funded
        } else {
            funded * (self.levels - 1) / self.projects
        }
    }

    /// The number of projects a level stands for.
    fn funded_at(&self, level: usize) -> f64 {
        if self.projects < self.levels {
            level as f64
        } else {
            (level * self.projects) as f64 / (self.levels - 1) as f64
        }
    }

    /// Counts a future of this replicate with so many funded projects; where its classes are to be counted.
    #[inline]
    pub(super) fn add_future(&mut self, replicate: usize, funded: usize) -> Cell {
        let level = self.level(funded).min(self.levels - 1);
        if let Some(count) = self.all.get_mut(replicate * self.levels + level) {
            *count += 1;
        }
        // At most 16 · 32 · 65.
        u16::try_from(replicate * COUNTED * self.levels + level).unwrap_or(0)
    }

    /// Counts what a driver was in a block of futures whose cells are these.
    pub(super) fn add_driver(&mut self, driver: usize, drawn: Drawn<'_>, cells: &[Cell]) {
        let table = REPLICATES * COUNTED * self.levels;
        let counts = self.counts.get_mut(driver * table..(driver + 1) * table);
        let counts = counts.unwrap_or_default();
        match drawn {
            Drawn::Each(classes) => count_classes(counts, self.levels, classes, cells),
            Drawn::Some(slips) => {
                for slip in slips {
                    let cell = cells
                        .get(usize::from(slip.place))
                        .map_or(usize::MAX, |&cell| cell.into());
                    let at = cell.saturating_add(usize::from(slip.class) * self.levels);
                    if let Some(count) = counts.get_mut(at) {
                        *count += 1;
                    }
                }
            }
        }
    }

    /// Every driver, largest |rank correlation| first; ties in the order of `ids`.
    pub(super) fn drivers(&self, ids: &[String]) -> Vec<Driver> {
        let table = REPLICATES * COUNTED * self.levels;
        let tables = self.counts.chunks(table.max(1));
        let mut drivers: Vec<Driver> = ids
            .iter()
            .zip(tables)
            .map(|(id, counts)| self.driver(id, counts))
            .collect();
        crate::order::sort_by(&mut drivers, |a, b| {
            b.rank_correlation.abs().total_cmp(&a.rank_correlation.abs())
        });
        drivers
    }

    fn driver(&self, id: &str, counts: &[u32]) -> Driver {
        let size = CLASSES * self.levels;
        let mut pooled = vec![0_u64; size];
        let mut correlations = Vec::with_capacity(REPLICATES);
        let replicates = counts.chunks((COUNTED * self.levels).max(1));
        for (counted, all) in replicates.zip(self.all.chunks(self.levels)) {
            let mut own: Vec<u64> = counted.iter().map(|&count| u64::from(count)).collect();
            own.extend(all.iter().enumerate().map(|(level, &all)| {
                let counted = counted.iter().skip(level).step_by(self.levels).sum::<u32>();
                u64::from(all.saturating_sub(counted))
            }));
            for (sum, count) in pooled.iter_mut().zip(&own) {
                *sum += count;
            }
            if own.iter().sum::<u64>() > 1 {
                correlations.push(spearman(&own, self.levels));
            }
        }
        Driver {
            id: id.to_owned(),
            rank_correlation: spearman(&pooled, self.levels),
            funded_when: [false, true].map(|highest| self.mean_in_fifth(&pooled, highest)),
            standard_error: standard_error_of_mean(&correlations),
        }
    }

    /// Mean number of funded projects in the lowest or highest fifth of a driver. A class across the border counts
    /// with the share of it that completes the fifth.
    fn mean_in_fifth(&self, counts: &[u64], highest: bool) -> f64 {
        let total: u64 = counts.iter().sum();
        let mut left = total as f64 / 5.0;
        if total == 0 {
            return 0.0;
        }
        let mut sum = 0.0;
        let mut take = |row: &[u64]| {
            let held: u64 = row.iter().sum();
            if held > 0 && left > 0.0 {
                let share = (left / held as f64).min(1.0);
                let funded: f64 = row
                    .iter()
                    .zip(0..)
                    .map(|(&n, level)| n as f64 * self.funded_at(level))
                    .sum();
                sum += share * funded;
                left -= share * held as f64;
            }
        };
        let rows = counts.chunks(self.levels);
        if highest {
            rows.rev().for_each(&mut take);
        } else {
            rows.for_each(&mut take);
        }
        sum / (total as f64 / 5.0)
    }
}

impl Counts for Contingency {
    fn write(&self, out: &mut Vec<u8>) {
        let Self {
            counts,
            all,
            levels: _,
            projects: _,
        } = self;
        Sparse::write(counts, out);
        all.write(out);
    }

    fn add_from(&mut self, input: &mut Input<'_>) -> Option<()> {
        let Self {
            counts,
            all,
            levels: _,
            projects: _,
        } = self;
        Sparse(counts).add_from(input)?;
        all.add_from(input)
    }
}

/// The standard error of the mean of independent replicates: s/√r; 0 with fewer than two.
pub(super) fn standard_error_of_mean(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    if n < 2.0 {
        return 0.0;
    }
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (squares / (n - 1.0) / n).sqrt()
}

/// Spearman's rank correlation of a contingency table, `levels` columns: the product-moment correlation of midranks,
/// so ties count as ties. 0 where one side does not vary.
///
/// Source: Spearman 1904; midranks for ties, Kendall, *Rank Correlation Methods*, 1948.
fn spearman(counts: &[u64], levels: usize) -> f64 {
    let rows: Vec<u64> = counts.chunks(levels).map(|row| row.iter().sum()).collect();
    let mut columns = vec![0_u64; levels];
    for row in counts.chunks(levels) {
        for (sum, count) in columns.iter_mut().zip(row) {
            *sum += count;
        }
    }
    let (row_ranks, column_ranks) = (centred_midranks(&rows), centred_midranks(&columns));
    let spread = |counts: &[u64], ranks: &[f64]| -> f64 {
        counts
            .iter()
            .zip(ranks)
            .map(|(&n, rank)| n as f64 * rank * rank)
            .sum()
    };
    let scale = (spread(&rows, &row_ranks) * spread(&columns, &column_ranks)).sqrt();
    if scale <= 0.0 {
        return 0.0;
    }
    let mut product = 0.0;
    for (row, row_rank) in counts.chunks(levels).zip(&row_ranks) {
        for (&count, column_rank) in row.iter().zip(&column_ranks) {
            product += count as f64 * row_rank * column_rank;
        }
    }
    (product / scale).clamp(-1.0, 1.0)
}

/// Midrank of each class less the mean rank.
fn centred_midranks(counts: &[u64]) -> Vec<f64> {
    let total: u64 = counts.iter().sum();
    let mut below = 0;
    let midrank = |&count: &u64| {
        // Twice the midrank is below + (below + count), twice the mean is total: exact in integers.
        let twice = (2 * below + count) as f64 - total as f64;
        below += count;
        0.5 * twice
    };
    counts.iter().map(midrank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::risk::block::Slip;

    /// Spearman's correlation of raw pairs, by the definition.
    fn by_definition(pairs: &[(u8, u8)]) -> f64 {
        let rank = |value: u8, of: &dyn Fn(&(u8, u8)) -> u8| {
            let below = pairs.iter().filter(|pair| of(pair) < value).count() as f64;
            let same = pairs.iter().filter(|pair| of(pair) == value).count() as f64;
            below + (same + 1.0) / 2.0
        };
        let ranks: Vec<(f64, f64)> = pairs
            .iter()
            .map(|&(x, y)| (rank(x, &|pair| pair.0), rank(y, &|pair| pair.1)))
            .collect();
        let n = ranks.len() as f64;
        let mean = (n + 1.0) / 2.0;
        let sum =
            |f: &dyn Fn(f64, f64) -> f64| ranks.iter().map(|&(x, y)| f(x - mean, y - mean)).sum::<f64>();
        sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
    }

    #[test]
    fn the_table_gives_the_correlation_of_the_pairs() {
        let pairs: Vec<(u8, u8)> = (0..400_u32)
            .map(|i| {
                let class = (i * 7919 % 33) as u8;
                let noise = (i * 104_729 % 5) as u8;
                (class, (class / 8 + noise).min(6))
            })
            .collect();
        let mut table = Contingency::new(1, 6);
        let cells: Vec<Cell> = pairs
            .iter()
            .zip((0..16).cycle())
            .map(|(pair, i)| table.add_future(i, pair.1.into()))
            .collect();
        // Class 32 is the last one, known by what is left.
        let slips: Vec<Slip> = (0..)
            .zip(&pairs)
            .map(|(place, &(class, _))| Slip { place, class })
            .filter(|slip| slip.class < 32)
            .collect();
        table.add_driver(0, Drawn::Some(&slips), &cells);
        let found = table.drivers(&["cost:a".to_owned()]);
        assert!((found[0].rank_correlation - by_definition(&pairs)).abs() < 1e-12);
        assert!(found[0].standard_error > 0.0 && found[0].standard_error < 0.1);

        let mut sorted = pairs.clone();
        sorted.sort();
        // Pairs of the border class are taken as equal to their mean.
        let fifth = |highest: bool| {
            let border = sorted[if highest { 400 - 80 } else { 79 }].0;
            let strictly = |class: u8| if highest { class > border } else { class < border };
            let inner: Vec<f64> = sorted
                .iter()
                .filter(|p| strictly(p.0))
                .map(|p| f64::from(p.1))
                .collect();
            let edge: Vec<f64> = sorted
                .iter()
                .filter(|p| p.0 == border)
                .map(|p| f64::from(p.1))
                .collect();
            let edge_mean = edge.iter().sum::<f64>() / edge.len() as f64;
            (inner.iter().sum::<f64>() + (80.0 - inner.len() as f64) * edge_mean) / 80.0
        };
        assert!((found[0].funded_when[0] - fifth(false)).abs() < 1e-12);
        assert!((found[0].funded_when[1] - fifth(true)).abs() < 1e-12);
    }

    #[test]
    fn what_does_not_vary_moves_nothing() {
        let mut table = Contingency::new(1, 3);
        let cells: Vec<Cell> = (0..100).map(|_| table.add_future(0, 2)).collect();
        table.add_driver(0, Drawn::Each(&[0; 100]), &cells);
        let driver = &table.drivers(&["pledge:a".to_owned()])[0];
        assert_eq!((driver.rank_correlation, driver.standard_error), (0.0, 0.0));
        assert_eq!(driver.funded_when, [2.0, 2.0]);
    }

    #[test]
    fn many_projects_share_levels_in_order() {
        let table = Contingency::new(0, 1000);
        assert_eq!((table.level(0), table.level(1000)), (0, 64));
        assert!((table.funded_at(table.level(500)) - 500.0).abs() <= 1000.0 / 64.0);
    }
}
