//! Members' voice: who decides, what each project got, and the ballots, entered one by one, by hands raised, or from an
//! election's file.

mod ballot;
mod entered;
mod hands;
mod import;
mod totals;

use crate::app::{App, use_app};
use crate::components::empty_state;
use crate::state::{Action, PoolPart, ballots};
use crate::text::say;
use yew::prelude::*;

/// The part as a whole.
#[component(Voices)]
pub fn voices() -> Html {
    let app = use_app();
    let kind = entered::use_kind(&app);
    let shown = use_state(|| entered::PAGE);
    let raising = use_state(|| false);
    let coming = import::use_coming();
    if app.state().scenario.projects.is_empty() {
        return html! {
            <div class="pool-grid" id="voices">
                { empty_state(&app.say(say::voices_no_projects()), &app.say(say::voices_no_projects_hint()), html! {
                    <button class="primary" id="voices-projects" onclick={app.on(Action::ShowPoolPart(PoolPart::Money))}>
                        { app.say(say::pool_part_money()) }</button>
                }) }
            </div>
        };
    }
    html! {
        <div class="pool-grid voices" id="voices">
            { who_decides(&app) }
            { totals::totals(&app) }
            { entered::entered(&app, &kind, &shown, &raising, &coming) }
        </div>
    }
}

/// Who decides, and what that means for the money.
fn who_decides(app: &App) -> Html {
    let scenario = &app.state().scenario;
    let voters = ballots::voters(scenario);
    let (finding, note) = if scenario.ballots.is_empty() {
        (
            say::voices_finding_none(scenario.pledges.len()),
            say::voices_note_none(),
        )
    } else {
        (
            say::voices_finding(scenario.ballots.len(), voters),
            say::voices_note(),
        )
    };
    html! {
        <section class="card whole" id="voices-who" aria-labelledby="voices-who-title">
            <h2 id="voices-who-title">{ app.say(say::voices_who_title()) }</h2>
            <p class="finding" role="status" id="voices-finding">{ app.say(finding) }</p>
            <p class="meta">{ app.say(note) }</p>
        </section>
    }
}
