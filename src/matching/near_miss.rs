//! The smallest single change that would bring an organisation level with the list.

use super::attribution::{Question, prices};
use super::pair::{Pair, Term, base, coverage, total_weight};
use super::{Change, Direction, NearMiss};
use crate::domain::Priority;

/// Scores this close count as level: equal fractions reached by different sums differ in their last digits.
const LEVEL: f64 = 1e-12;

/// Which side of a pair receives.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Seeker,
    Partner,
}

/// The smallest change that lifts the low end of `pair` to `bar`; `None` if no single one of at most about
/// `limit_ratio` of a need does.
///
/// More of an offer is tried for every need with both quantities known, by bisection on whole units: the score
/// never falls when an offer grows. A smaller need never wins against it: to fill a share f of a need n
/// from o takes f − o/n of it as offer, (f − o/n)/f as smaller need. If no offer suffices, a need that
/// the other side's offer would fill is tried; it counts as a change of one whole need.
/// Ties: what the seeker receives first, then order of kinds.
pub(super) fn smallest_change(
    question: Question<'_>,
    pair: &Pair,
    bar: f64,
    limit_ratio: f64,
) -> Option<NearMiss> {
    let sides: &[Side] = match question.direction {
        Direction::Both => &[Side::Seeker, Side::Partner],
        Direction::SeekerReceives => &[Side::Seeker],
        Direction::SeekerGives => &[Side::Partner],
    };
    let mut best: Option<NearMiss> = None;
    if limit_ratio < 1.0 && least_share(question, pair, bar) > limit_ratio {
        return None;
    }
    for &side in sides {
        for at in 0..needs_of(pair, side).len() {
            let limit = best.as_ref().map_or(limit_ratio, |best| best.share_ratio);
            if let Some(found) = more_offered(question, pair, side, at, bar, limit)
                && best
                    .as_ref()
                    .is_none_or(|best| found.share_ratio < best.share_ratio)
            {
                best = Some(found);
            }
        }
    }
    if best.is_some() || limit_ratio < 1.0 {
        return best;
    }
    for &side in sides {
        for found in needs_named(question, pair, side, bar) {
            if best
                .as_ref()
                .is_none_or(|best| found.score_after > best.score_after)
            {
                best = Some(found);
            }
        }
    }
    best
}

/// No change of a smaller share reaches `bar`: the base is concave in each coverage, so it lies below its tangent,
/// and a share of a need raises a coverage by at most that share times the need's weight.
fn least_share(question: Question<'_>, pair: &Pair, bar: f64) -> f64 {
    let (receives, gives) = (coverage(&pair.receives).low, coverage(&pair.gives).low);
    let factor = pair.modifiers.factor(question.weights).low;
    let (price_receives, price_gives) = prices(question.direction, receives, gives);
    if price_receives == 0.0 && price_gives == 0.0 {
        // No complementarity yet, so no tangent: the slope is at most 2.
        return bar / 2.0;
    }
    let heaviest = |terms: &[Term]| terms.iter().map(|term| term.weight).max().map_or(0.0, f64::from);
    let steepest = |terms: &[Term], price: f64| match heaviest(terms) {
        0.0 => 0.0,
        weight => factor * price * weight / total_weight(terms),
    };
    let slope = steepest(&pair.receives, price_receives).max(steepest(&pair.gives, price_gives));
    let gap = bar - factor * base(question.direction, receives, gives) - 2.0 * LEVEL;
    if slope > 0.0 { gap / slope } else { f64::INFINITY }
}

fn needs_of(pair: &Pair, side: Side) -> &[Term] {
    match side {
        Side::Seeker => &pair.receives,
        Side::Partner => &pair.gives,
    }
}

/// Low end of the score if `side`'s needs stood as in `terms`.
fn low_with(question: Question<'_>, pair: &Pair, side: Side, terms: &[Term], factor: f64) -> f64 {
    let changed = coverage(terms).low;
    let (receives, gives) = match side {
        Side::Seeker => (changed, coverage(&pair.gives).low),
        Side::Partner => (coverage(&pair.receives).low, changed),
    };
    base(question.direction, receives, gives) * factor
}

