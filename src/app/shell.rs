//! The root component: header with the five steps, notices, the step on screen, and the welcome.

use super::context::{App, Store};
use super::effects::{initial_state, trouble_notice, use_effects, use_engine, view_name};
use super::later::use_later_half;
use crate::browser::document;
use crate::cases::CaseStudy;
use crate::components::{IconName, icon, notices, working};
use crate::domain::Language;
use crate::i18n::I18n;
use crate::state::{Action, Theme, View};
use crate::text::say;
use crate::views;
use yew::prelude::*;

/// The whole page.
#[component(Root)]
pub fn root() -> Html {
    let store = use_reducer(|| Store(initial_state()));
    let dispatcher = store.dispatcher();
    let engine = use_engine(Callback::from(move |trouble| {
        let (tone, message) = trouble_notice(trouble);
        dispatcher.dispatch(Action::Notify(tone, message));
    }));
    let state = &store.0;
    let i18n = use_memo(
        (state.language, state.scenario.base_currency),
        |&(language, currency)| I18n::new(language, currency),
    );
    let kinds = use_memo(state.revision, |_| state.scenario.all_kinds());
    let app = App {
        store,
        i18n: (*i18n).clone(),
        kinds,
        engine,
        later: use_later_half(),
    };
    html! {
        <ContextProvider<App> context={app}>
            <Shell />
        </ContextProvider<App>>
    }
}

#[component(Shell)]
fn shell() -> Html {
    let app = super::use_app();
    use_effects(&app);
    let state = app.state();
    let view = state.view;
    let welcome = state.welcome && view == View::Organisations && state.scenario.organisations.is_empty();
    let first = use_mut_ref(|| true);
    use_effect_with((view, welcome), move |_| {
        // A new step starts at its top, with the focus on its content; the first one leaves the focus alone.
        if !first.replace(false) {
            document::scroll_to_top();
            document::focus("content");
        }
    });
    html! {
        <div class="widget">
            <a class="skip" href="#content">{ app.say(say::skip_to_content()) }</a>
            { header(&app) }
            { notices(&app) }
            <main id="content" tabindex="-1" class={classes!("content", view.code())}>
                if let Some(row) = state.opening {
                    { opening(&app, row) }
                } else if welcome {
                    { views::welcome(&app) }
                } else {
                    { match view {
                        View::Organisations => html! { <views::Organisations /> },
                        View::Partners => html! { <views::Partners /> },
                        View::Partnership | View::Pool | View::Report => app.later_step(view),
                    } }
                }
            </main>
            <footer class="foot">
                <p>{ app.say(say::privacy_promise()) }</p>
                if state.scenario.illustrative {
                    <p>{ app.say(say::illustrative_note()) }</p>
                }
            </footer>
        </div>
    }
}

/// While a case study is on its way.
fn opening(app: &App, row: &str) -> Html {
    let title = CaseStudy::by_row(row).map(|case| case.title(app.i18n.language));
    html! { <><h1>{ title.unwrap_or_default() }</h1>{ working(&app.say(say::case_coming())) }</> }
}

fn header(app: &App) -> Html {
    let state = app.state();
    html! {
        <header class="bar">
            <div class="brand">{ icon(IconName::Brand) }<b>{ "Gotong" }</b></div>
            <nav class="steps" aria-label={app.say(say::steps_label())}>
                <ol>{ for View::ALL.into_iter().map(|view| step(app, view)) }</ol>
            </nav>
            <div class="tools">
                <button class="ghost icon" id="undo" disabled={state.undo.is_empty()} onclick={app.on(Action::Undo)}
                    aria-label={app.say(say::undo())} title={app.say(say::undo())}>{ icon(IconName::Undo) }</button>
                <button class="ghost icon" id="redo" disabled={state.redo.is_empty()} onclick={app.on(Action::Redo)}
                    aria-label={app.say(say::redo())} title={app.say(say::redo())}>{ icon(IconName::Redo) }</button>
                { theme_button(app) }
                { language_button(app) }
            </div>
        </header>
    }
}

fn step(app: &App, view: View) -> Html {
    let current = app.state().view == view;
    html! {
        <li>
            <button id={format!("step-{}", view.code())} aria-current={current.then_some("step")}
                onclick={app.on(Action::Go(view))}>
                <i aria-hidden="true">{ view.step() }</i><span>{ app.say(view_name(view)) }</span>
            </button>
        </li>
    }
}

/// Shows both languages; the one in use is strong, a tap takes the other.
fn language_button(app: &App) -> Html {
    let current = app.state().language;
    let other = if current == Language::Id {
        Language::En
    } else {
        Language::Id
    };
    html! {
        <button class="ghost language" id="language" title={say::switch_language().render(other)}
            onclick={app.on(Action::SetLanguage(other))}>
            { for Language::ALL.into_iter().enumerate().map(|(index, language)| {
                let code = language.code().to_uppercase();
                html! { <>
                    if index > 0 { <span class="slash" aria-hidden="true">{ "/" }</span> }
                    if language == current { <b>{ code }</b> } else { <span>{ code }</span> }
                </> }
            }) }
            <span class="visually-hidden" lang={other.code()}>{ say::switch_language().render(other) }</span>
        </button>
    }
}

fn theme_button(app: &App) -> Html {
    let (picture, label, next) = match app.state().theme {
        Theme::Auto => (IconName::ThemeAuto, say::theme_auto(), Theme::Light),
        Theme::Light => (IconName::ThemeLight, say::theme_light(), Theme::Dark),
        Theme::Dark => (IconName::ThemeDark, say::theme_dark(), Theme::Auto),
    };
    html! {
        <button class="ghost icon" id="theme" aria-label={app.say(label.clone())} title={app.say(label)}
            onclick={app.on(Action::SetTheme(next))}>{ icon(picture) }</button>
    }
}
