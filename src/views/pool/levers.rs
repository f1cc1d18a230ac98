//! What moves the result: a tornado of rank correlations.

use super::card::picture_card;
use super::money_words::funder_name;
use crate::app::App;
use crate::charts::drawing::Drawing;
use crate::charts::tornado::{TornadoRow, drawing, extent};
use crate::components::charts::tornado_bar;
use crate::components::working;
use crate::domain::ProjectId;
use crate::risk::{Driver, Futures};
use crate::text::{Message, say};
use crate::views::picture::Saved;
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
    let rows: Vec<TornadoRow> = clear.iter().map(|driver| row(app, driver)).collect();
    let extent = extent(&rows);
    let finding = app.say(
        clear
            .first()
            .map_or_else(say::levers_none, |first| finding(app, first)),
    );
    let heads = [app.say(say::levers_fewer()), app.say(say::levers_more())];
    let saved = Saved {
        finding: finding.to_string(),
        legend: app.say(say::levers_legend()).to_string(),
        drawing: if rows.is_empty() {
            Drawing::default()
        } else {
            drawing(&rows, [&heads[0], &heads[1]])
        },
    };
    let picture = html! {
        if !rows.is_empty() {
            <p class="tornado-heads meta" aria-hidden="true"><span>{ &heads[0] }</span><span>{ &heads[1] }</span></p>
            <ul class="tornado">{ for clear.iter().zip(&rows).map(|(driver, row)| html! {
                <li key={driver.id.clone()}>
                    <span>{ &row.name }<small class="meta">{ &row.note }</small></span>
                    { tornado_bar(row.value, row.standard_error, extent) }
                    <span class="figure">{ &row.figure }</span>
                </li>
            }) }</ul>
            <p class="meta">{ app.say(say::levers_legend()) }</p>
        }
    };
    let finding = html! { <p class="finding">{ finding }</p> };
    picture_card(
        app,
        "pool-levers",
        title,
        finding,
        table(app, &drivers),
        picture,
        saved,
    )
}

fn row(app: &App, driver: &Driver) -> TornadoRow {
    let [low, high] = driver.funded_when.map(|count| app.i18n.decimal(count, 1));
    TornadoRow {
        name: name(app, driver).to_string(),
        note: app.say(say::levers_row(high, low)).to_string(),
        value: driver.rank_correlation,
        standard_error: driver.standard_error,
        figure: app.i18n.decimal(driver.rank_correlation, 2),
    }
}

/// Smaller than twice its error is no clear effect.
fn is_clear(driver: &Driver) -> bool {
    driver.rank_correlation.abs() >= 2.0 * driver.standard_error && driver.rank_correlation != 0.0
}

fn is_known(app: &App, driver: &Driver) -> bool {
    match driver.id.split_once(':') {
        Some(("pledge" | "delay" | "withdraw", id)) => super::money_words::pledge(app, id).is_some(),
        Some(("rate", _)) => true,
        Some(("cost", id)) => ProjectId::new(id).is_ok_and(|id| app.state().scenario.project(&id).is_some()),
        _ => false,
    }
}

fn name(app: &App, driver: &Driver) -> AttrValue {
    match driver.id.split_once(':') {
        Some(("pledge", id)) => app.say(say::driver_pledge(funder_name(app, id))),
        Some(("delay", id)) => app.say(say::driver_delay(funder_name(app, id))),
        Some(("withdraw", id)) => app.say(say::driver_withdraw(funder_name(app, id))),
        Some(("rate", currency)) => app.say(say::driver_rate(currency)),
        Some((_, id)) => app.say(say::driver_cost(app.project_name(id))),
        None => AttrValue::from(driver.id.clone()),
    }
}

fn finding(app: &App, driver: &Driver) -> Message {
    let [low, high] = driver.funded_when.map(|count| app.i18n.decimal(count, 1));
    match driver.id.split_once(':') {
        Some(("pledge", id)) => say::levers_finding_pledge(funder_name(app, id), high, low),
        Some(("cost", id)) => say::levers_finding_cost(high, low, app.project_name(id)),
        _ => say::levers_finding_other(name(app, driver).to_string(), high, low),
    }
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
