//! A show of hands in the village hall: a number a project.

use crate::app::App;
use crate::components::NumberField;
use crate::domain::Project;
use crate::state::ballots;
use crate::text::say;
use yew::prelude::*;

/// A field a project, and what counting hands means.
pub(super) fn hands(app: &App) -> Html {
    let scenario = &app.state().scenario;
    let field = |(index, project): (usize, &Project)| {
        let (app_then, id) = (app.clone(), project.id.clone());
        let on_change = Callback::from(move |raised: Option<u64>| {
            let raised = u32::try_from(raised.unwrap_or(0)).unwrap_or(u32::MAX);
            if let Some(edit) = ballots::raise(&app_then.state().scenario, &id, raised) {
                app_then.edit(edit);
            }
        });
        let raised = ballots::hands(scenario, &project.id);
        html! {
            <NumberField id={format!("hands-{index}")} label={app.text(&project.name)} value={(raised > 0).then_some(raised)}
                max={u64::from(u32::MAX)} {on_change} />
        }
    };
    html! {
        <fieldset class="hands">
            <legend>{ app.say(say::voices_hands_title()) }</legend>
            <p class="meta">{ app.say(say::voices_hands_note()) }</p>
            <div class="hands-fields">{ for scenario.projects.iter().enumerate().map(field) }</div>
        </fieldset>
    }
}
