//! Promises kept, late or missed, and what that says of each pledge.

use super::records::{adopt, change, remove_button};
use crate::app::{App, use_app};
use crate::components::{NumberField, SelectField, TextField};
use crate::domain::{PledgeId, PromiseOutcome, PromiseRecord};
use crate::risk::{Calibration, ChanceUpdate, PledgeCalibration};
use crate::state::Edit;
use crate::text::{Message, say};
use crate::views::pool::money_words::funder_name;
use yew::prelude::*;

/// What is being typed.
#[derive(Clone, Default, PartialEq)]
struct Typed {
    pledge: Option<PledgeId>,
    outcome: Option<PromiseOutcome>,
    paid_percent: u32,
    late: u16,
    date: String,
}

/// The form for one promise.
#[component(NewPromise)]
pub(super) fn new_promise() -> Html {
    let app = use_app();
    let typed = use_state(Typed::default);
    let pledges = &app.state().scenario.pledges;
    let known = |id: &PledgeId| pledges.iter().any(|pledge| pledge.id == *id);
    let chosen = typed.pledge.clone().filter(known);
    let Some(pledge) = chosen.or_else(|| pledges.first().map(|pledge| pledge.id.clone())) else {
        return Html::default();
    };
    let outcome = typed.outcome.unwrap_or(PromiseOutcome::Kept);
    let set = |put: fn(&mut Typed, String)| {
        let typed = typed.clone();
        Callback::from(move |value: String| {
            let mut next = (*typed).clone();
            put(&mut next, value);
            typed.set(next);
        })
    };
    let number = |put: fn(&mut Typed, u64)| {
        let typed = typed.clone();
        Callback::from(move |value: Option<u64>| {
            let mut next = (*typed).clone();
            put(&mut next, value.unwrap_or_default());
            typed.set(next);
        })
    };
    let options: Vec<(AttrValue, AttrValue)> = pledges
        .iter()
        .map(|pledge| {
            (
                pledge.id.to_string().into(),
                funder_name(&app, pledge.id.as_str()).into(),
            )
        })
        .collect();
    let outcomes: Vec<(AttrValue, AttrValue)> = PromiseOutcome::ALL
        .map(|outcome| (outcome.code().into(), app.say(outcome_name(outcome))))
        .to_vec();
    let on_add = {
        let (typed, pledge) = (typed.clone(), pledge.clone());
        let add = change(&app, |records, record: PromiseRecord| {
            records.promises.push(record)
        });
        Callback::from(move |_: MouseEvent| {
            let date = typed.date.trim().to_owned();
            add.emit(PromiseRecord {
                pledge: pledge.clone(),
                outcome,
                paid_basis_points: if outcome == PromiseOutcome::Missed {
                    typed.paid_percent.min(99) * 100
                } else {
                    0
                },
                periods_late: if outcome == PromiseOutcome::Late {
                    typed.late.max(1)
                } else {
                    0
                },
                date: (!date.is_empty()).then_some(date),
            });
            typed.set(Typed {
                pledge: typed.pledge.clone(),
                ..Typed::default()
            });
        })
    };
    html! {
        <fieldset class="records-new">
            <legend>{ app.say(say::records_promise()) }</legend>
            <SelectField id="record-pledge" label={app.say(say::whatif_which_pledge())} {options} value={pledge.to_string()}
                on_change={set(|typed, id| typed.pledge = PledgeId::new(&id).ok())} />
            <SelectField id="record-outcome" label={app.say(say::records_outcome())} options={outcomes} value={outcome.code()}
                on_change={set(|typed, code| typed.outcome = PromiseOutcome::ALL.into_iter().find(|outcome| outcome.code() == code))} />
            if outcome == PromiseOutcome::Missed {
                <NumberField id="record-paid" label={app.say(say::records_paid_percent())} value={Some(u64::from(typed.paid_percent))} max={99}
                    on_change={number(|typed, value| typed.paid_percent = u32::try_from(value).unwrap_or(0))} />
            }
            if outcome == PromiseOutcome::Late {
                <NumberField id="record-late" label={app.say(say::records_periods_late())} value={Some(u64::from(typed.late.max(1)))} min={1} max={120}
                    on_change={number(|typed, value| typed.late = u16::try_from(value).unwrap_or(1))} />
            }
            <TextField id="record-date" label={app.say(say::records_when())} value={typed.date.clone()} max_length={32}
                on_input={set(|typed, date| typed.date = date)} />
            <button id="record-promise-add" onclick={on_add}>{ app.say(say::records_add()) }</button>
        </fieldset>
    }
}

