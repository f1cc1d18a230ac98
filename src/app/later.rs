//! The half of the page that is fetched when it is first needed: asked for, waited for, missed.

use super::context::{App, use_app};
use super::effects::view_name;
use crate::browser::fetch::fetch_later;
use crate::components::{empty_state, working};
use crate::state::{Action, Tone, View};
use crate::text::say;
use crate::views;
use yew::prelude::*;

/// How far the half is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Presence {
    /// Not asked for, or on its way.
    #[default]
    Away,
    /// There.
    Here,
    /// It could not be fetched.
    Missed,
}

/// The half as the whole page knows it.
pub(super) type LaterHalf = UseStateHandle<Presence>;

#[hook]
pub(super) fn use_later_half() -> LaterHalf {
    use_state(Presence::default)
}

impl App {
    /// Whether the code of the later half may be called.
    pub(super) fn has_later(&self) -> bool {
        *self.later == Presence::Here
    }

    /// Shows a step that the later half draws; until it is there, under a heading as every step has one.
    pub(super) fn later_step(&self, view: View) -> Html {
        if self.has_later() {
            return views::later_step(view);
        }
        html! {
            <>
                <h1 class="visually-hidden">{ self.say(view_name(view)) }</h1>
                { self.later(Html::default) }
            </>
        }
    }

    /// Shows what the later half draws; until it is there, that it is coming, or why not and how to try again.
    pub fn later(&self, show: impl FnOnce() -> Html) -> Html {
        if self.has_later() {
            show()
        } else {
            html! { <Awaited missed={*self.later == Presence::Missed} /> }
        }
    }

    /// Calls `task` when the later half is there; says so when it cannot be had.
    pub(super) fn with_later(&self, task: impl FnOnce(&App) + 'static) {
        if self.has_later() {
            return task(self);
        }
        let app = self.clone();
        fetch_later(move |here| {
            app.set_presence(here);
            if here {
                task(&app);
            } else {
                app.dispatch(Action::Notify(Tone::Bad, say::later_missed()));
            }
        });
    }

    fn set_presence(&self, here: bool) {
        self.later
            .set(if here { Presence::Here } else { Presence::Missed });
    }
}

#[derive(Clone, PartialEq, Properties)]
struct AwaitedProps {
    missed: bool,
}

/// In place of what is not there yet. Showing it is what asks for the half.
#[component(Awaited)]
fn awaited(props: &AwaitedProps) -> Html {
    let app = use_app();
    let ask = {
        let app = app.clone();
        move || {
            app.later.set(Presence::Away);
            let asked = app.clone();
            fetch_later(move |here| asked.set_presence(here));
        }
    };
    {
        let ask = ask.clone();
        use_effect_with((), move |()| ask());
    }
    if !props.missed {
        return working(&app.say(say::later_coming()));
    }
    let again = Callback::from(move |_: MouseEvent| ask());
    empty_state(
        &app.say(say::later_missed()),
        &app.say(say::later_missed_hint()),
        html! { <button class="primary" id="fetch-again" onclick={again}>{ app.say(say::later_again()) }</button> },
    )
}
