//! Who is in, with what each of them fills.

use crate::app::{App, focus_later};
use crate::components::{IconName, icon, sector_badge};
use crate::domain::{OrgId, Organisation};
use crate::matching::fill::Fill;
use crate::state::{Action, Edit, View};
use crate::text::say;
use crate::views::words::{kind_inside, sector_and_place};
use yew::prelude::*;

const TITLE: &str = "members-title";

/// The lead and the chosen partners, each partner with a button that takes it out.
pub(super) fn members(app: &App, fills: &[Fill]) -> Html {
    let scenario = &app.state().scenario;
    let plan = &scenario.partnership;
    let lead = plan.lead.as_ref().and_then(|lead| scenario.organisation(lead));
    let members = plan
        .members
        .iter()
        .filter_map(|member| scenario.organisation(member));
    let find = if plan.members.is_empty() {
        say::partnership_find()
    } else {
        say::partnership_find_more()
    };
    html! {
        <section class="card" aria-labelledby={TITLE}>
            <h2 id={TITLE} tabindex="-1">{ app.say(say::partnership_who_title()) }</h2>
            <ul class="members" id="partnership-members">
                { for lead.map(|lead| member(app, fills, lead, true)) }
                { for members.map(|one| member(app, fills, one, false)) }
            </ul>
            if plan.members.is_empty() { <p class="meta">{ app.say(say::partnership_alone_hint()) }</p> }
            <button id="find-partners" onclick={app.on(Action::Go(View::Partners))}>{ app.say(find) }</button>
        </section>
    }
}

fn member(app: &App, fills: &[Fill], organisation: &Organisation, is_lead: bool) -> Html {
    let name = app.text(&organisation.name);
    html! {
        <li key={organisation.id.to_string()} id={format!("member-{}", organisation.id)}>
            { sector_badge(organisation.sector, &name, false) }
            <div>
                <b>{ name.clone() }</b>
                <small>
                    { sector_and_place(app, organisation) }
                    if is_lead { { " · " }{ app.say(say::partnership_lead()) } }
                </small>
                <small>{ brings(app, fills, &organisation.id, is_lead) }</small>
            </div>
            if !is_lead { { remove(app, &organisation.id, &name) } }
        </li>
    }
}

fn brings(app: &App, fills: &[Fill], id: &OrgId, is_lead: bool) -> AttrValue {
    let offers = |fill: &&Fill| fill.contributions.iter().any(|one| &one.org == id);
    let kinds: Vec<_> = fills
        .iter()
        .filter(offers)
        .map(|fill| kind_inside(app, &fill.kind))
        .collect();
    match (kinds.is_empty(), is_lead || fills.is_empty()) {
        (false, _) => app.say(say::partnership_brings(kinds.join("; "))),
        (true, false) => app.say(say::partnership_brings_nothing()),
        // The lead asks; that it fills nothing of its own needs goes without saying.
        (true, true) => AttrValue::default(),
    }
}

fn remove(app: &App, id: &OrgId, name: &str) -> Html {
    let onclick = {
        let (app, id) = (app.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            app.edit(Edit::ToggleMember(id.clone()));
            focus_later(TITLE);
        })
    };
    let label = app.say(say::partnership_remove(name));
    html! {
        <button class="ghost icon" id={format!("remove-{id}")} aria-label={label.clone()} title={label} {onclick}>
            { icon(IconName::Close) }
        </button>
    }
}
