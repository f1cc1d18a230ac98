//! Who promises what: a card a pledge, edited in place while the results above follow.

use super::money_words::{funder_name, source_name};
use super::new_pledge::NewPledge;
use super::restriction::restriction_words;
use super::statement::reliability_words;
use super::terms::terms_fields;
use crate::app::{App, focus_later};
use crate::components::{AmountField, IconName, PercentField, SelectField, icon, sector_badge};
use crate::domain::{FundingSource, Money, Pledge, Probability};
use crate::state::{Edit, View};
use crate::text::say;
use yew::prelude::*;

/// All pledges, and the dialogue for one more while `adding`.
pub(super) fn pledges(app: &App, adding: &UseStateHandle<bool>) -> Html {
    let scenario = &app.state().scenario;
    let open = adding.setter();
    let close = adding.setter();
    let on_close = Callback::from(move |()| {
        close.set(false);
        focus_later("pledge-add");
    });
    html! {
        <section class="card whole" id="pool-pledges" aria-labelledby="pool-pledges-title">
            <div class="section-head">
                <h2 id="pool-pledges-title" tabindex="-1">{ app.say(say::pledges_title()) }</h2>
                if scenario.organisations.is_empty() {
                    <button type="button" class="with-icon" id="pledge-organisations"
                        onclick={app.on(crate::state::Action::Go(View::Organisations))}>{ app.say(say::pledges_organisations_first()) }</button>
                } else {
                    <button type="button" class="with-icon" id="pledge-add" onclick={move |_| open.set(true)}>
                        { icon(IconName::Plus) }{ app.say(say::pledge_add()) }</button>
                }
            </div>
            <ul class="edit-list" id="pledge-list">{ for scenario.pledges.iter().map(|pledge| pledge_card(app, pledge)) }</ul>
            if **adding { <NewPledge {on_close} /> }
        </section>
    }
}

fn pledge_card(app: &App, pledge: &Pledge) -> Html {
    let id = &pledge.id;
    let name = AttrValue::from(funder_name(app, id.as_str()));
    let sector = app
        .state()
        .scenario
        .organisation(&pledge.funder)
        .map(|funder| funder.sector);
    let currency = pledge.amount.currency();
    let put = |change: fn(&mut Pledge, f64)| {
        let (app, pledge) = (app.clone(), pledge.clone());
        Callback::from(move |share: f64| {
            let mut pledge = pledge.clone();
            change(&mut pledge, share);
            app.edit(Edit::PutPledge(Box::new(pledge)));
        })
    };
    let on_default = put(|pledge, share| {
        if let Ok(probability) = Probability::new(share) {
            pledge.reliability.default_probability = probability;
        }
    });
    let on_amount = {
        let (app, pledge) = (app.clone(), pledge.clone());
        // An emptied field is a pledge of nothing: what falls then is what the reader wants to see.
        Callback::from(move |amount: Option<u64>| {
            if let Ok(amount) = Money::new(amount.unwrap_or(0), currency) {
                app.edit(Edit::PutPledge(Box::new(Pledge {
                    amount,
                    ..pledge.clone()
                })));
            }
        })
    };
    let on_source = {
        let (app, pledge) = (app.clone(), pledge.clone());
        Callback::from(move |row: String| {
            let source = FundingSource::ALL
                .iter()
                .copied()
                .find(|source| source.row() == row);
            app.edit(Edit::PutPledge(Box::new(Pledge {
                source,
                ..pledge.clone()
            })));
        })
    };
    let on_delete = {
        let (app, id) = (app.clone(), id.clone());
        Callback::from(move |_: MouseEvent| {
            app.edit(Edit::RemovePledge(id.clone()));
            focus_later("pool-pledges-title");
        })
    };
    let base = app.state().scenario.base_currency;
    let in_base = (currency != base)
        .then(|| app.state().scenario.in_base(pledge.amount))
        .flatten()
        .map(|minor| app.say(say::pledge_in_base(app.i18n.compact_money(minor))));
    html! {
        <li key={id.as_str()} class="edit-card" id={format!("pledge-{id}")}>
            <div class="edit-head">
                if let Some(sector) = sector { { sector_badge(sector, &name, false) } }
                <h3>{ name.clone() }</h3>
                <button type="button" class="ghost icon" id={format!("pledge-{id}-delete")} onclick={on_delete}
                    aria-label={app.say(say::pledge_delete(name.to_string()))}>{ icon(IconName::Bin) }</button>
            </div>
            <div class="fields">
                <AmountField id={format!("pledge-{id}-amount")} label={app.say(say::pledge_amount())}
                    value={Some(pledge.amount.amount_minor())} currency={Some(currency)} on_change={on_amount} />
                <PercentField id={format!("pledge-{id}-default")} label={app.say(say::pledge_default())}
                    value={pledge.reliability.default_probability.get()} on_change={on_default} />
                <SelectField id={format!("pledge-{id}-source")} label={app.say(say::pledge_source())} options={source_options(app)}
                    value={pledge.source.map_or("", FundingSource::row)} on_change={on_source} />
            </div>
            if let Some(in_base) = in_base { <p class="meta">{ in_base }</p> }
            <p class="meta">{ restriction_words(app, &pledge.restriction) }{ " " }{ reliability_words(app, &pledge.reliability) }</p>
            { terms_fields(app, pledge) }
        </li>
    }
}

/// F1 to F7, after "not said yet".
pub(super) fn source_options(app: &App) -> Vec<(AttrValue, AttrValue)> {
    let unknown = (AttrValue::from(""), app.say(say::unknown_quantity()));
    let known = FundingSource::ALL
        .iter()
        .map(|&source| (AttrValue::from(source.row()), app.say(source_name(source))));
    std::iter::once(unknown).chain(known).collect()
}
