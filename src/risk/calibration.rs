//! What was assumed, brought up to date with what really happened: conjugate updates, with every figure of the arithmetic.

use super::beta::Beta;
use super::cost::{Cost, NORMAL_P90};
use crate::domain::{
    CostEstimate, CostShape, MAX_AMOUNT_MINOR, MAX_PERIODS, OrgId, Pledge, Probability, Project,
    PromiseOutcome, PromiseRecord, Reliability, Scenario, WHOLE_BASIS_POINTS,
};
use serde::{Deserialize, Serialize};

/// Shapes a haircut may have in a scenario.
const SHAPES: (f64, f64) = (0.01, 10_000.0);

/// A chance before and after n observations of yes or no.
///
/// The stated chance p is worth s observations: Beta(s·p, s·(1 − p)). With k times yes among n it becomes
/// Beta(s·p + k, s·(1 − p) + n − k), whose mean (s·p + k)/(s + n) is the chance to go on with.
///
/// Source: Beta–Bernoulli conjugacy, Gelman et al., *Bayesian Data Analysis*, 3rd ed., section 2.4.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChanceUpdate {
    /// p: what was stated.
    pub stated: f64,
    /// s: how many observations that is worth.
    pub strength: f64,
    /// k: how often it happened.
    pub happened: u32,
    /// n: of how many.
    pub of: u32,
    /// Shapes afterwards.
    pub shapes: (f64, f64),
    /// Mean afterwards.
    pub mean: f64,
    /// P5 and P95 afterwards; `None` where nothing speaks for any other chance (never stated and never seen).
    pub interval: Option<(f64, f64)>,
}

impl ChanceUpdate {
    /// The update of a chance `stated`, worth `strength` observations (above 0), by `happened` of `of` observations.
    pub fn new(stated: f64, strength: f64, happened: u32, of: u32) -> Self {
        let happened = happened.min(of);
        let a = strength * stated + f64::from(happened);
        let b = strength * (1.0 - stated) + f64::from(of - happened);
        let interval = Beta::new(a, b).map(|beta| (beta.quantile(0.05), beta.quantile(0.95)));
        Self {
            stated,
            strength,
            happened,
            of,
            shapes: (a, b),
            mean: (a / (a + b)).clamp(0.0, 1.0),
            interval,
        }
    }
}

/// The share lost of a missed promise, before and after.
///
/// Mean m' = (s·m + Σh)/(s + k) over k missed promises that lost the shares h; the concentration a + b of the stated
/// Beta(a, b) stays (s where all was thought lost), so what is learnt is how much, not how evenly.
///
/// Source: credibility estimate, Bühlmann, "Experience rating and credibility", ASTIN Bulletin 4 (1967).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HaircutUpdate {
    /// m: mean share lost that was stated.
    pub stated: f64,
    /// s
    pub strength: f64,
    /// k
    pub missed: u32,
    /// Σh
    pub lost: f64,
    /// m'
    pub mean: f64,
    /// Shapes to go on with; `None`: all is lost.
    pub shapes: Option<(f64, f64)>,
}

/// How many periods late promises are late, before and after.
///
/// Geometric with mean m, stated as worth s late promises: success θ = 1/m ~ Beta(s + 1, s·(m − 1)). With k late ones, late
/// by Σd periods in all, the mean of 1/θ becomes m' = (s·m + Σd)/(s + k). Without a stated delay s counts as 0.
///
/// Source: Beta–geometric conjugacy, Fink, *A Compendium of Conjugate Priors*, 1997.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DelayUpdate {
    /// The chance to be late, of promises that were paid in full.
    pub chance: ChanceUpdate,
    /// m, if stated.
    pub stated: Option<f64>,
    /// k
    pub late: u32,
    /// Σd
    pub periods: u32,
    /// m'
    pub mean: f64,
}

/// One pledge, brought up to date with the promises of its funder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PledgeCalibration {
    /// Which pledge.
    pub pledge: String,
    /// The chance to pay less than promised.
    pub default: ChanceUpdate,
    /// How much is lost then; `None` where nothing was missed.
    pub haircut: Option<HaircutUpdate>,
    /// How late it pays; `None` where nothing was late and nothing is stated.
    pub delay: Option<DelayUpdate>,
    /// What was stated.
    pub stated: Reliability,
    /// What the records suggest.
    pub suggested: Reliability,
    /// Whether the scenario already uses it.
    pub in_use: bool,
}

