//! Organisations in a few words.

use crate::app::App;
use crate::cases::goals;
use crate::domain::{GoalId, KindId, Unit};
use crate::text::{Message, say};
use yew::AttrValue;

/// The name of a goal; its code where it is somebody's own.
pub(super) fn goal(app: &App, id: &GoalId) -> String {
    goals::goal_name(id, app.i18n.language).map_or_else(|| id.to_string(), str::to_owned)
}

/// "Rp 450 juta dana", "40 hari pelatihan", "Teknologi: belum disebutkan".
pub(super) fn thing(app: &App, kind: &KindId, quantity: Option<u64>) -> AttrValue {
    let Some(quantity) = quantity else {
        return app.say(say::thing_unknown(app.kind_name(kind)));
    };
    let full = app.quantity(kind, quantity);
    let known = Message::named(&format!("thing-{kind}"))
        .filter(|_| app.state().scenario.kinds.iter().all(|own| &own.id != kind));
    app.say(match known {
        Some(message) => message.with("count", quantity).with("quantity", full),
        None => say::thing_other(app.kind_name(kind), full),
    })
}

/// What a quantity of this kind is counted in: "hari orang", "IDR".
pub(super) fn unit(app: &App, kind: &KindId) -> AttrValue {
    let name = match app.kind(kind).map(|kind| kind.unit) {
        Some(Unit::Money) | None => return AttrValue::from(app.i18n.currency.code().to_owned()),
        Some(Unit::PersonDays) => say::unit_name_person_days(),
        Some(Unit::Sites) => say::unit_name_sites(),
        Some(Unit::Licences) => say::unit_name_licences(),
        Some(Unit::Permits) => say::unit_name_permits(),
        Some(Unit::Datasets) => say::unit_name_datasets(),
        Some(Unit::Villages) => say::unit_name_villages(),
        Some(Unit::People) => say::unit_name_people(),
        Some(Unit::Channels) => say::unit_name_channels(),
        Some(Unit::Pieces) => say::unit_name_pieces(),
        Some(Unit::FundsHeld) => say::unit_name_funds_held(),
    };
    app.say(name)
}
