//! What happens outside the reducer: jobs asked when the scenario changes, work kept between visits, and the page
//! around the app told of language, colours and step.

use super::context::App;
use super::engine::{Engine, Trouble};
use super::imports::{import_error, scenario_problem};
use crate::browser::{clock::Delayed, document, storage};
use crate::cases::CaseStudy;
use crate::domain::Language;
use crate::interchange::{restore_scenario, write_scenario};
use crate::jobs::{Event, JobError, JobId, Request, ScenarioRef};
use crate::risk::Futures;
use crate::state::{Action, AppState, PartnershipPart, PoolPart, Said, Theme, Tone, View, selectors};
use crate::text::{Message, say};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

const SCENARIO_KEY: &str = "gotong.scenario";
const LANGUAGE_KEY: &str = "gotong.language";
const THEME_KEY: &str = "gotong.theme";

/// Typing is not written to storage letter by letter.
const AUTOSAVE_DELAY_MS: u32 = 400;

/// The state a visit starts with: what the address asks for, else what was kept, else the welcome.
pub(super) fn initial_state() -> AppState {
    let kept = |key| storage::read(key).ok().flatten();
    let mut state = AppState::default();
    let asked = document::query("lang").or_else(|| kept(LANGUAGE_KEY));
    let tags = asked.into_iter().chain(document::preferred_languages());
    state.language = tags
        .filter_map(|tag| Language::from_tag(&tag))
        .next()
        .unwrap_or_default();
    let theme = document::query("theme").or_else(|| kept(THEME_KEY));
    state.theme = theme.and_then(|code| Theme::from_code(&code)).unwrap_or_default();
    let view = document::query("view").and_then(|code| View::from_code(&code));
    // No code names a part of two steps.
    let part = document::query("part").unwrap_or_default();
    state.selection.part = PartnershipPart::from_code(&part).unwrap_or_default();
    state.selection.pool_part = PoolPart::from_code(&part).unwrap_or_default();
    state.selection.whole_room = document::query("scope").as_deref() == Some("everybody");
    if let Some(case) = asked_case() {
        state.opening = Some(case.row);
    } else if let Some(text) = kept(SCENARIO_KEY) {
        state = restore(state, &text, view);
    } else if let Some(view) = view {
        state = crate::state::reduce(state, Action::Go(view));
    }
    state
}

/// Work of an earlier visit that cannot be read is left where it is and said, never overwritten in silence.
fn restore(state: AppState, text: &str, view: Option<View>) -> AppState {
    match restore_scenario(text) {
        Ok(imported) => {
            let state = crate::state::reduce(state, Action::Restore(Box::new(imported.scenario)));
            match view {
                Some(view) => crate::state::reduce(state, Action::Go(view)),
                None => state,
            }
        }
        Err(error) => {
            let reason = import_error(error.code(), &error.detail());
            let _ = storage::write("gotong.scenario.unreadable", text);
            crate::state::reduce(state, Action::Notify(Tone::Bad, say::restore_failed(reason)))
        }
    }
}

/// The case study the address asks for.
fn asked_case() -> Option<CaseStudy> {
    CaseStudy::by_row(&document::query("case")?)
}

/// Opens the case study the address asks for.
#[hook]
fn use_asked_case(app: &App) {
    let app = app.clone();
    use_effect_with((), move |()| {
        if let Some(case) = asked_case() {
            let view = document::query("view").and_then(|code| View::from_code(&code));
            app.open_case(case, view.unwrap_or(View::Partners));
        }
    });
}

/// Runs all effects of the page.
#[hook]
pub(super) fn use_effects(app: &App) {
    use_asked_case(app);
    use_page_attributes(app);
    use_autosave(app);
    use_results(app);
    use_navigation(app);
    use_undo_keys(app);
}

