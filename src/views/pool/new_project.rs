//! A project that is not there yet.

use super::projects::cost_fields;
use crate::app::{focus_later, use_app};
use crate::components::{Dialog, NumberField, TextField};
use crate::domain::{CostEstimate, CostShape, Project, ProjectId, Text};
use crate::state::Edit;
use crate::state::drafts::{CostDraft, free_id};
use crate::text::say;
use yew::prelude::*;

/// See [`NewProject`].
#[derive(Clone, PartialEq, Properties)]
pub struct NewProjectProps {
    /// Called when it is done or given up.
    pub on_close: Callback<()>,
}

/// Asks what it is called, what it may cost and whom it reaches.
#[component(NewProject)]
pub fn new_project(props: &NewProjectProps) -> Html {
    let app = use_app();
    let name = use_state(String::new);
    let draft = use_state(CostDraft::default);
    let people = use_state(|| None::<u64>);
    let asked = use_state(|| false);
    let onsubmit = {
        let (app, on_close, asked) = (app.clone(), props.on_close.clone(), asked.setter());
        let (name, draft, beneficiaries) = (name.clone(), *draft, *people);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            asked.set(true);
            if name.trim().is_empty() {
                return focus_later("new-project-name");
            }
            let scenario = &app.state().scenario;
            let id = free_id("project", |id| {
                scenario.projects.iter().any(|project| project.id.as_str() == id)
            });
            let Ok(id) = ProjectId::new(&id) else { return };
            let blank = Project {
                id,
                name: Text::Plain(name.trim().to_owned()),
                description: Text::default(),
                lead: None,
                goals: Vec::new(),
                region: None,
                cost: CostEstimate {
                    shape: CostShape::Pert,
                    ..CostEstimate::fixed(0)
                },
                divisible: false,
                minimum_minor: None,
                beneficiaries,
                requirements: Vec::new(),
                duration_months: None,
                tranches: Vec::new(),
            };
            match draft.apply(&blank) {
                Some(project) => {
                    app.edit(Edit::PutProject(Box::new(project)));
                    on_close.emit(());
                }
                None => focus_later("new-project-likely"),
            }
        })
    };
    let (name_setter, draft_setter, people_setter) = (name.setter(), draft.setter(), people.setter());
    let error = (*asked && name.trim().is_empty()).then(|| app.say(say::field_required()));
    let on_draft = Callback::from(move |changed| draft_setter.set(changed));
    let cancel = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <Dialog title={app.say(say::project_add())} on_close={props.on_close.clone()}>
            <form id="new-project" {onsubmit} novalidate={true} class="fields">
                <TextField id="new-project-name" label={app.say(say::project_name())} value={(*name).clone()} {error}
                    on_input={Callback::from(move |text| name_setter.set(text))} />
                { cost_fields(&app, "new-project", &draft, &on_draft) }
                <NumberField id="new-project-people" label={app.say(say::project_beneficiaries())} value={*people}
                    on_change={Callback::from(move |count| people_setter.set(count))} />
                <div class="row">
                    <button type="submit" class="primary" id="new-project-save">{ app.say(say::add()) }</button>
                    <button type="button" onclick={cancel}>{ app.say(say::cancel()) }</button>
                </div>
            </form>
        </Dialog>
    }
}
