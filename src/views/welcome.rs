//! What a first-time reader sees: what this is, and three ways to a first result in one tap.

use super::organisations::{ACCEPT, loading};
use crate::app::App;
use crate::cases;
use crate::components::{FileButton, FileDrop, sector_class, sector_name};
use crate::domain::Sector;
use crate::state::{Action, View};
use crate::text::{Message, say};
use yew::prelude::*;

/// Case studies, an own table, or a first own organisation.
pub fn welcome(app: &App) -> Html {
    let language = app.i18n.language;
    let open = |case: &'static cases::CaseStudy| {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| app.open_case(*case, View::Partners))
    };
    let on_file = {
        let app = app.clone();
        Callback::from(move |file| app.import(&file))
    };
    html! {
        <FileDrop label={app.say(say::import_drop_here())} on_file={on_file.clone()}>
            <section class="welcome" id="welcome">
                <h1 id="plan-title" tabindex="-1">{ app.say(say::welcome_title()) }</h1>
                <p class="lead">{ app.say(say::welcome_lead()) }</p>
                <ul class="legend" aria-label={app.say(say::welcome_sectors())}>
                    { for Sector::ALL.map(|sector| html! {
                        <li><span class={classes!("sector-dot", sector_class(sector))} aria-hidden="true"></span>{ app.say(sector_name(sector)) }</li>
                    }) }
                </ul>
                <h2>{ app.say(say::welcome_cases()) }</h2>
                <ul class="cases">
                    { for cases::ALL.iter().map(|case| html! {
                        <li key={case.row}>
                            <button class="case" id={format!("case-{}", case.row)} onclick={open(case)}>
                                <b>{ case.title(language) }</b>
                                <span>{ app.say(Message::of_code("case", case.row)) }</span>
                            </button>
                        </li>
                    }) }
                </ul>
                <h2>{ app.say(say::welcome_own()) }</h2>
                <div class="row">
                    <button class="primary" id="start-own" onclick={app.on(Action::Go(View::Organisations))}>{ app.say(say::welcome_start_own()) }</button>
                    <FileButton id="import" label={app.say(say::import_choose())} accept={ACCEPT} {on_file} />
                </div>
                <p class="meta import-hint">{ app.say(say::import_hint()) }</p>
                { loading(app) }
            </section>
        </FileDrop>
    }
}
