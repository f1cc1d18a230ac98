//! Exchange rings among all organisations: what is looked for, what was found, and how sure that is.

use super::choice::{Choice, Exchanged, RingChoice};
use super::near::near;
use super::ring::ring;
use super::words::{joined, share};
use crate::app::{App, Job};
use crate::browser::dom::HtmlInputElement;
use crate::components::{SelectField, working_at};
use crate::domain::OrgId;
use crate::jobs::Response;
use crate::matching::rings::{MAX_LENGTH, MIN_LENGTH, PossibleArc, RingsAnswer};
use crate::state::{Action, View};
use crate::text::{Message, say};
use crate::views::words::{kind_inside, listed};
use yew::prelude::*;

const TITLE: &str = "exchange-rings-title";
/// How many exchanges that a missing amount may open are named.
const NAMED: usize = 5;

/// The card of the rings in every state it can be in.
pub(super) fn rings(
    app: &App,
    job: &Job,
    search: &Choice<RingChoice>,
    withdrawn: &Choice<Option<OrgId>>,
) -> Html {
    let answer = match job.response.as_deref() {
        Some(Response::Rings(answer)) => Some(answer),
        _ => None,
    };
    let count = app.state().scenario.organisations.len();
    html! {
        <section class="card" id="exchange-rings" aria-labelledby={TITLE}>
            <h2 id={TITLE}>{ app.say(say::exchange_rings_title()) }</h2>
            <p>{ app.say(say::exchange_rings_about(count)) }</p>
            { controls(app, search) }
            if let Some(failed) = &job.failed { <p class="warn" role="alert" id="exchange-rings-failed">{ app.say(failed.clone()) }</p> }
            if job.working { { working_at(&app.say(say::exchange_rings_working()), job.progress) } }
            if let Some(answer) = answer {
                if answer.exchanges.is_empty() {
                    { nothing(app, answer, search, job.working) }
                } else {
                    { found(app, answer, job.working) }
                    <ol class="exchange-rings-list">
                        { for answer.exchanges.iter().enumerate().map(|(index, one)| ring(app, answer, index, one, withdrawn, job.working)) }
                    </ol>
                }
                { near(app, answer) }
                { possible(app, &answer.possible) }
            }
        </section>
    }
}

fn controls(app: &App, search: &Choice<RingChoice>) -> Html {
    let chosen = search.value;
    let oninput = search.on_event(move |event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        chosen.with_length(typed.parse().unwrap_or(chosen.length))
    });
    let options: Vec<_> = Exchanged::ALL
        .map(|one| {
            let words = Message::of_code("exchange-what", one.code());
            (AttrValue::from(one.code()), app.say(words))
        })
        .into();
    let on_change = search.on_event(move |code: String| {
        let exchanged = Exchanged::ALL.into_iter().find(|one| one.code() == code);
        RingChoice {
            exchanged: exchanged.unwrap_or(chosen.exchanged),
            ..chosen
        }
    });
    html! {
        <div class="exchange-controls">
            <SelectField id="exchange-what" label={app.say(say::exchange_what())} {options} value={chosen.exchanged.code()} {on_change} />
            <div class="field">
                <label for="exchange-length">{ app.say(say::exchange_length()) }</label>
                <div class="exchange-slider">
                    <input id="exchange-length" type="range" min={MIN_LENGTH.to_string()} max={MAX_LENGTH.to_string()} step="1"
                        value={chosen.length.to_string()} {oninput} aria-valuetext={app.say(say::exchange_length_of(chosen.length))} />
                    <output for="exchange-length">{ app.say(say::exchange_length_of(chosen.length)) }</output>
                </div>
                <p class="note">{ app.say(say::exchange_length_hint()) }</p>
            </div>
        </div>
    }
}

/// How many receive how much, and whether anything better could be.
fn found(app: &App, answer: &RingsAnswer, working: bool) -> Html {
    let chains = answer.exchanges.iter().filter(|one| one.chain).count();
    let rings = answer.exchanges.len() - chains;
    let counted = [
        (rings > 0).then(|| app.say(say::exchange_count_rings(rings)).to_string()),
        (chains > 0).then(|| app.say(say::exchange_count_chains(chains)).to_string()),
    ];
    let what: Vec<String> = counted.into_iter().flatten().collect();
    let receivers: usize = answer.exchanges.iter().map(|one| one.handovers.len()).sum();
    let average = share(app, answer.value_millionths as f64, receivers as f64);
    let sentence = app.say(say::exchange_rings_found(receivers, average, listed(app, &what)));
    let sure = if answer.optimal {
        say::exchange_rings_proven()
    } else if working {
        say::exchange_rings_so_far()
    } else {
        // Rounded up: what is missed is never more than what is said.
        say::exchange_rings_gap(format!(
            "{}%",
            app.i18n.decimal(libm::ceil(answer.gap * 1000.0) / 10.0, 1)
        ))
    };
    html! { <>
        <p class="finding" role="status" id="exchange-rings-finding">{ sentence }</p>
        <p class="meta" id="exchange-rings-proven">{ app.say(sure) }</p>
        if !answer.verified { <p class="warn">{ app.say(say::exchange_not_verified()) }</p> }
        <p class="meta">{ app.say(say::exchange_value_about()) }</p>
    </> }
}

/// Why there is no ring, and what would help.
fn nothing(app: &App, answer: &RingsAnswer, search: &Choice<RingChoice>, working: bool) -> Html {
    if working {
        return Html::default();
    }
    let chosen = search.value;
    let all = chosen.exchanged == Exchanged::Everything;
    let longer = chosen.length < MAX_LENGTH;
    let mut sentences = vec![
        app.say(say::exchange_no_ring()),
        app.say(say::exchange_ring_needs()),
    ];
    if answer.optimal && longer {
        sentences.push(app.say(say::exchange_no_ring_of(chosen.length)));
    }
    html! {
        <div class="exchange-none" id="exchange-no-ring">
            <p role="status">{ joined(&sentences) }</p>
            <div class="row">
                if longer {
                    <button id="exchange-longer" onclick={search.on(chosen.with_length(MAX_LENGTH))}>{ app.say(say::exchange_longer(MAX_LENGTH)) }</button>
                }
                if !all {
                    <button id="exchange-everything" onclick={search.on(RingChoice { exchanged: Exchanged::Everything, ..chosen })}>
                        { app.say(say::exchange_try_everything()) }
                    </button>
                }
                <button id="exchange-to-organisations" onclick={app.on(Action::Go(View::Organisations))}>{ app.say(say::exchange_to_organisations()) }</button>
            </div>
        </div>
    }
}

/// Exchanges that only lack an amount.
fn possible(app: &App, arcs: &[PossibleArc]) -> Html {
    if arcs.is_empty() {
        return Html::default();
    }
    let line = |arc: &PossibleArc| {
        let kinds: Vec<_> = arc.kinds.iter().map(|kind| kind_inside(app, kind)).collect();
        say::exchange_possible_line(
            app.org_name(&arc.from),
            listed(app, &kinds),
            app.org_name(&arc.to),
        )
    };
    let more = arcs.len().saturating_sub(NAMED);
    html! {
        <details id="exchange-possible">
            <summary>{ app.say(say::exchange_possible_title(arcs.len())) }</summary>
            <p class="meta">{ app.say(say::exchange_possible_about()) }</p>
            <ul class="points">{ for arcs.iter().take(NAMED).map(|arc| html! { <li>{ app.say(line(arc)) }</li> }) }</ul>
            if more > 0 { <p class="meta">{ app.say(say::exchange_possible_more(more)) }</p> }
        </details>
    }
}
