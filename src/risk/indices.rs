//! How much of the doubt about a plan each uncertain quantity causes, alone and together with others: Sobol indices.

use super::RiskError;
use super::gap;
use super::pick_freeze::PickFreeze;
use super::points::{BLOCK, Dimension};
use super::simulation::Simulation;
use crate::domain::{FutureSettings, PoolPlan, RuleId, Scenario};
use serde::{Deserialize, Serialize};

/// Re-runs of the rule, at most so many times the trials of an ordinary run.
const MOST_RUNS: u64 = 4;
/// Points at least, however many drivers: 16 for each scramble.
const FEWEST_POINTS: u32 = 256;

/// A share of a variance with its standard error. A share near 0 or 1 may be estimated a little outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Its estimate.
    pub value: f64,
    /// Its standard error, from 16 independent replicates.
    pub standard_error: f64,
}

/// What varies from future to future.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndexedFigure {
    /// The number of projects funded.
    Funded,
    /// The money received.
    Received,
    /// What the projects of the plan on paper cost above the money received, at least 0.
    Gap,
}

impl IndexedFigure {
    /// Every figure, in order.
    pub const ALL: [Self; 3] = [Self::Funded, Self::Received, Self::Gap];

    /// The stable code used in files and sentences.
    pub fn code(self) -> &'static str {
        match self {
            Self::Funded => "funded",
            Self::Received => "received",
            Self::Gap => "gap",
        }
    }
}

/// One independent quantity: `shock:SECTOR` (bad luck a sector shares), `pledge:ID` (the pledge's own), `cost:ID`,
/// `rate:CUR`, `delay:ID`, `withdraw:ID`, `outcome:ID`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndexedDriver {
    /// Which.
    pub id: String,
    /// S_i: the share of the variance it explains alone.
    pub first: Share,
    /// S_Ti: the share in which it takes part, alone or together with others.
    pub total: Share,
}

/// The indices of one figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureIndices {
    /// Which figure.
    pub figure: IndexedFigure,
    /// Its mean over the futures.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
    /// Σ S_i; what is missing to 1 is caused by quantities acting together.
    pub alone: Share,
    /// Every driver, largest total first; ties by id.
    pub drivers: Vec<IndexedDriver>,
}

/// The indices so far. Partial results have `points_done < points`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indices {
    /// Seed, sampler and shock used; `trials` is the number of points.
    pub settings: FutureSettings,
    /// The rule that was re-run.
    pub rule: RuleId,
    /// Points of each sample.
    pub points: u32,
    /// Points done.
    pub points_done: u32,
    /// How often the rule is re-run for all points: points · (drivers + 2).
    pub runs: u64,
    /// One entry a figure.
    pub figures: Vec<FigureIndices>,
}

/// Which sample is being run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    A,
    B,
    Mixed(usize),
}

/// One block of a figure in both samples.
#[derive(Clone, Debug)]
struct Columns {
    sums: PickFreeze,
    a: Vec<f64>,
    b: Vec<f64>,
}

/// A run that estimates Sobol indices over the independent drivers of a plan: call [`step_for`](Self::step_for) until it
/// says there is no more.
///
/// Two samples A and B of all drivers, and A with one driver after another exchanged for B's
/// ([`Share`]s and their errors: `pick_freeze`). Scrambled Sobol points of twice as many dimensions as there are drivers
/// (those beyond 64 from the counter-based generator), keyed by the drivers' ids: the order of rows does not matter, nor
/// does the slicing.
///
/// Cost: points · (drivers + 2) re-runs of the rule; the points are the largest power of two for which that is at most
/// 4 · `trials`, but at least 256 and at most `trials`.
#[derive(Debug)]
pub struct IndicesRun {
    simulation: Simulation,
    /// Each driver's draws of the sample that is not in the model, ordered by id.
    others: Vec<Dimension>,
    turn: Turn,
    done: u32,
    figures: [Columns; 3],
    /// The sums of all whole blocks.
    whole: [PickFreeze; 3],
    received_minor: Vec<u64>,
    gaps_minor: Vec<u64>,
    values: Vec<f64>,
}

impl IndicesRun {
    /// The run of `settings` over a scenario under the rule of `pool`.
    ///
    /// # Errors
    /// As [`Simulation::new`].
    pub fn new(scenario: &Scenario, settings: &FutureSettings, pool: &PoolPlan) -> Result<Self, RiskError> {
        let probe = Simulation::new(scenario, settings, pool)?;
        Self::of(probe, settings, |settings| {
            Simulation::new(scenario, settings, pool)
        })
    }

    fn of(
        mut probe: Simulation,
        settings: &FutureSettings,
        make: impl FnOnce(&FutureSettings) -> Result<Simulation, RiskError>,
    ) -> Result<Self, RiskError> {
        let drivers = probe.dimensions_mut().len();
        let points = points(probe.trials_total(), drivers);
        let mut simulation = make(&FutureSettings {
            trials: points,
            ..*settings
        })?;
        let mut others: Vec<Dimension> = Vec::with_capacity(drivers);
        for dimension in simulation.dimensions_mut() {
            others.push(dimension.clone());
        }
        crate::order::sort_by(&mut others, |a, b| a.id().cmp(b.id()));
        let taken = others.iter().map(|dimension| dimension.number() + 1).max();
        let taken = taken.unwrap_or(0);
        for (place, other) in others.iter_mut().enumerate() {
            *other = other.redrawn(taken + place);
        }
        let columns = || Columns {
            sums: PickFreeze::new(drivers),
            a: Vec::new(),
            b: Vec::new(),
        };
        let figures = [columns(), columns(), columns()];
        Ok(Self {
            whole: figures.each_ref().map(|columns| columns.sums.clone()),
            figures,
            simulation,
            others,
            turn: Turn::A,
            done: 0,
            received_minor: Vec::new(),
            gaps_minor: Vec::new(),
            values: Vec::new(),
        })
    }

