//! What is assumed of the joint appeal, and what each organisation seeks and spends on asking.

use super::words::split_name;
use crate::app::App;
use crate::components::{AmountField, PercentField, SelectField};
use crate::domain::{AppealParty, AppealPlan, AppealSplit, Organisation, Probability};
use crate::partnership::appeal::{USUAL_HOLDER_SHARE, USUAL_JOINT_GIFT, USUAL_LIFT};
use crate::state::Edit;
use crate::text::say;
use yew::prelude::*;

/// The card.
pub(super) fn settings(app: &App) -> Html {
    let plan = &app.state().scenario.appeal;
    let percent = |said: Option<Probability>, usual: f64| said.map_or(usual, Probability::get);
    let options: Vec<(AttrValue, AttrValue)> = AppealSplit::ALL
        .map(|split| (split.code().into(), app.say(split_name(split))))
        .to_vec();
    let on_split = change(app, |plan, code: String| {
        if let Some(split) = AppealSplit::ALL.into_iter().find(|split| split.code() == code) {
            plan.split = split;
        }
    });
    let asks = |organisation: &&Organisation| {
        let id = &organisation.id;
        plan.party(id).is_some() || plan.donors.iter().any(|donor| donor.asked_by.contains(id))
    };
    let parties = app.state().scenario.organisations.iter().filter(asks);
    html! {
        <section class="card whole" id="appeal-settings" aria-labelledby="appeal-settings-title">
            <h2 id="appeal-settings-title">{ app.say(say::appeal_settings_title()) }</h2>
            <p class="meta">{ app.say(say::appeal_settings_note()) }</p>
            <div class="appeal-fields">
                <SelectField id="appeal-split" label={app.say(say::appeal_split())} {options} value={plan.split.code()} on_change={on_split} />
                <PercentField id="appeal-lift" label={app.say(say::appeal_lift())} value={percent(plan.lift, USUAL_LIFT)}
                    hint={app.say(say::appeal_lift_hint())} on_change={change(app, |plan, share| plan.lift = Probability::new(share).ok())} />
                <PercentField id="appeal-joint-gift" label={app.say(say::appeal_joint_gift())} value={percent(plan.joint_gift, USUAL_JOINT_GIFT)}
                    hint={app.say(say::appeal_joint_gift_hint())} on_change={change(app, |plan, share| plan.joint_gift = Probability::new(share).ok())} />
                <PercentField id="appeal-holder" label={app.say(say::appeal_holder())} value={percent(plan.holder_share, USUAL_HOLDER_SHARE)}
                    hint={app.say(say::appeal_holder_hint())} on_change={change(app, |plan, share| plan.holder_share = Probability::new(share).ok())} />
                <AmountField id="appeal-campaign" label={app.say(say::appeal_campaign())} value={plan.campaign_minor}
                    on_change={change(app, |plan, amount| plan.campaign_minor = amount)} />
            </div>
            <h3>{ app.say(say::appeal_parties_title()) }</h3>
            <ul class="edit-list">{ for parties.map(|organisation| party(app, organisation)) }</ul>
        </section>
    }
}

fn change<T: 'static>(app: &App, put: impl Fn(&mut AppealPlan, T) + 'static) -> Callback<T> {
    let app = app.clone();
    Callback::from(move |value: T| {
        let mut plan = app.state().scenario.appeal.clone();
        put(&mut plan, value);
        app.edit(Edit::SetAppeal(Box::new(plan)));
    })
}

fn party(app: &App, organisation: &Organisation) -> Html {
    let id = &organisation.id;
    let known = app.state().scenario.appeal.party(id);
    let of = |put: fn(&mut AppealParty, Option<u64>)| {
        let id = id.clone();
        change(app, move |plan, amount| {
            if let Some(party) = plan.parties.iter_mut().find(|party| party.organisation == id) {
                return put(party, amount);
            }
            let mut party = AppealParty {
                organisation: id.clone(),
                goal_minor: None,
                campaign_minor: None,
            };
            put(&mut party, amount);
            plan.parties.push(party);
        })
    };
    html! {
        <li key={id.as_str()} class="edit-card">
            <div class="edit-head"><h3>{ app.text(&organisation.name) }</h3></div>
            <div class="fields donor-fields">
                <AmountField id={format!("appeal-{id}-goal")} label={app.say(say::appeal_goal())} value={known.and_then(|party| party.goal_minor)}
                    on_change={of(|party, amount| party.goal_minor = amount)} />
                <AmountField id={format!("appeal-{id}-cost")} label={app.say(say::appeal_cost())} value={known.and_then(|party| party.campaign_minor)}
                    on_change={of(|party, amount| party.campaign_minor = amount)} />
            </div>
        </li>
    }
}
