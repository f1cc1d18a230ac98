//! What a first-time reader sees: what this is, and three ways to a first result in one tap.

use crate::app::use_app;
use crate::cases;
use crate::domain::Sector;
use crate::state::{Action, View};
use crate::text::say;
use yew::prelude::*;

/// Case studies, an own table, or a first own organisation.
#[component(Welcome)]
pub fn welcome() -> Html {
    let app = use_app();
    let language = app.i18n.language;
    let open = |case: &cases::CaseStudy| {
        let (app, case) = (app.clone(), *case);
        Callback::from(move |_: MouseEvent| match case.load() {
            Ok(scenario) => app.dispatch(Action::Open(Box::new(scenario), View::Partners)),
            Err(_) => app.dispatch(Action::Notify(
                crate::state::Tone::Bad,
                say::case_unreadable(case.row),
            )),
        })
    };
    html! {
        <section class="welcome">
            <h1>{ app.say(say::welcome_title()) }</h1>
            <p class="lead">{ app.say(say::welcome_lead()) }</p>
            <div class="sectors" aria-hidden="true">
                { for Sector::ALL.map(|sector| html! {
                    <span class={crate::components::sector_class(sector)}></span>
                }) }
            </div>
            <h2>{ app.say(say::welcome_cases()) }</h2>
            <ul class="cases">
                { for cases::ALL.iter().map(|case| html! {
                    <li key={case.row}>
                        <button class="case" id={format!("case-{}", case.row)} onclick={open(case)}>
                            <b>{ case.title(language) }</b>
                            <span>{ app.say(crate::text::Message::of_code("case", case.row)) }</span>
                        </button>
                    </li>
                }) }
            </ul>
            <h2>{ app.say(say::welcome_own()) }</h2>
            <div class="row">
                <button class="primary" id="start-own" onclick={app.on(Action::Go(View::Organisations))}>{ app.say(say::welcome_start_own()) }</button>
            </div>
            <p class="meta">{ app.say(say::welcome_import_hint()) }</p>
        </section>
    }
}
