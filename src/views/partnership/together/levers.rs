//! Measures that strengthen the partnership: what each costs, what it does, and what all taken together change.

use super::Looking;
use super::words::{effort, measure_name, measured, share, titled};
use crate::app::App;
use crate::components::CheckField;
use crate::partnership::table::Words;
use crate::partnership::{Change, Difference, Effect, LeverComparison, LeverRow, Measure};
use crate::state::{Action, Edit, selectors};
use crate::text::{Message, say};
use yew::prelude::*;

/// The figures that change, then a switch a measure.
pub(super) fn levers(app: &App, looking: &Looking, comparison: &LeverComparison) -> Html {
    let taken = &comparison.after.levers;
    html! {
        <section class="card whole" id="levers" aria-labelledby="levers-title">
            <h2 id="levers-title">{ app.say(say::together_levers_title()) }</h2>
            <p>{ app.say(say::together_levers_hint()) }</p>
            <div class="levers-cols">
                <ul class="lever-list" id="lever-list">
                    { for selectors::lever_table().iter().map(|(name, row)| lever(app, comparison, name, row)) }
                </ul>
                <div class="levers-change" id="levers-change" role="status">
                    <h3>{ app.say(say::together_change_title()) }</h3>
                    if taken.is_empty() {
                        <p>{ app.say(say::together_change_none()) }</p>
                    } else {
                        <p>{ app.say(say::together_change_cost(effort(app, comparison.after.lever_cost), taken.len())) }</p>
                        { changes(app, looking, comparison) }
                        <p class="meta">{ app.say(say::together_change_agreement()) }</p>
                    }
                </div>
            </div>
            <p class="meta illustrative">{ app.say(say::together_illustrative()) }</p>
        </section>
    }
}

fn lever(app: &App, comparison: &LeverComparison, name: &Words, row: &LeverRow) -> Html {
    let code = row.lever.row();
    let on = comparison.after.levers.contains(&row.lever);
    // What the person has just switched shows at once; the figures follow.
    let checked = app.state().scenario.partnership.levers.contains(&row.lever);
    let days = u64::from(row.days_per_year);
    let cost = match comparison.before.parameters.day_rate_minor() {
        Some(rate) => say::together_effort(
            app.i18n.integer(days),
            app.i18n.compact_money(rate.saturating_mul(days)),
        ),
        None => say::together_effort_days(app.i18n.integer(days)),
    };
    let on_change = app.on_event({
        let lever = row.lever;
        move |_: bool| Action::Edit(Edit::ToggleLever(lever))
    });
    html! {
        <li key={code} class={on.then_some("on")}>
            <CheckField id={format!("lever-{code}")} label={titled(app, name)} {checked} {on_change} />
            <p class="meta">{ app.say(cost) }</p>
            <ul class="effects">{ for row.effects.iter().map(|effect| html! { <li>{ app.say(effect_words(app, effect)) }</li> }) }</ul>
        </li>
    }
}

/// "Differences of pace weigh 20% less."
fn effect_words(app: &App, effect: &Effect) -> Message {
    let percent = match effect.change {
        Change::Times(by) => app.i18n.percent(1.0 - by),
        Change::Plus(by) => app.i18n.percent(by),
    };
    Message::of_code("together-effect", effect.parameter.spec().code).with("percent", percent)
}

fn changes(app: &App, looking: &Looking, comparison: &LeverComparison) -> Html {
    if comparison.changed.is_empty() {
        return html! { <p>{ app.say(say::together_change_nothing()) }</p> };
    }
    let caption = app.say(say::together_change_caption());
    html! {
        <div class="table-wrap" tabindex="0" role="region" aria-label={caption.clone()}>
            <table>
                <caption class="visually-hidden">{ caption }</caption>
                <thead><tr>
                    <th scope="col">{ app.say(say::together_col_figure()) }</th>
                    <th scope="col" class="number">{ app.say(say::together_col_before()) }</th>
                    <th scope="col" class="number">{ app.say(say::together_col_after()) }</th>
                </tr></thead>
                <tbody>{ for comparison.changed.iter().map(|one| change(app, looking, one)) }</tbody>
            </table>
        </div>
    }
}

fn change(app: &App, looking: &Looking, one: &Difference) -> Html {
    let measure = Measure::ALL
        .iter()
        .copied()
        .find(|measure| measure.code() == one.code);
    let name = match measure {
        Some(measure) => measure_name(app, &looking.model, measure),
        None => app
            .say(Message::of_code("together-figure", &one.code))
            .to_string(),
    };
    let figure = |range| match measure {
        Some(measure) => measured(app, range, measure.unit()),
        None if one.code == "coordination-days" => super::words::count(app, range),
        None => share(app, range),
    };
    html! {
        <tr key={one.code.clone()} id={format!("change-{}", one.code)}>
            <th scope="row">{ name }</th>
            <td class="number">{ figure(one.before) }</td>
            <td class="number"><b>{ figure(one.after) }</b></td>
        </tr>
    }
}
