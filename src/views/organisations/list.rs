//! The organisations found, as a table that becomes cards where there is no room for columns.

use super::filter;
use super::row::{row, row_id};
use crate::app::{App, focus_later, use_app, use_wide};
use crate::components::empty_state;
use crate::domain::OrgId;
use crate::state::organisation_search::OrganisationIndex;
use crate::state::{Action, OrganisationFilter};
use crate::text::say;
use yew::prelude::*;

/// How many are shown at first and added at a time: enough to look at, quick on a cheap phone.
const PAGE: usize = 60;

/// What the person chose; without a choice the width decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Table,
    Cards,
}

/// See [`List`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ListProps {
    /// Opens the form of an organisation.
    pub on_edit: Callback<OrgId>,
}

/// Filter, count, and the rows.
#[component(List)]
pub(super) fn list(props: &ListProps) -> Html {
    let app = use_app();
    let state = app.state();
    let index = use_memo((state.revision, state.language), |&(_, language)| {
        OrganisationIndex::new(&state.scenario, language)
    });
    let filter = state.selection.organisations.clone();
    let limit = use_state(|| PAGE);
    {
        let limit = limit.clone();
        use_effect_with(filter.clone(), move |_| limit.set(PAGE));
    }
    let layout = use_state(|| None::<Layout>);
    let wide = use_wide();
    let found = index.find(&filter);
    let total = state.scenario.organisations.len();
    let class = match *layout {
        None => "by-width",
        Some(Layout::Table) => "as-table",
        Some(Layout::Cards) => "as-cards",
    };
    let shown_as = layout.unwrap_or(if wide { Layout::Table } else { Layout::Cards });
    let toggle = |choice: Layout, id: &'static str, label| {
        let layout = layout.clone();
        let onclick = Callback::from(move |_: MouseEvent| layout.set(Some(choice)));
        html! { <button {id} aria-pressed={(shown_as == choice).to_string()} {onclick}>{ app.say(label) }</button> }
    };
    let rows = found.shown.iter().take(*limit).copied();
    let rows = rows.filter_map(|at| {
        Some((
            state.scenario.organisations.get(at)?,
            neighbour(&app, &found.shown, at),
        ))
    });
    html! {
        <>
            { filter::filter(&app, found.by_sector) }
            <div class="row list-head">
                <p class="meta" role="status" id="org-found">{ app.say(say::org_found(total, found.shown.len())) }</p>
                <div class="chips" role="group" aria-label={app.say(say::org_layout())}>
                    { toggle(Layout::Table, "as-table", say::org_as_table()) }
                    { toggle(Layout::Cards, "as-cards", say::org_as_cards()) }
                </div>
            </div>
            if found.shown.is_empty() {
                { empty_state(&app.say(say::org_no_match()), &app.say(say::org_no_match_hint()), html! { <>
                    <button id="clear-filter" onclick={app.on(Action::Filter(OrganisationFilter::default()))}>{ app.say(say::org_clear_filter()) }</button>
                </> }) }
            } else {
                // The roles say again what the elements are: as cards they are laid out as blocks, and browsers then
                // forget that they were a table.
                <table class={classes!("orgs", class)} id="organisation-list" role="table" aria-label={app.say(say::org_list())}>
                    <thead role="rowgroup"><tr role="row">
                        { for [say::org_name(), say::org_offers(), say::org_needs(), say::org_goals(), say::org_actions()].map(|label| html! {
                            <th scope="col" role="columnheader">{ app.say(label) }</th>
                        }) }
                    </tr></thead>
                    <tbody role="rowgroup">
                        { for rows.map(|(organisation, next)| row(&app, organisation, next, &props.on_edit)) }
                    </tbody>
                </table>
                if found.shown.len() > *limit {
                    { more(&app, &limit, &found.shown) }
                }
            }
        </>
    }
}

/// Who takes the focus if the organisation at `at` is deleted: the next one shown, or the one before.
fn neighbour(app: &App, shown: &[usize], at: usize) -> Option<OrgId> {
    let place = shown.binary_search(&at).ok()?;
    let beside = shown
        .get(place + 1)
        .or_else(|| shown.get(place.checked_sub(1)?))?;
    let organisation = app.state().scenario.organisations.get(*beside)?;
    Some(organisation.id.clone())
}

fn more(app: &App, limit: &UseStateHandle<usize>, shown: &[usize]) -> Html {
    let hidden = shown.len().saturating_sub(**limit).min(PAGE);
    let first = shown
        .get(**limit)
        .and_then(|&at| app.state().scenario.organisations.get(at));
    let first = first.map(|organisation| row_id(&organisation.id));
    let onclick = {
        let limit = limit.clone();
        Callback::from(move |_: MouseEvent| {
            limit.set(*limit + PAGE);
            if let Some(first) = &first {
                focus_later(first.clone());
            }
        })
    };
    html! { <p class="more"><button id="show-more" {onclick}>{ app.say(say::org_show_more(hidden)) }</button></p> }
}