fn more_offered(
    question: Question<'_>,
    pair: &Pair,
    side: Side,
    at: usize,
    bar: f64,
    limit_ratio: f64,
) -> Option<NearMiss> {
    let mut terms = needs_of(pair, side).to_vec();
    let term = *terms.get(at)?;
    let (need, offered) = (term.need?, term.offered?);
    let factor = pair.modifiers.factor(question.weights).low;
    let mut after = |by: u64| {
        if let Some(term) = terms.get_mut(at) {
            term.offered = Some(offered + by);
        }
        low_with(question, pair, side, &terms, factor)
    };
    let mut enough = need
        .checked_sub(offered)
        .filter(|&gap| gap > 0)?
        .min(share_of(need, limit_ratio));
    if after(enough) < bar - LEVEL {
        return None;
    }
    let mut too_little = 0;
    while enough - too_little > 1 {
        let middle = too_little + (enough - too_little) / 2;
        if after(middle) < bar - LEVEL {
            too_little = middle;
        } else {
            enough = middle;
        }
    }
    let giver = match side {
        Side::Seeker => question.partner,
        Side::Partner => question.seeker,
    };
    Some(NearMiss {
        id: question.directory.ids.get(question.partner)?.clone(),
        score: pair.score(question.direction, question.weights).ends(),
        score_after: after(enough),
        change: Change::OfferMore,
        org: question.directory.ids.get(giver)?.clone(),
        kind: question.directory.kinds.get(term.kind)?.clone(),
        by: enough,
        share_ratio: enough as f64 / need as f64,
    })
}

/// One unit more than `ratio` of `need`, so that rounding loses no tie; at least 1.
fn share_of(need: u64, ratio: f64) -> u64 {
    if ratio >= 1.0 {
        return need;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and `need`, rounded down on purpose"
    )]
    let share = (need as f64 * ratio.max(0.0)) as u64;
    share + 1
}

/// Needs `side` does not name and the other side could fill from a known offer, as far as they reach the bar.
fn needs_named(question: Question<'_>, pair: &Pair, side: Side, bar: f64) -> Vec<NearMiss> {
    let directory = question.directory;
    let (receiver, giver) = match side {
        Side::Seeker => (question.seeker, question.partner),
        Side::Partner => (question.partner, question.seeker),
    };
    let named = |row: usize, kind: usize| directory.needs.row(row).iter().any(|need| need.kind == kind);
    let mut found = Vec::new();
    for offer in directory.offers.row(giver) {
        let Some(by) = offer.quantity.filter(|_| !named(receiver, offer.kind)) else {
            continue;
        };
        let mut terms = needs_of(pair, side).to_vec();
        let place = terms.partition_point(|term| term.kind < offer.kind);
        let weight = Priority::default().level();
        terms.insert(
            place,
            Term {
                kind: offer.kind,
                weight,
                need: Some(by),
                offered: Some(by),
            },
        );
        let mut modifiers = pair.modifiers;
        if directory.rival.get(offer.kind).copied().unwrap_or(true) {
            // Two who lack the same scarce thing compete for it.
            if named(giver, offer.kind) {
                modifiers.scarce.common += 1;
            } else {
                modifiers.scarce.either += 1;
            }
        }
        let factor = modifiers.factor(question.weights).low;
        let score_after = low_with(question, pair, side, &terms, factor);
        if score_after >= bar - LEVEL {
            found.push(NearMiss {
                id: directory.ids[question.partner].clone(),
                score: pair.score(question.direction, question.weights).ends(),
                score_after,
                change: Change::NeedMore,
                org: directory.ids[receiver].clone(),
                kind: directory.kinds[offer.kind].clone(),
                by,
                share_ratio: 1.0,
            });
        }
    }
    found
}
