//! The commands: read a file, ask the one engine, tell the answer.

use super::answers::{fund_table, futures_table, partners_table, plain_fund_table};
use super::arguments::{FundOptions, MatchOptions, SimulateOptions, Target};
use super::cash_table::{further_tables, plain_cash};
use super::{Failure, Output, words};
use gotong::domain::{FutureSettings, Language, OrgId, PoolPlan, RuleId, Scenario};
use gotong::funding::continuous::PlainFund;
use gotong::interchange::{
    Format, ImportError, Imported, MAX_FILE_BYTES, import as import_file, pb, recognise,
    write_organisations_csv, write_scenario,
};
use gotong::jobs::{FuturesRun, JobError, Request, Response, ScenarioRef, answer_json, inline};
use gotong::objects;
use gotong::risk::{MAX_THREADS, PlainPlan, run_on_threads};
use std::fs::File;
use std::io::{self, Read};
use std::num::NonZero;
use std::path::Path;
use std::thread;

/// A file's name as a sentence shows it.
pub fn shown(file: &Path) -> String {
    if file.as_os_str() == "-" {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    }
}

/// A file's bytes; `-` is standard input. Reading stops just above the size limit, so that a file that never
/// ends is refused too.
pub fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let limit = MAX_FILE_BYTES + 1;
    let result = if file.as_os_str() == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|opened| opened.take(limit).read_to_end(&mut bytes))
    };
    result.map_err(|error| Failure::Usage(format!("{} cannot be read: {error}.", shown(file))))?;
    Ok(bytes)
}

fn unreadable(file: &Path, error: &ImportError) -> Failure {
    Failure::Usage(format!(
        "{} cannot be read: {}",
        shown(file),
        words::import_error(error)
    ))
}

/// A scenario from anything the page imports, and what was wrong with it.
pub fn scenario(file: &Path, bytes: &[u8]) -> Result<(Scenario, Vec<String>), Failure> {
    let imported: Imported =
        import_file(&file.to_string_lossy(), bytes).map_err(|error| unreadable(file, &error))?;
    let name = shown(file);
    let warnings = imported
        .problems
        .iter()
        .map(|problem| words::row_problem(&name, problem))
        .collect();
    Ok((imported.scenario, warnings))
}

/// Runs a request here.
pub fn ask(request: Request) -> Result<Response, Failure> {
    inline::run(request).map_err(Failure::Job)
}

/// `gotong match`.
pub fn find(options: &MatchOptions) -> Result<Output, Failure> {
    let (scenario, warnings) = scenario(&options.file, &read(&options.file)?)?;
    let seeker = seeker(&scenario, options.seeker.as_deref())?;
    let response = ask(Request::Match {
        scenario: ScenarioRef::Inline(Box::new(scenario.clone())),
        seeker,
        mode: options.mode,
        top: options.top,
        weights: None,
    })?;
    let text = match &response {
        Response::Partners(list) if !options.json => partners_table(&scenario, list),
        other => answer_json(other),
    };
    Ok(Output { text, warnings })
}

/// By id, else by name where only one organisation has it, else the scenario's lead.
fn seeker(scenario: &Scenario, asked: Option<&str>) -> Result<OrgId, Failure> {
    let Some(asked) = asked else {
        return scenario.partnership.lead.clone().ok_or_else(|| {
            Failure::Usage("Say for whom: --for ORG (the file names no lead organisation).".to_owned())
        });
    };
    let by_id = scenario
        .organisations
        .iter()
        .find(|organisation| organisation.id.as_str() == asked);
    if let Some(organisation) = by_id {
        return Ok(organisation.id.clone());
    }
    let lower = asked.to_lowercase();
    let mut named = scenario.organisations.iter().filter(|organisation| {
        Language::ALL
            .into_iter()
            .any(|language| organisation.name.get(language).to_lowercase() == lower)
    });
    match (named.next(), named.next()) {
        (Some(only), None) => Ok(only.id.clone()),
        // Unknown or not one: the job says so, with the id asked for.
        _ => OrgId::new(asked)
            .map_err(|_| Failure::Usage("--for wants an organisation's id or name.".to_owned())),
    }
}

