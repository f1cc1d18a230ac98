//! Why two organisations fit: the pair, the zip, the reasons, and what would change it.

use super::change::what_would_change;
use super::reasons::reasons;
use super::weights::how_computed;
use super::zip::zip;
use crate::app::App;
use crate::components::sector_badge;
use crate::domain::{OrgId, Organisation};
use crate::matching::{Mode, PartnerList};
use crate::state::selectors;
use crate::text::say;
use crate::views::words::sector_and_place;
use yew::prelude::*;

/// Everything about one pair. Shows nothing for a partner that is not in the answer. The key makes what is typed and
/// unfolded for one partner go away with it.
pub(super) fn detail(app: &App, list: &PartnerList, partner: &OrgId) -> Html {
    let scenario = &app.state().scenario;
    let found = selectors::match_of(list, partner);
    let (Some(found), Some(lead), Some(partner)) = (
        found,
        scenario.organisation(&list.seeker),
        scenario.organisation(partner),
    ) else {
        return Html::default();
    };
    let label = match list.mode {
        Mode::Mutual => say::partners_score_mutual(),
        Mode::Gift => say::partners_score_gift(),
    };
    html! {
        <section key={found.id.to_string()} class="why" id="partner-detail" aria-labelledby="partner-name">
            <div class="pair">
                <div>{ side(app, lead, None) }</div>
                <p class="score" id="partner-score"><b>{ app.i18n.score(found.score) }</b><small>{ app.say(label) }</small></p>
                <div class="r">{ side(app, partner, Some("partner-name")) }</div>
            </div>
            { zip(app, list, found) }
            { reasons(app, &list.seeker, found) }
            { what_would_change(app, list, found) }
            { how_computed(app, list.mode) }
        </section>
    }
}

fn side(app: &App, organisation: &Organisation, id: Option<&'static str>) -> Html {
    let name = app.text(&organisation.name);
    html! { <>
        { sector_badge(organisation.sector, &name, true) }
        <h2 {id}>{ name }</h2>
        <small>{ sector_and_place(app, organisation) }</small>
    </> }
}
