//! What is to be done and what it costs: a card a project, edited in place. What is not sound yet stays in the
//! fields, with a sentence, and the plan keeps its last sound figures.

use super::new_project::NewProject;
use super::terms::PartsField;
use crate::app::{App, focus_later, use_app};
use crate::components::{AmountField, CheckField, IconName, NumberField, TextField, icon};
use crate::domain::Project;
use crate::state::Edit;
use crate::state::drafts::{CostDraft, reworded};
use crate::text::{Message, say};
use yew::prelude::*;

/// All projects, and the dialogue for one more while `adding`.
pub(super) fn projects(app: &App, adding: &UseStateHandle<bool>) -> Html {
    let open = adding.setter();
    let close = adding.setter();
    let on_close = Callback::from(move |()| {
        close.set(false);
        focus_later("project-add");
    });
    html! {
        <section class="card whole" id="pool-projects" aria-labelledby="pool-projects-title">
            <div class="section-head">
                <h2 id="pool-projects-title" tabindex="-1">{ app.say(say::projects_title()) }</h2>
                <button type="button" class="with-icon" id="project-add" onclick={move |_| open.set(true)}>
                    { icon(IconName::Plus) }{ app.say(say::project_add()) }</button>
            </div>
            <ul class="edit-list" id="project-list">{ for app.state().scenario.projects.iter().map(|project| project_card(app, project)) }</ul>
            if **adding { <NewProject {on_close} /> }
        </section>
    }
}

