//! What the partners and the partnership step show before anybody looks for partners.

use crate::app::use_app;
use crate::components::{SelectField, empty_state};
use crate::domain::OrgId;
use crate::state::{Action, Edit, View};
use crate::text::say;
use yew::prelude::*;

/// Asks whose partners are looked for; without any organisation, sends to where they are entered.
#[component(ChooseLead)]
pub fn choose_lead() -> Html {
    let app = use_app();
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
            <LeadSelect label={app.say(say::partners_choose_lead())} />
        </> }) }
    }
}

/// See [`LeadSelect`].
#[derive(Clone, PartialEq, Properties)]
pub struct LeadSelectProps {
    /// What it is.
    pub label: AttrValue,
}

/// The choice of the organisation that looks for partners.
#[component(LeadSelect)]
pub fn lead_select(props: &LeadSelectProps) -> Html {
    let app = use_app();
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
    html! { <SelectField id="lead" label={props.label.clone()} {options} {value} {on_change} /> }
}
