//! Two or more plans under the same random numbers: what changes from one to the other, future by future.

use super::RiskError;
use super::gap;
use super::points::REPLICATES;
use super::sensitivity::standard_error_of_mean;
use super::simulation::Simulation;
use crate::domain::{FutureSettings, RuleId, Sampler, Scenario};
use serde::{Deserialize, Serialize};

/// A figure before and after, with the error of the difference itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Contrast {
    /// Mean over the futures before.
    pub before: f64,
    /// Mean over the same futures after.
    pub after: f64,
    /// After less before.
    pub difference: f64,
    /// Standard error of the difference: paired, so what both have in common cancels.
    pub standard_error: f64,
}

impl Contrast {
    /// Whether there is a difference and it is at least twice its standard error.
    pub fn is_clear(&self) -> bool {
        self.difference != 0.0 && self.difference.abs() >= 2.0 * self.standard_error
    }
}

/// A project before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairedProject {
    /// Which.
    pub id: String,
    /// Whether the plan on paper (before) funds it.
    pub in_plan: bool,
    /// How often it is funded.
    pub funded: Contrast,
}

/// What one change does. "The plan" is what is funded on paper before the change, in all figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paired {
    /// How often everything in the plan is funded.
    pub plan_holds: Contrast,
    /// How many projects are funded.
    pub funded: Contrast,
    /// Money received, in minor units.
    pub received_minor: Contrast,
    /// max(0, what the plan spends on paper − money received).
    pub shortfall_minor: Contrast,
    /// max(0, what the projects of the plan cost in that future − money received).
    pub gap_minor: Contrast,
    /// How often the account is below zero after some period; `None` where one of the plans does not look at time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Contrast>,
    /// What must be bridged then: max(0, −lowest balance), in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bridge_minor: Option<Contrast>,
    /// Each project, in the order before.
    pub projects: Vec<PairedProject>,
}

/// Sums of one figure before and after, replicate by replicate.
#[derive(Clone, Debug, Default)]
struct Sums {
    before: [u128; REPLICATES],
    after: [u128; REPLICATES],
    /// Σ (after − before)²: in the order of futures, so slicing cannot change it.
    squares: f64,
}

impl Sums {
    fn add(&mut self, replicates: impl Iterator<Item = usize>, before: &[u64], after: &[u64]) {
        for ((&before, &after), replicate) in before.iter().zip(after).zip(replicates) {
            self.before[replicate % REPLICATES] += u128::from(before);
            self.after[replicate % REPLICATES] += u128::from(after);
            let step = after.abs_diff(before) as f64;
            self.squares += step * step;
        }
    }

    /// Means, and the error of the difference: under Sobol s(d_r)/√16 over the scrambles' mean differences d_r; random:
    /// s(d)/√n over the futures.
    fn contrast(&self, per_replicate: &[u32; REPLICATES], sampler: Sampler) -> Contrast {
        let n: f64 = per_replicate.iter().map(|&n| f64::from(n)).sum();
        if n < 1.0 {
            return Contrast::default();
        }
        let mean = |sums: &[u128; REPLICATES]| sums.iter().sum::<u128>() as f64 / n;
        let (before, after) = (mean(&self.before), mean(&self.after));
        let steps = self.before.iter().zip(&self.after).map(|(&before, &after)| {
            // Subtracted while whole: no digit is lost.
            if after >= before {
                (after - before) as f64
            } else {
                -((before - after) as f64)
            }
        });
        let steps: Vec<f64> = steps.collect();
        let difference = steps.iter().sum::<f64>() / n;
        let standard_error = match sampler {
            Sampler::Sobol => {
                let replicates = steps.iter().zip(per_replicate).filter(|(_, n)| **n > 0);
                let means: Vec<f64> = replicates.map(|(step, &n)| step / f64::from(n)).collect();
                standard_error_of_mean(&means)
            }
            Sampler::Random if n > 1.0 => {
                let spread = (self.squares - n * difference * difference).max(0.0);
                (spread / (n - 1.0) / n).sqrt()
            }
            Sampler::Random => 0.0,
        };
        Contrast {
            before,
            after,
            difference,
            standard_error,
        }
    }
}

/// Every figure of a block of futures, one value a future.
#[derive(Clone, Debug, Default)]
struct Figures {
    holds: Vec<u64>,
    count: Vec<u64>,
    received_minor: Vec<u64>,
    shortfall_minor: Vec<u64>,
    gap_minor: Vec<u64>,
    /// Empty where nobody looks at time.
    short: Vec<u64>,
    bridge_minor: Vec<u64>,
    /// `funded[project]`, projects in the order before.
    funded: Vec<Vec<u64>>,
}

