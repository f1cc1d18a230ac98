//! What a funder sees: the outcome of the pool, what each pledge does in it, and what would fund the next
//! project.

use super::changes::next_project;
use super::properties::violations;
use super::run::explain;
use super::{
    FundReport, FunderStatement, FundingError, Instance, LayeredCapital, Outcome, Pool, ResultsPayment,
    Verdict, schedule,
};
use crate::domain::{Layer, PoolPlan, Scenario};

/// Everything the pool view shows for the rule of `plan`, on the scenario's own figures.
///
/// Statements follow the order of the pledges, one each; an organisation with two pledges has two. Votes stay
/// as they are when a pledge is taken out: it is the money that leaves, not the voice.
///
/// Cost: one run, one for each pledge, and some hundreds for the next project.
///
/// # Errors
/// [`FundingError`] where the scenario has no sound instance.
pub fn report(scenario: &Scenario, plan: &PoolPlan) -> Result<FundReport, FundingError> {
    let mut report = report_instance(&Instance::from_scenario(scenario)?, plan)?;
    // Here real pledges pay: what virtual purses paid is the voters' business, and may be long.
    report.voice_payments.clear();
    // Positions are the same on both sides: participants are the pledges, in order.
    let pledges = || scenario.pledges.iter().zip(&report.statements);
    let payments: Vec<(u64, &[u32])> = pledges()
        .map(|(pledge, statement)| (statement.pays_minor, pledge.terms.tranches.as_slice()))
        .collect();
    let granted = scenario.projects.iter().zip(&report.allocation.granted_minor);
    let months = scenario.period_months(&scenario.futures);
    let needs: Vec<_> = granted
        .map(|(project, &granted)| (granted, project.needs_by_period(months)))
        .collect();
    let grants: Vec<(u64, &[u32])> = needs
        .iter()
        .map(|(granted, parts)| (*granted, parts.as_ref()))
        .collect();
    let results = pledges().filter_map(|(pledge, statement)| {
        let terms = pledge.terms.results.as_ref()?;
        let (pledged, advance) = (statement.pledged_minor, statement.pays_minor);
        Some(ResultsPayment::new(
            statement.participant,
            terms,
            pledged,
            advance,
        ))
    });
    let results = results.collect();
    let layered = scenario.pledges.iter().any(|pledge| pledge.terms.layer.is_some());
    let capital = pledges().map(|(pledge, statement)| {
        // Money given without a word about losses does not come back: it is a grant.
        let layer = pledge.terms.layer.unwrap_or(Layer::Grant);
        let stands_for = match layer {
            Layer::Guarantee => statement.pledged_minor,
            _ => statement.pays_minor,
        };
        (statement.participant, layer, stands_for)
    });
    let layers = layered.then(|| LayeredCapital::new(&capital.collect::<Vec<_>>()));
    report.schedule =
        schedule(&payments, &grants).map(|plan| plan.opened_with(scenario.futures.opening_minor));
    (report.layers, report.results) = (layers, results);
    Ok(report)
}

/// As [`report`], of an instance from elsewhere.
///
/// # Errors
/// As [`Pool::new`].
pub fn report_instance(instance: &Instance, plan: &PoolPlan) -> Result<FundReport, FundingError> {
    let pool = Pool::new(instance, plan)?;
    let outcome = pool.run_on_paper();
    let run = explain(instance, &pool, &outcome);
    let mut without = Outcome::default();
    let mut purses = instance.purses_minor();
    let mut statements = Vec::with_capacity(purses.len());
    for participant in 0..purses.len() {
        let pledged = purses
            .get_mut(participant)
            .map(std::mem::take)
            .unwrap_or_default();
        pool.run(&purses, pool.costs_minor(), &mut without);
        if let Some(purse) = purses.get_mut(participant) {
            *purse = pledged;
        }
        statements.push(statement(&pool, participant, pledged, &outcome, &without));
    }
    let found = next_project(instance, plan, &pool)?;
    Ok(FundReport {
        rule: plan.rule,
        project_ids: instance.project_ids(),
        cost_minor: instance.costs_minor(),
        participant_ids: instance.participant_ids(),
        funder_ids: instance
            .participants()
            .iter()
            .map(|who| who.funder().to_owned())
            .collect(),
        budget_minor: instance.budget_minor(),
        division: pool.division(instance, plan),
        spent_minor: outlay(&outcome),
        statements,
        schedule: None,
        layers: None,
        results: Vec::new(),
        next: found.next,
        next_cut_short: found.cut_short,
        verified: violations(instance, plan, &run.allocation).is_empty(),
        allocation: run.allocation,
        trace: run.trace,
        voice_payments: by_project(&outcome),
        equal_shares: outcome.equal_shares,
        rounds: outcome.rounds,
        welfare: outcome.welfare,
        conditions: outcome.conditions,
        explanation: None,
    })
}

