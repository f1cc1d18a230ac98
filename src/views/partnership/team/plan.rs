//! What the partners do together, in which form, and whether the form has what it asks for.

use crate::app::App;
use crate::components::{SelectField, sector_class, sector_name};
use crate::domain::{Form, ProjectId, Sector};
use crate::matching::form::FormGap;
use crate::state::selectors::PartnershipState;
use crate::state::{Action, Edit};
use crate::text::{Message, say};
use yew::prelude::*;

/// Project, form, sectors present, and the form's checks in sentences.
pub(super) fn plan(app: &App, view: &PartnershipState) -> Html {
    let plan = &app.state().scenario.partnership;
    html! {
        <section class="card stack" aria-labelledby="plan-title">
            <h2 id="plan-title">{ app.say(say::partnership_plan_title()) }</h2>
            { project(app) }
            { form(app) }
            if plan.form.is_some() {
                <div role="status" id="form-check"><ul class="form-check">
                    if view.form_gaps.is_empty() {
                        <li class="good">{ app.say(say::form_fits()) }</li>
                    }
                    { for view.form_gaps.iter().map(|gap| html! { <li>{ app.say(gap_words(app, *gap)) }</li> }) }
                </ul></div>
            }
            <div>
                <p class="sectors-title">{ app.say(say::partnership_sectors_title(view.sectors.len())) }</p>
                <ul class="sector-list" id="partnership-sectors">{ for Sector::ALL.map(|sector| present(app, sector, &view.sectors)) }</ul>
            </div>
        </section>
    }
}

fn project(app: &App) -> Html {
    let scenario = &app.state().scenario;
    let plan = &scenario.partnership;
    let lead = plan
        .lead
        .as_ref()
        .map(|lead| app.org_name(lead))
        .unwrap_or_default();
    let own = (
        AttrValue::from(""),
        app.say(say::partnership_own_needs(lead.as_str())),
    );
    let named = scenario.projects.iter().map(|project| {
        (
            AttrValue::from(project.id.to_string()),
            AttrValue::from(app.text(&project.name)),
        )
    });
    let options: Vec<_> = std::iter::once(own).chain(named).collect();
    let value = plan.project.as_ref().map(ToString::to_string).unwrap_or_default();
    let on_change = app.on_event(|id: String| Action::Edit(Edit::SetProject(ProjectId::new(&id).ok())));
    let chosen = plan
        .project
        .as_ref()
        .and_then(|project| scenario.project(project));
    let silent = chosen.is_some_and(|project| project.requirements.is_empty());
    html! { <div>
        <SelectField id="partnership-project" label={app.say(say::partnership_project())} {options} {value} {on_change} />
        if silent { <p class="meta">{ app.say(say::partnership_project_silent(lead)) }</p> }
    </div> }
}

fn form(app: &App) -> Html {
    let name = |form: &Form| {
        let words = Message::of_code("form", &form.row().to_lowercase());
        (AttrValue::from(form.row()), app.say(words))
    };
    let none = (AttrValue::from(""), app.say(say::form_none()));
    let options: Vec<_> = std::iter::once(none).chain(Form::ALL.iter().map(name)).collect();
    let chosen = app.state().scenario.partnership.form;
    let value = chosen.map(Form::row).unwrap_or_default();
    let on_change = app.on_event(|row: String| {
        let form = Form::ALL.iter().copied().find(|form| form.row() == row);
        Action::Edit(Edit::SetForm(form))
    });
    html! { <SelectField id="partnership-form" label={app.say(say::partnership_form())} {options} {value} {on_change} /> }
}

fn gap_words(app: &App, gap: FormGap) -> Message {
    match gap {
        FormGap::Sector(sector) => say::form_gap_sector(app.say(sector_name(sector)).as_str()),
        FormGap::Sectors { have, need } => say::form_gap_sectors(have, need),
        FormGap::Alone => say::form_gap_alone(),
        FormGap::SharedGoal => say::form_gap_shared_goal(),
        FormGap::Voices => say::form_gap_voices(),
        FormGap::SharedDonor => say::form_gap_shared_donor(),
        FormGap::Exchange => say::form_gap_exchange(),
    }
}

/// A sector, in its colour where it is present, outlined and said where it is not.
fn present(app: &App, sector: Sector, inside: &[Sector]) -> Html {
    let name = app.say(sector_name(sector));
    if inside.contains(&sector) {
        html! { <li class={sector_class(sector)}>{ name }</li> }
    } else {
        html! {
            <li class="absent">
                <span class="visually-hidden">{ app.say(say::partnership_sector_absent(name.as_str())) }</span>
                <span aria-hidden="true">{ name }</span>
            </li>
        }
    }
}
