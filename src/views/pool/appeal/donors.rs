//! The donors, edited in place: what each gives, how likely, and who asks.

use crate::app::{App, focus_later};
use crate::components::{AmountField, CheckField, IconName, PercentField, TextField, icon};
use crate::domain::{AppealPlan, Donor, OrgId, Organisation, Probability, Text};
use crate::partnership::appeal::{USUAL_CHANCE, USUAL_FATIGUE};
use crate::state::{Edit, drafts};
use crate::text::say;
use yew::prelude::*;

/// How many donors are shown as forms.
const MOST_SHOWN: usize = 60;

/// A donor that is not there yet.
pub(super) fn new_donor(app: &App, number: usize) -> Donor {
    Donor {
        name: Text::Plain(app.say(say::appeal_new_name(number)).to_string()),
        ..Donor::default()
    }
}

/// The card.
pub(super) fn donors(app: &App) -> Html {
    let plan = &app.state().scenario.appeal;
    let on_add = {
        let (app, count) = (app.clone(), plan.donors.len());
        Callback::from(move |_: MouseEvent| {
            let mut plan = app.state().scenario.appeal.clone();
            plan.donors.push(new_donor(&app, count + 1));
            app.edit(Edit::SetAppeal(Box::new(plan)));
            focus_later(format!("donor-{count}-name"));
        })
    };
    let hidden = plan.donors.len().saturating_sub(MOST_SHOWN);
    html! {
        <section class="card whole" id="appeal-donors" aria-labelledby="appeal-donors-title">
            <div class="section-head">
                <h2 id="appeal-donors-title" tabindex="-1">{ app.say(say::appeal_donors_title()) }</h2>
                <button type="button" class="with-icon" id="donor-add" onclick={on_add}>{ icon(IconName::Plus) }{ app.say(say::appeal_add()) }</button>
            </div>
            <ul class="edit-list ballot-list">{ for plan.donors.iter().enumerate().take(MOST_SHOWN).map(|(place, donor)| card(app, place, donor)) }</ul>
            if hidden > 0 { <p class="meta">{ app.say(say::appeal_hidden(hidden)) }</p> }
        </section>
    }
}

/// Changes the donor at a place of the plan as it is when the change comes.
fn change<T: 'static>(app: &App, place: usize, put: impl Fn(&mut Donor, T) + 'static) -> Callback<T> {
    let app = app.clone();
    Callback::from(move |value: T| {
        let mut plan: AppealPlan = app.state().scenario.appeal.clone();
        if let Some(donor) = plan.donors.get_mut(place) {
            put(donor, value);
            app.edit(Edit::SetAppeal(Box::new(plan)));
        }
    })
}

fn card(app: &App, place: usize, donor: &Donor) -> Html {
    let name = app.text(&donor.name);
    let id = |field: &str| format!("donor-{place}-{field}");
    let language = app.i18n.language;
    let on_name = change(app, place, move |donor, words: String| {
        donor.name = drafts::reworded(&donor.name, language, &words);
    });
    let on_delete = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            let mut plan = app.state().scenario.appeal.clone();
            if place < plan.donors.len() {
                plan.donors.remove(place);
                app.edit(Edit::SetAppeal(Box::new(plan)));
            }
            focus_later("appeal-donors-title");
        })
    };
    let asks = |organisation: &Organisation| {
        let org: OrgId = organisation.id.clone();
        let checked = donor.asked_by.contains(&org);
        let on_change = change(app, place, move |donor, asks: bool| {
            donor.asked_by.retain(|asking| asking != &org);
            if asks {
                donor.asked_by.push(org.clone());
            }
        });
        html! {
            <CheckField id={format!("donor-{place}-by-{}", organisation.id)} label={app.text(&organisation.name)} {checked} {on_change} />
        }
    };
    let percent = |said: Option<Probability>, usual: f64| said.map_or(usual, Probability::get);
    html! {
        <li key={place} class="edit-card donor" id={format!("donor-{place}")}>
            <div class="edit-head">
                <h3>{ name.clone() }</h3>
                <button type="button" class="ghost icon" id={id("delete")} onclick={on_delete}
                    aria-label={app.say(say::appeal_delete(name.clone()))}>{ icon(IconName::Bin) }</button>
            </div>
            <div class="fields donor-fields">
                <TextField id={id("name")} label={app.say(say::appeal_donor())} value={name} on_input={on_name} />
                <AmountField id={id("gift")} label={app.say(say::appeal_gift())} value={donor.gift_minor}
                    on_change={change(app, place, |donor, amount| donor.gift_minor = amount)} />
                <AmountField id={id("budget")} label={app.say(say::appeal_budget())} value={donor.budget_minor}
                    on_change={change(app, place, |donor, amount| donor.budget_minor = amount)} />
                <PercentField id={id("chance")} label={app.say(say::appeal_chance())} value={percent(donor.chance, USUAL_CHANCE)}
                    on_change={change(app, place, |donor, share| donor.chance = Probability::new(share).ok())} />
                <PercentField id={id("fatigue")} label={app.say(say::appeal_fatigue())} value={percent(donor.fatigue, USUAL_FATIGUE)}
                    on_change={change(app, place, |donor, share| donor.fatigue = Probability::new(share).ok())} />
            </div>
            <fieldset class="ballot-paper">
                <legend>{ app.say(say::appeal_asked_by()) }</legend>
                { for app.state().scenario.organisations.iter().take(64).map(asks) }
            </fieldset>
        </li>
    }
}