/// What virtual purses paid, project by project.
fn by_project(outcome: &Outcome) -> Vec<(usize, Vec<(usize, u64)>)> {
    let mut list: Vec<(usize, Vec<(usize, u64)>)> = Vec::new();
    for payment in &outcome.voice_payments {
        let paid = (payment.participant, payment.amount_minor);
        match list.last_mut() {
            Some((project, payments)) if *project == payment.project => payments.push(paid),
            _ => list.push((payment.project, vec![paid])),
        }
    }
    list
}

fn outlay(outcome: &Outcome) -> u64 {
    outcome.granted_minor.iter().sum()
}

fn statement(
    pool: &Pool,
    participant: usize,
    pledged_minor: u64,
    with: &Outcome,
    without: &Outcome,
) -> FunderStatement {
    let pays_minor = with.spent_minor.get(participant).copied().unwrap_or(0);
    let supports = |project: usize| {
        pool.payers(project)
            .iter()
            .any(|&payer| payer as usize == participant)
    };
    let funded_in = |outcome: &Outcome, project: usize| outcome.funded.get(project).copied().unwrap_or(false);
    let signed = |minor: u64| i64::try_from(minor).unwrap_or(i64::MAX);
    let grants = with.granted_minor.iter().enumerate();
    let settled = |list: &[u64]| list.get(participant).copied().unwrap_or(0);
    let refunded_minor = settled(&with.settled.refunded_minor);
    let overhead_minor = settled(&with.settled.overhead_minor);
    let left = pledged_minor - pays_minor - refunded_minor - overhead_minor;
    let alone_minor = grants
        .filter(|(project, _)| supports(*project))
        .map(|(_, &granted)| granted)
        .sum();
    FunderStatement {
        participant,
        pledged_minor,
        pays_minor,
        unlocked_minor: signed(outlay(with)) - signed(outlay(without)) - signed(pays_minor),
        alone_minor,
        burden_ratio: (alone_minor > 0).then(|| pays_minor as f64 / alone_minor as f64),
        falls_if_leaves: (0..pool.projects())
            .filter(|&project| funded_in(with, project) && !funded_in(without, project))
            .collect(),
        blocked_minor: blocked_minor(pool, participant, left, with, &supports),
        kept_from: if left > 0 {
            wanting(with).filter(|&project| !supports(project)).collect()
        } else {
            Vec::new()
        },
        refunded_minor,
        overhead_minor,
    }
}

/// Admitted projects that still want money, in the order of the decisions.
fn wanting(outcome: &Outcome) -> impl Iterator<Item = usize> {
    let wanting = outcome.steps.iter().filter(|step| {
        matches!(
            step.verdict,
            Verdict::DoesNotFit { .. }
                | Verdict::AfterStop
                | Verdict::BoughtInPart
                | Verdict::SupportersShort { .. }
        )
    });
    wanting.map(|step| step.project)
}

/// What stayed of a purse because of its own restrictions: all of it, if some admitted project still wants
/// money and none of these is one it may pay for; else nothing.
fn blocked_minor(
    pool: &Pool,
    participant: usize,
    unspent: u64,
    outcome: &Outcome,
    supports: &impl Fn(usize) -> bool,
) -> u64 {
    debug_assert!(participant < pool.participants(), "positions come from the pool");
    let (mut anyone, mut mine) = (false, false);
    for project in wanting(outcome) {
        anyone = true;
        mine |= supports(project);
    }
    if anyone && !mine { unspent } else { 0 }
}
