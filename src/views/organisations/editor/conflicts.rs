//! With whom it must not be partnered, and why.

use super::Part;
use crate::app::{App, focus_later};
use crate::components::{IconName, SelectField, TextField, icon};
use crate::domain::OrgId;
use crate::text::say;
use yew::prelude::*;

/// Conflicts of interest (C5): a row each, and a list to add from.
pub(super) fn conflicts(app: &App, part: &Part) -> Html {
    let draft = &part.draft;
    let others = app.state().scenario.organisations.iter();
    let free = others.filter(|other| {
        Some(&other.id) != draft.id() && draft.conflicts.iter().all(|conflict| conflict.with != other.id)
    });
    let mut options = vec![(AttrValue::from(""), app.say(say::org_choose()))];
    options.extend(free.map(|other| {
        (
            AttrValue::from(other.id.to_string()),
            AttrValue::from(app.text(&other.name)),
        )
    }));
    if options.len() == 1 && draft.conflicts.is_empty() {
        return html! {};
    }
    let on_change = {
        let at = draft.conflicts.len();
        let add = part.on(|draft, with: OrgId| draft.add_conflict(with));
        Callback::from(move |code: String| {
            if let Ok(with) = OrgId::new(&code) {
                add.emit(with);
                focus_later(format!("conflict-{at}"));
            }
        })
    };
    let row = |at: usize| {
        let conflict = draft.conflicts.get(at)?;
        let name = app.org_name(&conflict.with);
        let on_input = part.on(move |draft, reason| {
            if let Some(conflict) = draft.conflicts.get_mut(at) {
                conflict.reason = reason;
            }
        });
        let remove = {
            let with = conflict.with.clone();
            let remove =
                part.on(|draft, with: OrgId| draft.conflicts.retain(|conflict| conflict.with != with));
            Callback::from(move |_: MouseEvent| {
                remove.emit(with.clone());
                focus_later("conflict-select");
            })
        };
        Some(html! {
            <li key={conflict.with.as_str()}>
                <TextField id={format!("conflict-{at}")} label={app.say(say::org_conflict_reason(name.as_str()))} value={conflict.reason.clone()} {on_input} max_length={300} />
                <button class="ghost icon" aria-label={app.say(say::org_remove_named(name))} onclick={remove}>{ icon(IconName::Bin) }</button>
            </li>
        })
    };
    html! {
        <section class="part" id="conflicts">
            <h3>{ app.say(say::org_conflicts()) }</h3>
            <p class="meta">{ app.say(say::org_conflicts_hint()) }</p>
            <ul class="org-conflicts">{ for (0..draft.conflicts.len()).filter_map(row) }</ul>
            <SelectField id="conflict-select" label={app.say(say::org_conflict_with())} {options} value="" {on_change} />
        </section>
    }
}
