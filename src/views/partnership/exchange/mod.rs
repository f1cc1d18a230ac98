//! Who gives what to whom, who plays which role, and exchanges in a ring.

mod choice;
mod handovers;
mod kind_flow;
mod lacking;
mod near;
mod plan;
mod ring;
mod rings;
mod roles;
mod settle;
mod withdrawal;
mod words;

pub(in crate::views) use plan::plan_table;

use crate::app::{use_app, use_job};
use crate::domain::{KindId, OrgId};
use crate::jobs::{Request, Response};
use choice::{Choice, RingChoice};
use yew::prelude::*;

/// The part as a whole: the plan, the roles that follow from it, and the rings.
#[component(Exchange)]
pub fn exchange() -> Html {
    let app = use_app();
    let fair = use_state(|| false);
    let kind = use_state(|| None::<KindId>);
    let search = use_state(RingChoice::default);
    let withdrawn = use_state(|| None::<OrgId>);
    let planned = use_job(&app, Some(*fair), |&fair, scenario| Request::Plan {
        scenario,
        fair,
    });
    let found = use_job(&app, Some(*search), |search, scenario| Request::Rings {
        scenario,
        options: search.options(),
    });
    let fair = Choice::of(&fair);
    let kind = Choice::of(&kind);
    let search = Choice::of(&search);
    let withdrawn = Choice::of(&withdrawn);
    html! {
        <div class="exchange" id="exchange">
            { plan::plan(&app, &planned, &fair, &kind) }
            if let Some(Response::Plan { roles, .. }) = planned.response.as_deref() {
                { roles::roles(&app, roles) }
                { settle::settle(&app, roles) }
            }
            { rings::rings(&app, &found, &search, &withdrawn) }
        </div>
    }
}
