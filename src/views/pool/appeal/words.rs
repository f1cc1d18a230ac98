//! Amounts of an appeal, which may be below zero, and its rules in words.

use crate::app::App;
use crate::domain::AppealSplit;
use crate::risk::Quantiles;
use crate::text::{Message, say};

/// An expected amount, with its sign where it is negative.
pub(super) fn net(app: &App, minor: f64) -> String {
    let figure = app.i18n.simulated_money(minor.abs());
    if minor <= -0.5 {
        format!("−{figure}")
    } else {
        figure
    }
}

/// "Rp 2 juta to Rp 5 juta".
pub(super) fn range(app: &App, range: Quantiles) -> String {
    app.say(say::appeal_range(net(app, range.p90), net(app, range.p10)))
        .to_string()
}

/// What readers call a way of splitting.
pub(super) fn split_name(split: AppealSplit) -> Message {
    Message::of_code("appeal-split", split.code())
}

/// A part that may be below zero or above one.
pub(super) fn percent(app: &App, share: f64) -> String {
    let figure = app.i18n.percent(share.abs());
    if share <= -0.005 {
        format!("−{figure}")
    } else {
        figure
    }
}
