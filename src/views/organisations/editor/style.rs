//! How it works, and what taking part costs it.

use super::{Part, Place};
use crate::app::App;
use crate::components::{SelectField, TextField};
use crate::domain::{Formality, Pace};
use crate::text::{Message, say};
use yew::prelude::*;

const PACES: [(Pace, &str); 4] = [
    (Pace::Weekly, "weekly"),
    (Pace::Monthly, "monthly"),
    (Pace::Quarterly, "quarterly"),
    (Pace::Yearly, "yearly"),
];

const FORMALITIES: [(Formality, &str); 3] = [
    (Formality::Informal, "informal"),
    (Formality::Mixed, "mixed"),
    (Formality::Formal, "formal"),
];

fn code_of<T: PartialEq>(table: &[(T, &'static str)], value: Option<T>) -> &'static str {
    let found = table.iter().find(|(known, _)| Some(known) == value.as_ref());
    found.map_or("", |(_, code)| code)
}

fn value_of<T: Copy>(table: &[(T, &'static str)], code: &str) -> Option<T> {
    table
        .iter()
        .find(|(_, known)| *known == code)
        .map(|(value, _)| *value)
}

/// Pace, formality, horizon and participation cost. Each may be left "not said yet".
pub(super) fn style(app: &App, part: &Part) -> Html {
    let draft = &part.draft;
    let options = |prefix: &str, codes: Vec<&'static str>| {
        let none = (AttrValue::from(""), app.say(say::org_not_said()));
        let known = codes
            .into_iter()
            .map(|code| (AttrValue::from(code), app.say(Message::of_code(prefix, code))));
        std::iter::once(none).chain(known).collect::<Vec<_>>()
    };
    let paces = options("pace", PACES.map(|(_, code)| code).to_vec());
    let formalities = options("formality", FORMALITIES.map(|(_, code)| code).to_vec());
    html! {
        <section class="part" id="working-style">
            <h3>{ app.say(say::org_style()) }</h3>
            <div class="org-pair">
                <SelectField id="org-pace" label={app.say(say::org_field_pace())} options={paces} value={code_of(&PACES, draft.pace)}
                    on_change={part.on(|draft, code: String| draft.pace = value_of(&PACES, &code))} />
                <SelectField id="org-formality" label={app.say(say::org_field_formality())} options={formalities} value={code_of(&FORMALITIES, draft.formality)}
                    on_change={part.on(|draft, code: String| draft.formality = value_of(&FORMALITIES, &code))} />
                <TextField id="org-horizon" label={app.say(say::org_field_horizon())} value={draft.horizon.clone()} input_mode="numeric" max_length={10}
                    on_input={part.on(|draft, text| draft.horizon = text)} error={part.problem(app, Place::Horizon)} />
                <TextField id="org-cost" label={app.say(say::org_field_cost())} value={draft.cost.clone()} max_length={40}
                    on_input={part.on(|draft, text| draft.cost = text)} error={part.problem(app, Place::Cost)} hint={app.say(say::org_field_cost_hint())} />
            </div>
        </section>
    }
}
