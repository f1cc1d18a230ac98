//! Projects with a limit in common: which exclude each other, which share a ceiling.

use crate::app::{App, focus_later};
use crate::components::{AmountField, CheckField, IconName, NumberField, TextField, icon};
use crate::domain::{ProjectGroup, Text};
use crate::state::Edit;
use crate::state::drafts::reworded;
use crate::text::say;
use yew::prelude::*;

/// What a group is called; its number where it has no name.
pub(super) fn group_name(app: &App, at: usize) -> String {
    let groups = &app.state().scenario.groups;
    let named = groups.get(at).filter(|group| !group.name.is_blank());
    named.map_or_else(
        || app.say(say::group_new_name((at + 1).to_string())).to_string(),
        |group| app.text(&group.name),
    )
}

/// All groups, edited in place; nothing where there are not two projects to group.
pub(super) fn groups(app: &App) -> Html {
    let scenario = &app.state().scenario;
    if scenario.projects.len() < 2 && scenario.groups.is_empty() {
        return Html::default();
    }
    let at = scenario.groups.len();
    let on_add = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            let group = ProjectGroup {
                name: Text::Plain(group_name(&app, at)),
                at_most: Some(1),
                ..ProjectGroup::default()
            };
            app.edit(Edit::PutGroup { at, group });
            focus_later(format!("group-{at}-name"));
        })
    };
    let cards = scenario.groups.iter().enumerate();
    html! {
        <section class="card whole" id="pool-groups" aria-labelledby="pool-groups-title">
            <div class="section-head">
                <h2 id="pool-groups-title" tabindex="-1">{ app.say(say::groups_title()) }</h2>
                <button type="button" class="with-icon" id="group-add" onclick={on_add}>
                    { icon(IconName::Plus) }{ app.say(say::group_add()) }</button>
            </div>
            <p class="meta">{ app.say(say::groups_about()) }</p>
            <ul class="edit-list" id="group-list">{ for cards.map(|(at, group)| group_card(app, at, group)) }</ul>
        </section>
    }
}

fn group_card(app: &App, at: usize, group: &ProjectGroup) -> Html {
    let name = group_name(app, at);
    let put = move |app: &App, group: ProjectGroup| app.edit(Edit::PutGroup { at, group });
    let on_delete = {
        let app = app.clone();
        Callback::from(move |_: MouseEvent| {
            app.edit(Edit::RemoveGroup(at));
            focus_later("pool-groups-title");
        })
    };
    let on_name = {
        let (app, group) = (app.clone(), group.clone());
        Callback::from(move |name: String| {
            let name = reworded(&group.name, app.i18n.language, &name);
            put(
                &app,
                ProjectGroup {
                    name,
                    ..group.clone()
                },
            );
        })
    };
    let on_most = {
        let (app, group) = (app.clone(), group.clone());
        Callback::from(move |most: Option<u64>| {
            let at_most = most.map(|most| u16::try_from(most.max(1)).unwrap_or(u16::MAX));
            put(
                &app,
                ProjectGroup {
                    at_most,
                    ..group.clone()
                },
            );
        })
    };
    let on_ceiling = {
        let (app, group) = (app.clone(), group.clone());
        Callback::from(move |ceiling_minor: Option<u64>| {
            put(
                &app,
                ProjectGroup {
                    ceiling_minor,
                    ..group.clone()
                },
            );
        })
    };
    let project = |project: &crate::domain::Project| {
        let is_in = group.projects.contains(&project.id);
        let on_change = {
            let (app, group, id) = (app.clone(), group.clone(), project.id.clone());
            Callback::from(move |wanted: bool| {
                let mut group = group.clone();
                group.projects.retain(|known| known != &id);
                if wanted {
                    group.projects.push(id.clone());
                }
                put(&app, group);
            })
        };
        html! { <CheckField id={format!("group-{at}-project-{}", project.id)} label={AttrValue::from(app.text(&project.name))} checked={is_in} {on_change} /> }
    };
    html! {
        <li key={at} class="edit-card" id={format!("group-{at}")}>
            <div class="edit-head">
                <h3>{ name.clone() }</h3>
                <button type="button" class="ghost icon" id={format!("group-{at}-delete")} onclick={on_delete}
                    aria-label={app.say(say::group_delete(name))}>{ icon(IconName::Bin) }</button>
            </div>
            <p class="meta">{ summary(app, group) }</p>
            <div class="fields">
                <TextField id={format!("group-{at}-name")} label={app.say(say::group_name())} value={app.text(&group.name)} on_input={on_name} />
                <NumberField id={format!("group-{at}-most")} label={app.say(say::group_at_most())} value={group.at_most.map(u64::from)} on_change={on_most} />
                <AmountField id={format!("group-{at}-ceiling")} label={app.say(say::group_ceiling())} value={group.ceiling_minor} on_change={on_ceiling} />
            </div>
            <fieldset>
                <legend>{ app.say(say::group_projects()) }</legend>
                { for app.state().scenario.projects.iter().map(project) }
            </fieldset>
        </li>
    }
}

fn summary(app: &App, group: &ProjectGroup) -> String {
    let of = group.projects.len() as u64;
    let most = group.at_most.map(|most| {
        app.say(say::group_summary_at_most(u64::from(most), of.to_string()))
            .to_string()
    });
    let ceiling = group.ceiling_minor.map(|minor| {
        let money = app.i18n.compact_money(minor);
        app.say(say::group_summary_ceiling(money)).to_string()
    });
    let parts: Vec<String> = most.into_iter().chain(ceiling).collect();
    if parts.is_empty() {
        return app.say(say::group_summary_open()).to_string();
    }
    parts.join(" ")
}