fn outcome_name(outcome: PromiseOutcome) -> Message {
    Message::of_code("records-outcome", outcome.code())
}

fn in_words(app: &App, record: &PromiseRecord) -> String {
    let name = funder_name(app, record.pledge.as_str());
    let said = match record.outcome {
        PromiseOutcome::Kept => say::records_said_kept(name),
        PromiseOutcome::Late => say::records_said_late(name, u64::from(record.periods_late)),
        PromiseOutcome::Missed => {
            let share = f64::from(record.paid_basis_points) / 10_000.0;
            say::records_said_missed(name, app.i18n.percent(share))
        }
    };
    match &record.date {
        Some(date) => format!("{} ({date})", app.say(said)),
        None => app.say(said).to_string(),
    }
}

/// What is recorded of promises.
pub(super) fn list(app: &App) -> Html {
    let promises = &app.state().scenario.records.promises;
    let row = |(place, record): (usize, &PromiseRecord)| {
        let words = in_words(app, record);
        let remove = change(app, move |records, _: MouseEvent| {
            if place < records.promises.len() {
                records.promises.remove(place);
            }
        });
        html! { <li>{ words.clone() }{ " " }{ remove_button(app, format!("record-promise-{place}"), &words, remove) }</li> }
    };
    html! { if !promises.is_empty() { <ul class="records-list">{ for promises.iter().enumerate().map(row) }</ul> } }
}

/// What that says of each pledge.
pub(super) fn learnt(app: &App, answer: &Calibration) -> Html {
    html! { <ul class="records-learnt">{ for answer.pledges.iter().map(|found| pledge(app, found)) }</ul> }
}

fn pledge(app: &App, found: &PledgeCalibration) -> Html {
    let Ok(id) = PledgeId::new(&found.pledge) else {
        return Html::default();
    };
    let default = &found.default;
    let mut lines = vec![
        say::records_missed_of(u64::from(default.happened), u64::from(default.of)),
        arithmetic(app, default),
    ];
    if let Some(haircut) = &found.haircut {
        lines.push(say::records_lost(
            decimal(app, haircut.lost),
            app.i18n.percent(haircut.mean),
            u64::from(haircut.missed),
            app.i18n.percent(haircut.stated),
            decimal(app, haircut.strength),
        ));
    }
    if let Some(delay) = &found.delay {
        lines.push(say::records_late_of(
            u64::from(delay.chance.happened),
            u64::from(delay.chance.of),
        ));
        lines.push(arithmetic(app, &delay.chance));
        lines.push(match delay.stated {
            Some(stated) => say::records_late_by(
                u64::from(delay.late),
                decimal(app, delay.mean),
                u64::from(delay.periods),
                decimal(app, stated),
                decimal(app, delay.chance.strength),
            ),
            None => say::records_late_by_seen(
                u64::from(delay.late),
                decimal(app, delay.mean),
                u64::from(delay.periods),
            ),
        });
    }
    let use_it = Edit::AdoptReliability(id.clone(), found.suggested);
    let back = (found.stated != found.suggested).then_some(Edit::AdoptReliability(id, found.stated));
    html! {
        <li key={found.pledge.clone()}>
            <h4>{ funder_name(app, &found.pledge) }</h4>
            { for lines.into_iter().map(|line| html! { <p>{ app.say(line) }</p> }) }
            { adopt(app, &format!("adopt-{}", found.pledge), found.in_use, use_it, back) }
        </li>
    }
}

fn decimal(app: &App, value: f64) -> String {
    let whole = (value - value.round()).abs() < 1e-9;
    app.i18n.decimal(value, if whole { 0 } else { 2 })
}

/// (strength · stated + happened) ÷ (strength + of) = mean, and the range.
fn arithmetic(app: &App, update: &ChanceUpdate) -> Message {
    let percent = |share: f64| format!("{}%", app.i18n.decimal(share * 100.0, 1));
    let (happened, mean) = (u64::from(update.happened), percent(update.mean));
    let (of, stated) = (u64::from(update.of), percent(update.stated));
    let strength = decimal(app, update.strength);
    match update.interval {
        Some((low, high)) => {
            say::records_arithmetic(happened, percent(high), percent(low), mean, of, stated, strength)
        }
        None => say::records_arithmetic_bare(happened, mean, of, stated, strength),
    }
}