/// One project's cost, brought up to date with what projects really cost.
///
/// x = ln(actual ÷ estimated) ~ Normal(μ, σ²). What is stated is worth s projects: μ₀ and σ₀ from its own P10 and P90,
/// κ₀ = s, α₀ = s/2 + 1, β₀ = σ₀²·s/2. With n projects of mean x̄:
/// κ = κ₀ + n, μ = (κ₀μ₀ + n·x̄)/κ, α = α₀ + n/2, β = β₀ + ½Σ(x − x̄)² + κ₀·n·(x̄ − μ₀)²/(2κ).
/// The next project's x is then Student's t with 2α degrees of freedom, location μ and scale² β(κ + 1)/(ακ); P10 and P90 of
/// that make a lognormal cost.
///
/// Source: Normal–inverse-gamma conjugacy, Gelman et al., *Bayesian Data Analysis*, 3rd ed., section 3.3; that estimates
/// are judged by what earlier ones came to: Flyvbjerg, "From Nobel prize to project management", Project Management
/// Journal 37 (2006).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostUpdate {
    /// Which project.
    pub project: String,
    /// μ₀
    pub stated_mean: f64,
    /// σ₀
    pub stated_spread: f64,
    /// (κ, μ, α, β) afterwards.
    pub posterior: (f64, f64, f64, f64),
    /// P10, median and P90 of actual ÷ likely afterwards.
    pub ratios: [f64; 3],
    /// What was stated.
    pub stated: CostEstimate,
    /// What the records suggest: of a project that is completed what it cost.
    pub suggested: CostEstimate,
    /// It is completed: its own record says what it cost.
    pub completed: bool,
    /// Whether the scenario already uses it.
    pub in_use: bool,
}

/// Costs brought up to date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostCalibration {
    /// n: completed projects.
    pub of: u32,
    /// x̄: mean of ln(actual ÷ estimated).
    pub mean: f64,
    /// Σ(x − x̄)²
    pub squares: f64,
    /// Every project with a cost above 0, in order.
    pub projects: Vec<CostUpdate>,
}

/// Every assumption brought up to date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// s: how many observations a stated assumption is worth.
    pub strength: f64,
    /// Each pledge whose funder has records, in order.
    pub pledges: Vec<PledgeCalibration>,
    /// Costs, where a project is completed.
    pub costs: Option<CostCalibration>,
}

/// Brings the assumptions of a scenario up to date with its records. Records count for all pledges of the same funder.
///
/// It always starts from what people stated, also where records were taken over before: nothing counts twice. The order
/// of rows does not matter for any figure. Cost: O(pledges · records + projects · records). No errors.
pub fn calibrate(scenario: &Scenario) -> Calibration {
    let strength = scenario.records.strength();
    Calibration {
        strength,
        pledges: scenario
            .pledges
            .iter()
            .filter_map(|pledge| of_pledge(scenario, pledge, strength))
            .collect(),
        costs: of_costs(scenario, strength),
    }
}

fn funder<'a>(scenario: &'a Scenario, record: &PromiseRecord) -> Option<&'a OrgId> {
    let pledge = scenario.pledges.iter().find(|pledge| pledge.id == record.pledge);
    pledge.map(|pledge| &pledge.funder)
}

fn of_pledge(scenario: &Scenario, pledge: &Pledge, strength: f64) -> Option<PledgeCalibration> {
    let records = scenario.records.promises.iter();
    let records: Vec<&PromiseRecord> = records
        .filter(|record| funder(scenario, record) == Some(&pledge.funder))
        .collect();
    let of = count(records.len());
    if of == 0 {
        return None;
    }
    let with = |outcome: PromiseOutcome| records.iter().filter(move |record| record.outcome == outcome);
    let missed = count(with(PromiseOutcome::Missed).count());
    let late = count(with(PromiseOutcome::Late).count());
    let stated = scenario
        .records
        .stated_reliability(&pledge.id, pledge.reliability);
    let default = ChanceUpdate::new(stated.default_probability.get(), strength, missed, of);
    // In whole basis points: the order of records does not matter.
    let lost: u64 = with(PromiseOutcome::Missed)
        .map(|record| u64::from(WHOLE_BASIS_POINTS.saturating_sub(record.paid_basis_points)))
        .sum();
    let haircut = (missed > 0).then(|| haircut(stated.haircut, strength, missed, lost));
    let periods: u32 = with(PromiseOutcome::Late)
        .map(|record| u32::from(record.periods_late))
        .sum();
    let delay = delay(stated.delay, strength, [late, of - missed], periods);
    let suggested = Reliability {
        default_probability: Probability::new(default.mean).unwrap_or(stated.default_probability),
        haircut: haircut.map_or(stated.haircut, |haircut| haircut.shapes),
        delay: delay.map_or(stated.delay, |delay| {
            let most = MAX_PERIODS as f64;
            (delay.chance.mean > 0.0).then_some((delay.chance.mean, delay.mean.clamp(1.0, most)))
        }),
        ..stated
    };
    Some(PledgeCalibration {
        pledge: pledge.id.to_string(),
        default,
        haircut,
        delay,
        stated,
        suggested,
        in_use: pledge.reliability == suggested,
    })
}

