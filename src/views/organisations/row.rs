//! One organisation of the list: a row of the table, or a card.

use super::words::{goal, thing};
use crate::app::{App, focus_later};
use crate::components::{IconName, icon, sector_badge};
use crate::domain::{OrgId, Organisation};
use crate::state::{Action, Edit, Tone, View};
use crate::text::{Message, say};
use crate::views::words::sector_and_place;
use yew::prelude::*;

/// Id of an organisation's row.
pub(super) fn row_id(id: &OrgId) -> String {
    format!("org-{id}")
}

/// Id of the button that opens its form.
pub(super) fn edit_id(id: &OrgId) -> String {
    format!("edit-{id}")
}

/// Who it is, what it offers, needs and wants, and what can be done with it; `next` takes the focus when it is
/// deleted.
pub(super) fn row(
    app: &App,
    organisation: &Organisation,
    next: Option<OrgId>,
    on_edit: &Callback<OrgId>,
) -> Html {
    let id = &organisation.id;
    let name = app.text(&organisation.name);
    let is_lead = app.state().scenario.partnership.lead.as_ref() == Some(id);
    let offers = organisation
        .offers
        .iter()
        .map(|offer| thing(app, &offer.kind, offer.quantity));
    let needs = organisation
        .needs
        .iter()
        .map(|need| thing(app, &need.kind, need.quantity));
    let goals = organisation.goals.iter().map(|id| AttrValue::from(goal(app, id)));
    html! {
        <tr key={id.as_str()} role="row" id={row_id(id)} tabindex="-1">
            <th scope="row" role="rowheader" class="who">
                { sector_badge(organisation.sector, &name, false) }
                <span class="name">
                    <b>{ name.clone() }</b>
                    if is_lead { <span class="tag">{ app.say(say::org_mine()) }</span> }
                    <small>{ sector_and_place(app, organisation) }</small>
                </span>
            </th>
            { cell(app, say::org_offers(), offers.collect()) }
            { cell(app, say::org_needs(), needs.collect()) }
            { cell(app, say::org_goals(), goals.collect()) }
            <td role="cell" class="actions">{ actions(app, organisation, next, on_edit) }</td>
        </tr>
    }
}

fn cell(app: &App, label: Message, things: Vec<AttrValue>) -> Html {
    html! {
        <td role="cell">
            <span class="cell-label" aria-hidden="true">{ app.say(label) }</span>
            if things.is_empty() {
                <span class="meta">{ app.say(say::org_nothing_said()) }</span>
            } else {
                <ul class="things">{ for things.into_iter().map(|thing| html! { <li>{ thing }</li> }) }</ul>
            }
        </td>
    }
}

fn actions(app: &App, organisation: &Organisation, next: Option<OrgId>, on_edit: &Callback<OrgId>) -> Html {
    let id = &organisation.id;
    let name = app.text(&organisation.name);
    let find = {
        let (app, id) = (app.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            app.edit(Edit::SetLead(Some(id.clone())));
            app.dispatch(Action::Go(View::Partners));
        })
    };
    let edit = {
        let id = id.clone();
        on_edit.reform(move |_: MouseEvent| id.clone())
    };
    let delete = {
        let (app, id) = (app.clone(), id.clone());
        let name = name.clone();
        Callback::from(move |_: MouseEvent| {
            app.edit(Edit::RemoveOrganisation(id.clone()));
            app.dispatch(Action::Notify(Tone::Good, say::org_removed(name.as_str())));
            focus_later(
                next.as_ref()
                    .map_or_else(|| "add-organisation".to_owned(), row_id),
            );
        })
    };
    html! {
        <div class="row">
            <button class="find" id={format!("partners-{id}")} aria-label={app.say(say::org_find_partners_for(name.as_str()))} onclick={find}>
                { app.say(say::org_find_partners()) }
            </button>
            <button class="ghost icon" id={edit_id(id)} aria-label={app.say(say::org_edit_named(name.as_str()))} title={app.say(say::edit())} onclick={edit}>
                { icon(IconName::Pencil) }
            </button>
            <button class="ghost icon" id={format!("delete-{id}")} aria-label={app.say(say::org_delete_named(name))} title={app.say(say::delete())} onclick={delete}>
                { icon(IconName::Bin) }
            </button>
        </div>
    }
}
