//! What one funder's money does.

use super::money_words::{funder_at, pledge, project_at};
use crate::app::App;
use crate::components::SelectField;
use crate::domain::PledgeId;
use crate::funding::{FundReport, FunderStatement};
use crate::risk::Futures;
use crate::state::Action;
use crate::text::say;
use crate::views::words::listed;
use yew::prelude::*;

/// The statement of the chosen pledge; of the first one until one is chosen.
pub(super) fn statement_card(app: &App, report: &FundReport, futures: Option<&Futures>) -> Html {
    let id_of = |statement: &FunderStatement| {
        report
            .participant_ids
            .get(statement.participant)
            .map(String::as_str)
    };
    let selected = app.state().selection.pledge.as_ref();
    let place = selected.and_then(|selected| {
        report
            .statements
            .iter()
            .position(|statement| id_of(statement) == Some(selected.as_str()))
    });
    let place = place.unwrap_or(0);
    let Some(statement) = report.statements.get(place) else {
        return html! {};
    };
    let options: Vec<(AttrValue, AttrValue)> = report
        .statements
        .iter()
        .filter_map(|statement| {
            let name = funder_at(app, report, statement.participant);
            Some((AttrValue::from(id_of(statement)?.to_owned()), name.into()))
        })
        .collect();
    let select = |id: String| Action::SelectPledge(PledgeId::new(&id).ok());
    let next = report
        .statements
        .get((place + 1) % report.statements.len())
        .and_then(id_of);
    let next = next.unwrap_or_default().to_owned();
    html! {
        <section class="card" id="pool-statement" aria-labelledby="pool-statement-title">
            <h2 id="pool-statement-title">{ app.say(say::statement_title()) }</h2>
            <div class="row chooser">
                <SelectField id="statement-pledge" label={app.say(say::statement_choose())} {options}
                    value={id_of(statement).unwrap_or_default().to_owned()} on_change={app.on_event(select)} hide_label={true} />
                <button type="button" class="ghost" id="statement-next" disabled={report.statements.len() < 2}
                    onclick={app.on(select(next))}>{ app.say(say::statement_next()) }</button>
            </div>
            <div aria-live="polite">{ rows(app, report, statement, futures) }</div>
            <p class="meta">{ app.say(say::statement_note()) }</p>
        </section>
    }
}

/// The lines of a statement, also used by the report.
pub(in crate::views) fn rows(
    app: &App,
    report: &FundReport,
    statement: &FunderStatement,
    futures: Option<&Futures>,
) -> Html {
    let id = report
        .participant_ids
        .get(statement.participant)
        .map_or("", String::as_str);
    let money = |minor: u64| AttrValue::from(app.i18n.compact_money(minor));
    let falls: Vec<String> = statement
        .falls_if_leaves
        .iter()
        .map(|&project| project_at(app, report, project))
        .collect();
    let falls = if falls.is_empty() {
        app.say(say::statement_falls_none())
    } else {
        AttrValue::from(listed(app, &falls))
    };
    let moves = (statement.pays_minor > 0).then(|| {
        let moved = statement.unlocked_minor as f64 + statement.pays_minor as f64;
        app.say(say::times(
            app.i18n.decimal(moved / statement.pays_minor as f64, 1),
        ))
    });
    let spread = futures.and_then(|futures| {
        let funder = futures.funders.iter().find(|funder| funder.id == id)?;
        let [low, high] =
            [funder.paid_in_minor.p10, funder.paid_in_minor.p90].map(|minor| app.i18n.simulated_money(minor));
        Some(if low == high {
            AttrValue::from(low)
        } else {
            app.say(say::from_to(low, high))
        })
    });
    let reliability = pledge(app, id).map(|pledge| reliability_words(app, &pledge.reliability));
    let row = |label: AttrValue, value: AttrValue| html! { <div><dt>{ label }</dt><dd>{ value }</dd></div> };
    html! {
        <dl class="statement">
            { row(app.say(say::statement_pledged()), money(statement.pledged_minor)) }
            { row(app.say(say::statement_pays()), money(statement.pays_minor)) }
            if let Some(spread) = spread { { row(app.say(say::statement_really()), spread) } }
            { row(app.say(say::statement_unlocks()), app.i18n.signed_money(statement.unlocked_minor).into()) }
            if let Some(moves) = moves { { row(app.say(say::statement_moves()), moves) } }
            { row(app.say(say::statement_alone()), money(statement.alone_minor)) }
            if let Some(burden) = statement.burden_ratio {
                <div class="highlight"><dt>{ app.say(say::statement_burden()) }</dt><dd>{ app.i18n.percent(burden) }</dd></div>
            }
            { row(app.say(say::statement_falls()), falls) }
            if statement.blocked_minor > 0 { { row(app.say(say::statement_blocked()), money(statement.blocked_minor)) } }
            if statement.refunded_minor > 0 { { row(app.say(say::statement_refunded()), money(statement.refunded_minor)) } }
            if statement.overhead_minor > 0 { { row(app.say(say::statement_overhead()), money(statement.overhead_minor)) } }
            if let Some(reliability) = reliability { { row(app.say(say::statement_reliability()), reliability) } }
        </dl>
    }
}

/// "pays less in 12 of 100 cases; then about 40 % is lost".
pub(super) fn reliability_words(app: &App, reliability: &crate::domain::Reliability) -> AttrValue {
    let share = reliability.default_probability.get();
    let percent = format!("{}%", crate::text::percent_figure(share, app.i18n.language));
    if share == 0.0 {
        return app.say(say::reliability_sure());
    }
    match reliability.haircut {
        Some((a, b)) if a + b > 0.0 => {
            app.say(say::reliability_partial(app.i18n.percent(a / (a + b)), percent))
        }
        _ => app.say(say::reliability_all(percent)),
    }
}
