//! Paid for results: what is paid at how many, and who carries the risk until then.

use crate::app::App;
use crate::charts::bars::{Bar, BarRow, drawing};
use crate::charts::drawing::Ink;
use crate::components::interval_bar;
use crate::funding::{FundReport, ResultsPayment, ResultsPoint};
use crate::text::say;
use crate::views::money_words::funder_at;
use crate::views::picture::Saved;
use crate::views::pool::card::picture_card;
use yew::prelude::*;

/// The card; nothing where no pledge pays for results.
pub(in crate::views::pool) fn results_card(app: &App, report: &FundReport) -> Html {
    if report.results.is_empty() {
        return html! {};
    }
    let sentences: Vec<String> = report
        .results
        .iter()
        .map(|payment| finding(app, report, payment))
        .collect();
    let bars = report
        .results
        .iter()
        .flat_map(|payment| points(payment).map(move |point| bar_row(app, report, payment, point)));
    let saved = Saved {
        finding: sentences.join(" "),
        legend: String::new(),
        drawing: drawing(&bars.collect::<Vec<_>>()),
    };
    let finding = html! { <>{ for sentences.into_iter().map(|sentence| html! { <p class="finding">{ sentence }</p> }) }</> };
    let picture = html! { <>{ for report.results.iter().map(|payment| html! {
        <ul class="loss-list" key={payment.participant}>{ for points(payment).map(|point| row(app, payment, point)) }</ul>
    }) }</> };
    picture_card(
        app,
        "pool-results",
        app.say(say::results_title()),
        finding,
        table(app, report),
        picture,
        saved,
    )
}

/// None, as expected, all the cap pays for; in order, each once.
fn points(payment: &ResultsPayment) -> impl Iterator<Item = ResultsPoint> {
    let mut points = payment.points.to_vec();
    crate::order::sort_by_key(&mut points, |point| point.outcomes);
    points.dedup();
    points.into_iter()
}

fn finding(app: &App, report: &FundReport, payment: &ResultsPayment) -> String {
    let money = |minor: u64| app.i18n.compact_money(minor);
    let terms = say::results_terms(
        money(payment.cap_minor),
        funder_at(app, report, payment.participant),
        app.text(&payment.outcome),
        money(payment.price_minor),
    );
    let advance = money(payment.advance_minor);
    let carried = match &payment.prefinanced_by {
        Some(who) => say::results_carried(advance, app.org_name(who)),
        None => say::results_carried_nobody(advance),
    };
    let [_, expected, _] = payment.points;
    let expected = say::results_expected(
        money(expected.carried_minor),
        app.i18n.integer(expected.outcomes),
        money(expected.paid_minor),
    );
    let enough = match payment.break_even {
        Some(count) => say::results_break_even(count),
        None => say::results_never(money(payment.cap_minor)),
    };
    [terms, carried, expected, enough]
        .map(|sentence| app.say(sentence).to_string())
        .join(" ")
}

fn bar_row(app: &App, report: &FundReport, payment: &ResultsPayment, point: ResultsPoint) -> BarRow {
    let who = funder_at(app, report, payment.participant);
    BarRow {
        name: format!(
            "{who}: {} {}",
            app.i18n.integer(point.outcomes),
            app.text(&payment.outcome)
        ),
        bars: vec![Bar {
            share: point.paid_minor as f64 / payment.cap_minor.max(1) as f64,
            ink: Ink::Ngo,
            range: None,
        }],
        words: app.i18n.compact_money(point.paid_minor),
    }
}

fn row(app: &App, payment: &ResultsPayment, point: ResultsPoint) -> Html {
    let share = point.paid_minor as f64 / payment.cap_minor.max(1) as f64;
    html! {
        <li key={point.outcomes}>
            <span>{ app.i18n.integer(point.outcomes) }</span>
            { interval_bar([share, share], "paid-bar", false) }
            <span class="figure">{ app.i18n.compact_money(point.paid_minor) }</span>
        </li>
    }
}

fn table(app: &App, report: &FundReport) -> Html {
    let rows = report
        .results
        .iter()
        .flat_map(|payment| points(payment).map(move |point| (payment, point)));
    html! {
        <table>
            <caption>{ app.say(say::results_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::column_funder()) }</th>
                <th scope="col" class="number">{ app.say(say::results_outcomes()) }</th>
                <th scope="col" class="number">{ app.say(say::results_paid()) }</th>
                <th scope="col" class="number">{ app.say(say::results_left()) }</th>
            </tr></thead>
            <tbody>{ for rows.map(|(payment, point)| html! {
                <tr>
                    <th scope="row">{ funder_at(app, report, payment.participant) }</th>
                    <td class="number">{ app.i18n.integer(point.outcomes) }</td>
                    <td class="number">{ app.i18n.money(point.paid_minor) }</td>
                    <td class="number">{ app.i18n.money(point.carried_minor) }</td>
                </tr>
            }) }</tbody>
        </table>
    }
}
