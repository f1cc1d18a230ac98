//! Designed empty and working states.

use yew::prelude::*;

/// See [`EmptyState`].
#[derive(Clone, PartialEq, Properties)]
pub struct EmptyStateProps {
    /// What is missing.
    pub title: AttrValue,
    /// What to do about it.
    pub hint: AttrValue,
    /// Buttons that do it.
    #[prop_or_default]
    pub children: Html,
}

/// Nothing here yet, and the way to change that.
#[component(EmptyState)]
pub fn empty_state(props: &EmptyStateProps) -> Html {
    html! {
        <section class="empty">
            <h2>{ props.title.clone() }</h2>
            <p>{ props.hint.clone() }</p>
            <div class="row">{ props.children.clone() }</div>
        </section>
    }
}

/// See [`Working`].
#[derive(Clone, PartialEq, Properties)]
pub struct WorkingProps {
    /// What is being done.
    pub label: AttrValue,
    /// Done and total, if known.
    #[prop_or_default]
    pub progress: Option<(u64, u64)>,
}

/// A quiet line while something is computed; content on screen stays where it is.
#[component(Working)]
pub fn working(props: &WorkingProps) -> Html {
    html! {
        <p class="working" role="status">
            <span>{ props.label.clone() }</span>
            if let Some((done, total)) = props.progress {
                <progress max={total.to_string()} value={done.to_string()} aria-label={props.label.clone()} />
            }
        </p>
    }
}
