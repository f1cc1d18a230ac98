//! What moves the result: a tornado of rank correlations.

use super::card::picture_card;
use super::money_words::funder_name;
use crate::app::App;
use crate::components::charts::tornado_bar;
use crate::components::working;
use crate::domain::ProjectId;
use crate::risk::{Driver, Futures};
use crate::text::say;
use yew::prelude::*;

/// Bars shown; the table has all.
const MOST_BARS: usize = 8;

/// The tornado of the `last` complete run, which stays until the next run ends.
pub(super) fn levers(app: &App, futures: Option<&Futures>, last: &mut Vec<Driver>) -> Html {
    let complete = futures.filter(|futures| futures.trials_done >= futures.settings.trials);
    if let Some(futures) = complete {
        last.clone_from(&futures.sensitivity);
    }
    let drivers: Vec<Driver> = last
        .iter()
        .filter(|driver| is_known(app, driver))
        .cloned()
        .collect();
    let title = app.say(say::levers_title());
    if drivers.is_empty() {
        return html! {
            <section class="card" id="pool-levers"><h2>{ title }</h2>
                if complete.is_some() { <p>{ app.say(say::levers_none()) }</p> } else { { working(&app.say(say::working())) } }
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
        Some(first) => finding(app, first),
        None => html! { <p class="finding">{ app.say(say::levers_none()) }</p> },
    };
    let picture = html! {
        <>
            <ul class="tornado">{ for clear.into_iter().map(|driver| html! {
                <li key={driver.id.clone()}>
                    <span>{ name(app, driver) }</span>
                    { tornado_bar(driver.rank_correlation, driver.standard_error, extent) }
                    <span class="figure">{ app.i18n.decimal(driver.rank_correlation, 2) }</span>
                </li>
            }) }</ul>
            <p class="meta">{ app.say(say::levers_legend()) }</p>
        </>
    };
    picture_card(app, "pool-levers", title, finding, table(app, &drivers), picture)
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
