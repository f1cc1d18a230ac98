//! How much of an explanation is worked out: every part runs the rule again, and some rules are heavy.

use super::{Instance, Pool};
use crate::domain::RuleId;

/// Rough elementary operations one part of an explanation may take: some tenths of a second in a browser.
const BUDGET: u64 = 100_000_000;

/// Rough elementary operations of one run of the rule, at least 1.
///
/// A figure to stop by, not a measurement: it depends on the instance alone, so that every machine stops at the same
/// place and shows the same answer.
pub(super) fn run_cost(instance: &Instance, pool: &Pool) -> u64 {
    let projects = instance.projects().len() as u64;
    let pairs: u64 = (0..pool.projects())
        .map(|project| pool.payers(project).len() as u64)
        .sum();
    let points: u64 = instance
        .voices()
        .iter()
        .map(|voice| voice.points.len() as u64)
        .sum();
    let size = projects + pairs;
    let cost = match pool.rule() {
        RuleId::Greedy
        | RuleId::GreedyPerCost
        | RuleId::GreedyNoSkip
        | RuleId::GreedyThreshold
        | RuleId::InOrder => size,
        RuleId::Proportional => size.saturating_mul(projects),
        RuleId::EqualShares | RuleId::Phragmen => (size + points).saturating_mul(projects).saturating_mul(4),
        RuleId::Quadratic | RuleId::Pairwise => (size + points).saturating_mul(64),
        RuleId::MaximinSupport => (size + points)
            .saturating_mul(projects)
            .saturating_mul(projects)
            .saturating_mul(64),
        RuleId::MaxWelfare => (size + points).saturating_mul(4_096),
        RuleId::Nash | RuleId::Equilibrium => (size + points).saturating_mul(2_048),
    };
    cost.max(1)
}

/// Rough nanoseconds of native code that a future of the rule takes, at least 1: to slice work, never to decide a result.
///
/// Measured on the plan of 8 funders and 10 projects and on the case study E2, and scaled by what each rule walks through.
pub(super) fn future_nanoseconds(instance: &Instance, pool: &Pool) -> u64 {
    let (projects, participants) = (
        instance.projects().len() as u64,
        instance.participants().len() as u64,
    );
    let pairs: u64 = (0..pool.projects())
        .map(|project| pool.payers(project).len() as u64)
        .sum();
    let points: u64 = instance
        .voices()
        .iter()
        .map(|voice| voice.points.len() as u64)
        .sum();
    let size = projects + pairs;
    let squared = (size + points).saturating_mul(projects);
    let accounts = pool
        .accounts()
        .map_or(participants, |accounts| accounts.len() as u64);
    let nanoseconds = match pool.rule() {
        RuleId::Greedy | RuleId::GreedyNoSkip | RuleId::GreedyThreshold | RuleId::InOrder
            if !pool.has_limits() && pool.settlement().is_none() && accounts < 2 =>
        {
            10 + 2 * projects + 3 * participants
        }
        RuleId::Greedy
        | RuleId::GreedyPerCost
        | RuleId::GreedyNoSkip
        | RuleId::GreedyThreshold
        | RuleId::InOrder => size.saturating_mul(12),
        RuleId::Phragmen => (size + points).saturating_mul(12),
        RuleId::EqualShares => squared.saturating_mul(10),
        RuleId::Proportional | RuleId::MaximinSupport | RuleId::MaxWelfare => squared.saturating_mul(20),
        RuleId::Quadratic | RuleId::Pairwise | RuleId::Nash | RuleId::Equilibrium => {
            squared.saturating_mul(50)
        }
    };
    nanoseconds.max(1)
}

/// Fewer runs than this find nothing worth saying.
const FEWEST_RUNS: u64 = 64;

/// Whether the rule is light enough here to be run again for an explanation at all.
pub(super) fn is_light(instance: &Instance, pool: &Pool) -> bool {
    runs_allowed(instance, pool) >= FEWEST_RUNS
}

/// How many runs one part of an explanation may take.
pub(super) fn runs_allowed(instance: &Instance, pool: &Pool) -> u64 {
    BUDGET / run_cost(instance, pool)
}
