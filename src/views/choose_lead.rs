//! What the partners and the partnership step show before anybody looks for partners.

use crate::app::App;
use crate::components::{SelectField, empty_state};
use crate::domain::OrgId;
use crate::state::{Action, Edit, View};
use crate::text::say;
use yew::prelude::*;

/// Asks whose partners are looked for; without any organisation, sends to where they are entered.
pub(super) fn choose_lead(app: &App) -> Html {
    if app.state().scenario.organisations.is_empty() {
        return html! {
            { empty_state(&app.say(say::partners_empty_title()), &app.say(say::partners_empty_hint()), html! { <>
                <button class="primary" id="to-organisations" onclick={app.on(Action::Go(View::Organisations))}>
                    { app.say(say::partners_to_organisations()) }
                </button>
            </> }) }
        };
    }
    html! {
        { empty_state(&app.say(say::partners_no_lead_title()), &app.say(say::partners_no_lead_hint()), html! { <>
            { lead_select(app, app.say(say::partners_choose_lead())) }
        </> }) }
    }
}

/// The choice, named `label`, of the organisation that looks for partners.
pub(super) fn lead_select(app: &App, label: AttrValue) -> Html {
    let scenario = &app.state().scenario;
    let lead = scenario.partnership.lead.as_ref();
    let choose = lead
        .is_none()
        .then(|| (AttrValue::from(""), app.say(say::partners_choose_none())));
    let organisation = |one: &crate::domain::Organisation| {
        (
            AttrValue::from(one.id.to_string()),
            AttrValue::from(app.text(&one.name)),
        )
    };
    let options: Vec<_> = choose
        .into_iter()
        .chain(scenario.organisations.iter().map(organisation))
        .collect();
    let value = lead.map(ToString::to_string).unwrap_or_default();
    let on_change = app.on_event(|id: String| Action::Edit(Edit::SetLead(OrgId::new(&id).ok())));
    html! { <SelectField id="lead" {label} {options} {value} {on_change} /> }
}
