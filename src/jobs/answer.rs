//! Answers as the JSON the command line prints and the page exports: one form, the same bytes in both.

use super::{ElectionReport, Response};
use crate::funding::FundReport;
use crate::interchange::write_scenario;
use crate::matching::coalition::{Outcome, Report, Solution};
use crate::matching::plan::{ResourcePlan, RolePlan};
use crate::risk::Futures;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// The answer as one JSON object and a line feed.
///
/// Partners and plain futures as they are. Of a pool `rule`, `budget`, `spent`, `selected` (ids in order of
/// purchase), `payments` (project → pledge → amount, in minor units of the base currency) and, under `report`,
/// everything else. Of an election the same with the file's own unit: `payments` (project → voter → amount) of what the
/// voters' equal parts bought, and `pool` (project → amount) of what the budget paid beside that. Of futures `funded`, `mobilised`, `sensitivity`, `trials`, `seed`,
/// `sampler` and the rest. Of a file the scenario.
pub fn answer_json(response: &Response) -> String {
    let text = match response {
        Response::Imported(imported) => return write_scenario(&imported.scenario),
        Response::Loaded(hash) => serde_json::to_string(&Loaded { loaded: hash }),
        Response::Partners(list) => serde_json::to_string(list),
        Response::PlainFutures(futures) => serde_json::to_string(futures),
        Response::WhatIf(answer) => serde_json::to_string(answer),
        Response::Indices(answer) => serde_json::to_string(answer),
        Response::Calibrated(answer) => serde_json::to_string(answer),
        Response::Pace(pace) => serde_json::to_string(pace),
        Response::Futures(futures) => serde_json::to_string(&FuturesAnswer::of(futures)),
        Response::Funded(report) => serde_json::to_string(&FundAnswer::of_scenario(report)),
        Response::Compared(comparison) => serde_json::to_string(comparison),
        Response::Election(election) => serde_json::to_string(&FundAnswer::of_election(election)),
        Response::PlainFund(answer) => serde_json::to_string(answer),
        Response::Coalition(answer) => serde_json::to_string(answer),
        Response::PlainCoalition(report) => serde_json::to_string(&PlainTeam::of(report)),
        Response::Plan { plan, roles } => serde_json::to_string(&PlanAnswer { plan, roles }),
        Response::PlainPlan(answer) => serde_json::to_string(answer),
        Response::Rings(answer) => serde_json::to_string(answer),
        Response::PlainRings(answer) => serde_json::to_string(answer),
        Response::Room(answer) => serde_json::to_string(answer),
        Response::PlainPairs(answer) => serde_json::to_string(answer),
        Response::Split(answer) => serde_json::to_string(answer),
        Response::PlainSplit(answer) => serde_json::to_string(answer),
        Response::Together(answer) => serde_json::to_string(answer),
        Response::Agreement(answer) => serde_json::to_string(answer),
        Response::Appeal(answer) => serde_json::to_string(answer),
    };
    // None of these can fail: every key is text, every number finite or null.
    let mut text = text.unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Loaded<'a> {
    loaded: &'a str,
}

/// A map in a stated order.
struct Ordered<T>(Vec<(String, T)>);

impl<T: Serialize> Serialize for Ordered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// An amount, whole where it can be.
#[derive(Serialize)]
#[serde(untagged)]
enum Amount {
    Whole(u64),
    Decimal(f64),
}

impl Amount {
    fn new(minor: u64, digits: u32) -> Self {
        match 10_u64.checked_pow(digits) {
            Some(scale) if minor.is_multiple_of(scale) => Self::Whole(minor / scale),
            Some(scale) => Self::Decimal(minor as f64 / scale as f64),
            None => Self::Whole(minor),
        }
    }
}

#[derive(Serialize)]
struct FundAnswer<'a> {
    rule: &'static str,
    budget: Amount,
    spent: Amount,
    selected: Vec<&'a str>,
    payments: Ordered<Ordered<Amount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pool: Option<Ordered<Amount>>,
    /// What the rule says, where it divides money; beside what that buys.
    #[serde(skip_serializing_if = "Option::is_none")]
    allocation: Option<Ordered<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allocation_minor: Option<Ordered<u64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    selected_in_file: Option<&'a [String]>,
    report: &'a FundReport,
}

