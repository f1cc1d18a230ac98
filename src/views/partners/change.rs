//! The next step: what would change the result, and forming the partnership.

use super::questions::question;
use crate::app::App;
use crate::domain::OrgId;
use crate::matching::{PartnerList, PartnerMatch};
use crate::state::{Action, Edit, View, selectors};
use crate::text::say;
use crate::views::words::kind_inside;
use yew::prelude::*;

/// The most telling question, the widest gap with who could fill it, and the button that goes on.
pub(super) fn what_would_change(app: &App, list: &PartnerList, partner: &PartnerMatch) -> Html {
    let ask = partner.unknown.first();
    let gap = selectors::biggest_gap(list, partner);
    html! {
        <div class="next" id="next-step">
            <div>
                <h3>{ app.say(say::change_title()) }</h3>
                if let Some(ask) = ask { <p>{ question(app, &list.seeker, ask) }</p> }
                if let Some((kind, helper)) = &gap {
                    <p>
                        { app.say(say::change_gap(kind_inside(app, kind))) }{ " " }
                        if let Some(helper) = helper {
                            <button class="link" id="gap-helper" onclick={app.on(Action::SelectPartner(Some(helper.clone())))}>
                                { app.say(say::change_gap_helper(app.org_name(helper))) }
                            </button>
                        } else {
                            { app.say(say::change_gap_nobody()) }
                        }
                    </p>
                }
                if ask.is_none() && gap.is_none() { <p>{ app.say(say::change_nothing()) }</p> }
            </div>
            <div class="next-buttons">{ buttons(app, &partner.id) }</div>
        </div>
    }
}

fn buttons(app: &App, partner: &OrgId) -> Html {
    let plan = &app.state().scenario.partnership;
    let toggle = Edit::ToggleMember(partner.clone());
    if plan.members.contains(partner) {
        return html! { <>
            <button class="primary" id="see-partnership" onclick={app.on(Action::Go(View::Partnership))}>{ app.say(say::partners_see_partnership()) }</button>
            <button id="leave-partnership" onclick={app.on(Action::Edit(toggle))}>{ app.say(say::partners_leave()) }</button>
        </> };
    }
    let label = if plan.members.is_empty() {
        say::partners_form()
    } else {
        say::partners_join()
    };
    let onclick = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            app.edit(toggle.clone());
            app.dispatch(Action::Go(View::Partnership));
        })
    };
    html! { <button class="primary" id="form-partnership" {onclick}>{ app.say(label) }</button> }
}