#[hook]
fn use_page_attributes(app: &App) {
    let state = app.state();
    let title = app.say(say::page_title(app.say(view_name(state.view)).as_str()));
    use_effect_with((state.language, title), |(language, title)| {
        document::set_root_attribute("lang", language.code());
        document::set_title(title);
        let _ = storage::write(LANGUAGE_KEY, language.code());
    });
    use_effect_with(state.theme, |theme| {
        document::set_root_attribute("data-theme", theme.code());
        let _ = storage::write(THEME_KEY, theme.code());
    });
}

/// The name of a step.
pub(super) fn view_name(view: View) -> Message {
    match view {
        View::Organisations => say::view_organisations(),
        View::Partners => say::view_partners(),
        View::Partnership => say::view_partnership(),
        View::Pool => say::view_pool(),
        View::Report => say::view_report(),
    }
}

#[hook]
fn use_autosave(app: &App) {
    let told = use_mut_ref(|| false);
    let app = app.clone();
    // The revision grows with every change of the scenario; to compare scenarios would be slower, and more code.
    use_effect_with(app.state().revision, move |revision| {
        let timer = (*revision > 0).then(|| {
            let scenario = Rc::clone(&app.state().scenario);
            Delayed::new(AUTOSAVE_DELAY_MS, move || {
                if let Err(error) = storage::write(SCENARIO_KEY, &write_scenario(&scenario))
                    && !told.replace(true)
                {
                    app.dispatch(Action::Notify(
                        Tone::Bad,
                        Message::of_code("notice", error.code()),
                    ));
                }
            })
        });
        move || drop(timer)
    });
}

#[hook]
fn use_navigation(app: &App) {
    let view = app.state().view;
    let welcome = app.state().welcome;
    use_effect_with((view, welcome), |&(view, welcome)| {
        if !welcome {
            document::push_view(view.code());
        }
    });
    let app = app.clone();
    use_effect_with((), move |()| {
        let listener = document::on_navigation(move || {
            let view = document::query("view").and_then(|code| View::from_code(&code));
            app.dispatch(Action::Go(view.unwrap_or_default()));
        });
        move || drop(listener)
    });
}

#[hook]
fn use_undo_keys(app: &App) {
    let app = app.clone();
    use_effect_with((), move |()| {
        let listener = document::on_key(move |key| {
            let undoes = (key.ctrl_key() || key.meta_key()) && !document::typing();
            match (undoes, key.key().to_lowercase().as_str(), key.shift_key()) {
                (true, "z", false) => app.dispatch(Action::Undo),
                (true, "z", true) | (true, "y", _) => app.dispatch(Action::Redo),
                _ => return false,
            }
            true
        });
        move || drop(listener)
    });
}

/// Asks for what the step on screen shows, when it is not there or belongs to an older scenario.
#[hook]
fn use_results(app: &App) {
    let state = app.state();
    let wants_partners = matches!(state.view, View::Partners | View::Partnership | View::Report);
    // Two parts of the pool step show nothing of the pool's futures, and have jobs of their own to wait for.
    let elsewhere = matches!(state.selection.pool_part, PoolPart::Voices | PoolPart::Appeal);
    let wants_pool = match state.view {
        View::Pool => !elsewhere,
        view => view == View::Report,
    };
    let wants_pool = wants_pool && app.has_later();
    let running = use_mut_ref(Running::default);
    {
        let (app, running) = (app.clone(), Rc::clone(&running));
        let lead = app.state().scenario.partnership.lead.clone();
        use_effect_with(
            (
                state.revision,
                lead,
                state.selection.mode,
                state.selection.region.clone(),
                wants_partners,
            ),
            move |(_, lead, mode, region, wanted)| {
                let there = app
                    .state()
                    .answers
                    .partners
                    .as_ref()
                    .is_some_and(|answer| app.state().is_fresh(answer));
                if let (Some(lead), true, false) = (lead, wanted, there) {
                    let request = |whole| Request::Match {
                        // A province is searched for itself, so that its best are found even where none of
                        // them is among the best of the country.
                        scenario: region.as_ref().map_or(whole, |region| {
                            let narrowed = selectors::within(&app.state().scenario, region);
                            ScenarioRef::Inline(Box::new(narrowed))
                        }),
                        seeker: lead.clone(),
                        mode: *mode,
                        top: SHOWN_PARTNERS,
                        weights: None,
                    };
                    ask(&app, &running, Place::Partners, &request);
                }
            },
        );
    }
    let (app, running) = (app.clone(), running);
    use_effect_with((state.revision, wants_pool), move |(_, wanted)| {
        if *wanted && !has_pool(app.state()) && !app.state().scenario.projects.is_empty() {
            ask(&app, &running, Place::Fund, &|scenario| Request::Fund {
                scenario,
                pool: None,
            });
            ask(&app, &running, Place::Futures, &|scenario| Request::Simulate {
                scenario,
                settings: None,
                pool: None,
            });
        }
    });
}

