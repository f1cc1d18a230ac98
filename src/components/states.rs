//! Designed empty and working states.

use yew::prelude::*;

/// Nothing here yet: what is missing, what to do about it, and the buttons that do it.
pub fn empty_state(title: &str, hint: &str, buttons: Html) -> Html {
    html! {
        <section class="empty">
            <h2>{ title }</h2>
            <p>{ hint }</p>
            <div class="row">{ buttons }</div>
        </section>
    }
}

/// A quiet line while something is computed; content on screen stays where it is.
pub fn working(label: &str) -> Html {
    working_at(label, None)
}

/// The same with the work done and in all, if that is known.
pub fn working_at(label: &str, progress: Option<(u64, u64)>) -> Html {
    html! {
        <p class="working" role="status">
            <span>{ label }</span>
            if let Some((done, total)) = progress {
                <progress max={total.to_string()} value={done.to_string()} aria-label={label.to_owned()} />
            }
        </p>
    }
}
