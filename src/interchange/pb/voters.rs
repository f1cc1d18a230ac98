//! Ballots as voices: equal ones together.

use super::PbVote;
use super::number::Decimal;
use crate::funding::{MAX_VOTER_GROUPS, VoterGroup};
use std::collections::BTreeMap;

/// What one ballot says: (project, points), ascending.
type Said = Vec<(usize, u64)>;

/// The ballots as groups of voters in the order of their first ballot, each named after it, and the group of each ballot.
///
/// A project named counts 1; where any ballot gives points, its points, in units of the fewest decimal digits that make
/// all of them whole. Points that are no number count as none. Ballots beyond [`MAX_VOTER_GROUPS`] different ones join
/// none of the groups that are counted: the instance refuses so many.
pub(super) fn group(ballots: &[PbVote]) -> (Vec<VoterGroup>, Vec<usize>) {
    let points = ballots.iter().flat_map(|ballot| &ballot.points);
    let digits = points
        .filter_map(|text| Decimal::parse(text))
        .map(Decimal::digits)
        .max();
    let digits = digits.unwrap_or(0);
    let mut place_of: BTreeMap<Said, usize> = BTreeMap::new();
    let mut groups: Vec<(usize, u64)> = Vec::new();
    let mut group_of = Vec::with_capacity(ballots.len());
    for (position, ballot) in ballots.iter().enumerate() {
        let next = groups.len();
        let place = *place_of.entry(said(ballot, digits)).or_insert(next);
        if place == next && next <= MAX_VOTER_GROUPS {
            groups.push((position, 0));
        }
        if let Some((_, voters)) = groups.get_mut(place) {
            *voters += 1;
        }
        group_of.push(place);
    }
    let mut said: Vec<(usize, Said)> = place_of.into_iter().map(|(said, place)| (place, said)).collect();
    said.sort_unstable_by_key(|&(place, _)| place);
    let groups = groups.into_iter().zip(said);
    let named = groups.map(|((first, voters), (_, said))| {
        let name = ballots.get(first).map_or("", |ballot| ballot.voter_id.as_str());
        VoterGroup::new(name, voters, said)
    });
    (named.collect(), group_of)
}

fn said(ballot: &PbVote, digits: u32) -> Said {
    let unit = 10_u64.saturating_pow(digits);
    let points = |place: usize| match ballot.points.get(place) {
        None => unit,
        Some(text) => Decimal::parse(text)
            .and_then(|points| points.scaled(digits))
            .unwrap_or(0),
    };
    let mut said: Said = ballot
        .projects
        .iter()
        .enumerate()
        .map(|(place, &project)| (project, points(place)))
        .filter(|&(_, points)| points > 0)
        .collect();
    said.sort_unstable();
    said
}
