//! Who wins and who loses by a change of rule, in sentences.

use super::super::money_words::funder_name;
use super::{project_name, rule_at, rule_name};
use crate::app::App;
use crate::components::SelectField;
use crate::domain::RuleId;
use crate::funding::{Comparison, Shift, ShiftedMoney};
use crate::text::{Message, say};
use crate::views::words::listed;
use yew::prelude::*;

/// What a change from the base to each other rule does.
pub(super) fn shifts(app: &App, comparison: &Comparison, base: &UseStateHandle<Option<RuleId>>) -> Html {
    let ran: Vec<usize> = (0..comparison.columns.len())
        .filter(|&place| comparison.columns[place].figures.is_some())
        .collect();
    let place_of = |rule: RuleId| {
        ran.iter()
            .copied()
            .find(|&place| comparison.columns[place].plan.rule == rule)
    };
    let own = app.state().scenario.pool.rule;
    let chosen = base
        .and_then(place_of)
        .or_else(|| place_of(own))
        .or(ran.first().copied());
    let Some(from) = chosen.filter(|_| ran.len() > 1) else {
        return Html::default();
    };
    let options: Vec<(AttrValue, AttrValue)> = ran
        .iter()
        .map(|&place| comparison.columns[place].plan.rule)
        .map(|rule| {
            (
                AttrValue::from(rule.code()),
                AttrValue::from(rule_name(app, rule)),
            )
        })
        .collect();
    let on_change = {
        let base = base.setter();
        Callback::from(move |code: String| {
            base.set(RuleId::ALL.into_iter().find(|rule| rule.code() == code));
        })
    };
    let others = ran.iter().copied().filter(|&place| place != from);
    html! {
        <section class="card whole" id="compare-shift" aria-labelledby="compare-shift-title">
            <h2 id="compare-shift-title">{ app.say(say::compare_shift()) }</h2>
            <div class="shift-base"><SelectField id="compare-base" label={app.say(say::compare_shift_base())} {options}
                value={comparison.columns[from].plan.rule.code()} {on_change} /></div>
            <ul class="shifts" aria-live="polite">{ for others.filter_map(|to| one(app, comparison, from, to)) }</ul>
        </section>
    }
}

fn one(app: &App, comparison: &Comparison, from: usize, to: usize) -> Option<Html> {
    let pair = [from.min(to), from.max(to)];
    let shift = comparison.shifts.iter().find(|shift| shift.columns == pair)?;
    let shift = if from < to {
        shift.clone()
    } else {
        turned(shift.clone())
    };
    let amounts = |list: &[ShiftedMoney], sentence: fn(String, String) -> Message| -> String {
        let said = |shifted: &ShiftedMoney| {
            let project = project_name(app, comparison, shifted.index);
            app.say(sentence(app.i18n.compact_money(shifted.by_minor), project))
                .to_string()
        };
        listed(app, &list.iter().map(said).collect::<Vec<_>>())
    };
    let funders = |list: &[ShiftedMoney]| -> String {
        let names = list
            .iter()
            .filter_map(|shifted| comparison.participant_ids.get(shifted.index));
        listed(app, &names.map(|id| funder_name(app, id)).collect::<Vec<_>>())
    };
    let mut said: Vec<Message> = Vec::new();
    if !shift.more.is_empty() {
        said.push(say::compare_shift_more(amounts(
            &shift.more,
            say::compare_shift_amount,
        )));
    }
    if !shift.less.is_empty() {
        said.push(say::compare_shift_less(amounts(
            &shift.less,
            say::compare_shift_amount_less,
        )));
    }
    if said.is_empty() {
        said.push(say::compare_shift_none());
    } else if !app.state().scenario.ballots.is_empty() {
        let same = comparison
            .people
            .saturating_sub(shift.people_better)
            .saturating_sub(shift.people_worse);
        let number = |people: u64| app.i18n.integer(people);
        said.push(say::compare_shift_people(
            number(shift.people_better),
            number(same),
            number(shift.people_worse),
        ));
    }
    if !shift.funders_better.is_empty() {
        said.push(say::compare_shift_funders_better(funders(&shift.funders_better)));
    }
    if !shift.funders_worse.is_empty() {
        said.push(say::compare_shift_funders_worse(funders(&shift.funders_worse)));
    }
    Some(html! {
        <li key={to}>
            <h3>{ app.say(say::compare_shift_to(rule_at(app, comparison, to))) }</h3>
            { for said.into_iter().map(|sentence| html! { <p>{ app.say(sentence) }</p> }) }
        </li>
    })
}

/// The change back.
fn turned(shift: Shift) -> Shift {
    let [from, to] = shift.columns;
    Shift {
        columns: [to, from],
        more: shift.less,
        less: shift.more,
        people_better: shift.people_worse,
        people_worse: shift.people_better,
        funders_better: shift.funders_worse,
        funders_worse: shift.funders_better,
    }
}
