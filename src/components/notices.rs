//! Sentences for the reader, in one polite live region.

use super::{IconName, icon};
use crate::app::App;
use crate::state::{Action, Tone};
use crate::text::say;
use yew::prelude::*;

/// All notices, newest last. The region is always there, so that screen readers hear what is added.
pub fn notices(app: &App) -> Html {
    let notice = |notice: &crate::state::Notice| {
        let tone = match notice.tone {
            Tone::Good => "good",
            Tone::Neutral => "neutral",
            Tone::Bad => "bad",
        };
        html! {
            <li key={notice.id} class={tone}>
                <p>{ app.say(notice.message.clone()) }</p>
                <button class="ghost icon" aria-label={app.say(say::dismiss())} onclick={app.on(Action::Dismiss(notice.id))}>
                    { icon(IconName::Close) }
                </button>
            </li>
        }
    };
    html! {
        <div class="notices" role="status" aria-live="polite">
            if !app.state().notices.is_empty() { <ul>{ for app.state().notices.iter().map(notice) }</ul> }
        </div>
    }
}
