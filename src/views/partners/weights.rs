//! The formula in plain words, and its weights to change.

use crate::app::App;
use crate::components::{TypedField, read_number};
use crate::domain::ScoreWeights;
use crate::matching::Mode;
use crate::state::selectors::Weight;
use crate::state::{Action, Edit};
use crate::text::{Message, say};
use yew::prelude::*;

/// Closed until somebody asks.
pub(super) fn how_computed(app: &App, mode: Mode) -> Html {
    let base = match mode {
        Mode::Mutual => say::how_mutual(),
        Mode::Gift => say::how_gift(),
    };
    let usual = app.state().scenario.score_weights == ScoreWeights::default();
    let fields = |negative: bool| {
        let chosen = Weight::ALL
            .into_iter()
            .filter(move |weight| weight.is_negative() == negative);
        html! { <div class="weights">{ for chosen.map(|weight| field(app, weight)) }</div> }
    };
    html! {
        <details class="how" id="how-computed">
            <summary>{ app.say(say::how_title()) }</summary>
            <p>{ app.say(say::how_coverage()) }</p>
            <p>{ app.say(base) }</p>
            <p>{ app.say(say::how_modifiers()) }</p>
            <p>{ app.say(say::how_unknown()) }</p>
            <h4>{ app.say(say::weights_plus_title()) }</h4>
            { fields(false) }
            <h4>{ app.say(say::weights_minus_title()) }</h4>
            { fields(true) }
            <button id="weights-reset" disabled={usual}
                onclick={app.on(Action::Edit(Edit::SetWeights(ScoreWeights::default())))}>{ app.say(say::weights_reset()) }</button>
        </details>
    }
}

fn field(app: &App, weight: Weight) -> Html {
    let weights = app.state().scenario.score_weights;
    let on_change = {
        let app = app.clone();
        Callback::from(move |percent: Option<u64>| {
            if let Some(Ok(percent)) = percent.map(u8::try_from) {
                let weights = app.state().scenario.score_weights;
                app.edit(Edit::SetWeights(weight.set(&weights, percent)));
            }
        })
    };
    let written = weight.percent(&weights).to_string();
    // Not a `NumberField`: that component is the later half's alone.
    let read = read_number(app, (0, u64::from(weight.limit(&weights))), on_change);
    html! {
        <TypedField key={weight.code()} id={format!("weight-{}", weight.code())} label={app.say(Message::of_code("weight", weight.code()))}
            {written} {read} input_mode="numeric" max_length={24} />
    }
}
