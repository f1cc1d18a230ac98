//! One pair: what each challenge adds, and what nobody has said yet.

use super::words::share;
use crate::app::App;
use crate::components::interval_bar;
use crate::domain::Organisation;
use crate::partnership::{FrictionPart, FrictionValue, PairFriction, Range};
use crate::state::selectors;
use crate::text::{Message, say};
use yew::prelude::*;

/// What readers call a challenge.
pub(super) fn part_name(part: FrictionPart) -> Message {
    Message::of_code("together-part", part.code())
}

/// Every challenge of the pair as a bar with its figure, trust, and the questions that would settle what is open.
pub(super) fn pair_parts(app: &App, pair: &PairFriction) -> Html {
    let scenario = &app.state().scenario;
    let (a, b) = &pair.between;
    let reason = app.text(&selectors::conflict_reason(scenario, a, b));
    let questions: Vec<AttrValue> = [a, b]
        .into_iter()
        .filter_map(|id| scenario.organisation(id))
        .flat_map(|one| questions(app, one))
        .collect();
    html! { <>
        <ul class="rub-parts">{ for pair.parts.iter().map(|value| part(app, value)) }</ul>
        if !reason.is_empty() { <p class="meta warn">{ reason }</p> }
        <p class="meta">{ app.say(say::together_pair_trust(share(app, pair.alignment), share(app, Range::exactly(pair.trust)))) }</p>
        if !questions.is_empty() {
            <ul class="rub-questions">{ for questions.into_iter().map(|question| html! { <li>{ question }</li> }) }</ul>
        }
    </> }
}

fn part(app: &App, value: &FrictionValue) -> Html {
    let high = value.value.high.unwrap_or(1.0);
    html! {
        <li key={value.part.code()}>
            <span class="name">
                { app.say(part_name(value.part)) }
                if value.flagged { <b class="warn">{ " " }{ app.say(say::together_flagged()) }</b> }
                <small>{ app.say(Message::of_code("together-part-about", value.part.code())) }</small>
            </span>
            { interval_bar([value.value.low, high], "rub", false) }
            <span class="of">{ share(app, value.value) }</span>
        </li>
    }
}

/// What one of the two has not said, as questions.
fn questions(app: &App, one: &Organisation) -> Vec<AttrValue> {
    let style = &one.working_style;
    let open = [
        style.pace.is_none().then(say::ask_pace),
        style.formality.is_none().then(say::ask_formality),
        style.horizon_months.is_none().then(say::ask_horizon),
        one.goals.is_empty().then(say::ask_goals),
    ];
    let name = app.text(&one.name);
    let ask = |question: Message| {
        let question = app.say(question);
        app.say(say::question_them(name.as_str(), question.as_str()))
    };
    open.into_iter().flatten().map(ask).collect()
}