/// `gotong fund`.
pub fn fund(options: &FundOptions) -> Result<Output, Failure> {
    let bytes = read(&options.file)?;
    if let Some(output) = fund_plain(options, &bytes)? {
        return Ok(output);
    }
    let (match_cap_minor, pair_bound_minor) = (
        whole(options.cap, "cap")?,
        whole(options.pair_bound, "pair-bound")?,
    );
    let own = |rule: RuleId| PoolPlan {
        rule,
        threshold_votes: options.threshold,
        completion: options.completion,
        comparison: options.compare,
        utility: options.utility,
        match_cap_minor,
        pair_bound_minor,
        ..PoolPlan::default()
    };
    let is_of_shares = options.completion.is_some() || options.compare.is_some() || options.utility.is_some();
    if recognise(&options.file.to_string_lossy(), &bytes) == Some(Format::Pabulib) {
        let pool = match (options.rule, options.threshold) {
            (None, None) if is_of_shares => Some(own(RuleId::EqualShares)),
            (None, None) => None,
            (rule, _) => Some(own(rule.unwrap_or(RuleId::GreedyThreshold))),
        };
        let response = ask(Request::FundElection { bytes, pool })?;
        let text = match &response {
            Response::Election(election) if !options.json => {
                fund_table(&election.report, election.amount_digits, "")
            }
            other => answer_json(other),
        };
        return Ok(Output {
            text,
            warnings: Vec::new(),
        });
    }
    let (scenario, warnings) = scenario(&options.file, &bytes)?;
    let base = scenario.base_currency;
    let mut pool = scenario.pool.clone();
    pool.rule = options.rule.unwrap_or(pool.rule);
    pool.threshold_votes = options.threshold.or(pool.threshold_votes);
    pool.completion = options.completion.or(pool.completion);
    pool.comparison = options.compare.or(pool.comparison);
    pool.utility = options.utility.or(pool.utility);
    pool.match_cap_minor = match_cap_minor.or(pool.match_cap_minor);
    pool.pair_bound_minor = pair_bound_minor.or(pool.pair_bound_minor);
    let response = ask(Request::Fund {
        scenario: ScenarioRef::Inline(Box::new(scenario)),
        pool: Some(pool),
    })?;
    let text = match &response {
        Response::Funded(report) if !options.json => fund_table(report, base.minor_digits(), base.code()),
        other => answer_json(other),
    };
    Ok(Output { text, warnings })
}

/// An amount in minor units, which are whole.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole, and read as 0 to 10^15"
)]
fn whole(amount: Option<f64>, option: &str) -> Result<Option<u64>, Failure> {
    match amount {
        Some(amount) if amount.fract() != 0.0 => Err(Failure::Usage(format!(
            "--{option} is in minor units here and wants a whole number, not {amount}."
        ))),
        amount => Ok(amount.map(|amount| amount as u64)),
    }
}

/// The plain forms, if the file is JSON that states no version of a scenario.
fn fund_plain(options: &FundOptions, bytes: &[u8]) -> Result<Option<Output>, Failure> {
    let json: Option<serde_json::Value> = objects::from_slice(bytes).ok();
    let has = |field: &str| json.as_ref().is_some_and(|json| json.get(field).is_some());
    if has("version") || !(has("contributions") || has("donors")) {
        return Ok(None);
    }
    let name = shown(&options.file);
    let mut input: PlainFund = objects::from_slice(bytes)
        .map_err(|error| Failure::Usage(format!("{name} cannot be read: {error}.")))?;
    input.cap = options.cap.or(input.cap);
    input.pair_bound = options.pair_bound.or(input.pair_bound);
    let request = Request::FundPlain {
        input: Box::new(input),
        rule: options.rule,
    };
    let response = ask(request).map_err(|failure| match failure {
        Failure::Job(JobError::OutOfRange { value, .. }) => {
            Failure::Usage(format!("{name} cannot be used: {value}."))
        }
        other => other,
    })?;
    let text = match &response {
        Response::PlainFund(answer) if !options.json => plain_fund_table(answer),
        other => answer_json(other),
    };
    Ok(Some(Output {
        text,
        warnings: Vec::new(),
    }))
}

/// Runs a request for futures on so many threads; without a number, on as many as there are processors.
fn ask_on(request: Request, workers: Option<usize>) -> Result<Response, Failure> {
    if let Some(workers) = workers.filter(|workers| !(1..=MAX_THREADS).contains(workers)) {
        return Err(Failure::Usage(format!(
            "--workers is from 1 to {MAX_THREADS}, not {workers}."
        )));
    }
    let threads = workers.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get));
    let run = FuturesRun::new(request).map_err(Failure::Job)?;
    run.answer(|simulation| run_on_threads(simulation, threads))
        .map_err(|error| {
            let detail = error.to_string();
            Failure::Job(JobError::BadRequest { detail })
        })
}