/// One plan after a change.
#[derive(Debug)]
struct After {
    simulation: Simulation,
    /// `positions[project]`: its place here of a project of before; `None` if it is gone.
    positions: Vec<Option<usize>>,
    sums: [Sums; 7],
    /// Whether both plans look at time.
    timed: bool,
    projects: Vec<Sums>,
}

/// A run that compares plans under common random numbers: every quantity that both plans have draws the same numbers in
/// the same futures, so only the change shows.
///
/// The plan before draws exactly what an ordinary run of its settings draws: its figures are those of [`Simulation`].
/// What only the plan after has draws numbers of its own. (A sector that has two pledges which may slip in one plan only
/// shares bad luck there alone.)
///
/// Cost: that of one ordinary run for each plan.
///
/// Source: common random numbers, Conway 1963; Law, *Simulation Modeling and Analysis*, 5th ed., section 11.2. The error
/// of the paired difference: ibid., 10.2.1.
#[derive(Debug)]
pub struct PairedRun {
    before: Simulation,
    afters: Vec<After>,
    /// Whose block is being run: 0 is before.
    turn: usize,
    per_replicate: [u32; REPLICATES],
    shown: Figures,
    scratch: Figures,
    /// What the whole blocks say.
    latest: Vec<Paired>,
}

impl PairedRun {
    /// `before` against each of `afters`, each under its own rule and settings, but all with the seed, sampler and count
    /// of futures of `before`.
    ///
    /// # Errors
    /// As [`Simulation::new`], for whichever scenario is at fault.
    pub fn new(before: &Scenario, afters: &[Scenario]) -> Result<Self, RiskError> {
        let FutureSettings {
            trials,
            seed,
            sampler,
            ..
        } = before.futures;
        let mut made = Vec::with_capacity(afters.len());
        let mut before = Simulation::new(before, &before.futures, &before.pool)?;
        for scenario in afters {
            let settings = FutureSettings {
                trials,
                seed,
                sampler,
                ..scenario.futures
            };
            let simulation = Simulation::new(scenario, &settings, &scenario.pool)?;
            made.push(After::new(&mut before, simulation));
        }
        let mut run = Self {
            before,
            afters: made,
            turn: 0,
            per_replicate: [0; REPLICATES],
            shown: Figures::default(),
            scratch: Figures::default(),
            latest: Vec::new(),
        };
        run.latest = run.afters.iter().map(|after| run.paired(after)).collect();
        Ok(run)
    }

    /// Does about `work` nanoseconds of work (by rough native reckoning; at least one future); whether there is more to
    /// do.
    pub fn step_for(&mut self, work: u64) -> bool {
        let mut left = self.before.futures_in(work);
        while left > 0 && self.trials_done() < self.trials_total() {
            self.advance(&mut left);
        }
        self.trials_done() < self.trials_total()
    }

    fn advance(&mut self, left: &mut usize) {
        let first = self.trials_done();
        let Some(place) = self.turn.checked_sub(1) else {
            if self.before.run_block(first, left) {
                let projects = self.before.project_ids().len();
                let positions: Vec<Option<usize>> = (0..projects).map(Some).collect();
                self.shown.read(&self.before, &self.before, first, &positions);
                self.shown.read_time(&mut self.before, first);
                self.end_turn();
            }
            return;
        };
        if let Some(after) = self.afters.get_mut(place)
            && after.simulation.run_block(first, left)
        {
            self.scratch
                .read(&after.simulation, &self.before, first, &after.positions);
            self.scratch.read_time(&mut after.simulation, first);
            after.add(&self.before, &self.shown, &self.scratch);
            self.end_turn();
        }
    }

    fn end_turn(&mut self) {
        self.turn += 1;
        if self.turn > self.afters.len() {
            self.turn = 0;
            let len = self.before.layout().block_len(self.trials_done());
            for replicate in self.before.layout().replicates().take(len) {
                self.per_replicate[replicate % REPLICATES] += 1;
            }
            // Now, while every plan has run the same futures.
            self.latest = self.afters.iter().map(|after| self.paired(after)).collect();
        }
    }

    /// Futures of each plan whose results are in the next [`snapshot`](Self::snapshot).
    pub fn trials_done(&self) -> u32 {
        self.per_replicate.iter().sum()
    }

    /// Futures of each plan in all.
    pub fn trials_total(&self) -> u32 {
        self.before.trials_total()
    }

    /// The settings, with the count of futures used.
    pub fn settings(&self) -> FutureSettings {
        self.before.settings()
    }

