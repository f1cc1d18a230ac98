//! A job as a view sees it: asked when what it depends on changes, cancelled when nobody looks any more.

use super::context::App;
use super::effects::job_error;
use crate::jobs::{Event, Request, Response, ScenarioRef};
use crate::text::Message;
use std::rc::Rc;
use yew::prelude::*;

/// What is known of a job.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Job {
    /// The latest answer, also a partial one; of an older question until the first of the newer one comes.
    pub response: Option<Rc<Response>>,
    /// Whether more is to come.
    pub working: bool,
    /// Steps done, and in all, of the question being answered.
    pub progress: Option<(u64, u64)>,
    /// Why there is no answer.
    pub failed: Option<Message>,
}

impl Reducible for Job {
    type Action = Heard;
    fn reduce(self: Rc<Self>, heard: Heard) -> Rc<Self> {
        let mut job = (*self).clone();
        match heard {
            Heard::Asked => {
                job = Self {
                    response: job.response,
                    working: true,
                    ..Self::default()
                }
            }
            Heard::Event(event) => {
                let event = *event;
                job.working = !event.is_last();
                match event {
                    Event::Progress { done, total, .. } => job.progress = Some((done, total)),
                    Event::Partial { response, .. } | Event::Done { response, .. } => {
                        job.response = Some(Rc::new(response));
                    }
                    Event::Failed { error, .. } => job.failed = Some(job_error(&error)),
                    Event::Cancelled { .. } => {}
                }
            }
        }
        Rc::new(job)
    }
}

/// What happens to a [`Job`].
pub enum Heard {
    Asked,
    Event(Box<Event>),
}

/// Asks `request` of the scenario on screen, now and whenever the scenario or `key` changes, and tells what came of it.
/// Without a key nothing is asked. A question that nobody waits for any more is cancelled.
#[hook]
pub fn use_job<K: Clone + PartialEq + 'static>(
    app: &App,
    key: Option<K>,
    request: impl FnOnce(&K, ScenarioRef) -> Request + 'static,
) -> Job {
    let job = use_reducer(Job::default);
    let dispatcher = job.dispatcher();
    let app = app.clone();
    use_effect_with((app.state().revision, key), move |(_, key)| {
        let asked = key.as_ref().map(|key| {
            dispatcher.dispatch(Heard::Asked);
            let on_event = Callback::from(move |event| dispatcher.dispatch(Heard::Event(Box::new(event))));
            app.engine
                .submit_about(&app.state().scenario, |scenario| request(key, scenario), on_event)
        });
        move || {
            if let Some(asked) = asked {
                app.engine.cancel(asked);
            }
        }
    });
    (*job).clone()
}
