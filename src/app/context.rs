//! What every view can reach: the state, the way to change it, the reader's language, and the engine.

use super::Engine;
use super::later::LaterHalf;
use crate::domain::{KindId, OrgId, ProjectId, ResourceKind, Text};
use crate::i18n::I18n;
use crate::state::{Action, AppState, Edit, reduce};
use crate::text::Message;
use std::rc::Rc;
use yew::prelude::*;

/// The state as Yew's reducer wants it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Store(pub AppState);

impl Reducible for Store {
    type Action = Action;
    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let state = Rc::try_unwrap(self).unwrap_or_else(|shared| (*shared).clone());
        Rc::new(Self(reduce(state.0, action)))
    }
}

/// The shared context, cheap to clone.
#[derive(Clone, PartialEq)]
pub struct App {
    pub(super) store: UseReducerHandle<Store>,
    /// Language and formats.
    pub i18n: I18n,
    /// All resource kinds of the scenario.
    pub kinds: Rc<Vec<ResourceKind>>,
    /// Carries requests to the worker.
    pub engine: Engine,
    pub(super) later: LaterHalf,
}

impl App {
    /// What is on screen.
    pub fn state(&self) -> &AppState {
        &self.store.0
    }

    /// Makes something happen.
    pub fn dispatch(&self, action: Action) {
        self.store.dispatch(action);
    }

    /// Changes the scenario.
    pub fn edit(&self, edit: Edit) {
        self.dispatch(Action::Edit(edit));
    }

    /// A message in the reader's language.
    pub fn say(&self, message: impl Into<Message>) -> AttrValue {
        AttrValue::from(self.i18n.say(message))
    }

    /// A callback that makes the same thing happen each time.
    pub fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        let dispatcher = self.store.dispatcher();
        Callback::from(move |_| dispatcher.dispatch(action.clone()))
    }

    /// A callback that makes happen what `action` says of the event.
    pub fn on_event<E: 'static>(&self, action: impl Fn(E) -> Action + 'static) -> Callback<E> {
        let dispatcher = self.store.dispatcher();
        Callback::from(move |event| dispatcher.dispatch(action(event)))
    }

    /// Name of an organisation; its id if it is gone.
    pub fn org_name(&self, id: &OrgId) -> String {
        let organisation = self.state().scenario.organisation(id);
        organisation.map_or_else(|| id.to_string(), |organisation| self.text(&organisation.name))
    }

    /// Name of a project; its id if it is gone.
    pub fn project_name(&self, id: &str) -> String {
        let found = ProjectId::new(id).ok();
        let project = found.as_ref().and_then(|id| self.state().scenario.project(id));
        project.map_or_else(|| id.to_owned(), |project| self.text(&project.name))
    }

    /// Name of a resource kind.
    pub fn kind_name(&self, id: &KindId) -> String {
        self.i18n.kind_name(&self.kinds, id)
    }

    /// The resource kind of this id.
    pub fn kind(&self, id: &KindId) -> Option<&ResourceKind> {
        self.kinds.iter().find(|kind| &kind.id == id)
    }

    /// A quantity of a kind with its unit.
    pub fn quantity(&self, id: &KindId, quantity: u64) -> String {
        self.kind(id).map_or_else(
            || self.i18n.integer(quantity),
            |kind| self.i18n.quantity(kind, quantity),
        )
    }

    /// A text in the reader's language.
    pub fn text(&self, text: &Text) -> String {
        self.i18n.name(text).to_owned()
    }
}

/// The shared context of the page.
///
/// # Panics
/// Outside [`Root`](super::Root), which is a mistake in the code and not of a user.
#[hook]
#[expect(
    clippy::expect_used,
    reason = "a view outside the root is a programming error"
)]
pub fn use_app() -> App {
    use_context::<App>().expect("views are children of the root")
}
