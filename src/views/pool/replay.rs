//! The rule step by step: what it compared in each round, what it took, what was left.

use super::money_words::project_at;
use crate::app::{App, use_app};
use crate::funding::{Contender, FundReport, Measure, Round};
use crate::text::{Message, say};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ReplayProps {
    pub report: Rc<FundReport>,
}

/// Goes through the rounds with four buttons or the arrow keys; nothing for rules without rounds.
#[component(Replay)]
pub(super) fn replay(props: &ReplayProps) -> Html {
    let app = use_app();
    let place = use_state(|| 0_usize);
    let report = &*props.report;
    let Some(last) = report.rounds.len().checked_sub(1) else {
        return Html::default();
    };
    // An edit may leave fewer rounds than there were.
    let now = (*place).min(last);
    let Some(round) = report.rounds.get(now) else {
        return Html::default();
    };
    let go = |to: usize| {
        let place = place.setter();
        Callback::from(move |_: MouseEvent| place.set(to))
    };
    let onkeydown = {
        let place = place.setter();
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowLeft" => now.saturating_sub(1),
                "ArrowRight" => (now + 1).min(last),
                "Home" => 0,
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            place.set(to);
        })
    };
    // `aria-disabled` keeps the focus where it is when an end is reached.
    let button = |id: &'static str, label: Message, to: usize| {
        let off = to == now;
        html! { <button type="button" {id} aria-disabled={off.to_string()} onclick={go(to)}>{ app.say(label) }</button> }
    };
    html! {
        <section class="card whole replay" id="pool-replay" aria-labelledby="pool-replay-title">
            <h2 id="pool-replay-title">{ app.say(say::replay_title()) }</h2>
            <p class="meta">{ app.say(say::replay_about()) }</p>
            <div class="row" role="group" aria-label={app.say(say::replay_controls())} {onkeydown}>
                { button("replay-first", say::replay_first(), 0) }
                { button("replay-previous", say::replay_previous(), now.saturating_sub(1)) }
                { button("replay-next", say::replay_next(), (now + 1).min(last)) }
                { button("replay-last", say::replay_last(), last) }
            </div>
            <div aria-live="polite" id="replay-said">
                <p class="finding"><b>{ app.say(say::replay_round(now + 1, last + 1)) }</b>{ " " }{ sentence(&app, report, round) }</p>
                if let Some(left) = left_after(report, now) { <p>{ app.say(say::replay_left(app.i18n.compact_money(left))) }</p> }
            </div>
            if !round.contenders.is_empty() { { contenders(&app, report, round) } }
        </section>
    }
}

/// What happened, in a sentence.
fn sentence(app: &App, report: &FundReport, round: &Round) -> AttrValue {
    let first = round.contenders.first();
    let Some(bought) = round.bought else {
        let short = first.filter(|first| first.short_minor > 0);
        return app.say(match short {
            // A rule that goes on passes this one over; it is the last round where nothing follows.
            Some(first) => {
                let (name, short) = (
                    project_at(app, report, first.project),
                    app.i18n.compact_money(first.short_minor),
                );
                let goes_on = report.rounds.last() != Some(round);
                if goes_on {
                    say::replay_none_passed(name, short)
                } else {
                    say::replay_none(name, short)
                }
            }
            None => say::replay_end(),
        });
    };
    let value = round
        .contenders
        .iter()
        .find(|contender| contender.project == bought);
    let value = value.and_then(|contender| contender.value);
    let reason = Message::of_code("replay-reason", round.measure.code());
    let reason = match value {
        Some(value) if round.measure != Measure::GivenOrder => {
            reason.with("value", figure(app, round.measure, value))
        }
        _ => reason,
    };
    let name = project_at(app, report, bought);
    app.say(if round.tie {
        say::replay_bought_tie(name, reason)
    } else {
        say::replay_bought(name, reason)
    })
}

/// A figure as readers compare it.
fn figure(app: &App, measure: Measure, value: f64) -> String {
    match measure {
        Measure::VotesPerCost => {
            let digits = app.state().scenario.base_currency.minor_digits();
            let million = (0..digits).fold(1e6, |million, _| million * 10.0);
            app.i18n.decimal(value * million, 2)
        }
        Measure::PricePerBenefit => app.i18n.decimal(value, 4),
        Measure::Load | Measure::HeaviestLoad => format!("{}%", app.i18n.decimal(value * 100.0, 2)),
        _ => app.i18n.decimal(value, 0),
    }
}

/// What the pool has left after the round: after all that was bought by then.
fn left_after(report: &FundReport, round: usize) -> Option<u64> {
    let bought = report
        .rounds
        .get(..=round)?
        .iter()
        .filter_map(|round| round.bought);
    let granted = bought.filter_map(|project| report.allocation.granted_minor.get(project));
    report
        .budget_minor
        .checked_sub(granted.fold(0_u64, |sum, granted| sum.saturating_add(*granted)))
}

fn contenders(app: &App, report: &FundReport, round: &Round) -> Html {
    let title = app.say(say::replay_table());
    let row = |contender: &Contender| {
        let taken = round.bought == Some(contender.project);
        let value = contender.value.map_or_else(
            || app.say(say::replay_unpayable()),
            |value| AttrValue::from(figure(app, round.measure, value)),
        );
        html! {
            <tr key={contender.project} class={taken.then_some("shown")}>
                <th scope="row">{ project_at(app, report, contender.project) }
                    if taken { { " " }<span class="badge">{ app.say(say::replay_taken()) }</span> }</th>
                <td class="number">{ value }</td>
                <td class="number">{ app.i18n.integer(contender.supporters) }</td>
                <td class="number">{ if contender.short_minor > 0 { app.i18n.compact_money(contender.short_minor) } else { "–".to_owned() } }</td>
            </tr>
        }
    };
    let more = round.open.saturating_sub(round.contenders.len());
    html! { <>
        <div class="table-wrap" tabindex="0" role="group" aria-label={title.clone()}>
            <table>
                <caption>{ title }</caption>
                <thead><tr>
                    <th scope="col">{ app.say(say::column_project()) }</th>
                    <th scope="col" class="number">{ app.say(Message::of_code("replay-figure", round.measure.code())) }</th>
                    <th scope="col" class="number">{ app.say(say::replay_supporters()) }</th>
                    <th scope="col" class="number">{ app.say(say::replay_short()) }</th>
                </tr></thead>
                <tbody>{ for round.contenders.iter().map(row) }</tbody>
            </table>
        </div>
        if more > 0 { <p class="meta">{ app.say(say::replay_more_open(more)) }</p> }
    </> }
}
