//! The tasks of a partnership: its team, who gives what to whom, rings, the whole room, the split of costs, what it is
//! worth, its agreement. How searches run a little at a time: [`super::anytime`].

use super::anytime::{PlainExchange, PlainTeam, Team, searching};
use super::task::{StepSize, Task, once, out_of_range};
use super::{JobError, Request, Residents, Response};
use crate::domain::Scenario;
use crate::matching::coalition::{self, CoalitionError, Limits};
use crate::matching::cost_split::{SplitError, SplitLimits, TeamSplitSearch};
use crate::matching::plan::{PlanError, assign_roles, partnership_plan, plan_plain};
use crate::matching::rings::{RingError, ScenarioRings};
use crate::matching::room::{PlainSearch, RoomError, RoomSearch};
use crate::partnership::agreement::draft;
use crate::partnership::appeal::{AppealError, appeal};
use crate::partnership::{FundFigures, Inputs, Parameters, PartnershipError, ResourceFlow, assess, compare};

/// Nodes looked at before a search stops and says its gap, if the request does not say.
const NODE_LIMIT: u64 = 200_000;
/// The same for rings, whose nodes take a thousandth of the time.
const RING_NODE_LIMIT: u64 = 5_000_000;

/// The task of a request that is a partnership's; `None` for any other.
///
/// # Errors
/// What the question is refused for.
pub(super) fn task(
    request: Request,
    residents: &mut Residents,
    size: StepSize,
) -> Result<Option<Box<dyn Task>>, JobError> {
    Ok(Some(match request {
        Request::Coalition {
            scenario,
            project,
            settings,
            node_limit,
        } => {
            let study = residents.resolve_whole(scenario)?;
            let settings = settings.unwrap_or_else(|| study.scenario.partnership.coalition.clone());
            let project = project.or_else(|| study.scenario.partnership.project.clone());
            let project = project.ok_or_else(|| out_of_range("unknown-project", ""))?;
            let posed = coalition::of_project(&study.scenario, &project, &settings)?;
            let limits = limits(node_limit, usize::from(settings.k_best));
            let search = coalition::Study::new(&posed.instance, limits);
            let team = Team {
                search,
                limits,
                study,
                project,
                posed,
            };
            searching(team, size)
        }
        Request::CoalitionPlain {
            input,
            node_limit,
            k_best,
        } => {
            let instance = coalition::Instance::new(*input)?;
            let limits = limits(node_limit, k_best);
            let search = coalition::Search::new(&instance, limits);
            let team = PlainTeam {
                instance,
                limits,
                search,
                why_not: None,
            };
            searching(team, size)
        }
        Request::Plan { scenario, fair } => {
            let study = residents.resolve_whole(scenario)?;
            once(move || {
                let plan = partnership_plan(&study.scenario, fair)?;
                let roles = assign_roles(&study.scenario, &plan);
                Ok(Response::Plan { plan, roles })
            })
        }
        Request::PlanPlain { input } => once(move || Ok(Response::PlainPlan(plan_plain(&input)?))),
        Request::Rings {
            scenario,
            mut options,
        } => {
            let study = residents.resolve_whole(scenario)?;
            options.node_limit = options.node_limit.or(Some(RING_NODE_LIMIT));
            searching(ScenarioRings::new(&study.scenario, &options)?, size)
        }
        Request::RingsPlain {
            input,
            max_length,
            node_limit,
        } => {
            let (search, decimals) = input.search(max_length)?;
            let rings = PlainExchange {
                search,
                decimals,
                node_limit: node_limit.unwrap_or(RING_NODE_LIMIT),
            };
            searching(rings, size)
        }
        Request::Room { scenario, options } => {
            let study = residents.resolve_whole(scenario)?;
            searching(RoomSearch::new(&study.scenario, *options)?, size)
        }
        Request::PairsPlain {
            input,
            max_cardinality,
        } => searching(PlainSearch::new(&input, max_cardinality)?, size),
        Request::Split { scenario } => {
            let study = residents.resolve_whole(scenario)?;
            searching(
                TeamSplitSearch::new(&study.scenario, SplitLimits::default())?,
                size,
            )
        }
        Request::SplitPlain { input } => once(move || Ok(Response::PlainSplit(input.answer()?))),
        Request::Together { scenario, years } => {
            let study = residents.resolve_whole(scenario)?;
            once(move || {
                let scenario = &study.scenario;
                let inputs = inputs(scenario, years);
                let levers = &scenario.partnership.levers;
                Ok(Response::Together(Box::new(compare(
                    scenario,
                    &inputs,
                    &Parameters::of(&study.scenario),
                    levers,
                )?)))
            })
        }
        Request::Agreement {
            scenario,
            start,
            of_type,
        } => {
            let study = residents.resolve_whole(scenario)?;
            once(move || {
                let assessment = assess(
                    &study.scenario,
                    &inputs(&study.scenario, None),
                    &Parameters::of(&study.scenario),
                )?;
                Ok(Response::Agreement(draft(
                    &study.scenario,
                    &assessment,
                    &start,
                    of_type,
                )?))
            })
        }
        Request::Appeal { scenario } => {
            let study = residents.resolve_whole(scenario)?;
            once(move || Ok(Response::Appeal(Box::new(appeal(&study.scenario)?))))
        }
        _ => return Ok(None),
    }))
}

fn limits(node_limit: Option<u64>, k_best: usize) -> Limits {
    Limits {
        node_limit: node_limit.unwrap_or(NODE_LIMIT),
        k_best: k_best.max(1),
        ..Limits::default()
    }
}

/// What a partnership's figures may know beside the scenario: the plan of resources and the pool on paper. Where one of
/// them is refused the figures do without, as for a scenario that has none.
fn inputs(scenario: &Scenario, years: Option<u16>) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.years = years.unwrap_or(inputs.years);
    if let Ok(plan) = partnership_plan(scenario, false) {
        let sure = plan.transfers.into_iter().filter(|transfer| transfer.sure);
        inputs.flows = Some(
            sure.map(|transfer| ResourceFlow {
                from: transfer.from,
                kind: transfer.kind,
                quantity: transfer.quantity,
            })
            .collect(),
        );
    }
    if !scenario.projects.is_empty()
        && let Ok(report) = crate::funding::report(scenario, &scenario.pool)
    {
        inputs.fund = Some(FundFigures::of(&report));
        return inputs.with_report(&report);
    }
    inputs
}

impl From<AppealError> for JobError {
    fn from(error: AppealError) -> Self {
        out_of_range(error.code(), &error.limit().to_string())
    }
}

/// Refusals by code, with what their text says beyond it.
macro_rules! refusals {
    ($($error:ty),*) => {$(
        impl From<$error> for JobError {
            fn from(error: $error) -> Self {
                out_of_range(error.code(), &error.to_string())
            }
        }
    )*};
}

refusals!(
    CoalitionError,
    PlanError,
    RingError,
    RoomError,
    SplitError,
    PartnershipError
);
