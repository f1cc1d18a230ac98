//! A split of costs in words.

use crate::app::App;
use crate::domain::OrgId;
use crate::matching::cost_split::{Fraction, Method, Sampled, Split, TeamSplit};
use crate::text::{Message, say};
use crate::views::words::listed;

/// The stable code of a method.
pub fn code(method: Method) -> &'static str {
    match method {
        Method::Equal => "equal",
        Method::Means => "means",
        Method::Benefit => "benefit",
        Method::Shapley => "shapley",
        Method::Nucleolus => "nucleolus",
    }
}

/// What readers call it.
pub fn name(method: Method) -> Message {
    Message::of_code("together-split", code(method))
}

/// An amount in the smallest unit, rounded half up.
pub fn minor(exact: Fraction) -> i64 {
    let (numerator, denominator) = (exact.numerator(), exact.denominator());
    let doubled = numerator.saturating_mul(2).saturating_add(denominator);
    i64::try_from(doubled.div_euclid(denominator.saturating_mul(2))).unwrap_or(i64::MAX)
}

/// A share in whole units.
pub fn whole(share: i128) -> i64 {
    i64::try_from(share).unwrap_or(i64::MAX)
}

/// "A, B and C", of players.
pub fn names(app: &App, split: &TeamSplit, players: &[usize]) -> String {
    let names: Vec<String> = players
        .iter()
        .filter_map(|&player| split.members.get(player))
        .map(|id: &OrgId| app.org_name(id))
        .collect();
    listed(app, &names)
}

/// Whether somebody would do better without the others, and by how much.
pub fn stable(app: &App, team: &TeamSplit, split: &Split) -> Message {
    match &split.blocking {
        None if !split.judged => say::together_split_unjudged(),
        None => say::together_split_stable(),
        Some(blocking) => {
            let money = |figure: i64| app.i18n.signed_money(figure);
            let [alone, pays, saves] = [
                money(blocking.alone),
                money(minor(blocking.pays)),
                money(minor(blocking.saves)),
            ];
            let group = names(app, team, &blocking.group);
            match blocking.group.len() {
                1 => say::together_split_leaves(alone, group, pays, saves),
                _ => say::together_split_leave(alone, group, pays, saves),
            }
        }
    }
}

/// " ± Rp 1 juta": the standard error of an estimate, shortened, as its own last figures mean nothing.
pub fn give_or_take(app: &App, error: u64) -> String {
    format!(" ± {}", app.i18n.compact_money(error))
}

/// What the estimate rests on so far.
pub fn sampling(sampled: Sampled, shown: &Split) -> Message {
    let Sampled {
        pairs,
        most_pairs,
        seed,
    } = sampled;
    match (pairs, shown.standard_errors.is_empty()) {
        (0 | 1, _) => say::together_split_no_orders_yet(),
        (_, true) => say::together_split_shapley_estimated(pairs * 2),
        (_, false) => say::together_split_sampled(most_pairs * 2, pairs * 2, seed),
    }
}