    /// Does about `work` nanoseconds of work (by rough native reckoning; at least one future); whether there is more to
    /// do.
    pub fn step_for(&mut self, work: u64) -> bool {
        let mut left = self.simulation.futures_in(work);
        while left > 0 && self.done < self.points() {
            if self.simulation.run_block(self.done, &mut left) {
                self.take();
                self.turn();
            }
        }
        self.done < self.points()
    }

    /// Reads the figures of the block just run.
    fn take(&mut self) {
        let Self {
            simulation,
            figures,
            received_minor,
            gaps_minor,
            values,
            ..
        } = self;
        let (block, outcome) = simulation.block();
        let len = simulation.layout().block_len(self.done);
        gap::received(block, len, received_minor);
        simulation.plan().gaps(block, received_minor, gaps_minor);
        for (figure, columns) in IndexedFigure::ALL.into_iter().zip(figures) {
            values.clear();
            match figure {
                IndexedFigure::Funded => {
                    values.resize(len, 0.0);
                    for flags in outcome.funded.iter() {
                        for (count, flag) in values.iter_mut().zip(flags) {
                            *count += f64::from(u8::from(*flag));
                        }
                    }
                }
                IndexedFigure::Received => values.extend(received_minor.iter().map(|&minor| minor as f64)),
                IndexedFigure::Gap => values.extend(gaps_minor.iter().map(|&minor| minor as f64)),
            }
            let replicates = simulation.layout().replicates();
            match self.turn {
                Turn::A => std::mem::swap(&mut columns.a, values),
                Turn::B => {
                    std::mem::swap(&mut columns.b, values);
                    columns.sums.add_base(replicates, &columns.a, &columns.b);
                }
                Turn::Mixed(driver) => {
                    let points = (columns.a.as_slice(), columns.b.as_slice(), values.as_slice());
                    columns.sums.add_mixed(driver, replicates, points);
                }
            }
        }
    }

    /// Brings the draws of the next sample into the model.
    fn turn(&mut self) {
        self.turn = match self.turn {
            Turn::A => {
                self.exchange(None);
                Turn::B
            }
            Turn::B => {
                self.exchange(None);
                self.mixed(0)
            }
            Turn::Mixed(driver) => {
                self.exchange(Some(driver));
                self.mixed(driver + 1)
            }
        };
    }

    fn mixed(&mut self, driver: usize) -> Turn {
        if driver < self.others.len() {
            self.exchange(Some(driver));
            return Turn::Mixed(driver);
        }
        self.done += u32::try_from(self.simulation.layout().block_len(self.done)).unwrap_or(u32::MAX);
        self.whole = self.figures.each_ref().map(|columns| columns.sums.clone());
        Turn::A
    }

    /// Exchanges the draws of this driver, or of all, between the model and the other sample.
    fn exchange(&mut self, driver: Option<usize>) {
        let mut inside = self.simulation.dimensions_mut();
        // By id whichever sample is inside: redrawn ones have a prefix in common.
        crate::order::sort_by(&mut inside, |a, b| a.plain_id().cmp(b.plain_id()));
        for (place, (inside, other)) in inside.into_iter().zip(&mut self.others).enumerate() {
            if driver.is_none_or(|driver| driver == place) {
                std::mem::swap(inside, other);
            }
        }
    }

    fn points(&self) -> u32 {
        self.simulation.trials_total()
    }

    /// Re-runs of the rule done so far, and in all.
    pub fn progress(&self) -> (u64, u64) {
        let samples = self.others.len() as u64 + 2;
        let turn = match self.turn {
            Turn::A => 0,
            Turn::B => 1,
            Turn::Mixed(driver) => driver as u64 + 2,
        };
        let done = u64::from(self.done) * samples + turn * BLOCK.min(self.points() as usize) as u64;
        (done, u64::from(self.points()) * samples)
    }

    /// Points whose results are in the next [`snapshot`](Self::snapshot).
    pub fn points_done(&self) -> u32 {
        self.done
    }

    /// What the points so far say; whole blocks only.
    pub fn snapshot(&self) -> Indices {
        let figures = IndexedFigure::ALL.into_iter().zip(&self.whole);
        Indices {
            settings: self.simulation.settings(),
            rule: self.simulation.rule(),
            points: self.points(),
            points_done: self.done,
            runs: self.progress().1,
            figures: figures.map(|(figure, sums)| self.figure(figure, sums)).collect(),
        }
    }

    fn figure(&self, figure: IndexedFigure, sums: &PickFreeze) -> FigureIndices {
        let (mean, variance) = sums.moments();
        let mut drivers: Vec<IndexedDriver> = self
            .others
            .iter()
            .enumerate()
            .map(|(place, dimension)| {
                let (first, total) = sums.indices(place);
                IndexedDriver {
                    id: dimension.plain_id().to_owned(),
                    first,
                    total,
                }
            })
            .collect();
        crate::order::sort_by(&mut drivers, |a, b| {
            b.total
                .value
                .total_cmp(&a.total.value)
                .then_with(|| a.id.cmp(&b.id))
        });
        FigureIndices {
            figure,
            mean,
            variance,
            alone: sums.alone(),
            drivers,
        }
    }
}

/// Points of each sample: a power of two.
fn points(trials: u32, drivers: usize) -> u32 {
    let samples = drivers as u64 + 2;
    let most = (MOST_RUNS * u64::from(trials) / samples).clamp(1, u64::from(trials));
    let most = u32::try_from(most).unwrap_or(trials);
    let power = 1 << most.ilog2();
    power.max(FEWEST_POINTS.min(trials.next_power_of_two()))
}
