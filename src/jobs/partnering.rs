//! The tasks of a partnership: its team, who gives what to whom, rings, the whole room, the split of costs, what it is
//! worth, its agreement. Searches run a few nodes at a time and tell what they know whenever they have worked twice as long.

use super::resident::Study as Resident;
use super::task::{Step, StepSize, Task, once, out_of_range, over};
use super::{JobError, Request, Residents, Response};
use crate::domain::{ProjectId, Scenario};
use crate::matching::coalition::{self, CoalitionError, Limits, Outcome, Posed, Report};
use crate::matching::cost_split::{SplitError, team_split};
use crate::matching::plan::{PlanError, assign_roles, partnership_plan, plan_plain};
use crate::matching::rings::{self, PlainRings, RingError, ScenarioRings};
use crate::matching::room::{PlainSearch, RoomError, RoomSearch};
use crate::partnership::agreement::draft;
use crate::partnership::{FundFigures, Inputs, Parameters, PartnershipError, ResourceFlow, assess, compare};
use std::sync::Arc;

/// Nodes looked at before a search stops and says its gap, if the request does not say.
const NODE_LIMIT: u64 = 200_000;
/// The same for rings, whose nodes take a thousandth of the time.
const RING_NODE_LIMIT: u64 = 5_000_000;
/// Nodes of a search for rings that take as long as one of a search for a team.
const RING_NODES: u64 = 1_000;

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
            let study = residents.resolve(scenario)?;
            let settings = settings.unwrap_or_else(|| study.scenario.partnership.coalition.clone());
            let project = project.or_else(|| study.scenario.partnership.project.clone());
            let project = project.ok_or_else(|| out_of_range("unknown-project", ""))?;
            let posed = coalition::of_project(&study.scenario, &project, &settings)?;
            let limits = limits(node_limit, usize::from(settings.k_best));
            let search = coalition::Study::new(&posed.instance, limits);
            searching(
                Team {
                    search,
                    study,
                    project,
                    posed,
                },
                size,
            )
        }
        Request::CoalitionPlain {
            input,
            node_limit,
            k_best,
        } => {
            let instance = coalition::Instance::new(*input)?;
            let limits = limits(node_limit, k_best);
            let search = coalition::Search::new(&instance, limits);
            searching(
                PlainTeam {
                    instance,
                    limits,
                    search,
                    why_not: None,
                },
                size,
            )
        }
        Request::Plan { scenario, fair } => {
            let study = residents.resolve(scenario)?;
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
            let study = residents.resolve(scenario)?;
            options.node_limit = options.node_limit.or(Some(RING_NODE_LIMIT));
            searching(ScenarioRings::new(&study.scenario, &options)?, size)
        }
        Request::RingsPlain { input, max_length } => {
            let (search, decimals) = input.search(max_length)?;
            searching(PlainExchange { search, decimals }, size)
        }
        Request::Room { scenario, options } => {
            let study = residents.resolve(scenario)?;
            Box::new(Seating {
                search: RoomSearch::new(&study.scenario, *options)?,
                work: size.room_work,
                steps: 0,
            })
        }
        Request::PairsPlain {
            input,
            max_cardinality,
        } => Box::new(Pairing {
            search: PlainSearch::new(&input, max_cardinality)?,
            work: size.room_work,
            steps: 0,
        }),
        Request::Split { scenario } => {
            let study = residents.resolve(scenario)?;
            once(move || Ok(Response::Split(team_split(&study.scenario)?)))
        }
        Request::SplitPlain { input } => once(move || Ok(Response::PlainSplit(input.answer()?))),
        Request::Together { scenario, years } => {
            let study = residents.resolve(scenario)?;
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
            let study = residents.resolve(scenario)?;
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

/// A search that says at any time what it knows.
trait Anytime {
    /// Looks at some more nodes; true once all is known.
    fn step(&mut self, nodes: u64) -> bool;
    /// Work done, and how much there will be at most.
    fn progress(&self) -> (u64, u64);
    /// What is known so far.
    fn answer(&self) -> Response;
}

struct Searching<S> {
    search: S,
    nodes: u64,
    steps: u64,
    next_partial: u64,
    over: bool,
}

fn searching<S: Anytime + 'static>(search: S, size: StepSize) -> Box<dyn Task> {
    Box::new(Searching {
        search,
        nodes: size.search_nodes,
        steps: 0,
        next_partial: 4,
        over: false,
    })
}

