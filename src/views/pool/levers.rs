//! What moves the result: a tornado of rank correlations.

use super::card::PictureCard;
use super::money_words::funder_name;
use crate::app::{App, use_app};
use crate::components::charts::tornado_bar;
use crate::components::working;
use crate::domain::ProjectId;
use crate::risk::{Driver, Futures};
use crate::text::say;
use std::rc::Rc;
use yew::prelude::*;

/// Bars shown; the table has all.
const MOST_BARS: usize = 8;

/// See [`Levers`].
#[derive(Clone, PartialEq, Properties)]
pub struct LeversProps {
    /// What is known so far.
    pub futures: Option<Rc<Futures>>,
}

/// The drivers of the last complete run stay until the next run ends.
#[component(Levers)]
pub fn levers(props: &LeversProps) -> Html {
    let app = use_app();
    let last = use_mut_ref(Vec::<Driver>::new);
    if let Some(futures) = props
        .futures
        .as_ref()
        .filter(|futures| futures.trials_done >= futures.settings.trials)
    {
        *last.borrow_mut() = futures.sensitivity.clone();
    }
    let drivers: Vec<Driver> = last
        .borrow()
        .iter()
        .filter(|driver| is_known(&app, driver))
        .cloned()
        .collect();
    let title = app.say(say::levers_title());
    if drivers.is_empty() {
        let done = props
            .futures
            .as_ref()
            .is_some_and(|futures| futures.trials_done >= futures.settings.trials);
        return html! {
            <section class="card" id="pool-levers"><h2>{ title }</h2>
                if done { <p>{ app.say(say::levers_none()) }</p> } else { { working(&app.say(say::working())) } }
            </section>
        };
    }
    let clear: Vec<&Driver> = drivers
        .iter()
        .filter(|driver| is_clear(driver))
        .take(MOST_BARS)
        .collect();
    let extent = clear
        .iter()
        .map(|driver| driver.rank_correlation.abs() + driver.standard_error)
        .fold(0.0, f64::max);
    let finding = match clear.first() {
        Some(first) => finding(&app, first),
        None => html! { <p class="finding">{ app.say(say::levers_none()) }</p> },
    };
    html! {
        <PictureCard id="pool-levers" {title} {finding} table={table(&app, &drivers)}>
            <ul class="tornado">{ for clear.into_iter().map(|driver| html! {
                <li key={driver.id.clone()}>
                    <span>{ name(&app, driver) }</span>
                    { tornado_bar(driver.rank_correlation, driver.standard_error, extent) }
                    <span class="figure">{ app.i18n.decimal(driver.rank_correlation, 2) }</span>
                </li>
            }) }</ul>
            <p class="meta">{ app.say(say::levers_legend()) }</p>
        </PictureCard>
    }
}

/// Smaller than twice its error is no clear effect.
fn is_clear(driver: &Driver) -> bool {
    driver.rank_correlation.abs() >= 2.0 * driver.standard_error && driver.rank_correlation != 0.0
}

fn is_known(app: &App, driver: &Driver) -> bool {
    match driver.id.split_once(':') {
        Some(("pledge", id)) => super::money_words::pledge(app, id).is_some(),
        Some(("cost", id)) => ProjectId::new(id).is_ok_and(|id| app.state().scenario.project(&id).is_some()),
        _ => false,
    }
}

fn name(app: &App, driver: &Driver) -> AttrValue {
    match driver.id.split_once(':') {
        Some(("pledge", id)) => app.say(say::driver_pledge(funder_name(app, id))),
        Some((_, id)) => app.say(say::driver_cost(app.project_name(id))),
        None => AttrValue::from(driver.id.clone()),
    }
}

fn finding(app: &App, driver: &Driver) -> Html {
    let [low, high] = driver.funded_when.map(|count| app.i18n.decimal(count, 1));
    let sentence = match driver.id.split_once(':') {
        Some(("pledge", id)) => say::levers_finding_pledge(funder_name(app, id), high, low),
        Some((_, id)) => say::levers_finding_cost(high, low, app.project_name(id)),
        None => return html! {},
    };
    html! { <p class="finding">{ app.say(sentence) }</p> }
}

fn table(app: &App, drivers: &[Driver]) -> Html {
    html! {
        <table>
            <caption>{ app.say(say::levers_table_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::column_driver()) }</th>
                <th scope="col" class="number">{ app.say(say::column_correlation()) }</th>
                <th scope="col" class="number">{ app.say(say::column_when_low()) }</th>
                <th scope="col" class="number">{ app.say(say::column_when_high()) }</th>
            </tr></thead>
            <tbody>{ for drivers.iter().map(|driver| html! {
                <tr>
                    <th scope="row">{ name(app, driver) }</th>
                    <td class="number">{ format!("{} ± {}", app.i18n.decimal(driver.rank_correlation, 2), app.i18n.decimal(driver.standard_error, 2)) }</td>
                    <td class="number">{ app.i18n.decimal(driver.funded_when[0], 2) }</td>
                    <td class="number">{ app.i18n.decimal(driver.funded_when[1], 2) }</td>
                </tr>
            }) }</tbody>
        </table>
    }
}
