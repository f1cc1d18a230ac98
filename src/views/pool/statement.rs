//! What one funder's money does.

use super::money_words::{funder_at, pledge, project_at};
use crate::app::App;
use crate::components::SelectField;
use crate::domain::PledgeId;
use crate::funding::{FundReport, FunderStatement, LeaveVerdict};
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
            { meanings(app, report) }
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
    let share = share_words(app, report, statement.participant);
    html! {
        <>
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
            if let Some(share) = share { { row(app.say(say::statement_share()), share) } }
            { row(app.say(say::statement_falls()), falls) }
            if statement.blocked_minor > 0 { { row(app.say(say::statement_blocked()), money(statement.blocked_minor)) } }
            if statement.refunded_minor > 0 { { row(app.say(say::statement_refunded()), money(statement.refunded_minor)) } }
            if statement.overhead_minor > 0 { { row(app.say(say::statement_overhead()), money(statement.overhead_minor)) } }
            if let Some(reliability) = reliability { { row(app.say(say::statement_reliability()), reliability) } }
        </dl>
        if let Some(leave) = leave_words(app, report, statement) { <p class="leave">{ leave }</p> }
        if let Some(kept) = kept_from_words(app, report, statement, id) { <p class="meta kept-from">{ kept }</p> }
        </>
    }
}

/// The part of everything funded that may be added up, with its error where it was sampled.
fn share_words(app: &App, report: &FundReport, participant: usize) -> Option<AttrValue> {
    let shares = report.explanation.as_ref()?.additive.as_ref()?;
    let share = app.i18n.signed_money(*shares.shares_minor.get(participant)?);
    Some(match shares.errors_minor.get(participant) {
        Some(&error) => app.say(say::statement_share_about(app.i18n.simulated_money(error), share)),
        None => AttrValue::from(share),
    })
}

/// Whether it would do better alone, and how.
fn leave_words(app: &App, report: &FundReport, statement: &FunderStatement) -> Option<AttrValue> {
    let choice = report.explanation.as_ref()?.leaving.get(statement.participant)?;
    let [inside, outside] =
        [choice.inside_minor, choice.outside_minor].map(|minor| app.i18n.compact_money(minor));
    let uses: Vec<String> = choice
        .best_use
        .iter()
        .map(|&(project, _)| project_at(app, report, project))
        .collect();
    Some(app.say(match choice.verdict {
        LeaveVerdict::Stays => say::statement_stays(inside, outside),
        LeaveVerdict::Leaves if uses.is_empty() => say::statement_leaves_free(inside, outside),
        LeaveVerdict::Leaves => say::statement_leaves(inside, outside, listed(app, &uses)),
        _ => say::statement_leave_undecided(inside, outside),
    }))
}

/// Which projects its conditions keep from what it has left, and which conditions those are.
fn kept_from_words(app: &App, report: &FundReport, statement: &FunderStatement, id: &str) -> Option<String> {
    let restriction = &pledge(app, id)?.restriction;
    if statement.kept_from.is_empty() || restriction.is_open() {
        return None;
    }
    let names: Vec<String> = statement
        .kept_from
        .iter()
        .map(|&project| project_at(app, report, project))
        .collect();
    let left = statement.pledged_minor.saturating_sub(statement.pays_minor);
    let words = super::restriction::restriction_words(app, restriction);
    let sentence =
        say::statement_kept_from(app.i18n.compact_money(left), listed(app, &names), words.as_str());
    Some(app.say(sentence).to_string())
}

/// What the figures of a statement mean, folded away until somebody asks; also used by the report.
pub(in crate::views) fn meanings(app: &App, report: &FundReport) -> Html {
    let additive = report
        .explanation
        .as_ref()
        .and_then(|known| known.additive.as_ref());
    let sampled = additive.is_some_and(|shares| shares.pairs > 0);
    html! {
        <details class="what">
            <summary>{ app.say(say::statement_what()) }</summary>
            <p class="meta">{ app.say(say::statement_what_unlocks()) }</p>
            <p class="meta">{ app.say(say::statement_what_alone()) }</p>
            if additive.is_some() { <p class="meta">{ app.say(say::statement_what_share()) }</p> }
            if sampled { <p class="meta">{ app.say(say::statement_what_sampled()) }</p> }
            <p class="meta">{ app.say(say::statement_what_leave()) }</p>
        </details>
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
