//! The runner behind a wire: JSON text in, JSON text out, one step at a time. The web worker runs it between
//! messages, and where there is no worker the page runs the same in slices.

use super::host::FindHost;
use super::{Event, JobError, JobId, Request, Residents, Step, StepSize, Task, start};
use crate::objects;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fmt;

/// A message to the server: `{"start": {"id": 1, "request": {…}}}` or `{"cancel": 1}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Incoming {
    /// Run this.
    Start {
        /// Its number, from 1 and never used twice by the same asker.
        id: JobId,
        /// What is asked.
        #[serde(with = "super::halves::request")]
        request: Request,
    },
    /// Stop that.
    Cancel(JobId),
}

impl Incoming {
    /// The message as text.
    pub fn to_json(&self) -> String {
        // Nothing in a request has keys JSON cannot say; an empty text would be answered as unreadable.
        serde_json::to_string(self).unwrap_or_default()
    }
}

struct Active {
    id: JobId,
    task: Box<dyn Task>,
}

/// Runs jobs by turns and tells their events, as JSON of [`Event`].
///
/// Order: what is answered in one step ([`Task::is_interactive`]) comes first, the newest before older ones;
/// longer jobs take turns, a step each. A job is told as `progress` (any number), `partial` (some jobs), then
/// exactly one of `done`, `failed` and `cancelled`.
///
/// ```
/// use gotong::jobs::{Event, wire::Server};
/// let mut server = Server::default();
/// server.receive(r#"{"start": {"id": 1, "request": {"load": {"scenario": {"version": 1}}}}}"#);
/// let events = server.step();
/// let event: Event = serde_json::from_str(&events[0])?;
/// assert!(matches!(event, Event::Done { .. }));
/// assert!(server.is_idle());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Default)]
pub struct Server {
    residents: Residents,
    size: StepSize,
    interactive: Vec<Active>,
    long: VecDeque<Active>,
    /// Events that no step brought: refusals and cancellations.
    outbox: Vec<String>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<JobId> = self
            .interactive
            .iter()
            .chain(&self.long)
            .map(|job| job.id)
            .collect();
        f.debug_struct("Server")
            .field("jobs", &ids)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// A server whose steps are of another size.
    pub fn with_step_size(size: StepSize) -> Self {
        Self {
            size,
            ..Self::default()
        }
    }

    /// A server that finds where it runs by `find_host`, when a job first asks.
    pub fn in_host(find_host: FindHost) -> Self {
        let mut server = Self::default();
        server.residents.find_host = Some(find_host);
        server
    }

    /// Takes a message. What comes of it is told by the next [`Server::step`].
    ///
    /// A message that cannot be read is answered `failed` with `bad-request`, under the id it states or under 0.
    /// A second start under an id in use ends both, since their events could not be told apart. A cancel of a job
    /// that is not there (it may just have ended) is ignored.
    pub fn receive(&mut self, message: &str) {
        match objects::from_str(message) {
            Ok(Incoming::Start { id, request }) => self.start(id, request),
            Ok(Incoming::Cancel(id)) => {
                if self.remove(id) {
                    self.tell(&Event::Cancelled { id });
                }
            }
            Err(error) => self.fail(stated_id(message), error.to_string()),
        }
    }

    /// Runs one step of one job and returns what there is to tell, in order.
    pub fn step(&mut self) -> Vec<String> {
        if let Some(mut job) = self.interactive.pop() {
            if !self.advance(&mut job) {
                // What has been answered and goes on to explain takes turns like everything long.
                if job.task.is_interactive() {
                    self.interactive.push(job);
                } else {
                    self.long.push_back(job);
                }
            }
        } else if let Some(mut job) = self.long.pop_front()
            && !self.advance(&mut job)
        {
            self.long.push_back(job);
        }
        std::mem::take(&mut self.outbox)
    }

    /// Whether there is neither anything to do nor anything to tell.
    pub fn is_idle(&self) -> bool {
        self.interactive.is_empty() && self.long.is_empty() && self.outbox.is_empty()
    }

    fn start(&mut self, id: JobId, request: Request) {
        if self.remove(id) {
            return self.fail(id, "this job id is in use".to_owned());
        }
        match start(request, &mut self.residents, self.size) {
            Ok(task) if task.is_interactive() => self.interactive.push(Active { id, task }),
            Ok(task) => self.long.push_back(Active { id, task }),
            Err(error) => self.tell(&Event::Failed { id, error }),
        }
    }

    /// Whether the job is over.
    fn advance(&mut self, job: &mut Active) -> bool {
        let id = job.id;
        match job.task.step() {
            Step::More { done, total, partial } => {
                self.tell(&Event::Progress { id, done, total });
                if let Some(response) = partial {
                    self.tell(&Event::Partial { id, response });
                }
                return false;
            }
            Step::Done(response) => self.tell(&Event::Done { id, response }),
            Step::Failed(error) => self.tell(&Event::Failed { id, error }),
        }
        true
    }

    fn remove(&mut self, id: JobId) -> bool {
        let before = self.interactive.len() + self.long.len();
        self.interactive.retain(|job| job.id != id);
        self.long.retain(|job| job.id != id);
        before > self.interactive.len() + self.long.len()
    }

    fn fail(&mut self, id: JobId, detail: String) {
        let error = JobError::BadRequest { detail };
        self.tell(&Event::Failed { id, error });
    }

    fn tell(&mut self, event: &Event) {
        // Events hold no map with keys other than text: this cannot fail.
        self.outbox.extend(serde_json::to_string(event).ok());
    }
}

/// The id a message states, even if nothing else in it can be read; 0 if it states none.
fn stated_id(message: &str) -> JobId {
    let json: serde_json::Value = objects::from_str(message).unwrap_or_default();
    let id = json.pointer("/start/id").or_else(|| json.pointer("/cancel"));
    JobId(id.and_then(serde_json::Value::as_u64).unwrap_or(0))
}
