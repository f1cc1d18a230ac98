//! The form of an organisation: a draft that the plan sees only when it is saved.

mod basics;
mod conflicts;
mod lists;
mod resources;
mod style;

use super::Open;
use crate::app::{App, focus_later, use_app};
use crate::components::Dialog;
use crate::domain::OrgId;
use crate::later::later;
use crate::state::organisation_draft::{FieldProblem, OrganisationDraft, Place, Reading};
use crate::state::{Action, Edit, Tone};
use crate::text::{Message, say};
use std::rc::Rc;
use yew::prelude::*;

/// A change of the draft.
type Change = Box<dyn FnOnce(&mut OrganisationDraft)>;

/// The draft as Yew's reducer wants it: changes that come in one turn are all kept.
#[derive(Clone, Debug, PartialEq)]
struct Store {
    draft: OrganisationDraft,
}

impl Reducible for Store {
    type Action = Change;
    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut store = (*self).clone();
        change(&mut store.draft);
        Rc::new(store)
    }
}

/// What each part of the form gets.
struct Part {
    draft: OrganisationDraft,
    change: Callback<Change>,
    /// The person wanted to save: now what is missing is said, too.
    tried: bool,
}

impl Part {
    /// A callback that changes the draft by what it is given.
    fn on<T: 'static>(&self, apply: impl Fn(&mut OrganisationDraft, T) + 'static) -> Callback<T> {
        let (change, apply) = (self.change.clone(), Rc::new(apply));
        Callback::from(move |value| {
            let apply = Rc::clone(&apply);
            change.emit(Box::new(move |draft| apply(draft, value)));
        })
    }

    /// What is wrong at `place`, if it is to be said now.
    fn problem(&self, app: &App, place: Place) -> Option<AttrValue> {
        let problems = self.draft.problems(reading(app));
        let (_, problem) = problems.into_iter().find(|(at, _)| *at == place)?;
        let now = self.tried || !problem.is_missing();
        now.then(|| app.say(sentence(problem)))
    }
}

fn sentence(problem: FieldProblem) -> Message {
    Message::of_code("field", problem.code())
}

fn reading(app: &App) -> Reading<'_> {
    Reading {
        language: app.i18n.language,
        currency: app.i18n.currency,
        kinds: &app.kinds,
    }
}

/// Id of the field at a place, to put the focus there.
fn field_id(place: Place) -> String {
    match place {
        Place::Name => "org-name".to_owned(),
        Place::Sector => "org-sector".to_owned(),
        Place::Offer(at) => format!("offer-{at}-quantity"),
        Place::Need(at) => format!("need-{at}-quantity"),
        Place::Horizon => "org-horizon".to_owned(),
        Place::Cost => "org-cost".to_owned(),
    }
}

/// See [`Editor`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct EditorProps {
    /// Whose form; `None` for a new organisation.
    pub id: Option<OrgId>,
    /// Called when it is closed, with the organisation if it was saved.
    pub on_close: Callback<Option<OrgId>>,
}

later! { "02",
    /// The form of an organisation that is there, or of a new one.
    pub(super) fn editor_of(open: &Open, on_close: Callback<Option<OrgId>>) -> Html {
        let id = match open {
            Open::New => None,
            Open::Known(id) => Some(id.clone()),
        };
        html! { <Editor {id} {on_close} /> }
    }
}

/// The form in a dialogue. Closing it without saving changes nothing.
#[component(Editor)]
fn editor(props: &EditorProps) -> Html {
    let app = use_app();
    let store = {
        let (app, id) = (app.clone(), props.id.clone());
        use_reducer(move || {
            let scenario = &app.state().scenario;
            let known = id.as_ref().and_then(|id| scenario.organisation(id));
            let draft = known.map_or_else(
                || OrganisationDraft::new(scenario),
                |organisation| OrganisationDraft::of(organisation, scenario, reading(&app)),
            );
            Store { draft }
        })
    };
    let tried = use_state(|| false);
    use_effect_with(props.id.is_none(), |&is_new| {
        // A new form begins with its name, not with the button that closes it.
        if is_new {
            focus_later(field_id(Place::Name));
        }
    });
    let draft = &store.draft;
    let dispatcher = store.dispatcher();
    let part = Part {
        draft: draft.clone(),
        change: Callback::from(move |change| dispatcher.dispatch(change)),
        tried: *tried,
    };
    let title = match &props.id {
        Some(id) => say::org_edit_named(app.org_name(id)),
        None => say::org_new(),
    };
    let on_save = {
        let (app, store, tried, on_close) =
            (app.clone(), store.clone(), tried.clone(), props.on_close.clone());
        Callback::from(
            move |_: MouseEvent| match store.draft.save(&app.state().scenario, reading(&app)) {
                Ok(edit) => {
                    let id = saved_id(&edit);
                    app.edit(edit);
                    app.dispatch(Action::Notify(
                        Tone::Good,
                        say::org_saved(store.draft.name.trim()),
                    ));
                    on_close.emit(id);
                }
                Err(problems) => {
                    tried.set(true);
                    if let Some((place, _)) = problems.first() {
                        focus_later(field_id(*place));
                    }
                }
            },
        )
    };
    let wrong = if *tried {
        draft.problems(reading(&app)).len()
    } else {
        0
    };
    html! {
        <Dialog title={app.say(title)} on_close={props.on_close.reform(|()| None)}>
            <div class="editor" id="organisation-form">
                { basics::basics(&app, &part) }
                { resources::offers(&app, &part) }
                { resources::needs(&app, &part) }
                { lists::goals(&app, &part) }
                { style::style(&app, &part) }
                { lists::donors(&app, &part) }
                { conflicts::conflicts(&app, &part) }
                <div class="dialog-foot">
                    <p class="warn" role="status">{ (wrong > 0).then(|| app.say(say::field_look(wrong))) }</p>
                    <div class="row">
                        <button class="primary" id="save-organisation" onclick={on_save}>{ app.say(say::save()) }</button>
                        <button id="cancel-organisation" onclick={props.on_close.reform(|_: MouseEvent| None)}>{ app.say(say::cancel()) }</button>
                    </div>
                </div>
            </div>
        </Dialog>
    }
}

fn saved_id(edit: &Edit) -> Option<OrgId> {
    match edit {
        Edit::SaveOrganisation { organisation, .. } => Some(organisation.id.clone()),
        _ => None,
    }
}
