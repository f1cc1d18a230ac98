//! A sector's colour with the organisation's initials: never colour alone.

use crate::domain::Sector;
use crate::text::{Message, say};
use yew::prelude::*;

/// The class that carries a sector's colour.
pub fn sector_class(sector: Sector) -> &'static str {
    ["gov", "business", "ngo", "academia", "community"][sector.index()]
}

/// What readers call a sector.
pub fn sector_name(sector: Sector) -> Message {
    match sector {
        Sector::Government => say::sector_government(),
        Sector::Business => say::sector_business(),
        Sector::CivilSociety => say::sector_civil_society(),
        Sector::Academia => say::sector_academia(),
        Sector::Community => say::sector_community(),
    }
}

/// Up to two capital initials of the first two words, skipping nothing: "PT Telko" gives "PT".
pub fn initials(name: &str) -> String {
    let first = name.split_whitespace().next().unwrap_or("?");
    let is_short_form = first.chars().count() <= 3 && first.chars().all(char::is_uppercase);
    match first.chars().find(|c| c.is_alphanumeric()) {
        _ if is_short_form => first.to_owned(),
        Some(c) => c.to_uppercase().collect(),
        None => "?".to_owned(),
    }
}

/// The square badge, larger (`big`) for headings. Decoration: the sector's name stands beside it as text.
pub fn sector_badge(sector: Sector, name: &str, big: bool) -> Html {
    let class = classes!("sec", sector_class(sector), big.then_some("big"));
    html! { <span {class} aria-hidden="true">{ initials(name) }</span> }
}
