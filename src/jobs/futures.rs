//! Simulated futures as a task: a few at a time, alone or divided among workers. The answers are the same to the byte.

use super::crew::SharedRun;
use super::host::{Host, Pace};
use super::resident::Study;
use super::task::{Step, StepSize, Task, out_of_range, over};
use super::{JobError, Request, Residents, Response, ScenarioRef};
use crate::domain::{FutureSettings, PoolPlan};
use crate::risk::{PlainPlan, RiskError, Simulation};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// What is known is told again after so long at the earliest: a page that draws it anew has other things to do too.
const PARTIAL_MS: f64 = 120.0;

/// And first after so long: the page draws first what the edit itself changed.
const FIRST_PARTIAL_MS: f64 = 50.0;

/// How often the pace is told, and after how long first.
const PACE_MS: f64 = 400.0;

/// What futures are asked of.
#[derive(Debug)]
pub(super) enum Question {
    Scenario {
        study: Arc<Study>,
        settings: FutureSettings,
        pool: PoolPlan,
    },
    Plain {
        plan: PlainPlan,
        settings: FutureSettings,
    },
}

impl Question {
    /// # Errors
    /// The scenario is not resident or unsound; the request asks for something else.
    pub(super) fn of(request: Request, residents: &mut Residents) -> Result<Self, JobError> {
        match request {
            Request::Simulate {
                scenario,
                settings,
                pool,
            } => {
                let study = residents.resolve_whole(scenario)?;
                let settings = settings.unwrap_or(study.scenario.futures);
                let pool = pool.unwrap_or_else(|| study.scenario.pool.clone());
                Ok(Self::Scenario {
                    study,
                    settings,
                    pool,
                })
            }
            Request::SimulatePlain { plan, settings } => Ok(Self::Plain { plan, settings }),
            _ => Err(out_of_range("unknown-request", "")),
        }
    }

    /// The same as a request that needs nothing kept.
    pub(super) fn request(&self) -> Request {
        match self {
            Self::Scenario {
                study,
                settings,
                pool,
            } => Request::Simulate {
                scenario: ScenarioRef::Inline(Box::new(study.scenario.clone())),
                settings: Some(*settings),
                pool: Some(pool.clone()),
            },
            Self::Plain { plan, settings } => Request::SimulatePlain {
                plan: plan.clone(),
                settings: *settings,
            },
        }
    }

    pub(super) fn simulation(&self) -> Result<Simulation, RiskError> {
        match self {
            Self::Scenario {
                study,
                settings,
                pool,
            } => Simulation::new(&study.scenario, settings, pool),
            Self::Plain { plan, settings } => Simulation::from_plain(plan, settings),
        }
    }

    fn answer(&self, simulation: &Simulation) -> Response {
        let futures = simulation.snapshot();
        match self {
            Self::Scenario { .. } => Response::Futures(futures),
            Self::Plain { plan, .. } => Response::PlainFutures(plan.futures(&futures)),
        }
    }
}

/// A run of futures that its owner may step, or divide as it likes: for a program that has threads.
#[derive(Debug)]
pub struct FuturesRun {
    question: Question,
    simulation: Simulation,
}

impl FuturesRun {
    /// The run that [`Request::Simulate`] or [`Request::SimulatePlain`] asks for.
    ///
    /// # Errors
    /// As the request would fail.
    pub fn new(request: Request) -> Result<Self, JobError> {
        let question = Question::of(request, &mut Residents::default())?;
        let simulation = question.simulation()?;
        Ok(Self { question, simulation })
    }

    /// The answer once `run` has brought the fresh simulation to its end.
    ///
    /// # Errors
    /// Those of `run`.
    pub fn answer<E>(self, run: impl FnOnce(Simulation) -> Result<Simulation, E>) -> Result<Response, E> {
        run(self.simulation).map(|simulation| self.question.answer(&simulation))
    }
}

#[derive(Debug)]
enum Run {
    Alone(Box<Simulation>),
    Shared(Box<SharedRun>),
}

impl Run {
    /// Whether it is complete after this step.
    fn step(&mut self, work: u64) -> Result<bool, JobError> {
        match self {
            Self::Alone(simulation) => Ok(!simulation.step_for(work)),
            Self::Shared(shared) => shared.step(work),
        }
    }

    fn simulation(&self) -> &Simulation {
        match self {
            Self::Alone(simulation) => simulation,
            Self::Shared(shared) => shared.sum(),
        }
    }

    /// Futures that are computed, those that cannot be shown yet included.
    fn computed(&self) -> u32 {
        match self {
            Self::Alone(simulation) => simulation.trials_done(),
            Self::Shared(shared) => shared.done(),
        }
    }
}

/// When what was told last.
#[derive(Clone, Copy, Debug)]
struct Watch {
    began_ms: f64,
    told_ms: f64,
    shown_ms: f64,
    workers: u32,
    told_end: bool,
}