impl<'a> FundAnswer<'a> {
    fn of_scenario(report: &'a FundReport) -> Self {
        let payments = report.allocation.payments_minor.iter().zip(&report.project_ids);
        let paid = payments
            .filter(|(payments, _)| !payments.is_empty())
            .map(|(payments, project)| {
                let amounts = payments.iter().filter_map(|&(participant, minor)| {
                    let id = report.participant_ids.get(participant)?;
                    Some((id.clone(), Amount::Whole(minor)))
                });
                (project.clone(), Ordered(amounts.collect()))
            });
        Self {
            payments: Ordered(paid.collect()),
            ..Self::bare(report, 0)
        }
    }

    fn of_election(election: &'a ElectionReport) -> Self {
        let report = &election.report;
        let granted = report.project_ids.iter().zip(&report.allocation.granted_minor);
        let by_voters = |id: &String| election.voter_payments.iter().any(|(project, _)| project == id);
        let amount = |minor: u64| Amount::new(minor, election.amount_digits);
        let pool = granted.filter(|(id, minor)| **minor > 0 && !by_voters(id));
        let pool = pool.map(|(id, &minor)| (id.clone(), amount(minor)));
        let paid = election.voter_payments.iter().map(|(project, payments)| {
            let amounts = payments
                .iter()
                .map(|(voter, minor)| (voter.clone(), amount(*minor)));
            (project.clone(), Ordered(amounts.collect()))
        });
        Self {
            payments: Ordered(paid.collect()),
            pool: Some(Ordered(pool.collect())),
            selected_in_file: election.selected_in_file.as_deref(),
            ..Self::bare(report, election.amount_digits)
        }
    }

    fn bare(report: &'a FundReport, digits: u32) -> Self {
        let selected = report.allocation.selected.iter();
        let ids = || report.project_ids.iter().cloned();
        let division = report.division.as_ref();
        Self {
            allocation: division.map(|division| {
                let unit = 10_u64.checked_pow(digits).unwrap_or(1) as f64;
                let amounts = division.allocation.iter().map(|amount| amount / unit);
                Ordered(ids().zip(amounts).collect())
            }),
            allocation_minor: division
                .map(|division| Ordered(ids().zip(division.allocation_minor.iter().copied()).collect())),
            rule: report.rule.code(),
            budget: Amount::new(report.budget_minor, digits),
            spent: Amount::new(report.spent_minor, digits),
            selected: selected
                .filter_map(|&project| report.project_ids.get(project))
                .map(String::as_str)
                .collect(),
            payments: Ordered(Vec::new()),
            pool: None,
            selected_in_file: None,
            report,
        }
    }
}

#[derive(Serialize)]
struct PlanAnswer<'a> {
    plan: &'a ResourcePlan,
    roles: &'a RolePlan,
}

/// A team of a plain instance: the best one at the top level, the others as alternatives.
#[derive(Serialize)]
struct PlainTeam<'a> {
    outcome: Outcome,
    members: Option<&'a [usize]>,
    objective: Option<u128>,
    lower_bound: Option<u128>,
    gap: Option<f64>,
    optimal: bool,
    alternatives: &'a [Solution],
    report: &'a Report,
}

impl<'a> PlainTeam<'a> {
    fn of(report: &'a Report) -> Self {
        let best = report.solutions.first();
        Self {
            outcome: report.outcome,
            members: best.map(|best| best.members.as_slice()),
            objective: best.map(|best| best.objective),
            lower_bound: report.lower_bound,
            gap: best.map(|best| best.gap),
            optimal: best.is_some_and(|best| best.optimal),
            alternatives: report.solutions.get(1..).unwrap_or_default(),
            report,
        }
    }
}

#[derive(Serialize)]
struct Funded<'a> {
    id: &'a str,
    probability: f64,
    standard_error: f64,
}

#[derive(Serialize)]
struct FuturesAnswer<'a> {
    funded: Vec<Funded<'a>>,
    trials: u32,
    seed: u64,
    sampler: crate::domain::Sampler,
    /// With `mobilised` and `sensitivity` at the top level.
    #[serde(flatten)]
    futures: &'a Futures,
}

impl<'a> FuturesAnswer<'a> {
    fn of(futures: &'a Futures) -> Self {
        let funded = futures.projects.iter().map(|project| Funded {
            id: &project.id,
            probability: project.funded.probability,
            standard_error: project.funded.standard_error,
        });
        Self {
            funded: funded.collect(),
            trials: futures.trials_done,
            seed: futures.settings.seed,
            sampler: futures.settings.sampler,
            futures,
        }
    }
}
