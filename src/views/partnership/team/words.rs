//! A fill in words.

use crate::app::App;
use crate::domain::KindId;
use crate::matching::fill::{Contribution, Fill};
use crate::text::{Message, say};
use crate::views::words::{bare_quantity, listed};

/// "420 dari 600 hari orang · kurang 180".
pub fn covered_words(app: &App, fill: &Fill) -> String {
    let kind = &fill.kind;
    let Some(need) = fill.need else {
        return app.say(say::fill_need_unsaid()).to_string();
    };
    let of = app.say(say::fill_of(
        range(app, kind, fill.covered),
        app.quantity(kind, need),
    ));
    format!("{of} · {}", app.say(status(app, fill)))
}

/// What is covered, one figure or a range, without the unit.
pub fn range(app: &App, kind: &KindId, [low, high]: [u64; 2]) -> String {
    let (from, to) = (bare_quantity(app, kind, low), bare_quantity(app, kind, high));
    if low == high {
        from
    } else {
        app.say(say::fill_range(to, from)).to_string()
    }
}

/// "terpenuhi, lebih 30", "kurang 180", "kurang 1 sampai 6".
pub fn status(app: &App, fill: &Fill) -> Message {
    let figure = |quantity| bare_quantity(app, &fill.kind, quantity);
    match fill.short() {
        None => say::fill_need_unsaid(),
        Some([_, 0]) if fill.surplus > 0 => say::fill_spare(figure(fill.surplus)),
        Some([_, 0]) => say::fill_done(),
        Some([low, high]) if low == high => say::fill_short(figure(low)),
        Some([0, high]) => say::fill_short_most(figure(high)),
        Some([low, high]) => say::fill_short_range(figure(high), figure(low)),
    }
}

/// Why the figure is a range; nothing where it is none.
pub fn doubt(app: &App, fill: &Fill) -> Vec<Message> {
    let silent: Vec<_> = fill
        .contributions
        .iter()
        .filter(|one| one.offered.is_none())
        .map(|one| app.org_name(&one.org))
        .collect();
    let mut messages = Vec::new();
    if fill.may_overlap && !fill.is_covered() {
        messages.push(say::fill_overlap());
    }
    if !silent.is_empty() {
        messages.push(say::fill_silent(listed(app, &silent)));
    }
    messages
}

/// "120 hari orang", "belum disebutkan".
pub fn offered(app: &App, kind: &KindId, one: &Contribution) -> String {
    one.offered.map_or_else(
        || app.say(say::unknown_quantity()).to_string(),
        |quantity| app.quantity(kind, quantity),
    )
}