/// Futures simulated a few at a time. What is known is told whenever the number of futures has doubled, and not more often
/// than a page can well draw it: early answers come fast, and later ones change little and cost much to send. Always the first futures of the run, so that
/// what is told depends on nothing but their number.
#[derive(Debug)]
struct Futures {
    question: Question,
    host: Option<Rc<dyn Host>>,
    /// Prepared in the first step: that takes milliseconds.
    run: Option<Run>,
    watch: Option<Watch>,
    next_partial: u32,
    work: u64,
    over: bool,
}

/// The task of a question.
pub(super) fn futures(question: Question, residents: &Residents, size: StepSize) -> Box<dyn Task> {
    Box::new(Futures {
        question,
        host: residents.host(),
        run: None,
        watch: None,
        next_partial: 1,
        work: size.futures_work,
        over: false,
    })
}

thread_local! {
    /// Runs are numbered, so that what is said of one is not taken for another's.
    static RUNS: Cell<u64> = const { Cell::new(0) };
}

impl Futures {
    fn prepare(&mut self) -> Result<Run, RiskError> {
        let simulation = self.question.simulation()?;
        let Some(host) = &self.host else {
            return Ok(Run::Alone(Box::new(simulation)));
        };
        let now = host.now_ms();
        self.watch = Some(Watch {
            began_ms: now,
            told_ms: now,
            shown_ms: now + FIRST_PARTIAL_MS - PARTIAL_MS,
            workers: 1,
            told_end: false,
        });
        let work = simulation.block_work().saturating_mul(simulation.blocks().into());
        if work < host.worth_sharing() {
            return Ok(Run::Alone(Box::new(simulation)));
        }
        RUNS.set(RUNS.get() + 1);
        let shared = SharedRun::start(Rc::clone(host), RUNS.get(), &self.question, Box::new(simulation));
        Ok(match shared {
            Ok(shared) => Run::Shared(shared),
            Err(simulation) => Run::Alone(simulation),
        })
    }

    /// The pace, if it is time to tell it or others came or went; at the `end` of a run it is told once.
    fn pace(&mut self, end: bool) -> Option<Pace> {
        let (run, watch) = (self.run.as_ref()?, self.watch.as_mut()?);
        let now = self.host.as_ref()?.now_ms();
        let (workers, lost) = match run {
            Run::Alone(_) => (1, 0),
            Run::Shared(shared) => (shared.workers(), shared.lost()),
        };
        let is_due = now - watch.told_ms >= PACE_MS || workers != watch.workers;
        if watch.told_end || !(is_due || end) {
            return None;
        }
        (watch.told_ms, watch.workers, watch.told_end) = (now, workers, end);
        let seconds = ((now - watch.began_ms) / 1000.0).max(0.001);
        let left = run.simulation().trials_total().saturating_sub(run.computed());
        Some(Pace {
            workers,
            lost,
            per_second: f64::from(run.computed()) / seconds,
            left,
        })
    }

    /// What is known, if it is time to tell it.
    fn known(&mut self) -> Option<Response> {
        let simulation = self.run.as_ref()?.simulation();
        let done = simulation.trials_done();
        if done < self.next_partial {
            return None;
        }
        if let (Some(host), Some(watch)) = (&self.host, &mut self.watch) {
            let now = host.now_ms();
            if now - watch.shown_ms < PARTIAL_MS {
                return None;
            }
            watch.shown_ms = now;
        }
        self.next_partial = done.saturating_mul(2);
        Some(self.question.answer(simulation))
    }

    fn advance(&mut self) -> Result<Step, JobError> {
        let Some(run) = &mut self.run else {
            let run = self.prepare()?;
            let total = run.simulation().trials_total().into();
            self.run = Some(run);
            return Ok(Step::More {
                done: 0,
                total,
                partial: None,
            });
        };
        let complete = run.step(self.work)?;
        let (done, total) = (run.computed(), run.simulation().trials_total());
        let partial = if complete {
            match self.pace(true) {
                Some(pace) => Some(Response::Pace(pace)),
                None => {
                    self.over = true;
                    let run = self.run.take().map(|run| self.question.answer(run.simulation()));
                    return Ok(run.map_or_else(over, Step::Done));
                }
            }
        } else {
            self.known().or_else(|| self.pace(false).map(Response::Pace))
        };
        Ok(Step::More {
            done: done.into(),
            total: total.into(),
            partial,
        })
    }
}

impl Task for Futures {
    fn step(&mut self) -> Step {
        if self.over {
            return over();
        }
        self.advance().unwrap_or_else(|error| {
            (self.over, self.run) = (true, None);
            Step::Failed(error)
        })
    }

    fn is_interactive(&self) -> bool {
        false
    }
}

impl From<RiskError> for JobError {
    fn from(error: RiskError) -> Self {
        out_of_range(error.code(), &error.to_string())
    }
}
