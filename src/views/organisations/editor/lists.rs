//! Lists of words: goals, and donors courted.

use super::super::words::goal;
use super::Part;
use crate::app::{App, focus_later, use_app};
use crate::cases::goals;
use crate::components::{IconName, SelectField, TextField, icon};
use crate::domain::{GoalId, OrgId};
use crate::state::org_ids::{donor_of, goal_of};
use crate::text::say;
use std::collections::BTreeSet;
use yew::prelude::*;

/// Goals: known ones from a list, others in own words.
pub(super) fn goals(app: &App, part: &Part) -> Html {
    let chosen = &part.draft.goals;
    let mut options = vec![(AttrValue::from(""), app.say(say::org_choose()))];
    let known = goals::all().iter().filter_map(goals::Goal::goal_id);
    let in_use = app
        .state()
        .scenario
        .organisations
        .iter()
        .flat_map(|organisation| organisation.goals.clone());
    let own: BTreeSet<GoalId> = in_use
        .filter(|id| goals::goal_name(id, app.i18n.language).is_none())
        .collect();
    let free = known.chain(own).filter(|id| !chosen.contains(id));
    options.extend(free.map(|id| (AttrValue::from(id.to_string()), AttrValue::from(goal(app, &id)))));
    let add = part.on(|draft, goal: GoalId| {
        if !draft.goals.contains(&goal) {
            draft.goals.push(goal);
        }
    });
    let on_change = {
        let add = add.clone();
        Callback::from(move |code: String| {
            if let Ok(goal) = GoalId::new(&code) {
                add.emit(goal);
            }
        })
    };
    let on_add = Callback::from(move |words: String| {
        if let Some(goal) = goal_of(&words) {
            add.emit(goal);
        }
    });
    let names = chosen.iter().map(|id| goal(app, id)).collect();
    html! {
        <section class="part" id="goals">
            <h3>{ app.say(say::org_goals()) }</h3>
            { chosen_list(app, names, "goal-select", part.on(|draft, at: usize| { remove_at(&mut draft.goals, at); })) }
            <div class="lines">
                <SelectField id="goal-select" label={app.say(say::org_goal_add())} {options} value="" {on_change} />
                <WordField id="goal-own" label={app.say(say::org_goal_own())} max_length={64} {on_add} />
            </div>
        </section>
    }
}

/// Donors it is courting: two who court the same one compete.
pub(super) fn donors(app: &App, part: &Part) -> Html {
    let scenario = app.state().scenario.clone();
    let chosen = &part.draft.donors;
    let name = |donor: &String| OrgId::new(donor).map_or_else(|_| donor.clone(), |id| app.org_name(&id));
    let others: BTreeSet<&String> = scenario
        .organisations
        .iter()
        .flat_map(|organisation| &organisation.donors_sought)
        .collect();
    let others: Vec<&String> = others
        .into_iter()
        .filter(|donor| !chosen.contains(donor))
        .take(8)
        .collect();
    let add = part.on(|draft, donor: String| {
        if !draft.donors.contains(&donor) {
            draft.donors.push(donor);
        }
    });
    let on_add = {
        let (scenario, add) = (scenario.clone(), add.clone());
        Callback::from(move |words: String| {
            if let Some(donor) = donor_of(&words, &scenario) {
                add.emit(donor);
            }
        })
    };
    html! {
        <section class="part" id="donors">
            <h3>{ app.say(say::org_donors()) }</h3>
            { chosen_list(app, chosen.iter().map(name).collect(), "donor-own", part.on(|draft, at: usize| { remove_at(&mut draft.donors, at); })) }
            <WordField id="donor-own" label={app.say(say::org_donor_name())} max_length={100} {on_add} />
            if !others.is_empty() {
                <p class="meta" id="donor-others">{ app.say(say::org_donor_others()) }</p>
                <div class="chips" role="group" aria-labelledby="donor-others">
                    { for others.into_iter().map(|donor| {
                        let (add, code, label) = (add.clone(), donor.clone(), name(donor));
                        let aria = app.say(say::org_add_named(label.as_str()));
                        let onclick = Callback::from(move |_: MouseEvent| {
                            add.emit(code.clone());
                            focus_later("donor-own");
                        });
                        html! { <button aria-label={aria} {onclick}>{ "+ " }{ label }</button> }
                    }) }
                </div>
            }
        </section>
    }
}

fn remove_at<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}

/// What was chosen, each with a button that takes it away; the focus then goes to the field that adds.
fn chosen_list(app: &App, names: Vec<String>, field: &'static str, remove: Callback<usize>) -> Html {
    if names.is_empty() {
        return html! {};
    }
    let item = |(at, name): (usize, String)| {
        let remove = remove.clone();
        let label = app.say(say::org_remove_named(name.as_str()));
        let onclick = Callback::from(move |_: MouseEvent| {
            remove.emit(at);
            focus_later(field);
        });
        html! {
            <li key={name.clone()}>
                <span>{ name }</span>
                <button class="ghost icon" aria-label={label} {onclick}>{ icon(IconName::Close) }</button>
            </li>
        }
    };
    html! { <ul class="org-chosen">{ for names.into_iter().enumerate().map(item) }</ul> }
}

#[derive(Clone, PartialEq, Properties)]
struct WordFieldProps {
    id: AttrValue,
    label: AttrValue,
    max_length: u32,
    on_add: Callback<String>,
}

/// A field whose text is added to a list, by its button or Enter.
#[component(WordField)]
fn word_field(props: &WordFieldProps) -> Html {
    let app = use_app();
    let text = use_state(String::new);
    let add = {
        let (text, on_add, id) = (text.clone(), props.on_add.clone(), props.id.clone());
        move || {
            if !text.trim().is_empty() {
                on_add.emit((*text).clone());
                text.set(String::new());
                focus_later(id.to_string());
            }
        }
    };
    let onclick = {
        let add = add.clone();
        Callback::from(move |_: MouseEvent| add())
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    });
    let on_input = {
        let text = text.clone();
        Callback::from(move |typed| text.set(typed))
    };
    html! {
        <div class="word-field" {onkeydown}>
            <TextField id={props.id.clone()} label={props.label.clone()} value={(*text).clone()} {on_input} max_length={props.max_length} />
            <button disabled={text.trim().is_empty()} {onclick}>{ app.say(say::add()) }</button>
        </div>
    }
}