impl<S: Anytime> Task for Searching<S> {
    fn step(&mut self) -> Step {
        if self.over {
            return over();
        }
        if self.search.step(self.nodes) {
            self.over = true;
            return Step::Done(self.search.answer());
        }
        self.steps += 1;
        let partial = (self.steps >= self.next_partial).then(|| self.search.answer());
        if partial.is_some() {
            self.next_partial = self.steps.saturating_mul(2);
        }
        let (done, total) = self.search.progress();
        Step::More {
            done,
            total: total.max(done),
            partial,
        }
    }

    fn is_interactive(&self) -> bool {
        false
    }
}

/// The team of a project.
struct Team {
    search: coalition::Study,
    study: Arc<Resident>,
    project: ProjectId,
    posed: Posed,
}

impl Anytime for Team {
    fn step(&mut self, nodes: u64) -> bool {
        self.search.step(nodes)
    }

    fn progress(&self) -> (u64, u64) {
        (self.search.report().nodes, NODE_LIMIT)
    }

    fn answer(&self) -> Response {
        let report = self.search.report();
        Response::Coalition(Box::new(self.posed.answer(
            &self.study.scenario,
            &self.project,
            &report,
        )))
    }
}

/// A team of a plain instance: the search alone, and what blocks it where there is none.
struct PlainTeam {
    instance: coalition::Instance,
    limits: Limits,
    search: coalition::Search,
    why_not: Option<coalition::Study>,
}

impl Anytime for PlainTeam {
    fn step(&mut self, nodes: u64) -> bool {
        if let Some(study) = &mut self.why_not {
            return study.step(nodes);
        }
        let done = self.search.step(nodes).done;
        if done && Report::of(&self.search).outcome == Outcome::Infeasible {
            self.why_not = Some(coalition::Study::new(&self.instance, self.limits));
            return false;
        }
        done
    }

    fn progress(&self) -> (u64, u64) {
        (self.search.progress().nodes, self.limits.node_limit)
    }

    fn answer(&self) -> Response {
        let report = self.why_not.as_ref().map(coalition::Study::report);
        Response::PlainCoalition(report.unwrap_or_else(|| Report::of(&self.search)))
    }
}

impl Anytime for ScenarioRings {
    fn step(&mut self, nodes: u64) -> bool {
        Self::step(self, nodes.saturating_mul(RING_NODES))
    }

    fn progress(&self) -> (u64, u64) {
        let (answered, all) = self.withdrawals();
        (answered as u64, all.max(1) as u64)
    }

    fn answer(&self) -> Response {
        Response::Rings(Self::answer(self))
    }
}

struct PlainExchange {
    search: rings::Search,
    decimals: u32,
}

impl Anytime for PlainExchange {
    fn step(&mut self, nodes: u64) -> bool {
        // A limit, so that a hard graph ends too and says its gap.
        let nodes = nodes.saturating_mul(RING_NODES);
        self.search.step(nodes) || self.search.progress().nodes >= RING_NODE_LIMIT
    }

    fn progress(&self) -> (u64, u64) {
        (self.search.progress().nodes, RING_NODE_LIMIT)
    }

    fn answer(&self) -> Response {
        Response::PlainRings(PlainRings::answer(&self.search.packing(), self.decimals))
    }
}

/// A room being seated.
struct Seating {
    search: RoomSearch,
    work: u64,
    steps: u64,
}

impl Task for Seating {
    fn step(&mut self) -> Step {
        match self.search.step(self.work) {
            Err(error) => Step::Failed(error.into()),
            Ok(true) => {
                self.steps += 1;
                working(self.steps)
            }
            Ok(false) => self.search.answer().map_or_else(over, |answer| {
                Step::Done(Response::Room(Box::new(answer.clone())))
            }),
        }
    }

    fn is_interactive(&self) -> bool {
        false
    }
}

/// A plain graph being paired.
struct Pairing {
    search: PlainSearch,
    work: u64,
    steps: u64,
}

impl Task for Pairing {
    fn step(&mut self) -> Step {
        if self.search.step(self.work) {
            self.steps += 1;
            return working(self.steps);
        }
        match self.search.answer() {
            Ok(pairs) => Step::Done(Response::PlainPairs(pairs)),
            Err(error) => Step::Failed(error.into()),
        }
    }

    fn is_interactive(&self) -> bool {
        false
    }
}

/// Work whose end is not known.
fn working(steps: u64) -> Step {
    Step::More {
        done: steps,
        total: steps + 1,
        partial: None,
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
