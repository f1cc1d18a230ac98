//! Turns of phrase the partners and the partnership step share.

use crate::app::App;
use crate::cases::regions::region_name;
use crate::components::sector_name;
use crate::domain::{KindId, OrgId, Organisation, RegionCode, Unit};
use crate::i18n::I18n;
use crate::text::say;

/// "Bisnis · Kota Yogyakarta".
pub fn sector_and_place(app: &App, organisation: &Organisation) -> String {
    let place = organisation
        .region
        .as_ref()
        .map_or_else(|| app.say(say::place_unknown()).to_string(), place_name);
    format!("{} · {place}", app.say(sector_name(organisation.sector)))
}

/// The name of a region, its code where it has none.
pub fn place_name(region: &RegionCode) -> String {
    region_name(region).map_or_else(|| region.to_string(), str::to_owned)
}

/// The same, of an organisation by its id.
pub fn sector_and_place_of(app: &App, id: &OrgId) -> String {
    let organisation = app.state().scenario.organisation(id);
    organisation
        .map(|one| sector_and_place(app, one))
        .unwrap_or_default()
}

/// "a, b dan c".
pub fn listed(app: &App, names: &[String]) -> String {
    listed_in(&app.i18n, names)
}

/// The same for a reader of another language than the page's.
pub fn listed_in(i18n: &I18n, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => i18n.say(say::list_and(init.join(", "), last.as_str())),
    }
}

/// The name of a kind inside a sentence: without its capital, unless the word is one of capitals.
pub fn kind_inside(app: &App, kind: &KindId) -> String {
    inside(app.kind_name(kind))
}

/// A name inside a sentence: without its capital, unless the word is one of capitals.
pub fn inside(name: String) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + letters.as_str()
        }
        _ => name,
    }
}

/// A quantity that is followed by another one with the unit: "40" in "40 of 60 person-days".
pub fn bare_quantity(app: &App, kind: &KindId, quantity: u64) -> String {
    match app.kind(kind).map(|kind| kind.unit) {
        Some(Unit::Money) => app.quantity(kind, quantity),
        _ => app.i18n.integer(quantity),
    }
}