fn haircut(stated: Option<(f64, f64)>, strength: f64, missed: u32, lost_basis_points: u64) -> HaircutUpdate {
    let (mean, concentration) = match stated {
        Some((a, b)) => (a / (a + b), a + b),
        None => (1.0, strength),
    };
    let lost = lost_basis_points as f64 / f64::from(WHOLE_BASIS_POINTS);
    let updated = ((strength * mean + lost) / (strength + f64::from(missed))).clamp(0.0, 1.0);
    let shape = |share: f64| (share * concentration).clamp(SHAPES.0, SHAPES.1);
    HaircutUpdate {
        stated: mean,
        strength,
        missed,
        lost,
        mean: updated,
        shapes: (updated < 1.0).then(|| (shape(updated), shape(1.0 - updated))),
    }
}

fn delay(
    stated: Option<(f64, f64)>,
    strength: f64,
    [late, of]: [u32; 2],
    periods: u32,
) -> Option<DelayUpdate> {
    if stated.is_none() && late == 0 {
        return None;
    }
    let (chance, mean) = stated.map_or((0.0, None), |(chance, mean)| (chance, Some(mean)));
    let weight = if mean.is_some() { strength } else { 0.0 };
    let all = weight * mean.unwrap_or(0.0) + f64::from(periods);
    Some(DelayUpdate {
        chance: ChanceUpdate::new(chance, strength, late, of),
        stated: mean,
        late,
        periods,
        // Late by one period at least; weight + late is above 0 here.
        mean: (all / (weight + f64::from(late))).max(1.0),
    })
}

fn of_costs(scenario: &Scenario, strength: f64) -> Option<CostCalibration> {
    let records = &scenario.records.costs;
    let mut seen: Vec<f64> = records
        .iter()
        .filter(|record| record.estimated_minor > 0 && record.actual_minor > 0)
        .map(|record| libm::log(record.actual_minor as f64 / record.estimated_minor as f64))
        .collect();
    if seen.is_empty() {
        return None;
    }
    // Sums in ascending order: the order of records does not matter.
    crate::order::sort_by(&mut seen, f64::total_cmp);
    let n = seen.len() as f64;
    let mean = seen.iter().sum::<f64>() / n;
    let squares = seen.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    let projects = scenario.projects.iter();
    Some(CostCalibration {
        of: count(seen.len()),
        mean,
        squares,
        projects: projects
            .filter_map(|project| of_project(scenario, project, strength, [n, mean, squares]))
            .collect(),
    })
}

fn of_project(
    scenario: &Scenario,
    project: &Project,
    strength: f64,
    [n, mean, squares]: [f64; 3],
) -> Option<CostUpdate> {
    let stated = scenario.records.stated_cost(&project.id, project.cost);
    let cost = Cost::new(project.id.as_str(), &stated).ok()?;
    let likely = stated.likely_minor as f64;
    let (low, high) = (cost.quantile(0.1), cost.quantile(0.9));
    if low <= 0.0 || likely <= 0.0 {
        return None;
    }
    let (low, high) = (libm::log(low / likely), libm::log(high / likely));
    let stated_mean = 0.5 * (low + high);
    let stated_spread = (high - low) / (2.0 * NORMAL_P90);
    let kappa = strength + n;
    let mu = (strength * stated_mean + n * mean) / kappa;
    let alpha = 0.5 * strength + 1.0 + 0.5 * n;
    let apart = mean - stated_mean;
    let beta = 0.5 * stated_spread * stated_spread * strength
        + 0.5 * squares
        + strength * n * apart * apart / (2.0 * kappa);
    let scale = (beta * (kappa + 1.0) / (alpha * kappa)).sqrt();
    let reach = scale * student_p90(2.0 * alpha);
    let ratios = [mu - reach, mu, mu + reach].map(libm::exp);
    let completed = scenario
        .records
        .costs
        .iter()
        .rev()
        .find(|record| record.project == project.id && record.actual_minor > 0);
    let suggested = completed.map_or_else(
        || lognormal(ratios.map(|ratio| likely * ratio)),
        |record| CostEstimate::fixed(record.actual_minor),
    );
    Some(CostUpdate {
        project: project.id.to_string(),
        stated_mean,
        stated_spread,
        posterior: (kappa, mu, alpha, beta),
        ratios,
        stated,
        suggested,
        completed: completed.is_some(),
        in_use: project.cost == suggested,
    })
}

/// A lognormal cost of these P10, median and P90, in whole minor units.
fn lognormal(figures: [f64; 3]) -> CostEstimate {
    let [low_minor, likely_minor, high_minor] =
        figures.map(|figure| super::money::round_half_even(figure).clamp(1, MAX_AMOUNT_MINOR));
    CostEstimate {
        shape: CostShape::Lognormal,
        low_minor,
        likely_minor,
        high_minor,
    }
}

/// P90 of Student's t: P(T < −t) = ½·I_x(ν/2, ½) with x = ν/(ν + t²).
///
/// Source: DLMF 8.17.
fn student_p90(degrees: f64) -> f64 {
    let shape = (0.5 * degrees).clamp(SHAPES.0, SHAPES.1);
    let x = Beta::new(shape, 0.5).map_or(1.0, |beta| beta.quantile(0.2));
    (2.0 * shape * (1.0 - x) / x).sqrt()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "calibration_tests.rs"]
mod tests;