    /// The rule before.
    pub fn rule(&self) -> RuleId {
        self.before.rule()
    }

    /// What the futures so far say of each plan after, in order; whole blocks only.
    pub fn snapshot(&self) -> &[Paired] {
        &self.latest
    }

    fn paired(&self, after: &After) -> Paired {
        let sampler = self.before.settings().sampler;
        let of = |sums: &Sums| sums.contrast(&self.per_replicate, sampler);
        let planned: Vec<usize> = self.before.plan().projects().collect();
        let [holds, count, received, shortfall, gap, short, bridge] = &after.sums;
        let projects = self.before.project_ids().iter().zip(&after.projects).enumerate();
        Paired {
            plan_holds: of(holds),
            funded: of(count),
            received_minor: of(received),
            shortfall_minor: of(shortfall),
            gap_minor: of(gap),
            short: after.timed.then(|| of(short)),
            bridge_minor: after.timed.then(|| of(bridge)),
            projects: projects
                .map(|(position, (id, sums))| PairedProject {
                    id: id.clone(),
                    in_plan: planned.contains(&position),
                    funded: of(sums),
                })
                .collect(),
        }
    }
}

impl After {
    fn new(before: &mut Simulation, mut simulation: Simulation) -> Self {
        simulation.share_luck_of(before);
        let ids = simulation.project_ids();
        let positions: Vec<Option<usize>> = before
            .project_ids()
            .iter()
            .map(|id| ids.iter().position(|other| other == id))
            .collect();
        Self {
            projects: vec![Sums::default(); positions.len()],
            positions,
            simulation,
            sums: Default::default(),
            timed: false,
        }
    }

    fn add(&mut self, before: &Simulation, shown: &Figures, now: &Figures) {
        let replicates = || before.layout().replicates();
        let pairs = [
            (&shown.holds, &now.holds),
            (&shown.count, &now.count),
            (&shown.received_minor, &now.received_minor),
            (&shown.shortfall_minor, &now.shortfall_minor),
            (&shown.gap_minor, &now.gap_minor),
            (&shown.short, &now.short),
            (&shown.bridge_minor, &now.bridge_minor),
        ];
        self.timed = !shown.short.is_empty() && !now.short.is_empty();
        for (sums, (shown, now)) in self.sums.iter_mut().zip(pairs) {
            sums.add(replicates(), shown, now);
        }
        for (sums, (shown, now)) in self.projects.iter_mut().zip(shown.funded.iter().zip(&now.funded)) {
            sums.add(replicates(), shown, now);
        }
    }
}

impl Figures {
    /// Reads the block that `simulation` has just run from future `first` on; the plan is that of `before`, whose
    /// projects stand here at `positions`.
    fn read(
        &mut self,
        simulation: &Simulation,
        before: &Simulation,
        first: u32,
        positions: &[Option<usize>],
    ) {
        let (block, outcome) = simulation.block();
        let len = simulation.layout().block_len(first);
        self.funded.resize_with(positions.len(), Vec::new);
        self.count.clear();
        self.count.resize(len, 0);
        for flags in outcome.funded.iter() {
            for (count, &flag) in self.count.iter_mut().zip(flags) {
                *count += u64::from(flag);
            }
        }
        for (column, &position) in self.funded.iter_mut().zip(positions) {
            column.clear();
            if let Some(position) = position {
                column.extend(
                    outcome
                        .funded
                        .column(position)
                        .iter()
                        .map(|&flag| u64::from(flag)),
                );
            }
            column.resize(len, 0);
        }
        self.holds.clear();
        self.holds.resize(len, 1);
        for project in before.plan().projects() {
            if let Some(column) = self.funded.get(project) {
                for (holds, funded) in self.holds.iter_mut().zip(column) {
                    *holds &= funded;
                }
            }
        }
        gap::received(block, len, &mut self.received_minor);
        let spent = before.spent_on_paper_minor();
        self.shortfall_minor.clear();
        self.shortfall_minor.extend(
            self.received_minor
                .iter()
                .map(|received| spent.saturating_sub(*received)),
        );
        before
            .plan()
            .gaps_at(block, positions, &self.received_minor, &mut self.gap_minor);
    }

    /// Reads what must be bridged in the block that `simulation` has just run from future `first` on.
    fn read_time(&mut self, simulation: &mut Simulation, first: u32) {
        self.short.clear();
        self.bridge_minor.clear();
        if let Some(bridges) = simulation.bridges_minor(first) {
            self.bridge_minor.extend_from_slice(bridges);
            self.short
                .extend(bridges.iter().map(|&minor| u64::from(minor > 0)));
        }
    }
}
