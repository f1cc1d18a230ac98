//! Figures and names the parts of the card share.

use crate::app::App;
use crate::domain::OrgId;
use crate::matching::coalition::answer::NamedSolution;
use crate::text::say;
use crate::views::words::listed;

/// How many are named at once; of the others the number is said.
pub(super) const NAMED: usize = 6;

/// An amount of a team in full. Sums of a team stay far below the largest amount that can be said.
pub(super) fn money(app: &App, minor: u128) -> String {
    app.i18n.money(u64::try_from(minor).unwrap_or(u64::MAX))
}

/// The same in short, for pictures.
pub(super) fn short_money(app: &App, minor: u128) -> String {
    app.i18n.compact_money(u64::try_from(minor).unwrap_or(u64::MAX))
}

/// Who is in.
pub(super) fn ids(team: &NamedSolution) -> Vec<OrgId> {
    team.members.iter().map(|member| member.org.clone()).collect()
}

/// Names of organisations, in the order given.
pub(super) fn names(app: &App, ids: &[OrgId]) -> Vec<String> {
    ids.iter().map(|id| app.org_name(id)).collect()
}

/// An amount as a position in a picture.
#[expect(
    clippy::cast_precision_loss,
    reason = "for drawing; the table says the figure itself"
)]
pub(super) fn drawn(minor: u128) -> f64 {
    minor as f64
}

/// "at most 3.2 % dearer": how much dearer than `bound` a cost of `cost` is, in per cent with one decimal, rounded up
/// so that it stays an upper end; `None` without a bound to compare with.
pub(super) fn dearer_percent(app: &App, cost: u128, bound: u128) -> Option<String> {
    if bound == 0 {
        return None;
    }
    let tenths = cost.saturating_sub(bound).saturating_mul(1_000).div_ceil(bound);
    Some(format!("{}%", app.i18n.decimal(drawn(tenths) / 10.0, 1)))
}

/// The first few names, and how many more.
pub(super) fn some(app: &App, ids: &[OrgId]) -> String {
    let mut named = names(app, ids.get(..NAMED).unwrap_or(ids));
    let others = ids.len().saturating_sub(NAMED);
    if others > 0 {
        named.push(app.say(say::coalition_ask_more(others)).to_string());
    }
    listed(app, &named)
}
