//! The partnership step in parts: the team, who gives what to whom, working together, the agreement.

mod agreement;
mod exchange;
mod team;
mod together;

pub(super) use agreement::AgreementPaper;
pub(super) use exchange::plan_table;
pub(super) use team::fill_table;

use super::choose_lead::choose_lead;
use crate::app::{App, use_app};
use crate::state::{Action, PartnershipPart, selectors};
use crate::text::{Message, say};
use agreement::Agreement;
use exchange::Exchange;
use together::Together;
use yew::prelude::*;

/// The head with what is covered, the parts to choose from, and the part chosen.
#[component(Partnership)]
pub fn partnership() -> Html {
    let app = use_app();
    let state = app.state();
    let scenario = &state.scenario;
    let view = use_memo(state.revision, |_| selectors::partnership(scenario));
    let lead = scenario.partnership.lead.as_ref();
    let Some(lead) = lead.and_then(|lead| scenario.organisation(lead)) else {
        return html! { <><h1 class="visually-hidden">{ app.say(say::view_partnership()) }</h1>{ choose_lead(&app) }</> };
    };
    let finding = team::finding(&app, &view.fills);
    html! {
        <div class="partnership-page">
            <header class="partnership-head">
                <h1>{ app.say(say::partnership_title(app.text(&lead.name))) }</h1>
                if let Some(finding) = finding { <p class="finding" id="partnership-finding" role="status">{ app.say(finding) }</p> }
                <nav class="parts" aria-label={app.say(say::parts_label())}>
                    <ul class="chips">{ for PartnershipPart::ALL.map(|part| part_button(&app, part)) }</ul>
                </nav>
            </header>
            { match state.selection.part {
                PartnershipPart::Team => team::team(&app, &view),
                PartnershipPart::Exchange => html! { <Exchange /> },
                PartnershipPart::Together => html! { <Together /> },
                PartnershipPart::Agreement => html! { <Agreement /> },
            } }
        </div>
    }
}

fn part_button(app: &App, part: PartnershipPart) -> Html {
    let current = app.state().selection.part == part;
    let name = Message::of_code("part", part.code());
    html! {
        <li><button id={format!("part-{}", part.code())} aria-current={current.then_some("true")}
            onclick={app.on(Action::ShowPart(part))}>{ app.say(name) }</button></li>
    }
}
