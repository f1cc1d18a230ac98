//! What a rule that divides money says before it is asked what that buys: matches with their ranges, or the split with its
//! proof.

use super::money_words::project_at;
use crate::app::App;
use crate::funding::continuous::CERTIFIED;
use crate::funding::{Division, FundReport, Matching};
use crate::text::say;
use yew::prelude::*;

/// The card of the division, under rules that have one.
pub(super) fn division_card(app: &App, report: &FundReport) -> Html {
    let Some(division) = &report.division else {
        return html! {};
    };
    let (title, finding, table) = match &division.matching {
        Some(matching) => (
            app.say(say::match_title()),
            match_finding(app, matching),
            match_table(app, report, matching),
        ),
        None => (
            app.say(say::division_title()),
            proof(app, division),
            split_table(app, report, division),
        ),
    };
    html! {
        <section class="card" id="pool-division" aria-labelledby="pool-division-title">
            <h2 id="pool-division-title">{ title.clone() }</h2>
            { finding }
            <div class="table-wrap" tabindex="0" role="group" aria-label={title}>{ table }</div>
            <p class="meta">{ app.say(say::division_note()) }</p>
        </section>
    }
}

fn match_finding(app: &App, matching: &Matching) -> Html {
    let pool = app.i18n.compact_money(matching.pool_minor);
    let asked: f64 = matching.estimates.iter().map(|estimate| estimate.unscaled).sum();
    let sentence = if matching.participants.is_empty() {
        say::match_finding_none()
    } else if matching.scale < 1.0 {
        say::match_finding_scaled(
            app.i18n.simulated_money(asked),
            pool,
            app.i18n.percent(matching.scale),
        )
    } else {
        say::match_finding_full(pool, app.i18n.simulated_money(matching.rest))
    };
    let bound = matching
        .pair_bound
        .map(|bound| app.say(say::match_bound(app.i18n.simulated_money(bound))));
    html! { <p class="finding">{ app.say(sentence) }if let Some(bound) = bound { { " " }{ bound } }</p> }
}

/// Whether it is proven, and what that means.
fn proof(app: &App, division: &Division) -> Html {
    let certificate = division.certificate.unwrap_or(0.0);
    if certificate <= CERTIFIED {
        return html! { <p class="finding">{ app.say(say::division_proven()) }</p> };
    }
    let share = app.i18n.decimal(certificate * 100.0, 6);
    html! { <p class="finding"><b class="warn">{ app.say(say::division_not_proven(share)) }</b></p> }
}

fn match_table(app: &App, report: &FundReport, matching: &Matching) -> Html {
    let money = |minor: f64| html! { <td class="number">{ app.i18n.simulated_money(minor) }</td> };
    html! {
        <table>
            <caption>{ app.say(say::match_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::column_project()) }</th>
                <th scope="col" class="number">{ app.say(say::match_column_gifts()) }</th>
                <th scope="col" class="number">{ app.say(say::match_column_low()) }</th>
                <th scope="col" class="number">{ app.say(say::match_column_now()) }</th>
                <th scope="col" class="number">{ app.say(say::match_column_high()) }</th>
            </tr></thead>
            <tbody>{ for matching.estimates.iter().enumerate().map(|(project, estimate)| html! {
                <tr>
                    <th scope="row">{ project_at(app, report, project) }</th>
                    { money(estimate.gifts) }{ money(estimate.low) }{ money(estimate.now) }{ money(estimate.high) }
                </tr>
            }) }</tbody>
        </table>
    }
}

fn split_table(app: &App, report: &FundReport, division: &Division) -> Html {
    html! {
        <table>
            <caption>{ app.say(say::division_caption()) }</caption>
            <thead><tr>
                <th scope="col">{ app.say(say::column_project()) }</th>
                <th scope="col" class="number">{ app.say(say::column_amount()) }</th>
            </tr></thead>
            <tbody>{ for division.allocation_minor.iter().enumerate().map(|(project, &amount)| html! {
                <tr>
                    <th scope="row">{ project_at(app, report, project) }</th>
                    <td class="number">{ app.i18n.money(amount) }</td>
                </tr>
            }) }</tbody>
        </table>
    }
}
