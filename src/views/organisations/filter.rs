//! Narrowing the list: words, and a sector.

use crate::app::App;
use crate::components::{TextField, sector_name};
use crate::domain::Sector;
use crate::state::{Action, OrganisationFilter};
use crate::text::say;
use yew::prelude::*;

/// The search field and a chip for each sector with how many match the words in it.
pub(super) fn filter(app: &App, by_sector: [usize; 5]) -> Html {
    let current = app.state().selection.organisations.clone();
    let on_input = {
        let sector = current.sector;
        app.on_event(move |search: String| Action::Filter(OrganisationFilter { search, sector }))
    };
    let total: usize = by_sector.iter().sum();
    html! {
        <div class="org-filter">
            <TextField id="org-search" label={app.say(say::org_search())} hide_label={true} kind="search" value={current.search.clone()} {on_input} />
            <div class="chips" role="group" aria-label={app.say(say::org_sectors())}>
                { chip(app, &current, None, total) }
                { for Sector::ALL.into_iter().zip(by_sector).map(|(sector, count)| chip(app, &current, Some(sector), count)) }
            </div>
        </div>
    }
}

fn chip(app: &App, current: &OrganisationFilter, sector: Option<Sector>, count: usize) -> Html {
    let label = sector.map_or_else(say::org_sector_all, sector_name);
    let filter = OrganisationFilter {
        search: current.search.clone(),
        sector,
    };
    let id = format!("sector-{}", sector.map_or("all", Sector::code));
    html! {
        <button {id} aria-pressed={(current.sector == sector).to_string()} onclick={app.on(Action::Filter(filter))}>
            { app.say(label) }{ " " }<span class="count">{ app.i18n.integer(count as u64) }</span>
        </button>
    }
}