fn project_card(app: &App, project: &Project) -> Html {
    let id = &project.id;
    let name = app.text(&project.name);
    let cost = &project.cost;
    let summary = if cost.low_minor < cost.high_minor {
        let [low, high] = [cost.low_minor, cost.high_minor].map(|minor| app.i18n.compact_money(minor));
        app.say(say::project_cost_range(
            high,
            app.i18n.compact_money(cost.likely_minor),
            low,
        ))
    } else {
        AttrValue::from(app.i18n.compact_money(cost.likely_minor))
    };
    let people = project
        .beneficiaries
        .map(|people| app.say(say::project_people(people)));
    let on_delete = {
        let (app, id) = (app.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            app.edit(Edit::RemoveProject(id.clone()));
            focus_later("pool-projects-title");
        })
    };
    html! {
        <li key={id.as_str()} class="edit-card" id={format!("project-{id}")}>
            <div class="edit-head">
                <h3>{ name.clone() }</h3>
                <button type="button" class="ghost icon" id={format!("project-{id}-delete")} onclick={on_delete}
                    aria-label={app.say(say::project_delete(name))}>{ icon(IconName::Bin) }</button>
            </div>
            <p class="meta">{ summary }
                if let Some(people) = people { { " · " }{ people } }
                if project.divisible { { " · " }{ app.say(say::project_in_part()) } }
            </p>
            <details>
                <summary>{ app.say(say::edit()) }</summary>
                <ProjectFields project={project.clone()} />
            </details>
        </li>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ProjectFieldsProps {
    project: Project,
}

#[component(ProjectFields)]
fn project_fields(props: &ProjectFieldsProps) -> Html {
    let app = use_app();
    let project = &props.project;
    let id = project.id.to_string();
    let blank_name = use_state(|| false);
    let draft = use_state(|| None::<CostDraft>);
    {
        // Undo takes the place of what was not sound; an edit of another field does not.
        let draft = draft.setter();
        use_effect_with(CostDraft::of(project), move |_| draft.set(None));
        let blank_name = blank_name.setter();
        use_effect_with(project.name.clone(), move |_| blank_name.set(false));
    }
    let shown = (*draft).unwrap_or_else(|| CostDraft::of(project));
    let on_draft = {
        let (app, project, draft) = (app.clone(), project.clone(), draft.setter());
        Callback::from(move |changed: CostDraft| match changed.apply(&project) {
            Some(project) => {
                draft.set(None);
                app.edit(Edit::PutProject(Box::new(project)));
            }
            None => draft.set(Some(changed)),
        })
    };
    let on_name = {
        let (app, project, blank_name) = (app.clone(), project.clone(), blank_name.setter());
        Callback::from(move |name: String| {
            blank_name.set(name.trim().is_empty());
            if !name.trim().is_empty() {
                let name = reworded(&project.name, app.i18n.language, &name);
                app.edit(Edit::PutProject(Box::new(Project {
                    name,
                    ..project.clone()
                })));
            }
        })
    };
    let on_people = {
        let (app, project) = (app.clone(), project.clone());
        Callback::from(move |beneficiaries: Option<u64>| {
            app.edit(Edit::PutProject(Box::new(Project {
                beneficiaries,
                ..project.clone()
            })));
        })
    };
    let on_parts = {
        let (app, project) = (app.clone(), project.clone());
        Callback::from(move |tranches: Vec<u32>| {
            app.edit(Edit::PutProject(Box::new(Project {
                tranches,
                ..project.clone()
            })));
        })
    };
    let on_duration = {
        let (app, project) = (app.clone(), project.clone());
        Callback::from(move |months: Option<u64>| {
            app.edit(Edit::PutProject(Box::new(Project {
                duration_months: months
                    .and_then(|months| u16::try_from(months).ok())
                    .filter(|&months| months > 0),
                ..project.clone()
            })));
        })
    };
    let name = if *blank_name {
        String::new()
    } else {
        app.text(&project.name)
    };
    let error = blank_name.then(|| app.say(say::field_required()));
    html! {
        <div class="fields" key={id.clone()}>
            <TextField id={format!("project-{id}-name")} label={app.say(say::project_name())} value={name} on_input={on_name} {error} />
            { cost_fields(&app, &format!("project-{id}"), &shown, &on_draft) }
            <NumberField id={format!("project-{id}-people")} label={app.say(say::project_beneficiaries())} value={project.beneficiaries}
                on_change={on_people} />
            <NumberField id={format!("project-{id}-duration")} label={app.say(say::project_duration())}
                value={project.duration_months.map(u64::from)} max={1200} on_change={on_duration} />
            <PartsField id={format!("project-{id}-tranches")} label={app.say(say::project_tranches())} value={project.tranches.clone()}
                on_change={on_parts} />
        </div>
    }
}

/// The money fields of a project, with what is wrong with them.
pub(super) fn cost_fields(app: &App, id: &str, draft: &CostDraft, on_change: &Callback<CostDraft>) -> Html {
    let field = |suffix: &str, label: AttrValue, value: Option<u64>, put: fn(&mut CostDraft, Option<u64>)| {
        let (draft, on_change) = (*draft, on_change.clone());
        let changed = Callback::from(move |amount: Option<u64>| {
            let mut draft = draft;
            put(&mut draft, amount);
            on_change.emit(draft);
        });
        html! { <AmountField id={format!("{id}-{suffix}")} {label} {value} on_change={changed} /> }
    };
    let on_divisible = {
        let (draft, on_change) = (*draft, on_change.clone());
        Callback::from(move |divisible: bool| on_change.emit(CostDraft { divisible, ..draft }))
    };
    html! { <>
        { field("likely", app.say(say::project_likely()), draft.likely_minor, |draft, amount| draft.likely_minor = amount) }
        { field("low", app.say(say::project_low()), draft.low_minor, |draft, amount| draft.low_minor = amount) }
        { field("high", app.say(say::project_high()), draft.high_minor, |draft, amount| draft.high_minor = amount) }
        <CheckField id={format!("{id}-divisible")} label={app.say(say::project_divisible())} checked={draft.divisible} on_change={on_divisible} />
        if draft.divisible {
            { field("minimum", app.say(say::project_minimum()), draft.minimum_minor, |draft, amount| draft.minimum_minor = amount) }
        }
        <p class="problem" role="status" id={format!("{id}-problem")}>
            if let Some(problem) = draft.problem() { { app.say(Message::of_code("draft", problem.code())) } }
        </p>
    </> }
}
