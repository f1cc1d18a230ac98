//! A pledge that is not there yet.

use super::pledges::source_options;
use crate::app::{focus_later, use_app};
use crate::components::{AmountField, Dialog, PercentField, SelectField};
use crate::domain::{
    FundingSource, Money, OrgId, Pledge, PledgeId, PledgeTerms, Probability, Reliability, Restriction,
};
use crate::state::Edit;
use crate::state::drafts::free_id;
use crate::text::say;
use yew::prelude::*;

/// See [`NewPledge`].
#[derive(Clone, PartialEq, Properties)]
pub struct NewPledgeProps {
    /// Called when it is done or given up.
    pub on_close: Callback<()>,
}

/// What is offered until the person says otherwise; it stands in the form, for all to see.
const USUAL_DEFAULT: f64 = 0.1;

/// Asks who, how much, from what source and how surely.
#[component(NewPledge)]
pub fn new_pledge(props: &NewPledgeProps) -> Html {
    let app = use_app();
    let scenario = &app.state().scenario;
    let first = scenario
        .organisations
        .first()
        .map(|organisation| organisation.id.to_string());
    let funder = use_state(|| first.unwrap_or_default());
    let amount = use_state(|| None::<u64>);
    let source = use_state(String::new);
    let share = use_state(|| USUAL_DEFAULT);
    let asked = use_state(|| false);
    let funders: Vec<(AttrValue, AttrValue)> = scenario
        .organisations
        .iter()
        .map(|organisation| {
            (
                AttrValue::from(organisation.id.to_string()),
                app.text(&organisation.name).into(),
            )
        })
        .collect();
    let onsubmit = {
        let (app, on_close, asked) = (app.clone(), props.on_close.clone(), asked.clone());
        let (funder, amount, source, share) = (funder.clone(), *amount, source.clone(), *share);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            asked.set(true);
            let scenario = &app.state().scenario;
            let id = free_id("pledge", |id| {
                scenario.pledges.iter().any(|pledge| pledge.id.as_str() == id)
            });
            let made = || {
                Some(Pledge {
                    id: PledgeId::new(&id).ok()?,
                    funder: OrgId::new(&funder).ok()?,
                    amount: Money::new(amount?, scenario.base_currency).ok()?,
                    source: FundingSource::ALL
                        .iter()
                        .copied()
                        .find(|known| known.row() == source.as_str()),
                    restriction: Restriction::default(),
                    wishes: Vec::new(),
                    terms: PledgeTerms::default(),
                    reliability: Reliability {
                        default_probability: Probability::new(share).unwrap_or_default(),
                        ..Reliability::default()
                    },
                })
            };
            match made() {
                Some(pledge) => {
                    app.edit(Edit::PutPledge(Box::new(pledge)));
                    on_close.emit(());
                }
                None => focus_later("new-pledge-amount"),
            }
        })
    };
    let missing = *asked && amount.is_none();
    let set = |place: &UseStateHandle<String>| {
        let place = place.setter();
        Callback::from(move |value: String| place.set(value))
    };
    let (amount_setter, share_setter) = (amount.setter(), share.setter());
    let cancel = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <Dialog title={app.say(say::pledge_add())} on_close={props.on_close.clone()}>
            <form id="new-pledge" {onsubmit} novalidate={true} class="fields">
                <SelectField id="new-pledge-funder" label={app.say(say::column_funder())} options={funders} value={(*funder).clone()}
                    on_change={set(&funder)} />
                <div>
                    <AmountField id="new-pledge-amount" label={app.say(say::pledge_amount())} value={*amount} required={true}
                        on_change={Callback::from(move |value| amount_setter.set(value))} />
                    if missing { <p class="problem" role="alert">{ app.say(say::field_required()) }</p> }
                </div>
                <SelectField id="new-pledge-source" label={app.say(say::pledge_source())} options={source_options(&app)}
                    value={(*source).clone()} on_change={set(&source)} />
                <PercentField id="new-pledge-default" label={app.say(say::pledge_default())} value={*share}
                    on_change={Callback::from(move |value| share_setter.set(value))} />
                <div class="row">
                    <button type="submit" class="primary" id="new-pledge-save">{ app.say(say::add()) }</button>
                    <button type="button" onclick={cancel}>{ app.say(say::cancel()) }</button>
                </div>
            </form>
        </Dialog>
    }
}