/// Whether the pool and all its futures are there for the scenario on screen.
fn has_pool(state: &AppState) -> bool {
    let answers = &state.answers;
    let funded = answers.fund.as_ref().is_some_and(|answer| state.is_fresh(answer));
    let done = |futures: &Futures| futures.trials_done == futures.settings.trials;
    funded
        && answers
            .futures
            .as_ref()
            .is_some_and(|answer| state.is_fresh(answer) && done(&answer.value))
}

/// How many partners the list shows.
const SHOWN_PARTNERS: usize = 12;

#[derive(Clone, Copy)]
enum Place {
    Partners,
    Fund,
    Futures,
}

/// The job under way for each place; a newer one cancels it.
#[derive(Default)]
struct Running {
    jobs: [Option<JobId>; 3],
}

fn ask(app: &App, running: &Rc<RefCell<Running>>, place: Place, request: &dyn Fn(ScenarioRef) -> Request) {
    let earlier = running.borrow_mut().jobs[place as usize].take();
    if let Some(earlier) = earlier {
        app.engine.cancel(earlier);
    }
    let revision = app.state().revision;
    let dispatcher = app.store.dispatcher();
    let on_event = Callback::from(move |event: Event| match event {
        Event::Partial { id, response } | Event::Done { id, response } => {
            if let Some(said) = Said::of(response) {
                dispatcher.dispatch(Action::Answered(id, revision, said));
            }
        }
        Event::Failed { error, .. } => dispatcher.dispatch(Action::Notify(Tone::Bad, job_error(&error))),
        Event::Progress { .. } | Event::Cancelled { .. } => {}
    });
    let id = app.engine.submit_about(&app.state().scenario, request, on_event);
    running.borrow_mut().jobs[place as usize] = Some(id);
}

/// The sentence for a job that failed.
pub(crate) fn job_error(error: &JobError) -> Message {
    let sentence = Message::of_code("job-error", error.code());
    match error {
        JobError::UnsoundScenario { problems } => {
            let first = problems.first();
            let problem = first.map_or_else(say::job_error_unknown_problem, |problem| {
                scenario_problem(&problem.code, &problem.at, &problem.value)
            });
            sentence.with("problem", problem)
        }
        JobError::OutOfRange { what, value } => {
            // Refusals of matching, funding and risk come by their code and have sentences of their own.
            let refused = Message::named(&format!("refused-{what}"));
            let sentence = refused.unwrap_or_else(|| sentence.with("what", what.as_str()));
            sentence.with("value", value.as_str())
        }
        JobError::UnknownOrganisation { id } => sentence.with("id", id.as_str()),
        JobError::Import { reason, detail } => sentence.with("problem", import_error(reason, detail)),
        _ => sentence,
    }
}

/// The sentence for trouble with the engine.
pub(super) fn trouble_notice(trouble: Trouble) -> (Tone, Message) {
    match trouble {
        Trouble::Restarted => (Tone::Neutral, say::notice_worker_restarted()),
        Trouble::NoWorker => (Tone::Neutral, say::notice_no_worker()),
    }
}

/// An engine whose troubles become notices.
#[hook]
pub(super) fn use_engine(on_trouble: Callback<Trouble>) -> Engine {
    (*use_memo((), |()| Engine::new(on_trouble))).clone()
}