/// `gotong simulate`.
pub fn simulate(options: &SimulateOptions) -> Result<Output, Failure> {
    let bytes = read(&options.file)?;
    if options.indices || !options.cards.is_empty() {
        return super::what_if::what_if(options, &bytes);
    }
    if let Some(plan) = plain_plan(options, &bytes)? {
        let settings = chosen(FutureSettings::default(), options);
        let response = ask_on(Request::SimulatePlain { plan, settings }, options.workers)?;
        let text = match &response {
            Response::PlainFutures(futures) if !options.json => {
                let funded = futures.funded.iter();
                let rows =
                    funded.map(|project| (project.id.as_str(), project.probability, project.standard_error));
                let mut text =
                    futures_table(rows, futures.trials, futures.mobilised, 0, &futures.sensitivity);
                text.push_str(&futures.cash.as_ref().map(plain_cash).unwrap_or_default());
                text
            }
            other => answer_json(other),
        };
        return Ok(Output {
            text,
            warnings: Vec::new(),
        });
    }
    let (scenario, warnings) = scenario(&options.file, &bytes)?;
    let digits = scenario.base_currency.minor_digits();
    let mut pool = scenario.pool.clone();
    pool.rule = options.rule.unwrap_or(pool.rule);
    let request = Request::Simulate {
        settings: Some(chosen(scenario.futures, options)),
        pool: Some(pool),
        scenario: ScenarioRef::Inline(Box::new(scenario)),
    };
    let response = ask_on(request, options.workers)?;
    let text = match &response {
        Response::Futures(futures) if !options.json => {
            let projects = futures.projects.iter();
            let rows = projects.map(|project| {
                (
                    project.id.as_str(),
                    project.funded.probability,
                    project.funded.standard_error,
                )
            });
            let mut text = futures_table(
                rows,
                futures.trials_done,
                futures.mobilised,
                digits,
                &futures.sensitivity,
            );
            text.push_str(&further_tables(futures, digits));
            text
        }
        other => answer_json(other),
    };
    Ok(Output { text, warnings })
}

/// The plain form, if the file is JSON that states no version of a scenario.
pub fn plain_plan(options: &SimulateOptions, bytes: &[u8]) -> Result<Option<PlainPlan>, Failure> {
    let json: Option<serde_json::Value> = objects::from_slice(bytes).ok();
    let plain = json.filter(|json| json.get("version").is_none() && json.get("pledges").is_some());
    if plain.is_none() {
        return Ok(None);
    }
    let mut plan: PlainPlan = objects::from_slice(bytes)
        .map_err(|error| Failure::Usage(format!("{} is no plain plan: {error}.", shown(&options.file))))?;
    plan.rule = options.rule.unwrap_or(plan.rule);
    plan.period_months = options.period_months.unwrap_or(plan.period_months);
    plan.periods = options.periods.unwrap_or(plan.periods);
    plan.opening = options.opening_minor.map_or(plan.opening, |amount| amount as f64);
    Ok(Some(plan))
}

pub fn chosen(mut settings: FutureSettings, options: &SimulateOptions) -> FutureSettings {
    settings.trials = options.trials.unwrap_or(settings.trials);
    settings.seed = options.seed.unwrap_or(settings.seed);
    settings.sampler = options.sampler.unwrap_or(settings.sampler);
    settings.period_months = options.period_months.unwrap_or(settings.period_months);
    settings.periods = options.periods.unwrap_or(settings.periods);
    settings.opening_minor = options.opening_minor.unwrap_or(settings.opening_minor);
    settings
}

/// `gotong run`.
pub fn run(file: &Path) -> Result<Output, Failure> {
    let bytes = read(file)?;
    let request: Request = objects::from_slice(&bytes)
        .map_err(|error| Failure::Usage(format!("{} is no request: {error}.", shown(file))))?;
    let response = ask(request)?;
    // A response holds nothing JSON cannot say.
    let mut text = serde_json::to_string(&response).unwrap_or_default();
    text.push('\n');
    Ok(Output {
        text,
        warnings: Vec::new(),
    })
}

/// `gotong import`.
pub fn import(file: &Path) -> Result<Output, Failure> {
    let (scenario, warnings) = scenario(file, &read(file)?)?;
    Ok(Output {
        text: write_scenario(&scenario),
        warnings,
    })
}

/// `gotong export`.
pub fn export(file: &Path, to: Target) -> Result<Output, Failure> {
    let bytes = read(file)?;
    if to == Target::Pb && recognise(&file.to_string_lossy(), &bytes) == Some(Format::Pabulib) {
        // Election to election: nothing goes through a scenario, so nothing is left behind.
        let election = pb::read_election(&bytes).map_err(|error| unreadable(file, &error))?;
        let name = shown(file);
        let warnings = election
            .problems
            .iter()
            .map(|problem| words::row_problem(&name, problem));
        return Ok(Output {
            text: pb::write_election(&election),
            warnings: warnings.collect(),
        });
    }
    let (scenario, warnings) = scenario(file, &bytes)?;
    let text = match to {
        Target::Pb => pb::write_scenario(&scenario, Language::default()).map_err(|error| {
            Failure::Usage(format!(
                "{} cannot be written as an election: {}",
                shown(file),
                words::pb_write_error(&error)
            ))
        })?,
        Target::Json => write_scenario(&scenario),
        Target::Csv => write_organisations_csv(&scenario),
    };
    Ok(Output { text, warnings })
}

/// `gotong schema`.
#[cfg(feature = "schema")]
pub fn schema() -> Result<Output, Failure> {
    Ok(Output {
        text: gotong::interchange::scenario_schema(),
        warnings: Vec::new(),
    })
}
