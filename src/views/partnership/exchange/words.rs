//! Parties, places and shares in words.

use crate::app::App;
use crate::components::sector_class;
use crate::domain::OrgId;
use crate::matching::plan::Party;
use crate::views::words::listed;
use yew::prelude::AttrValue;

/// The name of who receives.
pub(super) fn party_name(app: &App, party: &Party) -> String {
    match party {
        Party::Organisation(id) => app.org_name(id),
        Party::Project(id) => app.project_name(id.as_str()),
    }
}

/// "a, b dan c" of organisations.
pub(super) fn org_names(app: &App, ids: &[OrgId]) -> String {
    let names: Vec<_> = ids.iter().map(|id| app.org_name(id)).collect();
    listed(app, &names)
}

/// The name of an organisation's sector's class; none of one that is gone.
pub(super) fn sector_of(app: &App, id: &OrgId) -> &'static str {
    let organisation = app.state().scenario.organisation(id);
    organisation.map_or("plain", |one| sector_class(one.sector))
}

/// The class that paints with a sector's colour.
pub(super) fn fill_of(sector: &str) -> &'static str {
    match sector {
        "gov" => "fill-gov",
        "business" => "fill-business",
        "ngo" => "fill-ngo",
        "academia" => "fill-academia",
        "community" => "fill-community",
        "ink" => "fill-ink",
        _ => "fill-plain",
    }
}

/// Millionths of `whole` as a percentage.
pub(super) fn share(app: &App, millionths: f64, whole: f64) -> String {
    if whole > 0.0 {
        app.i18n.percent(millionths / whole / 1e6)
    } else {
        app.i18n.percent(0.0)
    }
}

/// A sentence behind another one.
pub(super) fn joined(sentences: &[AttrValue]) -> String {
    sentences.join(" ")
}
