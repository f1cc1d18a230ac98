//! Who leads, delivers, holds the funds and checks, each with the reason.

use crate::app::App;
use crate::components::sector_badge;
use crate::explain::Role;
use crate::matching::plan::{RoleAssignment, RolePlan};
use crate::text::{Message, say};
use yew::prelude::*;

/// The four roles, also those nobody can have.
pub(super) fn roles(app: &App, plan: &RolePlan) -> Html {
    html! {
        <section class="card" id="exchange-roles" aria-labelledby="exchange-roles-title">
            <h2 id="exchange-roles-title">{ app.say(say::exchange_roles_title()) }</h2>
            <p class="meta">{ app.say(say::exchange_roles_about()) }</p>
            <ul class="exchange-role-list">
                { for plan.roles.iter().map(|one| taken(app, one)) }
                { for plan.open.iter().map(|&role| open(app, role)) }
            </ul>
        </section>
    }
}

fn taken(app: &App, one: &RoleAssignment) -> Html {
    let name = app.org_name(&one.org);
    let sector = app.state().scenario.organisation(&one.org).map(|org| org.sector);
    html! {
        <li id={format!("role-{}", one.role.code())}>
            { for sector.map(|sector| sector_badge(sector, &name, false)) }
            <div>
                <h3>{ app.say(Message::of_code("exchange-role", one.role.code())) }</h3>
                <p><b>{ name }</b></p>
                <p class="meta">{ app.say(Message::of_code("exchange-because", one.reason.code())) }</p>
            </div>
        </li>
    }
}

fn open(app: &App, role: Role) -> Html {
    html! {
        <li id={format!("role-{}", role.code())} class="open">
            <span class="sec absent" aria-hidden="true">{ "?" }</span>
            <div>
                <h3>{ app.say(Message::of_code("exchange-role", role.code())) }</h3>
                <p><b>{ app.say(say::exchange_role_nobody()) }</b></p>
                <p class="meta">{ app.say(Message::of_code("exchange-open", role.code())) }</p>
            </div>
        </li>
    }
}
